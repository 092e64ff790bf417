#include "experiment/stored_run.h"

#include "base/error.h"
#include "base/paths.h"
#include "experiment/stored_config.h"
#include "files/checkpoint.h"
#include "files/run_files.h"

namespace bnrun {
namespace {

StoredResult result_in(const std::string& directory) {
    try {
        return read_summary(path_in(directory, kSummaryFile));
    } catch (const DataError&) {
        return {};  // killed before it wrote one
    }
}

}  // namespace

StoredRun read_stored_run(const std::string& directory, const RunConfig& config) {
    StoredRun run;
    run.result = result_in(directory);
    run.has_checkpoint = has_checkpoint(directory);
    run.has_trained = run.has_checkpoint || run.result.iteration != 0;
    const bool has_config = path_exists(path_in(directory, kConfigFile));
    const bool has_summary = !run.result.status.empty();
    run.is_there = has_config || has_summary;
    std::string& status = run.result.status;
    const bool lacks_model =
        run.has_checkpoint && config.values.train.save_model && !path_exists(path_in(directory, kModelFile));
    if (status == "done" && (!has_config || lacks_model)) status = "running";
    const std::string& sha256 = run.result.config_sha256;
    const bool by_summary = has_summary && sha256 == config.sha256;
    const bool is_told = has_summary && !sha256.empty();  // not by an earlier version's
    const bool by_config = has_config ? is_of_config(directory, config) : by_summary;
    const bool was_replacing = by_summary && (status == "running" || status == "failed") && !run.has_checkpoint;
    run.is_of_config = (by_config && (by_summary || !is_told)) || was_replacing;
    return run;
}

}  // namespace bnrun
