#include "nn/state_exchange.h"

#include <algorithm>
#include <type_traits>

#include "base/error.h"

namespace bnrun {

template <class T>
void StateExchange::exchange(const std::string& name, T* values, Index count) {
    constexpr Precision kPrecision = std::is_same_v<T, float> ? Precision::kFloat32 : Precision::kFloat64;
    if (to_ != nullptr) {
        (*to_)[name] = {kPrecision, {count}, {values, values + count}};
        return;
    }
    const auto found = from_->find(name);
    if (found == from_->end() || found->second.precision != kPrecision ||
        found->second.values.size() != static_cast<std::size_t>(count)) {
        throw DataError("its state has no \"" + name + "\" of " + std::to_string(count) + " values");
    }
    std::transform(found->second.values.begin(), found->second.values.end(), values,
                   [](double value) { return static_cast<T>(value); });
}

template void StateExchange::exchange(const std::string&, float*, Index);
template void StateExchange::exchange(const std::string&, double*, Index);
template void StateExchange::exchange(const std::string&, long double*, Index);

void StateExchange::number(const std::string& name, std::int64_t& value) {
    auto real = static_cast<double>(value);
    exchange(name, &real, 1);
    if (!(real >= 0 && real < 0x1p53)) throw DataError("its state's \"" + name + "\" is no count");
    value = static_cast<std::int64_t>(real);
}

void StateExchange::number(const std::string& name, bool& value) {
    std::int64_t number = value ? 1 : 0;
    this->number(name, number);
    value = number != 0;
}

}  // namespace bnrun
