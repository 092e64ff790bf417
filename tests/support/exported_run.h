// A run as exports read it, made up.
#pragma once

#include <cmath>

#include "files/logged_run.h"

namespace bnrun {

/// Two iterations of an epoch of three, and the epoch.
inline LoggedRun exported_run() {
    LoggedRun run;
    run.iterations = {{1, 1, 3, 2, 0.5, {4, 8}, {0.25}, {0.75}}, {1, 3, 3, 1, 0.5, {5, 9}, {0.125}, {0.5}}};
    run.epochs = {{1, 0.5, 0.25, 1.5, 0.125}};
    return run;
}

/// Two rows of layers.csv: a quantity of the second layer, and one of the whole net that the first row lacks.
inline LoggedTable exported_layers() {
    LoggedTable table;
    table.kind = TableKind::kLayers;
    table.path = "layers.csv";
    table.columns = {"saturated/layer_2", "smoothness"};
    table.rows = {{1, 1, {0.5, std::nan("")}}, {1, 3, {0.25, 7}}};
    return table;
}

}  // namespace bnrun
