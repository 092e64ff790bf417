#include "report/show_run_json.h"

#include <cmath>

#include "report/show_run_text.h"
#include "report/show_verdict.h"
#include "settings/brief.h"

namespace bnrun {
namespace {

OrderedJson text_or_null(const std::string& text) { return text.empty() ? OrderedJson() : OrderedJson(text); }

OrderedJson count_or_null(const std::optional<std::int64_t>& count) {
    return count ? OrderedJson(*count) : OrderedJson();
}

OrderedJson settings_json(const RunOutline& run) {
    if (!run.config) return nullptr;
    OrderedJson json = OrderedJson::object();
    for (const auto& [key, value] : changed_settings(*run.config)) json[key] = parse_value(value, key);
    return json;
}

OrderedJson shown_layers_json(const ShownRun& run) {
    OrderedJson layers = OrderedJson::array();
    for (std::size_t l = 0; l < run.norms.size(); ++l) {
        OrderedJson layer = {{"layer", l + 1}, {"gradient", number_or_null(run.norms[l])}};
        layer["factor"] = l == 0 ? OrderedJson() : number_or_null(run.norms[l] / run.norms[l - 1]);
        const bool is_hidden = l < run.low.size();
        layer["activation_min"] = is_hidden ? number_or_null(run.low[l]) : OrderedJson();
        layer["activation_max"] = is_hidden ? number_or_null(run.high[l]) : OrderedJson();
        layers.push_back(std::move(layer));
    }
    return layers;
}

}  // namespace

OrderedJson number_or_null(std::optional<double> value) {
    return value && std::isfinite(*value) ? OrderedJson(*value) : OrderedJson();
}

OrderedJson outline_json(const RunOutline& run) {
    const StoredResult& result = run.result;
    return {{"kind", "run"},
            {"directory", run.directory},
            {"name", run.name},
            {"status", run.state},
            {"epoch", count_or_null(result.epoch)},
            {"iteration", count_or_null(result.iteration)},
            {"test_error", number_or_null(result.test_error)},
            {"test_loss", number_or_null(result.test_loss)},
            {"validation_error", number_or_null(result.validation_error)},
            {"validation_loss", number_or_null(result.validation_loss)},
            {"train_error", number_or_null(result.train_error)},
            {"train_loss", number_or_null(result.train_loss)},
            {"seconds", number_or_null(result.seconds)},
            {"samples_per_second", number_or_null(result.samples_per_second)},
            {"written", run.written ? OrderedJson(universal_time(*run.written)) : OrderedJson()},
            {"data", text_or_null(result.source)},
            {"version", text_or_null(result.version)},
            {"commit", text_or_null(result.commit)},
            {"settings", settings_json(run)}};
}

OrderedJson show_run_json(const ShownRun& run) {
    OrderedJson json = outline_json(run.outline);
    const Verdict verdict = verdict_of(run.norms);
    const bool has_factor = verdict.flow == GradientFlow::kEven || verdict.flow == GradientFlow::kVanishing ||
                            verdict.flow == GradientFlow::kExploding;
    json["norm"] = text_or_null(norm_of(run.outline));
    json["at"] = run.norms.empty() ? OrderedJson() : OrderedJson{{"epoch", run.epoch}, {"iteration", run.iteration}};
    json["iterations_per_epoch"] = run.iterations > 0 ? OrderedJson(run.iterations) : OrderedJson();
    json["layers"] = shown_layers_json(run);
    json["quantities"] = show_layers_json(run.layers);
    json["factor"] = has_factor ? number_or_null(verdict.factor) : OrderedJson();
    json["verdict"] = flow_name(verdict.flow);
    return json;
}

}  // namespace bnrun
