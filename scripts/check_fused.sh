#!/usr/bin/env bash
# The compiler fuses no multiplication with an addition by itself: results would then depend on which compiler it was. Looks at
# the objects of a build: none alternates sums and differences (vfmaddsub, which only a compiler's pattern makes), and none
# that does not include the headers in which the source asks for fused operations has any.
#   scripts/check_fused.sh BUILD_DIRECTORY      OBJDUMP: that of another processor, with which the build was made
set -euo pipefail
(($# == 1)) || { echo "usage: scripts/check_fused.sh BUILD_DIRECTORY" >&2; exit 2; }
objdump=${OBJDUMP:-objdump}
if ! command -v "$objdump" >/dev/null || ! command -v ninja >/dev/null; then
  echo "check_fused: SKIPPED: needs objdump and ninja (apt-get install -y binutils ninja-build)"
  exit 77
fi
cd "$1"

found=0
objects=0
while IFS= read -r object; do
  objects=$((objects + 1))
  headers=$(ninja -t deps "$object")
  fused=$("$objdump" -d --no-show-raw-insn "$object" | grep -oE '\b(vfn?m(addsub|subadd|add|sub)[0-9a-z]*|fml[as]|fn?m(add|sub))\b' | sort | uniq -c | xargs || true)
  [[ -n "$fused" ]] || continue
  if grep -qE 'addsub|subadd' <<<"$fused"; then
    echo "check_fused: $object: sums and differences fused by the compiler: $fused"
    found=1
  elif ! grep -qE 'math/(functions|simd)\.h$' <<<"$headers"; then
    echo "check_fused: $object: fused operations that no source asks for: $fused"
    found=1
  fi
done < <(find CMakeFiles -path 'CMakeFiles/bnrun_*' -name '*.o' | sort)
((objects > 0)) || { echo "check_fused: no objects in $1" >&2; exit 2; }
exit $found
