#include "settings/shorthands.h"

#include <fmt/format.h>

#include "base/error.h"
#include "settings/log_fields.h"
#include "settings/schedule_keys.h"

namespace bnrun {

namespace {

const char* const kBatchNorm = "batch_norm";
const char* const kNormalization = "normalization";

/// The model where the config has one that is an object, or null.
OrderedJson* model_of(OrderedJson& config) {
    if (!config.is_object() || !config.contains("model") || !config["model"].is_object()) return nullptr;
    return &config["model"];
}

/// @param from of which `first` becomes what `value` says
OrderedJson with_first(const OrderedJson& from, const char* drop, const char* first, OrderedJson value) {
    OrderedJson to{{first, std::move(value)}};
    for (const auto& [name, item] : from.items()) {
        if (name != drop) to[name] = item;
    }
    return to;
}

void expand_batch_norm(OrderedJson& model) {
    if (!model.contains(kBatchNorm)) return;
    OrderedJson& norm = model[kBatchNorm];
    if (norm.is_boolean()) norm = {{"enabled", norm.get<bool>()}};
    if (!norm.is_object()) return;
    if (!norm.contains("enabled")) norm["enabled"] = true;
    expand_scales(norm);
}

void expand_normalization(OrderedJson& model, const std::string& where) {
    if (!model.contains(kNormalization) || model[kNormalization].is_null()) return;
    if (model.contains(kBatchNorm)) {
        throw ConfigError(
            fmt::format("{}: model.batch_norm and model.normalization are both given; remove one of them", where));
    }
    OrderedJson& norm = model[kNormalization];
    if (norm.is_string()) norm = {{"kind", norm}};
    if (!norm.is_object()) return;
    expand_scales(norm);
    if (!norm.contains("kind")) {
        throw ConfigError(
            fmt::format("{}: model.normalization.kind: missing; expected none, batch, layer, rms, group "
                        "or weight",
                        where));
    }
    const OrderedJson kind = norm["kind"];
    if (kind != "none" && kind != "batch") return;
    model[kBatchNorm] = with_first(norm, "kind", "enabled", kind == "batch");
    if (model[kBatchNorm].contains("groups")) model[kBatchNorm].erase("groups");
    model.erase(kNormalization);
}

}  // namespace

void expand_scales(OrderedJson& normalization) {
    for (const char* key : {"gamma", "beta"}) {
        if (!normalization.contains(key) || !normalization[key].is_boolean()) continue;
        normalization[key] = {{"learn", normalization[key].get<bool>()}};
    }
}

void expand(OrderedJson& config, const std::string& where) {
    expand_schedule(config);
    expand_log(config, where);
    OrderedJson* const model = model_of(config);
    if (model == nullptr) return;
    expand_batch_norm(*model);
    expand_normalization(*model, where);
}

void make_way(OrderedJson& config, const std::string& key) {
    if (key == "data.dir" && config.contains("data") && config["data"].is_object()) {
        config["data"].erase("absolute_dir");  // it was the other one's
    }
    if (key == "log.at" || key == "log.every") {
        const OrderedJson::json_pointer log("/log");
        if (config.contains(log) && config[log].is_object()) config[log].erase(key == "log.at" ? "every" : "at");
    }
    OrderedJson* const model = model_of(config);
    if (model == nullptr) return;
    if (is_in_group(key, "model.batch_norm")) model->erase(kNormalization);
    if (!is_in_group(key, "model.normalization") || !model->contains(kBatchNorm)) return;
    const OrderedJson norm = (*model)[kBatchNorm];
    model->erase(kBatchNorm);
    if (key == "model.normalization" || !norm.is_object()) return;
    (*model)[kNormalization] = with_first(norm, "enabled", "kind", norm["enabled"] == true ? "batch" : "none");
}

bool is_in_group(const std::string& key, const std::string& group) {
    return key == group || key.rfind(group + ".", 0) == 0;
}

}  // namespace bnrun
