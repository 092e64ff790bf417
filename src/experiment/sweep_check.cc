#include "experiment/sweep_check.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/paths.h"
#include "experiment/stored_sweep.h"

namespace bnrun {
namespace {

/// Puts the run's name before its result, and keeps what it says of its data to itself.
class NamedReporter : public Reporter {
  public:
    NamedReporter(Reporter& inner, const std::string& name) : inner_(inner), name_(name) {}
    void table(const std::string& text) override { inner_.table(name_ + ": " + text); }
    void log(LogLevel, const std::string&) override {}
    void progress(const Progress& progress) override { inner_.progress(progress); }
    void run_directory_ready(const std::string&) override {}

  private:
    Reporter& inner_;
    const std::string& name_;
};

enum class Checked { kSame, kDifferent, kNot };

Checked check_point(const StoredSweep& sweep, std::size_t point, const CheckOptions& options, Reporter& reporter) {
    const std::string& name = sweep.plan.points[point].name;
    NamedReporter named(reporter, name);
    if (!has_result(sweep.results[point].state)) {
        named.table(fmt::format("not checked: {}\n", state_name(sweep.results[point].state)));
        return Checked::kNot;
    }
    try {
        return check_run(path_in(sweep.directory, name), options, named) ? Checked::kSame : Checked::kDifferent;
    } catch (const Error& error) {
        if (error.code() != ExitCode::kData && error.code() != ExitCode::kUsage) throw;
        named.table(fmt::format("cannot be checked: {}\n", error.what()));
        return Checked::kDifferent;
    }
}

}  // namespace

bool check_sweep(const std::string& directory, const CheckOptions& options, Reporter& reporter) {
    const StoredSweep sweep = read_stored_sweep(directory);
    std::size_t same = 0;
    std::size_t different = 0;
    for (std::size_t i = 0; i < sweep.plan.points.size(); ++i) {
        const Checked checked = check_point(sweep, i, options, reporter);
        if (checked == Checked::kSame) ++same;
        if (checked == Checked::kDifferent) ++different;
    }
    const std::size_t points = sweep.plan.points.size();
    if (same + different == 0) throw DataError(directory + ": no run of the sweep has ended yet; run it first");
    reporter.table(fmt::format("{} runs: {} same, {} different, {} not checked\n", points, same, different,
                               points - same - different));
    return different == 0;
}

}  // namespace bnrun
