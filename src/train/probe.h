// What is seen of a network at one iteration: gradient norms and activation ranges.
#pragma once

#include "base/config.h"
#include "base/record.h"
#include "math/thread_team.h"
#include "nn/network.h"

namespace bnrun {

/// `spectral`: the largest singular value. `frobenius`: root of the sum of squares. `rms`: of the mean square.
template <class T>
double gradient_norm(Norm norm, const Matrix<T>& gradient);

/// Fills the record's norms after a forward and a backward pass.
template <class T>
void observe_gradients(const Network<T>& network, Norm norm, ThreadTeam& team, IterationRecord& record);

/// Fills the record's ranges after a forward pass.
template <class T>
void observe_activations(const Network<T>& network, IterationRecord& record);

}  // namespace bnrun
