// How a sweep shares out what it may use of the machine: runs at a time, threads of each, open files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bnrun {

/// What a sweep may use.
struct Means {
    int processors = 1;
    std::int64_t open_files = 1024;
};

struct Shares {
    int jobs = 1;                       ///< runs at a time
    int threads = 1;                    ///< of each
    std::vector<std::string> warnings;  ///< of each number that had to be lowered, a line
};

/// @param jobs, threads as the user asked for them; none: a job for each processor or run, and the processors that fall
/// to each job
Shares share_out(std::optional<int> jobs, std::optional<int> threads, std::size_t runs, const Means& means);

}  // namespace bnrun
