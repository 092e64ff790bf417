// What the four files of MNIST and of Fashion-MNIST must contain to be called so.
#pragma once

#include "base/config.h"
#include "data/idx.h"

namespace bnrun {

/// Throws DataError unless the file's uncompressed SHA-256 is that of the official distribution's file of this name.
/// Takes everything of a source that has no official files.
void check_official(const IdxFile& file, const std::string& name, Source source);

/// `scripts/get_mnist.sh gets MNIST`, or the like for another source that has official files.
std::string how_to_get(Source source);

}  // namespace bnrun
