// Whether what is to be written has room on the disk.
#pragma once

#include <string>

namespace bnrun {

/// Throws WriteError where the file system has less room than that, with what the directory's own files give back once
/// they are removed. One that does not say how much room it has is taken to have enough.
void check_space(const std::string& directory, double bytes);

}  // namespace bnrun
