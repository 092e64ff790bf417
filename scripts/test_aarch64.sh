#!/usr/bin/env bash
# Builds the program for ARM (preset aarch64), runs it by emulation, and compares what it leaves with what this machine's
# program leaves, byte by byte: the configs of cli:same_bytes_test, and the first 20 iterations of sigmoid10_bn. The golden
# pictures and every reference case are run, too.
#   scripts/test_aarch64.sh [PROGRAM]     default: build/release/bnrun
# Installs nothing; exits with 77 (skipped) and one line that says what to install where something is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

skip() {
  echo "test_aarch64: SKIPPED: $*"
  exit 77
}
[[ $(uname -m) != aarch64 ]] || skip "this machine is one; scripts/test.sh tests it"
for program in aarch64-linux-gnu-g++ qemu-aarch64-static; do
  command -v $program >/dev/null || skip "as root, run: apt-get install -y g++-aarch64-linux-gnu qemu-user-static llvm"
done
if [[ -z "${BNRUN_AARCH64_ROOT:-}" && -d build/aarch64_root ]]; then export BNRUN_AARCH64_ROOT=$PWD/build/aarch64_root; fi
root=${BNRUN_AARCH64_ROOT:-}
[[ -e "$root/usr/lib/aarch64-linux-gnu/libcrypto.so" ]] ||
  skip "no libraries for ARM; scripts/get_aarch64_root.sh unpacks them in build/aarch64_root"
here=$(realpath "${1:-build/release/bnrun}")
[[ -x "$here" ]] || { echo "test_aarch64: $here: not there; run: cmake --build --preset release" >&2; exit 2; }

cmake --preset aarch64 >/dev/null
cmake --build --preset aarch64 --parallel "$(nproc)" --target bnrun chart_test reference_test
emulated=(qemu-aarch64-static -L "$root/")
there=$PWD/build/aarch64/bnrun.sh
printf '#!/bin/sh\nexec %s "$@"\n' "${emulated[*]@Q} ${PWD@Q}/build/aarch64/bnrun" >"$there"
chmod +x "$there"
"$there" --version

# LLVM's objdump does in a second what takes that of binutils half an hour with objects for ARM.
objdump=$(command -v llvm-objdump || echo aarch64-linux-gnu-objdump)
OBJDUMP=$objdump scripts/check_fused.sh build/aarch64

"${emulated[@]}" build/aarch64/tests/chart_test --gtest_filter='Golden*' --gtest_brief=1
"${emulated[@]}" build/aarch64/tests/reference_test --gtest_brief=1
bash tests/cli/same_bytes_test.sh "$here" ":$there"

# The first 20 iterations: the emulated run is interrupted once they are there, and the same rows are compared.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
data=()
[[ -n "${BNRUN_DATA_DIR:-}" || -d data/mnist ]] || data=(--set data.source=synthetic)
"$here" --config sigmoid10_bn "${data[@]}" --out "$scratch/here" >/dev/null 2>&1
"$there" --config sigmoid10_bn "${data[@]}" --out "$scratch/there" >/dev/null 2>"$scratch/stderr" &
run=$!
until [[ $(sed -n '22p' "$scratch/there/iterations.csv" 2>/dev/null) ]] || ! kill -0 "$run" 2>/dev/null; do sleep 0.2; done
kill -TERM "$run" 2>/dev/null || true
code=0
wait "$run" || code=$?
((code == 143 || code == 0)) || { echo "test_aarch64: sigmoid10_bn: exit code $code: $(cat "$scratch/stderr")" >&2; exit 1; }
for table in gradients.csv activations.csv iterations.csv; do
  cmp <(head -n 21 "$scratch/here/$table") <(head -n 21 "$scratch/there/$table")
  (($(wc -l <"$scratch/there/$table") > 20))
done
echo "test_aarch64: the same bytes on $(uname -m) and aarch64"
