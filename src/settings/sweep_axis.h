// One direction in which a sweep varies, from flags or a spec.
#pragma once

#include <string>
#include <vector>

#include "base/json_text.h"

namespace bnrun {

/// A key and its values, or several keys that go through theirs together.
struct SweepAxis {
    std::vector<std::string> keys;                   ///< dotted
    std::vector<std::vector<std::string>> values;    ///< of each key, as JSON text; all of one length
    std::vector<std::vector<std::string>> labels{};  ///< of each value, instead of itself in names; empty: none
    std::vector<std::string> given{};                ///< where and how the user wrote each, for messages
};

/// Values, and what they are called: a list as it stands in a spec, or text in the grammar of sweep_values.
struct AxisValues {
    std::vector<std::string> values;
    std::vector<std::string> labels;  ///< as many; empty: none
};

/// An item may be `{"value": any, "label": text}`. @param where begins messages. Throws ConfigError, as all of these
/// do.
AxisValues axis_values(const OrderedJson& json, const std::string& where);

/// Throws where the axis has keys already, whose values are more or fewer.
void extend(SweepAxis& axis, const std::string& key, AxisValues values, const std::string& where);

/// @param grid, zip as given on the command line: `key=values`. @return one axis for each of grid, then that of zip
std::vector<SweepAxis> axes_from_flags(const std::vector<std::string>& grid, const std::vector<std::string>& zip);

/// `key=values` of a flag, and what begins messages about it.
struct FlagAssignment {
    std::string key;
    std::string values;
    std::string where;
};
FlagAssignment flag_assignment(const char* flag, const std::string& text);

/// Calls the values of axes by `key=label,label,…` of --labels. Throws: no such axis, more or fewer labels than values.
void add_labels(std::vector<SweepAxis>& axes, const std::vector<std::string>& labels);

}  // namespace bnrun
