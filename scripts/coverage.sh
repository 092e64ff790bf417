#!/usr/bin/env bash
# Builds with gcc's counters, runs the tests and prints which lines and branches they reach, by folder.
#   scripts/coverage.sh [--report]      --report: of the last build and tests, without new ones
# Fails where readers, writers, checkpoint and diff have less than 95 % of branches, or any other folder less than 85 %
# of lines.
# Branches that only an exception takes (every call may throw one) are not counted, nor are those that the compiler adds
# to a catch and to lists in braces, to undo one that is half made. Exits with 77 without gcovr.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if ! command -v gcovr >/dev/null; then
  echo "coverage: SKIPPED: gcovr is not installed (apt-get install -y gcovr)"
  exit 77
fi
build=build/coverage
if [[ "${1:-}" != --report ]]; then
  cmake --preset coverage >/dev/null
  nice cmake --build --preset coverage --parallel "$(nproc)"
  find "$build" -name '*.gcda' -delete
  nice ctest --preset coverage --parallel "$(nproc)" --no-tests=error --label-exclude '^(source|study|browser)$' \
    --exclude-regex '^cli:(slurm|crash|same_bytes)'
fi
gcovr --root . --object-directory "$build" --filter 'src/' --exclude-throw-branches --exclude-unreachable-branches \
  --exclude-branches-by-pattern '^(?!.*\bif \().*(\bcatch \(|\{\{|\}\})' \
  --csv "$build/coverage.csv" "$build" -j "$(nproc)"
awk -F, '
function share(covered, all) { return all ? 100 * covered / all : 100 }
NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
{
  split($1, path, "/")
  group = path[2]
  # Readers and writers are settings, files, and what reads JSON and IDX; checkpoint and diff are spread over the folders.
  if (group ~ /^(settings|files)$/ || $1 ~ /base\/json|data\/(byte_reader|gzip|idx|mnist|load_dataset)\./ || $1 ~ /checkpoint|resume|diff/) {
    group = "readers, writers, checkpoint, diff"
  }
  groups[group]
  lines[group] += $column["line_total"]; lines_met[group] += $column["line_covered"]
  branches[group] += $column["branch_total"]; branches_met[group] += $column["branch_covered"]
}
END {
  printf "%-36s %8s %8s\n", "", "lines", "branches"
  for (group in groups) {
    line = share(lines_met[group], lines[group]); branch = share(branches_met[group], branches[group])
    bad = group ~ /^readers/ ? branch < 95 : line < 85
    printf "%-36s %6.1f %% %6.1f %%%s\n", group, line, branch, bad ? "  below its goal" : "" | "sort"
    failed = failed || bad
  }
  close("sort")
  exit failed
}' "$build/coverage.csv"
