#include "settings/sweep_axis.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

using Names = std::vector<std::string>;

AxisValues values_of_json(const std::string& json) { return axis_values(parse_value(json, "s"), "here"); }

TEST(SweepAxis, ValuesMayHaveLabels) {
    const AxisValues found =
        values_of_json(R"([1, {"value": {"a": 2}, "label": "two"}, {"value": null, "label": "no"}])");
    EXPECT_EQ(found.values, (Names{"1", R"({"a":2})", "null"}));
    EXPECT_EQ(found.labels, (Names{"", "two", "no"}));
    EXPECT_TRUE(values_of_json(R"([1, {"value": 2}, {"value": 1, "label": "a", "more": 1}])").labels.empty());
    EXPECT_EQ(values_of_json("\"1:3\"").values, (Names{"1", "2", "3"}));
    expect_error<ConfigError>([] { (void)values_of_json(R"([{"value": 1, "label": 2}])"); },
                              {"here: label: expected text"});
    expect_error<ConfigError>([] { (void)values_of_json(R"([{"value": 1, "label": ""}])"); },
                              {"here: label: expected text"});
}

TEST(SweepAxis, LabelsOfAFlagAreOneForEachValue) {
    std::vector<SweepAxis> axes = axes_from_flags({"seed=1:2"}, {"model.batch_norm=false,true", "train.l2=0,1"});
    add_labels(axes, {"model.batch_norm=without,with", "seed=a,b"});
    EXPECT_EQ(axes[0].labels, (std::vector<Names>{{"a", "b"}}));
    EXPECT_EQ(axes[1].labels, (std::vector<Names>{{"without", "with"}, {"", ""}}));
    expect_error<ConfigError>([&] { add_labels(axes, {"seed=a"}); }, {"--labels seed=a: 1 labels for 2 values"});
    expect_error<ConfigError>([&] { add_labels(axes, {"seed=a,"}); }, {"--labels seed=a,: an empty label"});
    expect_error<ConfigError>([&] { add_labels(axes, {"model.depth=a,b"}); },
                              {"no --grid and no --zip varies model.depth"});
    expect_error<ConfigError>([&] { add_labels(axes, {"seed"}); }, {"--labels seed: expected key=values"});
}

}  // namespace
}  // namespace bnrun
