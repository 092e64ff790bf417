// Under which names the files of an IDX data set are found: MNIST's are spread with hyphens, dots and in folders.
#pragma once

#include <string>
#include <vector>

namespace bnrun {

/// Where a file of the canonical path `DIR/train-images-idx3-ubyte` is looked for, in order of preference: that path,
/// `DIR/train-images.idx3-ubyte`, and a file of either name in a directory of either name, each also with `.gz` added.
/// A name without `-idx` has no spelling with a dot.
std::vector<std::string> idx_paths(const std::string& path);

/// The first of these that is there. Throws DataError, which says what was looked for, where none is.
std::string find_idx(const std::string& path);

}  // namespace bnrun
