// What MNIST's four files must contain to be called MNIST.
#pragma once

#include "data/idx.h"

namespace bnrun {

/// Throws DataError unless the file's uncompressed SHA-256 is that of the official distribution's file of this name.
void check_mnist(const IdxFile& file, const std::string& name);

}  // namespace bnrun
