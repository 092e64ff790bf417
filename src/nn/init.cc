#include "nn/init.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "base/error.h"
#include "math/random.h"
#include "nn/tensor_list.h"

namespace bnrun {

namespace {

double weight_deviation(const InitConfig& init, double in, double out) {
    switch (init.scheme) {
        case InitScheme::kPublished: return std::sqrt(2 / (in + out) / 1.04);
        case InitScheme::kXavierNormal: return std::sqrt(2 / (in + out));
        case InitScheme::kHeNormal: return std::sqrt(2 / in);
        case InitScheme::kGaussian: return init.std.value();
    }
    return 0;
}

Tensor draw(const Config& config, std::vector<std::int64_t> shape, double deviation, Random& random) {
    Tensor tensor{config.precision, std::move(shape), {}};
    std::size_t count = 1;
    for (const std::int64_t size : tensor.shape) count *= static_cast<std::size_t>(size);
    tensor.values.resize(count);
    for (double& value : tensor.values) value = deviation == 0 ? 0 : deviation * random.normal();
    return tensor;
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
    std::string text;
    for (const std::int64_t size : shape) text += (text.empty() ? "" : ", ") + std::to_string(size);
    return "[" + text + "]";
}

void check_shape(const TensorMap& tensors, const std::string& name, const std::vector<std::int64_t>& expected,
                 bool needed, const std::string& file) {
    const auto found = tensors.find(name);
    if (found == tensors.end()) {
        if (!needed) return;
        throw DataError(fmt::format("{}: no tensor \"{}\"; the config's network needs one of shape {}", file, name,
                                    shape_text(expected)));
    }
    if (found->second.shape != expected) {
        throw DataError(fmt::format("{}: tensor \"{}\" has shape {}, but the config's network needs {}", file, name,
                                    shape_text(found->second.shape), shape_text(expected)));
    }
}

void check_range(const std::string& name, const Tensor& tensor, const std::string& file) {
    const auto beyond = std::find_if(tensor.values.begin(), tensor.values.end(),
                                     [](double value) { return !std::isfinite(static_cast<float>(value)); });
    if (beyond == tensor.values.end()) return;
    throw DataError(
        fmt::format("{}: tensor \"{}\": value {} is {}, beyond float32; use precision=float64 or smaller values", file,
                    name, beyond - tensor.values.begin(), *beyond));
}

}  // namespace

TensorMap draw_initial_values(const Config& config, Index inputs, Index classes) {
    const auto sizes = layer_sizes(config, inputs, classes);
    const auto deviation_of = [&](std::size_t l) {
        return weight_deviation(config.model.init, static_cast<double>(sizes[l]), static_cast<double>(sizes[l + 1]));
    };
    const bool draws_bias = config.model.init.scheme == InitScheme::kPublished;
    TensorMap tensors;
    std::optional<Random> random;  // of a layer: its weight's values come first, then its bias's
    for (const TensorSpec& tensor : tensor_list(config, inputs, classes)) {
        const bool is_weight = tensor.kind == TensorKind::kWeight;
        if (!is_weight && tensor.kind != TensorKind::kBias) continue;
        const auto layer = static_cast<std::uint32_t>(tensor.layer);
        if (is_weight) random.emplace(static_cast<std::uint64_t>(config.seed), Stream::kInitialValues, layer);
        const double deviation = is_weight || draws_bias ? deviation_of(tensor.layer) : 0;
        tensors[tensor.name] = draw(config, tensor.shape, deviation, *random);
    }
    return tensors;
}

void check_tensors(const Config& config, Index inputs, Index classes, const TensorMap& tensors, bool statistics,
                   const std::string& file) {
    std::set<std::string> known;
    for (const TensorSpec& tensor : tensor_list(config, inputs, classes)) {
        const bool is_linear = tensor.kind == TensorKind::kWeight || tensor.kind == TensorKind::kBias;
        check_shape(tensors, tensor.name, tensor.shape, is_linear || statistics, file);
        known.insert(tensor.name);
    }
    for (const auto& [name, tensor] : tensors) {
        if (config.precision == Precision::kFloat32) check_range(name, tensor, file);
        if (known.count(name) != 0) continue;
        throw DataError(fmt::format("{}: tensor \"{}\" has no place in the config's network of {} layers", file, name,
                                    config.hidden_widths().size() + 1));
    }
}

}  // namespace bnrun
