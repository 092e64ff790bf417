// The kernels that a run's time goes into, on the shapes of the main config; items are operations, and `peak` is the
// share of one thread's peak.
#include <benchmark/benchmark.h>

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>
#if __has_include(<Spectra/SymEigsSolver.h>)
#include <Spectra/SymEigsSolver.h>
#endif
#include <cmath>
#include <numeric>

#include "math/gemm.h"
#include "math/gram_product.h"
#include "math/random.h"
#include "math/spectral_norm.h"
#include "nn/layers/activation.h"
#include "nn/layers/batch_norm.h"
#include "peak.h"

namespace bnrun {
namespace {

template <class T>
Matrix<T> random_matrix(Index rows, Index columns) {
    Random random(1, Stream::kCheck);
    Matrix<T> matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = static_cast<T>(random.normal());
    return matrix;
}

template <class T>
void report(benchmark::State& state, double operations) {
    static const double kPeak = peak_of_one_thread<T>();
    state.SetItemsProcessed(static_cast<std::int64_t>(operations * static_cast<double>(state.iterations())));
    state.counters["peak"] =
        benchmark::Counter(operations * static_cast<double>(state.iterations()) / kPeak, benchmark::Counter::kIsRate);
}

template <class T>
Panels<T> random_panels(Index rows, Index columns) {
    return Panels<T>(random_matrix<T>(rows, columns));
}

/// Rows, depth and columns of c = a b: a layer forward, and backward with a's rows as columns.
template <class T, bool turned>
void product(benchmark::State& state) {
    const Index rows = state.range(0);
    const Index depth = state.range(1);
    const Index columns = state.range(2);
    const Matrix<T> a = turned ? random_matrix<T>(depth, rows) : random_matrix<T>(rows, depth);
    const Panels<T> b = random_panels<T>(depth, columns);
    Panels<T> c;
    c.resize(rows, columns);
    for (auto _ : state) {
        multiply<T>(turned ? transposed(a) : as_is(a), b, nullptr, c, {0, c.panels()});
        benchmark::ClobberMemory();
    }
    report<T>(state, 2.0 * static_cast<double>(rows * depth * columns));
}

void shapes(benchmark::internal::Benchmark* each) {
    each->Args({200, 784, 200})->Args({200, 200, 200})->Args({1000, 1000, 200});
}
BENCHMARK(product<float, false>)->Apply(shapes);
BENCHMARK(product<float, true>)->Apply(shapes);
BENCHMARK(product<double, false>)->Apply(shapes);

/// Rows, samples and columns of a weight gradient, in two groups of samples.
template <class T>
void gradient(benchmark::State& state) {
    const Index rows = state.range(0);
    const Index samples = state.range(1);
    const Index columns = state.range(2);
    const Panels<T> a = random_panels<T>(rows, samples);
    const Panels<T> b = random_panels<T>(samples, columns);
    Matrix<T> c(rows, columns);
    for (auto _ : state) {
        for (const Index group : {0, 1}) {
            multiply_over_panels(a, b, panels_of_part(samples, group, 2), {0, rows}, group > 0, c);
        }
        benchmark::ClobberMemory();
    }
    report<T>(state, 2.0 * static_cast<double>(rows * samples * columns));
}
BENCHMARK(gradient<float>)->Args({200, 200, 200})->Args({200, 200, 784})->Args({1000, 200, 1000});
BENCHMARK(gradient<double>)->Args({200, 200, 200})->Args({200, 200, 784});

constexpr Index kUnits = 200;
constexpr Index kBatch = 200;

template <class T>
void batch_norm_both_ways(benchmark::State& state) {
    BatchNorm<T> norm(kUnits, NormalizationConfig{}, Fidelity::kExact);
    norm.begin_batch({Mode::kTrain, 1, 1, kBatch});
    const Panels<T> x = random_panels<T>(kUnits, kBatch);
    Panels<T> y = x;
    const Panels<T> dy = x;
    Panels<T> dx = x;
    const IndexRange all{0, x.panels()};
    for (auto _ : state) {
        norm.measure(x, all);
        norm.merge();
        norm.forward(x, all, y);
        norm.measure_backward(dy, all);
        norm.merge_backward();
        norm.backward(x, y, dy, all, dx);
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * kUnits * kBatch);
}
BENCHMARK(batch_norm_both_ways<float>);
BENCHMARK(batch_norm_both_ways<double>);

template <class T>
void activation(benchmark::State& state) {
    const auto kind = static_cast<Activation>(state.range(0));
    state.SetLabel(std::string(kActivationNames.at(static_cast<std::size_t>(state.range(0)))));
    ActivationLayer<T> layer(kUnits, kind);
    layer.begin_batch({Mode::kTrain, 1, 1, kBatch});
    const Panels<T> x = random_panels<T>(kUnits, kBatch);
    Panels<T> y = x;
    for (auto _ : state) {
        layer.forward(x, {0, x.panels()}, y);
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * kUnits * kBatch);
}
BENCHMARK(activation<float>)->DenseRange(0, 3);
BENCHMARK(activation<double>)->DenseRange(0, 3);

template <class T>
void turn(benchmark::State& state) {
    const Panels<T> in = random_panels<T>(kUnits, kBatch);
    Panels<T> out = random_panels<T>(kBatch, kUnits);
    for (auto _ : state) {
        for (Index p = 0; p < in.panels(); ++p) in.transpose_panel(p, out);
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * kUnits * kBatch);
}
BENCHMARK(turn<float>);
BENCHMARK(turn<double>);

template <class T>
void spectral(benchmark::State& state) {
    const Matrix<T> a = random_matrix<T>(200, state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(spectral_norm(a));
}
BENCHMARK(spectral<float>)->Arg(200)->Arg(784);
BENCHMARK(spectral<double>)->Arg(200)->Arg(784);

/// What libraries take for the same number: Eigen's singular values, its eigenvalues of A A^T, and Spectra's Lanczos on
/// A^T A.
void spectral_by_eigen(benchmark::State& state) {
    const Eigen::MatrixXd a = random_matrix<float>(200, state.range(0)).cast<double>();
    for (auto _ : state) benchmark::DoNotOptimize(Eigen::BDCSVD<Eigen::MatrixXd>(a).singularValues()[0]);
}
BENCHMARK(spectral_by_eigen)->Arg(200)->Arg(784);

void spectral_by_eigenvalues(benchmark::State& state) {
    const Eigen::MatrixXd a = random_matrix<float>(200, state.range(0)).cast<double>();
    for (auto _ : state) {
        const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(a * a.transpose(), Eigen::EigenvaluesOnly);
        benchmark::DoNotOptimize(std::sqrt(solver.eigenvalues().maxCoeff()));
    }
}
BENCHMARK(spectral_by_eigenvalues)->Arg(200)->Arg(784);

#if __has_include(<Spectra/SymEigsSolver.h>)
struct Gram {
    using Scalar = double;
    Eigen::MatrixXd a;
    [[nodiscard]] Index rows() const { return a.cols(); }
    [[nodiscard]] Index cols() const { return a.cols(); }
    void perform_op(const double* in, double* out) const {
        Eigen::Map<Eigen::VectorXd>(out, a.cols()) =
            a.transpose() * (a * Eigen::Map<const Eigen::VectorXd>(in, a.cols()));
    }
};

void spectral_by_spectra(benchmark::State& state) {
    Gram gram{random_matrix<float>(200, state.range(0)).cast<double>()};
    for (auto _ : state) {
        Spectra::SymEigsSolver<Gram> solver(gram, 1, 40);
        solver.init();
        solver.compute(Spectra::SortRule::LargestAlge, 1000, 1e-10);
        benchmark::DoNotOptimize(std::sqrt(solver.eigenvalues()[0]));
    }
}
BENCHMARK(spectral_by_spectra)->Arg(200)->Arg(784);
#endif

template <class T>
void gram_product(benchmark::State& state) {
    const Matrix<T> a = random_matrix<T>(200, state.range(0));
    GramProduct<T> gram;
    gram.take(a);
    const std::vector<double> v(static_cast<std::size_t>(state.range(0)), 1.0);
    std::vector<double> z;
    for (auto _ : state) gram.multiply(v, z);
    report<T>(state, 4.0 * static_cast<double>(a.size()));
}
BENCHMARK(gram_product<float>)->Arg(200)->Arg(784);
BENCHMARK(gram_product<double>)->Arg(200)->Arg(784);

}  // namespace
}  // namespace bnrun

BENCHMARK_MAIN();
