#include "files/logged_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "base/error.h"
#include "base/input_file.h"
#include "files/table.h"
#include "files/table_lines.h"

namespace bnrun {
namespace {

/// What the table's rows are made of and where they stood.
class Rows {
  public:
    explicit Rows(LoggedTable& table) : table_(table) {}

    void add(LoggedRow row, std::size_t line) {
        places_.emplace_back(row.epoch, row.iteration, line);
        table_.rows.push_back(std::move(row));
    }

    /// Throws where one place is there twice.
    void check() {
        std::sort(places_.begin(), places_.end());
        const auto twice = std::adjacent_find(places_.begin(), places_.end(), [](const auto& a, const auto& b) {
            return std::get<0>(a) == std::get<0>(b) && std::get<1>(a) == std::get<1>(b);
        });
        if (twice == places_.end()) return;
        const auto& [epoch, iteration, line] = *twice;
        throw DataError(
            fmt::format("{}:{}: epoch {}, iteration {} is there a second time (first in line {}); expected "
                        "one row each",
                        table_.path, std::get<2>(*(twice + 1)), epoch, iteration, line));
    }

  private:
    LoggedTable& table_;
    std::vector<std::tuple<std::int64_t, std::int64_t, std::size_t>> places_;
};

std::vector<std::string> column_names(std::string_view header) {
    std::vector<std::string> names;
    while (!header.empty()) names.emplace_back(take_field(header, ','));
    return names;
}

std::optional<TableKind> kind_of_header(const std::string& header) {
    const auto columns = static_cast<std::size_t>(std::count(header.begin(), header.end(), ','));
    if (header == epochs_csv_header() || header == epochs_csv_header(true)) return TableKind::kEpochs;
    if (header == layers_csv_header()) return TableKind::kLayers;
    if (header == iterations_csv_header()) return TableKind::kIterations;
    if (columns >= 2 && header == gradients_csv_header(columns - 1)) return TableKind::kGradients;
    if (columns >= 3 && header == activations_csv_header((columns - 1) / 2)) return TableKind::kActivations;
    return std::nullopt;
}

/// Reads layers.csv, of which an iteration's lines stand together, into a row for each iteration: a column for each
/// quantity of a layer, in the order in which they come, and NaN where an iteration lacks one.
class LayersReader {
  public:
    LayersReader(Lines& lines, LoggedTable& table, Rows& rows) : lines_(lines), table_(table), rows_(rows) {}

    void read() {
        while (lines_.next()) {
            std::string_view rest = lines_.line();
            const std::int64_t epoch = count_from(take_field(rest, ','), "epoch", lines_);
            const std::int64_t iteration = count_from(take_field(rest, ','), "iteration", lines_);
            if (epoch != row_.epoch || iteration != row_.iteration) {
                finish_row();
                row_ = {epoch, iteration, {}};
                start_ = lines_.number();
            }
            add(rest);
        }
        finish_row();
        for (LoggedRow& row : table_.rows) row.values.resize(table_.columns.size(), kMissing);
    }

  private:
    static constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

    void add(std::string_view rest) {
        const std::size_t column = column_of(take_field(rest, ','), rest);
        const std::string_view text = rest.substr(rest.find(',') + 1);
        const double value = values_from(text, ',', 1, lines_).front();
        row_.values.resize(std::max(row_.values.size(), table_.columns.size()), kMissing);
        has_.resize(row_.values.size(), false);
        if (has_[column]) lines_.fail(table_.columns[column] + " a second time in one iteration; expected it once");
        has_[column] = true;
        row_.values[column] = value;
    }

    /// Iterations have the same lines in the same order, but for few: the column is likely that after the last one.
    std::size_t column_of(std::string_view layer, std::string_view rest) {
        const std::string_view quantity = rest.substr(0, rest.find(','));
        if (quantity.empty() || quantity.size() == rest.size()) {
            lines_.fail(shown(lines_.line()) + "; expected epoch,iteration,layer,quantity,value");
        }
        const std::string_view key(layer.data(), layer.size() + 1 + quantity.size());
        if (next_ >= keys_.size() || keys_[next_] != key) {
            const auto [found, is_new] = places_.try_emplace(std::string(key), keys_.size());
            if (is_new) name_column(layer, quantity);
            next_ = found->second;
        }
        return next_++;
    }

    void name_column(std::string_view layer, std::string_view quantity) {
        const std::int64_t number = layer == "0" ? 0 : count_from(layer, "layer", lines_);
        keys_.push_back(fmt::format("{},{}", layer, quantity));
        table_.columns.push_back(number == 0 ? std::string(quantity) : fmt::format("{}/layer_{}", quantity, number));
    }

    void finish_row() {
        if (row_.epoch > 0) rows_.add(std::move(row_), start_);
        has_.assign(table_.columns.size(), false);
        next_ = 0;
    }

    Lines& lines_;
    LoggedTable& table_;
    Rows& rows_;
    LoggedRow row_;
    std::size_t start_ = 0;  ///< the row's first line
    std::vector<bool> has_;
    std::vector<std::string> keys_;  ///< `3,input_mean`, of each column
    std::unordered_map<std::string, std::size_t> places_;
    std::size_t next_ = 0;
};

void read_csv(Lines& lines, LoggedTable& table, Rows& rows) {
    const auto kind = kind_of_header(std::string(lines.line()) + "\n");
    if (!kind) {
        lines.fail(fmt::format("header {}; expected that of a run's CSV file, such as {}", shown(lines.line()),
                               "\"epoch,iteration,layer_1,…\""));
    }
    table.kind = *kind;
    if (*kind == TableKind::kLayers) return LayersReader(lines, table, rows).read();
    table.columns = column_names(lines.line());
    const int places = *kind == TableKind::kEpochs ? 1 : 2;
    table.columns.erase(table.columns.begin(), table.columns.begin() + places);
    while (lines.next()) {
        std::string_view rest = lines.line();
        LoggedRow row;
        row.epoch = count_from(take_field(rest, ','), "epoch", lines);
        if (places == 2) row.iteration = count_from(take_field(rest, ','), "iteration", lines);
        row.values = values_from(rest, ',', table.columns.size(), lines);
        rows.add(std::move(row), lines.number());
    }
}

/// Reads the post's layout: a line with epoch and iteration, then one of norms or two of activation ranges.
class TextReader {
  public:
    TextReader(Lines& lines, LoggedTable& table, Rows& rows) : lines_(lines), table_(table), rows_(rows) {}

    void read() {
        do {
            const std::string_view line = lines_.line();
            if (line.starts_with(kTestError)) return end();
            if (line.empty() || line.starts_with(kValidationError)) continue;
            const std::size_t start = lines_.number();
            if (!read_row(line)) table_.cut_off = start;
        } while (lines_.next());
    }

  private:
    /// False where the text ends before the row does.
    bool read_row(std::string_view line) {
        LoggedRow row = head(line);
        if (!lines_.next()) return false;
        const bool ranges = lines_.line().starts_with(" max ");
        const auto kind = ranges ? TableKind::kActivations : TableKind::kGradients;
        if (layers_ > 0 && kind != table_.kind)
            lines_.fail("norms and activation ranges in one table; expected one kind");
        table_.kind = kind;
        if (ranges) {
            const std::vector<double> most = values(" max ");
            if (!lines_.next()) return false;
            const std::vector<double> least = values(" min ");
            for (std::size_t l = 0; l < layers_; ++l) row.values.insert(row.values.end(), {least[l], most[l]});
        } else {
            row.values = values(" ");
        }
        rows_.add(std::move(row), lines_.number());
        return true;
    }

    LoggedRow head(std::string_view line) const {
        constexpr std::string_view kEpoch = "epoch:";
        constexpr std::string_view kIteration = "iteration:";
        std::string_view epoch = take_field(line, ' ');
        std::string_view iteration = take_field(line, '/');
        if (!epoch.starts_with(kEpoch) || !iteration.starts_with(kIteration)) {
            lines_.fail(fmt::format("{}; expected a line like \"epoch:1 iteration:10/300\"", shown(lines_.line())));
        }
        epoch.remove_prefix(kEpoch.size());
        iteration.remove_prefix(kIteration.size());
        count_from(line, "number of iterations", lines_);
        return {count_from(epoch, "epoch", lines_), count_from(iteration, "iteration", lines_), {}};
    }

    std::vector<double> values(std::string_view start) {
        std::string_view line = lines_.line();
        if (!line.starts_with(start)) {
            lines_.fail(fmt::format("{}; expected a line that starts with \"{}\" and a number", shown(line), start));
        }
        line.remove_prefix(start.size());
        std::vector<double> taken = values_from(line, ' ', layers_, lines_);
        layers_ = taken.size();
        return taken;
    }

    void end() {
        while (lines_.next()) {
            if (!lines_.line().empty()) lines_.fail(shown(lines_.line()) + " after the test error; expected no more");
        }
    }

    Lines& lines_;
    LoggedTable& table_;
    Rows& rows_;
    std::size_t layers_ = 0;
};

void name_columns(LoggedTable& table, std::size_t values) {
    const bool ranges = table.kind == TableKind::kActivations;
    std::string header = ranges ? activations_csv_header(values / 2) : gradients_csv_header(values);
    header.pop_back();
    table.columns = column_names(header);
    table.columns.erase(table.columns.begin(), table.columns.begin() + 2);
}

void read_text(Lines& lines, LoggedTable& table, Rows& rows) {
    table.is_text = true;
    TextReader(lines, table, rows).read();
    if (table.rows.empty()) lines.fail("no row that is complete; expected a table in the post's layout");
    name_columns(table, table.rows.front().values.size());
}

}  // namespace

void warn_of_cut_off(const LoggedTable& table, std::vector<std::string>& warnings) {
    if (table.cut_off > 0) warnings.push_back(unfinished_row(table.path, table.cut_off));
}

LoggedTable read_logged_table(const std::string& path) {
    return parse_logged_table(read_file(path, kAnySize, Pipes::kRead), path);
}

LoggedTable parse_logged_table(std::string_view text, const std::string& path) {
    LoggedTable table;
    table.path = path;
    Lines lines(text, table.path);
    Rows rows(table);
    do {
        if (!lines.next()) {
            lines.fail(std::string(lines.is_cut_off() ? "no line ends in a line break" : "empty") +
                       "; expected a run's CSV file or a table in the post's layout");
        }
    } while (lines.line().empty());
    if (lines.line().starts_with("epoch,")) {
        read_csv(lines, table, rows);
    } else {
        read_text(lines, table, rows);
    }
    if (table.cut_off == 0 && lines.is_cut_off()) table.cut_off = lines.number() + 1;
    rows.check();
    return table;
}

}  // namespace bnrun
