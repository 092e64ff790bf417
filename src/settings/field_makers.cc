#include "settings/field_makers.h"

#include <fmt/format.h>

namespace bnrun {

Field always(const std::string& key, FieldKind kind, const char* description) {
    const auto yes = [](const Config&) { return true; };
    return {key, kind, false, -kNoLimit, kNoLimit, false, false, {}, description, {}, {}, yes, yes};
}

Interval read_interval(const OrderedJson& value) {
    if (!value.is_string()) return {0, Interval::Unit::kEpochs};
    const auto text = value.get<std::string>();
    const bool iterations = text.find("iteration") != std::string::npos;
    return {std::stoll(text), iterations ? Interval::Unit::kIterations : Interval::Unit::kEpochs};
}

OrderedJson interval_json(const Interval& interval) {
    if (interval.count == 0) return OrderedJson(0);
    const char* const unit = interval.unit == Interval::Unit::kEpochs ? "epoch" : "iteration";
    return OrderedJson(fmt::format("{} {}{}", interval.count, unit, interval.count == 1 ? "" : "s"));
}

Field between(Field field, double minimum, double maximum) {
    field.minimum = minimum;
    field.maximum = maximum;
    return field;
}

Field positive(Field field) {
    field.minimum = 0;
    field.above_minimum = true;
    return field;
}

Field share(Field field) {
    field.minimum = 0;
    field.maximum = 1;
    field.below_maximum = true;
    return field;
}

Field or_default(Field field) {
    field.optional = true;
    return field;
}

Field instead_if(Field field, std::function<bool(const Config&)> in_use) {
    field.in_use = in_use;
    field.is_written = std::move(in_use);
    return or_default(std::move(field));
}

Field written_if(Field field, std::function<bool(const Config&)> is_written) {
    field.is_written = std::move(is_written);
    return field;
}

Field written_if_changed(Field field) {
    field.is_written = [get = field.get](const Config& config) { return get(config) != get(Config()); };
    return field;
}

Field used_if(Field field, std::function<bool(const Config&)> in_use) {
    field.in_use = std::move(in_use);
    return field;
}

Field only_if(Field field, const std::function<bool(const Config&)>& condition) {
    return written_if(used_if(std::move(field), condition), condition);
}

}  // namespace bnrun
