#include "settings/field.h"

#include <gtest/gtest.h>

#include "settings/field_makers.h"

namespace bnrun {
namespace {

TEST(Expectation, SaysKindLimitsAndWhetherNullIsTaken) {
    const Field number = always("x", FieldKind::kNumber, "");
    const Field whole = always("x", FieldKind::kInteger, "");
    EXPECT_EQ(expectation(number), "a number");
    EXPECT_EQ(expectation(positive(number)), "a number above 0");
    EXPECT_EQ(expectation(share(number)), "a number of at least 0 and below 1");
    EXPECT_EQ(expectation(between(whole, 1, 65536)), "a whole number of at least 1 and at most 65536");
    EXPECT_EQ(expectation(between(whole, 0, 9223372036854775807.0)), "a whole number of at least 0 and at most 2^63-1");
    EXPECT_EQ(expectation(or_default(between(whole, 1, 2))), "a whole number of at least 1 and at most 2 (or null)");
    EXPECT_EQ(expectation(between(always("x", FieldKind::kIntegers, ""), 1, 9)),
              "a list of whole numbers of at least 1 and at most 9");
    Field choices = always("x", FieldKind::kChoice, "");
    choices.choices = {"a", "b"};
    EXPECT_EQ(expectation(choices), "one of a, b");
    choices.kind = FieldKind::kChoices;
    EXPECT_EQ(expectation(choices), "a list, each once, of a, b");
}

}  // namespace
}  // namespace bnrun
