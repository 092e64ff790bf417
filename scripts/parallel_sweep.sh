#!/usr/bin/env bash
# Spreads a sweep over processes with GNU parallel, on this machine or by ssh on several, then writes its summary.
#   scripts/parallel_sweep.sh [options] -- SWEEP_ARGUMENT…    what `bnrun sweep` takes: a spec, or --config, --grid, …
#   --sshlogin HOSTS   as parallel takes it: a,b or 8/a or :, where : is this machine; may be repeated; default: :
#   --jobs N           runs at a time on each machine; default: one for each core
#   --threads N        threads of each run; default: 1
#   --tasks N          tasks in all; default: one for each run
#   --bnrun PATH       the same on every machine; default: build/release/bnrun
# By ssh, the working directory has to be one that all machines share. Started again, it runs what is not done.
# Exit codes are those of bnrun sweep; 130 where it was interrupted.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/sweep_arguments.sh
. "$here/sweep_arguments.sh"

usage='usage: scripts/parallel_sweep.sh [options] -- SWEEP_ARGUMENT…' threads=1 how=()
take_option() {
  case "$1" in
    --sshlogin) how+=(--sshlogin "$2") ;;
    --jobs) whole "$1" "$2"; how+=(--jobs "$2") ;;
    --threads) whole "$1" "$2"; threads=$2 ;;
    *) return 1 ;;
  esac
}
read_options '' "$@"
parallel --version 2>/dev/null | grep -q '^GNU parallel' || fail 2 "GNU parallel: not found (apt-get install -y parallel)"

read_sweep
[[ -z "$fail_fast" ]] || how+=(--halt "now,fail=1")
export PARALLEL_SHELL=/bin/bash # else the host's $SHELL, and without one parallel runs nothing and reports success
status=0 interrupted=''
trap 'interrupted=yes' INT # parallel hears it, too, and ends its runs
# All but the task's number reaches the runs in a variable, in which parallel replaces nothing: {} and the like may stand
# in a config or a path.
bnrun_task="cd$(printf ' %q' "$PWD") && exec$(printf ' %q' "$bnrun" sweep "${sweep[@]}" --tasks "$tasks" --jobs 1 --threads "$threads")"
export bnrun_task
# --termseq: a run is asked once to end, and has the time that its iteration takes; parallel's own way is to kill it soon.
seq "$tasks" | parallel --will-cite --env bnrun_task --termseq TERM,3600000 --line-buffer "${how[@]}" \
  'eval "$bnrun_task --task {}"' || status=$?
[[ -z "$interrupted" ]] || exit 130
((status <= 101)) || fail 2 "parallel ended with $status; see what it says above" # to 101: so many tasks failed
"$bnrun" sweep "${named[@]}" --collect
