#include "report/list_runs.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <iterator>

#include "base/error.h"
#include "base/paths.h"
#include "files/run_files.h"
#include "report/show_points.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

/// What one directory holds, as far as a listing asks.
struct Contents {
    bool has_config = false;
    bool is_sweep = false;
    std::vector<std::string> directories;  ///< in order
};

bool in_numeric_order(const std::string& a, const std::string& b) { return ::strverscmp(a.c_str(), b.c_str()) < 0; }

/// One pass over the names, without a question to the file system for each.
Contents contents_of(const std::string& directory, std::error_code& error) {
    Contents contents;
    for (fs::directory_iterator entry(directory, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        std::error_code ignored;
        contents.has_config = contents.has_config || name == kConfigFile;
        if (name == kSweepSummaryFile || name == kSweepFile) {
            contents.is_sweep = contents.is_sweep || is_sweep_directory(directory);
        }
        if (name.starts_with(".") || entry->is_symlink(ignored) || !entry->is_directory(ignored)) continue;
        contents.directories.push_back(name);
    }
    std::sort(contents.directories.begin(), contents.directories.end(), in_numeric_order);
    return contents;
}

std::optional<std::int64_t> newest(const std::optional<std::int64_t>& a, const std::optional<std::int64_t>& b) {
    return std::max(a, b);  // none is the oldest
}

std::optional<double> best_of(const ShownSweep& sweep) {
    const auto judged = sweep.by_validation ? &SweepSetting::validation_error : &SweepSetting::test_error;
    for (const SweepSetting& setting : sweep.settings) {
        if (setting.is_best) return (setting.*judged).mean;
    }
    return std::nullopt;
}

std::optional<std::int64_t> time_of_sweep(const std::string& directory, const Contents& contents) {
    std::optional<std::int64_t> written = modified(path_in(directory, kSweepSummaryFile));
    if (written) return written;
    for (const std::string& name : contents.directories) {
        written = newest(written, modified(path_in(path_in(directory, name), kSummaryFile)));
    }
    return written;
}

class Walk {
  public:
    explicit Walk(std::string top) : top_(std::move(top)) {}

    Listing take() {
        std::error_code error;
        const Contents contents = contents_of(top_, error);
        if (error) {
            throw DataError(top_ + ": cannot be listed: " + error.message() + "; expected a directory with runs in it");
        }
        visit(top_, contents);
        return std::move(listing_);
    }

  private:
    void visit(const std::string& directory, const Contents& contents) {
        if (contents.has_config) {
            add_run(directory);
        } else if (contents.is_sweep && directory != top_) {
            add_sweep(directory, contents);
        } else {
            for (const std::string& name : contents.directories) enter(path_in(directory, name));
        }
    }

    void enter(const std::string& directory) {
        std::error_code error;
        const Contents contents = contents_of(directory, error);
        if (error) {
            listing_.notes.push_back(directory + ": left out: " + error.message());
        } else {
            visit(directory, contents);
        }
    }

    void add_run(const std::string& directory) {
        try {
            listing_.runs.push_back(read_outline_of(directory));
        } catch (const DataError& error) {
            listing_.notes.emplace_back(error.what());
        }
    }

    void add_sweep(const std::string& directory, const Contents& contents) {
        try {
            const ShownSweep shown = shown_sweep(points_in(directory).value_or(SweepSummary()), directory, {});
            listing_.sweeps.push_back(
                {directory, shown.all, best_of(shown), shown.axes, time_of_sweep(directory, contents)});
        } catch (const DataError& error) {
            listing_.notes.emplace_back(error.what());
        }
    }

    std::string top_;
    Listing listing_;
};

}  // namespace

Listing list_runs(const std::string& directory) { return Walk(directory).take(); }

}  // namespace bnrun
