// The growing tables of one run directory.
#pragma once

#include <cstddef>
#include <string>

#include "base/config.h"
#include "base/record.h"
#include "io/run_directory.h"

namespace bnrun {

class RunTables {
  public:
    /// Creates the tables, the CSV files with their headers. Throws WriteError, as all of these do.
    RunTables(const std::string& directory, std::size_t hidden_layers, Precision precision);

    /// @param record one with gradient norms and activation ranges.
    void append(const IterationRecord& record);
    void append(const EpochRecord& record);
    void close();

  private:
    Precision precision_;
    GrowingFile gradients_text_;
    GrowingFile activations_text_;
    GrowingFile gradients_csv_;
    GrowingFile activations_csv_;
    GrowingFile iterations_csv_;
    GrowingFile epochs_csv_;
};

}  // namespace bnrun
