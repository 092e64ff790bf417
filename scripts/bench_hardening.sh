#!/usr/bin/env bash
# What hardening costs: two builds, with and without it, timed in turns. Prints the seconds of an epoch of both, and
# the ratio with to without: medians over turns, and of the ratio the quartiles, too.
#   scripts/bench_hardening.sh [TURNS]     default: 11
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
turns=${1:-11}
if [[ ! "$turns" =~ ^[1-9][0-9]*$ ]]; then
  echo "bench_hardening: $turns: expected a number of turns from 1" >&2
  exit 2
fi
target=bnrun_epoch
# shellcheck source=scripts/bench_common.sh
source scripts/bench_common.sh
cmake --preset bench -B build/bench_plain -DBNRUN_HARDENING=OFF >&2
cmake --build build/bench_plain --target "$target" --parallel "$(nproc)" >&2

# seconds PROGRAM: of an epoch, plain and observed.
seconds() {
  local line
  line=$("$1" sigmoid10_bn "$(nproc)" 1 "data.dir=$data")
  echo "$(field epoch_seconds <<<"$line") $(field observed_epoch_seconds <<<"$line")"
}

for ((turn = 0; turn < turns; turn++)); do
  if ((turn % 2)); then  # whichever comes first has no advantage
    without=$(seconds build/bench_plain/bench/bnrun_epoch)
    with=$(seconds "$epoch")
  else
    with=$(seconds "$epoch")
    without=$(seconds build/bench_plain/bench/bnrun_epoch)
  fi
  echo "$with $without"
done | awk '
function sorted(values, column,    i, j, held) {
  for (i = 1; i <= NR; i++) values[i] = rows[i, column]
  for (i = 2; i <= NR; i++)
    for (j = i; j > 1 && values[j] < values[j - 1]; j--) { held = values[j]; values[j] = values[j - 1]; values[j - 1] = held }
}
function quartile(column, quarter,    values) { sorted(values, column); return values[1 + int((NR - 1) * quarter / 4 + 0.5)] }
function line(name, column) {
  printf "%-9s with %.4f s, without %.4f s, ratio %.3f [%.3f, %.3f] over %d turns\n", name, quartile(column, 2),
    quartile(column + 2, 2), quartile(column + 4, 2), quartile(column + 4, 1), quartile(column + 4, 3), NR
}
{ for (i = 1; i <= 4; i++) rows[NR, i] = $i; rows[NR, 5] = $1 / $3; rows[NR, 6] = $2 / $4 }
END { line("plain", 1); line("observed", 2) }'
