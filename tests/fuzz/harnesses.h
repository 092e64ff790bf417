// What the fuzzer and the replay of its corpus run: a function a format, which takes any bytes.
#pragma once

#include <string_view>

namespace bnrun::fuzz {

/// Stands between the files of an input that is several.
inline constexpr std::string_view kNextFile = "\n%%\n";

/// Each reads the input as its format. An Error of one line is the proper answer to a bad one; any other exception
/// escapes, and what was accepted must keep what the format promises, or else the function aborts.
using Harness = void (*)(std::string_view input);

void idx(std::string_view input);           ///< an IDX file, plain or gzip
void gzip(std::string_view input);          ///< a file's contents, in two ways of asking for them
void config(std::string_view input);        ///< JSON with comments
void set(std::string_view input);           ///< lines of `--set`
void sweep_values(std::string_view input);  ///< the values of one axis
void sweep_flags(std::string_view input);   ///< lines of `--grid`, and from `zip` on of `--zip`
void sweep_spec(std::string_view input);    ///< a sweep's JSON file
void safetensors(std::string_view input);
void checkpoint(std::string_view input);     ///< safetensors, whose checksum is put right first
void table(std::string_view input);          ///< CSV or the post's layout
void summary(std::string_view input);        ///< a run's summary.json
void sweep_summary(std::string_view input);  ///< a sweep's summary.csv
void config_diff(std::string_view input);    ///< two runs' config.json, kept apart as the next ones' files are
void logged_run(std::string_view input);     ///< a run's four CSV files and gradients.txt
void report(std::string_view input);         ///< config.json, summary.csv, then as logged_run: the whole page

}  // namespace bnrun::fuzz
