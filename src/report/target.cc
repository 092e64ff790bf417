#include "report/target.h"

#include "base/error.h"
#include "base/input_file.h"
#include "files/output_file.h"

namespace bnrun {
namespace {

bool is_report(const std::string& path) { return start_of_file(path, 64).find(kReportMark) != std::string::npos; }

}  // namespace

void check_report_target(const std::string& path, bool force) {
    const OutputKind kind = output_kind(path);
    if (kind != OutputKind::kFile || force || is_report(path)) return;
    throw ConfigError(path + ": is there already and no report of bnrun's; name another, or --force to replace it");
}

}  // namespace bnrun
