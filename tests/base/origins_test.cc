#include "base/origins.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

TEST(Origins, WhatWasGivenLastIsToBlameAndElseTheFile) {
    Origins origins("some.json");
    EXPECT_EQ(origins.of({"seed"}), "some.json");
    origins.give("train", "--set train={}");
    origins.give("seed", "--set seed=2");
    EXPECT_EQ(origins.of({"train.l2"}), "--set train={}");
    EXPECT_EQ(origins.of({"train.l2", "seed"}), "--set seed=2");
    EXPECT_EQ(origins.of({"seed", "train"}), "--set seed=2");
    origins.give("train.l2", "--set train.l2=1");
    EXPECT_EQ(origins.of({"seed", "train.l2"}), "--set train.l2=1");
    EXPECT_EQ(origins.of({"train.l2_biases"}), "--set train={}") << "which only begins with the key";
    EXPECT_EQ(origins.of({"trains", "model"}), "some.json");
    EXPECT_EQ(Origins().of({}), "config");
}

}  // namespace
}  // namespace bnrun
