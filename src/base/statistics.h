// What runs of one setting have in common: the mean and how far they spread.
#pragma once

#include <string>
#include <vector>

namespace bnrun {

struct Spread {
    std::size_t count = 0;
    double mean = 0;
    double deviation = 0;  ///< of the sample; 0 below two values
};

/// Of the finite values.
Spread spread_of(const std::vector<double>& values);

/// `0.0675 ± 0.0008`, `0.0675`, or a dash where there is none.
std::string spread_text(const Spread& spread);

}  // namespace bnrun
