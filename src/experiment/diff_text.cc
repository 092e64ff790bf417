#include "experiment/diff_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/number_text.h"
#include "base/printable.h"

namespace bnrun {
namespace {

using Line = std::vector<std::string>;

/// Printable text that Markdown shows as it stands: no code, emphasis, cell, tag, entity, link or picture.
std::string markdown(const std::string& text) {
    constexpr std::string_view kMarks = "\\`*|<&";
    constexpr std::string_view kAfterLink = "([:";
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool ends_link =
            text[i] == ']' && i + 1 < text.size() && kAfterLink.find(text[i + 1]) != std::string_view::npos;
        if (ends_link || kMarks.find(text[i]) != std::string_view::npos) result += '\\';
        result += text[i];
    }
    return result;
}

/// A title and lines below it, as lists and tables. Whatever text is put in, none of it breaks the layout.
class Page {
  public:
    explicit Page(DiffLayout layout) : markdown_(layout == DiffLayout::kMarkdown) {}

    void title(const std::string& text) {
        if (markdown_ && !text_.empty()) text_ += "\n";
        text_ += markdown_ ? "## " + shown(text) + "\n\n" : shown(text) + "\n";
    }

    void item(const std::string& text) { text_ += (markdown_ ? "- " : "  ") + shown(text) + "\n"; }

    /// @param lines the first holds the headings.
    void table(std::vector<Line> lines) {
        if (markdown_) text_ += "\n";
        for (Line& line : lines) {
            for (std::string& cell : line) cell = shown(cell);
        }
        const std::vector<std::size_t> widest = widths(lines);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            markdown_ ? markdown_line(lines[i], i == 0) : plain_line(lines[i], widest);
        }
        if (markdown_) text_ += "\n";
    }

    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    [[nodiscard]] std::string shown(const std::string& text) const {
        return markdown_ ? markdown(printable(text)) : printable(text);
    }

    static std::vector<std::size_t> widths(const std::vector<Line>& lines) {
        std::vector<std::size_t> widest(lines.front().size());
        for (const Line& line : lines) {
            for (std::size_t c = 0; c < line.size(); ++c) widest[c] = std::max(widest[c], line[c].size());
        }
        return widest;
    }

    void plain_line(const Line& line, const std::vector<std::size_t>& widths) {
        std::string text;
        for (std::size_t c = 0; c < line.size(); ++c) text += fmt::format("  {:<{}}", line[c], widths[c]);
        text_ += text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
    }

    void markdown_line(const Line& line, bool heading) {
        for (const std::string& cell : line) text_ += "| " + cell + " ";
        text_ += "|\n";
        if (!heading) return;
        for (std::size_t c = 0; c < line.size(); ++c) text_ += "| --- ";
        text_ += "|\n";
    }

    bool markdown_;
    std::string text_;
};

std::string place_text(TableKind kind, const Place& place) {
    if (kind == TableKind::kEpochs) return fmt::format("epoch {}", place.epoch);
    return fmt::format("epoch {}, iteration {}", place.epoch, place.iteration);
}

Line column_line(TableKind kind, const ColumnDiff& column) {
    if (column.found_in != FoundIn::kBoth) {
        return {column.column, column.found_in == FoundIn::kOnlyA ? "only in A" : "only in B", "", "", "", ""};
    }
    const bool differs = column.different > 0;
    return {column.column,
            std::to_string(column.rows),
            std::to_string(column.different),
            differs ? fmt::format("{:.3g}", column.largest_relative) : "-",
            differs ? place_text(kind, column.largest_at) : "-",
            column.mean_log_ratio ? fmt::format("{:+.3g}", *column.mean_log_ratio) : "-"};
}

void add_rows_of_one(const TableDiff& table, const RowsOfOne& rows, const char* which, Page& page) {
    if (rows.count == 0) return;
    page.item(
        fmt::format("rows only in {}: {}, the first at {}", which, rows.count, place_text(table.kind, rows.first)));
}

void add_table(const TableDiff& table, bool all, Page& page) {
    if (table.same() && !all) return;
    page.title(fmt::format("{}: A {}, B {}", kind_name(table.kind), table.a, table.b));
    if (table.same()) {
        page.item(fmt::format("same: {} rows of {} {}", table.rows, table.columns.size(),
                              table.kind == TableKind::kGradients ? "layers" : "columns"));
    }
    if (table.first) {
        const ValueDifference& first = *table.first;
        page.item(fmt::format("first difference: {}, {}: {} -> {} (relative {:.3g})",
                              place_text(table.kind, first.place), first.column, shortest_text(first.a),
                              shortest_text(first.b), first.relative));
    }
    std::vector<Line> lines = {{"column", "rows", "differ", "largest relative", "at", "mean log10(B/A)"}};
    for (const ColumnDiff& column : table.columns) {
        if (all || !column.same()) lines.push_back(column_line(table.kind, column));
    }
    add_rows_of_one(table, table.only_a, "A", page);
    add_rows_of_one(table, table.only_b, "B", page);
    if (lines.size() > 1) page.table(std::move(lines));
}

}  // namespace

std::string diff_text(const Diff& diff, DiffLayout layout, bool all) {
    Page page(layout);
    if (!diff.config.empty()) page.title("config: A -> B");
    for (const ConfigDifference& difference : diff.config) {
        const auto value = [](const std::string& text) { return text.empty() ? "none" : text; };
        page.item(fmt::format("{}: {} -> {}", difference.key, value(difference.a), value(difference.b)));
    }
    for (const TableDiff& table : diff.tables) add_table(table, all, page);
    return page.text();
}

}  // namespace bnrun
