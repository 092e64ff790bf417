#!/usr/bin/env bash
# Runs the short list of .clang-tidy over src/; exits with 77 (skipped, for CTest) without clang-tidy.
#   scripts/check_tidy.sh [BUILD_DIR]     default: build/release, whose compile_commands.json it reads
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=${1:-build/release}

if ! command -v clang-tidy >/dev/null; then
  echo "check_tidy: SKIPPED: clang-tidy is not installed (apt-get install -y clang-tidy)"
  exit 77
fi
if [[ ! -f "$build/compile_commands.json" ]]; then
  echo "check_tidy: $build/compile_commands.json: not there; run: cmake --preset release && cmake --build --preset release" >&2
  exit 2
fi
find src -type f -name '*.cc' -print0 | sort -z |
  xargs -0 -r -n 1 -P "$(nproc)" clang-tidy -p "$build" --quiet --extra-arg=-Wno-unknown-warning-option 2> >(grep -v ' warnings\? generated\.$' >&2) || exit 1
