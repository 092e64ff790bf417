#!/usr/bin/env bash
# Runs the short list of .clang-tidy over src/; exits with 77 (skipped, for CTest) without clang-tidy.
# It reads each folder of src/ as one source, which CMake writes into build/tidy: no header is read more than once for it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=build/tidy

if ! command -v clang-tidy >/dev/null; then
  echo "check_tidy: SKIPPED: clang-tidy is not installed (apt-get install -y clang-tidy)"
  exit 77
fi
version=$(clang-tidy --version | grep -oE 'version [0-9]+' | cut -d ' ' -f 2)
if [[ "$version" != 14 ]]; then
  echo "check_tidy: SKIPPED: clang-tidy $version finds other things than version 14, which the build machine has"
  exit 77
fi
cmake --preset release -B "$build" -D BUILD_TESTING=OFF -D CMAKE_UNITY_BUILD=ON -D CMAKE_UNITY_BUILD_BATCH_SIZE=0 >/dev/null
cmake --build "$build" --target bnrun_version_header >/dev/null

mapfile -t folders < <(find "$build" -name 'unity_*.cxx' -printf '%s %p\n' | sort -rn | cut -d' ' -f2)
mapfile -t alone < <(grep -oE "\"file\": \"$PWD/src/[^\"]*\.cc\"" "$build/compile_commands.json" | cut -d'"' -f4) # with options of their own
# Those of another processor or system are compiled nowhere here.
other=isa_$([[ $(uname -m) == x86_64 ]] && echo aarch64 || echo x86).cc
left_out=$(comm -23 <(find "$PWD/src" -name '*.cc' ! -name "$other" ! -name platform_posix.cc | sort) \
  <({ sed -n 's/^#include "\(.*\)"$/\1/p' "${folders[@]}"; printf '%s\n' "${alone[@]}"; } | sort))
if [[ -n "$left_out" ]]; then
  echo "check_tidy: in none of CMake's unity sources in $build: $left_out" >&2
  exit 2
fi
# Including a source is what CMake's own do; scripts/check_includes.sh rejects it elsewhere.
# clang 14 crashes at an error near fmt's consteval format strings in place of telling it; GCC checks them.
printf '%s\0' "${folders[@]}" "${alone[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy -p "$build" --quiet \
  --checks=-bugprone-suspicious-include --extra-arg=-Wno-unknown-warning-option --extra-arg=-DFMT_CONSTEVAL= 2> >(grep -v ' warnings\? generated\.$' >&2) || exit 1
