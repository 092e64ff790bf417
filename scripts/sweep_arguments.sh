# Shared by the scripts that spread a sweep over processes: what they are given, checked.
# shellcheck shell=bash disable=SC2034  # the scripts use what is set here

fail() {
  echo "$(basename "$0" .sh): $2" >&2
  exit "$1"
}
whole() { [[ "$2" =~ ^[1-9][0-9]{0,8}$ ]] || fail 2 "$1 $2: expected a whole number from 1 up"; }

# read_sweep BNRUN ARGUMENT…: sets $bnrun to its full path, $sweep to the arguments and $named to those that name the
# sweep, which is what --collect takes; $only, $force and $fail_fast as given; $points to the list of --dry-run.
read_sweep() {
  [[ -x "$1" ]] || fail 2 "$1: no such program; build it, or name it with --bnrun"
  bnrun=$(realpath -- "$1")
  shift
  sweep=("$@") named=() only='' force='' fail_fast=''
  while (($#)); do
    case "$1" in
      --task | --task=* | --tasks | --tasks=* | --jobs | --jobs=* | --threads | --threads=* | --collect | --dry-run)
        fail 2 "$1: cannot stand among the sweep's arguments, as this script gives it itself; its own options come before --" ;;
      --only) only=${2:-}; shift ;;
      --only=*) only=${1#*=} ;;
      --force) force=yes ;;
      --fail-fast) fail_fast=yes ;;
      *) named+=("$1") ;;
    esac
    shift || true
  done
  points=$("$bnrun" sweep "${sweep[@]}" --dry-run) || exit 2
}
