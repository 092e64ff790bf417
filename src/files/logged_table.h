// Reads back the tables that runs leave, and the post's own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bnrun {

enum class TableKind { kGradients, kActivations, kIterations, kEpochs, kLayers };

struct LoggedRow {
    std::int64_t epoch = 0;
    std::int64_t iteration = 0;  ///< 0 in epochs.csv
    std::vector<double> values;
};

struct LoggedTable {
    TableKind kind = TableKind::kGradients;
    /// After epoch and iteration, named and ordered as in the CSV file; of layers.csv `input_mean/layer_3`, and
    /// `smoothness` of the whole net.
    std::vector<std::string> columns;
    std::vector<LoggedRow> rows;  ///< no two of one epoch and iteration; as many values as there are columns
    std::string path;
    bool is_text = false;  ///< in the post's layout, its numbers rounded
    std::size_t cut_off =
        0;  ///< the line in which a last row begins that is not all there and left out; 0: there is none
};

/// Adds what there is to say of a row that was left out.
void warn_of_cut_off(const LoggedTable& table, std::vector<std::string>& warnings);

/// A CSV file of a run, told by its header line, or a text table in the post's layout, which may end in the lines
/// `validation error:` and `test error:`. A last line without a line break is no row, nor is what it belongs to. Throws
/// DataError with file and line: no such file, no table, text where a number belongs, too few or too many values, an
/// iteration that is there twice.
LoggedTable read_logged_table(const std::string& path);

/// The same for a file's text, which messages call `path`.
LoggedTable parse_logged_table(std::string_view text, const std::string& path);

}  // namespace bnrun
