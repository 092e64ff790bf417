#include "nn/loss.h"

#include <array>

#include "base/rounding.h"
#include "math/functions.h"

namespace bnrun {

namespace {

constexpr auto kWidth = static_cast<std::size_t>(kPanelWidth);

/// One panel's values of each of its samples, and what is computed from them.
template <class T>
struct SamplesOfPanel {
    Index classes;
    const T* z;  ///< (classes, width)
    std::size_t width;
    std::size_t count;  ///< samples
    Index batch;        ///< samples of the whole batch, over which the loss is a mean
    const std::uint8_t* labels;
    T* d;  ///< (classes, width) or null
    Wide<T>* losses;
    std::uint8_t* predictions;

    [[nodiscard]] const T* of_class(Index k) const { return z + k * static_cast<Index>(width); }
    [[nodiscard]] T* gradient_of_class(Index k) const { return d + k * static_cast<Index>(width); }
};

/// Each sample's largest output, the first of equals, whose class is its prediction.
template <class T>
std::array<T, kWidth> largest_outputs(const SamplesOfPanel<T>& panel) {
    std::array<T, kWidth> largest{};
    std::array<int, kWidth> index{};
    for (Index k = 0; k < panel.classes; ++k) {
        const T* const row = panel.of_class(k);
        for (std::size_t s = 0; s < panel.width; ++s) {
            const bool larger = k == 0 || row[s] > largest[s];
            index[s] = larger ? static_cast<int>(k) : index[s];
            largest[s] = larger ? row[s] : largest[s];
        }
    }
    for (std::size_t s = 0; s < panel.count; ++s) panel.predictions[s] = static_cast<std::uint8_t>(index[s]);
    return largest;
}

/// From the label's exponential exp(z - top), the sum of all of them, and how far its logit is below the top. The
/// softmax's output may be too small for any float; its logarithm, top + log(sum) - z, is not.
template <class W>
W cross_entropy(Fidelity fidelity, W exponential, W sum, W below_top) {
    if (fidelity == Fidelity::kPublished) return -elementary::log(exponential / sum + W(1e-10));
    return elementary::log(sum) + below_top;
}

/// p_k = exp(z_k - top) / sum, dLoss/dz_k = (p_k - [k is the label]) / batch. Loops run over the samples of one class,
/// which machine vectors hold.
template <class T>
void softmax_losses(Fidelity fidelity, const SamplesOfPanel<T>& panel, const std::array<T, kWidth>& tops) {
    using W = Wide<T>;
    Matrix<W> exponentials(panel.classes, static_cast<Index>(kWidth));
    std::array<W, kWidth> sums{};
    for (Index k = 0; k < panel.classes; ++k) {
        const T* const row = panel.of_class(k);
        W* const out = exponentials.data() + k * static_cast<Index>(kWidth);
        for (std::size_t s = 0; s < panel.width; ++s) {
            out[s] = elementary::exp(static_cast<W>(row[s]) - static_cast<W>(tops[s]));
            sums[s] += out[s];
        }
    }
    const auto size = static_cast<W>(panel.batch);
    for (Index k = 0; panel.d != nullptr && k < panel.classes; ++k) {
        const W* const row = exponentials.data() + k * static_cast<Index>(kWidth);
        T* const out = panel.gradient_of_class(k);
        for (std::size_t s = 0; s < panel.count; ++s) {
            out[s] = static_cast<T>((row[s] / sums[s] - W(panel.labels[s] == k ? 1 : 0)) / size);
        }
    }
    for (std::size_t s = 0; s < panel.count; ++s) {
        const Index label = panel.labels[s];
        const W below_top = static_cast<W>(tops[s]) - static_cast<W>(panel.of_class(label)[s]);
        panel.losses[s] = cross_entropy(fidelity, exponentials(label, static_cast<Index>(s)), sums[s], below_top);
    }
}

/// For outputs o_k = sigmoid(z_k): the loss is sum (o_k - y_k)^2 / 2, dLoss/dz_k = (o_k - y_k) o_k (1 - o_k) / batch.
template <class T>
void squared_errors(const SamplesOfPanel<T>& panel) {
    const auto size = static_cast<Wide<T>>(panel.batch);
    for (std::size_t s = 0; s < panel.count; ++s) {
        Wide<T> sum = 0;
        for (Index k = 0; k < panel.classes; ++k) {
            const Wide<T> output = elementary::sigmoid(static_cast<Wide<T>>(panel.of_class(k)[s]));
            const Wide<T> error = output - (k == panel.labels[s] ? 1 : 0);
            sum += error * error;
            if (panel.d != nullptr) {
                panel.gradient_of_class(k)[s] = static_cast<T>(error * output * (1 - output) / size);
            }
        }
        panel.losses[s] = sum / 2;
    }
}

}  // namespace

template <class T>
void output_losses(LossKind kind, const Panels<T>& z, IndexRange panels, const std::uint8_t* labels, Panels<T>* d,
                   Wide<T>* losses, std::uint8_t* predictions) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        const Index first = p * Panels<T>::kWidth;
        const SamplesOfPanel<T> panel{z.rows(),
                                      z.panel(p),
                                      static_cast<std::size_t>(z.width(p)),
                                      static_cast<std::size_t>(z.count(p)),
                                      z.columns(),
                                      labels + first,
                                      d == nullptr ? nullptr : d->panel(p),
                                      losses + first,
                                      predictions + first};
        const auto tops = largest_outputs(panel);
        if (kind.output == Output::kSoftmax) {
            softmax_losses(kind.fidelity, panel, tops);
        } else {
            squared_errors(panel);
        }
    }
}

template <class T>
BatchLoss<T> batch_loss(const std::vector<Wide<T>>& losses, const std::uint8_t* labels,
                        const std::vector<std::uint8_t>& predictions) {
    BatchLoss<T> result;
    Wide<T> sum = 0;
    for (std::size_t s = 0; s < losses.size(); ++s) {
        sum += losses[s];
        if (predictions[s] != labels[s]) ++result.wrong;
    }
    result.loss = rounded_to<T>(sum / static_cast<Wide<T>>(losses.size()));
    return result;
}

template void output_losses(LossKind, const Panels<float>&, IndexRange, const std::uint8_t*, Panels<float>*, double*,
                            std::uint8_t*);
template void output_losses(LossKind, const Panels<double>&, IndexRange, const std::uint8_t*, Panels<double>*, double*,
                            std::uint8_t*);
template void output_losses(LossKind, const Panels<long double>&, IndexRange, const std::uint8_t*, Panels<long double>*,
                            long double*, std::uint8_t*);
template BatchLoss<float> batch_loss(const std::vector<double>&, const std::uint8_t*, const std::vector<std::uint8_t>&);
template BatchLoss<double> batch_loss(const std::vector<double>&, const std::uint8_t*,
                                      const std::vector<std::uint8_t>&);
template BatchLoss<long double> batch_loss(const std::vector<long double>&, const std::uint8_t*,
                                           const std::vector<std::uint8_t>&);

}  // namespace bnrun
