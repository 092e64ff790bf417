#!/usr/bin/env bash
# Submits a sweep to Slurm: a job array with a task for each run that is not done, then a job that writes summary.csv.
#   scripts/slurm/submit.sh [options] -- SWEEP_ARGUMENT…      what `bnrun sweep` takes: a spec, or --config, --grid, …
#   --at-once N        tasks at a time; default: 16
#   --tasks N          tasks in all; default: one for each run
#   --sbatch OPTION    handed to sbatch, may be repeated: --sbatch --partition=short --sbatch --cpus-per-task=4
#   --logs DIR         where the tasks' logs go, JOB_TASK.log; default: slurm_logs
#   --no-collect       no job for the summary
#   --bnrun PATH       default: build/release/bnrun
# Run it where `bnrun sweep` would be run, on a file system that the nodes share. Where Slurm takes fewer array indices
# (MaxArraySize) than there are tasks, arrays wait for one another. Submitted again, it runs what is not done.
# Exit codes: 2 bad usage, config or cluster, 5 sbatch refused.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/sweep_arguments.sh
. "$here/../sweep_arguments.sh"

usage='usage: scripts/slurm/submit.sh [options] -- SWEEP_ARGUMENT…' at_once=16 logs=slurm_logs collect=yes sbatch_options=()
take_option() {
  case "$1" in
    --no-collect) collect=no ;;
    --at-once) whole "$1" "$2"; at_once=$2 ;;
    --sbatch) sbatch_options+=("$2") ;;
    --logs) logs=$2 ;;
    *) return 1 ;;
  esac
}
read_options --no-collect "$@"
command -v sbatch >/dev/null || fail 2 "sbatch: not found; run this on a machine with Slurm, or scripts/parallel_sweep.sh"

unset "${!SLURM_ARRAY_@}" # those of a job that this may run in, as sbatch hands them on
read_sweep
[[ -z "$fail_fast" ]] || fail 2 "--fail-fast: tasks of an array do not see one another; leave it out, or scancel the job"
[[ -n "$force" ]] || ! grep -q '^other_config' <<<"$points" ||
  fail 2 "$(grep -m 1 '^other_config' <<<"$points" | cut -f 2): a run of another config is there; see --out and --force"
largest=$(scontrol show config | sed -n 's/^MaxArraySize *= *\([0-9]*\).*/\1/p') || largest=
[[ "$largest" =~ ^[1-9][0-9]*$ ]] || fail 2 "scontrol show config: no MaxArraySize; is Slurm's controller up?"
((largest <= 10000)) || largest=10000 # the list of indices stays fit for a command line

# A line `CHUNK INDICES` for each array: the indices, as ranges, of tasks with something to run.
arrays=$(awk -F '\t' -v tasks="$tasks" -v largest="$largest" -v only="$only" -v retry="$retry" '
  function flush() {
    if (from == "") return
    list[chunk] = list[chunk] (list[chunk] == "" ? "" : ",") (from == to ? from : from "-" to)
    from = ""
  }
  $1 == "done" || ($1 == "diverged" && retry != "diverged") { next }
  only != "" && $1 != "diverged" && ($1 == "failed") != (only == "failed") { next }
  { wanted[(NR - 1) % tasks] = 1 }
  END {
    for (task = 0; task < tasks; ++task) {
      if (task % largest == 0) { flush(); chunk = int(task / largest) }
      if (!(task in wanted)) { flush(); continue }
      to = task % largest
      if (from == "") from = to
    }
    flush()
    for (c = 0; c <= chunk; ++c) if (list[c] != "") print c, list[c]
  }' <<<"$points")
by_hand="$(printf '%q ' "$bnrun" sweep "${named[@]}")--collect"
if [[ -z "$arrays" ]]; then
  echo "submit: nothing to run; the summary: $by_hand" >&2
  exit 0
fi
mkdir -p -- "$logs" || fail 5 "$logs: cannot be made; choose another directory with --logs"
logs=$(realpath -- "$logs")
pattern=${logs//%/%%} # as sbatch replaces what follows a %

# submit OPTION… -- OFFSET SWEEP_ARGUMENT…: sets $job.
submit() {
  local options=()
  while [[ "$1" != -- ]]; do options+=("$1"); shift; done
  local offset=$2
  shift 2
  job=$(sbatch --parsable "${sbatch_options[@]}" "${options[@]}" "$here/sweep.sbatch" "$offset" "$tasks" "$bnrun" "$@") ||
    fail 5 "sbatch refused${jobs:+; submitted before it: $jobs (scancel $jobs)}; mend what it says and submit again"
  job=${job%%;*}
  jobs="${jobs:+$jobs }$job"
}

jobs='' after=()
while read -r chunk indices; do
  submit --array="$indices%$at_once" --output="$pattern/%A_%a.log" "${after[@]}" -- $((chunk * largest)) "${sweep[@]}"
  echo "submit: job $job: tasks $indices of $((chunk * largest)) on, $at_once at a time; logs: $logs/${job}_*.log" >&2
  after=(--dependency="afterany:$job")
done <<<"$arrays"
if [[ "$collect" == yes ]]; then
  submit --output="$pattern/%j.log" "${after[@]}" -- 0 "${named[@]}"
  echo "submit: job $job: the summary, when all have ended; log: $logs/$job.log" >&2
fi
echo "submit: the summary by hand: $by_hand" >&2
echo "$jobs"
