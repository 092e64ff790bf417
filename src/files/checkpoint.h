// The state that an interrupted run goes on from: a safetensors file with a checksum over all of it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/tensor.h"
#include "files/run_claim.h"
#include "files/run_files.h"

namespace bnrun {

/// How far a growing table had grown.
struct TableMark {
    std::int64_t bytes = 0;
    std::string sha256;  ///< of those bytes
};

struct CheckpointFile {
    std::string config_sha256;                ///< of config.json
    std::string data_sha256;                  ///< of the data's own checksums
    std::map<std::string, TableMark> tables;  ///< by file name
    TensorMap state;                          ///< any values, infinite ones too
};

std::string checkpoint_bytes(const CheckpointFile& checkpoint);

/// Throws DataError, naming the file: no checkpoint, of another version, its checksum or anything else wrong.
CheckpointFile read_checkpoint(const std::string& path);

/// Replaces the newest of the claim's directory, which becomes the previous one once the new one was read back. Throws
/// WriteError.
void save_checkpoint(const RunClaim& claim, const CheckpointFile& checkpoint);

bool has_checkpoint(const std::string& directory);

/// All there are, the newest last. Throws WriteError.
void remove_checkpoints(const std::string& directory);

/// Throws DataError, naming the table, unless each begins with what is marked.
void check_tables(const std::string& directory, const std::map<std::string, TableMark>& tables);

}  // namespace bnrun
