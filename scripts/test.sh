#!/usr/bin/env bash
# Builds presets and runs their tests; ctest's closing summary comes last.
#   scripts/test.sh [PRESET…]        default: release asan
# asan runs the unit tests; every other preset runs the command-line, layering, format and tidy tests too, and compares
# its program's output with that of the presets asan and, where there is a clang++, clang, byte for byte.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

for program in cmake ctest ninja; do
  command -v $program >/dev/null && continue
  echo "test.sh: $program is not installed; run scripts/install_packages.sh --tests first" >&2
  exit 2
done

# told_why PRESET: of the tests that CTest has skipped, or that skipped a case, what they said.
told_why() {
  awk '/^[0-9]+\/[0-9]+ Testing: / { name = $3 }
    /^\[ RUN / { test = $4 }
    /: Skipped$/ { getline; print "  " name ": " test ": " $0 }
    /[Ss]kipped: |SKIPPED: |^not compared: / { print "  " name ": " $0 }' "build/$1/Testing/Temporary/LastTest.log"
}

# run_tests PRESET ARGUMENT…
run_tests() {
  ctest --preset "$@" --no-tests=error | tee "build/$1/ctest.log"
  echo "== preset $1: what was skipped, and why =="
  told_why "$1"
  sed -n '/% tests passed/,$p' "build/$1/ctest.log"
}

presets=("$@")
((${#presets[@]})) || presets=(release asan)
jobs=$(nproc)
for preset in "${presets[@]}"; do
  cmake --preset "$preset"
  cmake --build --preset "$preset" --parallel "$jobs"
done
if [[ " ${presets[*]} " != " asan " ]] && command -v clang++ >/dev/null; then
  cmake --preset clang
  cmake --build --preset clang --target bnrun --parallel "$jobs"
fi
for preset in "${presets[@]}"; do
  if [[ "$preset" == asan ]]; then
    echo "== tests of preset asan: the unit tests only =="
    run_tests asan --parallel "$jobs" --label-regex '^unit$'
  else
    echo "== tests of preset $preset: all =="
    run_tests "$preset" --parallel "$((jobs + 1))"  # some wait more than they work
  fi
done
