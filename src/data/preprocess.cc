#include "data/preprocess.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

namespace bnrun {

namespace {

constexpr double kWhiteningFloor = 1e-2;
constexpr Index kBlock = 256;

/// Mean and standard deviation (n - 1) of each pixel, from exact integer sums.
void fit_moments(const Split& train, Index features, Transform& transform) {
    std::vector<std::int64_t> sums(static_cast<std::size_t>(features));
    std::vector<std::int64_t> squares(static_cast<std::size_t>(features));
    const std::int64_t n = train.samples();
    for (std::int64_t sample = 0; sample < n; ++sample) {
        const std::uint8_t* pixels = train.images.data() + sample * features;
        for (std::size_t f = 0; f < sums.size(); ++f) {
            sums[f] += pixels[f];
            squares[f] += std::int64_t{pixels[f]} * pixels[f];
        }
    }
    for (std::size_t f = 0; f < sums.size(); ++f) {
        const auto at = static_cast<Index>(f);
        transform.mean[at] = static_cast<double>(sums[f]) / static_cast<double>(n) / 255;
        const double scatter = static_cast<double>(n * squares[f] - sums[f] * sums[f]);
        const bool constant = scatter <= 0 || n < 2;
        transform.deviation[at] =
            constant ? 1 : std::sqrt(scatter / static_cast<double>(n) / static_cast<double>(n - 1)) / 255;
    }
}

Eigen::MatrixXd covariance(const Split& train, Index features, const Vector<double>& mean) {
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(features, features);
    Eigen::MatrixXd centered(features, kBlock);
    for (Index first = 0; first < train.samples(); first += kBlock) {
        const Index count = std::min(kBlock, train.samples() - first);
        for (Index i = 0; i < count; ++i) {
            const std::uint8_t* pixels = train.images.data() + (first + i) * features;
            for (Index f = 0; f < features; ++f) centered(f, i) = pixels[f] / 255.0 - mean[f];
        }
        sum.selfadjointView<Eigen::Lower>().rankUpdate(centered.leftCols(count));
    }
    return sum / static_cast<double>(std::max<Index>(train.samples() - 1, 1));
}

void fit_whitening(const Split& train, Index features, Preprocess preprocess, Transform& transform) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(covariance(train, features, transform.mean));
    // Decreasing eigenvalues; the largest component of each eigenvector is made positive.
    Eigen::MatrixXd vectors = solver.eigenvectors().rowwise().reverse();
    const Eigen::VectorXd values = solver.eigenvalues().reverse();
    for (Index k = 0; k < features; ++k) {
        Index at = 0;
        vectors.col(k).cwiseAbs().maxCoeff(&at);
        if (vectors(at, k) < 0) vectors.col(k) *= -1;
    }
    const Eigen::VectorXd scale = (values.array().max(0) + kWhiteningFloor).rsqrt();
    const Eigen::MatrixXd rotated = scale.asDiagonal() * vectors.transpose();
    transform.matrix = preprocess == Preprocess::kPca ? rotated : Eigen::MatrixXd(vectors * rotated);
}

}  // namespace

Transform fit_transform(const Split& train, Index features, Preprocess preprocess) {
    Transform transform{Vector<double>::Zero(features), Vector<double>::Ones(features), {}};
    if (preprocess == Preprocess::kNone) return transform;
    fit_moments(train, features, transform);
    if (preprocess != Preprocess::kZscore) transform.deviation.setOnes();
    if (preprocess == Preprocess::kPca || preprocess == Preprocess::kZca) {
        fit_whitening(train, features, preprocess, transform);
    }
    return transform;
}

template <class T>
Inputs<T>::Inputs(const Split& split, Index features, const Transform& transform)
    : split_(&split), features_(features), mean_(transform.mean), deviation_(transform.deviation) {
    if (transform.matrix.size() == 0) return;
    whitened_.resize(split.samples(), features);
    Eigen::MatrixXd block(features, kBlock);
    for (Index first = 0; first < split.samples(); first += kBlock) {
        const Index count = std::min(kBlock, split.samples() - first);
        for (Index i = 0; i < count; ++i) {
            const std::uint8_t* pixels = split.images.data() + (first + i) * features;
            for (Index f = 0; f < features; ++f) block(f, i) = pixels[f] / 255.0 - mean_[f];
        }
        const Eigen::MatrixXd white = transform.matrix * block.leftCols(count);
        whitened_.middleRows(first, count) = white.transpose().template cast<T>();
    }
}

template <class T>
void Inputs<T>::gather(const std::uint32_t* samples, Index count, Matrix<T>& batch) const {
    constexpr Index kTile = 32;
    batch.resize(features_, count);
    for (Index first = 0; first < features_; first += kTile) {
        const Index last = std::min(first + kTile, features_);
        for (Index i = 0; i < count; ++i) {
            const Index row = samples[i] * features_;
            for (Index f = first; f < last; ++f) {
                T& out = batch.data()[f * count + i];
                if (whitened_.size() > 0) {
                    out = whitened_.data()[row + f];
                } else {
                    const double pixel = split_->images[static_cast<std::size_t>(row + f)];
                    out = static_cast<T>((pixel / 255 - mean_[f]) / deviation_[f]);
                }
            }
        }
    }
}

template class Inputs<float>;
template class Inputs<double>;
template class Inputs<long double>;

}  // namespace bnrun
