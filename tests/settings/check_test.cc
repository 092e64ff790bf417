#include "settings/check.h"

#include "base/printable.h"
#include "support/parsed_configs.h"

namespace bnrun {
namespace {

TEST(CheckConfig, OfValuesThatContradictEachOtherTheLaterIsToBlame) {
    const auto blame = [](const std::string& text, const std::vector<Override>& set, const std::string& start) {
        try {
            parse(text, set);
            ADD_FAILURE() << "taken: " << text;
        } catch (const ConfigError& error) {
            EXPECT_EQ(std::string(error.what()).rfind(start + ": ", 0), 0U) << error.what() << "\nexpected: " << start;
        }
    };
    const std::string rate = "train.optimizer.learning_rate";
    blame("{}", {{rate, "1e-46"}, {"seed", "2"}}, "--set " + rate + "=1e-46: " + rate);
    blame(R"({"precision": "float64", "train": {"l2": 1e-46}})", {{"precision", "float32"}}, "--set precision=float32");
    blame(R"({"train": {"l2": 1e-46}})", {{"seed", "2"}}, "some.json: train.l2");
    blame("{}", {{"data.train_samples", "70000"}}, "--set data.train_samples=70000: data.train_samples");
    blame(R"({"data": {"source": "idx", "test_samples": 70000}})", {{"data.source", "mnist"}},
          "--set data.source=mnist");
    blame(R"({"data": {"train_samples": 1}})", {{"model.batch_norm", "true"}}, "--set model.batch_norm=true");
    blame(R"({"data": {"train_samples": 1}})", {{"model.batch_norm.gamma", "false"}},
          "--set model.batch_norm.gamma=false");
    blame(R"({"model": {"batch_norm": {}}, "data": {"train_samples": 1}})", {{"model.batch_norm.gamma", "false"}},
          "some.json: data.train_samples");
    blame(R"({"model": {"batch_norm": true}})", {{"train.batch_size", "1"}}, "--set train.batch_size=1");
    blame(R"({"train": {"batch_size": 1}})", {{"model", R"({"batch_norm":true})"}},
          R"(--set model={"batch_norm":true})");
    blame(R"({"model": {"depth": 2}})", {{"model.hidden", "[5]"}}, "--set model.hidden=[5]");
    blame(R"({"model": {"hidden": [5]}})", {{"model.width", "2"}}, "--set model.width=2");
    blame("{}", {{"model.init.scheme", "gaussian"}}, "--set model.init.scheme=gaussian: model.init.std");
    blame(R"({"model": {"init": {"scheme": "gaussian", "std": 1}}})", {{"model.init.scheme", "he_normal"}},
          "--set model.init.scheme=he_normal: model.init.std");
    blame("{}", {{"train.batch_size", "1"}, {"model.batch_norm", "true"}}, "--set model.batch_norm=true");
}

TEST(CheckConfig, NumbersThatFloat32CannotHoldAreRefused) {
    refuse("{}", {"train.optimizer.learning_rate", "1e-46", "float64"}, {{"train.optimizer.learning_rate", "1e-46"}});
    refuse("{}", {"model.batch_norm.gamma.init", "1e+39"}, {{"model.batch_norm.gamma.init", "1e39"}});
    parse("{}", {{"train.optimizer.learning_rate", "1e-46"}, {"precision", "float64"}});
}

TEST(CheckConfig, MoreSamplesThanAKnownSourceHasAreRefused) {
    refuse("{}", {"data.train_samples", "70000", "60000"}, {{"data.train_samples", "70000"}});
    refuse("{}", {"data.test_samples"}, {{"data.test_samples", "10001"}, {"data.source", "synthetic"}});
    refuse("{}", {"data.train_samples", "at least 2"}, {{"data.train_samples", "1"}, {"model.batch_norm", "true"}});
    parse("{}", {{"data.train_samples", "70000"}, {"data.source", "idx"}});
}

TEST(CheckConfig, ValidationLeavesSamplesToTrain) {
    EXPECT_EQ(parse("{}").data.validation_samples, 0);
    EXPECT_EQ(parse(R"({"data": {"validation_samples": null}})").data.validation_samples, 0);
    EXPECT_EQ(parse(R"({"data": {"validation_samples": 59999}})").data.validation_samples, 59999);
    refuse(R"({"data": {"validation_samples": 60000}})",
           {"some.json: data.validation_samples: 60000 of 60000 training samples leave none to train; use fewer"});
    refuse(R"({"data": {"source": "idx", "train_samples": 5, "validation_samples": 5}})", {"5 of 5 training samples"});
    EXPECT_EQ(parse(R"({"data": {"source": "idx", "validation_samples": 70000}})").data.validation_samples, 70000);
}

TEST(CheckConfig, ANameIsThatOfAFile) {
    const std::string most(200, 'x');
    EXPECT_EQ(parse("{}", {{"name", most}}).name, most);
    refuse(R"({"name": ""})", {"name: \"\" is not allowed; expected text"});
    for (const std::string& name : {std::string("."), most + "x", std::string("a\x01"), std::string("a\x7F")}) {
        expect_error<ConfigError>(
            [&] {
                parse("{}", {{"name", name}});
            },
            {(printable(first_characters("--set name=" + name, kMostOfGiven)) +
              ": name: not allowed; expected a file name of at most 200 bytes")
                 .c_str()});
    }
    for (const char* name : {"a/b", "."}) {
        refuse(std::string(R"({"name": ")") + name + "\"}", {"some.json: name: not allowed; expected a file name"});
    }
    expect_error<ConfigError>([] { parse_config("{}", "", {}); }, {": name: not allowed"});
}

TEST(CheckConfig, CombinationsWithoutSenseAreRefused) {
    refuse(R"({"model": {"hidden": [5], "depth": 2}})", {"model.hidden", "model.depth"});
    refuse(R"({"model": {"hidden": [5], "width": 2}})", {"model.hidden", "model.width"});
    refuse(R"({"model": {"batch_norm": true}, "train": {"batch_size": 1}})", {"train.batch_size", "at least 2"});
    refuse(R"({"model": {"init": {"scheme": "gaussian"}}})", {"model.init.std", "missing"});
    refuse(R"({"model": {"init": {"std": 0.1}}})", {"model.init.std", "gaussian"});
    refuse(
        R"({"data": {"distort": {"elastic": {"alpha": 34}}}})",
        {"some.json: data.distort.elastic.alpha: 34 without data.distort.elastic.sigma", "expected a sigma above 0"});
    EXPECT_EQ(parse(R"({"train": {"batch_size": 1}})").train.batch_size, 1);
    EXPECT_EQ(parse(R"({"model": {"hidden": [5], "depth": 2}})", {{"model.depth", "null"}}).hidden_layers(), 1U);
}

TEST(CheckConfig, KeysWithoutEffectAreWarnedOf) {
    EXPECT_TRUE(warnings("{}").empty());
    EXPECT_EQ(warnings(R"({"model": {"batch_norm": {"momentum": 0.5}}})").size(), 1U);
    EXPECT_EQ(warnings(R"({"data": {"source": "synthetic", "dir": "x"}})").size(), 1U);
    EXPECT_EQ(warnings(R"({"model": {"init": {"scheme": "he_normal", "from": "x"}}})").size(), 1U);
    EXPECT_EQ(warnings(R"({"data": {"distort": {"elastic": {"sigma": 4}}}})").size(), 1U);
    EXPECT_TRUE(warnings(R"({"model": {"batch_norm": {"inference": "moving_average", "momentum": 0.5}}})").empty());
}

}  // namespace
}  // namespace bnrun
