// One meaning for a colour, whatever a page shows: a setting, or the value of one key.
#pragma once

#include "report/data.h"

namespace bnrun {

/// Sets colour and dash of every group.
/// A sweep with a numeric axis: a colour for each combination of the other keys, as its picture has it; a dash tells
/// the groups of one colour apart. Else up to kColours groups have a colour each; of more, the colour is the value of
/// the key with fewest values. Where that has too many, the best groups have a colour each, and the others are neutral.
void style_groups(ReportData& data);

/// For each of a sweep's curves the group of each of its runs.
std::vector<std::vector<std::size_t>> groups_of_curves(const ReportData& data);

}  // namespace bnrun
