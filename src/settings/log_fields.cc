#include "settings/log_fields.h"

#include <fmt/format.h>

#include <string>

#include "base/error.h"
#include "settings/field_makers.h"
#include "settings/values.h"

namespace bnrun {

namespace {

/// A list of quantities by their names.
Field quantities(const char* key, const char* description) {
    Field field = always(key, FieldKind::kChoices, description);
    field.choices = {kQuantityNames.begin(), kQuantityNames.end()};
    field.set = [choices = field.choices](Config& config, const OrderedJson& value) {
        config.log.observe.clear();
        for (std::size_t i = 0; i < choices.size(); ++i) {
            if (std::find(value.begin(), value.end(), choices[i]) == value.end()) continue;
            config.log.observe.push_back(static_cast<Quantity>(i));
        }
    };
    field.get = [](const Config& config) {
        OrderedJson names = OrderedJson::array();
        for (const Quantity quantity : config.log.observe) {
            names.push_back(kQuantityNames.at(static_cast<std::size_t>(quantity)));
        }
        return names;
    };
    return field;
}

/// A list of iterations; null: none.
template <class Access>
Field iterations(const char* key, const char* description, Access access) {
    Field field = or_default(always(key, FieldKind::kIterations, description));
    field.set = [access](Config& config, const OrderedJson& value) {
        access(config).clear();
        for (const auto& item : value) access(config).push_back(span_from(item.template get<std::string>()).value());
    };
    field.get = [access](const Config& config) {
        OrderedJson items = OrderedJson::array();
        for (const IterationSpan& span : access(config)) items.push_back(span_text(span));
        return items.empty() ? OrderedJson(nullptr) : items;
    };
    return field;
}

}  // namespace

void add_log_fields(std::vector<Field>& all) {
    using K = FieldKind;
    const auto counts_every = [](const Config& c) { return c.log.at.empty(); };
    all.push_back(only_if(between(basic("log.every", K::kInteger, "iterations between rows in the files; 0: none",
                                        BNRUN_MEMBER(log.every)),
                                  0, kMostCount),
                          counts_every));
    all.push_back(written_if_changed(
        iterations("log.at", "iterations that have rows, instead of every so many; \"2:1-50\" are those of epoch 2",
                   BNRUN_MEMBER(log.at))));
    all.push_back(between(basic("log.print_every", K::kInteger, "iterations between rows on stdout; 0: none",
                                BNRUN_MEMBER(log.print_every)),
                          0, kMostCount));
    all.push_back(choice("log.norm", kNormNames, "norm of each layer's weight gradient", BNRUN_MEMBER(log.norm)));
    all.push_back(basic("log.evaluate_train", K::kBool,
                        "measure train loss and error in inference mode, after the epoch",
                        BNRUN_MEMBER(log.evaluate_train)));
    all.push_back(written_if_changed(
        quantities("log.observe", "what is logged of layers; `bnrun quantities` says what each is and what it costs")));
    all.push_back(written_if_changed(
        used_if(or_default(between(basic("log.layers", K::kIntegers,
                                         "layers that layers.csv has, instead of all; the first is 1, 0 the whole net",
                                         BNRUN_MEMBER(log.layers)),
                                   0, kMostCount)),
                [](const Config& c) { return c.log.observes_layers(); })));
    all.push_back(written_if_changed(iterations(
        "log.snapshots", "iterations after which the model is kept, in snapshots/", BNRUN_MEMBER(log.snapshots))));
}

void expand_log(OrderedJson& config, const std::string& where) {
    if (!config.is_object() || !config.contains("log") || !config["log"].is_object()) return;
    OrderedJson& log = config["log"];
    if (!log.contains("at") || log["at"].is_null()) return;
    if (log.contains("every") && !log["every"].is_null()) {
        throw ConfigError(fmt::format("{}: log.every and log.at are both given; remove one of them", where));
    }
    if (!log["at"].is_object() || log["at"].size() != 1 || !log["at"].contains("every")) return;
    log["every"] = OrderedJson(log["at"]["every"]);
    log.erase("at");
}

}  // namespace bnrun
