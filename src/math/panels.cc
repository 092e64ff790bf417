#include "math/panels.h"

#include <algorithm>
#include <cassert>

#include "math/transpose.h"

namespace bnrun {

template <class T>
Panels<T>::Panels(const Matrix<T>& matrix) {
    resize(matrix.rows(), matrix.cols());
    for (Index p = 0; p < panels(); ++p) {
        T* to = panel(p);
        for (Index row = 0; row < rows_; ++row, to += width(p)) {
            std::copy_n(matrix.data() + row * columns_ + p * kWidth, count(p), to);
        }
    }
}

template <class T>
void Panels<T>::resize(Index rows, Index columns) {
    rows_ = rows;
    columns_ = columns;
    const Index values = rows * panels() * kWidth;
    const auto lines = static_cast<std::size_t>((values + kLine - 1) / kLine);
    if (lines > lines_.size()) lines_.resize(lines);
}

template <class T>
Index Panels<T>::count(Index panel) const {
    return std::min(kWidth, columns_ - panel * kWidth);
}

template <class T>
T Panels<T>::operator()(Index row, Index column) const {
    const Index p = column / kWidth;
    return panel(p)[row * width(p) + column % kWidth];
}

template <class T>
void Panels<T>::transpose_panel(Index panel, Panels& to) const {
    assert(to.rows_ == columns_ && to.columns_ == rows_);
    const T* const from = this->panel(panel);
    const Index step = width(panel);
    for (Index p = 0; p < to.panels(); ++p) {
        const Index to_step = to.width(p);
        transpose(from + p * kWidth * step, step, to.count(p), count(panel), to.panel(p) + panel * kWidth * to_step,
                  to_step);
    }
}

template <class T>
Matrix<T> to_matrix(const Panels<T>& panels) {
    Matrix<T> matrix(panels.rows(), panels.columns());
    for (Index p = 0; p < panels.panels(); ++p) {
        const T* from = panels.panel(p);
        for (Index row = 0; row < panels.rows(); ++row, from += panels.width(p)) {
            std::copy_n(from, panels.count(p), matrix.data() + row * panels.columns() + p * Panels<T>::kWidth);
        }
    }
    return matrix;
}

IndexRange panels_of_part(Index columns, Index part, Index parts) {
    const Index panels = panels_of(columns);
    const auto bound = [&](Index i) {
        if (i >= parts) return panels;
        const Index nearest = (columns * i / parts + kPanelWidth / 2) / kPanelWidth;
        return std::min(panels, std::max(nearest, i));
    };
    return {bound(part), bound(part + 1)};
}

#define BNRUN_PANELS(T)       \
    template class Panels<T>; \
    template Matrix<T> to_matrix(const Panels<T>&);
BNRUN_PANELS(float)
BNRUN_PANELS(double)
BNRUN_PANELS(long double)

}  // namespace bnrun
