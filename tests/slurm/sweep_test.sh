#!/usr/bin/env bash
# A sweep through Slurm ends as one in a single process does. Started by scripts/test_slurm.sh, on whose one-node Slurm an
# array has at most 4 tasks, and whose ended jobs stand in $COMPLETED_JOBS.
# shellcheck source=tests/cli/support.sh
. "$(dirname "$0")/../cli/support.sh"
: "${COMPLETED_JOBS:?run scripts/test_slurm.sh}"
submit=$(realpath "$(dirname "$0")/../../scripts/slurm/submit.sh")
cd "$scratch" || exit 1

cat > 'ten runs.json' <<'END'
{"base": {"data": {"source": "synthetic", "train_samples": 400, "test_samples": 100}, "model": {"depth": 1, "width": 10}},
 "zip": {"seed": "1:10", "model.init.from": [null, null, null, null, null, null, "absent", null, null, null]}}
END

# queue ARGUMENT…: submit.sh; sets $jobs.
queue() {
    local code=0
    "$submit" --bnrun "$bnrun" "$@" > stdout 2> stderr || code=$?
    read -r -a jobs < stdout || true
    return $code
}

wait_for_jobs() {
    local attempt
    for ((attempt = 0; attempt < 400; ++attempt)); do
        [ -n "$(squeue --noheader)" ] || return 0
        sleep 0.2
    done
    fail "jobs are left: $(squeue)"
    scancel --user="$(id -un)"
}

# expect_ended COUNT STATE JOB: the job, or as many tasks of the array, ended so.
expect_ended() {
    local found
    found=$(scontrol show job "$3" | grep -c "JobState=$2 ")
    [ "$found" -eq "$1" ] || fail "job $3: $found tasks ended as $2, expected $1: $(scontrol show job "$3")"
}

expect_exit 1 sweep 'ten runs.json' --out local

# --- three arrays for ten runs, then the summary
queue --at-once 2 --logs 'the %j logs' -- 'ten runs.json' --out spread || fail "submit.sh: $(cat stderr)"
[ ${#jobs[@]} -eq 4 ] || fail "expected three arrays and a summary, got: $(cat stdout stderr)"
for i in 0 1 2; do
    scontrol show job "${jobs[i]}" | grep -q 'ArrayTaskThrottle=2' || fail "job ${jobs[i]} is not throttled"
done
wait_for_jobs
cmp local/summary.csv spread/summary.csv || fail "summary.csv differs from that of a sweep in one process"
expect_ended 4 COMPLETED "${jobs[0]}"
expect_ended 3 COMPLETED "${jobs[1]}"
expect_ended 1 FAILED "${jobs[1]}"
scontrol show job "${jobs[1]}_2" | grep -q 'ExitCode=1:0' || fail "the failed run's task has another exit code"
expect_ended 2 COMPLETED "${jobs[2]}"
expect_ended 1 FAILED "${jobs[3]}" # bnrun sweep --collect says that a run is not done
expected=$(printf '%s\n' "${jobs[0]}"_{0..3}.log "${jobs[1]}"_{0..3}.log "${jobs[2]}"_{0,1}.log "${jobs[3]}.log")
diff <(sort <<< "$expected") <(cd 'the %j logs' && printf '%s\n' * | sort) || fail "the logs' names"
grep -q 'seed=7,from=absent: failed: .*: zip: model.init.from: absent: ' "the %j logs/${jobs[1]}_2.log" || fail "a failed task's log lacks the reason"
[ "$(grep -c 'JobState=COMPLETED' "$COMPLETED_JOBS")" -eq 9 ] || fail "$(cat "$COMPLETED_JOBS")"

# --- submitted again: only what is not done, and nothing where all is
rm -r 'spread/seed=2,from=null' 'spread/seed=3,from=null' spread/summary.csv
queue --no-collect -- 'ten runs.json' --out spread --only missing || fail "submit.sh again: $(cat stderr)"
[ ${#jobs[@]} -eq 1 ] || fail "a second start: expected one array: $(cat stderr)"
grep -q ': tasks 1-2 of 0 on' stderr || fail "a second start: $(cat stderr)"
wait_for_jobs
expect_ended 2 COMPLETED "${jobs[0]}"
[ ! -e spread/summary.csv ] || fail "--no-collect wrote a summary"
by_hand=$(sed -n 's/.*the summary by hand: //p' stderr)
bash -c "$by_hand" > /dev/null 2>&1
cmp local/summary.csv spread/summary.csv || fail "summary.csv differs after: $by_hand"
queue -- 'ten runs.json' --out spread --only missing || fail "nothing to run: $(cat stderr)"
[ ! -s stdout ] || fail "a job was submitted with nothing to run"

# --- fewer tasks than runs
queue --tasks 3 -- 'ten runs.json' --out shares || fail "submit.sh --tasks: $(cat stderr)"
wait_for_jobs
expect_ended 2 COMPLETED "${jobs[0]}"
expect_ended 1 FAILED "${jobs[0]}"
cmp local/summary.csv shares/summary.csv || fail "summary.csv differs for 3 tasks"

# --- what is wrong is said, and nothing is queued
refuse() {
    local code=0 expected=$1 text=$2
    shift 2
    queue "$@" || code=$?
    [ $code -eq "$expected" ] || fail "submit.sh $*: exit code $code, expected $expected: $(cat stderr)"
    grep -q -- "$text" stderr || fail "submit.sh $*: expected '$text', got: $(cat stderr)"
    [ -z "$(squeue --noheader)" ] || fail "submit.sh $*: left jobs: $(squeue)"
}
refuse 5 'sbatch refused' --sbatch --partition=absent -- 'ten runs.json' --out refused
refuse 2 'did you mean' -- 'ten runs.json' --set model.dept=3 --out refused
refuse 2 'another sweep' -- 'ten runs.json' --set model.width=11 --out spread
refuse 2 'gives it itself' -- 'ten runs.json' --jobs 2
refuse 2 '--at-once none' --at-once none -- 'ten runs.json'
refuse 2 'usage' 'ten runs.json'
refuse 2 'jobs: unknown' --jobs 2 -- 'ten runs.json'
refuse 2 'value is missing' --logs
[ ! -e refused ] || fail "a refused sweep left a directory"

finish
