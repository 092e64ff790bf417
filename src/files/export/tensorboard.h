// Scalars in an event file that TensorBoard reads: TFRecords of protocol buffers, written by hand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "files/logged_run.h"

namespace bnrun {

/// The scalars of one step, each with its tag.
struct ScalarEvent {
    std::int64_t step = 0;
    std::vector<std::pair<std::string, double>> scalars;  ///< written as float32, all that an event holds
    double time = 0;                                      ///< in seconds since 1970; 0: not known, and left out
};

/// The file's bytes, which depend on the events only.
std::string event_file_bytes(const std::vector<ScalarEvent>& events);

/// A run's scalars, those by layer as `gradient/layer_1`. An epoch's stand at its last iteration; where no iteration
/// was logged, at the epoch's number. Where the run's time is known it is shared out evenly over its steps.
std::string events_of(const LoggedRun& run);

/// CRC-32C (Castagnoli), as RFC 3720 B.4 has it.
std::uint32_t crc32c(std::string_view bytes);

}  // namespace bnrun
