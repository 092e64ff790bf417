#include "experiment/check_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/error.h"
#include "base/paths.h"
#include "base/printable.h"
#include "experiment/inputs.h"
#include "experiment/run_config.h"
#include "experiment/run_tables.h"
#include "files/run_files.h"
#include "files/summary.h"
#include "files/table_lines.h"
#include "files/whole_file.h"
#include "math/thread_team.h"
#include "settings/json.h"
#include "train/trainer.h"

namespace bnrun {
namespace {

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

/// What a table holds, compared with what training computes, from its beginning on.
class StoredTable {
  public:
    explicit StoredTable(const std::string& path) : path_(path), contents_(read_whole(path)), rest_(contents_) {}

    /// Takes the text; where something else is stored, returns false.
    bool take(std::string_view text) {
        if (rest_.substr(0, text.size()) != text) return false;
        rest_.remove_prefix(text.size());
        line_ += std::count(text.begin(), text.end(), '\n');
        return true;
    }

    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }
    [[nodiscard]] std::string surplus() const { return fmt::format("{}:{}: one line too many", path_, line_); }

    /// The first value of the text that is stored otherwise.
    [[nodiscard]] std::string difference(std::string_view text) const {
        std::string_view stored = rest_;
        std::int64_t line = line_;
        for (; first_line(stored) == first_line(text); ++line) {
            const std::size_t length = first_line(text).size() + 1;
            if (stored.size() < length || text.size() < length) break;
            stored.remove_prefix(length);
            text.remove_prefix(length);
        }
        const char separator = path_.back() == 'v' ? ',' : ' ';  // of .csv, or .txt
        std::string_view a = first_line(stored);
        std::string_view b = first_line(text);
        std::int64_t column = 1;
        for (; !a.empty() && !b.empty(); ++column) {
            const std::string_view one = take_field(a, separator);
            const std::string_view other = take_field(b, separator);
            if (one != other) return difference(line, column, one, other);
        }
        return difference(line, column, a, b);
    }

  private:
    [[nodiscard]] std::string difference(std::int64_t line, std::int64_t column, std::string_view stored,
                                         std::string_view computed) const {
        return fmt::format("{}:{}: column {}: stored {}, computed {}", path_, line, column, shown(stored),
                           shown(computed));
    }

    std::string path_;
    std::string contents_;
    std::string_view rest_;
    std::int64_t line_ = 1;
};

class CheckListener : public TrainingListener {
  public:
    CheckListener(const std::string& directory, const Config& config, const CheckOptions& options)
        : config_(config), options_(options) {
        for (const char* name : kTableNames) {
            tables_.push_back(has_table(config, name) ? std::make_unique<StoredTable>(path_in(directory, name))
                                                      : nullptr);
        }
        compare(table_headers(config), "the header");
    }

    void on_iteration(const IterationRecord& record) override {
        ++iterations_;
        if (!record.is_logged) return;
        ++rows_;
        compare(table_rows(record, config_.precision),
                fmt::format("epoch {}, iteration {}", record.epoch, record.iteration));
    }

    void on_epoch(const EpochRecord& record) override {
        ++epochs_;
        compare(table_rows(record), fmt::format("epoch {}", record.epoch));
    }

    bool stop_requested() override {
        const bool enough = iterations_ >= options_.iterations && rows_ + epochs_ > 0;
        return !difference_.empty() || (enough && !options_.full);
    }

    /// Tables that hold more than was computed differ, too.
    void expect_end() {
        for (const auto& table : tables_) {
            if (table != nullptr && difference_.empty() && !table->is_at_end()) difference_ = table->surplus();
        }
    }

    [[nodiscard]] const std::string& difference() const { return difference_; }
    [[nodiscard]] std::string extent() const {
        return fmt::format("iterations {}, rows of each table {}, epochs {}", iterations_, rows_, epochs_);
    }

  private:
    void compare(const TableTexts& texts, const std::string& where) {
        for (std::size_t i = 0; i < texts.size() && difference_.empty(); ++i) {
            if (tables_[i] != nullptr && !tables_[i]->take(texts[i]))
                difference_ = where + ": " + tables_[i]->difference(texts[i]);
        }
    }

    const Config& config_;
    const CheckOptions& options_;
    std::vector<std::unique_ptr<StoredTable>> tables_;  ///< null where the config asks for none
    std::string difference_;
    std::int64_t iterations_ = 0;
    std::int64_t rows_ = 0;
    std::int64_t epochs_ = 0;
};

void check_finished(const std::string& directory) {
    if (!path_exists(path_in(directory, kConfigFile))) throw_no_run(directory);
    const std::string status = read_summary(path_in(directory, kSummaryFile)).status;
    if (status == "done" || status == "diverged") return;
    throw DataError(
        fmt::format("{}: its status is \"{}\"; only a run that has ended can be checked", directory, status));
}

}  // namespace

bool check_run(const std::string& directory, const CheckOptions& options, Reporter& reporter) {
    check_finished(directory);
    const std::string file = path_in(directory, kConfigFile);
    const Config config = read_config(file, {}).config;
    const TensorMap initial = read_initial_values(config);
    CheckListener listener(directory, config, options);
    const Dataset dataset = load_reported(read_config(file, data_override(options.data)).config, reporter);
    ThreadTeam team(options.threads);
    const TrainResult result = train(config, dataset, initial, team, listener);
    std::string difference = listener.difference();
    const std::string model = path_in(directory, kModelFile);
    if (result.outcome != Outcome::kInterrupted && difference.empty()) {
        listener.expect_end();
        difference = listener.difference();
        const bool same_model = result.outcome == Outcome::kDiverged || !config.train.save_model ||
                                read_whole(model) == model_bytes(RunConfig(config), result.model);
        if (difference.empty() && !same_model) difference = model + ": holds other values than were computed";
    }
    const bool same = difference.empty();
    reporter.table(same ? fmt::format("same: {}\n", listener.extent())
                        : fmt::format("different: {}\n", printable(difference)));
    return same;
}

}  // namespace bnrun
