#!/bin/bash
# diff of real runs, of the post's own tables, and its exit codes.
# shellcheck source=tests/cli/support.sh
post=$(realpath "$(dirname "$0")/../golden/post")
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1

expect_exit 0 --config small.json --set log.every=1 --out a
expect_exit 0 --config small.json --set log.every=1 --out again
expect_exit 0 --config small.json --set log.every=1 --set seed=2 --out other

expect_exit 0 diff a again
[ ! -s stdout ] || fail "equal runs: diff says $(cat stdout)"
expect_exit 0 diff a again --all
[ "$(grep -c '  same: ' stdout)" -eq 4 ] || fail "--all: $(cat stdout)"
expect_exit 1 diff a other
grep -q ' error: ' stderr && fail "a difference is reported as an error: $(cat stderr)"
sed -n 1p stdout | grep -Eq '^test error: A 0\.[0-9]{4}, B 0\.[0-9]{4}, B/A [0-9.]+$' || fail "the test errors do not come first: $(cat stdout)"
[ "$(sed -n 3p stdout)" = '  seed: 1 -> 2' ] || fail "the configs' difference does not come next: $(cat stdout)"
grep -q '  first difference: epoch 1, iteration 1, layer_1: ' stdout || fail "no first difference: $(cat stdout)"
expect_exit 1 diff a/ other/
grep -q '^gradients: A a/gradients.csv, B other/gradients.csv$' stdout || fail "a directory that ends in /: $(cat stdout)"
expect_exit 0 diff a other --rtol 1
grep -q 'seed' stdout || fail "the configs' difference is gone within the tolerance"
expect_exit 1 diff a other --md
grep -Eq '^\| layer_1 \| [0-9.e-]+ \| [0-9.e-]+ \| [0-9.e-]+ \| 10 \| 10 \| ' stdout || fail "--md: $(cat stdout)"
expect_exit 1 diff a other --json
if command -v python3 > /dev/null; then
    python3 -c 'import json, sys; d = json.load(open("stdout")); t = d["tables"]
assert not d["same"] and [x["kind"] for x in t] == ["gradients", "activations", "iterations", "epochs"] and t[0]["rows"] == 10, d' ||
        fail "--json: $(cat stdout)"
fi

# Runs that trained alike but were tested in two ways are not the same.
expect_exit 0 --config small.json --set 'model.batch_norm={"inference":"last_epoch"}' --out last_epoch
expect_exit 0 --config small.json --set 'model.batch_norm={"inference":"population"}' --out population
expect_exit 1 diff last_epoch population
grep -q '^epochs: ' stdout || fail "errors that differ: $(cat stdout)"
grep -Eq '^  test_loss +[0-9.]+ +[0-9.]+ +[0-9.]+ +1 +1 ' stdout || fail "errors that differ: $(cat stdout)"
grep -q '^gradients' stdout && fail "equal gradients are shown: $(cat stdout)"
rm population/epochs.csv
expect_exit 2 diff last_epoch population
grep -q 'population/epochs.csv: cannot be read' stderr || fail "a run without its errors: $(cat stderr)"
rm last_epoch/epochs.csv
expect_exit 0 diff last_epoch population

expect_exit 0 diff a a/gradients.csv
expect_exit 0 diff a/activations.txt again
expect_exit 1 diff a/gradients.txt a/gradients.csv
expect_exit 0 diff a/gradients.txt a/gradients.csv --rtol 1e-4
expect_exit 0 diff "$post/gradients_bn_on.txt" "$post/gradients_bn_on.txt"
expect_exit 1 diff "$post/gradients_bn_off.txt" "$post/gradients_bn_on.txt"
grep -Eq '^  layer_1 +[0-9.]+e-07 +0\.[0-9]+ +[0-9.]+e\+05 +5 +5 +1 ' stdout || fail "the post's tables: $(cat stdout)"
expect_exit 1 diff "$post/gradients_bn_on.txt" a
grep -q 'layer_5.*only in A' stdout || fail "a net of another depth: $(cat stdout)"

# Only some tables, only rows of both, tolerances of columns, JUnit.
expect_exit 1 diff a other --only epochs,gradients
grep -q '^activations' stdout && fail "--only: $(cat stdout)"
expect_exit 0 diff last_epoch population --only gradients
expect_exit 1 diff a other --rtol 'layer_*=1'
grep -q '^gradients\|^activations' stdout && fail "--rtol layer_*=1: $(cat stdout)"
head -n 6 a/gradients.csv > short.csv
expect_exit 1 diff a short.csv
expect_exit 0 diff a short.csv --rows common
expect_exit 1 diff a other --junit junit.xml
[ "$(grep -c '<testsuite ' junit.xml)" -eq 4 ] || fail "--junit: $(cat junit.xml)"
grep -A1 'classname="gradients" name="layer_1"' junit.xml | grep -q '10 of 10 rows differ' || fail "--junit: $(cat junit.xml)"
if command -v xmllint > /dev/null; then
    xmllint --noout junit.xml || fail 'the JUnit file is not well-formed XML'
fi
expect_exit 0 diff a again --junit junit.xml
grep -q '<failure' junit.xml && fail "equal runs fail a test: $(cat junit.xml)"
expect_exit 5 diff a other --junit none/junit.xml

# A last line without its line break is no row, and diff says so.
cp -r a tail
head -c -2 a/gradients.csv > tail/gradients.csv
expect_exit 1 diff a tail
grep -q ' warning: tail/gradients.csv:11: the last row is cut off and is left out; ' stderr || fail "a cut table: $(cat stderr)"
grep -q 'layer_1 ' stdout && fail "a number that lost digits is compared: $(cat stdout)"
head -c -1 "$post/gradients_bn_on.txt" > by_hand.txt
expect_exit 1 diff "$post/gradients_bn_on.txt" by_hand.txt
grep -q ' warning: by_hand.txt:9: the last row is cut off' stderr || fail "a text table by hand: $(cat stderr)"
{ printf '\357\273\277'; sed 's/$/\r/' a/gradients.csv; } > marked.csv
expect_exit 0 diff a marked.csv

# A directory that may not be searched is named with the reason, whoever looks into it.
if command -v setpriv > /dev/null || [ "$(id -u)" -ne 0 ]; then
    cp -r a closed
    chmod 600 closed
    real=$bnrun
    if [ "$(id -u)" -eq 0 ]; then
        chmod 755 .
        cp "$bnrun" bnrun
        printf '#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups %q "$@"\n' "$scratch/bnrun" > as_nobody
        chmod +x as_nobody
        bnrun=$scratch/as_nobody
    fi
    expect_exit 2 diff closed a
    grep -q ' error: closed/config.json: cannot be looked for: Permission denied; check' stderr || fail "diff: $(cat stderr)"
    for command in 'eval closed' 'check closed' 'export closed --format jsonl' 'report closed -o -'; do
        # shellcheck disable=SC2086
        expect_exit 3 $command
        expect_one_error "$command"
        grep -q ' error: closed/config.json: .*: Permission denied' stderr || fail "$command: $(cat stderr)"
    done
    for command in '--config closed/s.json' '--config closed/run' 'sweep --config closed/s.json --grid seed=1,2' 'sweep closed/s.json'; do
        # shellcheck disable=SC2086
        expect_exit 2 $command --out new
        expect_one_error "$command"
        grep -Eq ' error: closed/(s.json|run): cannot be (looked for|read): Permission denied' stderr || fail "$command: $(cat stderr)"
    done
    for data in closed/m closed; do
        expect_exit 3 --config small.json --set data.source=idx --data $data --out new
        expect_one_error "--data $data"
        grep -q " error: .*closed/.*: cannot be looked for: Permission denied" stderr || fail "--data $data: $(cat stderr)"
    done
    bnrun=$real
    chmod 755 closed
fi

for mistaken in 'a none' 'a/gradients.csv a/activations.csv' 'a a/summary.json' 'a' 'a again --rtol -1' 'a again --rtol nan' \
    'a again --json --md' '. a' 'a again --rtol layer_9=1' 'a again --rtol layer_1=x' 'a again --only losses' \
    'a again --rows some'; do
    # shellcheck disable=SC2086
    expect_exit 2 diff $mistaken
    expect_one_error "diff $mistaken"
    [ ! -s stdout ] || fail "diff $mistaken: output on stdout"
done
finish
