#!/usr/bin/env bash
# README's two commands in a bare root of another system, in a clone of what is committed here.
#   scripts/test_fresh.sh [--quick] DIST [MIRROR]     as root
# DIST is as debootstrap has it (bookworm, trixie, noble), and MIRROR's default is where this machine has its own packages.
# First by a user without rights, before the packages are there and after; then by root; each with MNIST ($BNRUN_DATA_DIR)
# and without it and a network. --quick leaves scripts/test.sh out. Logs are kept in build/fresh/DIST/; the root is removed,
# and mounts end with the step that made them. 0: all of it passed; 1: some did not; 2: bad usage.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
  echo "test_fresh: $2" >&2
  exit "$1"
}

quick=
[[ "${1:-}" != --quick ]] || { quick=yes; shift; }
(($# == 1 || $# == 2)) && [[ "$1" != -* ]] || fail 2 "usage: scripts/test_fresh.sh [--quick] DIST [MIRROR]"
dist=$1
((EUID == 0)) || fail 2 "needs root's rights, for debootstrap and chroot"
command -v debootstrap >/dev/null || fail 2 "debootstrap is not installed; run: apt-get install -y debootstrap"
recipe=/usr/share/debootstrap/scripts/$dist
[[ -e "$recipe" ]] || fail 2 "$dist: debootstrap knows no such system; expected one of /usr/share/debootstrap/scripts"
components=main
[[ "$(readlink -f "$recipe")" != */gutsy ]] || components=main,universe # Ubuntu's

mirror=${2:-$(scripts/apt_mirror.sh)}
[[ -n "$mirror" ]] || fail 2 "this machine's apt has no sources; give a mirror: scripts/test_fresh.sh $dist MIRROR"
mnist=${BNRUN_DATA_DIR:-}
[[ -n "$mnist" && -d "$mnist" ]] || fail 2 "needs MNIST's four files: set BNRUN_DATA_DIR to their directory"

logs=$PWD/build/fresh/$dist
rm -rf -- "$logs"
mkdir -p -- "$logs"
root=$(mktemp -d)
clean_up() {
  local status=$? pid
  trap '' INT TERM HUP
  for pid in $(jobs -p); do kill -KILL "$pid" 2>/dev/null || true; done # unshare's; what it started dies with it
  wait
  rm -rf --one-file-system -- "$root"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# apart COMMAND…: with processes and mounts that end with it, and with no network where $offline is set. In the background
# for bash, so that a signal cuts it short.
apart() {
  unshare --mount --pid --fork --kill-child --mount-proc ${offline:+--net} "$@" </dev/null &
  wait $!
}

# in_root USER COMMAND: by that user in the clone. MNIST is in /mnist.
in_root() {
  local home=/home/$1
  [[ "$1" != root ]] || home=/root
  # shellcheck disable=SC2016 # the inner shell's
  apart bash -c '
    set -e
    root=$1 user=$2 mnist=$3
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount --bind "$mnist" "$root/mnist"
    shift 3
    exec chroot --userspec="$user" "$root" env -i "$@"' \
    in_root "$root" "$1" "$mnist" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME="$home" USER="$1" \
    bash -c "cd /srv/bnrun && $2"
}

failures=0
# step NAME USER COMMAND [TEXT…]: it ends with 0, and each text stands in its output.
step() {
  local name=$1 start=$SECONDS log=$logs/${1// /_}.log result=passed text
  in_root "$2" "$3" >"$log" 2>&1 || result="FAILED, exit code $?"
  for text in "${@:4}"; do
    grep -qF -- "$text" "$log" || result="FAILED, without: $text"
  done
  printf '%-10s %-34s %5d s  %s\n' "$dist" "$name" $((SECONDS - start)) "$result"
  [[ "$result" != passed ]] || return 0
  failures=$((failures + 1))
  tail -n 25 "$log" | cut -c 1-200 | sed 's/^/    /'
}

# both_commands USER: README's, with MNIST, then the first without; the build is that of whoever came first.
both_commands() {
  step "$1: quickstart, MNIST" "$1" 'BNRUN_DATA_DIR=/mnist scripts/quickstart.sh' '== MNIST ==' 'test error: 0.0667'
  offline=yes step "$1: quickstart, no MNIST" "$1" 'rm -rf data/mnist && scripts/quickstart.sh' \
    'falling back to the built-in SYNTHETIC digits' 'sigmoid10_bn_synthetic'
  [[ -z "$quick" ]] || return 0
  step "$1: test.sh, $2" "$1" "${3:-} scripts/test.sh" '100% tests passed'
  sed -n '/what was skipped, and why/,/tests passed/{/^  /p}' "$logs/$1:_test.sh,_${2// /_}.log"
}

echo "test_fresh: $dist from this machine's mirror, log in build/fresh/$dist/" >&2
apart debootstrap --variant=minbase --components="$components" "$dist" "$root" "$mirror" >"$logs/debootstrap.log" 2>&1 ||
  fail 1 "debootstrap failed, perhaps since the mirror has no $dist: $(tail -n 1 "$logs/debootstrap.log")"
chmod 755 "$root" # mktemp lets its owner in alone
chroot "$root" useradd --create-home --shell /bin/bash student
echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe_io" # the root does not outlive this script
mkdir "$root/mnist"
git clone --quiet --no-local . "$root/srv/bnrun"
chroot "$root" chown -R student: /srv/bnrun

offline=yes step 'student: before the packages' student \
  '{ scripts/quickstart.sh; [ $? = 1 ]; } && { scripts/test.sh; [ $? = 2 ]; }' 'as root, run: apt-get install -y'
step 'root: packages' root 'scripts/install_packages.sh --tests'
both_commands student MNIST 'BNRUN_DATA_DIR=/mnist'
chroot "$root" chown -R root: /srv/bnrun
both_commands root 'no MNIST'
((failures == 0)) || fail 1 "$dist: $failures steps failed; their logs are in build/fresh/$dist/"
