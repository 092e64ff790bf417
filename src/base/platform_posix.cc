#include <fcntl.h>
#include <unistd.h>

#if defined(__APPLE__)
#include <mach/mach.h>
#include <sys/sysctl.h>

#include <array>
#endif

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <thread>

#include "base/platform.h"

namespace bnrun {

int processors_to_run_on() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

void ask_for_huge_pages(void* /*memory*/, std::size_t /*bytes*/) {}

int sync_contents(int descriptor) { return sync_file(descriptor); }

/// In two steps: no program is started between them.
int duplicate_onto(int opened, int descriptor) {
    const int copy = ::dup2(opened, descriptor);
    return copy >= 0 && ::fcntl(copy, F_SETFD, FD_CLOEXEC) < 0 ? -1 : copy;
}

/// strtod also takes spaces and a + before it, hexadecimal numbers, and what nan is to hold in brackets.
std::optional<double> read_double(const std::string& text) {
    if (text.empty() || text.find_first_of(" \t\n\v\f\r+xX") < text.find_first_of("eE") ||
        text.find('(') != std::string::npos) {
        return std::nullopt;
    }
    char* stop = nullptr;
    errno = 0;
    const double value = std::strtod(text.c_str(), &stop);
    if (stop != text.data() + text.size()) return std::nullopt;
    if (errno == ERANGE && (value == 0 || std::isinf(value))) return std::nullopt;
    return value;
}

/// A directory is neither read nor written by its descriptor.
int open_placeholder() { return ::open("/", O_RDONLY | O_DIRECTORY); }

#if defined(__APPLE__)

std::string processor_model() {
    std::array<char, 256> text{};
    std::size_t size = text.size() - 1;
    if (::sysctlbyname("machdep.cpu.brand_string", text.data(), &size, nullptr, 0) != 0) return "unknown";
    return text.data();
}

std::chrono::nanoseconds time_used(pthread_t thread) {
    thread_basic_info_data_t info{};
    mach_msg_type_number_t count = THREAD_BASIC_INFO_COUNT;
    const auto port = ::pthread_mach_thread_np(thread);
    if (::thread_info(port, THREAD_BASIC_INFO, reinterpret_cast<thread_info_t>(&info), &count) != KERN_SUCCESS)
        return {};
    return std::chrono::seconds(info.user_time.seconds + info.system_time.seconds) +
           std::chrono::microseconds(info.user_time.microseconds + info.system_time.microseconds);
}

/// fsync leaves it in the disk's cache there. File systems of other machines may know nothing else.
int sync_file(int descriptor) {
    if (::fcntl(descriptor, F_FULLFSYNC) == 0) return 0;
    return errno == ENOTSUP || errno == ENOTTY || errno == EINVAL ? ::fsync(descriptor) : -1;
}

#else

std::string processor_model() { return "unknown"; }

std::chrono::nanoseconds time_used(pthread_t /*thread*/) { return std::chrono::steady_clock::now().time_since_epoch(); }

int sync_file(int descriptor) { return ::fsync(descriptor); }

#endif

}  // namespace bnrun
