// z = A^T A v, the step that the spectral norm's time goes into, at the speed of the cache A lies in.
#pragma once

#include <vector>

#include "math/matrix.h"

namespace bnrun {

/// A matrix whose rows begin and end with a cache line: the one given, or a copy with rows filled up with zeros.
template <class T>
class GramProduct {
  public:
    /// A (rows, columns), which is to stay as it is meanwhile. Returns its largest magnitude; NaN where there is one.
    T take(const Matrix<T>& a);

    /// From now on A times a power of two, so that nothing is rounded.
    void scale(T power_of_two);

    /// z = A^T (A v), each of the size columns. The dot product of a row and v has sixteen partial sums of fused
    /// multiply-adds, halves added to halves; z adds up the rows in their order: the same bits on every machine.
    void multiply(const std::vector<double>& v, std::vector<double>& z);

    /// The same, written plainly: what `multiply` is tested against.
    void multiply_plainly(const std::vector<double>& v, std::vector<double>& z) const;

    /// |A y|^2 in float64.
    [[nodiscard]] double squared_image(std::vector<double> y) const;

  private:
    /// Whole cache lines, as machine vectors are read fastest.
    using Values = std::vector<T, Eigen::aligned_allocator<T>>;

    Index rows_ = 0;
    Index columns_ = 0;
    Index step_ = 0;  ///< columns, filled up
    const T* a_ = nullptr;
    Values copy_;
    Values v_;
    Values z_;
};

}  // namespace bnrun
