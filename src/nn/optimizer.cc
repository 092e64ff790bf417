#include "nn/optimizer.h"

#include <cmath>

#include "math/simd.h"

namespace bnrun {

namespace {

constexpr double kRmspropDecay = 0.9;
constexpr double kRmspropEpsilon = 1e-10;
constexpr double kAdamFirst = 0.9;
constexpr double kAdamSecond = 0.999;
constexpr double kAdamEpsilon = 1e-8;

/// Pointers to one parameter's entries [0, count) and their state.
template <class T>
struct Entries {
    T* value;
    const T* gradient;
    T* velocity;
    T* square;
    Index count;
    T l2;
};

template <class T>
void rmsprop(const Entries<T>& e, T learning_rate, T momentum) {
    BNRUN_INDEPENDENT_TURNS
    for (Index i = 0; i < e.count; ++i) {
        const T g = e.gradient[i] + e.l2 * e.value[i];
        e.square[i] = T(kRmspropDecay) * e.square[i] + T(1 - kRmspropDecay) * (g * g);
        e.velocity[i] = momentum * e.velocity[i] + learning_rate * g / (std::sqrt(e.square[i]) + T(kRmspropEpsilon));
        e.value[i] -= e.velocity[i];
    }
}

template <class T>
void sgd(const Entries<T>& e, T learning_rate, T momentum) {
    BNRUN_INDEPENDENT_TURNS
    for (Index i = 0; i < e.count; ++i) {
        e.velocity[i] = momentum * e.velocity[i] + (e.gradient[i] + e.l2 * e.value[i]);
        e.value[i] -= learning_rate * e.velocity[i];
    }
}

template <class T>
void nesterov(const Entries<T>& e, T learning_rate, T momentum) {
    BNRUN_INDEPENDENT_TURNS
    for (Index i = 0; i < e.count; ++i) {
        const T g = e.gradient[i] + e.l2 * e.value[i];
        e.velocity[i] = momentum * e.velocity[i] + g;
        e.value[i] -= learning_rate * (g + momentum * e.velocity[i]);
    }
}

template <class T>
void adam(const Entries<T>& e, T learning_rate, T first_correction, T second_correction) {
    BNRUN_INDEPENDENT_TURNS
    for (Index i = 0; i < e.count; ++i) {
        const T g = e.gradient[i] + e.l2 * e.value[i];
        e.velocity[i] = T(kAdamFirst) * e.velocity[i] + T(1 - kAdamFirst) * g;
        e.square[i] = T(kAdamSecond) * e.square[i] + T(1 - kAdamSecond) * (g * g);
        const T deviation = std::sqrt(e.square[i] / second_correction) + T(kAdamEpsilon);
        e.value[i] -= learning_rate * (e.velocity[i] / first_correction) / deviation;
    }
}

/// What is the same for all entries in a step.
template <class T>
struct Step {
    T learning_rate;
    T momentum;
    T first_correction;  ///< adam's
    T second_correction;
};

template <class T>
void update_entries(OptimizerName name, const Entries<T>& entries, const Step<T>& step) {
    vectorized([=] {
        switch (name) {
            case OptimizerName::kRmsprop: return rmsprop(entries, step.learning_rate, step.momentum);
            case OptimizerName::kSgd: return sgd(entries, step.learning_rate, step.momentum);
            case OptimizerName::kAdam:
                return adam(entries, step.learning_rate, step.first_correction, step.second_correction);
            case OptimizerName::kNesterov: return nesterov(entries, step.learning_rate, step.momentum);
        }
    });
}

}  // namespace

template <class T>
Optimizer<T>::Optimizer(const TrainConfig& config, const std::vector<NamedTensor<T>>& parameters) : config_(config) {
    const OptimizerName name = config.optimizer.name;
    const bool squares = name == OptimizerName::kRmsprop || name == OptimizerName::kAdam;
    for (const NamedTensor<T>& parameter : parameters) {
        const Matrix<T> zero =
            Matrix<T>::Zero(parameter.value->rows(), parameter.learned ? parameter.value->cols() : 0);
        slots_.push_back({parameter, zero, squares ? zero : Matrix<T>()});
    }
}

template <class T>
void Optimizer<T>::begin_step(double learning_rate) {
    learning_rate_ = learning_rate;
    first_power_ *= kAdamFirst;
    second_power_ *= kAdamSecond;
}

template <class T>
void Optimizer<T>::update(std::size_t parameter, IndexRange rows) {
    Slot& slot = slots_[parameter];
    if (!slot.parameter.learned) return;
    const Index columns = slot.velocity.cols();
    const Index first = rows.begin * columns;
    const bool squares = slot.square.size() > 0;
    const bool decays = slot.parameter.is_weight || (slot.parameter.is_bias && config_.l2_biases);
    const double factor = slot.parameter.is_bias ? config_.bias_learning_rate : 1;
    const Entries<T> entries{slot.parameter.value->data() + first,
                             slot.parameter.gradient->data() + first,
                             slot.velocity.data() + first,
                             squares ? slot.square.data() + first : nullptr,
                             rows.size() * columns,
                             decays ? static_cast<T>(config_.l2) : T(0)};
    update_entries(config_.optimizer.name, entries,
                   {static_cast<T>(learning_rate_ * factor), static_cast<T>(config_.optimizer.momentum),
                    static_cast<T>(1 - first_power_), static_cast<T>(1 - second_power_)});
}

template <class T>
void Optimizer<T>::exchange_state(StateExchange& exchange) {
    for (Slot& slot : slots_) {
        if (!slot.parameter.learned) continue;
        exchange.array(slot.parameter.name + ".velocity", slot.velocity);
        if (slot.square.size() > 0) exchange.array(slot.parameter.name + ".square", slot.square);
    }
    exchange.number("optimizer.first_power", first_power_);
    exchange.number("optimizer.second_power", second_power_);
}

template class Optimizer<float>;
template class Optimizer<double>;

}  // namespace bnrun
