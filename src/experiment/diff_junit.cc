#include "experiment/diff_junit.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/markup.h"

namespace bnrun {
namespace {

std::string column_message(const ColumnDiff& column) {
    if (column.found_in != FoundIn::kBoth) return column.found_in == FoundIn::kOnlyA ? "only in A" : "only in B";
    return fmt::format("{} of {} rows differ, the largest relative difference is {:.3g}, at epoch {}, iteration {}",
                       column.different, column.rows, column.largest_relative, column.largest_at.epoch,
                       column.largest_at.iteration);
}

std::string case_xml(std::string_view table, const std::string& name, bool passes, const std::string& message) {
    const std::string start = fmt::format("    <testcase classname=\"{}\" name=\"{}\"", escaped(table), escaped(name));
    if (passes) return start + "/>\n";
    return fmt::format("{}>\n      <failure message=\"{}\"/>\n    </testcase>\n", start, escaped(message));
}

bool rows_pass(const TableDiff& table) {
    return table.common_rows_only || (table.only_a.count == 0 && table.only_b.count == 0);
}

std::string suite_xml(const TableDiff& table) {
    const auto failed = std::count_if(table.columns.begin(), table.columns.end(),
                                      [](const ColumnDiff& column) { return !column.same(); });
    std::string xml = fmt::format("  <testsuite name=\"{}: {} and {}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n",
                                  kind_name(table.kind), escaped(table.a), escaped(table.b), table.columns.size() + 1,
                                  failed + (rows_pass(table) ? 0 : 1));
    xml += case_xml(kind_name(table.kind), "rows", rows_pass(table),
                    fmt::format("rows only in A: {}, only in B: {}", table.only_a.count, table.only_b.count));
    for (const ColumnDiff& column : table.columns) {
        xml += case_xml(kind_name(table.kind), column.column, column.same(), column_message(column));
    }
    return xml + "  </testsuite>\n";
}

}  // namespace

std::string diff_junit(const Diff& diff) {
    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"bnrun diff\">\n";
    for (const TableDiff& table : diff.tables) xml += suite_xml(table);
    return xml + "</testsuites>\n";
}

}  // namespace bnrun
