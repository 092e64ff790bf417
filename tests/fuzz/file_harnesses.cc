#include <string>

#include "fuzz/check.h"
#include "fuzz/harnesses.h"
#include "io/logged_table.h"
#include "io/safetensors.h"

namespace bnrun::fuzz {

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
