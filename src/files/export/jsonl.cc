#include "files/export/jsonl.h"

#include <fmt/format.h>

#include <cmath>

#include "base/number_text.h"

namespace bnrun {
namespace {

std::string json(double value) { return std::isfinite(value) ? shortest_text(value) : "null"; }

std::string json(const std::vector<double>& values) {
    std::string text;
    for (const double value : values) text += (text.empty() ? "" : ",") + json(value);
    return "[" + text + "]";
}

}  // namespace

std::string jsonl_of(const LoggedRun& run) {
    std::string text;
    for (const IterationRecord& row : run.iterations) {
        text += fmt::format(
            R"({{"epoch":{},"iteration":{},"loss":{},"learning_rate":{},"gradient_norms":{},"activation_min":{},"activation_max":{}}})"
            "\n",
            row.epoch, row.iteration, json(row.loss), json(row.learning_rate), json(row.gradient_norms),
            json(row.activation_min), json(row.activation_max));
    }
    for (const EpochRecord& row : run.epochs) {
        text +=
            fmt::format(R"({{"epoch":{},"train_loss":{},"train_error":{},"test_loss":{},"test_error":{})", row.epoch,
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
