#include "math/panels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "support/matrices.h"

namespace bnrun {
namespace {

template <class T>
class PanelsOf : public testing::Test {};
TYPED_TEST_SUITE(PanelsOf, Scalars);

TYPED_TEST(PanelsOf, AMatrixHoldItsValuesInTheirPlaces) {
    using T = TypeParam;
    for (const Index rows : {1, 5, 21}) {
        for (Index columns = 1; columns <= 70; ++columns) {
            const Matrix<T> matrix = normal_matrix(rows, columns, 0, 1).cast<T>();
            const Panels<T> panels(matrix);
            EXPECT_EQ(panels.rows(), rows);
            EXPECT_EQ(panels.columns(), columns);
            EXPECT_EQ(to_matrix(panels), matrix) << columns;
            EXPECT_EQ(values_in(panels), matrix) << columns;
        }
    }
}

TYPED_TEST(PanelsOf, AnySizeAreSixteenWideButForAHalfAtTheEnd) {
    for (Index columns = 1; columns <= 70; ++columns) {
        Panels<TypeParam> panels;
        panels.resize(3, columns);
        EXPECT_EQ(panels.panels(), (columns + 15) / 16);
        Index counted = 0;
        for (Index p = 0; p < panels.panels(); ++p) {
            const Index left = columns - counted;
            EXPECT_EQ(panels.width(p), left <= 8 ? 8 : 16) << columns << " " << p;
            EXPECT_EQ(panels.count(p), std::min<Index>(left, 16)) << columns << " " << p;
            EXPECT_EQ(panels.panel(p) - panels.panel(0), 16 * 3 * p);
            counted += panels.count(p);
        }
        EXPECT_EQ(counted, columns);
    }
}

/// A panel's rows follow each other, and a row's values are side by side.
TYPED_TEST(PanelsOf, AMatrixAreLaidOutByHand) {
    using T = TypeParam;
    Matrix<T> matrix(2, 18);
    for (Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = static_cast<T>(i);
    const Panels<T> panels(matrix);
    for (Index i = 0; i < 16; ++i) {
        EXPECT_EQ(panels.panel(0)[i], static_cast<T>(i));
        EXPECT_EQ(panels.panel(0)[16 + i], static_cast<T>(18 + i));
    }
    EXPECT_EQ(panels.panel(1)[0], T(16));
    EXPECT_EQ(panels.panel(1)[1], T(17));
    EXPECT_EQ(panels.panel(1)[8], T(34));
    EXPECT_EQ(panels.panel(1)[9], T(35));
}

TYPED_TEST(PanelsOf, AnySizeBeginWithACacheLine) {
    Panels<TypeParam> panels;
    for (const Index rows : {1, 3, 100}) {
        panels.resize(rows, 33);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(panels.panel(0)) % 64, 0U);
        const Panels<TypeParam> copy = panels;
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(copy.panel(0)) % 64, 0U);
    }
}

TYPED_TEST(PanelsOf, OneSizeCanBecomeAnother) {
    using T = TypeParam;
    Panels<T> panels(Matrix<T>::Ones(9, 40));
    for (const auto& [rows, columns] : {std::pair<Index, Index>{3, 5}, {40, 9}, {1, 1}, {17, 100}}) {
        panels.resize(rows, columns);
        const Matrix<T> matrix = normal_matrix(rows, columns, 0, 1).template cast<T>();
        for (Index p = 0; p < panels.panels(); ++p) {
            for (Index row = 0; row < rows; ++row) {
                for (Index i = 0; i < panels.count(p); ++i) {
                    panels.panel(p)[row * panels.width(p) + i] = matrix(row, 16 * p + i);
                }
            }
        }
        EXPECT_EQ(to_matrix(panels), matrix);
    }
    EXPECT_EQ(Panels<T>().panels(), 0);
}

TYPED_TEST(PanelsOf, AMatrixTransposedPanelByPanelAreItsTranspose) {
    using T = TypeParam;
    for (const Index rows : {1, 7, 8, 9, 16, 17, 40}) {
        for (Index columns = 1; columns <= 50; ++columns) {
            const Matrix<T> matrix = normal_matrix(rows, columns, 0, 1).cast<T>();
            const Panels<T> panels = poisoned_panels(matrix);
            Panels<T> turned(Matrix<T>::Constant(columns, rows, T(77)));
            for (Index p = panels.panels(); p-- > 0;) panels.transpose_panel(p, turned);
            EXPECT_EQ(to_matrix(turned), matrix.transpose()) << rows << " " << columns;
        }
    }
}

TYPED_TEST(PanelsOf, AMatrixTransposeTheGivenPanelOnly) {
    using T = TypeParam;
    const Matrix<T> matrix = normal_matrix(20, 40, 0, 1).cast<T>();
    const Panels<T> panels(matrix);
    Panels<T> turned(Matrix<T>::Constant(40, 20, T(77)));
    panels.transpose_panel(1, turned);
    Matrix<T> expected = Matrix<T>::Constant(40, 20, T(77));
    expected.middleRows(16, 16) = matrix.middleCols(16, 16).transpose();
    EXPECT_EQ(to_matrix(turned), expected);
}

TEST(PanelsOfPart, CoverEveryPanelOnceInOrder) {
    for (Index columns = 1; columns <= 400; ++columns) {
        for (Index parts = 1; parts <= 9; ++parts) {
            Index next = 0;
            for (Index part = 0; part < parts; ++part) {
                const IndexRange panels = panels_of_part(columns, part, parts);
                EXPECT_EQ(panels.begin, next) << columns << " in " << parts;
                EXPECT_LE(panels.begin, panels.end) << columns << " in " << parts;
                next = panels.end;
            }
            EXPECT_EQ(next, (columns + 15) / 16) << columns << " in " << parts;
        }
    }
}

/// Where parts cannot begin within a panel, they begin at the panel that is next.
TEST(PanelsOfPart, HoldNearlyTheSameNumberOfColumns) {
    for (Index columns = 1; columns <= 400; ++columns) {
        for (Index parts = 1; parts <= 9; ++parts) {
            for (Index part = 0; part < parts; ++part) {
                const IndexRange panels = panels_of_part(columns, part, parts);
                const Index held = std::min(columns, 16 * panels.end) - std::min(columns, 16 * panels.begin);
                EXPECT_LE(std::abs(held * parts - columns), 16 * parts) << columns << " in " << parts;
            }
        }
    }
}

TEST(PanelsOfPart, BeyondTheLastPartAreNone) {
    for (const Index columns : {1, 8, 16, 200}) {
        for (const Index part : {3, 4, 9}) EXPECT_TRUE(panels_of_part(columns, part, 3).empty()) << columns;
    }
    EXPECT_TRUE(panels_of_part(0, 0, 1).empty());
}

}  // namespace
}  // namespace bnrun
