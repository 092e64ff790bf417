#!/bin/bash
# On a processor without AVX2, as qemu has it, bnrun says so in one line.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
qemu=$(command -v qemu-x86_64 || command -v qemu-x86_64-static) ||
    { echo 'SKIPPED: qemu-x86_64 is not installed (apt-get install -y qemu-user)'; exit 77; }
[ "$(uname -m)" = x86_64 ] || { echo 'SKIPPED: not an x86-64 machine'; exit 77; }
for processor in qemu64 max,avx2=off max,fma=off; do
    code=0
    "$qemu" -cpu "$processor" "$bnrun" --version > "$scratch/stdout" 2> "$scratch/stderr" || code=$?
    [ "$code" -eq 2 ] || fail "$processor: exit code $code, expected 2: $(cat "$scratch/stderr")"
    [ ! -s "$scratch/stdout" ] || fail "$processor: stdout: $(cat "$scratch/stdout")"
    [ "$(grep -cv '^qemu' "$scratch/stderr")" -eq 1 ] || fail "$processor: not one line: $(cat "$scratch/stderr")"
    grep -q '^error: this processor: has no AVX2, FMA and BMI2 .* needs an x86-64 processor' "$scratch/stderr" ||
        fail "$processor: $(cat "$scratch/stderr")"
done
"$qemu" -cpu max "$bnrun" --version > "$scratch/stdout" 2> "$scratch/stderr" || fail "a processor with AVX2: $(cat "$scratch/stderr")"
finish
