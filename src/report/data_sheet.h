// Training images as a net gets them, for a page to show.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/config.h"
#include "data/dataset.h"
#include "files/png.h"
#include "math/thread_team.h"

namespace bnrun {

struct SheetSample {
    std::uint32_t number = 0;  ///< within the training set, from 0
    std::uint8_t label = 0;
    std::vector<Picture> pictures;  ///< one for each of the sheet's columns
};

struct DataSheet {
    std::vector<std::string> columns;  ///< `undistorted`, `epoch 1`, …; without distortion the only one is empty
    std::vector<SheetSample> samples;
    float black = 0;  ///< the value that is drawn black
    float white = 1;
};

/// The first samples of epoch 1 in training's order, at most `count`: preprocessed and, where the config says so,
/// distorted as the first epochs have them, beside the image that is not. Three channels are red, green and blue,
/// others stand side by side. Preprocessed values are drawn with 0 in the middle between black and white. Throws
/// DataError where the samples are no images.
DataSheet data_sheet(const Config& config, const Dataset& dataset, std::int64_t count, std::int64_t epochs,
                     ThreadTeam& team);

}  // namespace bnrun
