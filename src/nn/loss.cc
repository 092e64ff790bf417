#include "nn/loss.h"

#include <vector>

#include "base/elementary.h"
#include "base/rounding.h"

namespace bnrun {

namespace {

/// Each sample's first largest output, and which one it is.
template <class T>
struct Largest {
    std::vector<T> value;
    std::vector<int> index;
};

template <class T>
Largest<T> largest_outputs(const Matrix<T>& z) {
    const auto batch = static_cast<std::size_t>(z.cols());
    Largest<T> largest{std::vector<T>(z.data(), z.data() + batch), std::vector<int>(batch, 0)};
    for (Index k = 1; k < z.rows(); ++k) {
        const T* const row = z.data() + k * z.cols();
        for (std::size_t s = 0; s < batch; ++s) {
            const bool larger = row[s] > largest.value[s];
            largest.index[s] = larger ? static_cast<int>(k) : largest.index[s];
            largest.value[s] = larger ? row[s] : largest.value[s];
        }
    }
    return largest;
}

/// From the label's exponential exp(z - top), the sum of all of them, and how far its logit is below the top. The
/// softmax's output may be too small for any float; its logarithm, top + log(sum) - z, is not.
template <class W>
W cross_entropy(Fidelity fidelity, W exponential, W sum, W below_top) {
    if (fidelity == Fidelity::kPublished) return -elementary::log(exponential / sum + W(1e-10));
    return elementary::log(sum) + below_top;
}

/// The sum over the batch. Loops run over the samples of one class, which machine vectors hold.
template <class T>
Wide<T> softmax_loss(Fidelity fidelity, const Matrix<T>& z, const std::vector<T>& tops, const std::uint8_t* labels,
                     Matrix<T>* d) {
    using W = Wide<T>;
    const Index batch = z.cols();
    const auto size = static_cast<W>(batch);
    Matrix<W> exponentials(z.rows(), batch);
    std::vector<W> sums(tops.size(), W(0));
    for (Index k = 0; k < z.rows(); ++k) {
        const T* const row = z.data() + k * batch;
        W* const out = exponentials.data() + k * batch;
        for (std::size_t s = 0; s < sums.size(); ++s) {
            out[s] = elementary::exp(static_cast<W>(row[s]) - static_cast<W>(tops[s]));
            sums[s] += out[s];
        }
    }
    for (Index k = 0; d != nullptr && k < z.rows(); ++k) {
        const W* const row = exponentials.data() + k * batch;
        T* const out = d->data() + k * batch;
        for (std::size_t s = 0; s < sums.size(); ++s) {
            out[s] = static_cast<T>((row[s] / sums[s] - W(labels[s] == k ? 1 : 0)) / size);
        }
    }
    W loss = 0;
    for (std::size_t s = 0; s < sums.size(); ++s) {
        const auto sample = static_cast<Index>(s);
        const W below_top = static_cast<W>(tops[s]) - static_cast<W>(z(labels[s], sample));
        loss += cross_entropy(fidelity, exponentials(labels[s], sample), sums[s], below_top);
    }
    return loss;
}

/// The sum over the batch.
template <class T>
Wide<T> squared_error(const Matrix<T>& z, const std::uint8_t* labels, Matrix<T>* d) {
    const auto size = static_cast<Wide<T>>(z.cols());
    Wide<T> loss = 0;
    for (Index sample = 0; sample < z.cols(); ++sample) {
        Wide<T> sum = 0;
        for (Index k = 0; k < z.rows(); ++k) {
            const Wide<T> output = elementary::sigmoid(static_cast<Wide<T>>(z(k, sample)));
            const Wide<T> error = output - (k == labels[sample] ? 1 : 0);
            sum += error * error;
            if (d != nullptr) (*d)(k, sample) = static_cast<T>(error * output * (1 - output) / size);
        }
        loss += sum / 2;
    }
    return loss;
}

}  // namespace

template <class T>
BatchLoss<T> output_loss(Output output, Fidelity fidelity, const Matrix<T>& z, const std::uint8_t* labels, Matrix<T>* d,
                         std::uint8_t* predictions) {
    BatchLoss<T> result;
    const Largest<T> largest = largest_outputs(z);
    for (std::size_t s = 0; s < largest.index.size(); ++s) {
        if (largest.index[s] != labels[s]) ++result.wrong;
        if (predictions != nullptr) predictions[s] = static_cast<std::uint8_t>(largest.index[s]);
    }
    const Wide<T> sum =
        output == Output::kSoftmax ? softmax_loss(fidelity, z, largest.value, labels, d) : squared_error(z, labels, d);
    result.loss = rounded_to<T>(sum / static_cast<Wide<T>>(z.cols()));
    return result;
}

#define BNRUN_LOSS(T)                                                                                      \
    template BatchLoss<T> output_loss(Output, Fidelity, const Matrix<T>&, const std::uint8_t*, Matrix<T>*, \
                                      std::uint8_t*);
BNRUN_LOSS(float)
BNRUN_LOSS(double)
BNRUN_LOSS(long double)

}  // namespace bnrun
