#include "experiment/run_tables.h"

#include "io/table.h"

namespace bnrun {

RunTables::RunTables(const std::string& directory, std::size_t hidden_layers, Precision precision)
    : precision_(precision),
      gradients_text_(directory + "/gradients.txt"),
      activations_text_(directory + "/activations.txt"),
      gradients_csv_(directory + "/gradients.csv"),
      activations_csv_(directory + "/activations.csv"),
      iterations_csv_(directory + "/iterations.csv"),
      epochs_csv_(directory + "/epochs.csv") {
    gradients_csv_.append(gradients_csv_header(hidden_layers + 1));
    activations_csv_.append(activations_csv_header(hidden_layers));
    iterations_csv_.append(iterations_csv_header());
    epochs_csv_.append(epochs_csv_header());
}

void RunTables::append(const IterationRecord& record) {
    gradients_text_.append(gradients_text(record));
    activations_text_.append(activations_text(record));
    gradients_csv_.append(gradients_csv(record, precision_));
    activations_csv_.append(activations_csv(record, precision_));
    iterations_csv_.append(iterations_csv(record, precision_));
}

void RunTables::append(const EpochRecord& record) { epochs_csv_.append(epochs_csv(record)); }

void RunTables::close() {
    for (GrowingFile* file :
         {&gradients_text_, &activations_text_, &gradients_csv_, &activations_csv_, &iterations_csv_, &epochs_csv_}) {
        file->close();
    }
}

}  // namespace bnrun
