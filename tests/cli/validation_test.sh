#!/bin/bash
# data.validation_samples: what a run says and leaves, and that every command that reads a run knows it.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1

expect_exit 0 --config small.json --set name=with --set train.epochs=2 --set log.print_every=4 --set data.validation_samples=400 --out with
tail -2 stdout | head -1 | grep -Eqx 'validation error: [0-9.]+ \([0-9]+ of 400\)' || fail "stdout: $(tail -2 stdout)"
tail -1 stdout | grep -Eqx 'test error: [0-9.]+ \([0-9]+ of 500\)' || fail "stdout's last line: $(tail -1 stdout)"
grep -q 'data: synthetic, 1600 training, 400 validation and 500 test samples' stderr || fail "the log: $(cat stderr)"
grep -q 'epoch 2/2: .*, validation loss [0-9.]*, validation error [0-9.]*, test loss' stderr || fail "the log: $(cat stderr)"
[ "$(head -1 with/epochs.csv)" = epoch,train_loss,train_error,test_loss,test_error,validation_loss,validation_error ] ||
    fail "epochs.csv: $(head -1 with/epochs.csv)"
[ "$(wc -l < with/epochs.csv)" -eq 3 ] || fail "epochs.csv: $(cat with/epochs.csv)"
wrong=$(sed -n 's/.*"validation_wrong": \([0-9]*\).*/\1/p' with/summary.json)
grep -q "validation error: .* ($wrong of 400)" stdout || fail "summary.json: $(cat with/summary.json)"
mv stdout with.txt

# The same as a run of what is left to train.
expect_exit 0 --config small.json --set train.epochs=2 --set log.print_every=4 --set data.train_samples=1600 --set name=with --out without
expect_same with without gradients.csv gradients.txt iterations.csv activations.csv
cut -d , -f 1-5 with/epochs.csv | cmp - without/epochs.csv || fail "validation changes the other columns"
grep -q validation without/epochs.csv without/summary.json && fail "a run without validation speaks of it"

for threads in 1 3; do
    expect_exit 0 --config small.json --set train.epochs=2 --set data.validation_samples=400 --set name=with --set log.print_every=4 --out "t$threads" --threads $threads
    expect_same with "t$threads" epochs.csv model.safetensors
done
expect_exit 0 check with --full
expect_exit 0 eval with
expect_exit 0 diff with t1
expect_exit 1 diff with without
grep -q 'validation_error .*only in A' stdout || fail "diff: $(cat stdout)"
expect_exit 0 diff with.txt with.txt
expect_exit 0 export with --format jsonl
grep -q '"validation_error":' stdout || fail "export: $(tail -1 stdout)"
expect_exit 0 report with without -o report.html
grep -q 'validation error' report.html || fail "the report lacks the validation error"

expect_exit 2 --config small.json --set data.validation_samples=2000
expect_one_error "too many"
grep -q -- '--set data.validation_samples=2000: data.validation_samples: 2000 of 2000 training samples' stderr || fail "$(cat stderr)"

# A sweep's best is that of the validation, and the heading says so.
sweep=(sweep --config small.json --grid 'train.optimizer.learning_rate=1e-7,1e-3' --grid seed=1:2)
expect_exit 0 "${sweep[@]}" --set data.validation_samples=400 --out sweep
head -1 stdout | grep -q 'validation_error (\*)  test_error  ' || fail "the sweep's heading: $(head -1 stdout)"
grep -q '^\* learning_rate=1e-3 ' stdout || fail "the sweep's best: $(cat stdout)"
head -1 sweep/summary.csv | grep -q ',test_wrong,validation_loss,validation_error$' || fail "summary.csv: $(head -1 sweep/summary.csv)"
sed 1d sweep/summary.csv | grep -Evq ',done,([0-9.e-]+,){6}[0-9.]+$' && fail "summary.csv: $(cat sweep/summary.csv)"
expect_exit 0 report sweep -o sweep.html
expect_exit 0 "${sweep[@]}" --out plain
head -1 stdout | grep -q 'test_error (\*)  ' || fail "the sweep's heading: $(head -1 stdout)"
head -1 stdout plain/summary.csv | grep -q validation && fail "a sweep without validation speaks of it"
expect_exit 0 sweep --config small.json --grid data.validation_samples=0,400 --out mixed
head -1 stdout | grep -q 'validation_error .* test_error (\*)' || fail "the mixed sweep's heading: $(head -1 stdout)"
finish
