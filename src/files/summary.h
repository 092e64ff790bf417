// summary.json: how a run ended, and everything that may differ between two equal runs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/record.h"

namespace bnrun {

struct Summary {
    std::string status = "running";  ///< `running`, `done`, `diverged`, `interrupted` or `failed`
    std::string name;
    std::int64_t seed = 0;
    std::optional<EpochRecord> last_epoch;  ///< the last epoch that was completed
    std::int64_t epoch = 0;                 ///< the last one worked on
    std::int64_t iteration = 0;
    double seconds = 0;
    double samples_per_second = 0;
    std::int64_t written = 0;  ///< when, in seconds since 1970; 0: not said
    std::string source;
    std::string directory;  ///< empty for synthetic data
    std::map<std::string, std::string> sha256;
    std::string version;
    std::string commit;
    std::string compiler;
    std::string instruction_set;
    std::string cpu;
    int cores = 0;
    std::string system;
    int threads = 0;
    std::string precision;
    std::string config_sha256;  ///< of config.json
};

/// As JSON ending in a newline; what is not finite or not known yet is null, but for errors of a validation set, which
/// are there where an epoch has them.
std::string summary_text(const Summary& summary);

struct StoredResult {
    std::string status;
    std::string config_sha256;              ///< empty where not known, as from an earlier version
    std::optional<std::int64_t> iteration;  ///< the last one, 0 before the first
    std::optional<std::int64_t> test_wrong;
    std::optional<double> train_loss;
    std::optional<double> train_error;
    std::optional<double> test_loss;
    std::optional<double> test_error;
    std::optional<double> validation_loss;  ///< none, too, where there is no validation set
    std::optional<double> validation_error;
    std::string name;  ///< this and what follows: empty or none where not known
    std::string source;
    std::string version;
    std::string commit;
    std::optional<std::int64_t> epoch;  ///< the last one worked on
    std::optional<std::int64_t> test_samples;
    std::optional<std::int64_t> threads;
    std::optional<double> seconds;
    std::optional<double> samples_per_second;
    std::optional<std::int64_t> written;  ///< in seconds since 1970
};

/// What an earlier run wrote. Throws DataError, naming the file.
StoredResult read_summary(const std::string& path);

/// The same of a file's text, which messages call `path`.
StoredResult parse_summary(const std::string& text, const std::string& path);

}  // namespace bnrun
