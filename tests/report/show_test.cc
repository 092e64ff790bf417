#include "report/show.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/json_text.h"
#include "support/shown_runs.h"

namespace bnrun {
namespace {

class ShowTest : public testing::Test {
  protected:
    ShowTest() {
        for (const char* name : {"all/a", "all/b"}) (void)make_run(scratch, name);
    }

    std::string shown(const std::vector<std::string>& names) {
        options.inputs.clear();
        for (const std::string& name : names) options.inputs.push_back(scratch.path(name));
        return show_text(options, {80, Glyphs::kAscii, false, true});
    }

    const Scratch scratch;
    ShowOptions options;
};

TEST_F(ShowTest, RunsAndDirectoriesOfRunsStandOneAfterTheOther) {
    const std::string run = shown({"all/a"});
    EXPECT_NE(run.find("  status   done"), std::string::npos) << run;
    const std::string table = shown({"all"});
    EXPECT_EQ(table.find("  status   done"), std::string::npos) << table;
    EXPECT_EQ(shown({"all/a", "all"}), run + "\n" + table);
}

TEST_F(ShowTest, AsJsonOneIsAnObjectAndSeveralAreAList) {
    options.json = true;
    EXPECT_EQ(parse_stored(shown({"all/a"}), "shown")["kind"], "run");
    const OrderedJson both = parse_value(shown({"all/a", "all"}), "shown");
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0]["kind"], "run");
    EXPECT_NE(both[1]["kind"], "run");
}

TEST_F(ShowTest, AChoiceIsForOneKindOfInput) {
    std::filesystem::create_directory(scratch.path("empty"));
    expect_error<DataError>([&] { (void)shown({"empty"}); }, {"empty"});
    options.iteration = "1:2";
    EXPECT_NE(shown({"all/a"}).find("At epoch 1, iteration 2"), std::string::npos);
    expect_error<ConfigError>([&] { (void)shown({"all"}); }, {"--iteration: is of a run's layers", "name one in it"});
    options.iteration.reset();
    options.choice.top = 1;
    expect_error<ConfigError>([&] { (void)shown({"all/a"}); }, {"--top", "is a run"});
}

}  // namespace
}  // namespace bnrun
