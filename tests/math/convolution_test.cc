#include "math/convolution.h"

#include <gtest/gtest.h>

#include "support/matrices.h"

namespace bnrun {
namespace {

struct Case {
    Shape in;
    Index channels;
    std::array<Index, 2> kernel;
    Index stride;
    std::array<Index, 2> padding;
};

ConvolutionWindows windows_of(const Case& c) {
    const auto windows = [&](Index extent, std::size_t axis) {
        return (extent + 2 * c.padding[axis] - c.kernel[axis]) / c.stride + 1;
    };
    return {c.in, {c.channels, windows(c.in.height, 0), windows(c.in.width, 1)}, c.kernel, c.stride, c.padding};
}

const std::vector<Case>& cases() {
    static const std::vector<Case> all{{{1, 5, 5}, 1, {3, 3}, 1, {0, 0}},  {{3, 6, 7}, 13, {3, 3}, 1, {1, 1}},
                                       {{2, 9, 8}, 5, {5, 5}, 2, {2, 2}},  {{4, 7, 7}, 11, {2, 3}, 3, {0, 1}},
                                       {{1, 8, 8}, 25, {5, 5}, 1, {0, 0}}, {{7, 4, 4}, 3, {4, 4}, 1, {0, 0}},
                                       {{2, 9, 9}, 4, {2, 2}, 4, {0, 0}},  // positions between windows are in none
                                       {{3, 1, 1}, 6, {1, 1}, 1, {0, 0}},  {{5, 3, 3}, 2, {5, 1}, 1, {2, 0}}};
    return all;
}

template <class T>
struct Operands {
    Operands(const ConvolutionWindows& windows, Index samples, std::uint32_t number)
        : weight(normal_matrix(windows.out.channels, windows.in.channels * windows.size(), 0, 1, number).cast<T>()),
          bias(normal_matrix(windows.out.channels, 1, 0, 1, number + 1).cast<T>()),
          x(normal_matrix(windows.in.size(), samples, 0, 1, number + 2).cast<T>()),
          dy(normal_matrix(windows.out.size(), samples, 0, 1, number + 3).cast<T>()) {
        const Panels<T> bare = poisoned_panels(x);
        padded.resize(windows.padded.size(), samples);
        for (Index p = 0; p < bare.panels(); ++p) pad_panel(windows, bare, p, padded);
    }

    Matrix<T> weight;
    Matrix<T> bias;
    Matrix<T> x;
    Matrix<T> dy;
    Panels<T> padded;
};

template <class T>
class Convolution : public testing::Test {};
TYPED_TEST_SUITE(Convolution, FastScalars);

TYPED_TEST(Convolution, HasTheBitsOfThePlainOne) {
    using T = TypeParam;
    for (std::size_t i = 0; i < cases().size(); ++i) {
        const ConvolutionWindows windows = windows_of(cases()[i]);
        for (const Index samples : {1, 8, 9, 16, 20, 24, 33, 48}) {
            const Operands<T> o(windows, samples, static_cast<std::uint32_t>(i));
            Panels<T> y;
            Panels<T> plain;
            for (Panels<T>* each : {&y, &plain}) each->resize(windows.out.size(), samples);
            const IndexRange all{0, y.panels()};
            const T* const bias = i % 2 == 0 ? o.bias.data() : nullptr;
            convolve(windows, o.weight, bias, o.padded, all, y);
            convolve_plainly(windows, o.weight, bias, o.padded, all, plain);
            EXPECT_TRUE(same_bits(values_in(y), values_in(plain))) << i << " " << samples;

            const Panels<T> dy = poisoned_panels(o.dy);
            for (Panels<T>* each : {&y, &plain}) each->resize(windows.in.size(), samples);
            convolve_backward(windows, o.weight, dy, all, y);
            convolve_backward_plainly(windows, o.weight, dy, all, plain);
            EXPECT_TRUE(same_bits(values_in(y), values_in(plain))) << i << " " << samples;

            Matrix<T> gradient = Matrix<T>::Constant(o.weight.rows(), o.weight.cols(), T(7));
            Matrix<T> plain_gradient = gradient;
            const Index half = o.weight.rows() / 2;
            for (const IndexRange& rows : {IndexRange{half, o.weight.rows()}, IndexRange{0, half}}) {
                sum_weight_gradient(windows, o.padded, dy, rows, gradient);
            }
            sum_weight_gradient_plainly(windows, o.padded, dy, {0, o.weight.rows()}, plain_gradient);
            EXPECT_TRUE(same_bits(gradient, plain_gradient)) << i << " " << samples;
        }
    }
}

TYPED_TEST(Convolution, DoesNotDependOnThePanelsAskedFor) {
    using T = TypeParam;
    const ConvolutionWindows windows = windows_of(cases()[1]);
    const Operands<T> o(windows, 56, 3);
    const Panels<T> dy = poisoned_panels(o.dy);
    Panels<T> whole;
    Panels<T> parts;
    for (Panels<T>* each : {&whole, &parts}) each->resize(windows.in.size(), 56);
    convolve_backward(windows, o.weight, dy, {0, 4}, whole);
    for (const IndexRange& panels : {IndexRange{3, 4}, IndexRange{0, 1}, IndexRange{1, 3}}) {
        convolve_backward(windows, o.weight, dy, panels, parts);
    }
    EXPECT_TRUE(same_bits(values_in(whole), values_in(parts)));
}

TEST(ConvolutionPlainly, WorkedByHand) {
    const ConvolutionWindows windows = windows_of({{1, 2, 3}, 1, {2, 2}, 1, {0, 0}});
    const Matrix<double> weight = (Matrix<double>(1, 4) << 1, 2, 3, 4).finished();
    const double bias = 100;
    const Panels<double> x((Matrix<double>(6, 1) << 1, 0, 2, 0, 5, 1).finished());
    Panels<double> y;
    y.resize(2, 1);
    convolve_plainly(windows, weight, &bias, x, {0, 1}, y);
    EXPECT_EQ(y(0, 0), 100 + 1 * 1 + 4 * 5);  // not flipped
    EXPECT_EQ(y(1, 0), 100 + 2 * 2 + 3 * 5 + 4 * 1);
    const Panels<double> dy((Matrix<double>(2, 1) << 1, 10).finished());
    Panels<double> dx;
    dx.resize(6, 1);
    convolve_backward_plainly(windows, weight, dy, {0, 1}, dx);
    EXPECT_EQ(values_in(dx), (Matrix<double>(6, 1) << 1, 2 + 10, 20, 3, 4 + 30, 40).finished());
    Matrix<double> gradient(1, 4);
    sum_weight_gradient_plainly(windows, x, dy, {0, 1}, gradient);
    EXPECT_EQ(gradient, (Matrix<double>(1, 4) << 1, 20, 50, 5 + 10).finished());
}

/// <dy, conv(x)> = <dx, x> = <dW, W>, as a convolution without bias is linear in both.
TEST(ConvolutionPlainly, ItsGradientsAreItsAdjoints) {
    for (std::size_t i = 0; i < cases().size(); ++i) {
        const ConvolutionWindows windows = windows_of(cases()[i]);
        const Operands<double> o(windows, 19, static_cast<std::uint32_t>(i));
        Panels<double> y;
        y.resize(windows.out.size(), 19);
        convolve_plainly<double>(windows, o.weight, nullptr, o.padded, {0, 2}, y);
        const double product = values_in(y).cwiseProduct(o.dy).sum();
        const Panels<double> dy = poisoned_panels(o.dy);
        Panels<double> dx;
        dx.resize(windows.in.size(), 19);
        convolve_backward_plainly(windows, o.weight, dy, {0, 2}, dx);
        EXPECT_NEAR(values_in(dx).cwiseProduct(o.x).sum(), product, 1e-11) << i;
        Matrix<double> gradient(o.weight.rows(), o.weight.cols());
        sum_weight_gradient_plainly(windows, o.padded, dy, {0, o.weight.rows()}, gradient);
        EXPECT_NEAR(gradient.cwiseProduct(o.weight).sum(), product, 1e-11) << i;
    }
}

TEST(PadPanel, SurroundsEachChannelWithZeros) {
    const ConvolutionWindows windows = windows_of({{2, 1, 2}, 1, {3, 3}, 1, {1, 2}});
    const Panels<double> x((Matrix<double>(4, 1) << 1, 2, 3, 4).finished());
    Panels<double> padded;
    padded.resize(windows.padded.size(), 1);
    pad_panel(windows, x, 0, padded);
    Matrix<double> expected = Matrix<double>::Zero(36, 1);
    expected(8) = 1;
    expected(9) = 2;
    expected(26) = 3;
    expected(27) = 4;
    EXPECT_EQ(values_in(padded), expected);
}

}  // namespace
}  // namespace bnrun
