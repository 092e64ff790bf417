#include "files/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/error.h"
#include "base/paths.h"
#include "base/sha256.h"
#include "files/safetensors.h"
#include "files/whole_file.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFormat = "bnrun checkpoint 1";
constexpr std::string_view kTable = "table:";
const std::string kNoChecksum(64, '0');

/// The place of the checksum's digits, which are zeros while it is computed.
std::size_t checksum_place(const std::string& bytes, const std::string& checksum) {
    const std::string entry = fmt::format("\"sha256\":\"{}\"", checksum);
    const std::size_t place = bytes.find(entry);
    return place == std::string::npos ? place : place + entry.size() - checksum.size() - 1;
}

std::string take_metadata(TensorFile& file, const std::string& key, const std::string& path) {
    const auto found = file.metadata.find(key);
    if (found == file.metadata.end()) {
        throw DataError(fmt::format("{}: not a usable checkpoint: its metadata lacks {}", path, key));
    }
    return found->second;
}

void check_sum(std::string bytes, const std::string& checksum, const std::string& path) {
    const std::size_t place = checksum_place(bytes, checksum);
    if (place != std::string::npos && checksum.size() == kNoChecksum.size()) {
        bytes.replace(place, checksum.size(), kNoChecksum);
        if (sha256_text(bytes) == checksum) return;
    }
    throw DataError(path + ": damaged: its contents do not have the checksum that it names");
}

/// From `1234 SHA-256`.
TableMark mark_from(const std::string& text, const std::string& path) {
    TableMark mark;
    const char* const end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, mark.bytes);
    if (error != std::errc() || at == end || *at != ' ' || mark.bytes < 0) {
        throw DataError(path + ": not a usable checkpoint: a table's mark is no size and checksum");
    }
    mark.sha256.assign(at + 1, end);
    return mark;
}

}  // namespace

std::string checkpoint_bytes(const CheckpointFile& checkpoint) {
    TensorFile file{checkpoint.state,
                    {{"format", kFormat},
                     {"sha256", kNoChecksum},
                     {"config_sha256", checkpoint.config_sha256},
                     {"data_sha256", checkpoint.data_sha256}}};
    for (const auto& [name, mark] : checkpoint.tables) {
        file.metadata[fmt::format("{}{}", kTable, name)] = fmt::format("{} {}", mark.bytes, mark.sha256);
    }
    std::string bytes = safetensors_bytes(file);
    return bytes.replace(checksum_place(bytes, kNoChecksum), kNoChecksum.size(), sha256_text(bytes));
}

CheckpointFile read_checkpoint(const std::string& path) {
    const std::string bytes = read_whole(path);
    TensorFile file = parse_safetensors(bytes, path, Values::kAny);
    if (take_metadata(file, "format", path) != kFormat) {
        throw DataError(fmt::format("{}: not a usable checkpoint: its format is not \"{}\"", path, kFormat));
    }
    check_sum(bytes, take_metadata(file, "sha256", path), path);
    CheckpointFile checkpoint;
    checkpoint.config_sha256 = take_metadata(file, "config_sha256", path);
    checkpoint.data_sha256 = take_metadata(file, "data_sha256", path);
    for (const auto& [key, text] : file.metadata) {
        if (key.rfind(kTable, 0) != 0) continue;
        const std::string name = key.substr(kTable.size());
        if (name.find('/') != std::string::npos) {
            throw DataError(path + ": not a usable checkpoint: it names a table outside of the run's directory");
        }
        checkpoint.tables[name] = mark_from(text, path);
    }
    checkpoint.state = std::move(file.tensors);
    return checkpoint;
}

void save_checkpoint(const RunClaim& claim, const CheckpointFile& checkpoint) {
    claim.write_keeping(kCheckpointNames[0], kCheckpointNames[1], checkpoint_bytes(checkpoint));
}

bool has_checkpoint(const std::string& directory) {
    return std::any_of(kCheckpointNames.begin(), kCheckpointNames.end(), [&](std::string_view name) {
        std::error_code ignored;
        return fs::exists(path_in(directory, name), ignored);
    });
}

void remove_checkpoints(const std::string& directory) {
    for (auto name = kCheckpointNames.rbegin(); name != kCheckpointNames.rend(); ++name) {
        std::error_code error;
        const std::string path = path_in(directory, *name);
        fs::remove(path, error);
        if (error)
            throw WriteError(
                fmt::format("{}: cannot be removed: {}; check its directory's rights, or remove it yourself", path,
                            error.message()));
    }
}

void check_tables(const std::string& directory, const std::map<std::string, TableMark>& tables) {
    for (const auto& [name, mark] : tables) {
        const std::string path = path_in(directory, name);
        const std::string contents = read_whole(path);
        const auto size = static_cast<std::int64_t>(contents.size());
        if (size < mark.bytes) {
            throw DataError(fmt::format("{}: has {} bytes, but the checkpoint is of {}", path, size, mark.bytes));
        }
        const std::string_view begin(contents.data(), static_cast<std::size_t>(mark.bytes));
        if (sha256_text(begin) != mark.sha256) {
            throw DataError(fmt::format("{}: is not what it was at the checkpoint", path));
        }
    }
}

}  // namespace bnrun
