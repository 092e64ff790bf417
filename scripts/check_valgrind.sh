#!/usr/bin/env bash
# Runs short commands under valgrind's memcheck: no error, no leak. Exits with 77 (skipped) without valgrind.
#   scripts/check_valgrind.sh [PROGRAM]     default: build/release/bnrun; of its kernels those for AVX2, as valgrind knows no more
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if ! command -v valgrind >/dev/null; then
  echo "check_valgrind: SKIPPED: valgrind is not installed (apt-get install -y valgrind)"
  exit 77
fi
program=$(realpath "${1:-build/release/bnrun}")
if [[ ! -x "$program" ]]; then
  echo "check_valgrind: $program: not there; run: cmake --preset release && cmake --build --preset release" >&2
  exit 2
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cat >"$scratch/tiny.json" <<'JSON'
{"data": {"source": "synthetic", "train_samples": 40, "test_samples": 20},
 "model": {"depth": 2, "width": 8, "batch_norm": true}, "train": {"epochs": 2, "batch_size": 10}}
JSON
cd "$scratch"

checked=0
# check EXIT_CODE ARGUMENT…
check() {
  local expected=$1 code=0
  shift
  valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect,possible \
    "$program" "$@" >out 2>err || code=$?
  if ((code != expected)); then
    echo "check_valgrind: exit code $code, expected $expected: bnrun $*" >&2
    cat err >&2
    exit 1
  fi
  checked=$((checked + 1))
}
check 0 --config tiny.json --out a --threads 1
check 0 --config tiny.json --out b --threads 2 --set precision=float64 --set model.batch_norm=false
check 1 diff a b
check 0 diff a a
check 0 eval a
check 0 sweep --config tiny.json --grid seed=1:2 --out swept
check 0 export a --format jsonl
check 0 export a --format npz --out a.npz
check 2 --config tiny.json --set seed=[[
echo "check_valgrind: $checked commands, 0 errors"
