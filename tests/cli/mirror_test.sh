#!/usr/bin/env bash
# check_tests.sh finds the source that has no test of its name. ($1, bnrun's path, is not needed.)
set -euo pipefail
check=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/scripts/check_tests.sh
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
failures=0

# expect NAME CODE TEXT: of the tree as it is.
expect() {
  local printed status=0
  printed=$("$check" "$scratch" 2>&1) || status=$?
  if [[ $status -ne $2 || "$printed" != "$3" ]]; then
    echo "FAILED $1: exit $status, expected $2 and '$3', got: $printed"
    failures=$((failures + 1))
  fi
}

expect 'an empty directory' 2 "check_tests: $scratch: has no src/"
mkdir -p "$scratch"/src/{nn/layers,math,cli/commands} "$scratch"/tests/{nn/layers,math,cli}
touch "$scratch"/src/nn/{loss.cc,layers/dense.cc} "$scratch"/tests/nn/{loss_test.cc,layers/dense_test.cc} "$scratch/src/nn/shape.h" \
  "$scratch/src/cli/terminal.cc" "$scratch/tests/cli/terminal_test.sh" "$scratch"/src/cli/{main.cc,commands/run.cc} "$scratch/src/math/kernels.cc"
expect 'a source for each test' 0 ''
mv "$scratch/tests/nn/layers/dense_test.cc" "$scratch/tests/nn/dense_test.cc"
expect 'a test in another folder' 1 'src/nn/layers/dense.cc:1: has no test of its name: expected tests/nn/layers/dense_test.cc'
touch "$scratch/tests/nn/layers/dense_test.cc" "$scratch/tests/math/kernels_test.cc"
expect 'an exception that is none' 1 'src/math/kernels.cc:1: has a test of its name; scripts/check_tests.sh need not list it'
exit "$((failures > 0))"
