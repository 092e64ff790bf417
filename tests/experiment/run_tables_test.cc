// A run's tables on disk: as many texts as names in their order, marks, and what they are cut back to.
#include "experiment/run_tables.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "base/error.h"
#include "files/logged_table.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

IterationRecord iteration(std::int64_t number) {
    return {1, number, 5, 0.5, 0.1, {0.5, 0.25}, {0.125}, {0.75}, false, true, true};
}

Config one_hidden_layer() {
    Config config;
    config.precision = Precision::kFloat64;
    config.model.depth = 1;
    return config;
}

class RunTablesTest : public testing::Test {
  protected:
    [[nodiscard]] std::string contents(const char* name) const { return scratch.get(std::string("run/") + name); }

    Scratch scratch;
    std::optional<RunClaim> claim = RunClaim::take(scratch.path("run"));
};

TEST_F(RunTablesTest, EachTextGoesToTheTableOfItsName) {
    RunTables tables(*claim, one_hidden_layer());
    tables.append(iteration(1));
    tables.append(EpochRecord{1, 0.5, 0.25, 0.75, 0.125, 1, 8});
    tables.close();
    EXPECT_FALSE(std::filesystem::exists(scratch.path("run/layers.csv")));
    for (const RunFile& file : kRunFiles) {
        if (!file.shows || file.name == std::string(kLayersFile)) continue;
        const LoggedTable table = read_logged_table(scratch.path(std::string("run/") + file.name));
        EXPECT_EQ(table.kind, *file.shows) << file.name;
        EXPECT_EQ(table.rows.size(), 1U) << file.name;
    }
    EXPECT_EQ(contents(kGradientsText), "epoch:1 iteration:1/5\n 0.5 0.25\n");
    EXPECT_EQ(contents(kActivationsText), "epoch:1 iteration:1/5\n max 0.75\n min 0.125\n");
}

TEST_F(RunTablesTest, AreThoseOfTheQuantitiesAskedFor) {
    Config config = one_hidden_layer();
    config.log.observe = {Quantity::kUpdate};
    RunTables tables(*claim, config);
    IterationRecord record = iteration(1);
    record.layer_values = {{1, "update_norm", 0.25}, {1, "update_ratio", 0.125}, {2, "update_norm", 4}};
    tables.append(record);
    EXPECT_EQ(tables.marks().size(), 3U);
    tables.close();
    for (const char* name : {kGradientsText, kGradientsFile, kActivationsText, kActivationsFile}) {
        EXPECT_FALSE(std::filesystem::exists(scratch.path(std::string("run/") + name))) << name;
    }
    EXPECT_EQ(contents(kLayersFile),
              "epoch,iteration,layer,quantity,value\n1,1,1,update_norm,0.25\n1,1,1,update_ratio,0.125\n"
              "1,1,2,update_norm,4\n");
    EXPECT_EQ(contents(kIterationsFile).find("epoch,iteration,loss"), 0U);
}

TEST_F(RunTablesTest, AreCutBackToTheirMarksAndGrowFromThere) {
    std::map<std::string, TableMark> marks;
    {
        RunTables tables(*claim, one_hidden_layer());
        tables.append(iteration(1));
        marks = tables.marks();
        tables.append(iteration(2));
        tables.close();
    }
    RunTables resumed(*claim, one_hidden_layer(), marks);
    EXPECT_EQ(resumed.marks().at(kGradientsFile).sha256, marks.at(kGradientsFile).sha256);
    EXPECT_EQ(resumed.marks().at(kGradientsFile).bytes, marks.at(kGradientsFile).bytes);
    resumed.append(iteration(3));
    resumed.close();
    EXPECT_EQ(contents(kGradientsFile), "epoch,iteration,layer_1,layer_2\n1,1,0.5,0.25\n1,3,0.5,0.25\n");
}

TEST_F(RunTablesTest, ATableThatIsNotWhatWasMarkedIsNotGoneOnWith) {
    std::map<std::string, TableMark> marks;
    {
        RunTables tables(*claim, one_hidden_layer());
        marks = tables.marks();
        tables.close();
    }
    std::string text = contents(kIterationsFile);
    text[0] = 'E';
    (void)scratch.put(std::string("run/") + kIterationsFile, text);
    expect_error<WriteError>([&] { RunTables(*claim, one_hidden_layer(), marks); },
                             {"iterations.csv: was changed while the run began"});
}

TEST_F(RunTablesTest, ATableThatAnotherProgramWritesToIsNamed) {
    RunTables tables(*claim, one_hidden_layer());
    (void)scratch.put(std::string("run/") + kEpochsFile, "mine\n");
    expect_error<WriteError>([&] { (void)tables.marks(); }, {"epochs.csv: was written to by another program"});
}

TEST_F(RunTablesTest, WhereTheDirectoryHasGoneThatIsWhatIsSaid) {
    RunTables tables(*claim, one_hidden_layer());
    std::filesystem::rename(scratch.path("run"), scratch.path("moved"));
    expect_error<WriteError>([&] { tables.append(iteration(1)); }, {"run: is no longer this run's directory"});
    expect_error<WriteError>([&] { RunTables(*claim, one_hidden_layer()); }, {"is no longer this run's directory"});
}

}  // namespace
}  // namespace bnrun
