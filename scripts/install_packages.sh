#!/usr/bin/env bash
# Installs those of packages.txt that are missing; where none is, it does nothing and needs no rights.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v dpkg-query >/dev/null; then
  echo "install_packages: not a Debian-like system; install the counterparts of scripts/packages.txt yourself" >&2
  exit 0
fi
missing=()
while read -r package; do
  [[ -n "$package" ]] || continue
  # shellcheck disable=SC2016  # dpkg-query's own variable
  status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) || status=none
  [[ "$status" == "install ok installed" ]] || missing+=("$package")
done <packages.txt
((${#missing[@]})) || exit 0

root=()
if ((EUID != 0)); then
  if command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; then
    root=(sudo)
  else
    echo "install_packages: packages are missing; as root, run: apt-get install -y ${missing[*]}" >&2
    exit 1
  fi
fi
echo "install_packages: installing ${missing[*]}" >&2
apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=1)
"${apt[@]}" update -qq >&2 || echo "install_packages: apt-get update failed; trying with the lists at hand" >&2
if ! "${apt[@]}" install -y -qq --no-install-recommends "${missing[@]}" >&2; then
  echo "install_packages: apt-get failed; as root, run: apt-get install -y ${missing[*]}" >&2
  exit 1
fi
