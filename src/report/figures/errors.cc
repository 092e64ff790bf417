#include "report/figures/errors.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/statistics.h"
#include "chart/dots.h"
#include "chart/lines.h"
#include "report/averages.h"
#include "report/ranking.h"

namespace bnrun {
namespace {

// They say which is which, as a picture of its own has no caption.
constexpr const char* kDotsTitle = "error; filled: test, hollow: training";
constexpr const char* kCurvesTitle = "error; with marks: test, dotted: training";
constexpr const char* kThreeCurvesTitle = "error; marks: test, dotted: training, dashed: valid.";
constexpr double kFar = 8;  ///< of dots from one another, on a scale of ranks

std::size_t most_epochs(const ReportData& data) {
    std::size_t most = 0;
    for (const ReportRun& run : data.runs) most = std::max(most, run.logged.epochs.size());
    return most;
}

bool any_run_validates(const ReportData& data) {
    return std::any_of(data.runs.begin(), data.runs.end(), [](const ReportRun& run) {
        return !run.logged.epochs.empty() && run.logged.epochs.front().validation;
    });
}

Drawing dots_of(const ReportData& data) {
    std::vector<DotRow> rows;
    std::string found;
    for (std::size_t g = 0; g < data.groups.size(); ++g) {
        const ReportGroup& group = data.groups[g];
        rows.push_back({group.label, errors_of(data, group, &ReportRun::test_error),
                        errors_of(data, group, &ReportRun::train_error), trouble_of(data, group), style_of(group),
                        group_attributes(g)});
        found += fmt::format("{}: test error {}, training error {}. ", group.label,
                             spread_text(spread_of(rows.back().values)), spread_text(spread_of(rows.back().beside)));
    }
    Drawing drawing = draw_dots(rows, kDotsTitle, kChart.width);
    drawing.description = found;
    return drawing;
}

/// Of many settings: from the best to the worst, each with its name under the pointer.
Drawing ranks_of(const ReportData& data) {
    const std::vector<std::size_t> order = ranked(data);
    Extent errors;
    errors.add(0);
    for (const ReportGroup& group : data.groups) {
        const Spread spread = spread_of(errors_of(data, group, &ReportRun::test_error));
        if (spread.count > 0) errors.add(spread.mean + spread.deviation);
    }
    const auto count = static_cast<double>(order.size());
    Frame frame = framed(kChart, kUntitled, Scale(ScaleKind::kLinear, 1 - count / 40, count * 41 / 40, 0, 1),
                         Scale::rounded(ScaleKind::kLinear, errors, 0, 1));
    frame.x_ticks = whole_ticks(order.size(), static_cast<std::size_t>(kFar));
    frame.x_title = "settings, the best first";
    frame.y_title = "test error (fraction classified wrongly)";
    Canvas canvas;
    draw_frame(canvas, frame);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const ReportGroup& group = data.groups[order[i]];
        const Spread spread = spread_of(errors_of(data, group, &ReportRun::test_error));
        const double x = frame.x.at(static_cast<double>(i + 1)).value_or(0);
        const std::string title = group.label + ": " + result_text(data, group, &ReportRun::test_error);
        if (spread.count == 0) {
            canvas.path("lost", lost_mark({x, frame.top() + kMarkRadius}), group_attributes(order[i]), title);
            continue;
        }
        const auto at = [&](double error) { return frame.y.at(std::max(error, 0.0)).value_or(frame.bottom()); };
        canvas.path(fmt::format("whisker c{}", group.colour),
                    fmt::format("M{} {}V{}", coordinate(x), coordinate(at(spread.mean - spread.deviation)),
                                coordinate(at(spread.mean + spread.deviation))),
                    group_attributes(order[i]));
        canvas.path("dot " + style_of(group).fill(), marker_shape(group.dash, {x, at(spread.mean)}, 3.4),
                    group_attributes(order[i]), title);
    }
    const ReportGroup& best = data.groups[order.front()];
    Drawing drawing{frame.size.width, frame.size.height, "", "", R"(data-chart="ranks")" + scale_attributes(frame),
                    canvas.svg()};
    drawing.description = fmt::format("Of {} settings the best is {} with {}.", order.size(), best.label,
                                      result_text(data, best, &ReportRun::test_error));
    return drawing;
}

std::optional<double> validation_of(const EpochRecord& row) {
    return row.validation ? std::optional(row.validation->error) : std::nullopt;
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
    Frame frame = framed(kChart, kUntitled, across, Scale::rounded(ScaleKind::kLinear, errors, 0, 1));
    frame.x_ticks = whole_ticks(static_cast<std::size_t>(epochs.high()), 8);
    frame.x_title = "epoch";
    frame.y_title = any_run_validates(data) ? kThreeCurvesTitle : kCurvesTitle;
    return frame;
}

Curve epochs_curve(const ReportData& data, std::size_t g, const char* part,
                   std::optional<double> (*value)(const EpochRecord&)) {
    MeanCurve mean = mean_epochs(data, data.groups[g], value);
    Curve curve;
    curve.x = std::move(mean.x);
    curve.y = std::move(mean.mean);
    curve.part = part;
    curve.attributes = group_attributes(g);
    if (std::string_view(part) != "test error") return curve;
    curve.low = std::move(mean.low);
    curve.high = std::move(mean.high);
    curve.band = "spread " + style_of(data.groups[g]).fill();
    return curve;
}

void add_group(const ReportData& data, std::size_t g, std::vector<Curve>& curves, std::string& found) {
    const ReportGroup& group = data.groups[g];
    Curve train =
        epochs_curve(data, g, "training error", [](const EpochRecord& row) { return std::optional(row.train_error); });
    train.classes = fmt::format("line thin c{} d2", group.colour);
    Curve test =
        epochs_curve(data, g, "test error", [](const EpochRecord& row) { return std::optional(row.test_error); });
    test.classes = fmt::format("line c{}", group.colour);
    if (data.groups.size() <= kMostShown) test.dots = "dot " + style_of(group).fill();
    test.shape = group.dash;
    if (!test.y.empty()) {
        found += fmt::format("{}: test error {:.4f} after epoch {}. ", group.label, test.y.back(), test.x.back());
    }
    Curve validation = epochs_curve(data, g, "validation error", validation_of);
    validation.classes = fmt::format("line thin c{} d1", group.colour);
    curves.push_back(std::move(train));
    curves.push_back(std::move(test));
    if (!validation.y.empty()) curves.push_back(std::move(validation));
}

/// The best ones last, above the others.
Drawing epoch_curves(const ReportData& data) {
    std::vector<Curve> curves;
    std::string found;
    std::vector<std::size_t> order = ranked(data);
    std::reverse(order.begin(), order.end());
    for (const std::size_t g : order) add_group(data, g, curves, found);
    Drawing drawing = draw_curves(epochs_frame(data), curves);
    drawing.description = found;
    drawing.along = "epoch";
    drawing.attributes = R"(data-chart="error")" + drawing.attributes;
    return drawing;
}

std::string dots_caption(const ReportData& data) {
    if (data.groups.size() > kMostShown) {
        return "Each setting's mean test error with one standard deviation over its seeds; a red cross is one without "
               "a result. Its name is under the pointer and in the table.";
    }
    return "Filled: test error of each run, with mean ± standard deviation; hollow: training error, as measured while "
           "it trained.";
}

}  // namespace

Figure error_curves(const ReportData& data) {
    const bool dots = most_epochs(data) <= 1;
    Figure figure{"error", dots ? "Error after training" : "Error after each epoch", "", {},
                  1,       dots ? Drawing{} : legend_of(data, kChart.width)};
    if (dots) {
        figure.caption = dots_caption(data);
        figure.drawings.push_back(data.groups.size() > kMostShown ? ranks_of(data) : dots_of(data));
    } else {
        figure.caption =
            "The fraction classified wrongly. Solid: test error; dotted: training error, as measured "
            "while it trained.";
        if (any_run_validates(data)) figure.caption += " Dashed: validation error.";
        figure.caption += spread_note(data, "the band is one standard deviation of the test error to either side");
        figure.drawings.push_back(epoch_curves(data));
    }
    figure.drawings.back().title = "Test and training error";
    return figure;
}

}  // namespace bnrun
