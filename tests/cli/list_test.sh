#!/bin/bash
# bnrun list: real runs and a sweep, thousands of runs, JSON, directories that hold none.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1
unset COLUMNS LC_ALL LC_CTYPE NO_COLOR
export LANG=C.UTF-8

expect_exit 3 list
grep -q 'results: cannot be listed' stderr || fail "no results: $(cat stderr)"
mkdir results
expect_exit 0 list
grep -q 'results: no runs' stderr || fail "an empty directory: $(cat stderr)"
[ ! -s stdout ] || fail "an empty directory: $(cat stdout)"

expect_exit 0 --config small.json --set name=one
expect_exit 0 sweep --config small.json --grid model.depth=2,3 --grid seed=1:2 --out results/depths
expect_exit 0 list
[ "$(wc -l < stdout)" -eq 3 ] || fail "a run and a sweep: $(cat stdout)"
grep -q '^results/depths  sweep   0\.[0-9]*  .* 4 points: 4 done; depth$' stdout || fail "the sweep's line: $(cat stdout)"
grep -q '^results/one     done    0\.[0-9]*  .* 3x30 sigmoid, rmsprop 4e-05, 1 epoch, seed 1, synthetic$' stdout ||
    fail "the run's line: $(cat stdout)"
expect_exit 0 list results/depths
[ "$(grep -c ' done ' stdout)" -eq 4 ] || fail "a sweep's runs: $(cat stdout)"
expect_exit 0 list results --json
[ "$(grep -c '"kind": "run"' stdout)" -eq 1 ] && [ "$(grep -c '"kind": "sweep"' stdout)" -eq 1 ] || fail "$(cat stdout)"
if command -v python3 > /dev/null; then python3 -m json.tool stdout > /dev/null || fail 'list --json is no JSON'; fi

# --- a run that cannot be read is named, and the others are there
mkdir results/torn
cp results/one/config.json results/torn
echo '{' > results/torn/summary.json
expect_exit 0 list
grep -q 'results/torn/summary.json' stderr || fail "a torn summary: $(cat stderr)"
grep -q '^results/one ' stdout || fail 'a torn summary hides other runs'

# --- as many as a year of work leaves
for ((i = 0; i < 1000; i++)); do echo "many/run=$i"; done | xargs mkdir -p
for ((i = 0; i < 1000; i++)); do
    ln results/one/config.json results/one/summary.json results/one/gradients.csv "many/run=$i"
done
expect_exit 0 list many
[ "$(grep -c ' done ' stdout)" -eq 1000 ] || fail "a thousand runs: $(wc -l < stdout) lines"
[ "$(sed -n '2p;12p' stdout | cut -d ' ' -f 1 | tr '\n' ' ')" = 'many/run=0 many/run=10 ' ] || fail "$(sed -n '2p;12p' stdout)"
finish
