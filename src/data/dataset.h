// Images and labels as read or drawn, before any preprocessing.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "math/matrix.h"
#include "math/shape.h"

namespace bnrun {

struct Split {
    Bytes images;  ///< (samples, features), row-major; 255 stands for 1
    Bytes labels;  ///< (samples)
    [[nodiscard]] Index samples() const { return static_cast<Index>(labels.size()); }
};

struct Dataset {
    Split train;
    Split test;
    Split validation;                           ///< set aside from training; may be empty
    Shape shape;                                ///< of one sample
    Index classes = 0;                          ///< largest training label + 1
    std::string directory;                      ///< where it was read from; empty for synthetic
    std::map<std::string, std::string> sha256;  ///< of each part's uncompressed contents, by IDX file name

    [[nodiscard]] Index features() const { return shape.size(); }
};

}  // namespace bnrun
