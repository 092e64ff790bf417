#include "experiment/stored_sweep.h"

#include <filesystem>

#include "base/error.h"
#include "base/paths.h"
#include "files/run_files.h"

namespace bnrun {

bool is_sweep(const std::string& directory) {
    std::error_code ignored;  // what is wrong with a path, its reader says
    return std::filesystem::exists(path_in(directory, kSweepFile), ignored);
}

StoredSweep read_stored_sweep(const std::string& directory) {
    StoredSweep sweep{directory, {}, {}};
    try {
        sweep.plan = plan_sweep(read_sweep_spec(path_in(directory, kSweepFile)), {});
    } catch (const ConfigError& error) {
        throw DataError(error.what());
    }
    for (const SweepPoint& point : sweep.plan.points) sweep.results.push_back(read_point(directory, point));
    return sweep;
}

}  // namespace bnrun
