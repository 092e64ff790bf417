// `bnrun show`: runs and sweeps as text, one after the other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chart/text_chart.h"
#include "report/show_sweep.h"

namespace bnrun {

struct ShowOptions {
    std::vector<std::string> inputs;
    std::optional<std::string> iteration;  ///< as read_shown_run has it
    SweepChoice choice{};                  ///< of sweeps
    bool json = false;
};

/// What is printed. Throws DataError: no run and no sweep, a file of one that cannot be read. Throws ConfigError: no
/// such iteration, column or point, a choice for the other kind of input.
std::string show_text(const ShowOptions& options, const TextLook& look);

}  // namespace bnrun
