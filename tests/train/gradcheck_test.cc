#include "train/gradcheck.h"

#include <gtest/gtest.h>

#include <cmath>

#include "math/random.h"
#include "nn/init.h"

namespace bnrun {
namespace {

/// 24 samples of 9 random pixels in 4 classes.
Dataset random_dataset() {
    Random random(11, Stream::kCheck);
    Dataset dataset;
    dataset.shape = {9};
    dataset.classes = 4;
    for (int i = 0; i < 24; ++i) {
        for (int f = 0; f < 9; ++f) dataset.train.images.push_back(static_cast<std::uint8_t>(random.below(256)));
        dataset.train.labels.push_back(static_cast<std::uint8_t>(random.below(4)));
    }
    dataset.test = dataset.train;
    return dataset;
}

struct Setting {
    Activation activation;
    Output output;
    std::optional<Placement> placement;  ///< none: no batch normalization
    bool learns_gamma = true;
    bool learns_beta = true;
    std::size_t depth = 2;
    double dropout = 0;
    double gamma = 1.25;
};

std::string name_of(const Setting& setting) {
    const auto text = [](const auto& names, auto value) { return std::string(names[static_cast<std::size_t>(value)]); };
    std::string name = text(kActivationNames, setting.activation) + "_" + text(kOutputNames, setting.output) + "_" +
                       (setting.placement ? text(kPlacementNames, *setting.placement) : "plain");
    if (!setting.learns_gamma) name += "_fixed_gamma";
    if (!setting.learns_beta) name += "_fixed_beta";
    if (setting.dropout > 0) name += "_dropout";
    return name + "_" + std::to_string(setting.depth);
}

std::vector<Setting> all_settings() {
    std::vector<Setting> all;
    for (const std::size_t depth : {2U, 10U}) {
        for (std::size_t a = 0; a < kActivationNames.size(); ++a) {
            for (const Output output : {Output::kSoftmax, Output::kSigmoidMse}) {
                const auto activation = static_cast<Activation>(a);
                all.push_back({activation, output, std::nullopt, true, true, depth});
                for (const Placement placement : {Placement::kPreActivation, Placement::kPostActivation}) {
                    for (const int learned : {0, 1, 2, 3}) {
                        all.push_back({activation, output, placement, (learned & 1) != 0, (learned & 2) != 0, depth});
                    }
                    all.push_back({activation, output, placement, true, true, depth, 0.3});
                }
                all.push_back({activation, output, std::nullopt, true, true, depth, 0.3});
            }
        }
    }
    return all;
}

Config config_of(const Setting& setting) {
    Config config;
    config.model.hidden.assign(setting.depth, 7);
    config.model.activation = setting.activation;
    config.model.output = setting.output;
    config.model.dropout = setting.dropout;
    config.model.normalization.kind = setting.placement.has_value() ? Normalization::kBatch : Normalization::kNone;
    config.model.normalization.placement = setting.placement.value_or(Placement::kPreActivation);
    config.model.normalization.gamma = {setting.learns_gamma, setting.gamma};
    config.model.normalization.beta = {setting.learns_beta, 0.1};
    config.model.normalization.epsilon = 1e-5;
    return config;
}

class Gradcheck : public testing::TestWithParam<Setting> {};

TEST_P(Gradcheck, BackPropagationIsTheCentralDifference) {
    ThreadTeam team(1);
    const Config config = config_of(GetParam());
    const auto rows = gradcheck(config, random_dataset(), {}, team);
    const std::size_t kinds =
        !GetParam().placement ? 0 : (GetParam().learns_gamma ? 1 : 0) + (GetParam().learns_beta ? 1 : 0);
    const std::size_t slopes = GetParam().activation == Activation::kPrelu ? GetParam().depth : 0;
    EXPECT_EQ(rows.size(), 2 * (GetParam().depth + 1) + kinds * GetParam().depth + slopes);
    std::int64_t checked = 0;
    std::int64_t unjudged = 0;
    for (const GradcheckRow& row : rows) {
        EXPECT_LE(row.relative_error, 1e-6) << row.tensor << " entry " << row.entry << ": back-propagated "
                                            << row.back_propagated << ", central difference " << row.difference;
        EXPECT_GT(row.checked, 0);
        checked += row.checked;
        unjudged += row.unjudged;
    }
    EXPECT_LE(unjudged, checked / 4);
}

INSTANTIATE_TEST_SUITE_P(Settings, Gradcheck, testing::ValuesIn(all_settings()),
                         [](const auto& each) { return name_of(each.param); });

TEST(GradcheckItself, SeesThePostsWrongGammaGradient) {
    Config config = config_of({Activation::kSigmoid, Output::kSoftmax, Placement::kPreActivation});
    config.fidelity = Fidelity::kPublished;
    ThreadTeam team(1);
    double worst_gamma = 0;
    double worst_other = 0;
    std::int64_t unjudged = 0;
    for (const GradcheckRow& row : gradcheck(config, random_dataset(), {}, team)) {
        const bool is_gamma = row.tensor.find("gamma") != std::string::npos;
        double& error = is_gamma ? worst_gamma : worst_other;
        error = std::max(error, row.relative_error);
        unjudged += row.unjudged;
    }
    EXPECT_EQ(unjudged, 0);
    EXPECT_GT(worst_gamma, 0.01);
    EXPECT_LE(worst_other, 1e-6);
}

/// Right gradients that differences of the loss cannot show: rows pass, and say how many entries they could not judge.
void expect_no_false_alarm(const Config& config, const char* what) {
    ThreadTeam team(1);
    std::int64_t unjudged = 0;
    for (const GradcheckRow& row : gradcheck(config, random_dataset(), {}, team)) {
        EXPECT_LE(row.relative_error, kGradcheckLimit) << what << ": " << row.tensor << " entry " << row.entry << ": "
                                                       << row.back_propagated << " against " << row.difference;
        unjudged += row.unjudged;
    }
    EXPECT_GT(unjudged, 0) << what;
}

TEST(GradcheckItself, DoesNotFailWhatIsBelowTheNoiseOfItsDifference) {
    Config config = config_of({Activation::kSigmoid, Output::kSoftmax, std::nullopt});
    config.model.hidden.assign(40, 7);
    expect_no_false_alarm(config, "a deep sigmoid net");
    config = config_of({Activation::kSigmoid, Output::kSoftmax, Placement::kPreActivation});
    config.train.batch_size = 2;
    expect_no_false_alarm(config, "batches of two");
}

TEST(GradcheckItself, HoldsForLargeLogits) {
    Config config = config_of({Activation::kRelu, Output::kSoftmax, std::nullopt});
    config.model.init.scheme = InitScheme::kGaussian;
    config.model.init.std = 30;
    ThreadTeam team(1);
    for (const GradcheckRow& row : gradcheck(config, random_dataset(), {}, team)) {
        EXPECT_LE(row.relative_error, kGradcheckLimit) << row.tensor;
    }
}

}  // namespace
}  // namespace bnrun
