// Whether what is to be written has room on the disk.
#pragma once

#include <string>

namespace bnrun {

/// What removing a run's own files from the directory gives back. A file that has another name, too, gives back
/// nothing.
double bytes_of_run(const std::string& directory);

/// What may still be written into the directory, or into the nearest of its parents that is there; no end of it where
/// the file system does not say.
double room_at(const std::string& directory);

/// Throws WriteError where the directory's file system has less room than that, together with what removing the run
/// there gives back. One that does not say how much room it has is taken to have enough.
void check_space(const std::string& directory, double bytes);

}  // namespace bnrun
