#!/usr/bin/env bash
# A sweep through scripts/parallel_sweep.sh ends as one in a single process does.
# shellcheck source=tests/cli/support.sh
. "$(dirname "$0")/support.sh"
spread=$(realpath "$(dirname "$0")/../../scripts/parallel_sweep.sh")
if ! parallel --version 2> /dev/null | grep -q '^GNU parallel'; then
    echo "SKIPPED: GNU parallel is not installed (apt-get install -y parallel)"
    exit 77
fi
cd "$scratch" || exit 1

cat > tiny.json <<'END'
{"data": {"source": "synthetic", "train_samples": 400, "test_samples": 100}, "model": {"depth": 1, "width": 10}}
END
# expect_spread CODE ARGUMENT...: parallel_sweep.sh ends so.
expect_spread() {
    local expected=$1 code=0
    shift
    "$spread" --bnrun "$bnrun" "$@" > stdout 2> stderr || code=$?
    [ $code -eq "$expected" ] || fail "exit code $code, expected $expected: parallel_sweep.sh $*: $(cat stderr)"
}

# What a shell or parallel might take for its own reaches the runs as it stands.
awkward=(--config tiny.json --grid 'model.batch_norm={},{"gamma":false}' --grid seed=1:3 --out 'two words&')
expect_exit 0 sweep "${awkward[@]}"
mv 'two words&' local
mv stdout local.txt
expect_spread 0 -- "${awkward[@]}"
cmp local/summary.csv 'two words&/summary.csv' || fail "summary.csv differs from that of a sweep in one process"
cmp local.txt stdout || fail "the table differs from that of a sweep in one process"
grep -c 'sweep: 1 points' stderr | grep -qx 6 || fail "expected a task for each run: $(cat stderr)"

# By ssh, for which a script stands that does here what it would do there, and notes where.
cat > ssh_stand_in <<'END'
#!/bin/bash
while [[ "$1" == -* ]]; do shift; done
echo "$1" >> "$HOSTS"
shift
[[ "$1" != -- ]] || shift
unset SHELL # a host need not have one
cd / && exec bash -c "$*"
END
chmod +x ssh_stand_in
rm -r 'two words&'
export HOSTS=$scratch/hosts PARALLEL_SSH=$scratch/ssh_stand_in
expect_spread 0 --sshlogin 1/first,1/second -- "${awkward[@]}"
cmp local/summary.csv 'two words&/summary.csv' || fail "summary.csv differs when spread by ssh"
for host in first second; do
    grep -qx $host hosts || fail "nothing ran on $host: $(cat hosts)"
done

# Nor does parallel find what it would replace, in the name of a directory or in a setting.
mkdir 'in {#} @task@ {= exit =}'
cd 'in {#} @task@ {= exit =}' || exit 1
for how in : 1/first; do
    out="out {} {.} {%} {1} @task@ $(tr -d / <<< $how)"
    expect_spread 0 --sshlogin $how -- --config ../tiny.json --grid seed=1:2 --out "$out"
    [ "$(grep -c ,done, "$out/summary.csv")" -eq 2 ] || fail "$out: $(ls)"
done
[ "$(find . -mindepth 1 -maxdepth 1 -type d | wc -l)" -eq 2 ] || fail "parallel replaced something: $(ls)"
cd ..

# A failed run does not stop the others; started again, only what is not done runs.
broken=(--config tiny.json --zip seed=1:6 --zip "model.init.from=null,null,absent,null,null,null")
expect_exit 1 sweep "${broken[@]}" --out one
expect_spread 1 --jobs 2 --tasks 4 -- "${broken[@]}" --out many
cmp one/summary.csv many/summary.csv || fail "summary.csv differs where a run failed"
grep -q 'seed=3,from=absent: failed: --zip .*: model.init.from: absent: ' stderr || fail "the failure is not named: $(cat stderr)"
expect_spread 1 -- "${broken[@]}" --out many --only missing
grep -q ' 1 to run' stderr && fail "a second start ran something: $(cat stderr)"
expect_spread 1 --jobs 1 -- "${broken[@]}" --out fast --fail-fast
[ ! -e fast/seed=5,from=null ] || fail "--fail-fast went on"

# Ctrl-C, which reaches the script, parallel and the runs: the runs end as interrupted, and there is no summary.
env --default-signal=INT setsid "$spread" --bnrun "$bnrun" --jobs 2 -- --config tiny.json --set train.epochs=1000000 \
    --grid seed=1:3 --out long > /dev/null 2> stderr &
group=$!
until [ -s long/seed=1/epochs.csv ] && [ -s long/seed=2/epochs.csv ]; do
    kill -0 $group 2> /dev/null || { fail "no run started: $(cat stderr)"; break; }
    sleep 0.05
done
kill -INT -- -$group
code=0
wait $group || code=$?
[ $code -eq 130 ] || fail "an interrupt ends with $code, expected 130: $(cat stderr)"
grep -q '"status": "interrupted"' long/seed=1/summary.json || fail "an interrupted run's status"
[ ! -e long/seed=3 ] || fail "a run was started after the interrupt"
[ ! -e long/summary.csv ] || fail "an interrupt was taken for the end"

# Runs have the time for their iteration, here about a second, and for their checkpoint.
cat > slow.json <<'END'
{"data": {"source": "synthetic", "train_samples": 6000, "test_samples": 50}, "model": {"depth": 4, "width": 800},
 "train": {"batch_size": 6000, "epochs": 500, "checkpoint_every": "1000 iterations"}}
END
env --default-signal=INT setsid "$spread" --bnrun "$bnrun" --jobs 1 -- --config slow.json --grid seed=1:2 --out slow \
    > /dev/null 2> stderr &
group=$!
until [ -s slow/seed=1/epochs.csv ]; do
    kill -0 $group 2> /dev/null || { fail "no run started: $(cat stderr)"; break; }
    sleep 0.05
done
kill -INT -- -$group
wait $group
grep -q '"status": "interrupted"' slow/seed=1/summary.json || fail "a slow run: $(grep status slow/seed=1/summary.json)"
[ -s slow/seed=1/checkpoint.safetensors ] || fail "a slow run has no checkpoint"

# What is wrong is said before anything starts.
refuse() {
    local text=$1
    shift
    expect_spread 2 "$@"
    grep -q -- "$text" stderr || fail "parallel_sweep.sh $*: expected '$text', got: $(cat stderr)"
}
refuse 'did you mean' -- --config tiny.json --grid seed=1:2 --set model.dept=3 --out refused
refuse 'gives it itself' -- --config tiny.json --grid seed=1:2 --task 1 --out refused
refuse '--jobs 0' --jobs 0 -- --config tiny.json --out refused
refuse 'usage' --config tiny.json
refuse 'no-collect: unknown' --no-collect 1 -- --config tiny.json
refuse 'value is missing' --tasks
expect_spread 0 --help
grep -q -- '^  *--sshlogin HOSTS ' stdout || fail "--help: $(cat stdout)"
[ ! -e refused ] || fail "a refused sweep left a directory"

finish
