#include <string>
#include <string_view>

#include "base/sha256.h"
#include "files/checkpoint.h"
#include "files/logged_table.h"
#include "files/safetensors.h"
#include "fuzz/check.h"
#include "fuzz/harnesses.h"
#include "fuzz/memory_file.h"
#include "train/checkpoint.h"

namespace bnrun::fuzz {

namespace {

/// What a fuzzer cannot guess: the checksum over all bytes, its own digits taken for zeros.
std::string with_checksum(std::string bytes) {
    constexpr std::string_view kKey = "\"sha256\":\"";
    constexpr std::size_t kDigits = 64;
    const std::size_t key = bytes.find(kKey);
    if (key == std::string::npos || bytes.size() - key < kKey.size() + kDigits) return bytes;
    bytes.replace(key + kKey.size(), kDigits, std::string(kDigits, '0'));
    return bytes.replace(key + kKey.size(), kDigits, sha256_text(bytes));
}

}  // namespace

void safetensors(std::string_view input) {
    accept_or_refuse([&] {
        const TensorFile file = parse_safetensors(std::string(input), "fuzz.safetensors");
        std::size_t most = input.size() / 4;
        for (const auto& [name, tensor] : file.tensors) {
            require(tensor.values.size() <= most, "tensors hold no more than the file");
            most -= tensor.values.size();
            std::size_t values = 1;
            for (const std::int64_t size : tensor.shape) {
                require(size >= 0, "no size is below 0");
                values *= static_cast<std::size_t>(size);
            }
            require(values == tensor.values.size(), "a tensor has as many values as its shape says");
        }
        const TensorFile again = parse_safetensors(safetensors_bytes(file), "again.safetensors");
        require(again.metadata == file.metadata && again.tensors.size() == file.tensors.size(), "tensors are kept");
        for (const auto& [name, tensor] : file.tensors) {
            require(again.tensors.at(name).values == tensor.values && again.tensors.at(name).shape == tensor.shape,
                    "a tensor that is written reads back as the same");
        }
    });
}

void checkpoint(std::string_view input) {
    static const MemoryFile file_in_memory("checkpoint");
    accept_or_refuse([&] {
        const CheckpointFile file = read_checkpoint(file_in_memory.put(with_checksum(std::string(input))));
        const CheckpointFile again = read_checkpoint(file_in_memory.put(checkpoint_bytes(file)));
        require(again.state.size() == file.state.size() && again.tables.size() == file.tables.size(),
                "a checkpoint that is written reads back as the same");
        for (const auto& [name, mark] : file.tables) {
            require(mark.bytes >= 0 && again.tables.at(name).bytes == mark.bytes, "a table's mark is kept");
        }
        const TrainingProgress at = Checkpoint{file.state}.progress();
        require(at.epoch >= 0 && at.iteration >= 0 && at.last.epoch >= 0, "progress counts");
    });
}

void table(std::string_view input) {
    accept_or_refuse([&] {
        const LoggedTable table = parse_logged_table(input, "fuzz.csv");
        for (const LoggedRow& row : table.rows) {
            require(row.values.size() == table.columns.size(), "a row has a value for each column");
            require(row.epoch >= 1 && row.iteration >= (table.kind == TableKind::kEpochs ? 0 : 1),
                    "places count from 1");
        }
    });
}

}  // namespace bnrun::fuzz
