// Arrays in a file that numpy.load reads: a zip archive of .npy files, not compressed.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "files/logged_run.h"

namespace bnrun {

struct NamedArray {
    std::string name;
    std::vector<std::size_t> shape;
    std::variant<std::vector<std::int64_t>, std::vector<double>> values;  ///< row by row
};

/// The file's bytes, which depend on the arrays only: the time in it is always the same. Up to 2 GB in all; throws
/// WriteError above.
std::string npz_bytes(const std::vector<NamedArray>& arrays);

/// A run's iterations and epochs: one array for each column; those by layer are one array, of shape (rows, layers):
/// column 0 of `gradient` is what other formats call `gradient/layer_1`. `epochs` numbers the rows of errors,
/// `layers_epoch` and `layers_iteration` those of layers.csv.
std::string npz_of(const LoggedRun& run);

}  // namespace bnrun
