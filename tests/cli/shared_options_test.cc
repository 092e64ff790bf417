#include "cli/shared_options.h"

#include "base/error.h"
#include "base/processors.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(OverridesOf, AreKeysAndValuesInOrderAndThenTheData) {
    const std::vector<Override> found = overrides_of({"name=a=b", "train.l2="}, "d");
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].key, "name");
    EXPECT_EQ(found[0].value, "a=b");
    EXPECT_EQ(found[1].key, "train.l2");
    EXPECT_EQ(found[1].value, "");
    EXPECT_EQ(found[2].key, "data.dir");
    EXPECT_EQ(found[2].value, "\"d\"");
    EXPECT_TRUE(overrides_of({}, {}).empty());
}

TEST(OverridesOf, WhatIsNoAssignmentIsRefused) {
    for (const char* text : {"seed", "=2", ""}) {
        expect_error<ConfigError>([&] { (void)overrides_of({text}, {}); },
                                  {(std::string("--set ") + text).c_str(), "expected key=value"});
    }
}

TEST(WorkOptions, ThreadsAreThoseOfTheMachineUpToEightUnlessGiven) {
    CLI::App app;
    std::optional<std::string> data;
    int threads = 0;
    add_work_options(app, data, threads);
    EXPECT_EQ(threads, std::min(usable_processors(), 8));
    app.parse("--threads 3 --data d");
    EXPECT_EQ(threads, 3);
    EXPECT_EQ(data, "d");
    EXPECT_THROW(app.parse("--threads 0"), CLI::ValidationError);
}

TEST(AddList, TakesOneValueEachTimeItIsGiven) {
    CLI::App app;
    ConfigOptions options;
    std::string run;
    add_config_options(app, options);
    add_run_argument(app, run);
    app.parse("--set a=1 --set b=2 here --config c.json");
    EXPECT_EQ(options.set, (std::vector<std::string>{"a=1", "b=2"}));
    EXPECT_EQ(options.config, "c.json");
    EXPECT_EQ(run, "here");
    Terminal terminal;
    expect_error<ConfigError>([&] { (void)read_reported({}, {}, terminal); }, {"--config FILE is missing"});
}

}  // namespace
}  // namespace bnrun
