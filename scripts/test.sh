#!/usr/bin/env bash
# Builds presets and runs their tests; ctest's closing summary comes last.
#   scripts/test.sh [PRESET…]        default: release asan
# asan runs the unit tests; every other preset runs the command-line, layering, format and tidy tests too, and compares
# its program's output with that of the presets asan and, where there is a clang++, clang, byte for byte.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

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
    ctest --preset asan --parallel "$jobs" --no-tests=error --label-regex '^unit$'
  else
    echo "== tests of preset $preset: all =="
    ctest --preset "$preset" --parallel "$((jobs + 1))" --no-tests=error  # some wait more than they work
  fi
done
