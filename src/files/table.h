// The post's text layout and the CSV files: one row each from one record.
#pragma once

#include <string>
#include <string_view>

#include "base/config.h"
#include "base/record.h"

namespace bnrun {

// How the lines of a run's last errors begin.
inline constexpr std::string_view kTestError = "test error: ";
inline constexpr std::string_view kValidationError = "validation error: ";

/// `epoch:1 iteration:10/300`, then a line with a space before each layer's norm; both lines end in a newline.
std::string gradients_text(const IterationRecord& record);

/// The same header line, then ` max` and ` min` lines with a value for each hidden layer.
std::string activations_text(const IterationRecord& record);

/// How many iterations an epoch has, as the first line of gradients.txt says: `epoch:1 iteration:10/300`. 0 where it
/// does not.
std::int64_t iterations_of_epoch(std::string_view gradients_text);

std::string gradients_csv_header(std::size_t layers);
std::string activations_csv_header(std::size_t hidden_layers);
std::string iterations_csv_header();
/// @param validates whether records have the errors of a validation set: two columns more, at the end
std::string epochs_csv_header(bool validates = false);

std::string layers_csv_header();

std::string gradients_csv(const IterationRecord& record, Precision precision);
std::string activations_csv(const IterationRecord& record, Precision precision);
std::string iterations_csv(const IterationRecord& record, Precision precision);  ///< learning rate always as float64
std::string epochs_csv(const EpochRecord& record);
/// A row for each of the record's layer values; none where there are none.
std::string layers_csv(const IterationRecord& record, Precision precision);

/// `test error: 0.0213 (213 of 10000)` with a newline; the fraction as matlab_text writes it.
std::string test_error_text(double error, std::int64_t wrong, std::int64_t samples);

/// What a run ends with: a line `validation error: …` where there is a validation set, then the test error's.
std::string final_errors_text(const EpochRecord& last);

}  // namespace bnrun
