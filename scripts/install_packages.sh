#!/usr/bin/env bash
# Installs those of packages.txt that are missing; where none is, it does nothing and needs no rights.
#   scripts/install_packages.sh [--tests]
# --tests: also what only tests use (test_packages.txt). Each is had or not; a test that lacks its own says so and is skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

for_tests=
case "$*" in
  '') ;;
  --tests) for_tests=yes ;;
  *) echo "install_packages: $*: unknown; usage: scripts/install_packages.sh [--tests]" >&2; exit 2 ;;
esac
if ! command -v dpkg-query >/dev/null; then
  echo "install_packages: not a Debian-like system; install the counterparts of scripts/packages.txt yourself" >&2
  exit 0
fi

is_installed() {
  local status
  # shellcheck disable=SC2016  # dpkg-query's own variable
  status=$(dpkg-query -W -f='${Status}' "$1" 2>/dev/null) && [[ "$status" == "install ok installed" ]]
}

# find_missing FILE: sets $missing to those of its packages that are not installed.
find_missing() {
  local package
  missing=()
  while read -r package; do
    [[ -z "$package" ]] || is_installed "$package" || missing+=("$package")
  done <"$1"
}

# become_root: sets $root to what has to stand before a command; false where there is no way.
root=()
become_root() {
  ((EUID != 0)) || return 0
  command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; } && root=(sudo)
}

log=$(mktemp)
trap 'rm -f -- "$log"' EXIT

# apt_get ARGUMENT…: silent (apt and dpkg tell of each file, quiet or not), and of a failure shows apt's first errors.
apt_get() {
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -qq "$@" \
    </dev/null >"$log" 2>&1 && return
  grep -aE '^(E|dpkg): ' "$log" | awk '!shown[$0]++ && NR <= 3 { print "  " substr($0, 1, 200) }' >&2
  return 1
}

updated=
apt() {
  if [[ -z "$updated" ]]; then
    apt_get update || echo "install_packages: apt-get update failed; trying with the lists at hand" >&2
    updated=yes
  fi
  echo "install_packages: installing $*" >&2
  apt_get install -y --no-install-recommends "$@"
}

find_missing packages.txt
if ((${#missing[@]})); then
  by_hand="as root, run: apt-get install -y ${missing[*]}"
  become_root || { echo "install_packages: packages are missing; $by_hand" >&2; exit 1; }
  apt "${missing[@]}" || { echo "install_packages: apt-get failed; $by_hand" >&2; exit 1; }
fi
[[ -n "$for_tests" ]] || exit 0

find_missing test_packages.txt
((${#missing[@]})) || exit 0
if become_root && ! apt "${missing[@]}"; then
  echo "install_packages: not all of them together; one after another" >&2
  for package in "${missing[@]}"; do apt "$package" || true; done
fi
find_missing test_packages.txt
((${#missing[@]} == 0)) ||
  echo "install_packages: not to be had here: ${missing[*]}; the tests that use them will say that they are skipped" >&2
