// A field of the config: its key, what it takes, and how it gets into a Config and out of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/config.h"
#include "base/json_text.h"

namespace bnrun {

enum class FieldKind { kText, kBool, kChoice, kInteger, kNumber, kIntegers, kInterval, kLayers, kChoices, kIterations };

struct Field {
    std::string key;  ///< dotted
    FieldKind kind;
    bool optional;  ///< null stands for none
    double minimum;
    double maximum;
    bool above_minimum;  ///< the minimum itself is excluded
    bool below_maximum;  ///< the maximum itself is excluded
    std::vector<std::string> choices;
    std::string description;
    std::function<void(Config&, const OrderedJson&)> set;
    std::function<OrderedJson(const Config&)> get;
    std::function<bool(const Config&)> in_use;      ///< whether it has an effect, given the others
    std::function<bool(const Config&)> is_written;  ///< whether a config's text has it
    std::string default_words = {};                 ///< instead of the value in an empty config
};

/// Regular expression of an interval's text: `50 iterations`, `1 epoch`.
inline constexpr const char* kIntervalPattern = "^[1-9][0-9]{0,8} (epochs?|iterations?)$";

/// Regular expression of a list's entry: `1:100`, `1:1-50`, `last`.
inline constexpr const char* kIterationsPattern = "^(last|[1-9][0-9]{0,8}:[1-9][0-9]{0,8}(-[1-9][0-9]{0,8})?)$";

/// What a field takes, in words: `a whole number from 1 to 65536`.
std::string expectation(const Field& field);

}  // namespace bnrun
