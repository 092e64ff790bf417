#!/usr/bin/env bash
# Fuzzes every reader of files and text with clang's libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer.
#   scripts/fuzz.sh [SECONDS [HARNESS…]]     default: 60 for each harness, all of them
# Starts from tests/fuzz/corpus and goes on in build/fuzz/found, which stays for the next time. Prints executions and
# findings of each harness and in all; a finding's input is kept there, and the exit code is 1. A finding is a crash, a
# leak, an exception other than bnrun's Error, a property that does not hold, 30 s (twice) or 1 GB for one input. A
# harness that is stopped by hand has none.
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

# is_slow PROGRAM LOG: whether the input that took too long does so again: the machine may have been asleep.
is_slow() {
  local input
  input=$(sed -n 's/.*Test unit written to //p' "$2" | head -n 1)
  ! "$1" -timeout=30 "$input" >/dev/null 2>&1
}

# fuzz HARNESS: one line of result; returns 1 on a finding, and where it could not run.
fuzz() {
  local program=./build/fuzz/tests/fuzz/fuzz_$1 found=build/fuzz/found/$1 code=0 findings=0 note='' executions
  mkdir -p "$found/inputs"
  "$program" -max_total_time="$seconds" -max_len=2048 -timeout=30 -rss_limit_mb=2048 \
    -malloc_limit_mb=1024 -print_final_stats=1 -close_fd_mask=1 -artifact_prefix="$found/" \
    "$found/inputs" "tests/fuzz/corpus/$1" >"$found/log" 2>&1 || code=$?
  executions=$(awk '/^#[0-9]+/ { n = substr($1, 2) } /^stat::number_of_executed_units:/ { n = $2 } END { print n + 0 }' \
    "$found/log")
  # libFuzzer ends with 72 on SIGINT and SIGTERM, 70 on a timeout; a shell tells of any other signal by 128 and more.
  if ((code == 72 || code > 128)) && ! grep -qE "$complaint" "$found/log"; then
    note='  stopped by hand'
  elif ((code == 70)) && ! is_slow "$program" "$found/log"; then
    note='  stopped by one input, which was quick when run again'
  elif ((code != 0)); then
    findings=1
  fi
  printf '%-14s %12d executions  %d findings%s\n' "$1" "$executions" "$findings" "$note"
  ((findings)) || return 0
  { grep -m 3 -E "$complaint" "$found/log" || tail -n 3 "$found/log"; } | sed 's/^/  /'
  return 1
}
export -f fuzz is_slow
# For speed; a finding is run once more with whole stacks: build/fuzz/tests/fuzz/fuzz_HARNESS FILE
export complaint='ERROR|runtime error|does not hold|Test unit written'
export seconds ASAN_OPTIONS=malloc_context_size=1:quarantine_size_mb=8 UBSAN_OPTIONS=print_stacktrace=1

status=0
results=$(printf '%s\n' "${harnesses[@]}" | xargs -P "$(nproc)" -I{} nice -n 19 bash -c 'fuzz {}') || status=1
sort <<<"$results" | grep -v '^  ' || true
grep '^  ' <<<"$results" || true
awk '/ executions / { executions += $2; findings += $4 }
  END { printf "%-14s %12d executions  %d findings\n", "all", executions, findings }' <<<"$results"
exit "$status"
