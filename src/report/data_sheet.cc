#include "report/data_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "data/batches.h"
#include "data/distort.h"
#include "data/preprocess.h"

namespace bnrun {
namespace {

/// Values (features, samples) of each column.
using InputColumns = std::vector<Matrix<float>>;

void check_images(const Dataset& dataset) {
    if (dataset.shape.positions() > 1) return;
    throw DataError(fmt::format("{}: holds vectors of {} values, which cannot be shown; expected images of rank 3 or 4",
                                dataset.directory, dataset.shape.size()));
}

/// Largest magnitude, or 1 where all are 0.
float largest_of(const InputColumns& columns) {
    float largest = 0;
    for (const Matrix<float>& values : columns) largest = std::max(largest, values.cwiseAbs().maxCoeff());
    return largest > 0 ? largest : 1;
}

Picture picture_of(const Matrix<float>& values, Index sample, const Shape& shape, const DataSheet& sheet) {
    const bool coloured = shape.channels == 3;
    const Index tiles = coloured ? 1 : shape.channels;
    Picture picture{static_cast<std::size_t>(tiles * shape.width),
                    static_cast<std::size_t>(shape.height),
                    coloured ? std::size_t{3} : 1,
                    {}};
    const auto add = [&](Index channel, Index y, Index x) {
        const float value = values((channel * shape.height + y) * shape.width + x, sample);
        const float share = (value - sheet.black) / (sheet.white - sheet.black);
        picture.pixels.push_back(static_cast<std::uint8_t>(std::lround(255 * std::clamp(share, 0.0F, 1.0F))));
    };
    for (Index y = 0; y < shape.height; ++y) {
        for (Index tile = 0; tile < tiles; ++tile) {
            for (Index x = 0; x < shape.width; ++x) {
                for (Index c = 0; c < (coloured ? 3 : 1); ++c) add(coloured ? c : tile, y, x);
            }
        }
    }
    return picture;
}

}  // namespace

DataSheet data_sheet(const Config& config, const Dataset& dataset, std::int64_t count, std::int64_t epochs,
                     ThreadTeam& team) {
    check_images(dataset);
    const auto seed = static_cast<std::uint64_t>(config.seed);
    std::vector<std::uint32_t> numbers = epoch_order(dataset.train.samples(), config.train.order, seed, 1);
    numbers.resize(std::min(numbers.size(), static_cast<std::size_t>(count)));
    const auto shown = static_cast<Index>(numbers.size());
    const Transform transform = fit_transform(dataset.train, dataset.features(), config.data.preprocess, team);
    const Inputs<float> inputs(dataset.train, dataset.features(), transform, team);
    const Distortion distortion(config.data.distort, dataset.shape, seed);
    DataSheet sheet;
    InputColumns columns;
    Panels<float> x;
    inputs.gather(numbers.data(), shown, team, x);
    columns.push_back(to_matrix(x));
    sheet.columns.emplace_back(distortion.is_on() ? "undistorted" : "");
    for (std::int64_t epoch = 1; distortion.is_on() && epoch <= epochs; ++epoch) {
        inputs.gather_distorted(numbers.data(), shown, distortion, epoch, team, x);
        columns.push_back(to_matrix(x));
        sheet.columns.push_back(fmt::format("epoch {}", epoch));
    }
    if (config.data.preprocess != Preprocess::kNone) {
        sheet.white = largest_of(columns);
        sheet.black = -sheet.white;
    }
    for (Index i = 0; i < shown; ++i) {
        const std::uint32_t number = numbers[static_cast<std::size_t>(i)];
        sheet.samples.push_back({number, dataset.train.labels[number], {}});
        for (const Matrix<float>& values : columns) {
            sheet.samples.back().pictures.push_back(picture_of(values, i, dataset.shape, sheet));
        }
    }
    return sheet;
}

}  // namespace bnrun
