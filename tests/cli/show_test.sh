#!/bin/bash
# bnrun show on real runs: widths, characters, JSON, and what cannot be shown.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1
unset COLUMNS LC_ALL LC_CTYPE NO_COLOR
export LANG=C.UTF-8 TERM=xterm

expect_exit 0 --config small.json --set train.epochs=2 --out run
expect_exit 0 --config small.json --set model.batch_norm=true --out bn

# fits COLUMNS: no line of stdout is wider, but the first, which has the directory.
fits() { [ "$(tail -n +2 "$scratch/stdout" | LC_ALL=C.UTF-8 wc -L)" -le "$1" ]; }

for columns in 40 80 140; do
    COLUMNS=$columns expect_exit 0 show run
    [ ! -s stderr ] || fail "show says something on stderr: $(cat stderr)"
    fits $columns || fail "show is wider than $columns columns"
    for text in 'status' 'done, epoch 2 of 2' 'test 0\.[0-9]\{4\}' '3x30 sigmoid' 'output ' 'a layer$'; do
        grep -q "$text" stdout || fail "show at $columns columns lacks $text: $(cat stdout)"
    done
done
! grep -q "$(printf '\033')" stdout || fail 'colours in a pipe'
norm=$(tail -1 run/gradients.csv | cut -d , -f 3)
"$bnrun" show run --json > json
if command -v python3 > /dev/null; then
    python3 - "$norm" << 'PYTHON' || fail "show --json: $(cat json)"
import json, sys
run = json.load(open("json"))
assert run["layers"][0]["gradient"] == float(sys.argv[1]), run["layers"][0]
assert run["at"] == {"epoch": 2, "iteration": 10} and run["iterations_per_epoch"] == 10 and len(run["layers"]) == 4
assert run["status"] == "done" and run["data"] == "synthetic" and run["settings"]["model.depth"] == 3
PYTHON
fi

TERM=dumb expect_exit 0 show run
! LC_ALL=C grep -q '[^ -~]' stdout || fail 'a dumb terminal gets more than ASCII'
LANG=C expect_exit 0 show run
! LC_ALL=C grep -q '[^ -~]' stdout || fail 'a locale without UTF-8 gets more than ASCII'

# --- several runs, and an iteration of the user's choice
expect_exit 0 show run bn --iteration 1:5
[ "$(grep -c '^At epoch 1, iteration 5 of 10: ' stdout)" -eq 2 ] || fail "--iteration of two runs: $(cat stdout)"
tr -d '\n' < stdout | grep -q 'settings [^:]*model.batch_norm.enabled=true' || fail 'show lacks what is not the default'
expect_exit 0 show run bn --json
[ "$(grep -c '"kind": "run"' stdout)" -eq 2 ] && [ "$(head -c 1 stdout)" = '[' ] || fail 'two runs are no JSON list'
expect_exit 0 show run --iteration 13
grep -q '^At epoch 2, iteration 3 of 10: ' stdout || fail "--iteration 13: $(cat stdout)"
expect_exit 2 show run --iteration 9:1
grep -q -- '--iteration 9:1: no such row in run/gradients.csv; the last one before it is 2:10' stderr || fail "$(cat stderr)"
expect_exit 2 show run --iteration ten
expect_one_error 'an iteration that is none'

# --- runs that are not whole
expect_exit 3 show nowhere
grep -q 'nowhere: not a run directory' stderr || fail "$(cat stderr)"
mkdir failed
cp run/config.json failed
expect_exit 0 show failed
grep -q 'No iteration has been logged' stdout || fail "a run without tables: $(cat stdout)"
cp -r run torn
printf '2,11,0.' >> torn/gradients.csv
expect_exit 0 show torn
grep -q '^At epoch 2, iteration 10 of 10: ' stdout || fail "a last line that is cut off counts: $(cat stdout)"
sed -i '$d' torn/gradients.csv
echo '2,11,x,1,1,1' >> torn/gradients.csv
expect_exit 3 show torn
grep -q 'torn/gradients.csv:22: value 1: "x"; expected a number' stderr || fail "$(cat stderr)"
sed -i 's/"status": "done"/"status": "running"/; s/"test_error": [0-9.]*/"test_error": null/' torn/summary.json
cp run/gradients.csv torn
touch -d '1 hour ago' torn/summary.json
expect_exit 0 show torn
grep -q 'status   cut off' stdout || fail "a run that was killed: $(cat stdout)"

# --- a sweep, before and after its summary is there
expect_exit 0 sweep --config small.json --grid model.depth=2,3 --grid seed=1:2 --out sweep
for columns in 40 200; do
    COLUMNS=$columns expect_exit 0 show sweep
    grep -q '4 points: 4 done' stdout || fail "a sweep's points: $(cat stdout)"
    [ "$(grep -c '^\*  0\.[0-9]* ± 0\.[0-9]*  [23] *2' stdout)" -eq 1 ] || fail "a sweep's best setting: $(cat stdout)"
    [ "$(grep -c '^ *\*\?  0\.' stdout)" -eq 2 ] || fail "a sweep's settings: $(cat stdout)"
done
cp stdout with_summary
mv sweep/summary.csv kept.csv
expect_exit 0 show sweep
cmp stdout with_summary || fail 'a sweep without its summary is shown as another'
mv kept.csv sweep/summary.csv
expect_exit 0 show sweep --where depth=3 --sort=-depth --top 1 --json
grep -q '"model.depth": 3' stdout || fail "--where: $(cat stdout)"
expect_exit 2 show sweep --where depth=9
grep -q 'no point has that; model.depth is 2, 3' stderr || fail "$(cat stderr)"
expect_exit 2 show sweep --sort width
grep -q -- '--sort width: no such column; expected depth, test_error' stderr || fail "$(cat stderr)"
expect_exit 2 show run --top 1
grep -q 'are of a sweep.s table, but run is a run' stderr || fail "$(cat stderr)"
expect_exit 2 show sweep --iteration 1
expect_one_error '--iteration of a sweep'
expect_exit 0 show run sweep
grep -q '4 points' stdout || fail 'a run and a sweep at once'

# --- following: lines in a pipe, until the run has ended
expect_exit 0 show run --follow
[ "$(tail -1 stdout | grep -c '^done: test error 0\.')" -eq 1 ] || fail "following a run that has ended: $(cat stdout)"
"$bnrun" --config small.json --set train.epochs=150 --out going > /dev/null 2>&1 &
going=$!
for ((i = 0; i < 600; i++)); do [ ! -s going/gradients.csv ] || break; sleep 0.05; done
expect_exit 0 show going --follow
wait $going || fail "a run that is followed ended with $?"
grep -q '^epoch [0-9]* iteration [0-9]*/10: first layer ' stdout || fail "no rows of a run that is followed: $(head -3 stdout)"
grep -q '^epoch 150: training error ' stdout || fail "the last epoch is not there: $(tail -3 stdout)"
[ "$(tail -2 stdout | head -1 | cut -d ' ' -f 2)" = 150: ] && tail -1 stdout | grep -q '^done: ' || fail "$(tail -3 stdout)"
[ "$(cut -d : -f 1 stdout | sort | uniq -d | wc -l)" -eq 0 ] || fail 'a row is printed twice'

# --- Ctrl-C ends it, and not the run
sed -i 's/"status": "done"/"status": "running"/' going/summary.json
exec 8> going/.lock
flock 8
set -m  # else a background job ignores SIGINT
"$bnrun" show going --follow > followed 2> stderr &
follower=$!
set +m
for ((i = 0; i < 600; i++)); do [ ! -s followed ] || break; sleep 0.05; done
kill -INT $follower
code=0
wait $follower || code=$?
[ $code -eq 130 ] || fail "Ctrl-C: exit code $code: $(cat stderr)"
grep -q 'going is no longer followed; the run itself goes on' stderr || fail "Ctrl-C: $(cat stderr)"
exec 8>&-
for options in '--json' '--iteration 1' '--top 1'; do
    # shellcheck disable=SC2086
    expect_exit 2 show run --follow $options
done
expect_exit 2 show run bn --follow
grep -q -- '--follow: watches one run' stderr || fail "$(cat stderr)"
finish
