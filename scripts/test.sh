#!/usr/bin/env bash
# Builds presets and runs their tests; ctest's closing summary comes last.
#   scripts/test.sh [PRESET…]        default: release asan
# asan runs the unit tests, and is built by clang++ where that has the sanitizers: in half the time, and by another
# compiler. Every other preset runs the command-line, layering, format and tidy tests too, and compares its program's
# output with that of the presets asan and clang, where they are built, byte for byte.
# $BNRUN_WERROR=ON: a compiler's warnings are errors, as on the build machine; else a newer one's do not stop the tests.
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

# compiler_of PRESET: what its first configuration names as its compiler
compiler_of() {
  [[ "$1" == asan && ! -e build/asan/CMakeCache.txt ]] || return 0
  if echo 'int main() {}' | clang++ -x c++ -fsanitize=address,undefined - -o /dev/null 2>/dev/null; then
    echo "-DCMAKE_CXX_COMPILER=clang++"
  fi
}

presets=("$@")
((${#presets[@]})) || presets=(release asan)
jobs=$(nproc)
werror=${BNRUN_WERROR:-OFF}
for preset in "${presets[@]}"; do
  mapfile -t compiler < <(compiler_of "$preset")
  cmake --preset "$preset" -D BNRUN_WERROR="$werror" "${compiler[@]}"
  cmake --build --preset "$preset" --parallel "$jobs"
done
for preset in "${presets[@]}"; do
  if [[ "$preset" == asan ]]; then
    echo "== tests of preset asan: the unit tests only =="
    run_tests asan --parallel "$jobs" --label-regex '^unit$'
  else
    echo "== tests of preset $preset: all =="
    run_tests "$preset" --parallel "$((jobs + 1))"  # some wait more than they work
  fi
done
