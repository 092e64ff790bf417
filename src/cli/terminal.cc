#include "cli/terminal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "base/columns.h"
#include "base/platform.h"
#include "base/printable.h"
#include "files/file.h"

namespace bnrun {
namespace {

constexpr std::chrono::milliseconds kProgressInterval{100};
constexpr std::size_t kUsualColumns = 80;   ///< where the terminal does not say
constexpr std::size_t kFewestColumns = 20;  ///< a shorter progress line says nothing

/// By what is there in every system and can be neither read nor written.
void occupy_standard_descriptors() {
    for (int descriptor = 0; descriptor <= 2; ++descriptor) {
        if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
        if (open_placeholder() < 0) return;
    }
}

std::string duration_text(double seconds) {
    const auto whole = static_cast<long long>(seconds < 3.6e6 ? seconds : 3.6e6);
    return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

/// All but the last of stderr's terminal, which may begin a new line once that is filled. Asked for each time, as the
/// user may resize it.
std::size_t usable_columns() {
    winsize size{};
    const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return (known ? size.ws_col : kUsualColumns) - 1;
}

/// False where nobody reads it any more.
/// @param is_terminal whether it was one when the program started: an error of one tells that it has gone.
bool write_stdout(std::string_view text, bool is_terminal) {
    while (!text.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EAGAIN) {
            wait_for_room(STDOUT_FILENO);
            continue;
        }
        if (written < 0 && (errno == EPIPE || (errno == EIO && is_terminal))) return false;
        if (written < 0) {
            throw WriteError(fmt::format("stdout: cannot write: {}; give it a file or pipe that takes the tables",
                                         std::strerror(errno)));
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

Terminal::Terminal() : prints_on_terminal_(isatty(STDOUT_FILENO) == 1), shows_progress_(isatty(STDERR_FILENO) == 1) {
    occupy_standard_descriptors();
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is then an error of write
}

void Terminal::table(const std::string& text) { bytes(printable_lines(text)); }

void Terminal::bytes(const std::string& contents) {
    clear_progress();
    has_reader_ = has_reader_ && write_stdout(contents, prints_on_terminal_);
    if (has_reader_ || outlives_reader_) return;
    throw Error(ExitCode::kClosedPipe, "stdout: nobody reads it any more");
}

void Terminal::log(LogLevel level, const std::string& line) {
    clear_progress();
    wait_for_room(STDERR_FILENO);  // a pipe then takes a line of 4096 bytes, even where it does not wait
    log_.write(level, line);
}

bool Terminal::is_progress_due() {
    if (!shows_progress_) return false;
    const auto now = std::chrono::steady_clock::now();
    if (now < next_progress_) return false;
    next_progress_ = now + kProgressInterval;
    return true;
}

void Terminal::show_progress(const std::string& line) {
    const std::size_t columns = usable_columns();
    const std::string shown = columns < kFewestColumns ? "" : first_columns(printable(line), columns);
    std::fputs((erasing_text() + shown).c_str(), stderr);
    std::fflush(stderr);
    progress_shown_ = columns_of(shown);
}

void Terminal::progress(const Progress& progress) {
    if (!is_progress_due()) return;
    show_progress(fmt::format("epoch {}/{} iteration {}/{} loss {:.4g} {:.0f} samples/s {} left", progress.epoch,
                              progress.epochs, progress.iteration, progress.iterations, progress.loss,
                              progress.samples_per_second, duration_text(progress.seconds_left)));
}

void Terminal::sweep_progress(const SweepProgress& progress) {
    if (!is_progress_due()) return;
    const std::string diverged = progress.diverged > 0 ? fmt::format(" {} diverged,", progress.diverged) : "";
    show_progress(fmt::format("{} done,{} {} running, {} failed, {} to start, {} left", progress.done, diverged,
                              progress.running, progress.failed, progress.left, duration_text(progress.seconds_left)));
}

void Terminal::run_directory_ready(const std::string& directory) { log_.keep_in(directory); }

int Terminal::fail(ExitCode code, const std::string& line) {
    if (code != ExitCode::kClosedPipe) log(LogLevel::kError, line);
    return static_cast<int>(code);
}

void Terminal::clear_progress() {
    if (progress_shown_ > 0) show_progress("");
}

std::string Terminal::erasing_text() const {
    return "\r" + std::string(std::min(progress_shown_, usable_columns()), ' ') + "\r";
}

}  // namespace bnrun
