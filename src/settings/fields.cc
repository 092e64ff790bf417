#include "settings/fields.h"

#include "settings/data_fields.h"
#include "settings/field_makers.h"
#include "settings/layer_fields.h"
#include "settings/layers.h"
#include "settings/log_fields.h"
#include "settings/train_fields.h"

namespace bnrun {

namespace {

constexpr double kMostSeed = 9223372036854775807.0;
constexpr double kMostDepth = 1000;

Field layers(const char* key) {
    Field field =
        always(key, FieldKind::kLayers,
               "list of layers from the data on, instead of depth, width and hidden; the output layer follows");
    field.default_words = "none";
    field.set = [](Config& config, const OrderedJson& value) {
        config.model.layers = read_layers(value, config.origins.of({"model.layers"}), "model.layers");
    };
    field.get = [](const Config& config) { return layers_json(config.model.layers); };
    return field;
}

void add_model(std::vector<Field>& all) {
    using K = FieldKind;
    const auto uniform = [](const Config& c) { return c.model.hidden.empty() && c.model.layers.empty(); };
    all.push_back(instead_if(
        between(basic("model.depth", K::kInteger, "hidden layers", BNRUN_MEMBER(model.depth)), 1, kMostDepth),
        uniform));
    all.push_back(
        instead_if(between(basic("model.width", K::kInteger, "units of each hidden layer", BNRUN_MEMBER(model.width)),
                           1, kMostWidth),
                   uniform));
    all.push_back(
        instead_if(between(basic("model.hidden", K::kIntegers, "units of each hidden layer, instead of depth and width",
                                 BNRUN_MEMBER(model.hidden)),
                           1, kMostWidth),
                   [](const Config& c) { return !c.model.hidden.empty(); }));
    all.push_back(instead_if(layers("model.layers"), [](const Config& c) { return !c.model.layers.empty(); }));
    all.push_back(choice("model.activation", kActivationNames,
                         "of the hidden layers; tanh_opt is 1.7159 tanh(2x/3), prelu learns its slope below 0",
                         BNRUN_MEMBER(model.activation)));
    all.push_back(choice("model.output", kOutputNames, "cross-entropy, or half the summed squared error",
                         BNRUN_MEMBER(model.output)));
    add_init_fields(all);
    add_batch_norm_fields(all);
    add_normalization_fields(all);
    all.push_back(share(
        basic("model.dropout", K::kNumber, "fraction dropped after each hidden layer", BNRUN_MEMBER(model.dropout))));
}

std::vector<Field> make_fields() {
    std::vector<Field> all;
    all.push_back(
        basic("name", FieldKind::kText, "the run's name; default: the config file's stem", BNRUN_MEMBER(name)));
    all.push_back(
        between(basic("seed", FieldKind::kInteger, "of all random numbers", BNRUN_MEMBER(seed)), 0, kMostSeed));
    all.push_back(choice("precision", kPrecisionNames, "of every number in training", BNRUN_MEMBER(precision)));
    all.push_back(choice("fidelity", kFidelityNames,
                         "the formulas, or the post's published program where it departs from them",
                         BNRUN_MEMBER(fidelity)));
    add_data_fields(all);
    add_model(all);
    add_train_fields(all);
    add_log_fields(all);
    return all;
}

}  // namespace

const std::vector<Field>& config_fields() {
    static const std::vector<Field> fields = make_fields();
    return fields;
}

}  // namespace bnrun
