#include "settings/layer_fields.h"

#include "settings/field_makers.h"

namespace bnrun {

namespace {

const std::string kBatchNormKey = "model.batch_norm";
const std::string kNormalizationKey = "model.normalization";

bool is_batch_or_none(Normalization kind) { return kind == Normalization::kBatch || kind == Normalization::kNone; }

/// @param group `model.batch_norm` or `model.normalization`: two ways to write the same, of which a config has one.
void add_statistics(std::vector<Field>& all, const std::string& group) {
    using K = FieldKind;
    const auto key = [&](const char* name) { return group + "." + name; };
    const auto add = [&](const Field& field) { all.push_back(field); };
    const auto scales = [](const Config& c) { return c.model.normalization.kind != Normalization::kWeight; };
    const bool is_batch_norm = group == kBatchNormKey;
    add(used_if(choice(key("placement"), kPlacementNames,
                       is_batch_norm ? "act(BN(Wx+b)) or BN(act(Wx+b))" : "before or after the activation function",
                       BNRUN_MEMBER(model.normalization.placement)),
                scales));
    add(used_if(basic(key("gamma.learn"), K::kBool, "learn the scale, or keep it fixed",
                      BNRUN_MEMBER(model.normalization.gamma.learn)),
                scales));
    add(used_if(
        basic(key("gamma.init"), K::kNumber, "the scale's first value", BNRUN_MEMBER(model.normalization.gamma.init)),
        scales));
    add(used_if(basic(key("beta.learn"), K::kBool, "learn the shift, or keep it fixed",
                      BNRUN_MEMBER(model.normalization.beta.learn)),
                scales));
    add(used_if(
        basic(key("beta.init"), K::kNumber, "the shift's first value", BNRUN_MEMBER(model.normalization.beta.init)),
        scales));
    add(used_if(
        positive(basic(key("epsilon"), K::kNumber, "added to the variance", BNRUN_MEMBER(model.normalization.epsilon))),
        scales));
}

void add_inference(std::vector<Field>& all, const std::string& group) {
    using K = FieldKind;
    const auto by_batch = [](const Config& c) { return is_batch_or_none(c.model.normalization.kind); };
    all.push_back(used_if(choice(group + ".inference", kInferenceNames, "where the statistics of inference come from",
                                 BNRUN_MEMBER(model.normalization.inference)),
                          by_batch));
    all.push_back(
        used_if(share(basic(group + ".momentum", K::kNumber, "share of the old value that moving_average keeps",
                            BNRUN_MEMBER(model.normalization.momentum))),
                [](const Config& c) { return c.model.normalization.inference == Inference::kMovingAverage; }));
}

}  // namespace

void add_init_fields(std::vector<Field>& all) {
    using K = FieldKind;
    all.push_back(used_if(
        choice("model.init.scheme", kInitSchemeNames,
               "initial weights; published: weights and biases N(0, 2/(in+out)/1.04)", BNRUN_MEMBER(model.init.scheme)),
        [](const Config& c) { return !c.model.init.from; }));
    all.push_back(used_if(
        positive(none_or("model.init.std", K::kNumber, "standard deviation of gaussian", BNRUN_MEMBER(model.init.std))),
        [](const Config& c) { return c.model.init.std.has_value(); }));
    all.push_back(written_if_changed(positive(basic(
        "model.init.gain", K::kNumber, "factor of every initial weight and bias", BNRUN_MEMBER(model.init.gain)))));
    all.push_back(
        none_or("model.init.from", K::kText, "safetensors file with initial values", BNRUN_MEMBER(model.init.from)));
}

void add_batch_norm_fields(std::vector<Field>& all) {
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

void add_normalization_fields(std::vector<Field>& all) {
    const std::size_t first = all.size();
    all.push_back(choice("model.normalization.kind", kNormalizationNames,
                         "of every hidden layer's values, or of its weights; batch is what batch_norm says too",
                         BNRUN_MEMBER(model.normalization.kind)));
    add_statistics(all, kNormalizationKey);
    all.push_back(used_if(between(none_or("model.normalization.groups", FieldKind::kInteger,
                                          "of units or channels, which share statistics; needed by group",
                                          BNRUN_MEMBER(model.normalization.groups)),
                                  1, kMostWidth),
                          [](const Config& c) { return c.model.normalization.kind == Normalization::kGroup; }));
    add_inference(all, kNormalizationKey);
    for (std::size_t i = first; i < all.size(); ++i) {
        const auto in_use = all[i].in_use;
        all[i] = written_if(
            all[i], [in_use](const Config& c) { return !is_batch_or_none(c.model.normalization.kind) && in_use(c); });
        all[i].default_words = "the kind's";
    }
}

}  // namespace bnrun
