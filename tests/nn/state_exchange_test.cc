#include "nn/state_exchange.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

/// One value of each type that is exchanged.
struct Values {
    Matrix<float> narrow;
    Matrix<double> wide;
    Vector<double> vector;
    double real = 0;
    std::int64_t count = 0;
    bool flag = false;

    void exchange(StateExchange& with) {
        with.array("narrow", narrow);
        with.array("wide", wide);
        with.array("vector", vector);
        with.number("real", real);
        with.number("count", count);
        with.number("flag", flag);
    }
};

Values some_values() {
    Values values;
    values.narrow = (Matrix<float>(2, 3) << 1, -2.5F, 0.1F, 1e-40F, 3e38F, 0).finished();
    values.wide = (Matrix<double>(1, 4) << 0.1, 1e300, 5e-324, std::numeric_limits<double>::infinity()).finished();
    values.vector = (Vector<double>(2) << 7, -8).finished();
    values.real = 1.0 / 3;
    values.count = (std::int64_t{1} << 53) - 1;
    values.flag = true;
    return values;
}

class StateExchangeTest : public testing::Test {
  protected:
    StateExchangeTest() {
        StateExchange save = StateExchange::saving(state);
        some_values().exchange(save);
        restored.narrow.setZero(2, 3);
        restored.wide.setZero(1, 4);
        restored.vector.setZero(2);
    }

    void restore() {
        StateExchange from = StateExchange::restoring(state);
        restored.exchange(from);
    }

    TensorMap state;
    Values restored;
};

TEST_F(StateExchangeTest, RestoresWhatItSavedOfEachType) {
    restore();
    const Values saved = some_values();
    EXPECT_EQ(restored.narrow, saved.narrow);
    EXPECT_EQ(restored.wide, saved.wide);
    EXPECT_EQ(restored.vector, saved.vector);
    EXPECT_EQ(restored.real, saved.real);
    EXPECT_EQ(restored.count, saved.count);
    EXPECT_TRUE(restored.flag);
}

TEST_F(StateExchangeTest, SavesUnderEachNameItsPrecisionAndValues) {
    EXPECT_EQ(state.size(), 6U);
    EXPECT_EQ(state.at("narrow").precision, Precision::kFloat32);
    EXPECT_EQ(state.at("narrow").shape, (std::vector<std::int64_t>{6}));
    EXPECT_EQ(state.at("narrow").values[1], -2.5);
    EXPECT_EQ(state.at("wide").precision, Precision::kFloat64);
    EXPECT_EQ(state.at("count").values, std::vector<double>{0x1p53 - 1});
    EXPECT_EQ(state.at("flag").values, std::vector<double>{1});
}

TEST_F(StateExchangeTest, SavingReplacesWhatWasSavedBefore) {
    StateExchange save = StateExchange::saving(state);
    double other = 2;
    save.number("real", other);
    restore();
    EXPECT_EQ(restored.real, 2);
    EXPECT_EQ(other, 2);
}

TEST_F(StateExchangeTest, RefusesAMissingName) {
    for (const std::string name : {"narrow", "wide", "vector", "real", "count", "flag"}) {
        const Tensor kept = state.at(name);
        state.erase(name);
        expect_error<DataError>([&] { restore(); }, {"its state has no", ("\"" + name + "\"").c_str()});
        state[name] = kept;
    }
    EXPECT_NO_THROW(restore());
}

TEST_F(StateExchangeTest, RefusesAnotherSize) {
    state["narrow"].values.push_back(1);
    expect_error<DataError>([&] { restore(); }, {"\"narrow\"", "6 values"});
    state["narrow"].values.resize(5);
    expect_error<DataError>([&] { restore(); }, {"\"narrow\"", "6 values"});
    state["narrow"].values.resize(6);
    state["real"].values.clear();
    expect_error<DataError>([&] { restore(); }, {"\"real\"", "1 values"});
}

TEST_F(StateExchangeTest, RefusesAnotherPrecision) {
    state["narrow"].precision = Precision::kFloat64;
    expect_error<DataError>([&] { restore(); }, {"\"narrow\""});
    state["narrow"].precision = Precision::kFloat32;
    state["count"].precision = Precision::kFloat32;
    expect_error<DataError>([&] { restore(); }, {"\"count\""});
}

TEST_F(StateExchangeTest, RefusesANumberThatIsNoCount) {
    for (const double value : {-1.0, 0x1p53, 1e300, std::numeric_limits<double>::infinity(), std::nan("")}) {
        for (const char* name : {"count", "flag"}) {
            const Tensor kept = state.at(name);
            state[name].values = {value};
            expect_error<DataError>([&] { restore(); }, {name, "is no count"});
            state[name] = kept;
        }
    }
}

}  // namespace
}  // namespace bnrun
