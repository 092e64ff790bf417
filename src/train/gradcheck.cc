#include "train/gradcheck.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "data/preprocess.h"
#include "math/random.h"
#include "nn/init.h"
#include "nn/network.h"

namespace bnrun {

namespace {

constexpr Index kSamples = 8;
constexpr std::int64_t kEntries = 8;
constexpr double kFloorShare = 1e-6;
using Extended = long double;
constexpr Extended kLargestStep = 0.25L;
constexpr Extended kSmallestStep = 1e-10L;
constexpr Extended kEnough = 1e-9L;   ///< a smaller relative error of the difference is not worth the search
constexpr double kNoiseMargin = 100;  ///< the loss is off by more units in the last place than the one that is counted

/// The same samples and labels for both networks.
struct Samples {
    Panels<double> x;
    Panels<Extended> x_extended;
    std::vector<std::uint8_t> labels;
};

Samples first_samples(const Config& config, const Dataset& dataset, ThreadTeam& team) {
    const Index count = std::min({kSamples, dataset.train.samples(), static_cast<Index>(config.train.batch_size)});
    std::vector<std::uint32_t> numbers(static_cast<std::size_t>(count));
    std::iota(numbers.begin(), numbers.end(), 0U);
    const Transform transform = fit_transform(dataset.train, dataset.features(), config.data.preprocess, team);
    Samples samples;
    Inputs<double>(dataset.train, dataset.features(), transform, team).gather(numbers.data(), count, team, samples.x);
    samples.x_extended = Panels<Extended>(to_matrix(samples.x).cast<Extended>());
    samples.labels.assign(dataset.train.labels.begin(), dataset.train.labels.begin() + count);
    return samples;
}

struct Difference {
    double value;
    double error;  ///< estimated
};

/// Central differences at h, h/2 and h/4, extrapolated to sixth order (Richardson), for falling h; the answer is the
/// one with the smallest estimate of its error, whatever back-propagation says. Large steps serve the tiny gradients of
/// deep sigmoids, small ones the kinks of relu and the curvature of nearly constant units.
Difference central_difference(Network<Extended>& network, const Samples& samples, const Batch& pass, Extended& entry) {
    const Extended value = entry;
    Extended loss = 0;
    const auto loss_at = [&](Extended offset) {
        entry = value + offset;
        loss = network.forward(samples.x_extended, samples.labels.data(), pass).loss;
        entry = value;
        return loss;
    };
    const auto slope = [&](Extended step) { return (loss_at(step) - loss_at(-step)) / (2 * step); };
    Extended best = 0;
    Extended smallest = std::numeric_limits<Extended>::infinity();
    for (Extended step = kLargestStep; step >= kSmallestStep; step /= 8) {
        const Extended wide = slope(step);
        const Extended middle = slope(step / 2);
        const Extended narrow = slope(step / 4);
        const Extended fourth_wide = middle + (middle - wide) / 3;
        const Extended fourth = narrow + (narrow - middle) / 3;
        const Extended sixth = fourth + (fourth - fourth_wide) / 15;
        const Extended noise = std::numeric_limits<Extended>::epsilon() * std::abs(loss) / step;
        const Extended error = std::abs(sixth - fourth) + noise;
        if (error < smallest) {
            smallest = error;
            best = sixth;
        }
        if (noise > smallest || smallest <= kEnough * std::abs(best)) break;
    }
    return {static_cast<double>(best), static_cast<double>(smallest)};
}

/// The tensor's entries to compare: all of a small one, else the largest gradient and some at random.
std::vector<std::int64_t> choose_entries(const Matrix<double>& gradient, std::uint32_t number) {
    std::vector<std::int64_t> entries(static_cast<std::size_t>(std::min<Index>(gradient.size(), kEntries)));
    std::iota(entries.begin(), entries.end(), 0);
    if (gradient.size() <= kEntries) return entries;
    Random random(0, Stream::kCheck, number);
    for (auto& entry : entries)
        entry = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(gradient.size())));
    const double* const data = gradient.data();
    entries[0] =
        std::max_element(data, data + gradient.size(), [](double a, double b) { return std::abs(a) < std::abs(b); }) -
        data;
    return entries;
}

/// One tensor's gradients: in float64, and by the same steps in extended precision.
struct Gradients {
    const Matrix<double>* back_propagated;
    const Matrix<Extended>* extended;
};

/// @param floor below which a difference is not worth telling.
GradcheckRow check_tensor(const std::string& tensor, const Gradients& gradients, double floor,
                          const std::vector<std::int64_t>& entries,
                          const std::function<Difference(std::int64_t)>& difference_at) {
    GradcheckRow row;
    row.tensor = tensor;
    for (const std::int64_t entry : entries) {
        const double ours = gradients.back_propagated->data()[entry];
        const Difference found = difference_at(entry);
        const double difference = found.value;
        const auto rounding = static_cast<double>(std::abs(ours - gradients.extended->data()[entry]));
        const double noise = kNoiseMargin * (found.error + rounding);
        const double size = std::max({std::abs(ours), std::abs(difference), floor});
        const double error = size == 0 ? 0 : std::abs(ours - difference) / size;
        ++row.checked;
        if (noise > kGradcheckLimit * size && std::abs(ours - difference) <= noise) {
            ++row.unjudged;
        } else if (row.checked == row.unjudged + 1 || !(error <= row.relative_error)) {
            row.entry = entry;
            row.back_propagated = ours;
            row.difference = difference;
            row.relative_error = error;
        }
    }
    return row;
}

}  // namespace

std::vector<GradcheckRow> gradcheck(const Config& config, const Dataset& dataset, const TensorMap& initial,
                                    ThreadTeam& team) {
    Config float64 = config;
    float64.precision = Precision::kFloat64;
    const TensorMap values = initial.empty() ? draw_initial_values(float64, dataset.shape, dataset.classes)
                                             : with_magnitudes(float64, dataset.shape, dataset.classes, initial);
    const Samples samples = first_samples(config, dataset, team);
    Network<double> network(dataset.shape, dataset.classes, float64, team);
    Network<Extended> extended(dataset.shape, dataset.classes, float64, team);
    network.load(values);
    extended.load(values);
    const Batch pass{Mode::kTrain, static_cast<std::uint64_t>(config.seed), 0};
    network.forward(samples.x, samples.labels.data(), pass);
    network.backward();
    extended.forward(samples.x_extended, samples.labels.data(), pass);
    extended.backward();

    std::vector<GradcheckRow> rows;
    const auto parameters = network.parameters();
    const auto extended_parameters = extended.parameters();
    double floor = 0;
    for (std::size_t p = 0; p < parameters.size(); ++p) {
        const Matrix<double>& gradient = *parameters[p].gradient;
        if (parameters[p].is_weight) floor = kFloorShare * gradient.cwiseAbs().maxCoeff();
        if (!parameters[p].learned) continue;
        Matrix<Extended>& value = *extended_parameters[p].value;
        rows.push_back(check_tensor(parameters[p].name, {&gradient, extended_parameters[p].gradient}, floor,
                                    choose_entries(gradient, static_cast<std::uint32_t>(p)), [&](std::int64_t entry) {
                                        return central_difference(extended, samples, pass, value.data()[entry]);
                                    }));
    }
    return rows;
}

}  // namespace bnrun
