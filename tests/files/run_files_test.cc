#include "files/run_files.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

/// What stands in backquotes in the first cells of the table that follows the heading in the guide.
std::set<std::string> names_in_guide(const std::string& heading) {
    std::ifstream file(BNRUN_SOURCE_DIR "/docs/guide.md");
    std::set<std::string> names;
    std::string line;
    while (std::getline(file, line) && line != heading) continue;
    while (std::getline(file, line) && line.rfind("| ---", 0) != 0) continue;
    while (std::getline(file, line) && line.rfind("| ", 0) == 0) {
        std::istringstream cell(line.substr(2, line.find(" | ") - 2));
        for (std::string name; std::getline(cell, name, '`') && std::getline(cell, name, '`');) names.insert(name);
    }
    return names;
}

TEST(RunFiles, AreThoseThatTheGuideLists) {
    std::set<std::string> names;
    for (const RunFile& file : kRunFiles) names.insert(file.name);
    EXPECT_EQ(names.size(), kRunFiles.size());
    EXPECT_EQ(names_in_guide("## What a run leaves"), names);
}

TEST(RunFiles, AreRemovedWithTheSummaryFirstAndTheLockLast) {
    EXPECT_EQ(own_run_files().front(), "summary.json");
    EXPECT_EQ(own_run_files().back(), ".lock");
    for (const RunFile& file : kRunFiles) EXPECT_TRUE(is_own_run_file(file.name)) << file.name;
    EXPECT_TRUE(is_own_run_file("model.safetensors.tmp"));
    EXPECT_FALSE(is_own_run_file("notes.txt"));
}

TEST(RunFiles, TablesAreNamedForWhatTheyShowInBothLayouts) {
    EXPECT_EQ(kTableNames, (std::array<const char*, 7>{kGradientsText, kActivationsText, kGradientsFile,
                                                       kActivationsFile, kIterationsFile, kEpochsFile, kLayersFile}));
    for (const RunFile& file : kRunFiles) {
        EXPECT_EQ(file.shows.has_value(), file.kind == RunFileKind::kTable) << file.name;
    }
}

TEST(RunFiles, SnapshotsAreThoseOfItsNamesAlone) {
    const Scratch scratch;
    EXPECT_TRUE(snapshots_in(scratch.path("")).empty());
    std::filesystem::create_directory(scratch.path("snapshots"));
    const std::string name = snapshot_name({2, 30});
    EXPECT_EQ(name, "snapshots/epoch_2_iteration_30.safetensors");
    for (const char* other : {"mine.safetensors", "epoch_2.safetensors", "epoch_2_iteration_x.safetensors",
                              "epoch_02_iteration_3.safetensors", "epoch_2_iteration_30.safetensors.bak"}) {
        (void)scratch.put(std::string("snapshots/") + other, "");
    }
    (void)scratch.put(name, "");
    EXPECT_EQ(snapshots_in(scratch.path("")), std::vector<std::string>{name});
}

TEST(RunFiles, WhereThereIsNoRunTheMessageSaysWhatToName) {
    const Scratch scratch;
    std::filesystem::create_directory(scratch.path("empty"));
    expect_error<DataError>([&] { throw_no_run(scratch.path("empty")); }, {"empty: not a run", "bnrun --config"});
    std::filesystem::create_directory(scratch.path("sweep"));
    (void)scratch.put("sweep/summary.csv", "run,status\n");
    expect_error<DataError>([&] { throw_no_run(scratch.path("sweep")); }, {"sweep: not a run", "a sweep's"});
}

}  // namespace
}  // namespace bnrun
