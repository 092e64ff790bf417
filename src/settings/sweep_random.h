// Random search: settings drawn from ranges and lists, the same at every start.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json_text.h"
#include "settings/sweep_axis.h"

namespace bnrun {

/// What one key is drawn from: a range of numbers, even in the number or in its logarithm, or a list.
struct DrawnKey {
    std::string key;
    bool is_range = false;
    double low = 0;
    double high = 0;  ///< may be drawn
    bool is_log = false;
    AxisValues list;
    std::string given;  ///< where the user wrote it, for messages
};

struct RandomSearch {
    std::int64_t count = 0;  ///< 0: there is none
    std::int64_t seed = 1;
    std::vector<DrawnKey> keys;
};

/// `{"low": 1e-5, "high": 1e-1, "scale": "log"}` (or "linear", the default), a list, or the same as text.
/// Throws ConfigError, as the next two do: a key that takes no numbers, bounds that are none or in the wrong order.
DrawnKey drawn_key(const std::string& key, const OrderedJson& json, const std::string& where);

/// As text: `low:high`, `log:low:high`, or values in the grammar of sweep_values.
DrawnKey drawn_from_text(const std::string& key, const std::string& text, const std::string& where);

/// As a spec has it: {"n", "seed", "keys"}.
OrderedJson random_json(const RandomSearch& random);

/// An axis of all the keys: `count` settings, no two alike, of which the first m are those that a count of m gives.
/// Philox draws the k-th key from substream k of the seed. Where a key takes whole numbers, so does its range; other
/// numbers have 6 significant digits. Throws ConfigError where there are not so many settings.
SweepAxis drawn_axis(const RandomSearch& random);

}  // namespace bnrun
