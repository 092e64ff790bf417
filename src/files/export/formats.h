// The formats that a run can be exported in: a file each, and a row here.
#pragma once

#include <array>
#include <string>

#include "files/export/jsonl.h"
#include "files/export/npz.h"
#include "files/export/tensorboard.h"

namespace bnrun {

struct ExportFormat {
    const char* name;
    std::string (*contents)(const LoggedRun& run);
    bool is_text;              ///< goes to stdout where no file is named
    const char* in_directory;  ///< the file's name in the directory that a user names; null where a user names the file
};

inline constexpr std::array kExportFormats{
    ExportFormat{"jsonl", jsonl_of, true, nullptr},
    ExportFormat{"npz", npz_of, false, nullptr},
    ExportFormat{"tensorboard", events_of, false, "events.out.tfevents.0.bnrun"},
};

}  // namespace bnrun
