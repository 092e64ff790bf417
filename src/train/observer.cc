#include "train/observer.h"

#include <algorithm>
#include <atomic>
#include <set>

#include "base/rounding.h"
#include "nn/net_plan.h"

namespace bnrun {

namespace {

constexpr bool looks_at_values(Quantity quantity) {
    return quantity == Quantity::kDistribution || quantity == Quantity::kSaturation ||
           quantity == Quantity::kCovariance;
}

template <class T>
ParameterValues values_of(const Network<T>& network) {
    ParameterValues values;
    for (const NamedTensor<T>& parameter : network.parameters()) {
        values.push_back(parameter.value->template cast<double>());
    }
    return values;
}

template <class T>
Panels<double> in_double(const Panels<T>& x) {
    Panels<double> panels;
    panels.resize(x.rows(), x.columns());
    for (Index p = 0; p < x.panels(); ++p) std::copy_n(x.panel(p), x.rows() * x.width(p), panels.panel(p));
    return panels;
}

}  // namespace

template <class T>
Observer<T>::Observer(const Config& config, const Shape& input, Index classes, Network<T>& network, ThreadTeam& team)
    : config_(config), network_(network), team_(team), layers_(network.layer_views()) {
    const std::vector<std::int64_t>& wanted = config.log.layers;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        const auto name = static_cast<std::int64_t>(i) + 1;
        if (wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end()) wanted_.push_back(i);
    }
    const std::vector<LayerPlan> plan = plan_net(config, input, classes);
    for (const Quantity quantity : config.log.observe) {
        if (auto of_layers = make_layer_quantity<T>(quantity, {config, plan, layers_})) {
            of_layers_.push_back({std::move(of_layers), std::vector<LayerValues>(layers_.size())});
        }
        if (auto of_steps = make_step_quantity(quantity)) of_steps_.push_back(std::move(of_steps));
        keeps_values_ = keeps_values_ || looks_at_values(quantity);
    }
    if (!of_steps_.empty()) twin_ = std::make_unique<Network<double>>(input, classes, config, team);
}

template <class T>
void Observer<T>::begin(bool is_logged, bool precedes) {
    is_logged_ = is_logged;
    precedes_ = precedes;
    network_.keep_values(keeps_values_ && is_logged);
}

/// Calls work(entry, layer) for every quantity and layer; whoever is free takes the next. The first layer has the most
/// inputs, and so the most work.
template <class T>
template <class Work>
void Observer<T>::for_each_layer(const Work& work) {
    std::vector<Entry*> entries;
    for (Entry& entry : of_layers_) {
        if (is_logged_ || (precedes_ && entry.quantity->looks_back())) entries.push_back(&entry);
    }
    if (entries.empty()) return;
    const std::size_t count = wanted_.size() * entries.size();
    std::atomic<std::size_t> next{0};
    team_.on_each([&](Index) {
        for (std::size_t i = next++; i < count; i = next++) {
            work(*entries[i % entries.size()], wanted_[i / entries.size()]);
        }
    });
}

template <class T>
void Observer<T>::before_step() {
    for (Entry& entry : of_layers_) {
        for (LayerValues& values : entry.values) values.clear();
    }
    for_each_layer([this](Entry& entry, std::size_t layer) {
        entry.quantity->before_step(layers_[layer], layer, entry.values[layer]);
    });
    if (is_logged_ && twin_ != nullptr) before_ = values_of(network_);
}

template <class T>
void Observer<T>::after_step(const Trained<T>& trained, IterationRecord& record) {
    for_each_layer([this](Entry& entry, std::size_t layer) {
        entry.quantity->after_step(layers_[layer], layer, entry.values[layer]);
    });
    if (!is_logged_) return;
    LayerValues all;
    if (twin_ != nullptr) step_quantities(trained, all);
    for (const Entry& entry : of_layers_) {
        for (const LayerValues& values : entry.values) all.insert(all.end(), values.begin(), values.end());
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.layer < b.layer; });
    for (LayerValue& value : all) value.value = rounded_to<T>(value.value);
    record.layer_values = std::move(all);
}

template <class T>
void Observer<T>::step_quantities(const Trained<T>& trained, LayerValues& values) {
    const ParameterValues after = values_of(network_);
    const Panels<double> x = in_double(trained.x);
    const Step step{*twin_, x, trained.labels, trained.batch, trained.rate, before_, after, config_.log.layers};
    for (const auto& quantity : of_steps_) quantity->observe(step, values);
}

template <class T>
void Observer<T>::exchange_state(StateExchange& exchange) {
    for (Entry& entry : of_layers_) entry.quantity->exchange_state(exchange);
}

template class Observer<float>;
template class Observer<double>;

}  // namespace bnrun
