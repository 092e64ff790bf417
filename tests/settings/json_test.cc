#include "settings/json.h"

#include <algorithm>

#include "base/error.h"
#include "settings/builtin_configs.h"
#include "settings/fields.h"
#include "settings/schema.h"
#include "support/parsed_configs.h"

namespace bnrun {
namespace {

std::vector<std::int64_t> widths_of(const Config& config) {
    std::vector<std::int64_t> widths;
    for (const LayerConfig& layer : config.layers()) widths.push_back(layer.units);
    return widths;
}

TEST(Config, DefaultsAreThePosts) {
    const Config config = parse("{}");
    EXPECT_EQ(config.name, "some");
    EXPECT_EQ(config.seed, 1);
    EXPECT_EQ(config.precision, Precision::kFloat32);
    EXPECT_EQ(widths_of(config), std::vector<std::int64_t>(10, 200));
    EXPECT_EQ(config.model.normalization.kind, Normalization::kNone);
    EXPECT_EQ(config.model.normalization.epsilon, 1e-10);
    EXPECT_EQ(config.train.batch_size, 200);
    EXPECT_EQ(config.train.optimizer.name, OptimizerName::kRmsprop);
    EXPECT_EQ(config.train.optimizer.learning_rate, 4e-5);
    EXPECT_EQ(config.train.optimizer.momentum, 0.8);
    EXPECT_EQ(config.train.learning_rate_decay, 0.9);
    EXPECT_EQ(config.train.min_learning_rate, 1e-5);
    EXPECT_EQ(config.log.print_every, 10);
}

TEST(Config, TakesCommentsAndShorthands) {
    const Config config = parse(R"({ // a comment
      "model": {"batch_norm": {"gamma": {"learn": false, "init": 2}, "beta": false}}})");
    EXPECT_EQ(config.model.normalization.kind, Normalization::kBatch);
    EXPECT_FALSE(config.model.normalization.gamma.learn);
    EXPECT_EQ(config.model.normalization.gamma.init, 2);
    EXPECT_FALSE(config.model.normalization.beta.learn);
    EXPECT_EQ(config.model.normalization.beta.init, 0);
    EXPECT_TRUE(parse(R"({"model": {"batch_norm": true}})").model.normalization.kind == Normalization::kBatch);
    EXPECT_FALSE(parse(R"({"model": {"batch_norm": {"enabled": false}}})").model.normalization.kind ==
                 Normalization::kBatch);
}

TEST(Config, TakesAByteOrderMarkAndCarriageReturns) {
    EXPECT_EQ(parse("\xEF\xBB\xBF{\r\n\"seed\": 2 // a comment\r\n}\r\n").seed, 2);
    refuse("\xEF\xBB\xBF", {"some.json: the file is empty"});
    refuse("\xEF\xBB\xBF{\"seed\": 2,}", {"some.json:1:12: not valid JSON"});
}

TEST(Config, EveryFieldRoundTripsThroughTheResolvedText) {
    const Config config = parse(R"({"name": "x", "seed": 9223372036854775807, "precision": "float64",
      "fidelity": "published",
      "data": {"source": "idx", "dir": "d", "preprocess": "zca", "train_samples": 10, "test_samples": 5, "validation_samples": 3,
        "distort": {"shift": 2, "rotate": 15, "scale": 0.15, "shear": 0.2, "elastic": {"sigma": 4, "alpha": 34},
          "contrast": 0.3, "brightness": 0.1, "noise": 0.05}},
      "model": {"hidden": [3, 4], "activation": "tanh_opt", "output": "sigmoid_mse", "init": {"scheme": "gaussian",
        "std": 0.1, "gain": 2}, "dropout": 0.25, "batch_norm": {"placement": "post_activation", "gamma": {"learn": false, "init": 2},
        "beta": {"init": 0.5}, "epsilon": 1e-3, "inference": "moving_average", "momentum": 0.99}},
      "train": {"epochs": 3, "batch_size": 20, "order": "sequential", "optimizer": {"name": "adam",
        "learning_rate": 0.001, "momentum": 0}, "l2": 0.1, "l2_biases": true, "bias_learning_rate": 2,
        "learning_rate_schedule": {"name": "step", "iterations": [5, 7], "factor": 0.5, "warm_up": 3},
        "learning_rate_decay": 1, "min_learning_rate": 0,
        "checkpoint_every": "50 iterations"},
      "log": {"every": 5, "print_every": 0, "norm": "rms", "evaluate_train": true}})");
    const std::string text = config_text(config);
    EXPECT_EQ(config_text(parse(text)), text);
    EXPECT_EQ(parse(text).seed, INT64_MAX);
    const OrderedJson json = OrderedJson::parse(text);
    const OrderedJson defaults = OrderedJson::parse(config_text(parse("{}")));
    for (const Field& field : config_fields()) {
        if (!field.in_use(config) || !field.is_written(config)) continue;
        const OrderedJson::json_pointer at("/" + [&] {
            std::string path = field.key;
            std::replace(path.begin(), path.end(), '.', '/');
            return path;
        }());
        ASSERT_TRUE(json.contains(at)) << field.key;
        const bool unset = field.key == "model.init.from" || field.key == "model.batch_norm.enabled" ||
                           field.key == "model.batch_norm.beta.learn";
        if (unset) continue;
        EXPECT_NE(json[at], defaults.value(at, OrderedJson())) << field.key << " is not tested";
    }
}

TEST(Config, OverridesTakeJsonOrElseText) {
    const Config config = parse(R"({"train": {"epochs": 2}})", {{"train.epochs", "3"},
                                                                {"name", "fast"},
                                                                {"model.batch_norm.gamma", "false"},
                                                                {"model.hidden", "[7, 8]"},
                                                                {"data.train_samples", "null"}});
    EXPECT_EQ(config.train.epochs, 3);
    EXPECT_EQ(config.name, "fast");
    EXPECT_EQ(config.model.normalization.kind, Normalization::kBatch);
    EXPECT_FALSE(config.model.normalization.gamma.learn);
    EXPECT_EQ(widths_of(config), (std::vector<std::int64_t>{7, 8}));
}

TEST(Config, LaterOverridesSeeEarlierShorthands) {
    const std::string off = R"({"model": {"batch_norm": false}})";
    EXPECT_TRUE(
        parse(off, {{"model.batch_norm", "true"}, {"model.batch_norm.epsilon", "1e-3"}}).model.normalization.kind ==
        Normalization::kBatch);
    EXPECT_FALSE(parse(R"({"model": {"batch_norm": true}})", {{"model.batch_norm.gamma.learn", "false"}})
                     .model.normalization.gamma.learn);
    EXPECT_EQ(parse(R"({"model": {"batch_norm": {"gamma": false}}})", {{"model.batch_norm.gamma.init", "2"}})
                  .model.normalization.gamma.init,
              2);
}

TEST(Config, UnknownKeysNameTheNearest) {
    refuse(R"({"train": {"epocs": 2}})", {"some.json", "unknown key \"train.epocs\"", "\"train.epochs\""});
    refuse(R"({"sead": 2})", {"\"sead\"", "\"seed\""});
    refuse(R"({"model": {"batch_norm": {"gama": true}}})", {"\"model.batch_norm.gamma\""});
    refuse("{}", {"--set train.epoch=2", "\"train.epochs\""}, {{"train.epoch", "2"}});
}

TEST(Config, ADottedKeyInAnObjectIsUnknown) {
    const std::vector<Override> half{{"train.l2", "0.25"}};
    refuse(R"({"train.l2": 0.5})", {"some.json: unknown key \"train.l2\"", R"(mean {"train": {"l2": …}}?)"});
    refuse(R"({"train.l2": 0.5})", {"some.json: unknown key \"train.l2\""}, half);
    refuse(R"({"train.l2": 0.5, "train": {"l2": 0.1}})", {"unknown key \"train.l2\""});
    refuse(R"({"train.l3": 0.5})", {R"(mean {"train": {"l2": …}}?)"});
    refuse(R"({"model": {"init.std": 1}})", {"\"model.init.std\"", R"(mean {"model": {"init": {"std": …}}}?)"});
    refuse(R"({"model.batch_norm": {"placement": "post_activation"}})", {R"(mean {"model": {"batch_norm": …}}?)"});
    refuse(R"({"q.z": 1})", {"unknown key \"q.z\"", "schema --markdown"});
    refuse(R"({".": 1})", {"unknown key \".\""});
    refuse("{}", {R"(--set train={"optimizer.momentum":0}: unknown key "train.optimizer.momentum")"},
           {{"train", R"({"optimizer.momentum":0})"}});
    EXPECT_EQ(parse(R"({"train": {"l2": 0.5}})", half).train.l2, 0.25);
}

TEST(Config, AnUnknownKeyOfAnOverridesObjectIsNotTheFiles) {
    refuse("{}", {"--set train={\"epocs\":2}: unknown key \"train.epocs\""}, {{"train", R"({"epocs":2})"}});
}

TEST(Config, AKeyWithoutItsGroupIsFound) {
    refuse(R"({"epochs": 2})", {"\"train.epochs\""});
    refuse(R"({"dropout": 0.1})", {"\"model.dropout\""});
    refuse(R"({"learning_rate": 0.1})", {"\"train.optimizer.learning_rate\""});
    refuse(R"({"model": {"batch_norm": {"eps": 0.1}}})", {"\"model.batch_norm.epsilon\""});
    refuse(R"({"foo": {"bar": 1}})", {"unknown key \"foo\"", "schema --markdown"});
}

TEST(Config, AnOverridesFaultIsNotTheFiles) {
    refuse("{}", {"--set train.epochs=0: train.epochs: 0 is not allowed"}, {{"train.epochs", "0"}});
    refuse("{}", {"--set model.batch_norm={\"epsilon\":0}: model.batch_norm.epsilon"},
           {{"model.batch_norm", "{\"epsilon\":0}"}});
    refuse(R"({"train": {"epochs": 0}})", {"some.json: train.epochs"}, {{"seed", "2"}});
}

TEST(Config, OverridesThatAreNestedDeepOrHoldAKeyTwiceAreRefused) {
    refuse("{}", {"--set seed=[[", "nested deeper"}, {{"seed", std::string(100000, '[') + std::string(100000, ']')}});
    refuse("{}", {"duplicate key \"init\""}, {{"model.batch_norm.gamma", R"({"init": 1, "init": 2})"}});
}

TEST(Config, TextThatIsNotUtf8IsRefused) {
    refuse("{}", {"data.dir"}, {{"data.dir", "\xFF"}});
    expect_error<ConfigError>([] { parse_config("{}", "a\xFF.json", {}); }, {"name"});
}

TEST(Config, InitialValuesFromAFileKeepTheirScheme) {
    const std::string text = config_text(
        parse("{}", {{"model.init.scheme", "gaussian"}, {"model.init.std", "0.1"}, {"model.init.from", "x"}}));
    EXPECT_EQ(config_text(parse(text)), text);
}

TEST(Config, DuplicateKeysAreRefusedWhereverTheyAre) {
    refuse(R"({"seed": 1, "seed": 2})", {"duplicate key \"seed\""});
    refuse(R"({"train": {"l2": 1, "epochs": 1, "l2": 2}})", {"duplicate key \"train.l2\""});
    refuse(R"({"model": {"init": {"std": 1, "std": 1}}})", {"duplicate key \"model.init.std\""});
    EXPECT_EQ(
        parse(R"({"model": {"init": {"scheme": "he_normal"}}, "train": {"l2": 0}, "log": {"every": 2}})").log.every, 2);
}

TEST(Config, BrokenJsonNamesLineAndColumn) {
    refuse("{\n  \"seed\": 1,\n  \"train\" {}\n}", {"some.json:3:11"});
    refuse("", {"empty", "{}"});
    refuse(" \n", {"empty"});
    refuse("[]", {"object"});
    refuse("{", {"some.json:1:2"});
    refuse("x", {"some.json:1:1: not valid JSON: syntax error"});
    refuse("\nx", {"some.json:2:1: not valid JSON"});
    refuse("{\"seed\": 1e}", {"some.json:1:"});
    refuse("{\"a\": \"\xFF\"}", {"some.json:1:"});
    refuse("{} {}", {"some.json:1:4"});
    refuse(std::string(100000, '['), {"nested deeper"});
    refuse("{\"a\\nb\\u001b[2J\": 1}", {"unknown key \"a\\u000ab\\u001b[2J\""});
    refuse("{\"" + std::string(1000000, 'x') + "\": 1}", {"unknown key"});
}

TEST(Config, WrongTypesAndRangesSayWhatWasExpected) {
    refuse(R"({"train": {"epochs": "two"}})", {"train.epochs", "\"two\"", "whole number"});
    refuse(R"({"train": {"epochs": 1.5}})", {"train.epochs", "1.5", "whole number of at least 1"});
    refuse(R"({"train": {"epochs": null}})", {"train.epochs", "null"});
    refuse(R"({"train": 3})", {"train", "3", "an object"});
    refuse(R"({"model": {"batch_norm": "yes"}})", {"model.batch_norm", "true, false or an object"});
    refuse(R"({"model": {"dropout": 1}})", {"model.dropout", "below 1"});
    refuse(R"({"model": {"activation": "sigmoyd"}})", {"model.activation", "sigmoid, tanh"});
    refuse(R"({"model": {"hidden": []}})", {"model.hidden", "list"});
    refuse(R"({"model": {"hidden": [5, 0]}})", {"model.hidden", "at least 1"});
    refuse(R"({"model": {"depth": 0}})", {"model.depth", "at least 1"});
    refuse(R"({"model": {"batch_norm": {"epsilon": 0}}})", {"epsilon", "above 0"});
    refuse(R"({"seed": -1})", {"seed", "at least 0"});
    refuse(R"({"seed": 9223372036854775808})", {"seed", "2^63-1"});
    refuse(R"({"train": {"optimizer": {"learning_rate": 1e999}}})", {"some.json"});
    refuse(R"({"train": {"optimizer": {"momentum": 1}}})", {"momentum", "below 1"});
    refuse(R"({"log": {"evaluate_train": 1}})", {"evaluate_train", "true or false"});
    refuse(R"({"name": "a/b"})", {"name", "without /"});
    refuse(R"({"name": ".."})", {"name"});
}

TEST(Config, ALongValueIsShownCut) {
    const std::string value(100, 'x');
    const std::string shown = "\"" + value.substr(0, 79) + "… is not allowed";
    refuse(R"({"seed": ")" + value + R"("})", {"some.json: seed: ", shown.c_str()});
}

TEST(Config, WhatIsOfAnotherTypeIsNotTakenForTheKeysOwn) {
    EXPECT_EQ(parse(R"({"train": {"epochs": 2.0}})").train.epochs, 2);
    refuse(R"({"train": {"epochs": 1e300}})", {"train.epochs: 1e+300 is not allowed"});
    refuse(R"({"train": {"epochs": -1e300}})", {"train.epochs: -1e+300 is not allowed"});
    refuse(R"({"model": {"dropout": "0.5"}})", {"model.dropout: \"0.5\" is not allowed"});
    refuse(R"({"model": {"activation": 1}})", {"model.activation: 1 is not allowed"});
    refuse(R"({"model": {"hidden": 5}})", {"model.hidden: 5 is not allowed"});
    refuse(R"({"model": {"hidden": [5, "6"]}})", {"model.hidden: [5,\"6\"] is not allowed"});
    refuse(R"({"name": 3})", {"name: 3 is not allowed; expected text"});
    refuse(R"({"model": 3})", {"model: 3 is of the wrong type; expected an object"});
    for (const std::string key : {"gamma", "beta"}) {
        refuse(R"({"model": {"batch_norm": {")" + key + R"(": 3}}})",
               {(key + ": 3 is of the wrong type; expected true, false or an object").c_str()});
    }
    std::string layers = "1";
    for (int i = 1; i < 1001; ++i) layers += ",1";
    refuse(R"({"model": {"hidden": [)" + layers + "]}}", {"model.hidden: [1,1,", "expected a list"});
}

TEST(Config, AnOverrideDoesNotReplaceWhatIsNoObject) {
    refuse(R"({"train": 3})", {"--set train.epochs=2: \"train\" is not an object in the config; remove it there"},
           {{"train.epochs", "2"}});
    refuse("{}", {"--set model.batch_norm.gamma.init=2: \"model.batch_norm\" is not an object"},
           {{"model.batch_norm", "7"}, {"model.batch_norm.gamma.init", "2"}});
    EXPECT_EQ(parse(R"({"train": null})", {{"train.epochs", "2"}}).train.epochs, 2);
}

TEST(Config, EveryNumberOutsideItsRangeIsRefused) {
    for (const Field& field : config_fields()) {
        if (field.kind != FieldKind::kInteger && field.kind != FieldKind::kNumber) continue;
        for (const double limit : {field.minimum, field.maximum}) {
            if (!std::isfinite(limit) || limit > 1e18) continue;
            const double step = limit == field.minimum ? -1 : 1;
            const bool excluded = step < 0 ? field.above_minimum : field.below_maximum;
            const double outside = excluded ? limit : limit + step;
            expect_error<ConfigError>(
                [&] {
                    parse("{}", {{field.key, OrderedJson(outside).dump()}});
                },
                {field.key.c_str()});
        }
    }
}

class ConfigFiles : public testing::Test {
  protected:
    ConfigFiles() : root(BNRUN_SOURCE_DIR) { std::filesystem::current_path(root); }
    ~ConfigFiles() override { std::filesystem::current_path(before); }
    std::filesystem::path before = std::filesystem::current_path();
    std::string root;
};

TEST_F(ConfigFiles, AllThatShipAreRightAndWithoutWarnings) {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(root + "/configs")) {
        if (entry.path().extension() != ".json") continue;
        const ParsedConfig parsed = read_config(entry.path().string(), {});
        EXPECT_TRUE(parsed.warnings.empty()) << entry.path();
        EXPECT_EQ(parsed.config.name, entry.path().stem().string());
        ++count;
    }
    EXPECT_GE(count, 15);
    const Config main = read_config("sigmoid10_bn.json", {}).config;
    EXPECT_EQ(main.model.normalization.kind, Normalization::kBatch);
    EXPECT_EQ(main.train.epochs, 1);
    EXPECT_EQ(read_config("sigmoid10", {}).config.name, "sigmoid10");
    EXPECT_EQ(read_config("sigmoid10_bn_gamma2", {}).config.model.normalization.gamma.init, 2);
    EXPECT_EQ(read_config("sigmoid10_published", {}).config.fidelity, Fidelity::kPublished);
}

TEST_F(ConfigFiles, AnUnknownNameGetsTheNearest) {
    expect_error<ConfigError>([] { read_config("/proc/self/mem", {}); }, {"/proc/self/mem: cannot be read to its end"});
    expect_error<ConfigError>([] { read_config("sigmoid10_bm", {}); },
                              {"sigmoid10_bm: no such config", "\"sigmoid10_bn\""});
    expect_error<ConfigError>([] { read_config("sweeps", {}); }, {"sweeps: no such config"});
    for (const std::string& place : {root, std::string("/proc")}) {  // and where there is no configs/
        std::filesystem::current_path(place);
        try {
            read_config("unlike_any", {});
            ADD_FAILURE() << "found in " << place;
        } catch (const ConfigError& error) {
            EXPECT_STREQ(error.what(),
                         "unlike_any: no such config; looked for it as a path, in configs/ and among those that bnrun "
                         "configs lists, with and without .json");
        }
    }
}

TEST_F(ConfigFiles, ABuiltInOneIsThereInAnyDirectoryUnlessAFileHasItsName) {
    const Scratch scratch;
    std::filesystem::current_path(scratch.path());
    for (const char* name : {"sigmoid10_bn", "sigmoid10_bn.json"}) {
        const ConfigFile file = read_config_file(name);
        EXPECT_EQ(file.path, "built-in configs/sigmoid10_bn.json");
        EXPECT_EQ(file.text, find_builtin_config("sigmoid10_bn")->text);
    }
    EXPECT_EQ(read_config("sigmoid10_bn", {}).config.name, "sigmoid10_bn");
    expect_error<ConfigError>(
        [] {
            read_config("sigmoid10", {{"train.batch_size", "0"}});
        },
        {"--set train.batch_size"});
    expect_error<ConfigError>([] { read_config("configs/sigmoid10_bn.json", {}); },
                              {"no such config", "did you mean \"sigmoid10_bn\"?"});
    std::filesystem::create_directory("sigmoid10_bn");  // such as a run's
    EXPECT_EQ(read_config_file("sigmoid10_bn").path, "built-in configs/sigmoid10_bn.json");
    std::filesystem::create_directory("configs");
    (void)scratch.put("configs/sigmoid10_bn.json", R"({"seed": 2})");
    EXPECT_EQ(read_config("sigmoid10_bn", {}).config.seed, 2);
    (void)scratch.put("sigmoid10_bn.json", R"({"seed": 3})");
    EXPECT_EQ(read_config("sigmoid10_bn.json", {}).config.seed, 3);
    (void)scratch.put("configs/my_own.json", "{}");
    const std::vector<std::string> names = config_names();
    EXPECT_EQ(std::count(names.begin(), names.end(), "sigmoid10_bn"), 1);
    EXPECT_EQ(std::count(names.begin(), names.end(), "my_own"), 1);
    EXPECT_EQ(std::count(names.begin(), names.end(), "tanh10"), 1);
}

TEST_F(ConfigFiles, ReferencePageIsCurrent) {
    std::ifstream file("configs/README.md");
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(page, reference_text()) << "run: bnrun schema --markdown > configs/README.md";
}

}  // namespace
}  // namespace bnrun
