#include "experiment/diff_json.h"

#include <algorithm>
#include <cmath>

#include "base/json_text.h"
#include "files/run_files.h"

namespace bnrun {
namespace {

OrderedJson config_json(const ConfigDifference& difference) {
    const auto value = [&](const std::string& text) {
        return text.empty() ? OrderedJson() : parse_value(text, difference.key);
    };
    return {{"key", difference.key}, {"a", value(difference.a)}, {"b", value(difference.b)}};
}

OrderedJson first_json(const std::optional<ValueDifference>& first) {
    if (!first) return nullptr;
    return {{"epoch", first->place.epoch},
            {"iteration", first->place.iteration},
            {"column", first->column},
            {"a", first->a},
            {"b", first->b},
            {"relative", first->relative}};
}

OrderedJson column_json(const ColumnDiff& column) {
    constexpr const char* kFoundIn[] = {"both", "a", "b"};
    OrderedJson json = {{"column", column.column},
                        {"in", kFoundIn[static_cast<int>(column.found_in)]},
                        {"rows", column.rows},
                        {"different", column.different},
                        {"largest_relative", nullptr},
                        {"epoch", nullptr},
                        {"iteration", nullptr},
                        {"mean_log10_ratio", nullptr},
                        {"mean_a", nullptr},
                        {"mean_b", nullptr},
                        {"ratio", nullptr}};
    if (column.different > 0) {
        json["largest_relative"] = column.largest_relative;
        json["epoch"] = column.largest_at.epoch;
        json["iteration"] = column.largest_at.iteration;
    }
    if (column.mean_log_ratio) json["mean_log10_ratio"] = *column.mean_log_ratio;
    if (column.mean_a) json["mean_a"] = *column.mean_a;
    if (column.mean_b) json["mean_b"] = *column.mean_b;
    if (column.ratio()) json["ratio"] = *column.ratio();
    return json;
}

OrderedJson result_json(const std::optional<RunResult>& result) {
    if (!result) return nullptr;
    OrderedJson json = {{"status", result->status}, {"test_error", nullptr}};
    if (result->test_error) json["test_error"] = *result->test_error;
    return json;
}

OrderedJson rows_json(const RowsOfOne& rows) {
    if (rows.count == 0) return {{"count", 0}};
    return {{"count", rows.count}, {"epoch", rows.first.epoch}, {"iteration", rows.first.iteration}};
}

OrderedJson table_json(const TableDiff& table, bool all) {
    OrderedJson columns = OrderedJson::array();
    for (const ColumnDiff& column : table.columns) {
        if (all || !column.same()) columns.push_back(column_json(column));
    }
    return {{"kind", kind_name(table.kind)},
            {"a", table.a},
            {"b", table.b},
            {"same", table.same()},
            {"rows", table.rows},
            {"first", first_json(table.first)},
            {"columns", columns},
            {"only_a", rows_json(table.only_a)},
            {"only_b", rows_json(table.only_b)}};
}

}  // namespace

std::optional<double> ColumnDiff::ratio() const {
    if (!mean_a || !mean_b || !std::isfinite(*mean_b / *mean_a)) return std::nullopt;
    return *mean_b / *mean_a;
}

bool TableDiff::same() const {
    return (common_rows_only || (only_a.count == 0 && only_b.count == 0)) &&
           std::all_of(columns.begin(), columns.end(), [](const ColumnDiff& column) { return column.same(); });
}

bool Diff::same() const {
    return std::all_of(tables.begin(), tables.end(), [](const TableDiff& table) { return table.same(); });
}

std::string_view kind_name(TableKind kind) {
    for (const RunFile& file : kRunFiles) {
        if (file.shows == kind) return std::string_view(file.name).substr(0, std::string_view(file.name).find('.'));
    }
    return "";
}

std::string diff_json(const Diff& diff, bool all) {
    OrderedJson json = {{"same", diff.same()},
                        {"a", result_json(diff.result_a)},
                        {"b", result_json(diff.result_b)},
                        {"config", OrderedJson::array()},
                        {"tables", OrderedJson::array()}};
    for (const ConfigDifference& difference : diff.config) json["config"].push_back(config_json(difference));
    for (const TableDiff& table : diff.tables) json["tables"].push_back(table_json(table, all));
    return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace bnrun
