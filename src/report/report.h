// Pictures of runs: a page, or a file for each figure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiment/reporter.h"
#include "report/reader.h"

namespace bnrun {

struct ReportOptions {
    std::optional<std::string> out;        ///< the page; `-` goes to the reporter
    std::optional<std::string> svg;        ///< a directory for the figures
    std::optional<std::string> iteration;  ///< of figures by layer: `epoch:iteration` or `last`; none: 1:10, else last
    bool force = false;                    ///< replace files that no report wrote
    std::vector<std::string> figures{};    ///< names of those to draw; none: all
    ReportChoice choice{};
};

/// Throws ConfigError: nowhere to write to, a file in the way, no such iteration. Throws DataError: no
/// run, tables that cannot be read. Throws WriteError.
void write_report(const std::vector<std::string>& inputs, const ReportOptions& options, Reporter& reporter);

}  // namespace bnrun
