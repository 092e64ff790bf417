#include "files/summary.h"

#include <cmath>

#include "base/error.h"
#include "base/json_text.h"
#include "files/whole_file.h"

namespace bnrun {
namespace {

OrderedJson finite(double value) { return std::isfinite(value) ? OrderedJson(value) : OrderedJson(nullptr); }

OrderedJson text_or_null(const std::string& text) { return text.empty() ? OrderedJson(nullptr) : OrderedJson(text); }

void add_errors(OrderedJson& json, const std::optional<EpochRecord>& last) {
    json["test_error"] = last ? finite(last->test_error) : OrderedJson(nullptr);
    json["test_wrong"] = last ? OrderedJson(last->test_wrong) : OrderedJson(nullptr);
    json["test_samples"] = last ? OrderedJson(last->test_samples) : OrderedJson(nullptr);
    json["test_loss"] = last ? finite(last->test_loss) : OrderedJson(nullptr);
    json["train_loss"] = last ? finite(last->train_loss) : OrderedJson(nullptr);
    json["train_error"] = last ? finite(last->train_error) : OrderedJson(nullptr);
    if (!last || !last->validation) return;
    json["validation_error"] = finite(last->validation->error);
    json["validation_wrong"] = last->validation->wrong;
    json["validation_samples"] = last->validation->samples;
    json["validation_loss"] = finite(last->validation->loss);
}

std::string text_at(const OrderedJson& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<double> number_at(const OrderedJson& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number()) return std::nullopt;
    return found->get<double>();
}

/// A whole number that fits.
std::optional<std::int64_t> count_at(const OrderedJson& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number_integer()) return std::nullopt;
    if (found->is_number_unsigned() && found->get<std::uint64_t>() > INT64_MAX) return std::nullopt;
    return found->get<std::int64_t>();
}

/// How far the run is, and on what data and by which program.
void add_circumstances(StoredResult& stored, const OrderedJson& json) {
    stored.name = text_at(json, "name");
    stored.version = text_at(json, "version");
    stored.commit = text_at(json, "commit");
    if (json.contains("data") && json["data"].is_object()) stored.source = text_at(json["data"], "source");
    stored.epoch = count_at(json, "epoch");
    stored.test_samples = count_at(json, "test_samples");
    stored.threads = count_at(json, "threads");
    stored.seconds = number_at(json, "seconds");
    stored.samples_per_second = number_at(json, "samples_per_second");
    stored.written = count_at(json, "written");
}

}  // namespace

std::string summary_text(const Summary& summary) {
    OrderedJson json;
    json["status"] = summary.status;
    json["name"] = summary.name;
    json["seed"] = summary.seed;
    add_errors(json, summary.last_epoch);
    json["epoch"] = summary.epoch;
    json["iteration"] = summary.iteration;
    json["seconds"] = finite(summary.seconds);
    json["samples_per_second"] = finite(summary.samples_per_second);
    json["written"] = summary.written > 0 ? OrderedJson(summary.written) : OrderedJson(nullptr);
    json["data"] = {
        {"source", summary.source}, {"directory", text_or_null(summary.directory)}, {"sha256", summary.sha256}};
    json["version"] = summary.version;
    json["commit"] = summary.commit;
    json["compiler"] = summary.compiler;
    json["instruction_set"] = summary.instruction_set;
    json["machine"] = {{"cpu", summary.cpu}, {"cores", summary.cores}, {"system", summary.system}};
    json["threads"] = summary.threads;
    json["precision"] = summary.precision;
    json["config_sha256"] = summary.config_sha256;
    // A path need not be UTF-8; what is not is replaced, as JSON cannot hold it.
    return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

StoredResult read_summary(const std::string& path) { return parse_summary(read_whole(path, kMostJson), path); }

StoredResult parse_summary(const std::string& text, const std::string& path) {
    const OrderedJson json = parse_stored(text, path);
    if (!json.is_object() || !json.contains("status") || !json["status"].is_string()) {
        throw DataError(path + ": not a run's summary: expected a JSON object with a status; run the config again");
    }
    StoredResult stored;
    stored.status = json["status"].get<std::string>();
    stored.config_sha256 = text_at(json, "config_sha256");
    stored.iteration = count_at(json, "iteration");
    stored.test_wrong = count_at(json, "test_wrong");
    stored.train_loss = number_at(json, "train_loss");
    stored.train_error = number_at(json, "train_error");
    stored.test_loss = number_at(json, "test_loss");
    stored.test_error = number_at(json, "test_error");
    stored.validation_loss = number_at(json, "validation_loss");
    stored.validation_error = number_at(json, "validation_error");
    add_circumstances(stored, json);
    return stored;
}

}  // namespace bnrun
