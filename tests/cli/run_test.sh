#!/bin/bash
# What a run leaves on disk and on stdout, however it ends.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1
tables=(gradients.txt activations.txt gradients.csv activations.csv iterations.csv epochs.csv)

expect_files() {
    local directory=$1 expected actual
    shift
    expected=$(printf '%s\n' "$@" | sort)
    actual=$(find "$directory" -mindepth 1 -printf '%P\n' | sort)
    [ "$expected" = "$actual" ] || fail "$directory holds ${actual//$'\n'/ } and should hold ${expected//$'\n'/ }"
}

expect_status() {
    grep -q "\"status\": \"$2\"" "$1/summary.json" || fail "$1: status is not $2: $(head -3 "$1/summary.json")"
}

# --- a run to the end
expect_exit 0 --config small.json --out a
cp stdout a.table
cp stderr a.log
expect_files a "${tables[@]}" config.json model.safetensors summary.json run.log .lock
expect_status a 'done'
for figure in seconds samples_per_second; do
    grep -Eq "\"$figure\": [0-9.e+-]*[1-9]" a/summary.json || fail "$(grep "$figure" a/summary.json), expected above 0"
done
cmp a.log a/run.log || fail "run.log is not what stderr showed"
grep -q 'synthetic digits, not MNIST' a.log || fail "synthetic data are not called synthetic"
[ "$(head -1 a.table)" = 'epoch:1 iteration:10/10' ] || fail "stdout begins with $(head -1 a.table)"
[ "$(wc -l < a.table)" -eq 3 ] || fail "stdout has $(wc -l < a.table) lines, expected 3"
tail -1 a.table | grep -Eq '^test error: [0-9.e-]+ \([0-9]+ of 500\)$' || fail "last line: $(tail -1 a.table)"
head -2 a.table | cmp - <(tail -2 a/gradients.txt) || fail "stdout and gradients.txt differ"
[ "$(wc -l < a/gradients.csv)" -eq 11 ] || fail "gradients.csv does not have a header and 10 rows"
[ "$(head -1 a/gradients.csv)" = 'epoch,iteration,layer_1,layer_2,layer_3,layer_4' ] || fail "gradients.csv's header"
[ "$(wc -l < a/epochs.csv)" -eq 2 ] || fail "epochs.csv does not have a header and 1 row"

# --- checksums do not depend on how libcrypto is configured: here with no provider of any
printf '%s\n' 'openssl_conf = all' '[all]' 'providers = list' '[list]' 'null = null' '[null]' 'activate = 1' > openssl.cnf
OPENSSL_CONF=$PWD/openssl.cnf expect_exit 0 --config small.json --out configured
[ "$(grep sha256 configured/summary.json)" = "$(grep sha256 a/summary.json)" ] ||
    fail "checksums of another configuration: $(grep sha256 configured/summary.json)"
rm -r configured openssl.cnf

# --- again, from what it left
expect_exit 0 --config a/config.json --out b
expect_same a b "${tables[@]}" config.json model.safetensors
expect_exit 2 --config a/config.json --out b
touch b/mine
expect_exit 0 --config a/config.json --out b --force
[ -e b/mine ] || fail "--force removed a file that is no run's"
expect_same a b "${tables[@]}" config.json model.safetensors
expect_exit 0 --config a/config.json --out a --force
expect_same a b "${tables[@]}" config.json model.safetensors

# --- --force with what cannot be run: what is there stays
cp -r a before
user=()
# keeps CODE ARGUMENT...: --force with these ends so, and changes nothing; with at most $limit kB of memory.
keeps() {
    local code=0
    (ulimit -v "${limit:-4000000}"; "${user[@]}" "$bnrun" --config small.json --out a --force "${@:2}" > stdout 2> stderr) || code=$?
    [ $code -eq "$1" ] || fail "--force ${*:2}: exit code $code, expected $1: $(cat stderr)"
    expect_one_error "--force ${*:2}"
    diff -r before a || fail "--force ${*:2} replaced a run, though it cannot be run"
}
keeps 70 --set model.width=65536
limit=1000000 keeps 70 --set model.width=8000 --set model.depth=1 --set train.batch_size=20000 --set data.train_samples=20000
keeps 3 --set model.init.from=absent
keeps 3 --set data.source=mnist --data absent
# A user who may start no thread; the limit does not hold for root, who becomes another one.
user=(prlimit --nproc=1)
[ "$(id -u)" -ne 0 ] || user=(setpriv --reuid=54321 --clear-groups prlimit --nproc=1)
chmod go+rx . && chmod -R a+rwX a
if [ "$(nproc)" -gt 1 ] && "${user[@]}" test -x "$bnrun" 2> /dev/null; then
    keeps 2 --threads 2
    grep -q 'threads 2: only 1 can be started' stderr || fail "a user who may start no thread: $(cat stderr)"
else
    echo 'skipped: --force by a user who may start no thread: needs 2 processors, prlimit and, for root, setpriv' >&2
fi
user=()

# --- --force with memory for iterations, but not for checkpoints: what is there stays
large=(--config small.json --set model.width=1500 --set data.train_samples=100 --set data.test_samples=10 --threads 1)
for ((memory = 64000; memory < 1000000; memory += 32000)); do
    rm -rf large
    (ulimit -v $memory; exec "$bnrun" "${large[@]}" --set train.checkpoint_every=0 --out large > /dev/null 2>&1) && break
done
code=0
(ulimit -v $((memory + 48000)); exec "$bnrun" "${large[@]}" --set 'train.checkpoint_every=1 iteration' --force --out a > stdout 2> stderr) ||
    code=$?
[ $code -eq 70 ] || fail "a checkpoint without memory: exit code $code, expected 70: $(cat stderr)"
expect_one_error 'a checkpoint without memory'
diff -r before a || fail "--force replaced a run, though there is no memory for its checkpoints"

# --- --force where something of the run that is there cannot be removed: the rest of it stays, too
rm a/gradients.csv
mkdir -p a/gradients.csv/mine
expect_exit 5 --config small.json --set seed=4 --force --out a
expect_one_error 'a file that cannot be removed'
expect_status a failed
expect_same before a activations.csv iterations.csv epochs.csv model.safetensors
rmdir a/gradients.csv/mine a/gradients.csv
expect_exit 2 --resume --config small.json --out a
expect_exit 0 --resume --config small.json --set seed=4 --out a
expect_status a 'done'
rm -r a && cp -r before a

# --- more threads than processors
one=$(taskset -pc $$ | grep -o '[0-9]*' | tail -1)
taskset -c "$one" "$bnrun" --config small.json --threads 3 --out crowded > stdout 2> stderr || fail "one processor: $(cat stderr)"
grep -q 'threads 3: bnrun may use 1 processor here' stderr || fail "nothing is said of 3 threads on 1 processor"
expect_same a crowded "${tables[@]}" config.json model.safetensors

# --- eval
expect_exit 0 eval a
cmp stdout <(tail -1 a.table) || fail "eval says $(cat stdout)"
sed 's/"test_wrong": [0-9]*/"test_wrong": 1000/' a/summary.json > summary && mv summary a/summary.json
expect_exit 1 eval a
expect_one_error 'eval with another result'

# --- results/<name>, and intervals of 0
mkdir elsewhere && cd elsewhere || exit 1
expect_exit 0 --config ../small.json --set log.every=0 --set log.print_every=0
[ "$(wc -l < "$scratch/stdout")" -eq 1 ] || fail "log.print_every=0 prints rows"
[ "$(wc -l < results/small/gradients.csv)" -eq 1 ] || fail "log.every=0 writes rows"
cd ..

# --- dry run
expect_exit 0 --config small.json --out dry --dry-run
[ ! -e dry ] || fail "--dry-run left a directory"
cmp stdout b/config.json || fail "--dry-run does not print the resolved config"
expect_exit 0 --config small.json --out b --dry-run
grep -q "warning: b: output directory exists" stderr || fail "--dry-run does not warn of an existing run"

# --- without a model: all else is the same
expect_exit 0 --config small.json --out with_model
expect_exit 0 --config small.json --out no_model --set train.save_model=false
expect_files no_model "${tables[@]}" config.json summary.json run.log .lock
expect_same with_model no_model "${tables[@]}"
grep -q '"save_model": false' no_model/config.json && ! grep -q save_model with_model/config.json ||
    fail "config.json and train.save_model: $(cat no_model/config.json)"
expect_exit 0 --resume --out no_model
expect_exit 0 check no_model --full
expect_exit 3 eval no_model
grep -q 'no_model: no model.safetensors, as the config says train.save_model=false' stderr || fail "eval of no model: $(cat stderr)"
expect_exit 0 --config small.json --out with_model --set train.save_model=false --force
[ ! -e with_model/model.safetensors ] || fail "another run's model is left"

# --- divergence
expect_exit 4 --config small.json --out diverged --set train.optimizer.name=sgd --set train.epochs=20 \
    --set train.optimizer.learning_rate=1e6 --set train.l2=1 --set model.activation=linear
expect_one_error divergence
expect_files diverged "${tables[@]}" config.json summary.json run.log .lock
expect_status diverged diverged
tail -1 diverged/iterations.csv | grep -Eq ',-?(nan|inf),' || fail "the diverged row: $(tail -1 diverged/iterations.csv)"
grep -Eqi 'nan|inf' diverged/summary.json && fail "summary.json holds a number that is not finite"
grep -q ' error: ' diverged/run.log || fail "run.log lacks the error"
expect_exit 4 --resume --out diverged
grep -q 'diverged: the run has diverged, and would again' stderr || fail "--resume of a diverged run: $(cat stderr)"
expect_exit 3 eval diverged
grep -q 'diverged' stderr || fail "eval does not say why there is no model: $(cat stderr)"

# --- interruption; job control, as a shell lets background jobs ignore SIGINT otherwise
set -m
declare -A ends=([INT]=130 [TERM]=143 [HUP]=129 [USR2]=75)
for signal in INT TERM HUP USR2; do
    "$bnrun" --config small.json --set train.epochs=1000000 --out cut$signal > /dev/null 2> stderr &
    pid=$!
    for ((i = 0; i < 200; i++)); do
        [ -s cut$signal/iterations.csv ] && [ "$(wc -l < cut$signal/iterations.csv)" -gt 5 ] && break
        sleep 0.05
    done
    # Where it is, its summary says while it runs.
    for ((i = 0; i < 200; i++)); do
        grep -q '"epoch": [1-9]' cut$signal/summary.json && break
        sleep 0.05
    done
    expect_status cut$signal running
    grep -q '"epoch": [1-9]' cut$signal/summary.json || fail "a running run: $(cat cut$signal/summary.json)"
    grep -q '"test_loss": [0-9]' cut$signal/summary.json || fail "a running run: $(cat cut$signal/summary.json)"
    kill -$signal $pid
    code=0
    wait $pid || code=$?
    [ $code -eq "${ends[$signal]}" ] || fail "SIG$signal: exit code $code, expected ${ends[$signal]}"
    expect_one_error "SIG$signal"
    expect_status cut$signal interrupted
    [ ! -e cut$signal/model.safetensors ] || fail "SIG$signal: an unfinished model was kept"
    [ -s cut$signal/checkpoint.safetensors ] || fail "SIG$signal: no checkpoint"
    rm -f cut$signal/checkpoint.previous.safetensors
    expect_files cut$signal "${tables[@]}" config.json summary.json run.log .lock checkpoint.safetensors
done

# --- a signal soon after is the first one: GNU parallel sends a SIGTERM after the terminal's SIGINT
"$bnrun" --config small.json --set train.epochs=1000000 --out both > /dev/null 2> stderr &
pid=$!
until [ -s both/epochs.csv ]; do kill -0 $pid || break; sleep 0.02; done
kill -INT $pid
kill -TERM $pid 2> /dev/null
code=0
wait $pid || code=$?
[[ $code == 1[34][03] ]] || fail "SIGINT, then SIGTERM: exit code $code, expected that of one of them"
expect_status both interrupted
[ -s both/checkpoint.safetensors ] || fail "SIGINT, then SIGTERM: no checkpoint"

# --- SIGHUP that the parent chose to ignore, as nohup does, stays ignored
(trap '' HUP; exec "$bnrun" --config small.json --set train.epochs=1000000 --out nohup > /dev/null 2> stderr) &
pid=$!
until [ -s nohup/epochs.csv ]; do kill -0 $pid || break; sleep 0.02; done
kill -HUP $pid
epochs=$(wc -l < nohup/epochs.csv)
for ((i = 0; i < 200; i++)); do [ "$(wc -l < nohup/epochs.csv)" -gt $((epochs + 20)) ] && break; sleep 0.05; done
kill -TERM $pid
code=0
wait $pid || code=$?
[ $code -eq 143 ] || fail "SIGHUP under nohup: exit code $code, expected 143"

# --- a second Ctrl-C, later than that, ends at once, even where the iteration cannot be finished: its row is on the way into a full pipe
mkfifo unread
exec 9<> unread
dd if=/dev/zero of=unread bs=4096 oflag=nonblock 2> /dev/null
"$bnrun" --config small.json --set log.print_every=1 --out twice > unread 2> stderr &
pid=$!
until [ -s twice/iterations.csv ] && [ "$(wc -l < twice/iterations.csv)" -gt 1 ]; do
    kill -0 $pid || break
    sleep 0.05
done
kill -INT $pid
sleep 0.2
kill -INT $pid
sleep 1
kill -0 $pid || fail "one Ctrl-C ended a run in the middle of an iteration"
kill -INT $pid
for ((i = 0; i < 600; i++)); do
    kill -0 $pid 2> /dev/null || break
    sleep 0.1
done
kill -KILL $pid 2> /dev/null
code=0
wait $pid || code=$?
[ $code -eq 130 ] || fail "a second Ctrl-C: exit code $code, expected 130"
grep ' error: ' stderr && fail "a second Ctrl-C was waited for: $(cat stderr)"
exec 9>&-
expect_status twice running

# --- a pipe that does not wait, as some programs make theirs: all is written all the same
python3 - "$bnrun" > patient 2> patient.log << 'END'
import os, subprocess, sys, time
out, into = os.pipe()
os.set_blocking(into, False)
run = subprocess.Popen([sys.argv[1], "--config", "small.json", "--set", "log.print_every=1", "--set", "train.epochs=300",
                        "--out", "unwaiting"], stdout=into, stderr=into)
os.close(into)
time.sleep(2)  # until the pipe is full
while piece := os.read(out, 65536): os.write(1, piece)
sys.exit(run.wait())
END
code=$?
[ $code -eq 0 ] || fail "a pipe that does not wait: exit code $code: $(tail -2 patient)"
expect_status unwaiting 'done'
grep -v ' info: \| warning: ' patient | head -n -1 | cmp - unwaiting/gradients.txt || fail "rows are lost in a pipe that does not wait"
grep ' info: \| warning: ' patient | cmp - unwaiting/run.log || fail "log lines are lost in a pipe that does not wait"
finish
