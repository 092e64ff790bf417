#include "files/export/jsonl.h"

#include <fmt/format.h>

#include <cmath>

#include "base/number_text.h"
#include "files/export/names.h"

namespace bnrun {
namespace {

std::string json(double value) { return std::isfinite(value) ? shortest_text(value) : "null"; }

/// `,"gradient/layer_1":0.5` and so on.
std::string layers_json(const char* name, const std::vector<double>& values) {
    std::string text;
    for (std::size_t l = 0; l < values.size(); ++l) {
        text += fmt::format(R"(,"{}":{})", layer_tag(name, l), json(values[l]));
    }
    return text;
}

/// What an iteration lacks is null.
std::string layers_lines(const LoggedTable& layers) {
    for (const std::string& column : layers.columns) (void)layer_column(column, layers.path);
    std::string text;
    for (const LoggedRow& row : layers.rows) {
        text += fmt::format(R"({{"kind":"layers","epoch":{},"iteration":{})", row.epoch, row.iteration);
        for (std::size_t c = 0; c < layers.columns.size(); ++c) {
            text += fmt::format(R"(,"{}":{})", layers.columns[c], json(row.values[c]));
        }
        text += "}\n";
    }
    return text;
}

}  // namespace

std::string jsonl_of(const LoggedRun& run) {
    std::string text;
    for (const IterationRecord& row : run.iterations) {
        text += fmt::format(R"({{"kind":"iteration","epoch":{},"iteration":{},"loss":{},"learning_rate":{})", row.epoch,
                            row.iteration, json(row.loss), json(row.learning_rate));
        text += layers_json(kGradientTag, row.gradient_norms) + layers_json(kLowTag, row.activation_min) +
                layers_json(kHighTag, row.activation_max) + "}\n";
    }
    text += layers_lines(run.layers);
    for (const EpochRecord& row : run.epochs) {
        text += fmt::format(
            R"({{"kind":"epoch","epoch":{},"train_loss":{},"train_error":{},"test_loss":{},"test_error":{})", row.epoch,
            json(row.train_loss), json(row.train_error), json(row.test_loss), json(row.test_error));
        if (row.validation) {
            text += fmt::format(R"(,"validation_loss":{},"validation_error":{})", json(row.validation->loss),
                                json(row.validation->error));
        }
        text += "}\n";
    }
    return text;
}

}  // namespace bnrun
