#include "settings/decimal.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

void expect_decimal(const std::string& text, long long digits, int exponent) {
    const auto number = decimal_of(text);
    ASSERT_TRUE(number.has_value()) << text;
    EXPECT_TRUE(number->digits == digits) << text;
    EXPECT_EQ(number->exponent, exponent) << text;
}

TEST(Decimal, IsTheSameNumberHoweverItIsWritten) {
    for (const char* text : {"1200", "1200.0", "1.2e3", "1.2e+3", "12E+02", "0.0012e6", "120000e-2"}) {
        expect_decimal(text, 12, 2);
    }
    expect_decimal("-0.5e-3", -5, -4);
    for (const char* text : {"0", "-0", "0.000", "0e7", "0.0e+300"}) expect_decimal(text, 0, 0);
}

TEST(Decimal, HasAtMostThirtySixDigits) {
    const std::string digits(36, '7');
    EXPECT_TRUE(decimal_of(digits).has_value());
    EXPECT_TRUE(decimal_of(digits + "000").has_value());  // noughts at the end are the exponent's
    EXPECT_FALSE(decimal_of(digits + "7").has_value());
    EXPECT_FALSE(decimal_of("0." + digits + "7").has_value());
}

TEST(Decimal, DigitsForAnotherExponentAreThoseOfTheSameNumberUnlessThereAreTooMany) {
    EXPECT_TRUE(digits_for({12, 2}, 0).value() == 1200);
    EXPECT_TRUE(digits_for({-12, 2}, 2).value() == -12);
    EXPECT_TRUE(digits_for({0, 0}, -400).value() == 0);
    EXPECT_TRUE(digits_for({9, 35}, 0).has_value());
    for (const int digit : {9, -9}) EXPECT_FALSE(digits_for({digit, 36}, 0).has_value()) << digit;
}

TEST(Decimal, BecomesTheNearestDouble) {
    for (const char* text : {"0.1", "-2.5e-3", "1e+22", "123456789.125", "0"}) {
        EXPECT_EQ(to_double(decimal_of(text).value()), std::stod(text)) << text;
    }
}

}  // namespace
}  // namespace bnrun
