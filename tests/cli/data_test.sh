#!/bin/bash
# Where the data is: --data, and what is said where there is none.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1
unset BNRUN_DATA_DIR

make_idx 200 10
cat > idx.json <<'JSON'
{"data": {"source": "idx", "dir": "idx"}, "model": {"hidden": [5]}, "train": {"batch_size": 2}}
JSON

# --- a run whose data has moved: the advice works for eval, check and a run that goes on
expect_exit 0 --config idx.json --out run --threads 1
mv idx moved
for command in 'eval run' 'check run'; do
    # shellcheck disable=SC2086
    expect_exit 3 $command
    expect_one_error "$command without data"
    grep -q ' error: run/config.json: data.dir: idx: no such data directory.*--data DIR' stderr || fail "$command: $(cat stderr)"
    # shellcheck disable=SC2086
    BNRUN_DATA_DIR=moved expect_exit 3 $command
    # shellcheck disable=SC2086
    expect_exit 0 $command --data moved
done
expect_exit 0 check run --data moved --full
grep -qx 'same: .*' stdout || fail "check of a run whose data has moved: $(cat stdout)"
expect_exit 3 eval run --data nowhere
grep -q ' error: --data nowhere: data.dir: nowhere: no such data directory' stderr || fail "eval --data nowhere: $(cat stderr)"

# --- a run from elsewhere: its config.json knows where a relative directory was, and its model does not
mv moved idx
mkdir elsewhere
(cd elsewhere && "$bnrun" eval ../run && "$bnrun" check ../run --full && "$bnrun" --config ../run/config.json --out again) \
    > stdout 2> stderr || fail "a run's data from elsewhere: $(cat stderr)"
grep -q "\"absolute_dir\": \"$scratch/idx\"" run/config.json || fail "where data.dir was: $(grep dir run/config.json)"
expect_same run elsewhere/again config.json gradients.csv model.safetensors
! grep -aq absolute_dir run/model.safetensors || fail 'the model knows where the data was'
cp -r idx elsewhere
(cd elsewhere && "$bnrun" --config ../idx.json --out other) > stdout 2> stderr || fail "the same elsewhere: $(cat stderr)"
expect_same run elsewhere/other model.safetensors
expect_exit 0 diff run elsewhere/other
! grep absolute_dir stdout || fail 'diff tells runs apart by where they were'
expect_exit 0 --config idx.json --data "$scratch/idx" --out absolute
! grep absolute_dir absolute/config.json || fail 'an absolute data.dir is stored twice'
mv idx moved

# --- a run is told by --data what data.dir is, and keeps it
expect_exit 0 --config idx.json --data moved --out other
grep -q '"dir": "moved"' other/config.json || fail "a run's --data is not kept"
expect_same run other gradients.csv
expect_exit 0 --config idx.json --data 1 --dry-run
grep -q '"dir": "1"' stdout || fail "--data 1 is not text: $(cat stdout)"
expect_exit 0 gradcheck --config idx.json --data moved
expect_exit 0 sweep --config idx.json --data moved --grid seed=1:2 --out sweep
expect_exit 2 sweep --config idx.json --data moved --grid data.dir=a,b --out sweep
grep -q ' error: --data moved: the sweep varies data.dir' stderr || fail "sweep over data.dir: $(cat stderr)"

# --- a run that was interrupted, and whose data has moved since
mv moved idx
"$bnrun" --config idx.json --set train.epochs=60 --threads 1 --out half > /dev/null 2>&1 &
pid=$!
until [ -s half/checkpoint.safetensors ]; do kill -0 $pid 2> /dev/null || break; sleep 0.01; done
kill -KILL $pid
wait $pid 2> /dev/null
cp -r half again
mv idx moved
expect_exit 3 --resume --out half
grep -q ' error: half/config.json: data.dir: idx: no such data directory.*--data DIR' stderr || fail "resume without data: $(cat stderr)"
expect_exit 0 --resume --out half --data moved --threads 1
grep -q 'going on after epoch' stderr || fail "not gone on from a checkpoint: $(cat stderr)"
grep -q '"dir": "idx"' half/config.json || fail "a run that went on with --data has another config"
expect_exit 0 --config idx.json --set train.epochs=60 --threads 1 --resume --out again --data moved
expect_exit 0 --config idx.json --set train.epochs=60 --threads 1 --out whole --data moved
expect_same whole half gradients.csv epochs.csv
expect_same half again gradients.csv epochs.csv config.json model.safetensors
expect_exit 2 --config idx.json --set seed=2 --set train.epochs=60 --threads 1 --resume --out half --data moved
grep -q 'another config (first in seed)' stderr || fail "another config with --data: $(cat stderr)"

# --- names with dots, and directories of their names
mkdir dots folders
for file in moved/*; do
    name=${file##*/}
    cp "$file" "dots/${name/-idx/.idx}"
    mkdir "folders/$name"
    gzip -c "$file" > "folders/$name/$name.gz"
done
for directory in dots folders; do
    expect_exit 0 --config idx.json --data $directory --out "under_$directory"
    expect_same other "under_$directory" gradients.csv
done
rm folders/train-labels-idx1-ubyte/*
expect_exit 3 --config idx.json --data folders --out none
grep -q ' error: folders/train-labels-idx1-ubyte: cannot be read (it is a directory).* train-labels.idx1-ubyte' stderr ||
    fail "a directory in a file's place: $(cat stderr)"
finish
