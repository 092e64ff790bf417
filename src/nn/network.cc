#include "nn/network.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <type_traits>

#include "math/gemm.h"
#include "math/kernels.h"
#include "nn/net_plan.h"
#include "nn/tensor_list.h"

// Who writes what, and where threads meet. A batch's panels are shared out among the threads, and each takes its own
// through layer after layer, so that what a layer writes is in the core's cache when the next one reads it. Threads
// meet, that is, a round of work ends, only below a layer that needs to know of the whole batch:
//
//   forward    round 1: dense 0, measure BN 0 | merge | round 2: BN 0, act 0, dense 1, measure BN 1 | merge | …
//   backward   round 1: dense n, act, measure BN | merge | round 2: BN, dense, act, measure BN, dW of n | merge | …
//
// A dense layer's dW is a sum over all samples, which are there once the round of its dx is over. So it is summed in
// the next round, by rows: every thread has as many of them as make up for its panels, which seldom share out evenly.
// Rows of a gradient are used, that is, the optimizer steps, while they are in the core's cache; W is needed no more by
// then.

namespace bnrun {

namespace {

/// Values of a gradient that are summed and then used while they are in a core's cache, and rows that a product takes
/// gladly.
constexpr Index kValuesAtOnce = 16384;
constexpr Index kRowsAtOnce = 24;

/// Panels that a product works on together, and that go through the layers together.
template <class T>
Index panels_at_once() {
    if constexpr (std::is_same_v<T, long double>) {
        return 1;
    } else {
        return kernels<T>().multiply.two == nullptr ? 1 : 2;
    }
}

template <class T>
constexpr Precision kPrecisionOf = std::is_same_v<T, float> ? Precision::kFloat32 : Precision::kFloat64;

template <class T>
void copy_panels(const Panels<T>& from, IndexRange panels, Panels<T>& to) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        std::copy_n(from.panel(p), from.rows() * from.width(p), to.panel(p));
    }
}

template <class T>
Tensor to_tensor(const NamedTensor<T>& named) {
    const Matrix<T>& matrix = *named.value;
    Tensor tensor{kPrecisionOf<T>, named.shape, {}};
    if (tensor.shape.empty()) tensor.shape.push_back(matrix.rows());
    if (named.shape.empty() && named.is_weight) tensor.shape.push_back(matrix.cols());
    tensor.values.assign(matrix.data(), matrix.data() + matrix.size());
    return tensor;
}

}  // namespace

template <class T>
Network<T>::Network(const Shape& input, Index classes, const Config& config, ThreadTeam& team)
    : team_(&team), inputs_(input.size()), output_{config.model.output, config.fidelity} {
    add_nodes(build_layers<T>(plan_net(config, input, classes), config.fidelity));
    place_outputs();
    place_rounds();
    list_tensors();
    place_gradients();
}

template <class T>
void Network<T>::add_nodes(std::vector<PlacedLayer<T>> layers) {
    for (PlacedLayer<T>& placed : layers) {
        Node node;
        for (const NamedTensor<T>& tensor : placed.layer->tensors()) {
            if (!tensor.is_weight) continue;
            node.streams_weights = tensor.value->size() * static_cast<Index>(sizeof(T)) > kCachedBytes;
        }
        node.prefix = std::move(placed.prefix);
        node.layer = std::move(placed.layer);
        if (node.layer->activation_range()) node.values = std::make_unique<KeptValues>();
        nodes_.push_back(std::move(node));
    }
}

template <class T>
void Network<T>::place_outputs() {
    bool kept = true;              // what the layer before wrote; the input, before the first
    bool begins_residual = false;  // the layer before
    const Panels<T>* below = nullptr;
    KeptValues* last = nullptr;  // of the layer before
    for (Node& node : nodes_) {
        const Layer<T>& layer = *node.layer;
        node.x = below;
        const bool may_overwrite = !kept || (layer.overwrites_kept_input() && !begins_residual);
        if (outputs_.empty() || !layer.works_in_place() || !may_overwrite) {
            outputs_.push_back(std::make_unique<Panels<T>>());
        }
        node.y = outputs_.back().get();
        if (node.y == below && last != nullptr) last->copies_output = true;
        last = node.values.get();
        kept = layer.keeps_output();
        begins_residual = layer.begins_residual();
        below = node.y;
    }
}

template <class T>
void Network<T>::place_rounds() {
    const auto count = static_cast<Index>(nodes_.size());
    Index begin = 0;
    Index end = count;
    for (Index i = 1; i < count; ++i) {
        if (!nodes_[static_cast<std::size_t>(i)].layer->meets(Mode::kTrain)) continue;
        forward_rounds_.push_back({begin, i});
        begin = i;
    }
    forward_rounds_.push_back({begin, count});
    for (std::size_t r = forward_rounds_.size(); r-- > 0;) {
        begin = r == 0 ? 0 : forward_rounds_[r].begin + 1;
        backward_rounds_.push_back({begin, end});
        end = begin;
    }
}

/// dLoss/d(output) of each layer that does not work in place is kept until the round after its own is over, as dW is
/// summed then; those of later rounds take their turn in the same memory.
template <class T>
void Network<T>::place_gradients() {
    std::size_t most = 0;  // such layers in two rounds
    std::size_t before = 0;
    for (const IndexRange& round : backward_rounds_) {
        std::size_t here = 0;
        for (Index i = round.begin; i < round.end; ++i) {
            here += nodes_[static_cast<std::size_t>(i)].layer->works_in_place() ? 0 : 1;
        }
        most = std::max(most, before + here);
        before = here;
    }
    for (std::size_t i = 0; i <= most; ++i) gradients_.push_back(std::make_unique<Panels<T>>());
    std::size_t place = 0;
    Panels<T>* below = nullptr;
    for (Node& node : nodes_) {
        const bool in_place = node.layer->works_in_place();
        const bool is_needed = below != nullptr || !node.parameters.empty();
        node.dy = in_place ? below : is_needed ? gradients_[place++ % gradients_.size()].get() : nullptr;
        node.dx = in_place ? node.dy : below;
        below = node.dy;
    }
}

template <class T>
void Network<T>::list_tensors() {
    Index parameters = 0;
    for (Node& node : nodes_) {
        node.parameters.begin = parameters;
        for (NamedTensor<T> tensor : node.layer->tensors()) {
            if (tensor.gradient != nullptr) {
                assert(tensor.gradient->rows() == node.layer->parameter_rows());
                node.columns = std::max(node.columns, tensor.gradient->cols());
                ++parameters;
            }
            tensor.name = node.prefix + tensor.name;
            tensors_.push_back(std::move(tensor));
        }
        node.parameters.end = parameters;
    }
}

template <class T>
void Network<T>::begin_batch(const Panels<T>& x, Batch batch) {
    assert(x.rows() == inputs_ && x.columns() > 0);
    batch_ = batch;
    batch_.samples = x.columns();
    losses_.resize(static_cast<std::size_t>(batch_.samples));
    predictions_.resize(losses_.size());
    nodes_.front().x = &x;
    for (Node& node : nodes_) {
        node.layer->begin_batch(batch_);
        node.y->resize(node.layer->units(), batch_.samples);
        if (!keeps_values_ || node.values == nullptr || batch_.mode != Mode::kTrain) continue;
        node.values->input.resize(node.layer->units(), batch_.samples);
        if (node.values->copies_output) node.values->output.resize(node.layer->units(), batch_.samples);
    }
    if (batch_.mode == Mode::kTrain) nodes_.back().dy->resize(nodes_.back().y->rows(), batch_.samples);
}

template <class T>
std::vector<IndexRange> Network<T>::rounds_of(Mode mode) const {
    if (mode != Mode::kInference) return forward_rounds_;
    return {{0, static_cast<Index>(nodes_.size())}};
}

/// Calls work(panels) for few panels at a time, or for all where a layer among the nodes wants it so.
template <class T>
template <class Work>
void Network<T>::for_each_chunk(IndexRange nodes, IndexRange panels, Work work) const {
    const bool all = std::any_of(nodes_.begin() + nodes.begin, nodes_.begin() + nodes.end,
                                 [](const Node& node) { return node.streams_weights; });
    const Index step = all ? panels.size() : panels_at_once<T>();
    for (Index first = panels.begin; first < panels.end; first += step) {
        work(IndexRange{first, std::min(first + step, panels.end)});
    }
}

template <class T>
BatchLoss<T> Network<T>::forward(const Panels<T>& x, const std::uint8_t* labels, Batch batch,
                                 std::uint8_t* predictions) {
    begin_batch(x, batch);
    for (const IndexRange& round : rounds_of(batch.mode)) {
        const bool is_last = round.end == static_cast<Index>(nodes_.size());
        forward_round(round, !is_last, [&](IndexRange panels) {
            if (!is_last) return;
            output_losses(output_, *nodes_.back().y, panels, labels,
                          batch_.mode == Mode::kTrain ? nodes_.back().dy : nullptr, losses_.data(),
                          predictions_.data());
        });
    }
    if (predictions != nullptr) std::copy(predictions_.begin(), predictions_.end(), predictions);
    return batch_loss<T>(losses_, labels, predictions_);
}

/// Values are copied while they are in the core's cache.
template <class T>
void Network<T>::forward_node(Node& node, IndexRange panels) const {
    const bool keeps = keeps_values_ && node.values != nullptr && batch_.mode == Mode::kTrain;
    if (keeps) copy_panels(*node.x, panels, node.values->input);
    node.layer->forward(*node.x, panels, *node.y);
    if (keeps && node.values->copies_output) copy_panels(*node.y, panels, node.values->output);
}

template <class T>
template <class Last>
void Network<T>::forward_round(IndexRange nodes, bool measures, const Last& last) {
    Node* const next = measures ? &nodes_[static_cast<std::size_t>(nodes.end)] : nullptr;
    team_->on_each([&](Index member) {
        for_each_chunk(nodes, panels_of_part(batch_.samples, member, team_->working()), [&](IndexRange panels) {
            for (Index i = nodes.begin; i < nodes.end; ++i) forward_node(nodes_[static_cast<std::size_t>(i)], panels);
            if (next != nullptr) next->layer->measure(*next->x, panels);
            last(panels);
        });
    });
    if (next != nullptr) next->layer->merge();
}

template <class T>
const Panels<T>& Network<T>::linear_output(const Panels<T>& x, std::size_t number) {
    const std::string name = tensor_name(number, "");
    const auto found =
        std::find_if(nodes_.begin(), nodes_.end(), [&](const Node& node) { return node.prefix == name; });
    const Index end = found - nodes_.begin() + 1;
    begin_batch(x, {Mode::kStatistics});
    for (const IndexRange& round : rounds_of(Mode::kStatistics)) {
        if (round.begin >= end) break;
        forward_round({round.begin, std::min(round.end, end)}, round.end < end, [](IndexRange) {});
    }
    return *found->y;
}

template <class T>
void Network<T>::backward(const UseGradient& use) {
    assert(batch_.mode == Mode::kTrain);
    IndexRange complete{};
    for (const IndexRange& round : backward_rounds_) {
        backward_round(round, complete, use);
        complete = round;
    }
    backward_round({}, complete, use);
}

/// @param complete nodes of the round before: every term of their gradients is there.
template <class T>
void Network<T>::backward_round(IndexRange nodes, IndexRange complete, const UseGradient& use) {
    Node* const next = nodes.begin > 0 ? &nodes_[static_cast<std::size_t>(nodes.begin) - 1] : nullptr;
    for (Index i = nodes.begin; i < nodes.end; ++i) {
        Node& node = nodes_[static_cast<std::size_t>(i)];
        if (node.dx != nullptr) node.dx->resize(node.x->rows(), batch_.samples);
    }
    share_rows(nodes, complete);
    team_->on_each([&](Index member) {
        for_each_chunk(nodes, panels_of_part(batch_.samples, member, team_->working()), [&](IndexRange panels) {
            for (Index i = nodes.end; i-- > nodes.begin;) {
                Node& node = nodes_[static_cast<std::size_t>(i)];
                if (node.dx != nullptr) node.layer->backward(*node.x, *node.y, *node.dy, panels, *node.dx);
            }
            if (next != nullptr) next->layer->measure_backward(*next->dy, panels);
        });
        sum_gradients(complete, member, use);
    });
    if (next != nullptr) next->layer->merge_backward();
}

/// Shares of rows with which every member has as much to do in a round: what products cost goes with the weights, for
/// dx and for dW alike.
template <class T>
void Network<T>::share_rows(IndexRange nodes, IndexRange complete) {
    const auto weights = [&](IndexRange range, bool with_dx) {
        double count = 0;
        for (Index i = range.begin; i < range.end; ++i) {
            const Node& node = nodes_[static_cast<std::size_t>(i)];
            if (!with_dx || node.dx != nullptr) count += node.layer->multiply_adds();
        }
        return count;
    };
    const Index working = team_->working();
    const double of_panel = weights(nodes, true);
    const double of_rows = weights(complete, false) * static_cast<double>(panels_of(batch_.samples));
    const double all = of_panel * static_cast<double>(panels_of(batch_.samples)) + of_rows;
    row_bounds_.assign(1, 0);
    for (Index member = 0; member < working; ++member) {
        const auto panels = static_cast<double>(panels_of_part(batch_.samples, member, working).size());
        const double left = all / static_cast<double>(working) - of_panel * panels;
        row_bounds_.push_back(row_bounds_.back() + std::max(left, 0.0));
    }
    const double sum = row_bounds_.back();
    for (double& bound : row_bounds_) bound = sum > 0 ? bound / sum : 0;
    row_bounds_.back() = 1;
}

template <class T>
void Network<T>::sum_gradients(IndexRange nodes, Index member, const UseGradient& use) {
    if (member >= team_->working()) return;
    for (Index i = nodes.end; i-- > nodes.begin;) {
        Node& node = nodes_[static_cast<std::size_t>(i)];
        if (node.parameters.empty()) continue;
        const auto bound = [&](Index at) {
            const double rows = static_cast<double>(node.layer->parameter_rows());
            return static_cast<Index>(std::lround(rows * row_bounds_[static_cast<std::size_t>(at)]));
        };
        const Index end = bound(member + 1);
        const Index step = std::max<Index>(1, kValuesAtOnce / node.columns / kRowsAtOnce) * kRowsAtOnce;
        for (Index row = bound(member); row < end; row += step) {
            const IndexRange rows{row, std::min(row + step, end)};
            node.layer->sum_gradients(*node.x, *node.dy, rows);
            if (!use) continue;
            for (Index p = node.parameters.begin; p < node.parameters.end; ++p) use(static_cast<std::size_t>(p), rows);
        }
    }
}

template <class T>
void Network<T>::begin_epoch(Statistics whose) {
    for (Node& node : nodes_) node.layer->begin_epoch(whose);
}

template <class T>
bool Network<T>::end_batch() {
    bool finite = true;
    for (Node& node : nodes_) finite = node.layer->end_batch() && finite;
    return finite;
}

template <class T>
void Network<T>::end_epoch() {
    for (Node& node : nodes_) node.layer->end_epoch();
}

template <class T>
std::vector<NamedTensor<T>> Network<T>::parameters() const {
    std::vector<NamedTensor<T>> found;
    for (const NamedTensor<T>& tensor : tensors_) {
        if (tensor.gradient != nullptr) found.push_back(tensor);
    }
    return found;
}

template <class T>
std::vector<const Matrix<T>*> Network<T>::weight_gradients() const {
    std::vector<const Matrix<T>*> found;
    for (const NamedTensor<T>& tensor : tensors_) {
        if (!tensor.is_weight) continue;
        found.push_back(tensor.weight_gradient == nullptr ? tensor.gradient : tensor.weight_gradient);
    }
    return found;
}

template <class T>
std::vector<Range<T>> Network<T>::activation_ranges() const {
    std::vector<Range<T>> found;
    for (const Node& node : nodes_) {
        if (const auto range = node.layer->activation_range()) found.push_back(*range);
    }
    return found;
}

template <class T>
std::vector<LayerView<T>> Network<T>::layer_views() const {
    std::vector<LayerView<T>> views;
    const auto of_layer = [&](const std::string& name) {  // `layers.3.gamma` is of the fourth
        return &views.at(static_cast<std::size_t>(std::stoull(name.substr(name.find('.') + 1))));
    };
    for (const NamedTensor<T>& tensor : tensors_) {
        if (tensor.is_weight) views.emplace_back();
    }
    for (const NamedTensor<T>& tensor : tensors_) {
        if (tensor.name.rfind("layers.", 0) != 0) continue;
        LayerView<T>& view = *of_layer(tensor.name);
        const std::string name = tensor.name.substr(tensor.name.rfind('.') + 1);
        if (tensor.is_weight) view.weight = &tensor;
        if (name == "magnitude") view.magnitude = &tensor;
        if (name == "gamma") view.gamma = &tensor;
        if (name == "beta") view.beta = &tensor;
        if (name == "mean") view.mean = &tensor;
        if (name == "variance") view.variance = &tensor;
    }
    for (const Node& node : nodes_) {
        if (node.prefix.rfind("layers.", 0) != 0) continue;
        LayerView<T>& view = *of_layer(node.prefix);
        if (node.layer->batch_statistics()) view.batch_norm = node.layer.get();
        if (node.values == nullptr) continue;
        view.activation = node.layer.get();
        view.input = &node.values->input;
        view.output = node.values->copies_output ? &node.values->output : node.y;
    }
    return views;
}

template <class T>
TensorMap Network<T>::save() const {
    TensorMap map;
    for (const NamedTensor<T>& tensor : tensors_) map[tensor.name] = to_tensor(tensor);
    return map;
}

template <class T>
void Network<T>::load(const TensorMap& tensors) {
    for (const NamedTensor<T>& tensor : tensors_) {
        const auto found = tensors.find(tensor.name);
        if (found == tensors.end()) continue;
        for (Index i = 0; i < tensor.value->size(); ++i) {
            tensor.value->data()[i] = static_cast<T>(found->second.values.at(static_cast<std::size_t>(i)));
        }
    }
}

template <class T>
void Network<T>::exchange_state(StateExchange& exchange) {
    for (const NamedTensor<T>& parameter : parameters()) exchange.array(parameter.name, *parameter.value);
    for (Node& node : nodes_) node.layer->exchange_state(node.prefix, exchange);
}

template class Network<float>;
template class Network<double>;
template class Network<long double>;

}  // namespace bnrun
