// Keeps what a run reports.
#pragma once

#include <string>

#include "experiment/reporter.h"

namespace bnrun {

struct RecordingReporter : Reporter {
    void table(const std::string& text) override { tables += text; }
    void log(LogLevel, const std::string& line) override { lines += line + "\n"; }
    void progress(const Progress& given) override { last = given; }
    void run_directory_ready(const std::string&) override {}

    std::string tables;
    std::string lines;
    Progress last;
};

}  // namespace bnrun
