#include "nn/init.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/random.h"

namespace bnrun {

namespace {

/// Inputs, hidden widths, classes: layer l maps sizes[l] to sizes[l + 1].
std::vector<std::int64_t> layer_sizes(const Config& config, Index inputs, Index classes) {
    std::vector<std::int64_t> sizes = config.hidden_widths();
    sizes.insert(sizes.begin(), inputs);
    sizes.push_back(classes);
    return sizes;
}

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
    TensorMap tensors;
    for (std::size_t l = 0; l + 1 < sizes.size(); ++l) {
        Random random(static_cast<std::uint64_t>(config.seed), Stream::kInitialValues, static_cast<std::uint32_t>(l));
        const double deviation =
            weight_deviation(config.model.init, static_cast<double>(sizes[l]), static_cast<double>(sizes[l + 1]));
        const bool draws_bias = config.model.init.scheme == InitScheme::kPublished;
        tensors[fmt::format("layers.{}.weight", l)] = draw(config, {sizes[l + 1], sizes[l]}, deviation, random);
        tensors[fmt::format("layers.{}.bias", l)] = draw(config, {sizes[l + 1]}, draws_bias ? deviation : 0, random);
    }
    return tensors;
}

void check_tensors(const Config& config, Index inputs, Index classes, const TensorMap& tensors, bool statistics,
                   const std::string& file) {
    const auto sizes = layer_sizes(config, inputs, classes);
    std::set<std::string> known;
    const auto check = [&](std::size_t l, const char* kind, const std::vector<std::int64_t>& shape, bool needed) {
        const std::string name = fmt::format("layers.{}.{}", l, kind);
        check_shape(tensors, name, shape, needed, file);
        known.insert(name);
    };
    for (std::size_t l = 0; l + 1 < sizes.size(); ++l) {
        check(l, "weight", {sizes[l + 1], sizes[l]}, true);
        check(l, "bias", {sizes[l + 1]}, true);
        if (!config.model.batch_norm.enabled || l + 2 == sizes.size()) continue;
        for (const char* kind : {"gamma", "beta", "mean", "variance"}) check(l, kind, {sizes[l + 1]}, statistics);
    }
    for (const auto& [name, tensor] : tensors) {
        if (config.precision == Precision::kFloat32) check_range(name, tensor, file);
        if (known.count(name) != 0) continue;
        throw DataError(fmt::format("{}: tensor \"{}\" has no place in the config's network of {} layers", file, name,
                                    sizes.size() - 1));
    }
}

}  // namespace bnrun
