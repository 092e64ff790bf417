#include "io/sweep_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "io/run_directory.h"
#include "io/table_lines.h"

namespace bnrun {
namespace {

using Cells = std::vector<std::string>;

const Cells kTail{"status", "train_loss", "train_error", "test_loss", "test_error", "test_wrong"};

/// Takes one line's cells; a quoted one may hold commas, line breaks and doubled quotes.
Cells take_cells(const std::string& text, std::size_t& at) {
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
            break;
        } else {
            cells.back() += c;
        }
    }
    return cells;
}

SweepSummary with_axes(const Cells& header, const std::string& path) {
    const bool fits = header.size() > kTail.size() && header.front() == "run" &&
                      std::equal(kTail.rbegin(), kTail.rend(), header.rbegin());
    if (!fits) {
        throw DataError(fmt::format("{}:1: not a sweep's summary: expected run,…,{}; run the sweep again", path,
                                    fmt::join(kTail, ",")));
    }
    return {{header.begin() + 1, header.end() - static_cast<std::ptrdiff_t>(kTail.size())}, {}};
}

}  // namespace

std::optional<double> as_number(const std::string& text) {
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

SweepSummary read_sweep_summary(const std::string& path) {
    const std::string text = read_whole(path);
    std::size_t at = 0;
    SweepSummary summary = with_axes(take_cells(text, at), path);
    const std::size_t axes = summary.axes.size();
    for (std::size_t number = 2; at < text.size(); ++number) {
        const Cells cells = take_cells(text, at);
        const auto fail = [&](const std::string& what) {
            throw DataError(fmt::format("{}:{}: {}; run the sweep again with --collect", path, number, what));
        };
        if (cells.size() != 1 + axes + kTail.size()) {
            fail(fmt::format("{} cells, expected {}", cells.size(), 1 + axes + kTail.size()));
        }
        const auto number_in = [&](std::size_t column) -> std::optional<double> {
            const std::string& cell = cells[1 + axes + column];
            if (cell.empty()) return std::nullopt;
            const std::optional<double> value = as_number(cell);
            if (!value) fail(shown(cell) + ", expected a number");
            return value;
        };
        const auto first = cells.begin() + 1;
        summary.rows.push_back({cells[0],
                                {first, first + static_cast<std::ptrdiff_t>(axes)},
                                cells[1 + axes],
                                number_in(2),
                                number_in(4)});
    }
    return summary;
}

}  // namespace bnrun
