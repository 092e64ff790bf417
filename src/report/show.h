// `bnrun show`: runs as text, one after the other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chart/text_chart.h"

namespace bnrun {

struct ShowOptions {
    std::vector<std::string> inputs;
    std::optional<std::string> iteration;  ///< as read_shown_run has it
    bool json = false;
};

/// What is printed. Throws DataError: no run, a file of one that cannot be read. Throws ConfigError: no such iteration.
std::string show_text(const ShowOptions& options, const TextLook& look);

}  // namespace bnrun
