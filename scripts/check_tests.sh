#!/usr/bin/env bash
# Rejects a source that has no test of its name: of src/FOLDER/NAME.cc that is tests/FOLDER/NAME_test.cc, or .sh.
#   scripts/check_tests.sh [ROOT]     ROOT has src/ and tests/; default: this project
# Prints each offence as file:line and exits with 1. A command's tests are those of the real program, in tests/cli/.
set -euo pipefail
cd "${1:-"$(dirname "${BASH_SOURCE[0]}")/.."}"

# What is tested under another name, and why. One that has a test of its name by now is an offence.
declare -A exceptions=(
  [base/platform_linux]='one of two sources of base/platform.h: platform_test'
  [base/platform_posix]='the other of the two'
  [math/isa_aarch64]='one of two sources of math/isa.h: isa_test'
  [math/isa_x86]='the other of the two'
  [math/kernels]='the table of kernels for the processor at hand: isa_test, and gemm_test for what they compute'
  [math/kernels_avx2]='compiled once for each instruction set; as math/kernels'
  [math/kernels_avx512]='compiled once for each instruction set; as math/kernels'
  [cli/command_line]='of the whole program: tests/cli/commands_test.sh'
  [cli/needs_avx2]='of a processor without it: tests/cli/old_processor_test.sh'
  [cli/main]='of the whole program: every test in tests/cli/'
)
for folder in src tests; do
  if [[ ! -d $folder ]]; then
    echo "check_tests: $PWD: has no $folder/" >&2
    exit 2
  fi
done

has_test() { [[ -e tests/$1_test.cc || -e tests/$1_test.sh ]]; }

status=0
offence() {
  echo "$1:1: $2"
  status=1
}

while IFS= read -r unit; do
  has_test "$unit" || [[ -n ${exceptions[$unit]:-} || $unit == cli/commands/* ]] ||
    offence "src/$unit.cc" "has no test of its name: expected tests/${unit}_test.cc"
done < <(find src -type f -name '*.cc' | sed 's#^src/##; s#\.cc$##' | LC_ALL=C sort)
for unit in "${!exceptions[@]}"; do
  ! has_test "$unit" || offence "src/$unit.cc" "has a test of its name; scripts/check_tests.sh need not list it"
done
exit $status
