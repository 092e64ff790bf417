#include "base/json_watch.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace bnrun {
namespace {

/// The fault and the keys that lead to it, or "" where none is found.
std::string first_fault(std::string_view text) {
    const auto refuse = [](JsonFault fault, const std::vector<std::string>& path) {
        std::string found = std::to_string(static_cast<int>(fault));
        for (const std::string& key : path) found += " " + key;
        throw DataError(found);
    };
    try {
        watch_json(text, {3, 2}, refuse);
    } catch (const DataError& error) {
        return error.what();
    }
    return "";
}

std::string named(JsonFault fault, const std::string& keys) {
    return std::to_string(static_cast<int>(fault)) + " " + keys;
}

TEST(JsonWatch, GoesOnAfterValuesOfEveryKind) {
    for (const char* value : {"null", "true", "false", "1", "-1", "1.5", "\"text\"", "[]", "{}"}) {
        const std::string before = std::string(R"({"a": )") + value + R"(, "b": )";
        EXPECT_EQ(first_fault(before + "1}"), "") << value;
        EXPECT_EQ(first_fault(before + R"({"c": 1, "c": 2}})"), named(JsonFault::kKeyTwice, "b c")) << value;
        EXPECT_EQ(first_fault(before + R"([{"c": {"d": 1}}]})"), named(JsonFault::kTooDeep, "b c")) << value;
        EXPECT_EQ(first_fault(before + R"(1, "c": 1})").substr(0, 1),
                  std::to_string(static_cast<int>(JsonFault::kTooManyKeys)))
            << value;
    }
}

}  // namespace
}  // namespace bnrun
