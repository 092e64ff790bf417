#include "files/sweep_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.h"
#include "base/platform.h"
#include "base/printable.h"
#include "files/table_lines.h"
#include "files/whole_file.h"

namespace bnrun {
namespace {

using Cells = std::vector<std::string>;

constexpr std::size_t kMostOfHeader = 1 << 20;

/// The apostrophe is among them, so that one that a text begins with is not lost.
constexpr std::string_view kStartsFormula = "=+-@'";

const Cells kTail{"status", "train_loss", "train_error", "test_loss", "test_error", "test_wrong"};
const Cells kValidationTail{"validation_loss", "validation_error"};  ///< where there is a validation set

/// Takes one line's cells; a quoted one may hold commas, line breaks and doubled quotes. None where the text ends
/// without a line break.
std::optional<Cells> take_cells(std::string_view text, std::size_t& at) {
    Cells cells(1);
    bool quoted = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '"') {
            if (quoted && at + 1 < text.size() && text[at + 1] == '"') {
                cells.back() += text[++at];
            } else {
                quoted = !quoted;
            }
        } else if (c == ',' && !quoted) {
            cells.emplace_back();
        } else if (c == '\n' && !quoted) {
            ++at;
            return cells;
        } else if (c == '\r' && !quoted && text.substr(at + 1).starts_with('\n')) {
            continue;
        } else {
            cells.back() += c;
        }
    }
    if (!text.ends_with('\n')) return std::nullopt;
    return cells;  // a quote is open
}

bool ends_in(const Cells& cells, const Cells& tail) {
    return cells.size() > tail.size() && std::equal(tail.rbegin(), tail.rend(), cells.rbegin());
}

bool has_validation(const Cells& header) { return ends_in(header, kValidationTail); }

/// Without what a validation set adds.
Cells plain_header(Cells header) {
    if (has_validation(header)) header.resize(header.size() - kValidationTail.size());
    return header;
}

bool is_header(const Cells& cells) { return cells.front() == "run" && ends_in(plain_header(cells), kTail); }

std::string without_apostrophe(const std::string& cell) { return cell.starts_with('\'') ? cell.substr(1) : cell; }

SweepSummary with_axes(const Cells& given, const std::string& path) {
    const Cells header = plain_header(given);
    if (!is_header(given)) {
        throw DataError(fmt::format("{}:1: not a sweep's summary: expected run,…,{}; run the sweep again", path,
                                    fmt::join(kTail, ",")));
    }
    SweepSummary summary;
    std::transform(header.begin() + 1, header.end() - static_cast<std::ptrdiff_t>(kTail.size()),
                   std::back_inserter(summary.axes), without_apostrophe);
    return summary;
}

/// @param tail cells after those of the axes. @param where begins messages
SweepRow row_of(const Cells& cells, std::size_t axes, std::size_t tail, const std::string& where) {
    const auto fail = [&](const std::string& what) {
        throw DataError(fmt::format("{}: {}; run the sweep again with --collect", where, what));
    };
    if (cells.size() != 1 + axes + tail) fail(fmt::format("{} cells, expected {}", cells.size(), 1 + axes + tail));
    const auto number_in = [&](std::size_t column) -> std::optional<double> {
        const std::string& cell = cells[1 + axes + column];
        if (cell.empty()) return std::nullopt;
        const std::optional<double> value = as_number(cell);
        if (!value) fail(shown(cell) + ", expected a number");
        return value;
    };
    std::vector<std::string> values;
    for (std::size_t axis = 0; axis < axes; ++axis) values.push_back(without_apostrophe(cells[1 + axis]));
    return {without_apostrophe(cells[0]),
            std::move(values),
            cells[1 + axes],
            number_in(2),
            number_in(4),
            number_in(1),
            number_in(3),
            tail > kTail.size() ? number_in(kTail.size() + 1) : std::nullopt};
}

}  // namespace

std::optional<double> as_number(const std::string& text) { return read_double(text); }

bool is_sweep_summary(const std::string& path) {
    const std::string start = start_of_file(path, kMostOfHeader);
    std::size_t at = 0;
    return is_header(take_cells(without_mark(start), at).value_or(Cells(1)));
}

SweepSummary read_sweep_summary(const std::string& path) { return parse_sweep_summary(read_whole(path), path); }

SweepSummary parse_sweep_summary(std::string_view text, const std::string& path) {
    text = without_mark(text);
    std::size_t at = 0;
    const Cells header = take_cells(text, at).value_or(Cells(1));
    SweepSummary summary = with_axes(header, path);
    const std::size_t tail = header.size() - 1 - summary.axes.size();
    for (std::size_t number = 2; at < text.size(); ++number) {
        if (const std::optional<Cells> cells = take_cells(text, at)) {
            summary.rows.push_back(row_of(*cells, summary.axes.size(), tail, fmt::format("{}:{}", path, number)));
        } else {
            summary.warnings.push_back(unfinished_row(path, number));
        }
    }
    return summary;
}

std::string summary_cell(const std::string& text) {
    const bool is_formula = !text.empty() && kStartsFormula.find(text.front()) != std::string_view::npos;
    std::string plain = (is_formula && !as_number(text) ? "'" : "") + printable(text);
    if (plain.find_first_of(",\"") == std::string::npos) return plain;
    std::string quoted = "\"";
    for (const char c : plain) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

}  // namespace bnrun
