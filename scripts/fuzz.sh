#!/usr/bin/env bash
# Fuzzes every reader of files and text with clang's libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer.
#   scripts/fuzz.sh [SECONDS [HARNESS…]]     default: 60 for each harness, all of them
# Starts from tests/fuzz/corpus and goes on in build/fuzz/found, which stays for the next time. Prints executions and
# findings of each harness and in all; a finding's input is kept there, and the exit code is 1. A finding is a crash, a
# leak, an exception other than bnrun's Error, a property that does not hold, 30 s or 1 GB for one input.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=${1:-60}
if [[ ! "$seconds" =~ ^[1-9][0-9]*$ ]]; then
  echo "fuzz: $seconds: expected a number of seconds from 1" >&2
  exit 2
fi
harnesses=("${@:2}")
if ((${#harnesses[@]} == 0)); then
  for folder in tests/fuzz/corpus/*/; do harnesses+=("$(basename "$folder")"); done
fi
if ! command -v clang++ >/dev/null; then
  echo "fuzz: SKIPPED: clang++ is not installed (apt-get install -y clang libclang-rt-14-dev)"
  exit 77
fi
mkdir -p build/fuzz/found
if ! { cmake --preset fuzz && nice cmake --build --preset fuzz; } >build/fuzz/build.log 2>&1; then
  tail -n 30 build/fuzz/build.log >&2
  exit 1
fi

# fuzz HARNESS: one line of result; returns 1 on a finding.
fuzz() {
  local found=build/fuzz/found/$1 status=0 executions
  mkdir -p "$found/inputs"
  ./build/fuzz/tests/fuzz/"fuzz_$1" -max_total_time="$seconds" -max_len=2048 -timeout=30 -rss_limit_mb=2048 \
    -malloc_limit_mb=1024 -print_final_stats=1 -close_fd_mask=1 -artifact_prefix="$found/" \
    "$found/inputs" "tests/fuzz/corpus/$1" >"$found/log" 2>&1 || status=1
  executions=$(awk '/^stat::number_of_executed_units:/ { n = $2 } END { print n + 0 }' "$found/log")
  printf '%-14s %12d executions  %d findings\n' "$1" "$executions" "$status"
  if ((status)); then
    grep -m 3 -E 'ERROR|runtime error|does not hold|Test unit written' "$found/log" | sed 's/^/  /'
  fi
  return "$status"
}
export -f fuzz
# For speed; a finding is run once more with whole stacks: build/fuzz/tests/fuzz/fuzz_HARNESS FILE
export seconds ASAN_OPTIONS=malloc_context_size=1:quarantine_size_mb=8 UBSAN_OPTIONS=print_stacktrace=1

status=0
results=$(printf '%s\n' "${harnesses[@]}" | xargs -P "$(nproc)" -I{} nice -n 19 bash -c 'fuzz {}') || status=1
sort <<<"$results" | grep -v '^  ' || true
grep '^  ' <<<"$results" || true
awk '/ executions / { executions += $2; findings += $4 }
  END { printf "%-14s %12d executions  %d findings\n", "all", executions, findings }' <<<"$results"
exit "$status"
