// Turns bytes into network inputs: scaling to [0, 1], then one of the five preprocessings.
#pragma once

#include <cstdint>
#include <vector>

#include "base/config.h"
#include "data/dataset.h"
#include "data/distort.h"
#include "math/matrix.h"
#include "math/panels.h"
#include "math/thread_team.h"

namespace bnrun {

/// x -> matrix (x - mean) / deviation, fitted on a training set in [0, 1]; an empty matrix is the identity.
struct Transform {
    Vector<double> mean;       ///< (features)
    Vector<double> deviation;  ///< (features)
    Matrix<double> matrix;     ///< (features, features) or empty
};

/// `pca` and `zca` whiten with 1e-2 added to every eigenvalue of the covariance (n-1) and keep every dimension.
Transform fit_transform(const Split& train, Index features, Preprocess preprocess, ThreadTeam& team);

/// A split as network inputs. Keeps a reference to the split's bytes unless the transform has a matrix.
template <class T>
class Inputs {
  public:
    Inputs(const Split& split, Index features, const Transform& transform, ThreadTeam& team);

    /// The given samples' inputs, as x (features, count).
    void gather(const std::uint32_t* samples, Index count, ThreadTeam& team, Panels<T>& x) const;

    /// The same of images distorted as the epoch has them; the transform, fitted on images as they are, comes after.
    void gather_distorted(const std::uint32_t* samples, Index count, const Distortion& distortion, std::int64_t epoch,
                          ThreadTeam& team, Panels<T>& x) const;

  private:
    template <class FillPanel>
    void share_panels(const std::uint32_t* samples, Index count, ThreadTeam& team, Panels<T>& x,
                      const FillPanel& fill_panel) const;
    void prefetch(Index sample) const;
    void fill(Index sample, T* out) const;
    void gather_panel(const std::uint32_t* samples, Index panel, Panels<T>& x) const;
    void distort_panel(const std::uint32_t* samples, Index panel, const Distortion& distortion, std::int64_t epoch,
                       Panels<T>& x) const;
    void whiten_panel(Index panel, Panels<T>& x) const;

    const Split* split_;
    Index features_;
    Vector<double> mean_;
    Vector<double> deviation_;
    bool scales_only_;            ///< no mean, no deviation
    std::vector<double> scaled_;  ///< byte / 255
    Matrix<double> matrix_;       ///< the transform's
    Matrix<T> whitened_;          ///< (samples, features) or empty
};

}  // namespace bnrun
