// Which key is named where one is not known, or where a group of keys got a value.
#include "settings/keys.h"

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

void expect_suggestion(const std::string& given, const std::string& key) {
    const std::string hint = "did you mean \"" + key + "\"?";
    expect_error<ConfigError>([&] { unknown_key("some.json", given); },
                              {"some.json: unknown key \"", given.c_str(), hint.c_str()});
}

TEST(UnknownKey, InitialsStandForWordsBeforeALetterIsChanged) {
    expect_suggestion("train.lr", "train.optimizer.learning_rate");
    expect_suggestion("lr", "train.optimizer.learning_rate");
    expect_suggestion("model.bn", "model.batch_norm");
    expect_suggestion("train.l3", "train.l2");
}

TEST(UnknownKey, ItsBeginningOrItsLastWordsStandForAName) {
    expect_suggestion("model.act", "model.activation");
    expect_suggestion("data.samples", "data.train_samples");
    expect_suggestion("train.opt", "train.optimizer");
}

TEST(UnknownKey, OfTwoEquallyNearNamesTheOneInTheSameGroupIsMeant) {
    expect_suggestion("train.momentum", "train.optimizer.momentum");
    expect_suggestion("train.batch", "train.batch_size");
    expect_suggestion("model.batch", "model.batch_norm");
    expect_suggestion("batch_norm.momentum", "model.batch_norm.momentum");
}

TEST(UnknownKey, AFewLettersMayBeWrongInNameAndGroup) {
    expect_suggestion("model.dept", "model.depth");
    expect_suggestion("modle.widht", "model.width");
    expect_suggestion("train.optimiser.learning_rat", "train.optimizer.learning_rate");
}

TEST(UnknownKey, OtherProgramsNamesAreKnown) {
    expect_suggestion("train.weight_decay", "train.l2");
    expect_suggestion("wd", "train.l2");
    expect_suggestion("model.units", "model.width");
}

TEST(UnknownKey, IsNotTakenForOneThatIsFarAway) {
    for (const char* key : {"model.colour", "xy", "train.scheduler"}) {
        expect_error<ConfigError>([&] { unknown_key("some.json", key); },
                                  {key, "bnrun schema --markdown lists all keys"});
    }
}

TEST(GroupHint, NamesTheKeyThatTakesTheValueAndAllItsValues) {
    EXPECT_EQ(group_hint("train.optimizer", "adam"),
              "; did you mean train.optimizer.name=adam? It is one of rmsprop, sgd, adam, nesterov");
    EXPECT_EQ(group_hint("model.init", "he_normal").substr(0, 44), "; did you mean model.init.scheme=he_normal? ");
}

TEST(GroupHint, NamesAKeyThatTakesNamesWhereNoneTakesTheValue) {
    EXPECT_EQ(group_hint("train.optimizer", "adamw"),
              " with keys such as train.optimizer.name, one of rmsprop, sgd, adam, nesterov");
    EXPECT_EQ(group_hint("train.optimizer", 3), group_hint("train.optimizer", "adamw"));
    EXPECT_EQ(group_hint("data.distort.elastic", 3), "");
}

}  // namespace
}  // namespace bnrun
