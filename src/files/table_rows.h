// Some rows of a run's CSV file, found by searching: a table of any length is looked into without reading all of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/input_file.h"
#include "files/logged_table.h"

namespace bnrun {

/// A file as it is when it is opened; rows that are added later are not seen. A last line without a line break is no
/// row. The functions give tables with the rows that were asked for; they throw DataError where one of these is none.
class TableRows {
  public:
    /// Throws DataError: no such file, no header.
    explicit TableRows(const std::string& path);

    /// The first row, the last one, and others at about even distances in between, at most so many.
    [[nodiscard]] LoggedTable spread(std::size_t most) const;
    /// The row of that place or, where it was not logged, the last one before it. No row where none is.
    [[nodiscard]] LoggedTable up_to(std::int64_t epoch, std::int64_t iteration) const;
    /// All lines of the last iteration up to that place: of layers.csv it has many, which are one row.
    [[nodiscard]] LoggedTable iteration_up_to(std::int64_t epoch, std::int64_t iteration) const;
    /// No row where there is none.
    [[nodiscard]] LoggedTable last() const;
    /// The rows that begin at that byte of the file or behind it.
    [[nodiscard]] LoggedTable from(std::uint64_t byte) const;

    [[nodiscard]] std::uint64_t end() const { return end_; }  ///< the byte behind the last row

  private:
    /// A row's text, with its line break, and where it stands.
    struct Row {
        std::uint64_t begin = 0;
        std::string text;
        [[nodiscard]] std::uint64_t end() const { return begin + text.size(); }
    };

    [[nodiscard]] std::string bytes(std::uint64_t from, std::uint64_t to) const;
    [[nodiscard]] std::uint64_t break_before(std::uint64_t byte) const;
    [[nodiscard]] std::uint64_t break_behind(std::uint64_t byte) const;
    [[nodiscard]] Row row_at(std::uint64_t byte) const;
    [[nodiscard]] std::uint64_t behind(std::int64_t epoch, std::int64_t iteration) const;
    [[nodiscard]] bool has_iterations() const;
    [[nodiscard]] LoggedTable parsed(std::string_view rows) const;

    std::string path_;
    InputFile file_;
    std::string header_;  ///< with its line break
    std::uint64_t end_ = 0;
};

}  // namespace bnrun
