#!/usr/bin/env bash
# What a sweep leaves behind, and that it goes on where it was left, whatever ended it.
. "$(dirname "$0")/support.sh"
root=$(realpath "$(dirname "$0")/../..")
cd "$scratch" || exit 1

cat > tiny.json <<'END'
{"data": {"source": "synthetic", "train_samples": 400, "test_samples": 100}, "model": {"depth": 1, "width": 10}}
END
lr=train.optimizer.learning_rate

count() { grep -c "$1" "$2"; }
expect_count() {
    local found
    found=$(count "$2" "$3")
    [ "$found" -eq "$1" ] || fail "$3: $found lines with '$2', expected $1: $(cat "$3")"
}

# --- a base is read once for all points: a pipe could not be read again
expect_exit 0 sweep --config <(cat tiny.json) --grid seed=1:2000 --dry-run --out unused
expect_count 1 'seed=2000$' stdout

# --- every spec that is shipped is a sound one
cd "$root" || exit 1
for spec in configs/sweeps/*.json study/claims/*/spec.json; do
    expect_exit 0 sweep "$spec" --dry-run --out "$scratch/unused"
    [ -s "$scratch/stdout" ] || fail "$spec: no points"
done
expect_exit 0 sweep configs/sweeps/batch_norm.json --dry-run --out "$scratch/unused"
cd "$scratch" || exit 1
expect_count 6 'batch_norm=\(true\|false\),seed=[123]$' stdout

# --- a sweep of 2 by 2
four=(sweep --config tiny.json --grid "$lr=1e-4,0.01" --grid seed=1:2)
expect_exit 0 "${four[@]}" --out four --dry-run
printf 'missing\tlearning_rate=%s\n' 1e-4,seed=1 1e-4,seed=2 0.01,seed=1 0.01,seed=2 | cmp - stdout || fail "--dry-run's list"
[ ! -e four ] || fail "--dry-run wrote something"
expect_exit 0 "${four[@]}" --out four
for point in 1e-4,seed=1 1e-4,seed=2 0.01,seed=1 0.01,seed=2; do
    for file in config.json summary.json model.safetensors gradients.csv run.log; do
        [ -s "four/learning_rate=$point/$file" ] || fail "four/learning_rate=$point lacks $file"
    done
done
head -1 four/summary.csv | grep -qx "run,$lr,seed,status,train_loss,train_error,test_loss,test_error,test_wrong" ||
    fail "summary.csv's header: $(head -1 four/summary.csv)"
sed -n 2p four/summary.csv | grep -Eq '^"learning_rate=1e-4,seed=1",1e-4,1,done,[0-9.]+,[0-9.]+,[0-9.]+,[0-9.]+,[0-9]+$' ||
    fail "summary.csv's first row: $(sed -n 2p four/summary.csv)"
expect_count 2 ' ± ' stdout
expect_count 1 '^\* learning_rate=' stdout
for words in '; 4 of 4 done' ' info: wrote four/summary.csv; .*bnrun report four'; do
    grep -q "$words" stderr || fail "a sweep says nothing of '$words': $(cat stderr)"
done
# The table says of summary.csv what awk does: mean ± sample deviation of test and training errors, the best marked.
# A row is "learning_rate=R,seed=S",R,S,status,train_loss,train_error,test_loss,test_error,test_wrong.
awk -F , 'NR > 1 { test[$3] += $9; test_squares[$3] += $9 * $9; train[$3] += $7; train_squares[$3] += $7 * $7 }
END { for (rate in test) printf "learning_rate=%s 2 0 %.4f ± %.4f %.4f ± %.4f\n", rate,
    test[rate] / 2, sqrt(test_squares[rate] - test[rate] ^ 2 / 2),
    train[rate] / 2, sqrt(train_squares[rate] - train[rate] ^ 2 / 2) }' four/summary.csv | sort > expected
sed 1d stdout | tr -s ' ' | sed 's/^[* ]*//; s/ *$//' | sort | cmp - expected || fail "the table: $(cat stdout expected)"
best=$(sort -k 4 expected | head -1)
grep -q "^\* ${best%% *} " stdout || fail "the best is not marked: $(cat stdout)"

# A sweep's directory is not a run's.
mkdir earlier && cp four/summary.csv earlier # what an earlier version left has no sweep.json
for command in 'eval four' 'eval earlier' 'check earlier' 'export --format jsonl earlier'; do
    # shellcheck disable=SC2086
    expect_exit 3 $command
    grep -q "${command##* }: not a run directory: it is a sweep's; give that of a run in it" stderr || fail "$command: $(cat stderr)"
done
expect_exit 2 diff earlier earlier
grep -q "it is a sweep's" stderr || fail "diff of a sweep: $(cat stderr)"

# --- but export, check and diff take a sweep's
expect_exit 0 check four --iterations 1
[ "$(tail -1 stdout)" = '4 runs: 4 same, 0 different, 0 not checked' ] || fail "check of a sweep: $(cat stdout)"
expect_exit 0 export four --format csv
[ "$(head -1 stdout)" = "run,$lr,seed,status,epoch,train_loss,train_error,test_loss,test_error" ] || fail "tidy: $(cat stdout)"
awk -F , 'NR > 1 { print $3 "," $4 "," $10 }' stdout | cmp - <(awk -F , 'NR > 1 { print $3 "," $4 "," $9 }' four/summary.csv) ||
    fail "the tidy file's errors: $(cat stdout)"
expect_exit 0 export four --format tensorboard -o events
[ "$(find events -type f | wc -l)" -eq 4 ] || fail "events: $(find events)"
expect_exit 2 export four --format npz -o four.npz
expect_exit 2 export four/learning_rate=1e-4,seed=1 --format csv
expect_exit 0 diff four four
expect_exit 2 diff four four/learning_rate=1e-4,seed=1
expect_one_error 'a sweep and a run'
expect_exit 0 sweep four/sweep.json --set model.width=20 --out wider
expect_exit 1 diff four wider
grep -qx 'model.width: A 10, B 20' stdout || fail "diff of sweeps, configs: $(cat stdout)"
grep -Eq '^test_error +pairs +A +B +B - A +95 %' stdout || fail "diff of sweeps: $(cat stdout)"
grep -Eq '^learning_rate=0.01 +2 +0\.' stdout || fail "diff of sweeps: $(cat stdout)"
expect_exit 0 diff four wider --atol 1
expect_exit 1 diff four wider --json
python3 -c 'import json, sys; json.load(open("stdout"))["settings"][0]["low"] + 0' || fail "diff --json: $(cat stdout)"

# --- longest first, so that the end does not wait for one
expect_exit 0 sweep --config tiny.json --grid train.epochs=1,9,3 --jobs 1 --out longest
order=$(sed -n 's/.* epochs=\([0-9]*\): done.*/\1/p' stderr | paste -sd ' ')
[ "$order" = '9 3 1' ] || fail "runs of 1, 9 and 3 epochs ended in the order $order"

grep -q 'done: .* samples/s' four/learning_rate=1e-4,seed=1/run.log || fail "a run's log lacks its end"

# --- a run of a sweep is the run that its config gives alone, whatever the threads
expect_exit 0 --config four/learning_rate=0.01,seed=2/config.json --out alone --threads 3
expect_same alone four/learning_rate=0.01,seed=2 config.json gradients.csv epochs.csv model.safetensors

# --- started again: done runs are skipped, by their contents
stat -c %Y.%i four/*/summary.json > before
expect_exit 0 "${four[@]}" --out four
stat -c %Y.%i four/*/summary.json > after
cmp before after || fail "a second start ran what was done"

# --- kept without their models, they stay done
cp -r four models && rm four/*/model.safetensors
expect_exit 0 "${four[@]}" --out four --collect
expect_count 4 ',done,' four/summary.csv
expect_exit 0 "${four[@]}" --out four
stat -c %Y.%i four/*/summary.json | cmp before - || fail "a sweep trained again what had lost its model only"
for point in four/*/; do mv "models/${point#four/}model.safetensors" "$point"; done
cp four/summary.csv expected.csv

# --- what killed processes left goes, but not from beneath a run that another process has begun there
done_point=four/learning_rate=1e-4,seed=1
left=("$done_point"/{checkpoint.safetensors,.summary.json.381.tmp})
touch "${left[@]}" four/.summary.csv.382.tmp
touch -d '2 days ago' four/.summary.csv.381.tmp
exec 6> "$done_point/.lock"
flock -n 6 || fail 'a finished point is locked'
expect_exit 0 "${four[@]}" --out four
[ -e "${left[0]}" ] && [ -e "${left[1]}" ] || fail 'a sweep removed files of a run that another process has'
[ ! -e four/.summary.csv.381.tmp ] || fail 'what a killed sweep left stays for ever'
[ -e four/.summary.csv.382.tmp ] || fail 'a sweep removed what another one may be writing'
rm four/.summary.csv.382.tmp
exec 6>&-
expect_exit 0 "${four[@]}" --out four
[ ! -e "${left[0]}" ] && [ ! -e "${left[1]}" ] || fail "a finished point holds $(ls -A "$done_point")"
rm -r four/learning_rate=1e-4,seed=2
sed -i 's/"done"/"interrupted"/' four/learning_rate=0.01,seed=1/summary.json
expect_exit 0 "${four[@]}" --out four --dry-run
cut -f 1 stdout | tr '\n' ' ' | grep -qx 'done missing interrupted done ' || fail "states: $(cat stdout)"
expect_exit 1 "${four[@]}" --out four --only failed
expect_exit 1 "${four[@]}" --out four --collect
expect_exit 0 "${four[@]}" --out four --only missing
cmp expected.csv four/summary.csv || fail "summary.csv differs after a restart"

# --- another config's finished run is not replaced, and nothing starts
rm -r four/learning_rate=1e-4,seed=1
expect_exit 2 "${four[@]}" --set model.width=11 --out four
expect_one_error "another sweep's directory"
grep -q 'four/sweep.json: is of another sweep (first in set.model.width).*--out.*--force' stderr || fail "another sweep: $(cat stderr)"
mv four/sweep.json four.json
expect_exit 2 "${four[@]}" --set model.width=11 --out four
[ ! -e four/sweep.json ] || fail "a refused sweep left its sweep.json"
mv four.json four/sweep.json
grep -q 'four/learning_rate=1e-4,seed=2: .*another config (first in model.width).*--force' stderr || fail "conflict: $(cat stderr)"
[ ! -e four/learning_rate=1e-4,seed=1 ] || fail "a run was started beside a conflict"
expect_exit 0 "${four[@]}" --set model.width=11 --out four --force
grep -q '"width": 11' four/learning_rate=1e-4,seed=2/config.json || fail "--force replaced nothing"
mkdir -p mine/learning_rate=1e-4,seed=1
touch mine/learning_rate=1e-4,seed=1/thesis.tex
expect_exit 2 "${four[@]}" --out mine --force
[ -e mine/learning_rate=1e-4,seed=1/thesis.tex ] || fail "a user's file has gone"

# --- nor is what another config has begun, whatever ended it
begun=(sweep --config tiny.json --grid seed=1:2 --jobs 2)
"$bnrun" "${begun[@]}" --set train.epochs=1000000 --out begun > /dev/null 2>&1 &
pid=$!
until [ -s begun/seed=1/checkpoint.previous.safetensors ] && [ -s begun/seed=2/epochs.csv ]; do
    kill -0 $pid 2> /dev/null || { fail "a sweep ended before it was interrupted"; break; }
    sleep 0.02
done
kill -TERM $pid
wait $pid
rm -r begun/seed=2 begun/sweep.json
cp -r begun untouched
for status in interrupted running failed; do
    sed -i "s/\"status\": \"[a-z]*\"/\"status\": \"$status\"/" {begun,untouched}/seed=1/summary.json
    expect_exit 2 "${begun[@]}" --out begun
    expect_one_error "an unfinished run of another config, $status"
    grep -q 'begun/seed=1: holds an unfinished run of another config (first in train.epochs).*--out.*--force' stderr ||
        fail "an unfinished run of another config: $(cat stderr)"
    diff -r untouched begun || fail "a run of another config that was $status has been changed"
done
cp begun/seed=1/checkpoint* . && rm begun/seed=1/checkpoint*
expect_exit 2 "${begun[@]}" --out begun
expect_one_error 'a run of another config that failed between two checkpoints'
mv checkpoint* begun/seed=1
diff -r untouched begun || fail 'a run of another config that failed between two checkpoints has been changed'
expect_exit 0 "${begun[@]}" --out begun --dry-run
[ "$(cut -f 1 stdout | tr '\n' ' ')" = 'other_config_unfinished missing ' ] || fail "states: $(cat stdout)"

# --- --force with what cannot be run: what is there stays
some=(sweep --config tiny.json --zip 'model.init.from=absent,null' --zip seed=1:2 --out some)
mkdir some
cp -r begun/seed=1 some/from=absent,seed=1
expect_exit 1 "${some[@]}" --force
expect_count 1 'from=absent,seed=1: failed: .*; the run of another config in some/from=absent,seed=1 stays as it is' stderr
diff -r untouched/seed=1 some/from=absent,seed=1 || fail "--force replaced a run by one that cannot be run"

# --- what every point needs is tried before the first starts: one line, and nothing is written or replaced
expect_exit 3 "${begun[@]}" --out begun --force --set model.init.from=absent
expect_one_error 'initial values that no run can read'
grep -q ' error: --set model.init.from=absent: model.init.from: absent: ' stderr || fail "absent initial values: $(cat stderr)"
diff -r untouched begun || fail "a sweep that cannot run changed something"
never() {
    local code=$1 text=$2
    shift 2
    expect_exit "$code" sweep --config tiny.json --grid seed=1:3 --out never "$@"
    expect_one_error "$*"
    grep -q "$text" stderr || fail "sweep $*: expected '$text', got: $(cat stderr)"
    [ ! -e never ] || fail "sweep $*: left $(find never)"
}
never 3 'nowhere' --set data.source=idx --set data.dir=nowhere
never 2 'kernel' --set 'model={"layers": [{"kind": "conv", "channels": 2, "kernel": 99}]}'
never 3 'models of 3 runs need .* MB.*save_model' --set model.width=65536 --set model.depth=1000
expect_exit 0 "${begun[@]}" --out begun --force
expect_count 2 ',done,' begun/summary.csv

# --- a run elsewhere is not a sweep's, where a link stands for it
mkdir linked
ln -s ../begun/seed=1 linked/seed=1
cp -r begun untouched_link
expect_exit 2 "${begun[@]}" --out linked --set train.epochs=2 --force
expect_one_error 'a link'
grep -q 'linked/seed=1: is a link' stderr || fail "a link to a run: $(cat stderr)"
ln -s nowhere linked/seed=2
rm linked/seed=1
expect_exit 2 "${begun[@]}" --out linked
grep -q 'linked/seed=2: is a link' stderr || fail "a link to nowhere: $(cat stderr)"
diff -r untouched_link begun || fail "a run was changed through a link"
mkdir real
ln -s real whole_linked
expect_exit 0 "${begun[@]}" --out whole_linked
[ -s real/summary.csv ] || fail "a sweep's own directory may be a link"

# --- done beside a checkpoint means that the model is there
"$bnrun" "${begun[@]}" --set train.epochs=1000000 --out robbed > /dev/null 2>&1 &
pid=$!
until [ -s robbed/seed=1/checkpoint.previous.safetensors ]; do kill -0 $pid 2> /dev/null || break; sleep 0.02; done
kill -TERM $pid
wait $pid
sed -i 's/"interrupted"/"done"/' robbed/seed=1/summary.json
"$bnrun" "${begun[@]}" --set train.epochs=1000000 --out robbed --dry-run | grep -q 'unfinished.seed=1' ||
    fail "a summary that says done without a model is believed"
"$bnrun" "${begun[@]}" --set train.epochs=1000000 --out robbed > /dev/null 2>&1 &
pid=$!
until [ "$(grep -c 'going on after epoch' robbed/seed=1/run.log)" -ge 1 ]; do kill -0 $pid 2> /dev/null || break; sleep 0.02; done
kill -TERM $pid
wait $pid
grep -q 'going on after epoch' robbed/seed=1/run.log || fail "a run that lacks its model lost its checkpoints"

# --- a spec, shares of it, and putting them together
cat > lr.json <<END
{"base": "tiny.json", "grid": {"$lr": "1e-4,0.01", "seed": [1, 2]}}
END
expect_exit 0 sweep lr.json --task 1 --tasks 2
[ "$(find results/lr -mindepth 1 -type d | wc -l)" -eq 2 ] && [ -s results/lr/sweep.json ] || fail "a share of 2 runs left $(ls results/lr)"
expect_exit 1 sweep lr.json --collect
expect_count 2 ',missing,' results/lr/summary.csv
rm results/lr/summary.csv
expect_exit 0 sweep lr.json --task 2 --tasks 2
[ ! -e results/lr/summary.csv ] || fail "a share wrote a summary"
expect_exit 0 sweep lr.json --collect
cmp expected.csv results/lr/summary.csv || fail "shares put together differ from one sweep"

# --- the directory is enough: to put together, to list, to start again
rm -r results/lr/summary.csv results/lr/learning_rate=1e-4,seed=2
expect_exit 1 sweep --collect results/lr
expect_exit 0 sweep results/lr --dry-run
cut -f 1 stdout | tr '\n' ' ' | grep -qx 'done missing done done ' || fail "states: $(cat stdout)"
(mkdir elsewhere && cd elsewhere && expect_exit 0 sweep ../results/lr && finish) || fail "a sweep from its directory"
cmp expected.csv results/lr/summary.csv || fail "a sweep from its directory differs"
expect_exit 2 sweep results/lr --set model.width=11 --collect
expect_one_error 'a directory and another setting'
expect_exit 0 sweep results/lr/sweep.json --out again
cmp expected.csv again/summary.csv || fail "sweep.json is no spec of the same sweep"
diff <(sed '/"given"/,$d' results/lr/sweep.json) <(sed '/"given"/,$d' again/sweep.json) || fail "two sweep.json of one sweep"
expect_exit 2 sweep theirs_too --collect
mkdir theirs_too && echo '{"base": 1}' > theirs_too/sweep.json
expect_exit 2 sweep lr.json --out theirs_too --force
expect_one_error "a user's sweep.json"
[ "$(cat theirs_too/sweep.json)" = '{"base": 1}' ] || fail "a user's sweep.json has gone"
rm theirs_too/sweep.json
expect_exit 2 sweep theirs_too
grep -q 'theirs_too: holds no sweep.json' stderr || fail "a directory without sweep.json: $(cat stderr)"

# --- with --force it becomes a larger sweep's, and what is done stays
stat -c %.9Y.%i results/lr/*/summary.json > before
expect_exit 2 sweep results/lr --zip model.depth=1
sed 's/, 2\]/, 2, 3]/' lr.json > larger.json
expect_exit 2 sweep larger.json --out results/lr
grep -q 'first in grid.seed' stderr || fail "another seed: $(cat stderr)"
expect_exit 0 sweep larger.json --out results/lr --force
stat -c %.9Y.%i results/lr/*seed=[12]/summary.json | cmp before - || fail "a larger sweep ran again what was done"
expect_count 6 ',done,' results/lr/summary.csv
expect_exit 0 sweep --collect results/lr
expect_count 6 ',done,' results/lr/summary.csv

# --- 40 points, 3 of them broken
rates=$(printf '0.01,%.0s' {1..36})0.01,1e30,0.01,0.01
files=$(printf 'null,%.0s' {1..37})null,absent,absent
forty=(sweep --config tiny.json --set train.optimizer.name=sgd --set model.activation=relu --set model.depth=2
       --zip seed=1:40 --zip "$lr=$rates" --zip "model.init.from=$files")
expect_exit 1 "${forty[@]}" --out forty --jobs 3
expect_count 2 ' error: seed=.*: failed: ' stderr
grep -q ': 37 of 40 runs are done, 1 diverged, 2 failed, 0 are left' stderr || fail "the end of a sweep: $(tail -1 stderr)"
grep -q 'warning: seed=38,learning_rate=1e30,from=null: training diverged.*log is forty/.*/run.log' stderr || fail "$(cat stderr)"
grep -q 'seed=40,.*from=absent: failed: --zip model.init.from=null,.*…: model.init.from: absent: ' stderr || fail "$(cat stderr)"
expect_count 37 ',done,' forty/summary.csv
expect_count 1 ',diverged,,,,,$' forty/summary.csv
expect_count 2 ',failed,,,,,$' forty/summary.csv
grep -q '"status": "failed"' forty/seed=40,learning_rate=0.01,from=absent/summary.json || fail "no failed status"
grep -q ' error: --zip .*: absent: ' forty/seed=40,learning_rate=0.01,from=absent/run.log || fail "a failed run's log lacks the reason"
[ -s forty/seed=40,learning_rate=0.01,from=absent/config.json ] || fail "a failed run lacks its config"
cp forty/summary.csv forty.csv
expect_exit 1 "${forty[@]}" --out forty --only failed --fail-fast --jobs 1
expect_count 1 ' error: seed=.*: failed: ' stderr

# --- random settings, labels and a list of grids: the same at every start, and from the directory alone
drawn=(sweep --config tiny.json --random "$lr=log:1e-4:1e-1" --random model.width=4:9 --draws 3 --draw-seed 2 --grid seed=1:2
       --zip 'model.batch_norm=false,true' --labels 'model.batch_norm=off,on' --out drawn)
expect_exit 0 "${drawn[@]}"
[ "$(wc -l < drawn/summary.csv)" -eq 13 ] || fail "random settings: $(cat drawn/summary.csv)"
grep -q ',on,' drawn/summary.csv || fail "labels: $(cat drawn/summary.csv)"
cp drawn/summary.csv drawn.csv
rm -r drawn/seed=1,batch_norm=on,* drawn/summary.csv
expect_exit 0 sweep drawn
cmp drawn.csv drawn/summary.csv || fail "random settings differ when they are drawn again"
cat > grids.json <<END
{"base": "tiny.json", "grid": [{"model.depth": [1, 2]}, {"model.depth": [3], "model.width": [{"value": 4, "label": "narrow"}]}], "zip": {"seed": [1]}}
END
expect_exit 0 sweep grids.json --out grids
cut -d '"' -f 3 grids/summary.csv | cut -d , -f 2-4 | sed 1d | paste -sd ' ' | grep -qx '1,1,10 2,1,10 3,1,narrow' ||
    fail "a list of grids: $(cat grids/summary.csv)"

# --- a diverged point is a result: exit code 0, and run again on demand only
diverging=(sweep --config tiny.json --set train.optimizer.name=sgd --set model.activation=relu --set model.depth=2 --grid "$lr=0.01,1e30")
expect_exit 0 "${diverging[@]}" --out diverging
grep -Eq '^  learning_rate=1e30 +0 +1 +-' stdout || fail "a diverged point in the table: $(cat stdout)"
stat -c %.9Y.%i diverging/*/summary.json > before
for options in '' '--only failed' '--only missing' "--collect" "--task 2 --tasks 2"; do
    # shellcheck disable=SC2086
    expect_exit 0 "${diverging[@]}" --out diverging $options
done
stat -c %.9Y.%i diverging/*/summary.json | cmp before - || fail "a diverged point was run again"
expect_exit 0 "${diverging[@]}" --out diverging --only missing --retry diverged
expect_count 1 ' warning: .*: training diverged' stderr
stat -c %.9Y.%i diverging/*/summary.json | diff before - > changed && fail "--retry diverged ran nothing"
[ "$(grep -c '^<' changed)" -eq 1 ] || fail "--retry diverged ran what is done: $(cat changed)"

# --- killed or interrupted in the middle, then started again
# end_early SIGNAL OUT: where some of the 40 runs have started.
end_early() {
    local pid
    "$bnrun" "${forty[@]}" --out "$2" > /dev/null 2>&1 &
    pid=$!
    until [ "$(find "$2" -mindepth 1 -maxdepth 1 2> /dev/null | wc -l)" -ge 8 ]; do
        kill -0 $pid 2> /dev/null || break
        sleep 0.01
    done
    kill "-$1" $pid
    wait $pid 2> /dev/null || code=$?
}
end_early KILL killed
[ ! -e killed/summary.csv ] || fail "the sweep ended before it was killed"
expect_exit 1 "${forty[@]}" --out killed
cmp forty.csv killed/summary.csv || fail "summary.csv differs after kill -9 and a restart"
end_early TERM stopped
[ "$code" -eq 143 ] || fail "a sweep ended by SIGTERM ends with $code, expected 143"
[ "$(wc -l < stopped/summary.csv)" -eq 41 ] || fail "an interrupted sweep's summary.csv: $(cat stopped/summary.csv)"
grep -q ',missing,' stopped/summary.csv || fail "the sweep ended before it was interrupted"
expect_exit 1 "${forty[@]}" --out stopped
cmp forty.csv stopped/summary.csv || fail "summary.csv differs after an interrupt and a restart"

# --- a run that was killed goes on from its checkpoint and, where that is broken, starts over
point=(sweep --config tiny.json --set train.epochs=40 --set 'train.checkpoint_every=1 epoch' --grid seed=1
       --set data.train_samples=2000 --set model.width=200)
expect_exit 0 "${point[@]}" --out unbroken
for checkpoint in whole broken; do
    "$bnrun" "${point[@]}" --out $checkpoint > /dev/null 2>&1 &
    pid=$!
    until [ -s $checkpoint/seed=1/checkpoint.previous.safetensors ]; do
        kill -0 $pid 2> /dev/null || { fail "the run ended before it was killed"; break; }
        sleep 0.01
    done
    kill -KILL $pid
    wait $pid 2> /dev/null
    [ $checkpoint = whole ] || truncate -s 100 broken/seed=1/checkpoint*
    expect_exit 0 "${point[@]}" --out $checkpoint
    cmp unbroken/summary.csv $checkpoint/summary.csv || fail "summary.csv differs where a checkpoint was $checkpoint"
    expect_same unbroken/seed=1 $checkpoint/seed=1 config.json gradients.txt gradients.csv epochs.csv model.safetensors
    [ ! -e $checkpoint/seed=1/checkpoint.safetensors ] || fail "a checkpoint is left beside a finished run"
done
grep -q ' info: going on after epoch [0-9]' whole/seed=1/run.log || fail "not gone on: $(cat whole/seed=1/run.log)"
grep -q ' warning: .*; starting from the beginning' broken/seed=1/run.log || fail "$(cat broken/seed=1/run.log)"

# --- only a sweep's summary.csv is replaced, and starts at once do not disturb each other
mkdir theirs && echo mine > theirs/summary.csv
for start in '' --force --collect; do
    # shellcheck disable=SC2086
    expect_exit 2 sweep --config tiny.json --grid seed=1:2 --out theirs $start
    expect_one_error "another's summary.csv"
    [ "$(ls theirs)" = summary.csv ] && [ "$(cat theirs/summary.csv)" = mine ] || fail "a sweep $start touched a user's file"
done
pids=()
for i in 1 2 3 4 5 6; do
    "$bnrun" sweep --config tiny.json --grid seed=1:2 --out many > /dev/null 2> many$i.log &
    pids+=($!)
    [ $i -gt 1 ] || wait $!
done
for pid in "${pids[@]:1}"; do wait "$pid" || fail "starts of a finished sweep at once: $(cat many?.log)"; done
[ "$(ls -A many)" = $'seed=1\nseed=2\nsummary.csv\nsweep.json' ] || fail "starts at once left $(ls -A many)"

# --- Ctrl-C, and a second process meanwhile
long=(sweep --config tiny.json --set train.epochs=1000000 --grid seed=1:3 --jobs 2 --out long)
env --default-signal=INT "$bnrun" "${long[@]}" > /dev/null 2> long.log &
pid=$!
until [ -s long/seed=1/epochs.csv ] && [ -s long/seed=2/epochs.csv ]; do sleep 0.02; done
expect_exit 2 --config long/seed=1/config.json --out long/seed=1 --force
grep -q 'long/seed=1: is being run by another process' stderr || fail "a busy directory: $(cat stderr)"
for task in 1 2; do expect_exit 1 "${long[@]}" --task $task --tasks 3; done
expect_count 1 'is being run by another process; skipped' stderr
sed -i 's/info/INFO/' long/seed=1/run.log
expect_exit 2 --config long/seed=1/config.json --out long/seed=1 --force
grep -q 'long/seed=1: is being run by another process' stderr || fail "where run.log was edited: $(cat stderr)"
kill -INT $pid
code=0
wait $pid || code=$?
[ $code -eq 130 ] || fail "an interrupted sweep ends with $code, expected 130: $(cat long.log)"
grep -q '"status": "interrupted"' long/seed=1/summary.json || fail "an interrupted run's status"
[ ! -e long/seed=3 ] || fail "a run was started after the interrupt"
cut -d , -f 1-3 long/summary.csv | tail -3 | tr '\n' ' ' | grep -qx 'seed=1,1,interrupted seed=2,2,interrupted seed=3,3,missing ' ||
    fail "an interrupted sweep's summary.csv: $(cat long/summary.csv)"

"$bnrun" sweep --config tiny.json --set train.epochs=1000000 --grid seed=1:2 --jobs 2 --out both > /dev/null 2> both.log &
pid=$!
until [ -s both/seed=1/epochs.csv ] && [ -s both/seed=2/epochs.csv ]; do sleep 0.02; done
kill -TERM $pid
code=0
wait $pid || code=$?
[ $code -eq 143 ] || fail "a sweep of which every run was interrupted ends with $code, expected 143: $(cat both.log)"

# --- two processes on one directory: one of them runs, the other says so and touches nothing
for i in 1 2 3 4 5 6; do
    codes=()
    "$bnrun" --config tiny.json --out "race$i" > /dev/null 2> first.log &
    first=$!
    "$bnrun" --config tiny.json --out "race$i" > /dev/null 2> second.log &
    for pid in $first $!; do wait "$pid" && codes+=(0) || codes+=($?); done
    case ${codes[*]} in
        "0 2") loser=second.log ;;
        "2 0") loser=first.log ;;
        *) fail "a race ends with ${codes[*]}, expected a 0 and a 2: $(cat first.log second.log)"; continue ;;
    esac
    grep -q "error: race$i: \(is being run by another process\|output directory exists\)" $loser || fail "the loser says: $(cat $loser)"
    expect_same race1 "race$i" config.json gradients.txt gradients.csv epochs.csv model.safetensors
    grep -q '"status": "done"' "race$i/summary.json" || fail "race$i is not done"
done

# --- the limit of open files is raised, or there are fewer runs at a time
open_files=(sweep --config tiny.json --set train.epochs=20 --grid seed=1:20 --jobs 20 --threads 1)
(ulimit -Sn 64 && expect_exit 0 "${open_files[@]}" --out raised && finish) || fail "20 runs under a soft limit"
! grep -q warning stderr || fail "a limit that can be raised: $(grep warning stderr)"
(ulimit -n 64 && expect_exit 0 "${open_files[@]}" --out limited && finish) || fail "20 runs under a hard limit"
grep -q 'warning: sweep: 20 runs at a time .* 64 are allowed' stderr || fail "fewer runs at a time: $(head -3 stderr)"

# --- text that a spreadsheet would take for a formula stands behind an apostrophe; numbers stay as they are
cp tiny.json '=1+1.json'
sed '1s/{/{"seed": 2, /' tiny.json > '@sum.json'
expect_exit 0 sweep --config '=1+1.json' --config '@sum.json' --grid 'train.l2=0,1e-5' --out formulas
cut -d'"' -f3 formulas/summary.csv | cut -d, -f2,3 | sed 1d > cells
printf '%s\n' "'=1+1,0" "'=1+1,1e-5" "'@sum,0" "'@sum,1e-5" | cmp - cells || fail "formulas: $(cat formulas/summary.csv)"
expect_exit 0 report formulas -o -
grep -q 'config==1+1' stdout || fail "the page lacks a curve of =1+1"
! grep -q '&#39;=1+1' stdout || fail "the page shows the apostrophe of a cell"

# --- what is wrong is said before anything starts
refuse() {
    local text=$1
    shift
    expect_exit 2 sweep --out refused "$@"
    expect_one_error "$*"
    grep -q -- "$text" stderr || fail "sweep $*: expected '$text', got: $(cat stderr)"
}
refuse "point seed=1,learning_rate=-1: --grid $lr=1,-1: " --config tiny.json --grid seed=1:2 --grid "$lr=1,-1"
refuse 'two axes on seed' --config tiny.json --grid seed=1:2 --grid seed=3
refuse 'did you mean "train.epochs"' --config tiny.json --grid train.epoch=1:2
refuse 'config or a spec\|--config' --grid seed=1:2
refuse 'leave out --config' lr.json --grid seed=1:2
refuse 'belong together' lr.json --task 1
refuse 'from 1 to --tasks 2' lr.json --task 3 --tasks 2
refuse 'runs nothing' lr.json --collect --force
refuse 'fail-fast' lr.json --fail-fst
[ ! -e refused ] || fail "a refused sweep left a directory"
touch in_the_way
expect_exit 5 sweep --config tiny.json --grid seed=1:5 --out in_the_way/sweep
expect_one_error 'a directory that cannot be made'

finish
