// Files that are read, or put in place, as a whole.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/input_file.h"

namespace bnrun {

/// Asked before anything is created, and again before it is put in place; throws where it must not be.
using Permission = std::function<void()>;

/// Writes beside the file, then renames over it: a reader sees the old contents or the new. What is written beside it
/// is a hidden file of a name that nothing had. Follows no link. Throws WriteError, as the next two do.
void write_whole(const std::string& path, const std::string& contents, const Permission& permission = {});

/// The same without waiting for the disk, for what is soon written again: a reader still sees the old or the new.
void write_passing(const std::string& path, const std::string& contents, const Permission& permission = {});

/// As write_whole, but what was written is read back first, and what was at the path is then kept at `previous`.
void write_keeping(const std::string& path, const std::string& previous, const std::string& contents,
                   const Permission& permission = {});

/// Whether a process that was killed may have left a file of that name where it wrote one of the other.
bool is_temporary_of(std::string_view name, std::string_view written);

/// Removes what killed processes left where they wrote that file: temporaries of a day ago or more. Never fails.
void remove_stale_temporaries(const std::string& path);

/// The whole contents of a regular file, such as a run's own are. Throws DataError, also where it has more bytes.
std::string read_whole(const std::string& path, std::uint64_t most = kAnySize);

}  // namespace bnrun
