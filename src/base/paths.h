// What is there in the file system, or why that cannot be told.
#pragma once

#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace bnrun {

/// Whether there is something at the path, links followed. Throws DataError where that cannot be told, as in a
/// directory that may not be searched.
bool path_exists(const std::string& path);

/// The same of a directory, and of anything else.
bool directory_exists(const std::string& path);
bool file_exists(const std::string& path);

/// The names in a directory, in no order. Where it cannot be read to its end, says why, and gives those it found.
std::vector<std::string> names_in(const std::string& directory, std::error_code& error);

/// `directory`/`name`.
std::string path_in(const std::string& directory, std::string_view name);

}  // namespace bnrun
