// Numbers as they are written in decimal, so that steps from one to another are exact.
#pragma once

#include <optional>
#include <string>

namespace bnrun {

__extension__ using Int128 = __int128;

/// digits * 10^exponent
struct Decimal {
    Int128 digits = 0;
    int exponent = 0;  ///< the largest that there is; 0 of the number 0
};

/// Of a number's text, such as `-0.5e-3`, that is known to be that of a finite double. None where it has more
/// than 36 significant digits.
std::optional<Decimal> decimal_of(const std::string& text);

/// The digits of the same number for another exponent, which is no larger. None where there are more than 36.
std::optional<Int128> digits_for(const Decimal& number, int exponent);

/// The double nearest to it.
double to_double(const Decimal& number);

}  // namespace bnrun
