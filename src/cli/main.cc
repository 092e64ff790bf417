#include <new>

#include "cli/command_line.h"

int main(int argc, char** argv) {
    bnrun::Terminal terminal;
    try {
        return bnrun::run_command_line(argc, argv, terminal);
    } catch (const bnrun::Error& error) {
        return terminal.fail(error.code(), error.what());
    } catch (const std::bad_alloc&) {
        return terminal.fail(bnrun::ExitCode::kUsage, "out of memory: make the network, the batch or the data smaller");
    } catch (const std::exception& error) {
        return terminal.fail(bnrun::ExitCode::kUsage, error.what());
    }
}
