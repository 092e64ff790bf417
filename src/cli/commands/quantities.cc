#include <fmt/format.h>

#include <memory>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "train/quantities/list.h"

namespace bnrun {

namespace {

std::string cost_text(double share) {
    if (share < kDearCost) return fmt::format("{:.0f} %", share * 100);
    return fmt::format("{:.3g} iterations", share);
}

std::string as_text() {
    std::string text =
        "What log.observe can name; gradient and activation are its default. The cost is that of an iteration of\n"
        "sigmoid10_bn which logs it, on one machine, beside the same iteration without.\n";
    for (const QuantityRow& row : kQuantities) {
        text += fmt::format("\n{}: {}\n    values: {}\n    unit: {}; cost: {}; source: {}\n",
                            kQuantityNames.at(static_cast<std::size_t>(row.quantity)), row.what, row.values, row.unit,
                            cost_text(row.cost), row.source);
    }
    return text;
}

std::string as_markdown() {
    std::string text =
        "| quantity | what it is | values | unit | cost | source |\n| --- | --- | --- | --- | --- | --- |\n";
    for (const QuantityRow& row : kQuantities) {
        text += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n",
                            kQuantityNames.at(static_cast<std::size_t>(row.quantity)), row.what, row.values, row.unit,
                            cost_text(row.cost), row.source);
    }
    return text;
}

}  // namespace

Action add_quantities(CLI::App& app) {
    const auto markdown = std::make_shared<bool>(false);
    app.add_flag("--markdown", *markdown, "print a table for a page instead");
    return [markdown](Terminal& terminal) {
        terminal.table(*markdown ? as_markdown() : as_text());
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
