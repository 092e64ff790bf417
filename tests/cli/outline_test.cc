// What is read off the parser for completion and man page.
#include "cli/outline.h"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace bnrun {
namespace {

OptionOutline outline_of_option(const std::function<void(CLI::App&)>& add) {
    CLI::App app;
    app.set_help_flag();
    add(app);
    return outline_of(app).front().options.at(0);
}

TEST(Outline, AFlagTakesNothing) {
    bool force = false;
    const OptionOutline option =
        outline_of_option([&](CLI::App& app) { app.add_flag("-f,--force", force, "replace"); });
    EXPECT_EQ(option.flags, (std::vector<std::string>{"-f", "--force"}));
    EXPECT_EQ(option.value, "");
    EXPECT_EQ(option.takes, Takes::kNothing);
    EXPECT_EQ(option.description, "replace");
}

TEST(Outline, TheNameOfAValueSaysWhatItTakes) {
    const std::vector<std::pair<const char*, Takes>> expected{
        {"FILE", Takes::kFile},  {"PATH", Takes::kFile},         {"DIR", Takes::kDirectory},
        {"N", Takes::kAnything}, {"KEY=VALUE", Takes::kSetting}, {"KEY=A,B", Takes::kSetting}};
    for (const auto& [name, takes] : expected) {
        std::string value;
        const OptionOutline option =
            outline_of_option([&, type = name](CLI::App& app) { app.add_option("--given", value)->type_name(type); });
        EXPECT_EQ(option.takes, takes) << name;
        EXPECT_EQ(option.value, name);
    }
}

TEST(Outline, ChoicesAreThoseThatTheParserTakes) {
    std::string value;
    const OptionOutline option = outline_of_option([&](CLI::App& app) {
        app.add_option("--format", value)->check(CLI::IsMember(std::vector<std::string>{"a", "b"}));
    });
    EXPECT_EQ(option.takes, Takes::kChoice);
    EXPECT_EQ(option.choices, (std::vector<std::string>{"a", "b"}));
}

TEST(Outline, AnArgumentThatIsANameIsABuiltInConfigs) {
    std::string name;
    EXPECT_EQ(outline_of_option([&](CLI::App& app) { app.add_option("NAME", name); }).takes, Takes::kBuiltinConfig);
    EXPECT_EQ(outline_of_option([&](CLI::App& app) { app.add_option("--x", name)->type_name("NAME"); }).takes,
              Takes::kAnything);
}

TEST(Outline, AnArgumentIsKnownByItsPlace) {
    std::vector<std::string> runs;
    const OptionOutline option = outline_of_option([&](CLI::App& app) { app.add_option("RUN", runs)->required(); });
    EXPECT_TRUE(option.flags.empty());
    EXPECT_EQ(option.value, "RUN");
    EXPECT_EQ(option.takes, Takes::kDirectory);
    EXPECT_TRUE(option.repeats);
    EXPECT_TRUE(option.required);
}

TEST(Outline, HiddenCommandsAreLeftOut) {
    CLI::App app;
    app.add_subcommand("seen", "for people");
    app.add_subcommand("hidden")->group("");
    const Outline outline = outline_of(app);
    ASSERT_EQ(outline.size(), 2U);
    EXPECT_EQ(outline[1].name, "seen");
    EXPECT_EQ(outline[1].description, "for people");
}

}  // namespace
}  // namespace bnrun
