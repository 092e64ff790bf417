#include "base/columns.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

TEST(Columns, TextIsCutToThem) {
    EXPECT_EQ(first_columns("epoch 1/2", 5), "epoch");
    EXPECT_EQ(first_columns("epoch", 5), "epoch");
    EXPECT_EQ(first_columns("epoch", 80), "epoch");
    EXPECT_EQ(first_columns("epoch", 0), "");
    EXPECT_EQ(first_columns("", 3), "");
}

TEST(Columns, NoCharacterIsCutInTwo) {
    const std::string text = "a\u00e9\u2026\U0001F600b";
    EXPECT_EQ(columns_of(text), 5U);
    const char* const beginnings[] = {"", "a", "a\u00e9", "a\u00e9\u2026", "a\u00e9\u2026\U0001F600"};
    for (std::size_t columns = 0; columns < 5; ++columns) {
        EXPECT_EQ(first_columns(text, columns), beginnings[columns]);
        EXPECT_EQ(columns_of(first_columns(text, columns)), columns);
    }
}

}  // namespace
}  // namespace bnrun
