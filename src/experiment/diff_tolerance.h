// How far two values may be apart and still count as the same, for all columns or for some.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bnrun {

/// Equal is |a-b| <= absolute + relative * max(|a|, |b|); NaN equals NaN, an infinity the same infinity.
struct Tolerance {
    double relative = 0;
    double absolute = 0;

    [[nodiscard]] bool holds(double a, double b) const;
};

/// What `--rtol` and `--atol` say, in their order.
class Tolerances {
  public:
    Tolerances() = default;
    Tolerances(double relative, double absolute);  ///< of every column

    /// @param texts each `X`, of every column, or `COLUMN=X`, where COLUMN may begin with its table,
    /// `epochs.test_error`, and end in `*`. Throws ConfigError naming `option`: no number, a negative one.
    void add(const char* option, double Tolerance::*part, const std::vector<std::string>& texts);

    /// Of a column, by the last one given that fits; it then counts as used.
    [[nodiscard]] Tolerance of(std::string_view table, std::string_view column) const;

    /// Throws ConfigError naming the first that fitted no column, which is a name misspelled.
    void check_all_used() const;

  private:
    struct Rule {
        std::string table;   ///< empty: any
        std::string column;  ///< empty: any; may end in `*`
        double Tolerance::*part = nullptr;
        double value = 0;
        std::string given;
        mutable bool is_used = false;
    };
    [[nodiscard]] static bool fits(const Rule& rule, std::string_view table, std::string_view column);

    std::vector<Rule> rules_;
};

}  // namespace bnrun
