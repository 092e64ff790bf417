// What a shell is offered for the word that is being typed.
#include "cli/complete.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

OptionOutline option(std::vector<std::string> flags, const std::string& value, Takes takes,
                     std::vector<std::string> choices = {}) {
    OptionOutline made;
    made.flags = std::move(flags);
    made.value = value;
    made.takes = takes;
    made.choices = std::move(choices);
    return made;
}

Outline outline() {
    const OptionOutline set = option({"--set"}, "KEY=VALUE", Takes::kSetting);
    const OptionOutline out = option({"-o", "--out"}, "FILE", Takes::kFile);
    const OptionOutline force = option({"--force"}, "", Takes::kNothing);
    const OptionOutline format = option({"--format"}, "TEXT", Takes::kChoice, {"jsonl", "json", "npz"});
    const OptionOutline run = option({}, "RUN", Takes::kDirectory);
    return {{"", "", {set, force}},
            {"export", "writes", {run, format, out, force}},
            {"eval", "tests", {run}},
            {"configs", "prints", {option({}, "NAME", Takes::kBuiltinConfig)}}};
}

std::string offered(const std::vector<std::string>& words) { return offers_text(offers_for(outline(), words)); }

TEST(Complete, TheFirstWordIsACommandOrAFlagOfTheProgram) {
    EXPECT_EQ(offered({"e"}), "export\twrites\neval\ttests\n");
    EXPECT_EQ(offered({"--f"}), "--force\t\n");
    EXPECT_EQ(offered({"export", "--f"}), "--format\t\n--force\t\n");
}

TEST(Complete, AChoiceIsOneOfItsOptionsBehindASpaceOrAnEqualsSign) {
    EXPECT_EQ(offered({"export", "--format", "js"}), "jsonl\t\njson\t\n");
    EXPECT_EQ(offered({"export", "--format=n"}), "--format=npz\t\n");
}

TEST(Complete, ABuiltInConfigIsOfferedWithWhatItIs) {
    EXPECT_EQ(offered({"configs", "tanh"}), "tanh10\ttanh instead of sigmoids, without batch normalization.\n");
}

TEST(Complete, PathsAreTheShells) {
    EXPECT_EQ(offered({"export", "-o", ""}), ":paths\t\n");
    EXPECT_EQ(offered({"export", "--out=x"}), ":paths\t--out=\n");
    EXPECT_EQ(offered({"eval", ""}), ":directories\t\n");
}

TEST(Complete, BehindAFlagWithoutAValueComesTheArgument) {
    EXPECT_EQ(offered({"export", "--force", ""}), ":directories\t\n");
}

TEST(Complete, ASettingIsAKeyAndThenItsValues) {
    EXPECT_EQ(offered({"--set", "model.activ"}).substr(0, 17), "model.activation=");
    const std::string values = offered({"--set", "model.activation=lea"});
    EXPECT_EQ(values.substr(0, values.find('\t')), "model.activation=leaky_relu");
    const std::string listed = offered({"--set", "model.activation=relu,ta"});
    EXPECT_EQ(listed.substr(0, listed.find('\t')), "model.activation=relu,tanh");
    EXPECT_EQ(offered({"--set", "no.such=x"}), "");
}

}  // namespace
}  // namespace bnrun
