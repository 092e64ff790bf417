#include "files/growing_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "base/error.h"
#include "base/platform.h"
#include "files/whole_file.h"

namespace bnrun {
namespace {

constexpr int kToAppend = O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK;  // no wait for a pipe's reader

void check_is_file(const std::string& path, mode_t mode) {
    if (!S_ISREG(mode)) throw WriteError(path + ": is no file (but a link, pipe or the like); remove it");
}

OpenFile open_file(const std::string& path, int flags) {
    if (const std::optional<struct stat> there = status_at(path)) check_is_file(path, there->st_mode);
    OpenFile file(path, kToAppend | flags);
    check_is_file(path, file.status().st_mode);  // what has the name now
    return file;
}

/// Nobody else's file or link is written to: what has the name loses it.
OpenFile open_new(const std::string& path) {
    const std::optional<struct stat> there = status_at(path);
    const bool goes = there && (S_ISREG(there->st_mode) || S_ISLNK(there->st_mode));
    if (goes && ::unlink(path.c_str()) != 0 && errno != ENOENT) throw_write_error(path, "cannot be replaced");
    return open_file(path, O_CREAT | O_EXCL);
}

/// The directory itself where its path is a link.
std::optional<FileId> id_of_directory(const std::string& path) {
    return id_at((std::filesystem::path(path).parent_path() / ".").string());
}

}  // namespace

GrowingFile::GrowingFile(const std::string& path) : GrowingFile(open_new(path)) {}

GrowingFile GrowingFile::at_end(const std::string& path) {
    GrowingFile file(open_file(path, O_CREAT));
    file.directory_ = id_of_directory(path);
    return file;
}

GrowingFile GrowingFile::cut(const std::string& path, std::int64_t bytes) {
    GrowingFile file(open_file(path, 0));
    const struct stat status = file.file_.status();
    if (status.st_size < bytes) throw WriteError(path + ": is shorter than it was a moment ago; resume the run again");
    if (status.st_nlink > 1) file.leave_other_names();
    file.file_.cut(bytes);
    file.bytes_ = bytes;
    return file;
}

void GrowingFile::append(const std::string& text) {
    if (directory_) {
        return_to_directory();
    } else if (checked().st_nlink > 1) {
        leave_other_names();
    }
    file_.write(text);
    bytes_ += static_cast<std::int64_t>(text.size());
}

void GrowingFile::sync() const { file_.sync(sync_contents); }

void GrowingFile::check() const { (void)checked(); }

struct stat GrowingFile::checked() const {
    const std::optional<struct stat> there = status_at(file_.path());
    const bool is_there = there && id_of(*there) == id_;
    if (is_there && there->st_size == bytes_) return *there;
    if (is_there) {
        throw WriteError(file_.path() +
                         ": was written to by another program while the run went; put back what was there and resume "
                         "it, or start over with --force");
    }
    throw WriteError(file_.path() +
                     ": was removed or replaced while the run went; where it was moved, move it back and resume the "
                     "run; otherwise start over with --force");
}

/// What it has so far gets a file of its own, and the other names keep theirs.
void GrowingFile::leave_other_names() {
    const std::string& path = file_.path();
    try {
        write_whole(path, read_whole(path));
    } catch (const DataError& error) {
        throw WriteError(error.what());
    }
    become(open_file(path, 0));
}

/// Where its directory still is, it goes on under its name, whatever has that now.
void GrowingFile::return_to_directory() {
    const std::string& path = file_.path();
    if (id_of_directory(path) != directory_) return;
    if (id_at(path) != id_) become(open_file(path, O_CREAT));
    if (file_.status().st_nlink > 1) leave_other_names();
}

void GrowingFile::become(OpenFile file) {
    id_ = id_of(file.status());
    file_.become(std::move(file));
}

}  // namespace bnrun
