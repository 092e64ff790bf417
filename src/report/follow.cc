#include "report/follow.h"

#include <fmt/format.h>

#include <optional>

#include "base/paths.h"
#include "files/run_files.h"
#include "files/table.h"
#include "files/table_rows.h"
#include "report/show_run_text.h"
#include "report/show_verdict.h"

namespace bnrun {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{500};
constexpr std::size_t kMostOfHead = 100;

/// The rows that a growing table has got since it was last asked; the first time, its last one.
class NewRows {
  public:
    explicit NewRows(std::string path) : path_(std::move(path)) {}

    LoggedTable take() {
        if (!path_exists(path_)) return {};
        const TableRows rows(path_);
        const bool is_first = !read_to_ || *read_to_ > rows.end();  // or another run has taken its place
        LoggedTable table = is_first ? rows.last() : rows.from(*read_to_);
        read_to_ = rows.end();
        return table;
    }

  private:
    std::string path_;
    std::optional<std::uint64_t> read_to_;
};

class LineFollower {
  public:
    LineFollower(std::string directory, FollowView& view)
        : directory_(std::move(directory)),
          view_(view),
          gradients_(path_in(directory_, kGradientsFile)),
          epochs_(path_in(directory_, kEpochsFile)) {}

    void show_new() {
        std::string text;
        const std::int64_t iterations =
            iterations_of_epoch(start_of_file(path_in(directory_, kGradientsText), kMostOfHead));
        for (const LoggedRow& row : gradients_.take().rows) text += row_line(row, iterations);
        for (const LoggedRow& row : epochs_.take().rows) {
            text += fmt::format("epoch {}: training error {:.4f}, test error {:.4f}\n", row.epoch, row.values.at(1),
                                row.values.at(3));
        }
        show(text);
    }

    void show_end(const RunOutcome& run) {
        const std::optional<double> error = run.result.test_error;
        show(run.state + (error ? fmt::format(": test error {:.4f}", *error) : "") + "\n");
    }

  private:
    static std::string row_line(const LoggedRow& row, std::int64_t iterations) {
        const std::string of = iterations > 0 ? fmt::format("/{}", iterations) : "";
        return fmt::format("epoch {} iteration {}{}: first layer {:.3g}, output {:.3g}, {}\n", row.epoch, row.iteration,
                           of, row.values.front(), row.values.back(), verdict_text(verdict_of(row.values)));
    }

    void show(const std::string& text) {
        if (!text.empty()) view_.show(as_shown(text, view_.look().glyphs));
    }

    std::string directory_;
    FollowView& view_;
    NewRows gradients_;
    NewRows epochs_;
};

/// How far the run is, is asked before its tables: what it wrote before it ended is in them then.
void follow_by_lines(const std::string& directory, FollowView& view) {
    LineFollower lines(directory, view);
    while (true) {
        const RunOutcome run = read_outcome(directory);
        lines.show_new();
        if (!is_running(run)) return lines.show_end(run);
        view.wait(kBetweenLooks);
    }
}

void follow_by_pictures(const std::string& directory, FollowView& view) {
    while (true) {
        const ShownRun run = read_shown_run(directory, {});
        view.show(show_run_text(run, view.look()));
        if (!is_running(run.outline)) return;
        view.wait(kBetweenLooks);
    }
}

}  // namespace

void follow_run(const std::string& directory, FollowView& view) {
    if (!is_run_directory(directory)) throw_no_run(directory);
    if (view.redraws()) return follow_by_pictures(directory, view);
    follow_by_lines(directory, view);
}

}  // namespace bnrun
