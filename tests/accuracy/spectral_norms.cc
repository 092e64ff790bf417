// Spectral norms and gradients for spectral_norm_accuracy.py, which compares them with LAPACK's singular values.
//   spectral_norms norms                          matrices from stdin; a line each on stdout: the norm in float32, in
//   float64 spectral_norms gradients CONFIG ITERATION…    that config's weight gradients to stdout, as matrices
// A matrix is two int64, rows and columns, then its entries as float64, row by row.
#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "base/error.h"
#include "data/batches.h"
#include "data/load_dataset.h"
#include "data/preprocess.h"
#include "math/spectral_norm.h"
#include "nn/init.h"
#include "nn/network.h"
#include "nn/optimizer.h"
#include "settings/json.h"

namespace bnrun {
namespace {

void print_norms() {
    std::array<std::int64_t, 2> shape{};
    while (std::fread(shape.data(), sizeof shape, 1, stdin) == 1) {
        Matrix<double> matrix(shape[0], shape[1]);
        const auto count = static_cast<std::size_t>(matrix.size());
        if (std::fread(matrix.data(), sizeof(double), count, stdin) != count)
            throw DataError("stdin: a matrix is cut short");
        const Matrix<float> narrow = matrix.cast<float>();
        std::printf("%.17g %.17g\n", spectral_norm(narrow), spectral_norm(matrix));
    }
}

template <class T>
void print_gradients(const Config& config, const std::vector<std::int64_t>& iterations) {
    const Dataset dataset = load_dataset(config);
    ThreadTeam team(1);
    Network<T> network(dataset.features(), dataset.classes, config, team);
    network.load(draw_initial_values(config, dataset.features(), dataset.classes));
    Optimizer<T> optimizer(config.train, network.parameters());
    const Transform transform = fit_transform(dataset.train, dataset.features(), config.data.preprocess, team);
    const Inputs<T> inputs(dataset.train, dataset.features(), transform, team);
    const auto order =
        epoch_order(dataset.train.samples(), config.train.order, static_cast<std::uint64_t>(config.seed), 1);
    Panels<T> x;
    std::vector<std::uint8_t> labels(static_cast<std::size_t>(config.train.batch_size));
    for (std::int64_t iteration = 1; iteration <= iterations.back(); ++iteration) {
        const std::uint32_t* const samples = order.data() + (iteration - 1) * config.train.batch_size;
        for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = dataset.train.labels[samples[i]];
        inputs.gather(samples, config.train.batch_size, team, x);
        const auto step = static_cast<std::uint64_t>(iteration - 1);
        network.forward(x, labels.data(), {Mode::kTrain, static_cast<std::uint64_t>(config.seed), step});
        optimizer.begin_step(config.train.optimizer.learning_rate);
        network.backward([&](std::size_t parameter, IndexRange rows) { optimizer.update(parameter, rows); });
        for (const Matrix<T>* gradient : network.weight_gradients()) {
            if (std::find(iterations.begin(), iterations.end(), iteration) == iterations.end()) continue;
            const std::array<std::int64_t, 2> shape{gradient->rows(), gradient->cols()};
            const Matrix<double> wide = gradient->template cast<double>();
            std::fwrite(shape.data(), sizeof shape, 1, stdout);
            std::fwrite(wide.data(), sizeof(double), static_cast<std::size_t>(wide.size()), stdout);
        }
    }
}

int run(const std::vector<std::string>& arguments) {
    if (arguments == std::vector<std::string>{"norms"}) {
        print_norms();
        return 0;
    }
    if (arguments.size() < 3 || arguments[0] != "gradients") {
        std::cerr << "usage: spectral_norms norms | spectral_norms gradients CONFIG ITERATION…\n";
        return 2;
    }
    std::vector<std::int64_t> iterations;
    for (std::size_t i = 2; i < arguments.size(); ++i) iterations.push_back(std::stoll(arguments[i]));
    const Config config = read_config(arguments[1], {}).config;
    if (config.precision == Precision::kFloat32) {
        print_gradients<float>(config, iterations);
    } else {
        print_gradients<double>(config, iterations);
    }
    return 0;
}

}  // namespace
}  // namespace bnrun

int main(int argc, char** argv) {
    try {
        return bnrun::run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "spectral_norms: " << error.what() << "\n";
        return 1;
    }
}
