#!/usr/bin/env bash
# Rejects an include that goes upward or sideways among the folders of src/, and any circle of includes.
#   scripts/check_includes.sh [ROOT]     ROOT has src/; default: this project
# Rejects a .cc without a header of its name, too: circles hide there; and <fmt/core.h>, also in tests/ and bench/: before
# <fmt/format.h> in one source, as where several are compiled as one, it does not compile with fmt 8.
# Prints each offence as file:line and exits with 1.
# A .h and its .cc count as one.
set -euo pipefail
cd "${1:-"$(dirname "${BASH_SOURCE[0]}")/.."}"

if [[ ! -d src ]]; then
  echo "check_includes: $PWD: has no src/" >&2
  exit 2
fi
mapfile -t files < <(find src -type f \( -name '*.h' -o -name '*.cc' -o -name '*.hpp' -o -name '*.cpp' -o -name '*.inl' \) | sort)
if ((${#files[@]} == 0)); then
  echo "check_includes: $PWD/src: has no sources" >&2
  exit 2
fi
status=0
mapfile -t folders < <(find src tests bench -maxdepth 0 -type d 2>/dev/null)
if grep -rnE --include='*.h' --include='*.cc' '^[ \t]*#[ \t]*include[ \t]*<fmt/core\.h>' "${folders[@]}" |
  sed 's/^\([^:]*:[0-9]*\):.*/\1: <fmt\/core.h> is not for sources that are compiled together: <fmt\/format.h>/' | grep .; then
  status=1
fi
awk '
function offence(where, what) { print where ": " what; bad = 1 }
function folder_of(path) { return index(path, "/") ? substr(path, 1, index(path, "/") - 1) : "" }
function unit_of(path) { sub(/\.[a-z]+$/, "", path); return path }
# Depth-first; a unit met again while still open closes a circle.
function visit(unit, chain,    list, n, i, next_unit) {
  state[unit] = "open"
  n = split(edges[unit], list, " ")
  for (i = 1; i <= n; i++) {
    next_unit = list[i]
    if (state[next_unit] == "open")
      offence(place[unit, next_unit], "closes a circle: " substr(chain, index(chain " ", " " next_unit " ") + 1) " " next_unit)
    else if (state[next_unit] == "")
      visit(next_unit, chain " " next_unit)
  }
  state[unit] = "done"
}
BEGIN {
  floor["base"] = 0; floor["math"] = 1; floor["nn"] = floor["data"] = floor["settings"] = floor["files"] = floor["chart"] = 2
  floor["train"] = 3; floor["experiment"] = 4; floor["report"] = 5; floor["cli"] = 6
  only["CLI"] = only["spdlog"] = " cli "; only["nlohmann"] = " base settings files "
  # What is compiled once for each instruction set, and what is called by nobody; a command is listed in cli/commands.h.
  alone["math/kernels_avx2.cc"] = alone["math/kernels_avx512.cc"] = alone["cli/main.cc"] = alone["cli/needs_avx2.cc"] = 1
  alone["math/isa_x86.cc"] = alone["math/isa_aarch64.cc"] = 1  # of one processor or system
  alone["base/platform_linux.cc"] = alone["base/platform_posix.cc"] = 1
  for (i = 1; i < ARGC; i++) exists[substr(ARGV[i], 5)] = 1  # without src/
  for (i = 1; i < ARGC; i++) {
    path = substr(ARGV[i], 5)
    headless = path ~ /\.cc$/ && !((unit_of(path) ".h") in exists) && !(path in alone) && path !~ /^cli\/commands\//
    if (headless) offence(ARGV[i] ":1", "has no header of its name")
    if (!(folder_of(path) in floor)) offence(ARGV[i] ":1", "is in none of the known folders of src/")
  }
}
FNR == 1 { file = substr(FILENAME, 5); folder = folder_of(file); unit = unit_of(file); if (!(unit in seen)) { seen[unit] = 1; order[++units] = unit } }
/^[ \t]*#[ \t]*include[ \t]*["<]/ {
  target = $0
  sub(/^[^"<]*["<]/, "", target); sub(/[">].*$/, "", target)
  where = FILENAME ":" FNR
  top = folder_of(target)
  if (top in only && !index(only[top], " " folder " ")) offence(where, "<" target "> is not for src/" folder ", but for:" only[top])
  if (target ~ /\.(c|cc|cpp|cxx)$/) { offence(where, "\"" target "\" is a source, not a header"); next }
  if (target ~ /(^|\/)\.\.?\//) { offence(where, "\"" target "\" is not written from src/"); next }
  if ((folder "/" target) in exists) { offence(where, "\"" target "\" is not written from src/: \"" folder "/" target "\""); next }
  if (!(top in floor)) next
  if (folder in floor && top != folder) {
    if (floor[top] > floor[folder]) offence(where, folder " looks upward at \"" target "\"")
    else if (floor[top] == floor[folder]) offence(where, folder " looks sideways at \"" target "\"")
  }
  if (!(target in exists)) next
  goal = unit_of(target)
  if (goal == unit) { if (target == file) offence(where, "\"" target "\" includes itself"); next }
  if (!((unit, goal) in place)) { place[unit, goal] = where; edges[unit] = edges[unit] " " goal }
}
END {
  for (i = 1; i <= units; i++) if (state[order[i]] == "") visit(order[i], " " order[i])
  exit bad
}' "${files[@]}" || status=$?
exit "$status"
