#include "files/export/jsonl.h"

#include <gtest/gtest.h>

#include "support/exported_run.h"

namespace bnrun {
namespace {

TEST(Jsonl, EveryLineHasItsKindAndAKeyForEachLayer) {
    const std::string text = jsonl_of(exported_run());
    EXPECT_EQ(text.substr(0, text.find('\n')),
              "{\"kind\":\"iteration\",\"epoch\":1,\"iteration\":1,\"loss\":2,\"learning_rate\":0.5,"
              "\"gradient/layer_1\":4,\"gradient/layer_2\":8,\"activation_min/layer_1\":0.25,"
              "\"activation_max/layer_1\":0.75}");
    EXPECT_NE(text.find("\n{\"kind\":\"epoch\",\"epoch\":1,"), std::string::npos) << text;
}

TEST(Jsonl, WhatIsNotFiniteIsNull) {
    LoggedRun run = exported_run();
    run.iterations.resize(1);
    run.iterations[0].gradient_norms = {HUGE_VAL, 8};
    run.epochs[0].test_loss = std::nan("");
    const std::string text = jsonl_of(run);
    EXPECT_NE(text.find(R"("gradient/layer_1":null,"gradient/layer_2":8)"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("test_loss":null,"test_error":0.125)"), std::string::npos) << text;
}

}  // namespace
}  // namespace bnrun
