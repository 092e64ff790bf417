#include "report/show_layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/paths.h"
#include "chart/scale.h"
#include "files/run_files.h"
#include "files/table_rows.h"

namespace bnrun {
namespace {

struct Known {
    const char* name;
    bool is_share;
};
constexpr std::array<Known, 5> kKnown{
    {{"saturated", true}, {"dead", true}, {"zero", true}, {"update_ratio", false}, {"effective_rank", false}}};

constexpr std::size_t kName = 15;  ///< columns

/// The columns of a layer are in the order of layers, as a run writes them.
ShownQuantity quantity_of(const LoggedTable& table, const Known& known) {
    ShownQuantity quantity{known.name, {}, known.is_share};
    const std::string start = std::string(known.name) + "/layer_";
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (table.columns[c].starts_with(start)) quantity.values.push_back(table.rows.front().values[c]);
    }
    return quantity;
}

std::vector<std::optional<double>> share_heights(const std::vector<double>& values) {
    const Scale scale(ScaleKind::kLinear, 0, 1, 0, 1);
    std::vector<std::optional<double>> heights;
    for (const double value : values) heights.push_back(scale.at(value));
    return heights;
}

std::string range_text(const std::vector<double>& values) {
    Extent extent;
    for (const double value : values) extent.add(value);
    return extent.empty() ? "–" : number_label(extent.low()) + "…" + number_label(extent.high());
}

}  // namespace

ShownLayers read_shown_layers(const std::string& directory, std::int64_t epoch, std::int64_t iteration) {
    const std::string path = path_in(directory, kLayersFile);
    ShownLayers layers;
    if (!path_exists(path)) return layers;
    const LoggedTable table = TableRows(path).iteration_up_to(epoch, iteration);
    if (table.rows.empty()) return layers;
    layers.epoch = table.rows.front().epoch;
    layers.iteration = table.rows.front().iteration;
    for (const Known& known : kKnown) {
        ShownQuantity quantity = quantity_of(table, known);
        if (!quantity.values.empty()) layers.quantities.push_back(std::move(quantity));
    }
    return layers;
}

std::string show_layers_text(const ShownLayers& layers, const TextLook& look) {
    if (layers.quantities.empty()) return "";
    std::string text = wrapped("", 0,
                               fmt::format("At epoch {}, iteration {}: from the first layer to the last, and the range",
                                           layers.epoch, layers.iteration),
                               look);
    for (const ShownQuantity& quantity : layers.quantities) {
        const auto heights = quantity.is_share ? share_heights(quantity.values) : log_heights(quantity.values);
        const std::string line = fmt::format("{:<{}}", quantity.name, kName) + sparkline(heights) + " ";
        text += as_shown(line + range_text(quantity.values), look.glyphs) + "\n";
    }
    return text;
}

OrderedJson show_layers_json(const ShownLayers& layers) {
    OrderedJson json = OrderedJson::object();
    for (const ShownQuantity& quantity : layers.quantities) {
        OrderedJson& values = json[quantity.name] = OrderedJson::array();
        for (const double value : quantity.values)
            values.push_back(std::isfinite(value) ? OrderedJson(value) : OrderedJson());
    }
    return json;
}

}  // namespace bnrun
