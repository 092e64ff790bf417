#include "train/observer.h"

#include <gtest/gtest.h>

#include <set>

#include "support/small_training.h"

namespace bnrun {
namespace {

Config observing() {
    Config config = small_config();
    config.train.epochs = 2;
    config.model.dropout = 0.25;
    config.log.observe.clear();
    for (std::size_t i = 0; i < kQuantityNames.size(); ++i) config.log.observe.push_back(static_cast<Quantity>(i));
    return config;
}

struct Trace {
    Records records;
    TrainResult result;
};

Trace trace_of(const Config& config, int threads = 1) {
    const Dataset dataset = make_dataset(101);
    ThreadTeam team(threads, threads);
    Trace trace;
    trace.result = train(config, dataset, {}, team, trace.records);
    return trace;
}

void expect_same_values(const std::vector<LayerValue>& a, const std::vector<LayerValue>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].layer, b[i].layer);
        EXPECT_STREQ(a[i].quantity, b[i].quantity);
        EXPECT_TRUE(a[i].value == b[i].value || (std::isnan(a[i].value) && std::isnan(b[i].value))) << a[i].quantity;
    }
}

TEST(Observer, ChangesNoByteOfWhatIsTrained) {
    Config plain = observing();
    plain.log.observe = {Quantity::kGradient, Quantity::kActivation};
    const Trace without = trace_of(plain);
    const Trace with = trace_of(observing());
    ASSERT_EQ(without.records.iterations.size(), with.records.iterations.size());
    for (std::size_t i = 0; i < with.records.iterations.size(); ++i) {
        EXPECT_EQ(without.records.iterations[i].loss, with.records.iterations[i].loss) << i;
        EXPECT_EQ(without.records.iterations[i].gradient_norms, with.records.iterations[i].gradient_norms) << i;
        EXPECT_EQ(without.records.iterations[i].activation_max, with.records.iterations[i].activation_max) << i;
        EXPECT_TRUE(without.records.iterations[i].layer_values.empty());
    }
    EXPECT_EQ(without.records.epochs.back().test_loss, with.records.epochs.back().test_loss);
    for (const auto& [name, tensor] : without.result.model) {
        EXPECT_EQ(tensor.values, with.result.model.at(name).values) << name;
    }
}

TEST(Observer, GivesTheSameValuesForAnyNumberOfThreads) {
    const Trace one = trace_of(observing(), 1);
    for (const int threads : {2, 3}) {
        const Trace more = trace_of(observing(), threads);
        for (std::size_t i = 0; i < one.records.iterations.size(); ++i) {
            expect_same_values(one.records.iterations[i].layer_values, more.records.iterations[i].layer_values);
        }
    }
}

/// What compares with the iteration before does so, whether that one has a row or not.
TEST(Observer, GivesAnIterationTheSameValuesWhicheverOthersAreLogged) {
    const Trace all = trace_of(observing());
    Config config = observing();
    config.log.at = {{1, 3, 3, false}, {2, 1, 2, false}, {.is_last_of_run = true}};
    const Trace some = trace_of(config);
    int logged = 0;
    for (std::size_t i = 0; i < all.records.iterations.size(); ++i) {
        const IterationRecord& record = some.records.iterations[i];
        logged += record.is_logged ? 1 : 0;
        const std::vector<LayerValue> none;
        expect_same_values(record.layer_values, record.is_logged ? all.records.iterations[i].layer_values : none);
    }
    EXPECT_EQ(logged, 4);
}

TEST(Observer, OfChosenLayersGivesWhatItGivesOfAll) {
    const Trace all = trace_of(observing());
    Config config = observing();
    config.log.layers = {0, 2};
    const Trace some = trace_of(config);
    for (std::size_t i = 0; i < all.records.iterations.size(); ++i) {
        std::vector<LayerValue> wanted;
        for (const LayerValue& value : all.records.iterations[i].layer_values) {
            if (value.layer == 0 || value.layer == 2) wanted.push_back(value);
        }
        expect_same_values(some.records.iterations[i].layer_values, wanted);
    }
}

TEST(Observer, NamesWhatItsTableNames) {
    std::set<std::string> named;
    for (const QuantityRow& row : kQuantities) {
        std::string name;
        std::string prefix;
        for (const char* at = row.values;; ++at) {
            if (std::isalnum(static_cast<unsigned char>(*at)) || *at == '_' || *at == '.') {
                name += *at;
                continue;
            }
            if (name == "likewise") {  // `output_ likewise`: with what stands before under another prefix
                const std::string first = prefix == "output_" ? "input_" : "gamma_";
                std::set<std::string> more;
                for (const std::string& other : named) {
                    if (other.rfind(first, 0) == 0) more.insert(prefix + other.substr(first.size()));
                }
                named.merge(more);
            } else if (name.ends_with('_')) {
                prefix = name;
            } else if (!name.empty() && name.find(".csv") == std::string::npos &&
                       name.find(".txt") == std::string::npos) {
                named.insert(name);
            }
            name.clear();
            if (*at == '\0') break;
        }
    }
    std::set<std::string> given;
    const Trace trace = trace_of(observing());
    for (const IterationRecord& record : trace.records.iterations) {
        for (const LayerValue& value : record.layer_values) given.insert(value.quantity);
    }
    EXPECT_EQ(given, named);
}

TEST(Observer, LogsNothingOfAnIterationThatDiverged) {
    Config config = observing();
    config.precision = Precision::kFloat32;
    config.model.normalization.kind = Normalization::kNone;
    config.model.activation = Activation::kRelu;
    config.log.observe = {Quantity::kUpdate};
    config.train.optimizer = {OptimizerName::kSgd, 1e30, 0.5};
    const Trace trace = trace_of(config);
    ASSERT_EQ(trace.result.outcome, Outcome::kDiverged);
    EXPECT_TRUE(trace.records.iterations.back().is_logged);
    EXPECT_TRUE(trace.records.iterations.back().layer_values.empty());
}

}  // namespace
}  // namespace bnrun
