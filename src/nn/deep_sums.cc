#include "nn/deep_sums.h"

#include <cmath>

namespace bnrun {

namespace {

constexpr int kMostSteps = 500;
constexpr int kMostPairSteps = 60;  ///< which cost more
constexpr double kStays = 1e-11;

bool is_unchanged(double value, double before, double size) { return std::abs(value - before) <= kStays * size; }

class DeepNet {
  public:
    DeepNet(const LayerPlan& first, const LayerPlan& next, const BatchPairs& pairs)
        : first_(first), next_(next), pairs_(pairs) {}

    [[nodiscard]] Kernel find() const {
        if (first_.config.normalization->kind == Normalization::kBatch) return settled({1, 0.5, 0.5});
        double q = 1;
        for (int i = 0; i < kMostSteps; ++i) {
            const double first = next_q(q);
            if (is_unchanged(first, q, q)) return with_pairs(q);
            const double second = next_q(first);
            q = limit_of(q, first, second);
            if (!(q > 1e-100 && q < 1e100)) break;
        }
        return {1, 1, 1};
    }

  private:
    struct Step {
        Kernel sums;
        double chi;
    };

    [[nodiscard]] Step next_sums(const Kernel& sums) const {
        FieldState state;
        const DenseField field(first_, pairs_, sums, state);
        const Kernel& input = state.signal.kernel;
        return {sums_of(next_, input), field.squared_slope() * next_.fan_in() * first_variances(next_, input).weight};
    }

    [[nodiscard]] double next_q(double q) const { return next_sums({q, q, q}).sums.square; }

    /// Of a sequence whose differences shrink by one factor (Aitken 1926), where that is a q.
    static double limit_of(double q, double first, double second) {
        const double limit = q - (first - q) * (first - q) / (second - 2 * first + q);
        return limit >= 0 ? limit : second;
    }

    /// Up to chi = 1 samples become alike, beyond they stay apart.
    [[nodiscard]] Kernel with_pairs(double q) const {
        const bool is_chaotic = next_sums({q, q, q}).chi > 1 + 1e-9;
        return is_chaotic ? settled({q, 0.5 * q, 0.5 * q}) : Kernel{q, q, q};
    }

    [[nodiscard]] Kernel settled(Kernel sums) const {
        for (int i = 0; i < kMostPairSteps; ++i) {
            const Kernel before = sums;
            sums = next_sums(sums).sums;
            if (is_unchanged(sums.square, before.square, before.square) &&
                is_unchanged(sums.same, before.same, before.square)) {
                break;
            }
        }
        return sums;
    }

    const LayerPlan& first_;
    const LayerPlan& next_;
    const BatchPairs& pairs_;
};

}  // namespace

Kernel deep_sums(const LayerPlan& first, const LayerPlan& next, const BatchPairs& pairs) {
    return DeepNet(first, next, pairs).find();
}

}  // namespace bnrun
