#include "data/preprocess.h"

#include <algorithm>
#include <cmath>

#include "math/gemm.h"
#include "math/simd.h"
#include "math/symmetric_eigen.h"
#include "math/transpose.h"

namespace bnrun {

namespace {

constexpr double kWhiteningFloor = 1e-2;
constexpr Index kBlock = 256;

/// Mean and standard deviation (n - 1) of each pixel: a running sum, and Welford's recurrence (Technometrics 4, 1962).
/// Another order of sums changes last bits, which 30 iterations of the reference case exact_post_relu make 1e-9 of.
void fit_moments(const Split& train, Index features, Transform& transform) {
    const Index n = train.samples();
    Vector<double> sums = Vector<double>::Zero(features);
    Vector<double> means = sums;
    Vector<double> squares = sums;
    const std::uint8_t* pixel = train.images.data();
    for (Index sample = 1; sample <= n; ++sample) {
        for (Index f = 0; f < features; ++f, ++pixel) {
            const double x = *pixel / 255.0;
            const double offset = x - means[f];
            sums[f] += x;
            means[f] += offset / static_cast<double>(sample);
            squares[f] += offset * (x - means[f]);
        }
    }
    for (Index f = 0; f < features; ++f) {
        const bool constant = squares[f] == 0;  // exactly, as the first offset is the only one
        transform.mean[f] = constant ? means[f] : sums[f] / static_cast<double>(n);
        transform.deviation[f] = constant ? 1 : std::sqrt(squares[f] / static_cast<double>(n - 1));
    }
}

/// c = a b.
template <class T>
void multiply_by_team(const Matrix<T>& a, const Panels<T>& b, Panels<T>& c, ThreadTeam& team) {
    c.resize(a.rows(), b.columns());
    team.split(c.panels(), [&](IndexRange panels) { multiply<T>(as_is(a), b, nullptr, c, panels); });
}

/// Sums over the samples of every product of two pixels. A block's are whole numbers below 2^24, exact in float.
Matrix<double> sums_of_products(const Split& train, Index features, ThreadTeam& team) {
    static_assert(kBlock * 255 * 255 < (Index{1} << 24));
    Panels<double> sums(Matrix<double>::Zero(features, features));
    Matrix<float> block(features, kBlock);
    Matrix<float> samples(kBlock, features);
    Panels<float> products;
    products.resize(features, features);
    for (Index first = 0; first < train.samples(); first += kBlock) {
        const Index count = std::min(kBlock, train.samples() - first);
        samples.setZero();
        std::copy_n(train.images.data() + first * features, count * features, samples.data());
        block = samples.transpose();
        const Panels<float> right(samples);
        team.split(products.panels(), [&](IndexRange panels) {
            multiply<float>(as_is(block), right, nullptr, products, panels);
            for (Index p = panels.begin; p < panels.end; ++p) {
                const float* const product = products.panel(p);
                double* const sum = sums.panel(p);
                for (Index i = 0; i < features * products.width(p); ++i) sum[i] += static_cast<double>(product[i]);
            }
        });
    }
    return to_matrix(sums);
}

/// (n - 1), of pixels in [0, 1].
Eigen::MatrixXd covariance(const Split& train, Index features, ThreadTeam& team) {
    const auto n = static_cast<double>(train.samples());
    const Matrix<double> products = sums_of_products(train, features, team);
    Vector<double> sums = Vector<double>::Zero(features);  // whole numbers; their products may be beyond 64 bits
    for (auto pixel = train.images.begin(); pixel != train.images.end();) {
        for (double& sum : sums) sum += *pixel++;
    }
    Eigen::MatrixXd result(features, features);
    for (Index i = 0; i < features; ++i) {
        for (Index j = 0; j < features; ++j) {
            result(i, j) = (n * products(i, j) - sums[i] * sums[j]) / (n * std::max(n - 1, 1.0)) / (255.0 * 255.0);
        }
    }
    return result;
}

void fit_whitening(const Split& train, Preprocess preprocess, Transform& transform, ThreadTeam& team) {
    const Index features = transform.mean.size();
    const SymmetricEigen pairs = symmetric_eigen(covariance(train, features, team));
    // Decreasing eigenvalues; the largest component of each eigenvector is made positive.
    Eigen::MatrixXd vectors = pairs.vectors.rowwise().reverse();
    const Eigen::VectorXd values = pairs.values.reverse();
    for (Index k = 0; k < features; ++k) {
        Index at = 0;
        vectors.col(k).cwiseAbs().maxCoeff(&at);
        if (vectors(at, k) < 0) vectors.col(k) *= -1;
    }
    const Eigen::VectorXd scale = (values.array().max(0) + kWhiteningFloor).rsqrt();
    const Matrix<double> rotated = scale.asDiagonal() * vectors.transpose();
    transform.matrix = rotated;
    if (preprocess == Preprocess::kPca) return;
    const Matrix<double> back = vectors;
    Panels<double> turned;
    multiply_by_team(back, Panels<double>(rotated), turned, team);
    transform.matrix = to_matrix(turned);
}

}  // namespace

Transform fit_transform(const Split& train, Index features, Preprocess preprocess, ThreadTeam& team) {
    Transform transform{Vector<double>::Zero(features), Vector<double>::Ones(features), {}};
    if (preprocess == Preprocess::kNone) return transform;
    fit_moments(train, features, transform);
    if (preprocess != Preprocess::kZscore) transform.deviation.setOnes();
    if (preprocess == Preprocess::kPca || preprocess == Preprocess::kZca) {
        fit_whitening(train, preprocess, transform, team);
    }
    return transform;
}

template <class T>
Inputs<T>::Inputs(const Split& split, Index features, const Transform& transform, ThreadTeam& team)
    : split_(&split),
      features_(features),
      mean_(transform.mean),
      deviation_(transform.deviation),
      scales_only_((mean_.array() == 0).all() && (deviation_.array() == 1).all()),
      scaled_(256),
      matrix_(transform.matrix) {
    for (std::size_t byte = 0; byte < scaled_.size(); ++byte) scaled_[byte] = static_cast<double>(byte) / 255;
    if (matrix_.size() == 0) return;
    whitened_.resize(split.samples(), features);
    Matrix<double> block = Matrix<double>::Zero(features, kBlock);
    Panels<double> white;
    for (Index first = 0; first < split.samples(); first += kBlock) {
        const Index count = std::min(kBlock, split.samples() - first);
        const std::uint8_t* const bytes = split.images.data() + first * features;
        for (Index i = 0; i < count; ++i) {
            for (Index f = 0; f < features; ++f) block(f, i) = scaled_[bytes[i * features + f]] - mean_[f];
        }
        multiply_by_team(matrix_, Panels<double>(block), white, team);
        whitened_.middleRows(first, count) = to_matrix(white).leftCols(count).transpose().template cast<T>();
    }
}

template <class T>
void Inputs<T>::fill(Index sample, T* out) const {
    const Index first = sample * features_;
    if (whitened_.size() > 0) {
        std::copy_n(whitened_.data() + first, features_, out);
        return;
    }
    const std::uint8_t* const bytes = split_->images.data() + first;
    if (scales_only_) {
        vectorized([=, count = features_] {
            for (Index f = 0; f < count; ++f) out[f] = static_cast<T>(bytes[f]) / T(255);
        });
    } else {
        for (Index f = 0; f < features_; ++f) out[f] = static_cast<T>((scaled_[bytes[f]] - mean_[f]) / deviation_[f]);
    }
}

/// A shuffled sample is anywhere in memory; asked for early, it is there in time.
template <class T>
void Inputs<T>::prefetch(Index sample) const {
    if (whitened_.size() > 0) return;
    const std::uint8_t* const bytes = split_->images.data() + sample * features_;
    for (Index f = 0; f < features_; f += 64) __builtin_prefetch(bytes + f);
}

template <class T>
template <class FillPanel>
void Inputs<T>::share_panels(const std::uint32_t* samples, Index count, ThreadTeam& team, Panels<T>& x,
                             const FillPanel& fill_panel) const {
    x.resize(features_, count);
    team.on_each([&](Index member) {
        const IndexRange panels = panels_of_part(count, member, team.working());
        for (Index p = panels.begin; p < panels.end; ++p) {
            const Index next = (p + 1) * Panels<T>::kWidth;
            for (Index i = next; i < std::min(next + Panels<T>::kWidth, count); ++i) prefetch(samples[i]);
            fill_panel(p);
        }
    });
}

template <class T>
void Inputs<T>::gather(const std::uint32_t* samples, Index count, ThreadTeam& team, Panels<T>& x) const {
    share_panels(samples, count, team, x, [&](Index panel) { gather_panel(samples, panel, x); });
}

template <class T>
void Inputs<T>::gather_distorted(const std::uint32_t* samples, Index count, const Distortion& distortion,
                                 std::int64_t epoch, ThreadTeam& team, Panels<T>& x) const {
    share_panels(samples, count, team, x, [&](Index panel) { distort_panel(samples, panel, distortion, epoch, x); });
}

template <class T>
void Inputs<T>::gather_panel(const std::uint32_t* samples, Index panel, Panels<T>& x) const {
    thread_local std::vector<T> rows;
    rows.resize(static_cast<std::size_t>(Panels<T>::kWidth * features_));
    const Index count = x.count(panel);
    for (Index i = 0; i < count; ++i) {
        fill(samples[panel * Panels<T>::kWidth + i], rows.data() + i * features_);
    }
    transpose(rows.data(), features_, count, features_, x.panel(panel), x.width(panel));
}

template <class T>
void Inputs<T>::distort_panel(const std::uint32_t* samples, Index panel, const Distortion& distortion,
                              std::int64_t epoch, Panels<T>& x) const {
    thread_local std::vector<float> image;
    thread_local std::vector<T> rows;
    image.resize(static_cast<std::size_t>(features_));
    rows.resize(static_cast<std::size_t>(Panels<T>::kWidth * features_));
    const Index count = x.count(panel);
    for (Index i = 0; i < count; ++i) {
        const std::uint32_t sample = samples[panel * Panels<T>::kWidth + i];
        distortion.apply(split_->images.data() + sample * features_, epoch, sample, image.data());
        T* const row = rows.data() + i * features_;
        for (Index f = 0; f < features_; ++f) {
            const float value = image[static_cast<std::size_t>(f)];
            row[f] = static_cast<T>(scales_only_ ? value : (value - mean_[f]) / deviation_[f]);
        }
    }
    transpose(rows.data(), features_, count, features_, x.panel(panel), x.width(panel));
    if (matrix_.size() > 0) whiten_panel(panel, x);
}

/// Of values that are centred.
template <class T>
void Inputs<T>::whiten_panel(Index panel, Panels<T>& x) const {
    thread_local Panels<double> centred;
    thread_local Panels<double> white;
    centred.resize(features_, x.count(panel));
    white.resize(features_, x.count(panel));
    T* const values = x.panel(panel);
    const Index size = features_ * x.width(panel);
    std::copy_n(values, size, centred.panel(0));
    multiply<double>(as_is(matrix_), centred, nullptr, white, {0, 1});
    std::transform(white.panel(0), white.panel(0) + size, values, [](double value) { return static_cast<T>(value); });
}

template class Inputs<float>;
template class Inputs<double>;
template class Inputs<long double>;

}  // namespace bnrun
