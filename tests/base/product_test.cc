#include "base/product.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "base/transpose.h"
#include "support/matrices.h"

namespace bnrun {
namespace {

template <class T>
Matrix<T> random_matrix(Index rows, Index columns, std::uint32_t number) {
    Random random(5, Stream::kCheck, number);
    Matrix<T> matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = static_cast<T>(random.normal());
    return matrix;
}

template <class T>
class Product : public testing::Test {};
using Scalars = testing::Types<float, double, long double>;
TYPED_TEST_SUITE(Product, Scalars);

TYPED_TEST(Product, EqualsThePlainLoopBitForBitHoweverTheRowsAreSplit) {
    using T = TypeParam;
    for (const Index rows : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 24}) {
        for (const Index columns : {1, 8, 15, 33}) {
            const Matrix<T> b = random_matrix<T>(19, columns, 2);
            const Panels<T> right(b);
            const Matrix<T> straight = random_matrix<T>(rows, 19, 1);
            const Matrix<T> turned = straight.transpose();
            Matrix<T> expected(rows, columns);
            multiply_plainly(as_is(straight), b, expected, {0, rows});
            for (const Index cut : {Index{0}, rows / 2, rows / 3}) {
                Matrix<T> whole(rows, columns);
                multiply(as_is(straight), right, whole, {0, cut});
                multiply(as_is(straight), right, whole, {cut, rows});
                EXPECT_EQ(whole, expected);
                multiply(transposed(turned), right, whole, {0, cut});
                multiply(transposed(turned), right, whole, {cut, rows});
                EXPECT_EQ(whole, expected);
            }
        }
    }
}

template <class T>
void expect_panels_to_hold_what_they_take(Writes writes, Index columns, Index cut) {
    const Matrix<T> matrix = random_matrix<T>(21, columns, 3);
    Panels<T> panels;
    panels.resize(21, columns, writes);
    panels.take(matrix, {0, 9});
    panels.take(matrix, {9, 21});
    EXPECT_EQ(values_in(panels), matrix);
    const Matrix<T> other = random_matrix<T>(columns, 21, 4);
    panels.take_transposed(other, {0, cut});
    panels.take_transposed(other, {cut, columns});
    EXPECT_EQ(values_in(panels), other.transpose());
}

TYPED_TEST(Product, PanelsHoldTheMatrixTheyTookInParts) {
    for (const Writes writes : {Writes::kCached, Writes::kStreamed}) {
        for (const Index columns : {1, 7, 16, 33, 100}) {
            for (const Index cut : {Index{0}, Index{5}, columns / 2}) {
                expect_panels_to_hold_what_they_take<TypeParam>(writes, columns, std::min(cut, columns));
            }
        }
    }
}

TEST(Panels, AreStreamedWhereSeveralThreadsOfAnAmdProcessorReadThem) {
    EXPECT_EQ(fastest_writes(1), Writes::kCached);
    const Writes of_several = __builtin_cpu_is("amd") != 0 ? Writes::kStreamed : Writes::kCached;
    for (const int threads : {2, 3, 16}) EXPECT_EQ(fastest_writes(threads), of_several) << threads;
}

TYPED_TEST(Product, TransposesAnyShape) {
    const Matrix<TypeParam> in = random_matrix<TypeParam>(37, 21, 3);
    Matrix<TypeParam> out(21, 37);
    transpose(in.data(), 21, 37, 21, out.data(), 37);
    EXPECT_EQ(out, in.transpose());
}

}  // namespace
}  // namespace bnrun
