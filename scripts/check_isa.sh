#!/usr/bin/env bash
# The program runs where there is no AVX-512: registers of that stand only in functions made for it, which are called where
# the processor has it (src/math/isa.h). The linker could otherwise take an inlined function's copy from a source that is
# compiled for AVX-512, and give it to all.
#   scripts/check_isa.sh PROGRAM
set -euo pipefail
(($# == 1)) || { echo "usage: scripts/check_isa.sh PROGRAM" >&2; exit 2; }
if [[ $(uname -m) != x86_64 ]]; then
  echo "check_isa: SKIPPED: AVX-512 is of x86-64 alone"
  exit 77
fi
if ! command -v objdump >/dev/null; then
  echo "check_isa: SKIPPED: needs objdump (apt-get install -y binutils)"
  exit 77
fi

objdump -d --no-show-raw-insn -C "$1" | awk -v program="$1" '
/^[0-9a-f]+ <.*>:$/ { name = $0; sub(/^[0-9a-f]+ </, "", name); sub(/>:$/, "", name); told = 0; next }
/%zmm|%[xyz]mm(1[6-9]|2[0-9]|3[01])|%k[0-7]/ {
  if (name ~ /avx512/) { made_for++; next }
  if (!told) print "check_isa: " program ": AVX-512 in " name
  told = found = 1
}
END {
  if (!made_for) { print "check_isa: " program ": has no kernels for AVX-512"; exit 1 }
  exit found
}'
