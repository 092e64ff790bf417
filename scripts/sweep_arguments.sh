# Shared by the scripts that spread a sweep over processes: what they are given, checked.
# shellcheck shell=bash disable=SC2034,SC2154  # the scripts use what is set here, and set $usage

fail() {
  echo "$(basename "$0" .sh): $2" >&2
  exit "$1"
}
# whole OPTION VALUE
whole() { [[ "$2" =~ ^[1-9][0-9]{0,8}$ ]] || fail 2 "$1 $2: expected a whole number from 1 up"; }

bnrun=$(dirname "${BASH_SOURCE[0]}")/../build/release/bnrun tasks=''

# read_options FLAGS ARGUMENT…: hands each option before -- to the script's own take_option, with its value unless it is
# one of FLAGS, but for those that all scripts have; sets $sweep to what follows --. Messages end in the script's $usage.
read_options() {
  local flags=$1
  shift
  while (($#)) && [[ "$1" != -- ]]; do
    if [[ "$1" == -h || "$1" == --help ]]; then
      sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
      exit 0
    fi
    if [[ " $flags " == *" $1 "* ]]; then
      take_option "$1"
      shift
      continue
    fi
    (($# >= 2)) || fail 2 "$1: unknown, or its value is missing; $usage"
    case "$1" in
      --bnrun) bnrun=$2 ;;
      --tasks) whole "$1" "$2"; tasks=$2 ;;
      *) take_option "$1" "$2" || fail 2 "$1: unknown; $usage" ;;
    esac
    shift 2
  done
  (($# >= 2)) || fail 2 "no sweep; $usage"
  sweep=("${@:2}")
}

# read_sweep: sets $bnrun to its full path, $named to those of $sweep's arguments that name the sweep, which is what
# --collect takes; $only, $retry, $force and $fail_fast as given; $points to the list of --dry-run, $tasks to its length if unset.
read_sweep() {
  [[ -x "$bnrun" ]] || fail 2 "$bnrun: no such program; build it, or name it with --bnrun"
  bnrun=$(realpath -- "$bnrun")
  set -- "${sweep[@]}"
  named=() only='' retry='' force='' fail_fast=''
  while (($#)); do
    case "$1" in
      --task | --task=* | --tasks | --tasks=* | --jobs | --jobs=* | --threads | --threads=* | --collect | --dry-run)
        fail 2 "$1: cannot stand among the sweep's arguments, as this script gives it itself; its own options come before --" ;;
      --only) only=${2:-}; shift ;;
      --only=*) only=${1#*=} ;;
      --retry) retry=${2:-}; shift ;;
      --retry=*) retry=${1#*=} ;;
      --force) force=yes ;;
      --fail-fast) fail_fast=yes ;;
      *) named+=("$1") ;;
    esac
    shift || true
  done
  points=$("$bnrun" sweep "${sweep[@]}" --dry-run) || exit 2
  tasks=${tasks:-$(wc -l <<<"$points")}
}
