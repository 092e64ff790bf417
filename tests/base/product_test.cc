#include "base/product.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "base/transpose.h"

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
    for (const Index rows : {1, 5, 13, 24}) {
        for (const Index columns : {1, 8, 15, 33}) {
            const Matrix<T> b = random_matrix<T>(19, columns, 2);
            const Matrix<T> straight = random_matrix<T>(rows, 19, 1);
            const Matrix<T> turned = straight.transpose();
            Matrix<T> expected(rows, columns);
            multiply_plainly(as_is(straight), b, expected, {0, rows});
            for (const Index cut : {Index{0}, rows / 2, rows / 3}) {
                Matrix<T> whole(rows, columns);
                multiply(as_is(straight), b, whole, {0, cut});
                multiply(as_is(straight), b, whole, {cut, rows});
                EXPECT_EQ(whole, expected);
                multiply(transposed(turned), b, whole, {0, cut});
                multiply(transposed(turned), b, whole, {cut, rows});
                EXPECT_EQ(whole, expected);
            }
        }
    }
}

TYPED_TEST(Product, TransposesAnyShape) {
    const Matrix<TypeParam> in = random_matrix<TypeParam>(37, 21, 3);
    Matrix<TypeParam> out(21, 37);
    transpose(in, out, {0, 19});
    transpose(in, out, {19, 37});
    EXPECT_EQ(out, in.transpose());
}

}  // namespace
}  // namespace bnrun
