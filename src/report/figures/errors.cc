#include "report/figures/errors.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/statistics.h"
#include "chart/dots.h"
#include "chart/lines.h"

namespace bnrun {
namespace {

// They say which is which, as a picture of its own has no caption.
constexpr const char* kDotsTitle = "error (fraction classified wrongly); filled: test, hollow: training";
constexpr const char* kCurvesTitle = "error (fraction classified wrongly); with marks: test, dotted: training";
constexpr const char* kThreeCurvesTitle =
    "error (fraction classified wrongly); with marks: test, dotted: training, dashed: validation";

std::size_t most_epochs(const ReportData& data) {
    std::size_t most = 0;
    for (const ReportRun& run : data.runs) most = std::max(most, run.logged.epochs.size());
    return most;
}

std::string group_attributes(std::size_t group) { return fmt::format(R"(data-group="{}")", group); }

Drawing dots_of(const ReportData& data) {
    std::vector<DotRow> rows;
    std::string found;
    for (std::size_t g = 0; g < data.groups.size(); ++g) {
        const ReportGroup& group = data.groups[g];
        std::size_t undone = 0;
        DotRow row{group.label, {}, {}, "", {group.colour, group.dash}, group_attributes(g)};
        for (const std::size_t run : group.runs) {
            const ReportRun& one = data.runs[run];
            if (one.test_error) row.values.push_back(*one.test_error);
            if (one.train_error) row.beside.push_back(*one.train_error);
            if (one.status != "done") row.remark = one.status;
            undone += one.status != "done" ? 1 : 0;
        }
        if (undone > 0) row.remark = fmt::format("{} of {} {}", undone, group.runs.size(), row.remark);
        found += fmt::format("{}: test error {}, training error {}. ", group.label, spread_text(spread_of(row.values)),
                             spread_text(spread_of(row.beside)));
        rows.push_back(std::move(row));
    }
    Drawing drawing = draw_dots(rows, kDotsTitle, kWide.width);
    drawing.description = found;
    return drawing;
}

bool any_run_validates(const ReportData& data) {
    return std::any_of(data.runs.begin(), data.runs.end(), [](const ReportRun& run) {
        return !run.logged.epochs.empty() && run.logged.epochs.front().validation;
    });
}

Curve epochs_curve(const ReportRun& run, double EpochRecord::*member) {
    Curve curve;
    for (const EpochRecord& row : run.logged.epochs) {
        curve.x.push_back(static_cast<double>(row.epoch));
        curve.y.push_back(row.*member);
    }
    return curve;
}

/// Empty where there is no validation set.
Curve validation_curve(const ReportRun& run) {
    Curve curve;
    for (const EpochRecord& row : run.logged.epochs) {
        if (!row.validation) continue;
        curve.x.push_back(static_cast<double>(row.epoch));
        curve.y.push_back(row.validation->error);
    }
    return curve;
}

Frame epochs_frame(const ReportData& data) {
    Extent errors;
    errors.add(0);
    Extent epochs;
    for (const ReportRun& run : data.runs) {
        for (const EpochRecord& row : run.logged.epochs) {
            errors.add(row.test_error);
            errors.add(row.train_error);
            if (row.validation) errors.add(row.validation->error);
            epochs.add(static_cast<double>(row.epoch));
        }
    }
    const Scale across(ScaleKind::kLinear, 0.8, epochs.high() + 0.2, 0, 1);
    Frame frame = framed(kWide, kUntitled, across, Scale::rounded(ScaleKind::kLinear, errors, 0, 1));
    frame.x_ticks = whole_ticks(static_cast<std::size_t>(epochs.high()), 9);
    frame.x_title = "epoch";
    frame.y_title = any_run_validates(data) ? kThreeCurvesTitle : kCurvesTitle;
    return frame;
}

Drawing epoch_curves(const ReportData& data) {
    std::vector<Curve> curves;
    std::string found;
    for (std::size_t i = 0; i < data.runs.size(); ++i) {
        const ReportRun& run = data.runs[i];
        const Style style = style_of(data, run);
        Curve train = epochs_curve(run, &EpochRecord::train_error);
        train.part = "training error";
        train.classes = fmt::format("line thin c{} d2", style.colour);
        Curve test = epochs_curve(run, &EpochRecord::test_error);
        test.part = "test error";
        test.classes = fmt::format("line c{}", style.colour);
        test.dots = "dot " + style.fill();
        test.shape = style.dash;
        train.attributes = test.attributes = run_attributes(data, i);
        if (!test.y.empty())
            found += fmt::format("{}: test error {:.4f} after epoch {}. ", run.label, test.y.back(), test.x.back());
        curves.push_back(std::move(train));
        curves.push_back(std::move(test));
        Curve validation = validation_curve(run);
        if (validation.y.empty()) continue;
        validation.classes = fmt::format("line thin c{} d1", style.colour);
        validation.attributes = run_attributes(data, i);
        curves.push_back(std::move(validation));
    }
    const Frame frame = epochs_frame(data);
    Drawing drawing = draw_curves(frame, curves);
    drawing.description = found;
    drawing.along = "epoch";
    drawing.attributes = R"(data-chart="error")" + scale_attribute("x", frame.x) + scale_attribute("y", frame.y);
    return drawing;
}

}  // namespace

Figure error_curves(const ReportData& data) {
    const bool dots = most_epochs(data) <= 1;
    Figure figure{"error", dots ? "Error after training" : "Error after each epoch", "", {},
                  1,       dots ? Drawing{} : legend_of(data, kWide.width)};
    figure.caption = dots ? "Filled: test error of each run, with mean ± standard deviation; hollow: training error, "
                            "as measured while it trained."
                          : "Solid with marks: test error; dotted: training error, as measured while it trained.";
    if (!dots && any_run_validates(data)) figure.caption += " Dashed: validation error.";
    figure.drawings.push_back(dots ? dots_of(data) : epoch_curves(data));
    figure.drawings.back().title = "Test and training error";
    return figure;
}

}  // namespace bnrun
