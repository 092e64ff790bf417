// Where a command writes what it was asked for: a file, or the descriptor, pipe or device that has the name.
#pragma once

#include <chrono>
#include <string>

namespace bnrun {

/// How long a stream whose reader takes nothing is waited for.
inline constexpr std::chrono::milliseconds kMostStall{60'000};

/// What is there: nothing; a file or a link, which is replaced (and not what it leads to); a stream, or a link to one,
/// which is written to.
enum class OutputKind { kNew, kFile, kStream };

/// Throws ConfigError where nothing can be written there: a directory, a link to one, a socket, a descriptor that is
/// not open for writing.
OutputKind output_kind(const std::string& path);

/// `-`, or one of stdout's names.
bool is_stdout(const std::string& path);

/// As write_whole; a stream gets the contents. A pipe is waited for as long as its reader takes any, and a few seconds
/// for one to come. Throws WriteError, and what output_kind throws.
void write_output(const std::string& path, const std::string& contents,
                  std::chrono::milliseconds most_stall = kMostStall);

}  // namespace bnrun
