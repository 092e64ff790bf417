// Tensors in a file that any machine-learning program can read: https://github.com/huggingface/safetensors.
#pragma once

#include <string>

#include "base/tensor.h"

namespace bnrun {

struct TensorFile {
    TensorMap tensors;
    std::map<std::string, std::string> metadata;
};

enum class Values { kFinite, kAny };

/// Reads F32 and F64 tensors. Throws DataError, naming the file and the tensor or byte offset: not a safetensors file,
/// a header that is longer than the file or 100 MB, offsets with holes or overlap, other types, values not finite
/// unless any are allowed.
TensorFile read_safetensors(const std::string& path, Values values = Values::kFinite);

/// The same of a file's bytes; the path names it in messages. Memory is bounded by a multiple of their number.
TensorFile parse_safetensors(const std::string& bytes, const std::string& path, Values values = Values::kFinite);

/// The file's bytes. Equal input gives equal bytes.
std::string safetensors_bytes(const TensorFile& file);

}  // namespace bnrun
