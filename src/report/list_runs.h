// What runs and sweeps there are below a directory.
#pragma once

#include <string>
#include <vector>

#include "report/show_outline.h"
#include "report/show_sweep.h"

namespace bnrun {

/// A sweep in one line, its runs counted.
struct ListedSweep {
    std::string directory;
    SweepSetting points;                  ///< how many of what state
    std::optional<double> best;           ///< the lowest mean test error of a setting, or validation error
    std::vector<std::string> axes;        ///< what varies, but for the seed
    std::optional<std::int64_t> written;  ///< when its summary was, or its newest run's
};

struct Listing {
    std::vector<RunOutline> runs;
    std::vector<ListedSweep> sweeps;
    std::vector<std::string> notes;  ///< of directories that could not be looked into, a line each
};

/// Runs and sweeps below the directory, each kind by path, `seed=2` before `seed=10`. The runs of a sweep are not
/// listed one by one, but where the directory is the sweep's own. Links to directories are not followed, nor is what
/// begins with a dot looked into. Throws DataError where the directory is not there or cannot be read.
Listing list_runs(const std::string& directory);

}  // namespace bnrun
