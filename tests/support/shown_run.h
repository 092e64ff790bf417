// A made-up run as show has read it.
#pragma once

#include <string>

#include "report/show_run.h"
#include "support/shown_runs.h"

namespace bnrun {

/// That of make_run, read at its last iteration.
inline ShownRun shown_run(
    const std::string& config = R"({"name": "net", "train": {"epochs": 2}, "model": {"depth": 2}})") {
    const Scratch scratch;
    return read_shown_run(make_run(scratch, "a", config), {});
}

}  // namespace bnrun
