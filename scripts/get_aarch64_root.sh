#!/usr/bin/env bash
# Downloads the distribution's packages of the libraries for ARM and unpacks them in a directory, for scripts/test_aarch64.sh.
#   scripts/get_aarch64_root.sh [DIRECTORY]     default: build/aarch64_root
# Needs no rights and leaves the system as it is: apt's lists and archives are in the directory, too, and nothing is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
  echo "get_aarch64_root: not a Debian-like system; unpack the libraries for ARM of scripts/packages.txt there yourself" >&2
  exit 1
fi
mkdir -p "${1:-build/aarch64_root}"
root=$(realpath "${1:-build/aarch64_root}")
mkdir -p "$root"/apt/{lists,archives}/partial
: >"$root/apt/status"
options=(-o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User=
  -o Dir::State::status="$root/apt/status" -o Dir::State::lists="$root/apt/lists"
  -o Dir::Cache="$root/apt" -o Dir::Cache::archives="$root/apt/archives"
  -o Debug::NoLocking=1 -o Acquire::Retries=1 -o Acquire::http::Timeout=20)
packages=(libfmt-dev libspdlog-dev zlib1g-dev libssl-dev libgtest-dev)
if ! apt-get "${options[@]}" update -qq >&2 ||
  ! apt-get "${options[@]}" install -qq -y --download-only --no-install-recommends "${packages[@]}" >&2; then
  echo "get_aarch64_root: ${packages[*]} are not to be had for arm64 from this machine's package sources" >&2
  exit 1
fi
for archive in "$root"/apt/archives/*.deb; do dpkg-deb -x "$archive" "$root"; done
echo "get_aarch64_root: unpacked in $root"
