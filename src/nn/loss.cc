#include "nn/loss.h"

#include <limits>
#include <type_traits>
#include <vector>

#include "base/elementary.h"

namespace bnrun {

namespace {

/// Losses are added up in at least float64.
template <class T>
using Wide = std::conditional_t<std::is_same_v<T, long double>, long double, double>;

template <class T>
Index largest(const Matrix<T>& z, Index sample) {
    Index best = 0;
    for (Index k = 1; k < z.rows(); ++k) {
        if (z(k, sample) > z(best, sample)) best = k;
    }
    return best;
}

template <class T>
Wide<T> softmax_loss(Fidelity fidelity, const Matrix<T>& z, Index sample, Index label, Matrix<T>* d) {
    const Wide<T> top = z(largest(z, sample), sample);
    thread_local std::vector<Wide<T>> exponentials;
    exponentials.resize(static_cast<std::size_t>(z.rows()));
    Wide<T> sum = 0;
    for (Index k = 0; k < z.rows(); ++k) {
        auto& exponential = exponentials[static_cast<std::size_t>(k)];
        exponential = elementary::exp(static_cast<Wide<T>>(z(k, sample)) - top);
        sum += exponential;
    }
    const auto size = static_cast<Wide<T>>(z.cols());
    for (Index k = 0; d != nullptr && k < z.rows(); ++k) {
        const Wide<T> target = k == label ? 1 : 0;
        (*d)(k, sample) = static_cast<T>((exponentials[static_cast<std::size_t>(k)] / sum - target) / size);
    }
    const Wide<T> own = exponentials[static_cast<std::size_t>(label)];
    if (fidelity == Fidelity::kPublished) return -elementary::log(own / sum + Wide<T>(1e-10));
    const Wide<T> below_top = top - static_cast<Wide<T>>(z(label, sample));
    constexpr Wide<T> kSmallestLog = -745;  // of a float64
    if (below_top > -kSmallestLog) return std::numeric_limits<Wide<T>>::infinity();
    return elementary::log(sum) + below_top;
}

template <class T>
Wide<T> squared_error(const Matrix<T>& z, Index sample, Index label, Matrix<T>* d) {
    Wide<T> sum = 0;
    for (Index k = 0; k < z.rows(); ++k) {
        const Wide<T> output = elementary::sigmoid(static_cast<Wide<T>>(z(k, sample)));
        const Wide<T> error = output - (k == label ? 1 : 0);
        sum += error * error;
        if (d != nullptr) {
            const auto size = static_cast<Wide<T>>(z.cols());
            (*d)(k, sample) = static_cast<T>(error * output * (1 - output) / size);
        }
    }
    return sum / 2;
}

}  // namespace

template <class T>
BatchLoss<T> output_loss(Output output, Fidelity fidelity, const Matrix<T>& z, const std::uint8_t* labels, Matrix<T>* d,
                         std::uint8_t* predictions) {
    BatchLoss<T> result;
    Wide<T> sum = 0;
    for (Index sample = 0; sample < z.cols(); ++sample) {
        const Index label = labels[sample];
        const Index predicted = largest(z, sample);
        if (predicted != label) ++result.wrong;
        if (predictions != nullptr) predictions[sample] = static_cast<std::uint8_t>(predicted);
        sum += output == Output::kSoftmax ? softmax_loss(fidelity, z, sample, label, d)
                                          : squared_error(z, sample, label, d);
    }
    result.loss = static_cast<T>(sum / static_cast<Wide<T>>(z.cols()));
    return result;
}

#define BNRUN_LOSS(T)                                                                                      \
    template BatchLoss<T> output_loss(Output, Fidelity, const Matrix<T>&, const std::uint8_t*, Matrix<T>*, \
                                      std::uint8_t*);
BNRUN_LOSS(float)
BNRUN_LOSS(double)
BNRUN_LOSS(long double)

}  // namespace bnrun
