#include "settings/layer_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/error.h"
#include "base/printable.h"
#include "settings/layer_fields.h"
#include "settings/shorthands.h"
#include "settings/values.h"

namespace bnrun {

namespace {

constexpr std::int64_t kMostUnits = 65536;
constexpr std::int64_t kMostSize = 1000;

const std::vector<LayerKind> kWithWeights{LayerKind::kDense, LayerKind::kConv};

bool is_whole_in(const OrderedJson& value, std::int64_t least, std::int64_t most) {
    return value.is_number() && is_whole(value) && value.get<double>() >= static_cast<double>(least) &&
           value.get<double>() <= static_cast<double>(most);
}

LayerKey whole(const char* name, std::vector<LayerKind> kinds, std::int64_t least, std::int64_t most,
               const char* meaning, std::int64_t LayerConfig::*member, bool is_needed = false) {
    const std::string expected = fmt::format("a whole number of at least {} and at most {}", least, most);
    return {name,
            std::move(kinds),
            is_needed,
            expected,
            {{"type", "integer"}, {"minimum", least}, {"maximum", most}},
            meaning,
            [=](LayerConfig& layer, const OrderedJson& value, const LayerPlace& place) {
                if (!is_whole_in(value, least, most)) place.refuse(value, expected);
                layer.*member = static_cast<std::int64_t>(value.get<double>());
            },
            [member](const LayerConfig& layer) { return OrderedJson(layer.*member); }};
}

struct Bounds {
    double least;
    double most;
    bool above_least;
    bool below_most;
    const char* words;
};

LayerKey number(const char* name, LayerKind kind, const Bounds& bounds, const char* meaning,
                double LayerConfig::*member, bool is_needed = false) {
    OrderedJson schema{{"type", "number"}};
    if (std::isfinite(bounds.least)) schema[bounds.above_least ? "exclusiveMinimum" : "minimum"] = bounds.least;
    if (std::isfinite(bounds.most)) schema[bounds.below_most ? "exclusiveMaximum" : "maximum"] = bounds.most;
    return {name,
            {kind},
            is_needed,
            bounds.words,
            schema,
            meaning,
            [=](LayerConfig& layer, const OrderedJson& value, const LayerPlace& place) {
                const double given = value.is_number() ? value.get<double>() : std::nan("");
                const bool low = bounds.above_least ? given > bounds.least : given >= bounds.least;
                const bool high = bounds.below_most ? given < bounds.most : given <= bounds.most;
                if (!low || !high || !std::isfinite(given)) place.refuse(value, bounds.words);
                layer.*member = given;
            },
            [member](const LayerConfig& layer) { return OrderedJson(layer.*member); }};
}

LayerKey flag(const char* name, std::vector<LayerKind> kinds, const char* meaning, bool LayerConfig::*member) {
    return {name,
            std::move(kinds),
            false,
            "true or false",
            {{"type", "boolean"}},
            meaning,
            [=](LayerConfig& layer, const OrderedJson& value, const LayerPlace& place) {
                if (!value.is_boolean()) place.refuse(value, "true or false");
                layer.*member = value.get<bool>();
            },
            [member](const LayerConfig& layer) { return OrderedJson(layer.*member); }};
}

template <std::size_t count>
std::string one_of(const std::array<std::string_view, count>& names) {
    std::string text = "one of ";
    for (const std::string_view name : names) text += (name == names.front() ? "" : ", ") + std::string(name);
    return text;
}

template <class Enum, std::size_t count>
LayerKey name_of(const char* name, LayerKind kind, const std::array<std::string_view, count>& names,
                 const char* meaning, Enum LayerConfig::*member) {
    return {name,
            {kind},
            false,
            one_of(names),
            {{"enum", names}},
            meaning,
            [=](LayerConfig& layer, const OrderedJson& value, const LayerPlace& place) {
                const auto found =
                    std::find(names.begin(), names.end(), value.is_string() ? value.get<std::string>() : "");
                if (found == names.end()) place.refuse(value, one_of(names));
                layer.*member = static_cast<Enum>(found - names.begin());
            },
            [=](const LayerConfig& layer) { return OrderedJson(names[static_cast<std::size_t>(layer.*member)]); }};
}

LayerKey kernel_key() {
    const std::string expected = fmt::format("a whole number of at least 1 and at most {}, or two: [y, x]", kMostSize);
    const OrderedJson size{{"type", "integer"}, {"minimum", 1}, {"maximum", kMostSize}};
    return {"kernel",
            {LayerKind::kConv},
            true,
            expected,
            {{"anyOf", {size, {{"type", "array"}, {"minItems", 2}, {"maxItems", 2}, {"items", size}}}}},
            "height and width of the window",
            [=](LayerConfig& layer, const OrderedJson& value, const LayerPlace& place) {
                const bool two = value.is_array() && value.size() == 2;
                const OrderedJson& y = two ? value[0] : value;
                const OrderedJson& x = two ? value[1] : value;
                if (!is_whole_in(y, 1, kMostSize) || !is_whole_in(x, 1, kMostSize)) place.refuse(value, expected);
                layer.kernel = {static_cast<std::int64_t>(y.get<double>()), static_cast<std::int64_t>(x.get<double>())};
            },
            [](const LayerConfig& layer) {
                return layer.kernel[0] == layer.kernel[1] ? OrderedJson(layer.kernel[0]) : OrderedJson(layer.kernel);
            }};
}

LayerKey padding_key() {
    const std::string expected = fmt::format("a whole number of at most {}, or same", kMostSize);
    const OrderedJson number{{"type", "integer"}, {"minimum", 0}, {"maximum", kMostSize}};
    return {"padding",
            {LayerKind::kConv},
            false,
            expected,
            {{"anyOf", {number, {{"const", "same"}}}}},
            "zeros on every side; same: half of the kernel, rounded down",
            [=](LayerConfig& layer, const OrderedJson& value, const LayerPlace& place) {
                if (value == "same") {
                    layer.padding.reset();
                    return;
                }
                if (!is_whole_in(value, 0, kMostSize)) place.refuse(value, expected);
                layer.padding = static_cast<std::int64_t>(value.get<double>());
            },
            [](const LayerConfig& layer) { return layer.padding ? OrderedJson(*layer.padding) : OrderedJson("same"); }};
}

LayerKey activation_key() {
    const std::string expected = one_of(kActivationNames) + ", none";
    OrderedJson names(kActivationNames);
    names.push_back("none");
    return {"activation",
            kWithWeights,
            false,
            expected,
            {{"enum", names}},
            "instead of the model's; none: linear",
            [=](LayerConfig& layer, const OrderedJson& value, const LayerPlace& place) {
                const std::string name = value == "none" ? "linear" : value.is_string() ? value.get<std::string>() : "";
                const auto found = std::find(kActivationNames.begin(), kActivationNames.end(), name);
                if (found == kActivationNames.end()) place.refuse(value, expected);
                layer.activation = static_cast<Activation>(found - kActivationNames.begin());
            },
            [](const LayerConfig& layer) {
                if (!layer.activation) return OrderedJson(nullptr);
                return OrderedJson(kActivationNames.at(static_cast<std::size_t>(*layer.activation)));
            }};
}

/// The fields of a group of the model, for a layer of its own: `model.normalization`, `model.init`.
class Group {
  public:
    Group(std::string prefix, std::string first, std::vector<Field> fields)
        : prefix_(std::move(prefix) + "."), first_(std::move(first)), fields_(std::move(fields)) {}

    /// A text stands for an object that has nothing but it.
    std::set<std::string> read(const OrderedJson& value, const LayerPlace& place, Config& into) const {
        std::set<std::string> given;
        if (value.is_string()) {
            take(first_, value, place, into);
            return {first_};
        }
        if (!value.is_object()) place.refuse(value, "text or an object");
        if (!value.contains(first_)) {
            throw ConfigError(fmt::format("{}: {}: \"{}\" is missing", place.where, place.key, first_));
        }
        OrderedJson object = value;
        expand_scales(object);
        read_object(object, "", place, into, given);
        return given;
    }

    /// With a text where that is all there is to say.
    [[nodiscard]] OrderedJson write(const Config& config, const Config& defaults) const {
        OrderedJson json = OrderedJson::object();
        for (const Field& field : fields_) {
            if (!field.in_use(config)) continue;
            const std::string name = field.key.substr(prefix_.size());
            if (name == first_ || field.get(config) != field.get(defaults)) put(json, name, field.get(config));
        }
        return json.size() == 1 ? json[first_] : json;
    }

    [[nodiscard]] OrderedJson schema() const {
        return {{"anyOf", {{{"enum", find(first_)->choices}}, {{"type", "object"}, {"required", {first_}}}}}};
    }

  private:
    void read_object(const OrderedJson& object, const std::string& prefix, const LayerPlace& place, Config& into,
                     std::set<std::string>& given) const {
        for (const auto& [name, value] : object.items()) {
            const std::string key = prefix + name;
            if (value.is_object() && is_group(key)) {
                read_object(value, key + ".", place, into, given);
            } else {
                take(key, value, place, into);
                given.insert(key);
            }
        }
    }

    void take(const std::string& key, const OrderedJson& value, const LayerPlace& place, Config& into) const {
        const Field* const field = find(key);
        if (field == nullptr || field->key == "model.init.from") {
            throw ConfigError(fmt::format("{}: unknown key \"{}.{}\"; its keys are those of {}", place.where, place.key,
                                          first_characters(key, kMostOfGiven), prefix_.substr(0, prefix_.size() - 1)));
        }
        if (!is_valid(*field, value)) place.at(key).refuse(value, expectation(*field));
        if (!value.is_null()) field->set(into, value);
    }

    [[nodiscard]] const Field* find(const std::string& key) const {
        const auto found =
            std::find_if(fields_.begin(), fields_.end(), [&](const Field& f) { return f.key == prefix_ + key; });
        return found == fields_.end() ? nullptr : &*found;
    }

    [[nodiscard]] bool is_group(const std::string& key) const {
        return std::any_of(fields_.begin(), fields_.end(),
                           [&](const Field& f) { return f.key.rfind(prefix_ + key + ".", 0) == 0; });
    }

    std::string prefix_;
    std::string first_;
    std::vector<Field> fields_;
};

std::vector<Field> fields_by(void (*add)(std::vector<Field>&)) {
    std::vector<Field> fields;
    add(fields);
    return fields;
}

const Group& normalization_group() {
    static const Group group("model.normalization", "kind", fields_by(add_normalization_fields));
    return group;
}

const Group& init_group() {
    static const Group group("model.init", "scheme", fields_by(add_init_fields));
    return group;
}

LayerKey normalization_key() {
    return {"normalization",
            kWithWeights,
            false,
            one_of(kNormalizationNames) + ", or an object as model.normalization",
            normalization_group().schema(),
            "instead of the model's",
            [](LayerConfig& layer, const OrderedJson& value, const LayerPlace& place) {
                Config own;
                const std::set<std::string> given = normalization_group().read(value, place, own);
                complete(own.model.normalization, given);
                layer.normalization = own.model.normalization;
            },
            [](const LayerConfig& layer) {
                if (!layer.normalization) return OrderedJson(nullptr);
                Config own;
                own.model.normalization = *layer.normalization;
                Config defaults;
                defaults.model.normalization.kind = layer.normalization->kind;
                complete(defaults.model.normalization, {});
                return normalization_group().write(own, defaults);
            }};
}

LayerKey init_key() {
    return {"init",
            kWithWeights,
            false,
            one_of(kInitSchemeNames) + ", or an object as model.init",
            init_group().schema(),
            "instead of the model's",
            [](LayerConfig& layer, const OrderedJson& value, const LayerPlace& place) {
                Config own;
                init_group().read(value, place, own);
                layer.init = own.model.init;
            },
            [](const LayerConfig& layer) {
                if (!layer.init) return OrderedJson(nullptr);
                Config own;
                own.model.init = *layer.init;
                return init_group().write(own, Config());
            }};
}

}  // namespace

void LayerPlace::refuse(const OrderedJson& value, const std::string& expected) const {
    throw ConfigError(fmt::format("{}: {}: {} is not allowed; expected {}", where, key, shown_json(value), expected));
}

void complete(NormalizationConfig& normalization, const std::set<std::string>& given) {
    if (given.count("epsilon") == 0) normalization.epsilon = default_epsilon(normalization.kind);
    if (normalization.kind == Normalization::kRms && given.count("beta.learn") == 0) {
        normalization.beta.learn = given.count("beta.init") != 0;
    }
}

const std::vector<LayerKey>& layer_keys() {
    using K = LayerKind;
    constexpr double kUnbounded = std::numeric_limits<double>::infinity();
    const Bounds any{-kUnbounded, kUnbounded, false, false, "a number"};
    const Bounds above_zero{0, kUnbounded, true, false, "a number above 0"};
    const Bounds share{0, 1, false, true, "a number of at least 0 and below 1"};
    static const std::vector<LayerKey> keys{
        whole("units", {K::kDense}, 1, kMostUnits, "outputs", &LayerConfig::units, true),
        whole("channels", {K::kConv}, 1, kMostUnits, "output channels", &LayerConfig::units, true),
        kernel_key(),
        name_of("pooling", K::kPool, kPoolingNames, "of ties, max passes the gradient to the first",
                &LayerConfig::pooling),
        flag("across", {K::kLrn}, "over neighbouring channels; false: over a square of positions of one",
             &LayerConfig::across),
        whole("size", {K::kPool, K::kLrn}, 1, kMostSize, "of the window; lrn's is 5 where not given",
              &LayerConfig::size),
        whole("stride", {K::kConv, K::kPool}, 1, kMostSize, "from window to window; pool's is its size where not given",
              &LayerConfig::stride),
        padding_key(),
        name_of("rounding", K::kPool, kRoundingNames, "of the number of windows; ceil: the last ones reach beyond",
                &LayerConfig::rounding),
        number("alpha", K::kLrn, any, "factor of the sum of squares", &LayerConfig::alpha),
        number("beta", K::kLrn, any, "power of the denominator", &LayerConfig::beta),
        number("k", K::kLrn, above_zero, "added to the sum", &LayerConfig::k),
        name_of("alpha_per", K::kLrn, kAlphaPerNames, "whether alpha is divided by the window's values",
                &LayerConfig::alpha_per),
        flag("bias", kWithWeights, "a learned shift of each output", &LayerConfig::bias),
        activation_key(),
        normalization_key(),
        init_key(),
        number("scale", K::kResidual, any, "x + scale f(x)", &LayerConfig::scale),
        flag("learn_scale", {K::kResidual}, "the scale is learned; from 0: SkipInit", &LayerConfig::learn_scale),
        number("rate", K::kDropout, share, "fraction dropped", &LayerConfig::rate, true)};
    return keys;
}

bool has_key(const LayerKey& key, LayerKind kind) {
    return std::find(key.kinds.begin(), key.kinds.end(), kind) != key.kinds.end();
}

std::string one_of_layer_kinds() { return one_of(kLayerKindNames); }

}  // namespace bnrun
