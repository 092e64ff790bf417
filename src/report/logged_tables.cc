#include "report/logged_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/paths.h"
#include "chart/scale.h"
#include "chart/svg.h"
#include "chart/thinning.h"
#include "files/run_files.h"
#include "report/html.h"

namespace bnrun {
namespace {

constexpr std::size_t kMostTableRows = 30;
constexpr std::size_t kFewestTableRows = 3;
constexpr std::size_t kMostTableRowsOfAll = 600;

void append(Cells& cells, const std::vector<double>& values) {
    for (const double value : values) cells.push_back(number_label(value));
}

std::string thinned_note(std::size_t rows, std::size_t shown, const std::string& file) {
    const std::string what = shown < rows ? fmt::format("Shown: {} of {} rows. All are in ", shown, count_text(rows))
                                          : std::string("Also in ");
    return "<p class=\"note\">" + what + "<code>" + escaped(file) + "</code>.</p>\n";
}

/// One of a run's logged tables: some of its rows, and the file that has all.
struct TableOfRun {
    const char* heading;
    const char* name;  ///< of whose it is
    const char* file;
    Cells head;
    std::size_t most;  ///< rows
};

template <class Rows, class CellsOf>
std::string logged_html(const ReportRun& run, const TableOfRun& table, const Rows& rows, std::size_t all,
                        CellsOf cells_of) {
    const std::size_t stride = stride_for(rows.size(), table.most);
    const std::vector<std::size_t> shown = every(stride, rows.size());
    std::string body;
    for (const std::size_t i : shown) body += body_row(cells_of(rows[i]));
    return fmt::format("<h4>{}</h4>\n", table.heading) +
           thinned_note(std::max(all, rows.size()), shown.size(), path_in(run.directory, table.file)) +
           table_html(table.name + (" of " + run.label), "", table.head, body);
}

/// Epoch and iteration, and whatever follows for the layers.
Cells head_with_layers(Cells head, std::size_t layers) {
    for (std::size_t l = 1; l <= layers; ++l) head.push_back(fmt::format("layer {}", l));
    return head;
}

std::string gradients_html(const ReportRun& run, std::size_t most) {
    const TableOfRun table{"Loss and gradient norms", "Gradient norms",
                           run.layers() > 0 ? kGradientsFile : kIterationsFile,
                           head_with_layers({"epoch", "iteration", "loss"}, run.layers()), most};
    return logged_html(run, table, run.logged.iterations, run.rows, [](const IterationRecord& row) {
        Cells cells{std::to_string(row.epoch), std::to_string(row.iteration), number_label(row.loss, 4)};
        append(cells, row.gradient_norms);
        return cells;
    });
}

std::string activations_html(const ReportRun& run, std::size_t most) {
    const auto& rows = run.logged.iterations;
    const std::size_t layers = rows.empty() ? 0 : rows.front().activation_min.size();
    const TableOfRun table{"Smallest … largest output of each hidden layer", "Activation ranges", kActivationsFile,
                           head_with_layers({"epoch", "iteration"}, layers), most};
    return logged_html(run, table, rows, run.rows, [](const IterationRecord& row) {
        Cells cells{std::to_string(row.epoch), std::to_string(row.iteration)};
        for (std::size_t l = 0; l < row.activation_min.size(); ++l) {
            cells.push_back(number_label(row.activation_min[l]) + "…" + number_label(row.activation_max[l]));
        }
        return cells;
    });
}

std::string epochs_html(const ReportRun& run, std::size_t most) {
    Cells head{"epoch", "training loss", "training error", "test loss", "test error"};
    if (!run.logged.epochs.empty() && run.logged.epochs.front().validation)
        head.insert(head.end(), {"validation loss", "validation error"});
    const TableOfRun table{"Epochs", "Epochs", kEpochsFile, head, most};
    return logged_html(run, table, run.logged.epochs, run.logged.epochs.size(), [](const EpochRecord& row) {
        Cells cells{std::to_string(row.epoch)};
        append(cells, {row.train_loss, row.train_error, row.test_loss, row.test_error});
        if (row.validation) append(cells, {row.validation->loss, row.validation->error});
        return cells;
    });
}

}  // namespace

std::string logged_tables(const ReportRun& run, std::size_t runs) {
    std::string html = "<details><summary>" + escaped(run.label) + "</summary>\n";
    if (run.logged.iterations.empty() && run.logged.epochs.empty())
        return html + "<p>Nothing was logged.</p></details>\n";
    const std::size_t most =
        std::clamp(kMostTableRowsOfAll / std::max<std::size_t>(runs, 1), kFewestTableRows, kMostTableRows);
    if (!run.logged.iterations.empty()) {
        html += gradients_html(run, most);
        if (!run.logged.iterations.front().activation_min.empty()) html += activations_html(run, most);
    }
    if (!run.logged.epochs.empty()) html += epochs_html(run, most);
    return html + "</details>\n";
}

}  // namespace bnrun
