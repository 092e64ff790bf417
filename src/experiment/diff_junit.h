// What `bnrun diff` found as JUnit XML, which continuous integration shows as passed and failed tests.
#pragma once

#include <string>

#include "experiment/diff_json.h"

namespace bnrun {

/// A suite for each table. Each column is a test, which fails where a value differs or where one of the two lacks it;
/// another, `rows`, fails where rows of one alone count.
std::string diff_junit(const Diff& diff);

}  // namespace bnrun
