// The matrix products that nearly all of a run's time is spent in. Every entry is a chain of fused multiply-adds that
// starts from 0, in one order: the result does not depend on threads, panels asked for, or vector width.
#pragma once

#include "math/matrix.h"
#include "math/panels.h"

namespace bnrun {

/// Of a product's left operand, what stays in a core's second cache while panel after panel goes over it. Of a larger
/// one each part meets all panels that are asked for before the next part does.
inline constexpr Index kCachedBytes = Index{1} << 18;

/// The given panels of c (m, n) = a (m, depth) b (depth, n), over k = 0, 1, …; then bias(i) is added to row i.
/// @param bias (m), or null.
template <class T>
void multiply(const Strided<T>& a, const Panels<T>& b, const T* bias, Panels<T>& c, IndexRange panels);

/// The given rows of c (m, n) = a (m, samples) b (samples, n), over the samples in the given panels of a, in order.
/// @param add the sum is added to what c holds.
template <class T>
void multiply_over_panels(const Panels<T>& a, const Panels<T>& b, IndexRange panels, IndexRange rows, bool add,
                          Matrix<T>& c);

/// The same two, written plainly: what the others are tested against, and what long double has.
template <class T>
void multiply_plainly(const Strided<T>& a, const Panels<T>& b, const T* bias, Panels<T>& c, IndexRange panels);
template <class T>
void multiply_over_panels_plainly(const Panels<T>& a, const Panels<T>& b, IndexRange panels, IndexRange rows, bool add,
                                  Matrix<T>& c);

}  // namespace bnrun
