// sweep.json, by which a sweep's directory says what it varies: a spec that needs no other file, flag or program.
#pragma once

#include <string>
#include <vector>

#include "settings/sweep_spec.h"

namespace bnrun {

/// A spec with each base written out and the overrides among its `set`, so that read_sweep_spec gives the same plan;
/// beside it `given`, what the user wrote.
std::string sweep_file_text(const SweepSpec& spec);

/// Where two such texts first say something else, as a path such as `grid.seed`; empty where they plan the same points.
/// Name and `given` do not count. Throws ConfigError where one is no JSON object. @param file names the first of them
std::string sweep_file_difference(const std::string& a, const std::string& b, const std::string& file);

/// Whether the text is one that sweep_file_text made.
bool is_sweep_file(const std::string& text);

/// The spec with the overrides of a command line, each in place of its own override of that key.
SweepSpec with_overrides(SweepSpec spec, const std::vector<Override>& overrides);

}  // namespace bnrun
