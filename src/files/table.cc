#include "files/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/number_text.h"
#include "base/printable.h"

namespace bnrun {

namespace {

std::string header_line(const IterationRecord& record) {
    return fmt::format("epoch:{} iteration:{}/{}\n", record.epoch, record.iteration, record.iterations);
}

std::string values_line(const std::vector<double>& values) {
    std::string line;
    for (const double value : values) line += " " + matlab_text(value);
    return line + "\n";
}

std::string error_text(std::string_view start, double error, std::int64_t wrong, std::int64_t samples) {
    return fmt::format("{}{} ({} of {})\n", start, matlab_text(error), wrong, samples);
}

std::string place(const IterationRecord& record) { return fmt::format("{},{}", record.epoch, record.iteration); }

}  // namespace

std::string gradients_text(const IterationRecord& record) {
    return header_line(record) + values_line(record.gradient_norms);
}

std::string activations_text(const IterationRecord& record) {
    return header_line(record) + " max" + values_line(record.activation_max) + " min" +
           values_line(record.activation_min);
}

std::int64_t iterations_of_epoch(std::string_view gradients_text) {
    const std::string_view line = without_mark(gradients_text).substr(0, gradients_text.find('\n'));
    const std::size_t slash = line.find('/');
    std::int64_t count = 0;
    if (slash != std::string_view::npos) std::from_chars(line.data() + slash + 1, line.data() + line.size(), count);
    return std::max<std::int64_t>(count, 0);
}

std::string gradients_csv_header(std::size_t layers) {
    std::string line = "epoch,iteration";
    for (std::size_t l = 1; l <= layers; ++l) line += fmt::format(",layer_{}", l);
    return line + "\n";
}

std::string activations_csv_header(std::size_t hidden_layers) {
    std::string line = "epoch,iteration";
    for (std::size_t l = 1; l <= hidden_layers; ++l) line += fmt::format(",layer_{0}_min,layer_{0}_max", l);
    return line + "\n";
}

std::string iterations_csv_header() { return "epoch,iteration,loss,learning_rate\n"; }

std::string epochs_csv_header(bool validates) {
    return fmt::format("epoch,train_loss,train_error,test_loss,test_error{}\n",
                       validates ? ",validation_loss,validation_error" : "");
}

std::string layers_csv_header() { return "epoch,iteration,layer,quantity,value\n"; }

std::string gradients_csv(const IterationRecord& record, Precision precision) {
    std::string line = place(record);
    for (const double norm : record.gradient_norms) line += "," + shortest_text(norm, precision);
    return line + "\n";
}

std::string activations_csv(const IterationRecord& record, Precision precision) {
    std::string line = place(record);
    for (std::size_t l = 0; l < record.activation_min.size(); ++l) {
        line += "," + shortest_text(record.activation_min[l], precision);
        line += "," + shortest_text(record.activation_max[l], precision);
    }
    return line + "\n";
}

std::string iterations_csv(const IterationRecord& record, Precision precision) {
    return fmt::format("{},{},{}\n", place(record), shortest_text(record.loss, precision),
                       shortest_text(record.learning_rate));
}

std::string epochs_csv(const EpochRecord& record) {
    std::string line = std::to_string(record.epoch);
    for (const double value : {record.train_loss, record.train_error, record.test_loss, record.test_error}) {
        line += "," + shortest_text(value);
    }
    if (record.validation) {
        line += "," + shortest_text(record.validation->loss) + "," + shortest_text(record.validation->error);
    }
    return line + "\n";
}

std::string layers_csv(const IterationRecord& record, Precision precision) {
    const std::string start = place(record);
    std::string lines;
    for (const LayerValue& value : record.layer_values) {
        lines +=
            fmt::format("{},{},{},{}\n", start, value.layer, value.quantity, shortest_text(value.value, precision));
    }
    return lines;
}

std::string test_error_text(double error, std::int64_t wrong, std::int64_t samples) {
    return error_text(kTestError, error, wrong, samples);
}

std::string final_errors_text(const EpochRecord& last) {
    std::string text;
    if (last.validation) {
        text = error_text(kValidationError, last.validation->error, last.validation->wrong, last.validation->samples);
    }
    return text + test_error_text(last.test_error, last.test_wrong, last.test_samples);
}

}  // namespace bnrun
