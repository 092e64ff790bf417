#include "nn/init.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "math/matrix.h"
#include "math/random.h"
#include "math/reduce.h"
#include "nn/tensor_list.h"

namespace bnrun {

namespace {

/// Of normal values, or the bound of uniform ones.
double spread_of(const InitConfig& init, double in, double out) {
    switch (init.scheme) {
        case InitScheme::kPublished: return init.gain * std::sqrt(2 / (in + out) / 1.04);
        case InitScheme::kXavierNormal: return init.gain * std::sqrt(2 / (in + out));
        case InitScheme::kHeNormal: return init.gain * std::sqrt(2 / in);
        case InitScheme::kGaussian: return init.gain * init.std.value();
        case InitScheme::kUniformFanIn: return init.gain * std::sqrt(3 / in);
        case InitScheme::kUniformGlorot: return init.gain * std::sqrt(6 / (in + out));
        case InitScheme::kOrthogonal:
        case InitScheme::kLsuv: return init.gain;
    }
    return 0;
}

bool is_uniform(InitScheme scheme) {
    return scheme == InitScheme::kUniformFanIn || scheme == InitScheme::kUniformGlorot;
}

bool is_orthogonal(InitScheme scheme) { return scheme == InitScheme::kOrthogonal || scheme == InitScheme::kLsuv; }

/// Makes the rows of a matrix with at most as many rows as columns orthonormal: Gram and Schmidt's steps, done twice,
/// as once leaves what rounding did to nearly dependent rows (Giraud, Langou and Rozloznik 2005).
void orthonormalize(Matrix<double>& rows) {
    for (Index i = 0; i < rows.rows(); ++i) {
        double* const row = rows.data() + i * rows.cols();
        const auto product = [&](const double* other) {
            return lane_sum<double>(rows.cols(), [=](Index k) { return row[k] * other[k]; });
        };
        for (Index j = 0; j < 2 * i; ++j) {
            const double* const other = rows.data() + (j % i) * rows.cols();
            const double share = product(other);
            for (Index k = 0; k < rows.cols(); ++k) row[k] -= share * other[k];
        }
        const double length = std::sqrt(product(row));
        for (Index k = 0; k < rows.cols(); ++k) row[k] /= length;
    }
}

/// (out, in) with orthonormal rows, or columns where it has more rows (Saxe, McClelland and Ganguli 2014).
void draw_orthogonal(Index out, Index in, double gain, Random& random, std::vector<double>& values) {
    Matrix<double> rows(std::min(out, in), std::max(out, in));
    for (Index i = 0; i < rows.size(); ++i) rows.data()[i] = random.normal();
    orthonormalize(rows);
    for (Index i = 0; i < out; ++i) {
        for (Index j = 0; j < in; ++j) {
            values[static_cast<std::size_t>(i * in + j)] = gain * (out <= in ? rows(i, j) : rows(j, i));
        }
    }
}

Tensor draw_weight(const Config& config, const TensorSpec& spec, const LayerPlan& layer, Random& random) {
    const InitConfig& init = layer.config.init.value();
    Tensor tensor{config.precision, spec.shape, std::vector<double>(static_cast<std::size_t>(spec.size()))};
    const double spread = spread_of(init, layer.fan_in(), layer.fan_out());
    if (is_orthogonal(init.scheme)) {
        draw_orthogonal(spec.shape[0], spec.size() / spec.shape[0], spread, random, tensor.values);
        return tensor;
    }
    const bool uniform = is_uniform(init.scheme);
    for (double& value : tensor.values) value = spread * (uniform ? 2 * random.uniform() - 1 : random.normal());
    return tensor;
}

/// `published` draws biases like weights; all others begin with 0.
Tensor draw_bias(const Config& config, const TensorSpec& spec, const LayerPlan& layer, Random& random) {
    const InitConfig& init = layer.config.init.value();
    Tensor tensor{config.precision, spec.shape, std::vector<double>(static_cast<std::size_t>(spec.size()))};
    if (init.scheme != InitScheme::kPublished) return tensor;
    const double spread = spread_of(init, layer.fan_in(), layer.fan_out());
    for (double& value : tensor.values) value = spread * random.normal();
    return tensor;
}

/// g = |v| for each row v of the weight.
Tensor magnitude_of(const Tensor& weight) {
    const auto rows = static_cast<std::size_t>(weight.shape[0]);
    const std::size_t columns = weight.values.size() / rows;
    Tensor magnitude{weight.precision, {weight.shape[0]}, {}};
    for (std::size_t row = 0; row < rows; ++row) {
        const double* const values = weight.values.data() + row * columns;
        magnitude.values.push_back(
            std::sqrt(lane_sum<double>(static_cast<Index>(columns), [=](Index k) { return values[k] * values[k]; })));
    }
    return magnitude;
}

std::string sizes_text(const std::vector<std::int64_t>& shape) {
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
                                    sizes_text(expected)));
    }
    if (found->second.shape != expected) {
        throw DataError(fmt::format("{}: tensor \"{}\" has shape {}, but the config's network needs {}", file, name,
                                    sizes_text(found->second.shape), sizes_text(expected)));
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

TensorMap draw_initial_values(const Config& config, const Shape& input, Index classes) {
    TensorMap tensors;
    for_each_layer(plan_net(config, input, classes), [&](const LayerPlan& layer) {
        if (!layer.has_weights()) return;
        // A layer's own numbers: its weight's come first, then its bias's.
        Random random(static_cast<std::uint64_t>(config.seed), Stream::kInitialValues,
                      static_cast<std::uint32_t>(layer.number));
        for (const TensorSpec& tensor : tensors_of(layer)) {
            if (tensor.kind == TensorKind::kWeight) tensors[tensor.name] = draw_weight(config, tensor, layer, random);
            if (tensor.kind == TensorKind::kBias) tensors[tensor.name] = draw_bias(config, tensor, layer, random);
        }
    });
    return with_magnitudes(config, input, classes, std::move(tensors));
}

InitialVariances initial_variances(const LayerPlan& layer) {
    const InitConfig& init = layer.config.init.value();
    const double spread = spread_of(init, layer.fan_in(), layer.fan_out());
    const double square = spread * spread;
    // An orthogonal matrix's rows, or its columns where there are more rows, have the length `spread`.
    const auto outputs = static_cast<double>(layer.out.channels);
    if (is_orthogonal(init.scheme)) return {square / std::max(layer.fan_in(), outputs), 0};
    if (is_uniform(init.scheme)) return {square / 3, 0};
    return {square, layer.config.bias && init.scheme == InitScheme::kPublished ? square : 0};
}

TensorMap with_magnitudes(const Config& config, const Shape& input, Index classes, TensorMap tensors) {
    for (const TensorSpec& tensor : tensor_list(config, input, classes)) {
        if (tensor.kind != TensorKind::kMagnitude || tensors.count(tensor.name) != 0) continue;
        tensors[tensor.name] = magnitude_of(tensors.at(tensor_name(tensor.layer, "weight")));
    }
    return tensors;
}

void check_tensors(const Config& config, const Shape& input, Index classes, const TensorMap& tensors, bool statistics,
                   const std::string& file) {
    std::set<std::string> known;
    for (const TensorSpec& tensor : tensor_list(config, input, classes)) {
        const bool is_linear = tensor.kind == TensorKind::kWeight || tensor.kind == TensorKind::kBias;
        check_shape(tensors, tensor.name, tensor.shape, is_linear || statistics, file);
        known.insert(tensor.name);
    }
    for (const auto& [name, tensor] : tensors) {
        if (config.precision == Precision::kFloat32) check_range(name, tensor, file);
        if (known.count(name) != 0) continue;
        throw DataError(fmt::format("{}: tensor \"{}\" has no place in the config's network of {} layers", file, name,
                                    config.hidden_layers() + 1));
    }
}

}  // namespace bnrun
