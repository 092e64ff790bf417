#include "settings/key_choices.h"

#include "settings/fields.h"
#include "settings/schedule_keys.h"

namespace bnrun {

namespace {

const std::vector<std::string> kBooleans{"true", "false"};

std::vector<std::string> values_of(const Field& field) {
    std::vector<std::string> values = field.kind == FieldKind::kBool ? kBooleans : field.choices;
    if (!values.empty() && field.optional) values.emplace_back("null");
    return values;
}

/// The object whose first key the field is, where a boolean or a name may stand for that object.
ConfigKey shorthand_before(const Field& field) {
    const std::string words = "true, false or an object";
    if (field.key == "model.batch_norm.enabled")
        return {"model.batch_norm", kBooleans, words, "batch normalization in every hidden layer"};
    if (field.key == "model.normalization.kind")
        return {"model.normalization", field.choices, "a kind or an object", field.description};
    const std::string group = field.key.substr(0, field.key.rfind('.'));
    if (field.key.ends_with(".gamma.learn")) return {group, kBooleans, words, "the scale: learned, or fixed"};
    if (field.key.ends_with(".beta.learn")) return {group, kBooleans, words, "the shift: learned, or fixed"};
    if (field.key == "train.learning_rate_schedule.name")
        return {kScheduleKey, field.choices, kScheduleExpectation, "how the learning rate goes on"};
    return {};
}

}  // namespace

std::vector<ConfigKey> config_keys() {
    std::vector<ConfigKey> keys;
    for (const Field& field : config_fields()) {
        const ConfigKey shorthand = shorthand_before(field);
        if (!shorthand.key.empty()) keys.push_back(shorthand);
        keys.push_back({field.key, values_of(field), expectation(field), field.description});
    }
    return keys;
}

}  // namespace bnrun
