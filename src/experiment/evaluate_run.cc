#include "experiment/evaluate_run.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/paths.h"
#include "experiment/inputs.h"
#include "experiment/run_directory.h"
#include "files/run_files.h"
#include "files/safetensors.h"
#include "files/summary.h"
#include "files/table.h"
#include "settings/json.h"
#include "train/test_model.h"

namespace bnrun {
namespace {

/// Throws DataError where there is no model, with the reason.
StoredResult finished_result(const std::string& directory, const Config& config) {
    StoredResult stored = read_summary(path_in(directory, kSummaryFile));
    if (path_exists(path_in(directory, kModelFile))) return stored;
    if (!config.train.save_model) {
        throw DataError(directory +
                        ": no model.safetensors, as the config says train.save_model=false; run it again with true");
    }
    throw DataError(directory + ": no model.safetensors, as the run's status is \"" + stored.status +
                    "\"; a model is written when a run is done");
}

}  // namespace

void evaluate_run(const std::string& directory, const EvaluateOptions& options, Reporter& reporter) {
    if (!path_exists(path_in(directory, kConfigFile))) throw_no_run(directory);
    const Config config = read_config(path_in(directory, kConfigFile), data_override(options.data)).config;
    const StoredResult stored = finished_result(directory, config);
    const TensorMap model = read_safetensors(path_in(directory, kModelFile)).tensors;
    const Dataset dataset = load_reported(config, reporter);
    ThreadTeam team(options.threads);
    const TestResult result = test_model(config, dataset, model, team);
    reporter.table(test_error_text(result.error, result.wrong, result.samples));
    if (stored.test_wrong == result.wrong) return;
    const std::string own = stored.test_wrong ? std::to_string(*stored.test_wrong) : "no number";
    throw Error(
        ExitCode::kDifferent,
        fmt::format("{}: the model gets {} test samples wrong, but summary.json says {}; the data, the config or "
                    "the model is not the run's own",
                    directory, result.wrong, own));
}

}  // namespace bnrun
