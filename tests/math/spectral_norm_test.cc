#include "math/spectral_norm.h"

#include <gtest/gtest.h>

#include <Eigen/SVD>
#include <cmath>

#include "math/random.h"

namespace bnrun {
namespace {

Matrix<double> random_matrix(Index rows, Index columns, std::uint32_t number) {
    Random random(11, Stream::kCheck, number);
    Matrix<double> matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = random.normal();
    return matrix;
}

/// With the given singular values.
Matrix<double> with_spectrum(Index rows, Index columns, const Eigen::VectorXd& values, std::uint32_t number) {
    const Eigen::JacobiSVD<Eigen::MatrixXd> svd(random_matrix(rows, columns, number),
                                                Eigen::ComputeThinU | Eigen::ComputeThinV);
    return svd.matrixU() * values.asDiagonal() * svd.matrixV().transpose();
}

double exact(const Eigen::MatrixXd& matrix) { return Eigen::JacobiSVD<Eigen::MatrixXd>(matrix).singularValues()[0]; }

void expect_right(const Matrix<double>& matrix, const std::string& what) {
    const double expected = exact(matrix);
    EXPECT_NEAR(spectral_norm(matrix) / expected, 1, 1e-10) << what;
    const Matrix<float> rounded = matrix.cast<float>();
    const Matrix<double> widened = rounded.cast<double>();
    EXPECT_NEAR(spectral_norm(rounded) / exact(widened), 1, 1e-6) << what;
}

TEST(SpectralNorm, EqualsTheSingularValueDecompositionOnRandomMatrices) {
    std::uint32_t number = 0;
    for (const Index rows : {1, 2, 3, 10, 40, 100}) {
        for (const Index columns : {1, 2, 5, 40, 120}) {
            expect_right(random_matrix(rows, columns, number++), std::to_string(rows) + "x" + std::to_string(columns));
        }
    }
}

TEST(SpectralNorm, HoldsForClusteredRepeatedAndDecayingSpectra) {
    constexpr Index kSize = 60;
    for (const double gap : {0.0, 1e-9, 1e-6, 1e-4, 1e-2, 0.3}) {
        Eigen::VectorXd values = Eigen::VectorXd::LinSpaced(kSize, 0.9, 0.0);
        values[0] = 1;
        values[1] = 1 - gap;
        values[2] = 1 - 2 * gap;
        expect_right(with_spectrum(kSize, kSize, values, 77), "gap " + std::to_string(gap));
    }
    expect_right(with_spectrum(kSize, kSize, Eigen::VectorXd::Ones(kSize), 78), "all equal");
    expect_right(with_spectrum(kSize, kSize, Eigen::VectorXd::LinSpaced(kSize, 0, -12).array().exp(), 79), "decaying");
    expect_right(with_spectrum(kSize, kSize, Eigen::VectorXd::LinSpaced(kSize, 1, 0.999), 80), "nearly flat");
}

TEST(SpectralNorm, HoldsForFewRowsManyColumnsAndAFlatSpectrum) {
    for (std::uint32_t number = 0; number < 60; ++number) {
        const Index few = 1 + static_cast<Index>(number % 12);
        const Matrix<double> wide = random_matrix(few, 784, 1000 + number);
        expect_right(wide, "wide " + std::to_string(few));
        expect_right(wide.transpose(), "tall " + std::to_string(few));
    }
}

/// Two values near each other, all others far below: the iteration could take the second for the first.
TEST(SpectralNorm, TellsTheLargestFromANeighbour) {
    std::uint32_t number = 2000;
    for (const double gap : {1e-2, 1e-3, 1e-4, 1e-5, 3e-6, 1e-7, 1e-9, 1e-10}) {
        for (int repeat = 0; repeat < 25; ++repeat) {
            Eigen::VectorXd values = Eigen::VectorXd::Constant(12, 1e-3);
            values[0] = 1;
            values[1] = 1 - gap;
            expect_right(with_spectrum(12, 20, values, number++), "gap " + std::to_string(gap));
        }
    }
}

TEST(SpectralNorm, EndsWhereTheKrylovSpaceDoes) {
    EXPECT_NEAR(spectral_norm<float>(Matrix<float>::Identity(5, 5)), 1, 1e-7);
    EXPECT_DOUBLE_EQ(spectral_norm<double>(2 * Matrix<double>::Identity(300, 300)), 2);
    Matrix<double> single = Matrix<double>::Zero(7, 9);
    single(3, 4) = -0.5;
    EXPECT_NEAR(spectral_norm(single), 0.5, 1e-15);
    EXPECT_NEAR(spectral_norm<double>(Matrix<double>::Ones(30, 40)), std::sqrt(1200), 1e-12);
}

TEST(SpectralNorm, IsSafeAtTheEdgesOfTheNumberRange) {
    const Matrix<double> base = random_matrix(20, 30, 5);
    const double norm = exact(base);
    EXPECT_NEAR(spectral_norm<float>((base * 1e-30).cast<float>()) / (norm * 1e-30), 1, 2e-6);
    EXPECT_NEAR(spectral_norm<float>((base * 1e30).cast<float>()) / (norm * 1e30), 1, 2e-6);
    EXPECT_NEAR(spectral_norm<double>(base * 1e-200) / (norm * 1e-200), 1, 1e-10);
    EXPECT_EQ(spectral_norm<float>(Matrix<float>::Zero(4, 5)), 0);
    EXPECT_EQ(spectral_norm<double>(Matrix<double>::Constant(1, 1, -3)), 3);
    Matrix<float> bad = Matrix<float>::Ones(3, 3);
    bad(1, 2) = std::nanf("");
    EXPECT_TRUE(std::isnan(spectral_norm(bad)));
    bad(1, 2) = INFINITY;
    EXPECT_TRUE(std::isinf(spectral_norm(bad)));
}

TEST(SpectralNorm, IsTheSameBitsTimesAPowerOfTwoWhetherOrNotEntriesAreScaled) {
    Matrix<double> base = random_matrix(30, 40, 6);
    base.col(3) *= 1e-20;
    const double norm = spectral_norm(base);
    const Matrix<float> narrow = base.cast<float>();
    const double norm_of_narrow = spectral_norm(narrow);
    for (const int exponent : {-60, -36, -31, -20, 20, 31, 36, 60}) {
        const double factor = std::ldexp(1.0, exponent);
        EXPECT_EQ(spectral_norm<float>(narrow * static_cast<float>(factor)), norm_of_narrow * factor) << exponent;
        const double wide = std::ldexp(1.0, 8 * exponent);
        EXPECT_EQ(spectral_norm<double>(base * wide), norm * wide) << 8 * exponent;
    }
}

}  // namespace
}  // namespace bnrun
