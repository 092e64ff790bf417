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

#include "base/product.h"
#include "base/random.h"
#include "nn/activation.h"
#include "nn/batch_norm.h"
#include "peak.h"
#include "train/gram_product.h"
#include "train/spectral_norm.h"

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

/// Rows, depth and columns of c = a b.
template <class T, bool turned>
void product(benchmark::State& state) {
    const Index rows = state.range(0);
    const Index depth = state.range(1);
    const Index columns = state.range(2);
    const Matrix<T> a = turned ? random_matrix<T>(depth, rows) : random_matrix<T>(rows, depth);
    const Panels<T> b(random_matrix<T>(depth, columns));
    Matrix<T> c(rows, columns);
    for (auto _ : state) {
        multiply(turned ? transposed(a) : as_is(a), b, c, {0, rows});
        benchmark::ClobberMemory();
    }
    report<T>(state, 2.0 * static_cast<double>(rows * depth * columns));
}

void shapes(benchmark::internal::Benchmark* each) {
    each->Args({200, 784, 200})->Args({200, 200, 200})->Args({200, 200, 784})->Args({1000, 1000, 200});
}
BENCHMARK(product<float, false>)->Apply(shapes);
BENCHMARK(product<float, true>)->Args({200, 200, 200});
BENCHMARK(product<double, false>)->Apply(shapes);

constexpr Index kUnits = 200;
constexpr Index kBatch = 200;

template <class T>
void batch_norm_both_ways(benchmark::State& state) {
    BatchNorm<T> norm(kUnits, BatchNormConfig{}, Fidelity::kExact);
    norm.resize(kBatch);
    const Matrix<T> x = random_matrix<T>(kUnits, kBatch);
    Matrix<T> y = x;
    Matrix<T> d = x;
    for (auto _ : state) {
        norm.forward(x, y, {0, kUnits});
        norm.backward(d, {0, kUnits});
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
    const Matrix<T> x = random_matrix<T>(kUnits, kBatch);
    Matrix<T> y = x;
    for (auto _ : state) {
        activate(kind, x, y, {0, kUnits});
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * kUnits * kBatch);
}
BENCHMARK(activation<float>)->DenseRange(0, 3);
BENCHMARK(activation<double>)->DenseRange(0, 3);

template <class T>
void turn(benchmark::State& state) {
    const Matrix<T> in = random_matrix<T>(kUnits, kBatch);
    Panels<T> out;
    out.resize(kBatch, kUnits);
    for (auto _ : state) {
        out.take_transposed(in, {0, kUnits});
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
