#!/usr/bin/env bash
# What threads are worth where others want the processors, too: seconds of an epoch with one thread and with several, in
# turns, and the ratio of their medians. On an idle machine, beside two busy loops, under a quota of one processor, and
# with four times as many threads as processors.
#   scripts/bench_crowded.sh [TURNS]     default: 7
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
turns=${1:-7}
if [[ ! "$turns" =~ ^[1-9][0-9]*$ ]]; then
  echo "bench_crowded: $turns: expected a number of turns from 1" >&2
  exit 2
fi
target=bnrun_epoch
# shellcheck source=scripts/bench_common.sh
source scripts/bench_common.sh
processors=$(nproc)
started=()
group=''
clean_up() {
  kill "${started[@]}" 2>/dev/null || true
  started=()
  [[ -z "$group" ]] || rmdir "$group" 2>/dev/null || true
}
trap clean_up EXIT

# seconds THREADS [COMMAND…]: of an epoch; COMMAND, if any, starts the program.
seconds() {
  local threads=$1
  shift
  "$@" "$epoch" sigmoid10_bn "$threads" 1 "data.dir=$data" | field epoch_seconds
}

median() { sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

# compare NAME THREADS [COMMAND…]
compare() {
  local name=$1 threads=$2 one=() several=() turn
  shift 2
  for ((turn = 0; turn < turns; turn++)); do
    one+=("$(seconds 1 "$@")")
    several+=("$(seconds "$threads" "$@")")
  done
  awk -v name="$name" -v threads="$threads" -v one="$(printf '%s\n' "${one[@]}" | median)" \
    -v several="$(printf '%s\n' "${several[@]}" | median)" 'BEGIN {
      printf "%-36s one thread %.3f s, %d threads %.3f s, ratio %.2f\n", name ":", one, threads, several, several / one }'
}

# in_group COMMAND…: runs it where the control group allows one processor's time.
in_group() { bash -c 'echo $$ >"$0" && exec "$@"' "$group/cgroup.procs" "$@"; }

make_group() {
  local mount
  for mount in /sys/fs/cgroup /sys/fs/cgroup/cpu /sys/fs/cgroup/cpu,cpuacct; do
    group=$mount/bnrun_bench_$$
    mkdir "$group" 2>/dev/null || continue
    if [[ -e $group/cpu.max ]]; then
      echo '100000 100000' >"$group/cpu.max"
      return
    elif [[ -e $group/cpu.cfs_quota_us ]]; then
      echo 100000 >"$group/cpu.cfs_quota_us"
      return
    fi
    rmdir "$group"
  done 2>/dev/null
  group=''
  return 1
}

busy() { while :; do :; done; }

compare idle "$processors"
compare "four times as many threads" $((4 * processors))
if make_group; then
  compare "a quota of one processor" "$processors" in_group
else
  echo "a quota of one processor: skipped, as no control group with a quota can be made here (as root it may)"
fi
for _ in 1 2; do
  busy &
  started+=($!)
done
compare "two busy loops beside" "$processors"
