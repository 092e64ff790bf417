#include "math/transpose.h"

#include <gtest/gtest.h>

#include "support/matrices.h"

namespace bnrun {
namespace {

template <class T>
class Transpose : public testing::Test {};
TYPED_TEST_SUITE(Transpose, Scalars);

TYPED_TEST(Transpose, TurnsAnyShapeAndLeavesWhatIsBesideItAlone) {
    using T = TypeParam;
    for (Index rows = 1; rows <= 37; ++rows) {
        for (const Index columns : {1, 2, 7, 8, 9, 15, 16, 17, 21, 24, 31}) {
            for (const Index gap : {0, 3}) {
                const Matrix<T> in = normal_matrix(rows, columns + gap, 0, 1).cast<T>();
                Matrix<T> out = Matrix<T>::Constant(columns, rows + gap, T(77));
                transpose(in.data(), columns + gap, rows, columns, out.data(), rows + gap);
                Matrix<T> expected = Matrix<T>::Constant(columns, rows + gap, T(77));
                expected.leftCols(rows) = in.leftCols(columns).transpose();
                EXPECT_EQ(out, expected) << rows << "x" << columns;
            }
        }
    }
}

}  // namespace
}  // namespace bnrun
