#include "files/whole_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <filesystem>

#include "base/error.h"
#include "base/paths.h"
#include "base/platform.h"
#include "files/file.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

constexpr const char* kEnding = ".tmp";
constexpr std::size_t kMostOfName = 200;  ///< of the 255 bytes that a name may have
constexpr int kMostNames = 1000;
constexpr std::time_t kStaleAfter = 24 * 3600;  ///< in seconds; writing takes no such time, on another machine neither

std::string directory_of(const std::string& path) {
    const std::string parent = fs::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

/// What temporaries are called by.
std::string known_by(const fs::path& written) { return written.filename().string().substr(0, kMostOfName); }

void sync_directory(const std::string& path) {
    OpenFile directory(path, O_RDONLY | O_DIRECTORY);
    directory.sync(sync_file);
    directory.close();
}

enum class Durability { kOnDisk, kWrittenOnly };

/// A file beside the one to be written, with all its contents, on the disk where that is asked for. Messages name the
/// one to be written.
class Temporary {
  public:
    Temporary(const std::string& written, const std::string& contents, Durability durability = Durability::kOnDisk)
        : durability_(durability) {
        OpenFile file = create_beside(written);
        try {
            file.write(contents);
            if (durability == Durability::kOnDisk) file.sync(sync_file);
            file.close();
        } catch (...) {
            ::unlink(path_.c_str());
            throw;
        }
    }
    ~Temporary() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

    void move_to(const std::string& path) {
        if (::rename(path_.c_str(), path.c_str()) != 0) throw_write_error(path, "cannot be renamed to");
        path_.clear();
        if (durability_ == Durability::kOnDisk) sync_directory(directory_of(path));
    }

  private:
    OpenFile create_beside(const std::string& written) {
        const fs::path target(written);
        const std::string beginning = fmt::format(".{}.{}", known_by(target), getpid());
        for (int attempt = 1; attempt <= kMostNames; ++attempt) {
            const std::string name = beginning + (attempt > 1 ? fmt::format("-{}", attempt) : "") + kEnding;
            path_ = (target.parent_path() / name).string();
            const int descriptor = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (descriptor >= 0) return {written, descriptor, Adopted()};
            if (errno != EEXIST && errno != EINTR) break;
        }
        throw_write_error(written, "cannot be created");
    }

    std::string path_;
    Durability durability_;
};

void ask(const Permission& permission) {
    if (permission) permission();
}

void put_in_place(const std::string& path, const std::string& contents, Durability durability,
                  const Permission& permission) {
    ask(permission);
    Temporary temporary(path, contents, durability);
    ask(permission);
    temporary.move_to(path);
}

void check_written(const std::string& path, const std::string& written, const std::string& contents) {
    try {
        if (read_whole(written) == contents) return;
    } catch (const DataError& error) {
        throw WriteError(error.what());
    }
    throw WriteError(path + ": reads back differently from what was written; check the disk");
}

bool is_number(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void write_whole(const std::string& path, const std::string& contents, const Permission& permission) {
    put_in_place(path, contents, Durability::kOnDisk, permission);
}

void write_passing(const std::string& path, const std::string& contents, const Permission& permission) {
    put_in_place(path, contents, Durability::kWrittenOnly, permission);
}

void write_keeping(const std::string& path, const std::string& previous, const std::string& contents,
                   const Permission& permission) {
    ask(permission);
    Temporary temporary(path, contents);
    check_written(path, temporary.path(), contents);
    ask(permission);
    if (::rename(path.c_str(), previous.c_str()) != 0 && errno != ENOENT) {
        throw_write_error(previous, "cannot be renamed to");
    }
    temporary.move_to(path);
}

bool is_temporary_of(std::string_view name, std::string_view written) {
    const std::string beginning = fmt::format(".{}.", written);
    if (!name.starts_with(beginning) || !name.ends_with(kEnding)) return false;
    name.remove_prefix(beginning.size());
    name.remove_suffix(std::min(name.size(), std::string_view(kEnding).size()));
    const std::size_t dash = std::min(name.find('-'), name.size());
    return is_number(name.substr(0, dash)) && (dash == name.size() || is_number(name.substr(dash + 1)));
}

void remove_stale_temporaries(const std::string& path) {
    const std::string directory = directory_of(path);
    const std::time_t now = std::time(nullptr);
    std::error_code ignored;
    for (const std::string& name : names_in(directory, ignored)) {
        if (!is_temporary_of(name, known_by(path))) continue;
        const std::string stale = path_in(directory, name);
        const std::optional<struct stat> status = status_at(stale);
        if (status && S_ISREG(status->st_mode) && now - status->st_mtime >= kStaleAfter) ::unlink(stale.c_str());
    }
}

std::string read_whole(const std::string& path, std::uint64_t most) { return read_file(path, most, Pipes::kRefused); }

}  // namespace bnrun
