#include "train/quantities/curvature.h"

#include <algorithm>

#include "math/extreme_eigenvalue.h"

namespace bnrun {

namespace {

/// Half of the way between the two points whose gradients are compared, beside the size of the weights: the error of
/// the difference quotient goes with its square, that of rounding with its inverse.
constexpr double kStep = 2e-6;

/// H v = (g(w + h v) - g(w - h v)) / 2h, of the weights of one layer in the twin.
class HessianBlock {
  public:
    HessianBlock(const Step& step, const NamedTensor<double>& weight)
        : step_(step), weight_(weight), w_(*weight.value), h_(kStep * std::max(1.0, w_.norm())) {}

    void multiply(const Vector<double>& v, Vector<double>& product) {
        const auto as_matrix = v.reshaped<Eigen::RowMajor>(w_.rows(), w_.cols());
        const Matrix<double> step = h_ * as_matrix;
        const Matrix<double> above = gradient_at(w_ + step);
        const Matrix<double> difference = above - gradient_at(w_ - step);
        *weight_.value = w_;
        product = difference.reshaped<Eigen::RowMajor>() / (2 * h_);
    }

  private:
    Matrix<double> gradient_at(const Matrix<double>& w) {
        *weight_.value = w;
        step_.pass();
        return *weight_.gradient;
    }

    const Step& step_;
    const NamedTensor<double>& weight_;
    const Matrix<double> w_;
    double h_;
};

}  // namespace

void Curvature::observe(const Step& step, LayerValues& values) {
    step.set(step.before);
    std::int64_t name = 0;
    for (const NamedTensor<double>& parameter : step.network.parameters()) {
        if (!parameter.is_weight || !step.wants(++name)) continue;
        HessianBlock block(step, parameter);
        const ExtremeEigenvalue found =
            extreme_eigenvalue(parameter.value->size(),
                               [&](const Vector<double>& v, Vector<double>& product) { block.multiply(v, product); });
        values.push_back({name, "curvature", found.value});
        if (found.value > 0) values.push_back({name, "stable_rate", 2 / found.value});
    }
}

}  // namespace bnrun
