#include "experiment/diff_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

#include "base/number_text.h"
#include "base/printable.h"

namespace bnrun {
namespace {

using Line = std::vector<std::string>;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

/// Whether all of these characters stand for themselves, wherever they are.
bool has_no_marks(std::string_view text) {
    constexpr std::string_view kUnmarked = " .,/\"'()[]{}%=+-_:";
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return is_word(c) || static_cast<unsigned char>(c) > '~' || kUnmarked.find(c) != std::string_view::npos;
    });
}

/// Whether one of those that mean something in a place does so here: emphasis, a link, an address, an emoji, spaces
/// that go.
bool has_mark_in_place(std::string_view text) {
    char before = ' ';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const char after = i + 1 < text.size() ? text[i + 1] : ' ';
        if (c == '_' && !(is_word(before) && is_word(after))) return true;
        if (c == ']' && (after == '(' || after == '[')) return true;
        if (c == ':' && before != '"') return true;
        if (c == ' ' && before == ' ') return true;
        before = c;
    }
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(), [](unsigned char c) { return std::tolower(c); });
    return before == ' ' || small.find("www.") != std::string::npos;
}

/// Whether it would be an item of a list of its own, or a box to tick.
bool begins_item(std::string_view text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::string_view mark = text.substr(digits, 1);
    const bool is_bullet = digits == 0 && (mark == "-" || mark == "+");
    const bool is_number = digits > 0 && (mark == "." || mark == ")");
    if (is_bullet || is_number) return digits + 1 == text.size() || text[digits + 1] == ' ';
    return text.starts_with("[ ]") || text.starts_with("[x]") || text.starts_with("[X]");
}

/// Printable text as Markdown shows it as it stands: where any of it could be markup, as code.
std::string markdown(const std::string& text) {
    if (text.empty() || (has_no_marks(text) && !has_mark_in_place(text) && !begins_item(text))) return text;
    std::string fence = "`";
    while (text.find(fence) != std::string::npos) fence += '`';
    const bool would_be_stripped =
        text.front() == ' ' && text.back() == ' ' && text.find_first_not_of(' ') < text.size();
    const bool needs_space = text.front() == '`' || text.back() == '`' || would_be_stripped;
    const std::string space = needs_space ? " " : "";
    return fence + space + text + space + fence;
}

/// A title and lines below it, as lists and tables. Text that is not our own is put in by foreign(), so that none of it
/// breaks the layout.
class Page {
  public:
    explicit Page(DiffLayout layout) : markdown_(layout == DiffLayout::kMarkdown) {}

    void title(const std::string& text) {
        if (markdown_ && !text_.empty()) text_ += "\n";
        text_ += markdown_ ? "## " + text + "\n\n" : text + "\n";
    }

    void item(const std::string& text) { text_ += (markdown_ ? "- " : "  ") + text + "\n"; }

    /// @param lines the first holds the headings.
    void table(const std::vector<Line>& lines) {
        if (markdown_) text_ += "\n";
        const std::vector<std::size_t> widest = widths(lines);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            markdown_ ? markdown_line(lines[i], i == 0) : plain_line(lines[i], widest);
        }
        if (markdown_) text_ += "\n";
    }

    [[nodiscard]] std::string foreign(const std::string& text) const {
        return markdown_ ? markdown(printable(text)) : printable(text);
    }

    [[nodiscard]] const std::string& text() const { return text_; }

  private:
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
        for (const std::string& cell : line) {
            text_ += "| ";
            for (const char c : cell) text_ += c == '|' ? "\\|" : std::string(1, c);  // in code, too, it ends the cell
            text_ += ' ';
        }
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

std::string mean_text(const std::optional<double>& mean) { return mean ? fmt::format("{:.4g}", *mean) : "-"; }

Line column_line(TableKind kind, const ColumnDiff& column, const Page& page) {
    const std::string name = page.foreign(column.column);
    if (column.found_in != FoundIn::kBoth) {
        return {name, column.found_in == FoundIn::kOnlyA ? "only in A" : "only in B", "", "", "", "", "", ""};
    }
    const bool differs = column.different > 0;
    return {name,
            mean_text(column.mean_a),
            mean_text(column.mean_b),
            mean_text(column.ratio()),
            std::to_string(column.rows),
            std::to_string(column.different),
            differs ? fmt::format("{:.3g}", column.largest_relative) : "-",
            differs ? place_text(kind, column.largest_at) : "-"};
}

void add_rows_of_one(const TableDiff& table, const RowsOfOne& rows, const char* which, Page& page) {
    if (rows.count == 0) return;
    page.item(fmt::format("rows only in {}{}: {}, the first at {}", which,
                          table.common_rows_only ? ", which do not count" : "", rows.count,
                          place_text(table.kind, rows.first)));
}

void add_table(const TableDiff& table, bool all, Page& page) {
    if (table.same() && !all) return;
    page.title(fmt::format("{}: A {}, B {}", kind_name(table.kind), page.foreign(table.a), page.foreign(table.b)));
    if (table.same()) {
        page.item(fmt::format("same: {} rows of {} {}", table.rows, table.columns.size(),
                              table.kind == TableKind::kGradients ? "layers" : "columns"));
    }
    if (table.first) {
        const ValueDifference& first = *table.first;
        page.item(fmt::format("first difference: {}, {}: {} -> {} (relative {:.3g})",
                              place_text(table.kind, first.place), page.foreign(first.column), shortest_text(first.a),
                              shortest_text(first.b), first.relative));
    }
    std::vector<Line> lines = {{table.kind == TableKind::kGradients ? "layer" : "column", "A", "B", "B/A", "rows",
                                "differ", "largest relative", "at"}};
    for (const ColumnDiff& column : table.columns) {
        if (all || !column.same()) lines.push_back(column_line(table.kind, column, page));
    }
    add_rows_of_one(table, table.only_a, "A", page);
    add_rows_of_one(table, table.only_b, "B", page);
    if (lines.size() > 1) page.table(lines);
}

std::string result_words(const std::optional<RunResult>& result) {
    if (!result) return "unknown";
    const std::string error = result->test_error ? fmt::format("{:.4f}", *result->test_error) : "none";
    return result->status == "done" ? error : fmt::format("{} ({})", error, printable(result->status));
}

/// Both test errors, where there is anything to say of the runs.
void add_results(const Diff& diff, bool all, Page& page) {
    if (!diff.result_a && !diff.result_b) return;
    if (!all && diff.same() && diff.config.empty()) return;
    std::string text = fmt::format("test error: A {}, B {}", result_words(diff.result_a), result_words(diff.result_b));
    const bool has_both = diff.result_a && diff.result_b && diff.result_a->test_error && diff.result_b->test_error;
    if (has_both && *diff.result_a->test_error > 0) {
        text += fmt::format(", B/A {:.4g}", *diff.result_b->test_error / *diff.result_a->test_error);
    }
    page.title(text);
}

}  // namespace

std::string diff_text(const Diff& diff, DiffLayout layout, bool all) {
    Page page(layout);
    add_results(diff, all, page);
    if (!diff.config.empty()) page.title("config: A -> B");
    for (const ConfigDifference& difference : diff.config) {
        const auto value = [&](const std::string& text) { return text.empty() ? "none" : page.foreign(text); };
        page.item(fmt::format("{}: {} -> {}", page.foreign(difference.key), value(difference.a), value(difference.b)));
    }
    for (const TableDiff& table : diff.tables) add_table(table, all, page);
    return page.text();
}

}  // namespace bnrun
