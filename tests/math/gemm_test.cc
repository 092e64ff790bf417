#include "math/gemm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>
#include <vector>

#include "math/isa.h"
#include "math/kernels.h"
#include "math/simd.h"
#include "support/instrumented.h"
#include "support/matrices.h"

namespace bnrun {
namespace {

/// Drawn once for all tests, as they need many. @param number tells one matrix from another.
template <class T>
Matrix<T> random_matrix(Index rows, Index columns, Index number) {
    static const Matrix<double> drawn = normal_matrix(1, 200000, 0, 1);
    Matrix<T> matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i) {
        matrix.data()[i] = static_cast<T>(drawn((1000 * number + i) % drawn.size()));
    }
    return matrix;
}

/// Fills what is written, so that what is not shows.
template <class T>
Panels<T> unwritten(Index rows, Index columns) {
    return Panels<T>(Matrix<T>::Constant(rows, columns, T(77)));
}

/// The given rows of c, over the samples in the given panels, an entry after the other.
template <class T>
void over_panels_by_hand(const Panels<T>& a, const Panels<T>& b, IndexRange panels, IndexRange rows, bool add,
                         Matrix<T>& c) {
    const Matrix<T> left = to_matrix(a);
    const Matrix<T> right = to_matrix(b);
    for (Index i = rows.begin; i < rows.end; ++i) {
        for (Index j = 0; j < c.cols(); ++j) {
            T sum = 0;
            for (Index s = 16 * panels.begin; s < std::min(16 * panels.end, a.columns()); ++s) {
                sum = add_product_of(left(i, s), right(s, j), sum);
            }
            c(i, j) = add ? sum + c(i, j) : sum;
        }
    }
}

/// Calls work(rows, depth, columns) for every number of rows to 30 and depth to 40, with numbers of columns that differ
/// from one to the next: with every number of rows, and with every depth, all of 1 to 48. Of fewer depths for the
/// type that has no kernels.
template <class T, class Work>
void for_each_shape(Work work) {
    // By fives: whole panels, halves and parts of both, odd and even, one to three of them.
    constexpr Index step = std::is_same_v<T, long double> ? 9 : kInstrumented ? 5 : 1;
    for (Index rows = 1; rows <= 30; ++rows) {
        for (Index depth = 1; depth <= 40; depth += step) {
            for (Index i = 0; i < 4; ++i) work(rows, depth, (7 * rows + 5 * depth + 12 * i) % 48 + 1);
        }
    }
}

template <class T>
class Product : public testing::Test {};
TYPED_TEST_SUITE(Product, Scalars);

TYPED_TEST(Product, EqualsThePlainLoopBitForBit) {
    using T = TypeParam;
    for_each_shape<T>([](Index rows, Index depth, Index columns) {
        const Matrix<T> straight = random_matrix<T>(rows, depth, 1);
        const Matrix<T> turned = straight.transpose();
        const Panels<T> b(random_matrix<T>(depth, columns, 2));
        const Matrix<T> bias = random_matrix<T>(rows, 1, 3);
        const IndexRange all{0, b.panels()};
        for (const T* added : {static_cast<const T*>(nullptr), bias.data()}) {
            Panels<T> expected = unwritten<T>(rows, columns);
            multiply_plainly(as_is(straight), b, added, expected, all);
            Panels<T> product = unwritten<T>(rows, columns);
            multiply(as_is(straight), b, added, product, all);
            ASSERT_TRUE(same_bits(to_matrix(product), to_matrix(expected))) << rows << " " << depth << " " << columns;
            product = unwritten<T>(rows, columns);
            multiply(transposed(turned), b, added, product, all);
            ASSERT_TRUE(same_bits(to_matrix(product), to_matrix(expected))) << rows << " " << depth << " " << columns;
        }
    });
}

TYPED_TEST(Product, WorkedByHand) {
    using T = TypeParam;
    const Matrix<T> a = (Matrix<T>(2, 3) << 1, 2, 3, 4, 5, 6).finished();
    const Panels<T> b((Matrix<T>(3, 2) << 1, 0, 0, 1, 2, -1).finished());
    const Matrix<T> bias = (Matrix<T>(2, 1) << 100, 200).finished();
    Panels<T> c = unwritten<T>(2, 2);
    multiply(as_is(a), b, bias.data(), c, {0, 1});
    EXPECT_EQ(to_matrix(c), (Matrix<T>(2, 2) << 107, 99, 216, 199).finished());
}

TYPED_TEST(Product, OfTheGivenPanelsIsTheSameAndLeavesTheOthersAlone) {
    using T = TypeParam;
    for (const Index columns : {9, 33, 57, 80, 100}) {
        const Matrix<T> a = random_matrix<T>(13, 19, 1);
        const Panels<T> b(random_matrix<T>(19, columns, 2));
        Panels<T> whole = unwritten<T>(13, columns);
        multiply<T>(as_is(a), b, nullptr, whole, {0, b.panels()});
        for (Index begin = 0; begin <= b.panels(); ++begin) {
            for (Index end = begin; end <= b.panels(); ++end) {
                Panels<T> part = unwritten<T>(13, columns);
                multiply<T>(as_is(a), b, nullptr, part, {begin, end});
                Matrix<T> expected = Matrix<T>::Constant(13, columns, T(77));
                const Index first = std::min(columns, 16 * begin);
                const Index count = std::min(columns, 16 * end) - first;
                expected.middleCols(first, count) = to_matrix(whole).middleCols(first, count);
                EXPECT_TRUE(same_bits(to_matrix(part), expected)) << columns << " " << begin << " " << end;
            }
        }
    }
}

/// More than the second cache holds, so that rows are taken in parts.
TYPED_TEST(Product, OfALargeMatrixEqualsThePlainLoopBitForBit) {
    using T = TypeParam;
    for (const auto& [rows, depth] : {std::pair<Index, Index>{301, 300}, {3, 50000}}) {
        const Matrix<T> a = random_matrix<T>(rows, depth, 1);
        const Panels<T> b(random_matrix<T>(depth, 41, 2));
        const Matrix<T> bias = random_matrix<T>(rows, 1, 3);
        Panels<T> expected = unwritten<T>(rows, 41);
        multiply_plainly(as_is(a), b, bias.data(), expected, {0, 3});
        Panels<T> product = unwritten<T>(rows, 41);
        multiply(as_is(a), b, bias.data(), product, {0, 3});
        EXPECT_TRUE(same_bits(to_matrix(product), to_matrix(expected))) << rows;
        const Matrix<T> turned = a.transpose();
        product = unwritten<T>(rows, 41);
        multiply(transposed(turned), b, bias.data(), product, {0, 3});
        EXPECT_TRUE(same_bits(to_matrix(product), to_matrix(expected))) << rows;
    }
}

/// Of what stands in a panel beside the matrix, nothing reaches the product.
TYPED_TEST(Product, IsOfTheMatrixAlone) {
    using T = TypeParam;
    for (Index samples = 1; samples <= 40; ++samples) {
        const Matrix<T> d = random_matrix<T>(5, samples, 1);
        const Matrix<T> x = random_matrix<T>(samples, 7, 2);
        Matrix<T> clean(5, 7);
        multiply_over_panels(Panels<T>(d), Panels<T>(x), {0, (samples + 15) / 16}, {0, 5}, false, clean);
        Matrix<T> poisoned(5, 7);
        multiply_over_panels(poisoned_panels(d), poisoned_panels(x), {0, (samples + 15) / 16}, {0, 5}, false, poisoned);
        EXPECT_TRUE(same_bits(clean, poisoned)) << samples;
    }
}

TYPED_TEST(Product, OverPanelsEqualsThePlainLoopBitForBit) {
    using T = TypeParam;
    for_each_shape<T>([](Index rows, Index samples, Index columns) {
        const Panels<T> a(random_matrix<T>(rows, samples, 1));
        const Panels<T> b(random_matrix<T>(samples, columns, 2));
        const Matrix<T> before = random_matrix<T>(rows, columns, 3);
        for (const bool add : {false, true}) {
            Matrix<T> expected = before;
            over_panels_by_hand(a, b, {0, a.panels()}, {0, rows}, add, expected);
            Matrix<T> product = before;
            multiply_over_panels(a, b, {0, a.panels()}, {0, rows}, add, product);
            ASSERT_TRUE(same_bits(product, expected)) << rows << " " << samples << " " << columns << " " << add;
        }
    });
}

TYPED_TEST(Product, OverPanelsWorkedByHand) {
    using T = TypeParam;
    const Panels<T> a((Matrix<T>(2, 3) << 1, 2, 3, 4, 5, 6).finished());
    const Panels<T> b((Matrix<T>(3, 2) << 1, 0, 0, 1, 2, -1).finished());
    Matrix<T> c = Matrix<T>::Constant(2, 2, T(100));
    multiply_over_panels(a, b, {0, 1}, {0, 2}, true, c);
    EXPECT_EQ(c, (Matrix<T>(2, 2) << 107, 99, 116, 99).finished());
    multiply_over_panels(a, b, {0, 1}, {1, 2}, false, c);
    EXPECT_EQ(c, (Matrix<T>(2, 2) << 107, 99, 16, -1).finished());
}

TYPED_TEST(Product, OverTheGivenPanelsAndRowsEqualsThePlainLoopAndLeavesOtherRowsAlone) {
    using T = TypeParam;
    for (const Index samples : {5, 20, 25, 60, 200}) {
        const Panels<T> a(random_matrix<T>(27, samples, 1));
        const Panels<T> b(random_matrix<T>(samples, 37, 2));
        for (Index begin = 0; begin < a.panels(); begin += 2) {
            for (Index end = begin + 1; end <= a.panels(); end += 3) {
                for (const IndexRange& rows :
                     {IndexRange{0, 1}, IndexRange{3, 20}, IndexRange{26, 27}, IndexRange{9, 9}}) {
                    for (const bool add : {false, true}) {
                        Matrix<T> expected = Matrix<T>::Constant(27, 37, T(77));
                        over_panels_by_hand(a, b, {begin, end}, rows, add, expected);
                        Matrix<T> product = Matrix<T>::Constant(27, 37, T(77));
                        multiply_over_panels(a, b, {begin, end}, rows, add, product);
                        ASSERT_TRUE(same_bits(product, expected)) << samples << " " << begin << " " << end;
                    }
                }
            }
        }
    }
}

TEST(PlainProduct, IsTheSumOfFusedProductsInOrderThenTheBias) {
    const Matrix<float> a = random_matrix<float>(3, 11, 1);
    const Matrix<float> b = random_matrix<float>(11, 5, 2);
    const Matrix<float> bias = random_matrix<float>(3, 1, 3);
    Panels<float> by_panels = unwritten<float>(3, 5);
    multiply_plainly(as_is(a), Panels<float>(b), bias.data(), by_panels, {0, 1});
    for (Index i = 0; i < 3; ++i) {
        for (Index j = 0; j < 5; ++j) {
            float sum = 0;
            for (Index k = 0; k < 11; ++k) sum = std::fma(a(i, k), b(k, j), sum);
            EXPECT_EQ(by_panels(i, j), sum + bias(i));
        }
    }
}

/// The tables of the instruction sets that this processor has.
template <class T>
std::vector<Kernels<T>> tables() {
    std::vector<Kernels<T>> found;
    for (const Isa isa : usable_isas()) found.push_back(kernels_of<T>(isa));
    return found;
}

/// All panels by the functions for one panel and for half of one, or two at a time by that for two.
template <class T>
void multiply_by(const Kernels<T>& kernels, bool by_twos, const Strided<T>& a, const Panels<T>& b, const T* bias,
                 Panels<T>& c) {
    for (Index p = 0; p < b.panels(); ++p) {
        const PanelProduct<T> product{a,    c.rows(),   b.rows(),     b.panel(p), b.rows() * 16,
                                      bias, c.panel(p), c.rows() * 16};
        if (b.width(p) == 8) {
            kernels.multiply.half(product);
        } else if (by_twos && p + 1 < b.panels() && b.width(p + 1) == 16) {
            kernels.multiply.two(product);
            ++p;
        } else {
            kernels.multiply.one(product);
        }
    }
}

template <class T>
void multiply_over_samples_by(const Kernels<T>& kernels, bool by_twos, const Panels<T>& a, const Panels<T>& b, bool add,
                              Matrix<T>& c) {
    for (Index p = 0; p < b.panels(); ++p) {
        SampleProduct<T> product{a.panel(0),    a.rows() * 16, a.columns(),   a.width(a.panels() - 1),
                                 b.panel(p),    b.rows() * 16, {0, a.rows()}, add,
                                 &c(0, 16 * p), c.cols(),      b.count(p)};
        if (b.width(p) == 8) {
            kernels.over_samples.half(product);
        } else if (by_twos && p + 1 < b.panels() && b.width(p + 1) == 16) {
            product.columns += b.count(++p);
            kernels.over_samples.two(product);
        } else {
            kernels.over_samples.one(product);
        }
    }
}

template <class T>
class ProductKernels : public testing::Test {};
TYPED_TEST_SUITE(ProductKernels, FastScalars);

TYPED_TEST(ProductKernels, OfEveryInstructionSetEqualThePlainLoopBitForBit) {
    using T = TypeParam;
    for (const Kernels<T>& kernels : tables<T>()) {
        for_each_shape<T>([&](Index rows, Index depth, Index columns) {
            const Matrix<T> a = random_matrix<T>(rows, depth, 1);
            const Panels<T> b(random_matrix<T>(depth, columns, 2));
            const Matrix<T> bias = random_matrix<T>(rows, 1, 3);
            Panels<T> expected = unwritten<T>(rows, columns);
            multiply_plainly(as_is(a), b, bias.data(), expected, {0, b.panels()});
            for (const bool by_twos : {false, true}) {
                if (by_twos && kernels.multiply.two == nullptr) continue;
                Panels<T> product = unwritten<T>(rows, columns);
                multiply_by(kernels, by_twos, as_is(a), b, bias.data(), product);
                ASSERT_TRUE(same_bits(to_matrix(product), to_matrix(expected)))
                    << rows << " " << depth << " " << columns;
            }
        });
    }
}

TYPED_TEST(ProductKernels, OverSamplesOfEveryInstructionSetEqualThePlainLoopBitForBit) {
    using T = TypeParam;
    for (const Kernels<T>& kernels : tables<T>()) {
        for_each_shape<T>([&](Index rows, Index samples, Index columns) {
            const Panels<T> a(random_matrix<T>(rows, samples, 1));
            const Panels<T> b(random_matrix<T>(samples, columns, 2));
            for (const bool add : {false, true}) {
                Matrix<T> expected = Matrix<T>::Ones(rows, columns);
                over_panels_by_hand(a, b, {0, a.panels()}, {0, rows}, add, expected);
                for (const bool by_twos : {false, true}) {
                    if (by_twos && kernels.over_samples.two == nullptr) continue;
                    Matrix<T> product = Matrix<T>::Ones(rows, columns);
                    multiply_over_samples_by(kernels, by_twos, a, b, add, product);
                    ASSERT_TRUE(same_bits(product, expected)) << rows << " " << samples << " " << columns;
                }
            }
        });
    }
}

TYPED_TEST(ProductKernels, TwoPanelsComeWithAFunctionForEachKindOfProduct) {
    for (const Kernels<TypeParam>& kernels : tables<TypeParam>()) {
        EXPECT_EQ(kernels.multiply.two != nullptr, kernels.over_samples.two != nullptr);
    }
}

}  // namespace
}  // namespace bnrun
