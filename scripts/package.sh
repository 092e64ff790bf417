#!/usr/bin/env bash
# Builds two packages into build/packages, and tries them:
#   bnrun_VERSION_ARCHITECTURE.deb           for the Debian or Ubuntu that this runs on
#   bnrun-VERSION-linux-PROCESSOR.tar.gz     a program that needs nothing but a kernel: all libraries are in it
#   scripts/package.sh [--no-tests]
# Tried are: lintian; that both programs give the same bytes; the archive in bare roots of Debian 11, 12 and 13; the .deb
# in a bare root of this distribution. What cannot be tried here is said. Roots need debootstrap and root's rights, and are
# kept in build/roots (BNRUN_ROOTS).
set -euo pipefail
umask 022
cd "$(dirname "${BASH_SOURCE[0]}")/.."
packages=$PWD/build/packages
roots=${BNRUN_ROOTS:-$PWD/build/roots}
mapfile -t mirror < <(scripts/apt_mirror.sh)
failed=0

say() { echo "package: $*" >&2; }
fail() {
  say "FAILED: $*"
  failed=1
}

# build NAME GENERATOR OPTION…: configures, builds and packs in build/NAME.
build() {
  # One source for each folder: no tests, and headers are read once.
  cmake -S . -B "build/$1" -G Ninja -D CMAKE_BUILD_TYPE=Release -D BUILD_TESTING=OFF -D CMAKE_UNITY_BUILD=ON \
    -D CMAKE_UNITY_BUILD_BATCH_SIZE=0 "${@:3}" >&2
  cmake --build "build/$1" --target bnrun --parallel "$(nproc)" >&2
  (cd "build/$1" && cpack -G "$2" -B "$packages" >&2)
}

# small_run PROGRAM DIRECTORY: a run of seconds, from a config in the program.
small_run() {
  "$1" --config sigmoid10_bn --set data.source=synthetic --set data.train_samples=2000 --set data.test_samples=500 \
    --set model.width=50 --out "$2"
}

# expect_same DIRECTORY WHAT
expect_same() {
  local file
  for file in gradients.csv activations.csv epochs.csv model.safetensors; do
    cmp "$expected/$file" "$1/$file" >&2 || fail "$2: $file has other bytes"
  done
}

# make_root SUITE: a bare Debian in $roots/SUITE.
make_root() {
  [[ ! -e "$roots/$1/usr/bin/apt-get" ]] || return 0
  mkdir -p "$roots"
  rm -rf "${roots:?}/$1"
  debootstrap --variant=minbase "$1" "$roots/$1" "${mirror[@]}" >"$roots/$1.log" 2>&1
}

# try_archive SUITE: unpacked by root, used by somebody else from another directory.
try_archive() {
  local root=$roots/$1
  rm -rf "$root/opt/bnrun" "$root/tmp/run"
  mkdir "$root/opt/bnrun"
  tar -xzf "$archive" -C "$root/opt/bnrun" --strip-components=1
  mkdir -m 777 "$root/tmp/run"
  declare -f small_run >"$root/tmp/run/small_run.sh"
  chroot --userspec=65534:65534 "$root" /bin/bash -c \
    'cd /tmp/run && . ./small_run.sh && small_run /opt/bnrun/bin/bnrun out' >"$packages/$1.log" 2>&1 ||
    { fail "the archive in $1: $(tail -n 3 "$packages/$1.log")"; return; }
  expect_same "$root/tmp/run/out" "the archive in $1"
  say "the archive runs in $1: $(chroot "$root" /opt/bnrun/bin/bnrun --version)"
}

# try_deb SUITE: installed, used by somebody else, and removed without a trace.
try_deb() {
  local root=$roots/$1
  rm -rf "$root/tmp/run"
  mkdir -m 777 "$root/tmp/run"
  cp "$deb" "$root/tmp/run/bnrun.deb"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  declare -f small_run >"$root/tmp/run/small_run.sh"
  chroot "$root" /bin/bash -c 'export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends /tmp/run/bnrun.deb' >"$packages/deb.log" 2>&1 ||
    { fail "the .deb in $1: $(tail -n 3 "$packages/deb.log")"; return; }
  chroot --userspec=65534:65534 "$root" /bin/bash -c 'cd /tmp/run && . ./small_run.sh && small_run bnrun out' \
    >"$packages/deb_run.log" 2>&1 || fail "the .deb's program in $1: $(tail -n 3 "$packages/deb_run.log")"
  expect_same "$root/tmp/run/out" "the .deb in $1"
  chroot "$root" apt-get purge -y -qq bnrun >>"$packages/deb.log" 2>&1 || fail "the .deb cannot be removed in $1"
  [[ -z "$(find "$root/usr" -name '*bnrun*')" ]] || fail "the .deb leaves $(find "$root/usr" -name '*bnrun*')"
  say "the .deb installs, runs and goes in $1"
}

case "$*" in
  '' | --no-tests) ;;
  *) echo "package: $*: unknown; usage: scripts/package.sh [--no-tests]" >&2; exit 2 ;;
esac
rm -rf "$packages"
build package DEB
build static TGZ -D BNRUN_STATIC=ON
deb=$(echo "$packages"/*.deb)
archive=$(echo "$packages"/*.tar.gz)
rm -rf "$packages/_CPack_Packages"
ls -l "$deb" "$archive"
[[ "${1:-}" != --no-tests ]] || exit 0

if command -v lintian >/dev/null; then
  lintian --fail-on error,warning "$deb" >&2 || fail "lintian does not accept $deb"
else
  say "skipped: no lintian here"
fi
if readelf --wide --dynamic build/static/bnrun | grep -q NEEDED; then fail "build/static/bnrun needs shared libraries"; fi

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
expected=$scratch/expected
small_run build/package/bnrun "$expected" >/dev/null 2>&1
small_run build/static/bnrun "$scratch/static" >/dev/null 2>&1
expect_same "$scratch/static" "the program that is linked statically"

if ((EUID != 0)) || ! command -v debootstrap >/dev/null; then
  say "skipped: bare roots need root's rights and debootstrap"
else
  own=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  for suite in bullseye bookworm trixie; do
    if make_root "$suite"; then
      try_archive "$suite"
      [[ "$suite" != "$own" ]] || try_deb "$suite"
    else
      say "skipped: no root of $suite ($roots/$suite.log)"
    fi
  done
fi
exit "$failed"
