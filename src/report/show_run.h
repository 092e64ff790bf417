// What `bnrun show` says of one run: read from its tables in places, whatever their length.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/show_layers.h"
#include "report/show_outline.h"

namespace bnrun {

inline constexpr std::size_t kMostSamples = 240;  ///< rows that are read for a sparkline

struct ShownRun {
    RunOutline outline;
    std::int64_t epoch = 0;  ///< of the row that is shown; 0 where nothing was logged
    std::int64_t iteration = 0;
    std::int64_t iterations = 0;               ///< in an epoch; 0 where not known
    std::vector<double> norms;                 ///< in that row, of each weight layer's gradient
    std::vector<double> low;                   ///< smallest output of each hidden layer in that row; may be empty
    std::vector<double> high;                  ///< largest
    std::vector<std::vector<double>> history;  ///< of each weight layer: norms at iterations at even distances
    std::vector<double> losses;                ///< likewise
    std::vector<double> test_errors;           ///< of epochs
    ShownLayers layers;                        ///< at that row or the last one before it
    std::vector<std::string> notes;            ///< what there is nothing to show of, a sentence each
};

/// @param iteration which row to show: `epoch:iteration`, a number of iterations from the run's begin, or `last`; none:
/// the last one. Throws DataError: no run there, a table that cannot be read. Throws ConfigError: no such row.
ShownRun read_shown_run(const std::string& directory, const std::optional<std::string>& iteration);

}  // namespace bnrun
