// A sheet of training images as one HTML file that needs nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/config.h"
#include "data/dataset.h"
#include "experiment/reporter.h"
#include "report/data_sheet.h"

namespace bnrun {

inline constexpr std::int64_t kMostSheetSamples = 1000;
inline constexpr std::int64_t kMostSheetEpochs = 20;

struct DataPageOptions {
    std::optional<std::string> out;  ///< the page; `-` goes to the reporter
    std::int64_t samples = 40;       ///< to show, at most kMostSheetSamples
    std::int64_t epochs = 4;         ///< of each, where they are distorted; at most kMostSheetEpochs
    int threads = 1;
    bool force = false;  ///< replace a file that no report wrote
};

/// The same config and data give the same bytes.
std::string data_page(const Config& config, const Dataset& dataset, const DataSheet& sheet);

/// Loads the config's data and writes its sheet. Throws ConfigError (nowhere to write to, a file in the way), DataError
/// and WriteError.
void write_data_page(const Config& config, const DataPageOptions& options, Reporter& reporter);

}  // namespace bnrun
