#include "settings/fields.h"

#include <fmt/format.h>

#include <limits>
#include <optional>

#include "base/number_text.h"
#include "settings/layers.h"

namespace bnrun {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
const std::string kBatchNormKey = "model.batch_norm";
const std::string kNormalizationKey = "model.normalization";
constexpr double kMostSeed = 9223372036854775807.0;
constexpr double kMostWidth = 65536;
constexpr double kMostDepth = 1000;
constexpr double kMostCount = 1e9;

/// In use and written in every config.
Field always(const std::string& key, FieldKind kind, const char* description) {
    const auto yes = [](const Config&) { return true; };
    return {key, kind, false, -kInfinity, kInfinity, false, false, {}, description, {}, {}, yes, yes};
}

/// @param access returns a reference to the member, of a const or a mutable config.
template <class Access>
Field basic(const std::string& key, FieldKind kind, const char* description, Access access) {
    using Value = std::decay_t<decltype(access(std::declval<Config&>()))>;
    Field field = always(key, kind, description);
    field.set = [access](Config& config, const OrderedJson& value) { access(config) = value.get<Value>(); };
    field.get = [access](const Config& config) { return OrderedJson(access(config)); };
    return field;
}

template <class Access>
Field none_or(const char* key, FieldKind kind, const char* description, Access access) {
    using Value = typename std::decay_t<decltype(access(std::declval<Config&>()))>::value_type;
    Field field = always(key, kind, description);
    field.optional = true;
    field.set = [access](Config& config, const OrderedJson& value) { access(config) = value.get<Value>(); };
    field.get = [access](const Config& config) {
        return access(config) ? OrderedJson(*access(config)) : OrderedJson(nullptr);
    };
    return field;
}

template <std::size_t count, class Access>
Field choice(const std::string& key, const std::array<std::string_view, count>& names, const char* description,
             Access access) {
    using Value = std::decay_t<decltype(access(std::declval<Config&>()))>;
    Field field = always(key, FieldKind::kChoice, description);
    field.choices = {names.begin(), names.end()};
    field.set = [access, names](Config& config, const OrderedJson& value) {
        const auto text = value.get<std::string>();
        for (std::size_t i = 0; i < count; ++i) {
            if (names[i] == text) access(config) = static_cast<Value>(i);
        }
    };
    field.get = [access, names](const Config& config) {
        return OrderedJson(std::string(names[static_cast<std::size_t>(access(config))]));
    };
    return field;
}

/// `50 iterations`, `1 epoch`, or the number 0.
template <class Access>
Field interval(const char* key, const char* description, Access access) {
    Field field = always(key, FieldKind::kInterval, description);
    field.set = [access](Config& config, const OrderedJson& value) {
        access(config) = {0, Interval::Unit::kEpochs};
        if (!value.is_string()) return;
        const auto text = value.get<std::string>();
        const bool iterations = text.find("iteration") != std::string::npos;
        access(config) = {std::stoll(text), iterations ? Interval::Unit::kIterations : Interval::Unit::kEpochs};
    };
    field.get = [access](const Config& config) {
        const Interval& given = access(config);
        if (given.count == 0) return OrderedJson(0);
        const char* const unit = given.unit == Interval::Unit::kEpochs ? "epoch" : "iteration";
        return OrderedJson(fmt::format("{} {}{}", given.count, unit, given.count == 1 ? "" : "s"));
    };
    return field;
}

Field layers(const char* key) {
    Field field = always(key, FieldKind::kLayers,
                         "list of layers from the data on, instead of depth, width and hidden; the output layer follows");
    field.default_words = "none";
    field.set = [](Config& config, const OrderedJson& value) {
        config.model.layers = read_layers(value, config.origins.of({"model.layers"}), "model.layers");
    };
    field.get = [](const Config& config) { return layers_json(config.model.layers); };
    return field;
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

/// Null, too, stands for the default.
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

/// A key of a later edition: configs that do without it are as they were.
Field written_if_changed(Field field) {
    field.is_written = [get = field.get](const Config& config) { return get(config) != get(Config()); };
    return field;
}

Field used_if(Field field, std::function<bool(const Config&)> in_use) {
    field.in_use = std::move(in_use);
    return field;
}

bool is_batch_or_none(Normalization kind) { return kind == Normalization::kBatch || kind == Normalization::kNone; }

/// In use, and written, under the condition alone.
Field only_if(Field field, const std::function<bool(const Config&)>& condition) {
    return written_if(used_if(std::move(field), condition), condition);
}

// NOLINTBEGIN(bugprone-macro-parentheses): a member's path takes none
#define MEMBER(path) \
    [](auto& c) -> auto& { return c.path; }
// NOLINTEND(bugprone-macro-parentheses)

void add_data(std::vector<Field>& all) {
    using K = FieldKind;
    all.push_back(choice("data.source", kSourceNames,
                         "MNIST, any directory with four IDX files, or built-in synthetic digits",
                         MEMBER(data.source)));
    all.push_back(none_or("data.dir", K::kText, "directory of the four files; none: $BNRUN_DATA_DIR, then data/mnist",
                          MEMBER(data.dir)));
    all.push_back(choice("data.preprocess", kPreprocessNames,
                         "subtract the mean, also divide by the deviation, or whiten", MEMBER(data.preprocess)));
    all.push_back(between(none_or("data.train_samples", K::kInteger, "the first N training samples; null: all",
                                  MEMBER(data.train_samples)),
                          1, kMostCount));
    all.push_back(between(
        none_or("data.test_samples", K::kInteger, "the first N test samples; null: all", MEMBER(data.test_samples)), 1,
        kMostCount));
    all.push_back(written_if_changed(or_default(
        between(basic("data.validation_samples", K::kInteger,
                      "the last N training samples are not trained, but measured after each epoch; 0 or null: none",
                      MEMBER(data.validation_samples)),
                0, kMostCount))));
}

void add_distort(std::vector<Field>& all) {
    using K = FieldKind;
    constexpr double kMostPixels = 1000;
    const std::size_t first = all.size();
    const auto add = [&](const char* key, const char* description, double most, auto access) {
        all.push_back(between(basic(key, K::kNumber, description, access), 0, most));
    };
    add("data.distort.shift", "training images: pixels by which each axis moves, from [-shift, shift]; 0: off",
        kMostPixels, MEMBER(data.distort.shift));
    add("data.distort.rotate", "degrees of a turn about the middle, from [-rotate, rotate]", 180,
        MEMBER(data.distort.rotate));
    all.push_back(share(basic("data.distort.scale", K::kNumber,
                              "factor of each axis's size, from [1 - scale, 1 + scale]", MEMBER(data.distort.scale))));
    add("data.distort.shear", "pixels that a row moves for each row it is from the middle, from [-shear, shear]", 10,
        MEMBER(data.distort.shear));
    all.push_back(used_if(between(basic("data.distort.elastic.sigma", K::kNumber,
                                        "pixels; standard deviation of the Gaussian that smooths the displacements",
                                        MEMBER(data.distort.elastic.sigma)),
                                  0, kMostPixels),
                          [](const Config& c) { return c.data.distort.elastic.alpha > 0; }));
    add("data.distort.elastic.alpha",
        "pixels; displacements (Simard et al. 2003) are from [-1, 1] in each pixel and axis, smoothed, times alpha",
        100 * kMostPixels, MEMBER(data.distort.elastic.alpha));
    add("data.distort.contrast",
        "factor of each pixel's distance to the image's mean, from [1 - contrast, 1 + contrast]", 1,
        MEMBER(data.distort.contrast));
    add("data.distort.brightness",
        "what is added to all of an image's pixels, from [-brightness, brightness]; 1 is white", 1,
        MEMBER(data.distort.brightness));
    add("data.distort.noise", "standard deviation of the Gaussian noise that is added to each pixel", 1,
        MEMBER(data.distort.noise));
    for (std::size_t i = first; i < all.size(); ++i) all[i] = written_if_changed(all[i]);
}

/// @param group `model.batch_norm` or `model.normalization`: two ways to write the same, of which a config has one.
void add_statistics(std::vector<Field>& all, const std::string& group) {
    using K = FieldKind;
    const auto key = [&](const char* name) { return group + "." + name; };
    const auto add = [&](const Field& field) { all.push_back(field); };
    const auto scales = [](const Config& c) { return c.model.normalization.kind != Normalization::kWeight; };
    const bool is_batch_norm = group == kBatchNormKey;
    add(used_if(choice(key("placement"), kPlacementNames, is_batch_norm ? "act(BN(Wx+b)) or BN(act(Wx+b))" : "before or after the activation function",
                       MEMBER(model.normalization.placement)), scales));
    add(used_if(basic(key("gamma.learn"), K::kBool, "learn the scale, or keep it fixed", MEMBER(model.normalization.gamma.learn)), scales));
    add(used_if(basic(key("gamma.init"), K::kNumber, "the scale's first value", MEMBER(model.normalization.gamma.init)), scales));
    add(used_if(basic(key("beta.learn"), K::kBool, "learn the shift, or keep it fixed", MEMBER(model.normalization.beta.learn)), scales));
    add(used_if(basic(key("beta.init"), K::kNumber, "the shift's first value", MEMBER(model.normalization.beta.init)), scales));
    add(used_if(positive(basic(key("epsilon"), K::kNumber, "added to the variance", MEMBER(model.normalization.epsilon))), scales));
}

void add_inference(std::vector<Field>& all, const std::string& group) {
    using K = FieldKind;
    const auto by_batch = [](const Config& c) { return is_batch_or_none(c.model.normalization.kind); };
    all.push_back(used_if(choice(group + ".inference", kInferenceNames, "where the statistics of inference come from",
                         MEMBER(model.normalization.inference)), by_batch));
    all.push_back(used_if(share(basic(group + ".momentum", K::kNumber, "share of the old value that moving_average keeps",
                            MEMBER(model.normalization.momentum))),
                [](const Config& c) { return c.model.normalization.inference == Inference::kMovingAverage; }));
}

void add_batch_norm(std::vector<Field>& all) {
    Field enabled = always("model.batch_norm.enabled", FieldKind::kBool,
                           "batch normalization in every hidden layer (true where batch_norm is an object)");
    enabled.set = [](Config& c, const OrderedJson& value) {
        c.model.normalization.kind = value.get<bool>() ? Normalization::kBatch : Normalization::kNone;
    };
    enabled.get = [](const Config& c) { return OrderedJson(c.model.normalization.kind == Normalization::kBatch); };
    const std::size_t first = all.size();
    all.push_back(enabled);
    add_statistics(all, kBatchNormKey);
    add_inference(all, kBatchNormKey);
    for (std::size_t i = first; i < all.size(); ++i) {
        all[i] = written_if(all[i], [](const Config& c) { return is_batch_or_none(c.model.normalization.kind); });
    }
}

void add_normalization(std::vector<Field>& all) {
    const std::size_t first = all.size();
    all.push_back(choice("model.normalization.kind", kNormalizationNames,
                         "of every hidden layer's values, or of its weights; batch is what batch_norm says too",
                         MEMBER(model.normalization.kind)));
    add_statistics(all, kNormalizationKey);
    all.push_back(used_if(between(none_or("model.normalization.groups", FieldKind::kInteger,
                                          "of units or channels, which share statistics; needed by group",
                                          MEMBER(model.normalization.groups)),
                                  1, kMostWidth),
                          [](const Config& c) { return c.model.normalization.kind == Normalization::kGroup; }));
    add_inference(all, kNormalizationKey);
    for (std::size_t i = first; i < all.size(); ++i) {
        const auto in_use = all[i].in_use;
        all[i] = written_if(all[i], [in_use](const Config& c) {
            return !is_batch_or_none(c.model.normalization.kind) && in_use(c);
        });
        all[i].default_words = "the kind's";
    }
}

void add_model(std::vector<Field>& all) {
    using K = FieldKind;
    const auto uniform = [](const Config& c) { return c.model.hidden.empty() && c.model.layers.empty(); };
    all.push_back(instead_if(
        between(basic("model.depth", K::kInteger, "hidden layers", MEMBER(model.depth)), 1, kMostDepth), uniform));
    all.push_back(instead_if(
        between(basic("model.width", K::kInteger, "units of each hidden layer", MEMBER(model.width)), 1, kMostWidth),
        uniform));
    all.push_back(
        instead_if(between(basic("model.hidden", K::kIntegers, "units of each hidden layer, instead of depth and width",
                                 MEMBER(model.hidden)),
                           1, kMostWidth),
                   [](const Config& c) { return !c.model.hidden.empty(); }));
    all.push_back(instead_if(layers("model.layers"), [](const Config& c) { return !c.model.layers.empty(); }));
    all.push_back(choice("model.activation", kActivationNames, "of the hidden layers; tanh_opt is 1.7159 tanh(2x/3), prelu learns its slope below 0",
                         MEMBER(model.activation)));
    all.push_back(
        choice("model.output", kOutputNames, "cross-entropy, or half the summed squared error", MEMBER(model.output)));
    all.push_back(used_if(
        choice("model.init.scheme", kInitSchemeNames,
               "initial weights; published: weights and biases N(0, 2/(in+out)/1.04)", MEMBER(model.init.scheme)),
        [](const Config& c) { return !c.model.init.from; }));
    all.push_back(used_if(
        positive(none_or("model.init.std", K::kNumber, "standard deviation of gaussian", MEMBER(model.init.std))),
        [](const Config& c) { return c.model.init.std.has_value(); }));
    all.push_back(written_if_changed(positive(
        basic("model.init.gain", K::kNumber, "factor of every initial weight and bias", MEMBER(model.init.gain)))));
    all.push_back(
        none_or("model.init.from", K::kText, "safetensors file with initial values", MEMBER(model.init.from)));
    add_batch_norm(all);
    add_normalization(all);
    all.push_back(
        share(basic("model.dropout", K::kNumber, "fraction dropped after each hidden layer", MEMBER(model.dropout))));
}

/// Whether the learning rate's schedule is one of these.
template <class... Names>
auto scheduled_as(Names... names) {
    return [=](const Config& c) { return ((c.train.learning_rate_schedule.name == names) || ...); };
}

void add_schedule(std::vector<Field>& all) {
    using K = FieldKind;
    const auto is_step = scheduled_as(ScheduleName::kStep);
    const auto is_inverse = scheduled_as(ScheduleName::kInverse);
    const auto is_changed = [](const Config& c) {
        const ScheduleConfig& schedule = c.train.learning_rate_schedule;
        return schedule.name != ScheduleName::kEpochFactor || schedule.warm_up > 0;
    };
    const auto add = [&](Field field) { all.push_back(std::move(field)); };
    add(written_if(choice("train.learning_rate_schedule.name", kScheduleNames,
                          "learning_rate_decay after each epoch; none; a factor at `iterations`; (1 + gamma t)^-power "
                          "after t iterations; half a cosine over the run, down to min_learning_rate",
                          MEMBER(train.learning_rate_schedule.name)),
                   is_changed));
    add(only_if(between(basic("train.learning_rate_schedule.iterations", K::kIntegers,
                              "of step: the factor comes after so many iterations of the run, a list that rises",
                              MEMBER(train.learning_rate_schedule.iterations)),
                        1, kMostCount),
                is_step));
    add(only_if(positive(basic("train.learning_rate_schedule.factor", K::kNumber, "of step",
                               MEMBER(train.learning_rate_schedule.factor))),
                is_step));
    add(only_if(between(basic("train.learning_rate_schedule.gamma", K::kNumber, "of inverse",
                              MEMBER(train.learning_rate_schedule.gamma)),
                        0, kInfinity),
                is_inverse));
    add(only_if(between(basic("train.learning_rate_schedule.power", K::kNumber, "of inverse",
                              MEMBER(train.learning_rate_schedule.power)),
                        0, kInfinity),
                is_inverse));
    add(written_if(between(basic("train.learning_rate_schedule.warm_up", K::kInteger,
                                 "so many first iterations have k/warm_up of the schedule's rate, k from 1",
                                 MEMBER(train.learning_rate_schedule.warm_up)),
                           0, kMostCount),
                   is_changed));
}

void add_train(std::vector<Field>& all) {
    using K = FieldKind;
    all.push_back(between(basic("train.epochs", K::kInteger, "passes over the training set", MEMBER(train.epochs)), 1,
                          kMostCount));
    all.push_back(between(basic("train.batch_size", K::kInteger,
                                "samples in a batch; at least 2 with batch normalization", MEMBER(train.batch_size)),
                          1, kMostCount));
    all.push_back(
        choice("train.order", kOrderNames, "a new permutation each epoch, or the file's order", MEMBER(train.order)));
    all.push_back(
        choice("train.optimizer.name", kOptimizerNames, "how gradients become updates", MEMBER(train.optimizer.name)));
    all.push_back(positive(basic("train.optimizer.learning_rate", K::kNumber, "of the first epoch",
                                 MEMBER(train.optimizer.learning_rate))));
    all.push_back(used_if(share(basic("train.optimizer.momentum", K::kNumber, "of rmsprop, sgd and nesterov",
                                      MEMBER(train.optimizer.momentum))),
                          [](const Config& c) { return c.train.optimizer.name != OptimizerName::kAdam; }));
    all.push_back(
        between(basic("train.l2", K::kNumber, "l2 times W is added to the gradient of weights", MEMBER(train.l2)), 0,
                kInfinity));
    all.push_back(written_if_changed(
        used_if(basic("train.l2_biases", K::kBool, "l2 is for layers' biases, too", MEMBER(train.l2_biases)),
                [](const Config& c) { return c.train.l2 > 0; })));
    all.push_back(written_if_changed(
        between(basic("train.bias_learning_rate", K::kNumber, "factor of the learning rate for layers' biases",
                      MEMBER(train.bias_learning_rate)),
                0, kInfinity)));
    add_schedule(all);
    all.push_back(
        used_if(positive(basic("train.learning_rate_decay", K::kNumber, "factor after each epoch, of epoch_factor",
                               MEMBER(train.learning_rate_decay))),
                scheduled_as(ScheduleName::kEpochFactor)));
    all.push_back(used_if(between(basic("train.min_learning_rate", K::kNumber, "epoch_factor and cosine go no lower",
                                        MEMBER(train.min_learning_rate)),
                                  0, kInfinity),
                          scheduled_as(ScheduleName::kEpochFactor, ScheduleName::kCosine)));
    all.push_back(interval("train.checkpoint_every", "how often the state to go on from (--resume) is saved; 0: never",
                           MEMBER(train.checkpoint_every)));
    all.push_back(
        between(basic("log.every", K::kInteger, "iterations between rows in the files; 0: none", MEMBER(log.every)), 0,
                kMostCount));
    all.push_back(between(
        basic("log.print_every", K::kInteger, "iterations between rows on stdout; 0: none", MEMBER(log.print_every)), 0,
        kMostCount));
    all.push_back(choice("log.norm", kNormNames, "norm of each layer's weight gradient", MEMBER(log.norm)));
    all.push_back(basic("log.evaluate_train", K::kBool,
                        "measure train loss and error in inference mode, after the epoch", MEMBER(log.evaluate_train)));
}

std::vector<Field> make_fields() {
    std::vector<Field> all;
    all.push_back(basic("name", FieldKind::kText, "the run's name; default: the config file's stem", MEMBER(name)));
    all.push_back(between(basic("seed", FieldKind::kInteger, "of all random numbers", MEMBER(seed)), 0, kMostSeed));
    all.push_back(choice("precision", kPrecisionNames, "of every number in training", MEMBER(precision)));
    all.push_back(choice("fidelity", kFidelityNames,
                         "the formulas, or the post's published program where it departs from them", MEMBER(fidelity)));
    add_data(all);
    add_distort(all);
    add_model(all);
    add_train(all);
    return all;
}

std::string range_text(const Field& field) {
    std::string text;
    const std::string low = fmt::format("{}", field.minimum);
    if (field.minimum > -kInfinity) text += fmt::format(" {} {}", field.above_minimum ? "above" : "of at least", low);
    if (field.maximum == kMostSeed) return text + " and at most 2^63-1";
    if (field.maximum < kInfinity)
        text += fmt::format(" and {} {}", field.below_maximum ? "below" : "at most", field.maximum);
    return text;
}

}  // namespace

const std::vector<Field>& config_fields() {
    static const std::vector<Field> fields = make_fields();
    return fields;
}

std::string expectation(const Field& field) {
    std::string text;
    switch (field.kind) {
        case FieldKind::kText: text = "text"; break;
        case FieldKind::kBool: text = "true or false"; break;
        case FieldKind::kInteger: text = "a whole number" + range_text(field); break;
        case FieldKind::kNumber: text = "a number" + range_text(field); break;
        case FieldKind::kIntegers: text = "a list of whole numbers" + range_text(field); break;
        case FieldKind::kLayers: text = "a list of objects, each with a kind"; break;
        case FieldKind::kInterval: text = "text such as \"1 epoch\" or \"50 iterations\", or 0"; break;
        case FieldKind::kChoice:
            text = "one of ";
            for (const std::string& name : field.choices) text += (&name == &field.choices.front() ? "" : ", ") + name;
    }
    return field.optional ? text + " (or null)" : text;
}

}  // namespace bnrun
