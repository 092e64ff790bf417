// What Linux, macOS and other systems with POSIX call or do differently. CMake chooses the source: platform_linux.cc,
// or platform_posix.cc, which -D BNRUN_PORTABLE=ON takes on Linux, too.
#pragma once

#include <pthread.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace bnrun {

/// Processors that this process may run on, as far as the system says; at least 1.
int processors_to_run_on();

/// "unknown" where the system does not say.
std::string processor_model();

/// Processor time that a thread has used. Where no clock says so, the time that has passed, as if it never waited.
std::chrono::nanoseconds time_used(pthread_t thread);

/// A wish: memory that is filled soon comes in large pages.
void ask_for_huge_pages(void* memory, std::size_t bytes);

/// As fsync and fdatasync: what was written is on the disk itself, not only in its cache. Not 0 with errno on failure.
int sync_file(int descriptor);
int sync_contents(int descriptor);

/// `descriptor` becomes another one of what `opened` has open, closed where a program is started. As dup2.
int duplicate_onto(int opened, int descriptor);

/// Of a text that is a decimal number, `inf` or `nan` and nothing else; none where it is too large or small. As
/// std::from_chars, which not every standard library has for double.
std::optional<double> read_double(const std::string& text);

/// Opens the lowest free descriptor on what takes no bytes. Below 0 on failure.
int open_placeholder();

}  // namespace bnrun
