#include "train/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "nn/init.h"
#include "support/matrices.h"

namespace bnrun {
namespace {

constexpr Index kFeatures = 6;
constexpr Index kClasses = 3;

Split random_split(Index samples, std::uint32_t number) {
    Random random(31, Stream::kCheck, number);
    Split split;
    for (Index i = 0; i < samples * kFeatures; ++i) {
        split.images.push_back(static_cast<std::uint8_t>(random.below(256)));
    }
    for (Index i = 0; i < samples; ++i) split.labels.push_back(static_cast<std::uint8_t>(random.below(kClasses)));
    return split;
}

/// A sample as the network gets it without preprocessing.
Matrix<double> sample_of(const Split& split, Index sample) {
    Matrix<double> x(kFeatures, 1);
    for (Index f = 0; f < kFeatures; ++f) x(f) = split.images[static_cast<std::size_t>(sample * kFeatures + f)] / 255.0;
    return x;
}

class EvaluateTest : public testing::Test {
  protected:
    EvaluateTest() {
        config.precision = Precision::kFloat64;
        config.model.hidden = {7, 5};
        config.model.normalization.kind = Normalization::kBatch;
        config.model.normalization.inference = Inference::kPopulation;
        config.model.dropout = 0.3;  // which neither evaluation nor statistics know
        config.model.init.scheme = InitScheme::kGaussian;
        config.model.init.std = 1;
    }

    Network<double> network() {
        Network<double> made(kFeatures, kClasses, config, team);
        made.load(draw_initial_values(config, kFeatures, kClasses));
        for (const NamedTensor<double>& tensor : made.tensors()) {
            if (tensor.name.ends_with("mean")) *tensor.value = normal_matrix(tensor.value->rows(), 1, 0, 0.3, 1);
            if (tensor.name.ends_with("variance")) *tensor.value = normal_matrix(tensor.value->rows(), 1, 1, 0.1, 2);
        }
        return made;
    }

    static const Matrix<double>& tensor(Network<double>& of, const std::string& name) {
        for (const NamedTensor<double>& each : of.tensors()) {
            if (each.name == name) return *each.value;
        }
        throw std::out_of_range(name);
    }

    Inputs<double> inputs(const Split& split) { return {split, kFeatures, {}, team}; }

    Config config;
    ThreadTeam team{2};
};

TEST_F(EvaluateTest, SeveralBatchesGiveWhatTheirSamplesGiveOneByOne) {
    for (const Index samples : {1, 499, 500, 501, 1203}) {
        const Split split = random_split(samples, 1);
        Network<double> made = network();
        const TestResult result = evaluate(made, split, inputs(split), team);
        double sum = 0;
        std::int64_t wrong = 0;
        std::vector<std::uint8_t> predictions;
        for (Index i = 0; i < samples; ++i) {
            std::uint8_t prediction = kClasses;
            const std::uint8_t* const label = &split.labels[static_cast<std::size_t>(i)];
            const Panels<double> x(sample_of(split, i));
            sum += made.forward(x, label, {Mode::kInference}, &prediction).loss;
            wrong += prediction == *label ? 0 : 1;
            predictions.push_back(prediction);
        }
        EXPECT_NEAR(result.loss, sum / static_cast<double>(samples), 1e-12) << samples;
        EXPECT_EQ(result.predictions, predictions) << samples;
        EXPECT_EQ(result.wrong, wrong) << samples;
        EXPECT_EQ(result.samples, samples);
        EXPECT_DOUBLE_EQ(result.error, static_cast<double>(wrong) / static_cast<double>(samples)) << samples;
    }
}

/// The given columns' mean over each batch, and their unbiased variance, averaged over batches.
struct Averages {
    Averages(const Matrix<double>& z, Index batch) : mean(z.rows(), 1), variance(z.rows(), 1) {
        mean.setZero();
        variance.setZero();
        double batches = 0;
        for (Index first = 0; first + 1 < z.cols(); first += batch) {  // a single last sample is left out
            const Index count = std::min(batch, z.cols() - first);
            const Matrix<double> part = z.middleCols(first, count);
            const Matrix<double> average = part.rowwise().mean();
            mean += average;
            variance += (part.colwise() - average.col(0)).rowwise().squaredNorm() / static_cast<double>(count - 1);
            ++batches;
        }
        mean /= batches;
        variance /= batches;
    }
    Matrix<double> mean;
    Matrix<double> variance;
};

TEST_F(EvaluateTest, PopulationStatisticsAreThoseOfBatchesInFileOrderTheShortLastOneIncluded) {
    config.train.batch_size = 100;
    for (const Index samples : {100, 205, 301}) {
        const Split split = random_split(samples, 2);
        Network<double> made = network();
        const Matrix<double> weight = tensor(made, "layers.0.weight");
        Matrix<double> z(weight.rows(), samples);
        for (Index i = 0; i < samples; ++i) z.col(i) = weight * sample_of(split, i) + tensor(made, "layers.0.bias");
        const Split earlier = random_split(150, 3);
        EXPECT_TRUE(take_population_statistics(config, made, earlier, inputs(earlier), team));
        EXPECT_TRUE(take_population_statistics(config, made, split, inputs(split), team));
        const Averages expected(z, 100);
        EXPECT_LT(distance(tensor(made, "layers.0.mean"), expected.mean), 1e-13) << samples;
        EXPECT_LT(distance(tensor(made, "layers.0.variance"), expected.variance), 1e-13) << samples;
    }
}

TEST_F(EvaluateTest, PopulationStatisticsAreThoseOfANetworkWithoutDropout) {
    const Split split = random_split(250, 2);
    std::vector<Matrix<double>> variances;
    for (const double dropout : {0.3, 0.0}) {
        config.model.dropout = dropout;
        Network<double> made = network();
        const Matrix<double> before = tensor(made, "layers.1.variance");
        EXPECT_TRUE(take_population_statistics(config, made, split, inputs(split), team));
        variances.push_back(tensor(made, "layers.1.variance"));
        EXPECT_NE(variances.back(), before);
    }
    EXPECT_EQ(variances.front(), variances.back());
}

TEST_F(EvaluateTest, PopulationStatisticsBeyondTheRangeAreToldWhicheverBatchTheyAreOf) {
    config.train.batch_size = 100;
    const Split split = random_split(300, 2);
    for (const Index at : {0, 150, 299}) {
        Split marked = split;
        std::fill(marked.images.begin(), marked.images.end(), std::uint8_t{0});
        marked.images[static_cast<std::size_t>(at * kFeatures)] = 255;
        Network<double> made = network();
        for (const NamedTensor<double>& each : made.tensors()) {
            if (each.name == "layers.0.weight") *each.value *= 1e200;
        }
        EXPECT_FALSE(take_population_statistics(config, made, marked, inputs(marked), team)) << at;
    }
}

}  // namespace
}  // namespace bnrun
