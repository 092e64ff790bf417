// Every file of a run's directory, in one table. Who names one takes its name from here.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/config.h"
#include "files/logged_table.h"

namespace bnrun {

inline constexpr const char* kSummaryFile = "summary.json";
inline constexpr const char* kConfigFile = "config.json";
inline constexpr const char* kGradientsText = "gradients.txt";
inline constexpr const char* kActivationsText = "activations.txt";
inline constexpr const char* kGradientsFile = "gradients.csv";
inline constexpr const char* kActivationsFile = "activations.csv";
inline constexpr const char* kIterationsFile = "iterations.csv";
inline constexpr const char* kEpochsFile = "epochs.csv";
inline constexpr const char* kLayersFile = "layers.csv";
inline constexpr const char* kModelFile = "model.safetensors";
inline constexpr const char* kLogFile = "run.log";
inline constexpr const char* kCheckpointFile = "checkpoint.safetensors";
inline constexpr const char* kPreviousCheckpointFile = "checkpoint.previous.safetensors";
inline constexpr const char* kLockFile = ".lock";

/// A directory; model.init.from takes what is in it.
inline constexpr const char* kSnapshotsDirectory = "snapshots";

/// Of a sweep's directory: what it varies, and what came of it.
inline constexpr const char* kSweepFile = "sweep.json";
inline constexpr const char* kSweepSummaryFile = "summary.csv";

enum class RunFileKind {
    kWhole,       ///< replaced as a whole
    kTable,       ///< grows by a row
    kPostTable,   ///< a table in the post's layout
    kCheckpoint,  ///< what an interrupted run is resumed from
    kSnapshots,   ///< a directory of models
    kLog,
    kLock,
};

struct RunFile {
    const char* name;
    RunFileKind kind;
    const char* when;                               ///< it is there; empty: from the start
    const char* holds;                              ///< in words
    std::optional<TableKind> shows = std::nullopt;  ///< of a table that `diff` compares: what it logs
};

/// In the order of listings; what removes them follows the same order, so that the summary, which says that a run is
/// done, goes first and the lock last.
inline constexpr std::array<RunFile, 15> kRunFiles{{
    {kSummaryFile, RunFileKind::kWhole, "", "how far the run came, how it ended, and what it ran on"},
    {kConfigFile, RunFileKind::kWhole, "",
     "the config with every default written out; running it again gives the same run"},
    {kGradientsText, RunFileKind::kPostTable, "",
     "norm of each layer's weight gradient at each logged iteration, in the post's layout; at the end the test error"},
    {kActivationsText, RunFileKind::kPostTable, "",
     "range of each hidden layer's outputs at each logged iteration, in the same layout"},
    {kGradientsFile, RunFileKind::kTable, "",
     "the norms again, in the shortest text that reads back to the same values", TableKind::kGradients},
    {kActivationsFile, RunFileKind::kTable, "", "the ranges again, likewise", TableKind::kActivations},
    {kIterationsFile, RunFileKind::kTable, "", "loss and learning rate of each logged iteration",
     TableKind::kIterations},
    {kEpochsFile, RunFileKind::kTable, "", "losses and errors after each epoch", TableKind::kEpochs},
    {kLayersFile, RunFileKind::kTable, "where log.observe asks for more than gradient and activation",
     "the other quantities of each layer at each logged iteration, a value a row", TableKind::kLayers},
    {kModelFile, RunFileKind::kWhole, "once the run is done, unless train.save_model is false", "the trained model"},
    {kSnapshotsDirectory, RunFileKind::kSnapshots, "where log.snapshots asks for it",
     "a directory: the model after each of those iterations, epoch_1_iteration_100.safetensors"},
    {kLogFile, RunFileKind::kLog, "", "what stderr showed"},
    {kCheckpointFile, RunFileKind::kCheckpoint, "until the run is done", "what --resume goes on from"},
    {kPreviousCheckpointFile, RunFileKind::kCheckpoint, "until the run is done", "the one before it"},
    {kLockFile, RunFileKind::kLock, "", "nothing: it is locked while a process works in the directory"},
}};

/// Names of the tables that grow, in the order of kRunFiles.
inline constexpr std::array<const char*, 7> kTableNames = [] {
    std::array<const char*, 7> names{};
    std::size_t count = 0;
    for (const RunFile& file : kRunFiles) {
        const bool grows = file.kind == RunFileKind::kTable || file.kind == RunFileKind::kPostTable;
        if (grows) names.at(count++) = file.name;
    }
    return names;
}();

/// Whether a run of the config has the table.
bool has_table(const Config& config, std::string_view name);

/// The newest first.
inline constexpr std::array<const char*, 2> kCheckpointNames{kCheckpointFile, kPreviousCheckpointFile};

/// `snapshots/epoch_1_iteration_100.safetensors`
std::string snapshot_name(IterationPlace at);

/// Names, within a run's directory, of snapshots and of what a killed process left of them.
std::vector<std::string> snapshots_in(const std::string& directory);

/// Those of the table, and what earlier versions left half-written; the lock is the last.
const std::vector<std::string>& own_run_files();

/// Whether a killed process may have left a file of that name where it wrote one of a run's.
bool is_leftover_of_run(std::string_view name);

/// Whether the name is one of own_run_files() or such a leftover.
bool is_own_run_file(std::string_view name);

/// For a directory without config.json. Throws DataError, which for a sweep's directory says to name a run in it.
[[noreturn]] void throw_no_run(const std::string& directory);

}  // namespace bnrun
