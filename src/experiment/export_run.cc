#include "experiment/export_run.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "base/error.h"
#include "base/number_text.h"
#include "files/export/npz.h"
#include "files/export/tensorboard.h"
#include "files/logged_run.h"
#include "files/output_file.h"

namespace bnrun {
namespace {

std::string json(double value) { return std::isfinite(value) ? shortest_text(value) : "null"; }

std::string json(const std::vector<double>& values) {
    std::string text;
    for (const double value : values) text += (text.empty() ? "" : ",") + json(value);
    return "[" + text + "]";
}

std::string jsonl_text(const LoggedRun& run) {
    std::string text;
    for (const IterationRecord& row : run.iterations) {
        text += fmt::format(
            R"({{"epoch":{},"iteration":{},"loss":{},"learning_rate":{},"gradient_norms":{},"activation_min":{},"activation_max":{}}})"
            "\n",
            row.epoch, row.iteration, json(row.loss), json(row.learning_rate), json(row.gradient_norms),
            json(row.activation_min), json(row.activation_max));
    }
    for (const EpochRecord& row : run.epochs) {
        text += fmt::format(R"({{"epoch":{},"train_loss":{},"train_error":{},"test_loss":{},"test_error":{}}})"
                            "\n",
                            row.epoch, json(row.train_loss), json(row.train_error), json(row.test_loss),
                            json(row.test_error));
    }
    return text;
}

template <class Record, class Member>
NamedArray column(const char* name, const std::vector<Record>& records, Member Record::*member) {
    std::vector<Member> values;
    for (const Record& record : records) values.push_back(record.*member);
    return {name, {records.size()}, std::move(values)};
}

NamedArray matrix(const char* name, const std::vector<IterationRecord>& records,
                  std::vector<double> IterationRecord::*member) {
    std::vector<double> values;
    for (const IterationRecord& record : records) {
        values.insert(values.end(), (record.*member).begin(), (record.*member).end());
    }
    return {name, {records.size(), records.empty() ? 0 : (records.front().*member).size()}, std::move(values)};
}

std::string npz_of(const LoggedRun& run) {
    using I = IterationRecord;
    using E = EpochRecord;
    const auto& rows = run.iterations;
    const auto& epochs = run.epochs;
    return npz_bytes(
        {column("epoch", rows, &I::epoch), column("iteration", rows, &I::iteration), column("loss", rows, &I::loss),
         column("learning_rate", rows, &I::learning_rate), matrix("gradients", rows, &I::gradient_norms),
         matrix("activation_min", rows, &I::activation_min), matrix("activation_max", rows, &I::activation_max),
         column("epochs_epoch", epochs, &E::epoch), column("epochs_train_loss", epochs, &E::train_loss),
         column("epochs_train_error", epochs, &E::train_error), column("epochs_test_loss", epochs, &E::test_loss),
         column("epochs_test_error", epochs, &E::test_error)});
}

void add_layers(ScalarEvent& event, const char* tag, const std::vector<double>& values) {
    for (std::size_t l = 0; l < values.size(); ++l) {
        event.scalars.emplace_back(fmt::format("{}/layer_{}", tag, l + 1), values[l]);
    }
}

/// An epoch's scalars stand at its last iteration; where no iteration was logged, at the epoch's number.
std::string events_of(const LoggedRun& run) {
    std::vector<ScalarEvent> events;
    for (const IterationRecord& row : run.iterations) {
        ScalarEvent event{global_step(row), {{"loss", row.loss}, {"learning_rate", row.learning_rate}}};
        add_layers(event, "gradient_norm", row.gradient_norms);
        add_layers(event, "activation_min", row.activation_min);
        add_layers(event, "activation_max", row.activation_max);
        events.push_back(std::move(event));
    }
    const std::int64_t steps = run.iterations.empty() ? 1 : run.iterations.front().iterations;
    for (const EpochRecord& row : run.epochs) {
        events.push_back({row.epoch * steps,
                          {{"train_loss", row.train_loss},
                           {"train_error", row.train_error},
                           {"test_loss", row.test_loss},
                           {"test_error", row.test_error}}});
    }
    return event_file_bytes(events);
}

/// Where the bytes go. Throws before anything is read or written.
std::string target_file(const ExportOptions& options) {
    if (!options.out) {
        if (options.format == "jsonl") return "";
        throw ConfigError("export --format " + options.format + ": say where to write with -o PATH");
    }
    std::string file = options.format == "tensorboard" ? *options.out + "/events.out.tfevents.0.bnrun" : *options.out;
    const OutputKind kind = is_stdout(file) ? OutputKind::kStream : output_kind(file);
    if (kind != OutputKind::kNew && kind != OutputKind::kStream && !options.force) {
        throw ConfigError(file + ": is there already; give another -o, or --force to replace it");
    }
    return file;
}

}  // namespace

void export_run(const std::string& directory, const ExportOptions& options, Reporter& reporter) {
    const std::string file = target_file(options);
    const LoggedRun run = read_logged_run(directory);
    for (const std::string& warning : run.warnings) reporter.log(LogLevel::kWarning, warning);
    const auto contents = [&] {
        if (options.format == "npz") return npz_of(run);
        return options.format == "tensorboard" ? events_of(run) : jsonl_text(run);
    };
    const bool to_stdout = file.empty() || is_stdout(file);
    if (to_stdout) return options.format == "jsonl" ? reporter.table(contents()) : reporter.bytes(contents());
    if (options.format == "tensorboard") {
        std::error_code error;
        std::filesystem::create_directories(*options.out, error);
        if (error) throw WriteError(*options.out + ": cannot be created: " + error.message() + "; check the path");
    }
    write_output(file, contents());
    reporter.log(LogLevel::kInfo, fmt::format("wrote {} iterations and {} epochs to {}", run.iterations.size(),
                                              run.epochs.size(), file));
}

}  // namespace bnrun
