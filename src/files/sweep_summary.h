// Reads a sweep's summary.csv back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bnrun {

struct SweepRow {
    std::string run;
    std::vector<std::string> values;  ///< one for each axis
    std::string status;
    std::optional<double> train_error;
    std::optional<double> test_error;
    std::optional<double> train_loss{};
    std::optional<double> test_loss{};
    std::optional<double> validation_error{};  ///< none, too, where there is no validation set
};

struct SweepSummary {
    std::vector<std::string> axes;  ///< what varies: dotted keys, `config` where there were several
    std::vector<SweepRow> rows;
    std::vector<std::string> warnings;  ///< of a row that was left out
};

/// The text as a number; none where it is anything else.
std::optional<double> as_number(const std::string& text);

/// Whether it is a sweep's, as its first line says.
bool is_sweep_summary(const std::string& path);

/// A last line without a line break is no row. Throws DataError with file and line: cannot be read, not a sweep's
/// summary, text where a number belongs.
SweepSummary read_sweep_summary(const std::string& path);

/// The same of a file's text, which messages call `path`.
SweepSummary parse_sweep_summary(std::string_view text, const std::string& path);

/// A cell as a sweep writes it: quoted where it has to be, and text that a spreadsheet would take for a formula behind
/// an apostrophe, which the reader takes away again.
std::string summary_cell(const std::string& text);

}  // namespace bnrun
