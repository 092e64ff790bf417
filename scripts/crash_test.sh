#!/usr/bin/env bash
# Kills runs and sweeps at random moments (SIGKILL), resumes each to its end, and compares what is left, byte for byte,
# with runs that were never interrupted. Prints the figures; exit code 1 where anything was unreadable or differs.
# Usage: scripts/crash_test.sh [KILLS] [BNRUN]
set -u
kills=${1:-1000}
bnrun=$(realpath "${2:-build/release/bnrun}") || exit 2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
files=(gradients.txt activations.txt gradients.csv activations.csv iterations.csv epochs.csv config.json model.safetensors)
done_kills=0 runs=0 unreadable=0 differences=0 resumed=0
RANDOM=${CRASH_SEED:-1}

small='"data": {"source": "synthetic", "train_samples": 600, "test_samples": 100}'
cat > rmsprop.json <<END
{$small, "model": {"depth": 2, "width": 12, "batch_norm": true, "dropout": 0.2},
 "train": {"epochs": 8, "batch_size": 50, "l2": 0.001}}
END
cat > adam.json <<END
{$small, "precision": "float64", "model": {"hidden": [16, 8, 8], "batch_norm": {"inference": "moving_average"}},
 "train": {"epochs": 6, "batch_size": 40, "optimizer": {"name": "adam", "learning_rate": 0.01},
           "checkpoint_every": "5 iterations"}}
END
cat > sgd.json <<END
{$small, "model": {"depth": 3, "width": 8, "activation": "tanh", "dropout": 0.3},
 "train": {"epochs": 6, "batch_size": 60, "optimizer": {"name": "sgd", "learning_rate": 0.1},
           "checkpoint_every": "1 iteration"}}
END
variants=(rmsprop adam sgd sweep)

# start VARIANT DIRECTORY: the command that begins it, or goes on with it.
start() {
    if [ "$1" = sweep ]; then
        exec "$bnrun" sweep --config rmsprop.json --grid seed=1:2 --grid model.depth=1,2 --jobs 2 --out "$2"
    fi
    exec "$bnrun" --config "$1.json" --resume --threads 1 --out "$2"
}

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

# Files that are put in place as a whole have their ends.
check_readable() {
    local file
    while read -r file; do
        [ "$(tail -c 2 "$file")" = '}' ] && continue
        echo "unreadable: $file" >&2
        unreadable=$((unreadable + 1))
    done < <(find "$1" -name summary.json -o -name config.json)
}

# compare EXPECTED ACTUAL: one run's files.
compare() {
    local file
    for file in "${files[@]}"; do
        cmp "$1/$file" "$2/$file" >&2 && continue
        differences=$((differences + 1))
    done
    [ "$(find "$2" -type f | wc -l)" -le 11 ] || { ls -A "$2" >&2; differences=$((differences + 1)); }
}

compare_all() {
    local point
    [ "$1" != sweep ] && { compare expected/"$1" "$2"; return; }
    cmp expected/sweep/summary.csv "$2/summary.csv" >&2 || differences=$((differences + 1))
    for point in expected/sweep/*/; do compare "$point" "$2/$(basename "$point")"; done
}

declare -A length
mkdir expected
for variant in "${variants[@]}"; do
    begin=$(milliseconds)
    (start "$variant" "expected/$variant") > /dev/null 2> log || { cat log >&2; exit 2; }
    length[$variant]=$(($(milliseconds) - begin))
done

while [ "$done_kills" -lt "$kills" ]; do
    variant=${variants[runs % ${#variants[@]}]}
    code=137
    while [ "$code" -eq 137 ]; do
        (start "$variant" run) > /dev/null 2> log &
        pid=$!
        if [ "$done_kills" -lt "$kills" ]; then
            wait_for=$(((RANDOM * 32768 + RANDOM) % (length[$variant] + 20)))
            sleep "$((wait_for / 1000)).$(printf %03d $((wait_for % 1000)))"
            kill -KILL $pid 2> /dev/null
        fi
        code=0
        wait $pid 2> /dev/null || code=$?
        if grep -s 'damaged\|not a usable\|going on from the previous' log run/*/run.log >&2; then
            unreadable=$((unreadable + 1))
        fi
        [ "$code" -eq 137 ] && done_kills=$((done_kills + 1))
        [ -d run ] && check_readable run
    done
    [ "$code" -eq 0 ] || { echo "$variant: exit code $code" >&2; cat log >&2; differences=$((differences + 1)); }
    compare_all "$variant" run
    resumed=$((resumed + $(cat run/run.log run/*/run.log 2> /dev/null | grep -c 'going on after')))
    rm -r run
    runs=$((runs + 1))
done
echo "$done_kills kills over $runs runs and sweeps, $resumed starts from a checkpoint:" \
    "$unreadable unreadable files, $differences differences"
[ "$unreadable" -eq 0 ] && [ "$differences" -eq 0 ]
