#include "nn/network.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/product.h"

namespace bnrun {

namespace {

template <class T>
constexpr Precision kPrecisionOf = std::is_same_v<T, float> ? Precision::kFloat32 : Precision::kFloat64;

template <class T>
Tensor to_tensor(const Matrix<T>& matrix, bool is_vector) {
    Tensor tensor{kPrecisionOf<T>, {matrix.rows()}, {}};
    if (!is_vector) tensor.shape.push_back(matrix.cols());
    tensor.values.assign(matrix.data(), matrix.data() + matrix.size());
    return tensor;
}

Index last_width(const Config& config, Index inputs) {
    const auto widths = config.hidden_widths();
    return widths.empty() ? inputs : widths.back();
}

}  // namespace

template <class T>
Network<T>::Network(Index inputs, Index classes, const Config& config, ThreadTeam& team)
    : team_(&team),
      writes_(fastest_writes(team.size())),
      output_(config.model.output),
      fidelity_(config.fidelity),
      top_(last_width(config, inputs), classes) {
    const auto widths = config.hidden_widths();
    for (const Index width : widths) {
        hidden_.emplace_back(inputs, width, config, hidden_.size() + 1 == widths.size());
        inputs = width;
        widest_ = std::max(widest_, width);
    }
}

template <class T>
BatchLoss<T> Network<T>::forward(const Panels<T>& x, const std::uint8_t* labels, Mode mode, DropoutPlace place,
                                 std::uint8_t* predictions) {
    const Index batch = x.columns();
    const Panels<T>* input = &x;
    sums_.resize(widest_, batch);
    for (std::size_t l = 0; l < hidden_.size(); ++l) {
        HiddenLayer<T>& layer = hidden_[l];
        Panels<T>& output = outputs_.at(l % 2);
        layer.prepare(batch, mode, writes_);
        output.resize(layer.units(), batch, writes_);
        place.layer = static_cast<std::uint32_t>(l);
        team_->split(layer.units(), [&](Rows rows) { layer.forward(*input, mode, place, rows, sums_, output); });
        input = &output;
    }
    top_sums_.resize(top_.weight.rows(), batch);
    team_->split(top_sums_.rows(), [&](Rows rows) { top_.forward(*input, top_sums_, rows); });
    Matrix<T>* const d = mode == Mode::kTrain ? &top_delta_ : nullptr;
    if (d != nullptr) d->resize(top_sums_.rows(), batch);
    return output_loss(output_, fidelity_, top_sums_, labels, d, predictions);
}

template <class T>
void Network<T>::backward(const Panels<T>& x_transposed) {
    const Index batch = x_transposed.rows();
    const auto input = [&](std::size_t l) -> const Panels<T>& {
        return l == 0 ? x_transposed : hidden_[l - 1].output_transposed();
    };
    const auto share = [&](std::size_t l, Index units) -> Panels<T>& {
        Panels<T>& shared = l == hidden_.size() ? shared_top_delta_ : shared_deltas_.at(l % 2);
        shared.resize(units, batch, writes_);
        return shared;
    };
    delta_.resize(widest_, batch);
    const Panels<T>* above_delta = nullptr;
    {
        Panels<T>& shared = share(hidden_.size(), top_delta_.rows());
        team_->split(top_delta_.rows(), [&](Rows rows) {
            shared.take(top_delta_, rows);
            top_.backward(top_delta_, input(hidden_.size()), rows);
        });
        above_delta = &shared;
    }
    const Linear<T>* above = &top_;
    for (std::size_t l = hidden_.size(); l-- > 0;) {
        HiddenLayer<T>& layer = hidden_[l];
        Panels<T>& shared = share(l, layer.units());
        team_->split(layer.units(), [&](Rows rows) {
            multiply(transposed(above->weight), *above_delta, delta_, rows);
            for_each_part(rows, [&](Rows part) {
                layer.backward(delta_, part);
                if (l > 0) shared.take(delta_, part);
            });
            layer.backward_linear(delta_, input(l), rows);
        });
        above = &layer.linear;
        above_delta = &shared;
    }
}

template <class T>
bool Network<T>::observe_statistics() {
    bool finite = true;
    for (HiddenLayer<T>& layer : hidden_) {
        if (layer.batch_norm && !layer.batch_norm->observe()) finite = false;
    }
    return finite;
}

template <class T>
std::vector<Parameter<T>> Network<T>::parameters() {
    std::vector<Parameter<T>> all;
    const auto add_linear = [&](std::size_t l, Linear<T>& linear) {
        all.push_back({fmt::format("layers.{}.weight", l), &linear.weight, &linear.weight_gradient, true, true});
        all.push_back({fmt::format("layers.{}.bias", l), &linear.bias, &linear.bias_gradient, false, true});
    };
    for (std::size_t l = 0; l < hidden_.size(); ++l) {
        add_linear(l, hidden_[l].linear);
        if (!hidden_[l].batch_norm) continue;
        BatchNorm<T>& norm = *hidden_[l].batch_norm;
        all.push_back(
            {fmt::format("layers.{}.gamma", l), &norm.gamma, &norm.gamma_gradient, false, norm.config().gamma.learn});
        all.push_back(
            {fmt::format("layers.{}.beta", l), &norm.beta, &norm.beta_gradient, false, norm.config().beta.learn});
    }
    add_linear(hidden_.size(), top_);
    return all;
}

template <class T>
std::vector<const Matrix<T>*> Network<T>::weight_gradients() const {
    std::vector<const Matrix<T>*> gradients;
    for (const HiddenLayer<T>& layer : hidden_) gradients.push_back(&layer.linear.weight_gradient);
    gradients.push_back(&top_.weight_gradient);
    return gradients;
}

template <class T>
TensorMap Network<T>::tensors() const {
    TensorMap map;
    const auto add_linear = [&](std::size_t l, const Linear<T>& linear) {
        map[fmt::format("layers.{}.weight", l)] = to_tensor(linear.weight, false);
        map[fmt::format("layers.{}.bias", l)] = to_tensor(linear.bias, true);
    };
    for (std::size_t l = 0; l < hidden_.size(); ++l) {
        add_linear(l, hidden_[l].linear);
        if (!hidden_[l].batch_norm) continue;
        const BatchNorm<T>& norm = *hidden_[l].batch_norm;
        map[fmt::format("layers.{}.gamma", l)] = to_tensor(norm.gamma, true);
        map[fmt::format("layers.{}.beta", l)] = to_tensor(norm.beta, true);
        map[fmt::format("layers.{}.mean", l)] = to_tensor(norm.mean, true);
        map[fmt::format("layers.{}.variance", l)] = to_tensor(norm.variance, true);
    }
    add_linear(hidden_.size(), top_);
    return map;
}

template <class T>
void Network<T>::load(const TensorMap& tensors) {
    const auto take = [&](const std::string& name, Matrix<T>& value) {
        const auto found = tensors.find(name);
        if (found == tensors.end()) return;
        for (Index i = 0; i < value.size(); ++i) {
            value.data()[i] = static_cast<T>(found->second.values.at(static_cast<std::size_t>(i)));
        }
    };
    for (const Parameter<T>& parameter : parameters()) take(parameter.name, *parameter.value);
    for (std::size_t l = 0; l < hidden_.size(); ++l) {
        if (!hidden_[l].batch_norm) continue;
        take(fmt::format("layers.{}.mean", l), hidden_[l].batch_norm->mean);
        take(fmt::format("layers.{}.variance", l), hidden_[l].batch_norm->variance);
    }
}

template <class T>
void Network<T>::exchange_state(StateExchange& exchange) {
    for (const Parameter<T>& parameter : parameters()) exchange.array(parameter.name, *parameter.value);
    for (std::size_t l = 0; l < hidden_.size(); ++l) {
        if (hidden_[l].batch_norm) hidden_[l].batch_norm->exchange_state(fmt::format("layers.{}.", l), exchange);
    }
}

template class Network<float>;
template class Network<double>;
template class Network<long double>;

}  // namespace bnrun
