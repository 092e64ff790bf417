#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <memory>
#include <sstream>

#include "base/input_file.h"
#include "base/platform.h"

namespace bnrun {
namespace {

constexpr int kFewestProcessors = 1024;  ///< of a set that the kernel is asked to fill
constexpr int kMostProcessors = 1 << 20;

}  // namespace

/// The kernel refuses a set smaller than the machine's.
int processors_to_run_on() {
    for (int most = kFewestProcessors; most <= kMostProcessors; most *= 2) {
        const auto free_set = [](cpu_set_t* set) { CPU_FREE(set); };
        const std::unique_ptr<cpu_set_t, decltype(free_set)> set(CPU_ALLOC(most), free_set);
        const std::size_t bytes = CPU_ALLOC_SIZE(most);
        if (!set) break;
        if (sched_getaffinity(0, bytes, set.get()) == 0) return std::max(1, CPU_COUNT_S(bytes, set.get()));
        if (errno != EINVAL) break;
    }
    return 1;
}

std::string processor_model() {
    std::istringstream text(start_of_file("/proc/cpuinfo", 4096));
    for (std::string line; std::getline(text, line);) {
        const auto colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
    }
    return "unknown";
}

std::chrono::nanoseconds time_used(pthread_t thread) {
    clockid_t clock{};
    timespec time{};
    if (pthread_getcpuclockid(thread, &clock) != 0 || clock_gettime(clock, &time) != 0) return {};
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

void ask_for_huge_pages(void* memory, std::size_t bytes) { ::madvise(memory, bytes, MADV_HUGEPAGE); }

int sync_file(int descriptor) { return ::fsync(descriptor); }

int sync_contents(int descriptor) { return ::fdatasync(descriptor); }

int duplicate_onto(int opened, int descriptor) { return ::dup3(opened, descriptor, O_CLOEXEC); }

std::optional<double> read_double(const std::string& text) {
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

int open_placeholder() { return ::open("/", O_PATH); }

}  // namespace bnrun
