#include "settings/schema.h"

#include <fmt/format.h>

#include <cmath>

#include "settings/fields.h"
#include "settings/json.h"
#include "settings/layers.h"

namespace bnrun {

namespace {

OrderedJson item_schema(const Field& field) {
    OrderedJson schema{{"type", field.kind == FieldKind::kNumber ? "number" : "integer"}};
    const auto limit = [&](double value) {
        return field.kind == FieldKind::kNumber ? OrderedJson(value)
               : value >= 0x1p62                ? OrderedJson(INT64_MAX)
                                                : OrderedJson(static_cast<std::int64_t>(value));
    };
    if (std::isfinite(field.minimum))
        schema[field.above_minimum ? "exclusiveMinimum" : "minimum"] = limit(field.minimum);
    if (std::isfinite(field.maximum))
        schema[field.below_maximum ? "exclusiveMaximum" : "maximum"] = limit(field.maximum);
    return schema;
}

OrderedJson field_schema(const Field& field) {
    OrderedJson schema;
    switch (field.kind) {
        case FieldKind::kText: schema = {{"type", "string"}, {"minLength", 1}}; break;
        case FieldKind::kBool: schema = {{"type", "boolean"}}; break;
        case FieldKind::kChoice: schema = {{"enum", field.choices}}; break;
        case FieldKind::kInterval:
            schema = {{"anyOf", {{{"type", "string"}, {"pattern", kIntervalPattern}}, {{"const", 0}}}}};
            break;
        case FieldKind::kChoices:
            schema = {{"type", "array"}, {"items", {{"enum", field.choices}}}, {"uniqueItems", true}};
            break;
        case FieldKind::kIterations:
            schema = {{"type", "array"},
                      {"minItems", 1},
                      {"maxItems", 1000},
                      {"items", {{"type", "string"}, {"pattern", kIterationsPattern}}}};
            break;
        case FieldKind::kLayers: return {{"$ref", "#/$defs/layers"}, {"description", field.description}};
        case FieldKind::kIntegers:
            schema = {{"type", "array"}, {"minItems", 1}, {"maxItems", 1000}, {"items", item_schema(field)}};
            break;
        default: schema = item_schema(field);
    }
    if (field.optional) schema["type"] = {schema["type"], "null"};
    schema["description"] = field.description;
    const bool has_default = field.key != "name" && field.kind != FieldKind::kIntegers && field.default_words.empty();
    if (has_default) schema["default"] = field.get(Config());
    return schema;
}

/// The object schema that holds the key's last part, made with its parents where it is not there yet.
OrderedJson& parent_of(OrderedJson& root, const std::string& key, std::string& last) {
    OrderedJson* at = &root;
    std::size_t start = 0;
    for (std::size_t dot = key.find('.'); dot != std::string::npos; start = dot + 1, dot = key.find('.', start)) {
        OrderedJson& next = (*at)["properties"][key.substr(start, dot - start)];
        if (next.is_null()) next = {{"type", "object"}, {"additionalProperties", false}};
        at = &next;
    }
    last = key.substr(start);
    return *at;
}

/// batch_norm, gamma and beta may be written as a boolean.
void allow_boolean(OrderedJson& schema) { schema = {{"oneOf", {{{"type", "boolean"}}, schema}}}; }

/// The schedule may be written as its name.
void allow_name(OrderedJson& schema) {
    const OrderedJson names = schema["properties"]["name"]["enum"];
    schema = {{"oneOf", {{{"type", "string"}, {"enum", names}}, schema}}};
}

/// `{"every": 10}` is a way to write log.at.
void allow_every(OrderedJson& log) {
    OrderedJson& at = log["at"];
    const OrderedJson every{{"type", "object"},
                            {"additionalProperties", false},
                            {"required", {"every"}},
                            {"properties", {{"every", log["every"]}}}};
    at = {{"oneOf", {at, every}}, {"description", at["description"]}, {"default", at["default"]}};
}

std::string default_text(const Field& field) {
    if (field.key == "name") return "the file's stem";
    if (!field.default_words.empty()) return field.default_words;
    const OrderedJson value = field.get(Config());
    if (value.is_null() || (value.is_array() && value.empty())) return "none";
    return fmt::format("`{}`", value.is_string() ? value.get<std::string>() : value.dump());
}

}  // namespace

std::string schema_text() {
    OrderedJson root{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                     {"title", "bnrun config"},
                     {"type", "object"},
                     {"additionalProperties", false}};
    for (const Field& field : config_fields()) {
        std::string last;
        OrderedJson& parent = parent_of(root, field.key, last);
        parent["properties"][last] = field_schema(field);
    }
    OrderedJson& model = root["properties"]["model"]["properties"];
    for (const char* group : {"batch_norm", "normalization"}) {
        allow_boolean(model[group]["properties"]["gamma"]);
        allow_boolean(model[group]["properties"]["beta"]);
    }
    model["batch_norm"]["properties"]["enabled"]["default"] = true;
    allow_boolean(model["batch_norm"]);
    OrderedJson& normalization = model["normalization"];
    normalization["required"] = {"kind"};
    normalization = {{"oneOf", {normalization["properties"]["kind"], normalization}}};
    root["$defs"]["layers"] = layers_schema();
    allow_name(root["properties"]["train"]["properties"]["learning_rate_schedule"]);
    allow_every(root["properties"]["log"]["properties"]);
    return root.dump(2) + "\n";
}

std::string reference_text() {
    std::string text =
        "# Configs\n\n"
        "A run is described by a JSON file; `//` comments are allowed and every key is optional. Each file here says "
        "in "
        "its first line what it shows. `bnrun --config NAME` finds them by name.\n\n"
        "`model.batch_norm` may be `true`, `false` or an object, and so may its `gamma` and `beta` (`true`: learned, "
        "`false`: fixed). `model.normalization` may be a kind or an object; of kind `batch` it is `model.batch_norm`, "
        "and a "
        "config has one of the two. `model.layers` takes the place of `depth`, `width` and `hidden`; what its entries "
        "take is in the second table. `train.learning_rate_schedule` may be a name or an object.\n\n"
        "This page comes from the program: `bnrun schema --markdown > configs/README.md`.\n\n"
        "| key | value | default | meaning |\n| --- | --- | --- | --- |\n";
    for (const Field& field : config_fields()) {
        text += fmt::format("| `{}` | {} | {} | {} |\n", field.key, expectation(field), default_text(field),
                            field.description);
    }
    return text + "\n## Layers\n\nEntries of `model.layers`, and of a `residual`'s `layers`:\n\n" + layers_reference();
}

}  // namespace bnrun
