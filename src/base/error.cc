#include "base/error.h"

#include <exception>
#include <filesystem>
#include <new>

namespace bnrun {
namespace {

std::string fault_line(const std::string& what) {
    return printable("internal error: " + what +
                     "; this is a fault of bnrun; please report it with the command and bnrun --version");
}

Failure described_failure() {
    try {
        throw;
    } catch (const Error& error) {
        return {error.code(), error.what()};
    } catch (const std::filesystem::filesystem_error& error) {
        const std::string path = error.path1().empty() ? "a file" : error.path1().string();
        return {ExitCode::kData,
                printable(path + ": cannot be used: " + error.code().message() + "; check the path and its rights")};
    } catch (const std::bad_alloc&) {
        return {ExitCode::kInternal,
                "out of memory: make the network, the batch or the data smaller, or run fewer at a time (--jobs)"};
    } catch (const std::exception& error) {
        return {ExitCode::kInternal, fault_line(error.what())};
    } catch (...) {
        return {ExitCode::kInternal, fault_line("an exception without a text")};
    }
}

}  // namespace

Failure current_failure() noexcept {
    try {
        return described_failure();
    } catch (...) {
        return {ExitCode::kInternal, "out of memory"};  // so short that it needs none
    }
}

}  // namespace bnrun
