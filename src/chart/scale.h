// Maps values to places along an axis, linearly or by their logarithm, and finds round values to mark there.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bnrun {

/// Three significant digits, as short as they can be: `0.812`, `4.1e-7`; `NaN`, `Inf`, `-Inf`.
std::string number_label(double value, int digits = 3);

/// The smallest and the largest of those values that an axis can hold.
class Extent {
  public:
    void add(double value);           ///< finite values only count
    void add_positive(double value);  ///< finite and above 0
    [[nodiscard]] bool empty() const { return low_ > high_; }
    [[nodiscard]] double low() const { return low_; }
    [[nodiscard]] double high() const { return high_; }

    /// Whether it has to be drawn on a log scale to show its lower part: above 0, and over a factor of more than 50.
    [[nodiscard]] bool is_wide() const { return low_ > 0 && high_ > 50 * low_; }

  private:
    double low_ = 1;
    double high_ = 0;
};

enum class ScaleKind { kLinear, kLog };

/// Of the values that a scale of the kind can hold, all but those far beyond the middle 96 % of them (by more than
/// their span, or a factor of 10 on a log scale), so that a run that diverged does not flatten the others.
Extent central_extent(std::vector<double> values, ScaleKind kind);

struct Tick {
    double value = 0;
    std::string label;
};

/// From values low…high to places from…to, which may run backward, as heights in a picture do.
class Scale {
  public:
    /// Ends that an axis cannot have are moved to the nearest that it can: up to 1e301, on a log scale from 1e-301, and
    /// apart.
    Scale(ScaleKind kind, double low, double high, double from, double to);

    /// Widened to round values at both ends; 0…1 (linear) or 0.1…1 (log) where the extent is empty.
    static Scale rounded(ScaleKind kind, const Extent& extent, double from, double to);

    /// The same values at other places.
    [[nodiscard]] Scale placed(double from, double to) const { return {kind_, low_, high_, from, to}; }

    /// None where the value has no place: not finite or, on a log scale, not above 0. Beyond the ends: outside.
    [[nodiscard]] std::optional<double> at(double value) const;

    /// Round values, at most about as many as asked for.
    [[nodiscard]] std::vector<Tick> ticks(int most) const;

    [[nodiscard]] ScaleKind kind() const { return kind_; }
    [[nodiscard]] double low() const { return low_; }
    [[nodiscard]] double high() const { return high_; }
    [[nodiscard]] double from() const { return from_; }
    [[nodiscard]] double to() const { return to_; }

  private:
    ScaleKind kind_;
    double low_;
    double high_;
    double from_;
    double to_;
};

}  // namespace bnrun
