#!/usr/bin/env bash
# Checks with readelf that a program is hardened; exits with 77 (skipped, for CTest) without readelf.
#   scripts/check_hardening.sh PROGRAM      prints what it lacks and exits with 1
set -euo pipefail
program=${1:?"which program?"}
if ! command -v readelf >/dev/null; then
  echo "check_hardening: SKIPPED: readelf is not installed (apt-get install -y binutils)"
  exit 77
fi
described=$(LC_ALL=C readelf --wide --file-header --program-headers --dynamic --dyn-syms "$program")
lacks=0
# has WHAT PATTERN
has() {
  grep -qE "$2" <<<"$described" && return
  echo "check_hardening: $program: lacks $1" >&2
  lacks=1
}
has "an address of no one's choosing (PIE)" '^ *Type: +DYN'
has "read-only tables (RELRO)" '^ *GNU_RELRO'
has "binding of all symbols at the start (full RELRO)" 'FLAGS.* (BIND_)?NOW'
has "a stack that is not executable" '^ *GNU_STACK +(0x[0-9a-f]+ +){5}RW '
has "guards on the stack" ' __stack_chk_fail'
has "checked calls of libc (_FORTIFY_SOURCE)" ' __[a-z_]+_chk(@|$)'
exit "$lacks"
