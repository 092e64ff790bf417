# Shared by crash_test.sh and crash_test_two.sh, whose second argument is the program: a scratch directory, into which
# it goes, the runs and sweeps that they disturb, and what these leave where nothing disturbs them.
# shellcheck shell=bash disable=SC2034
bnrun=$(realpath "${2:-build/release/bnrun}") || exit 2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
RANDOM=${CRASH_SEED:-1}
files=(gradients.txt activations.txt gradients.csv activations.csv iterations.csv epochs.csv config.json model.safetensors)
unreadable=0 differences=0

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
}

# compare_end EXPECTED ACTUAL: one run's files, and that there are no others.
compare_end() {
    compare "$1" "$2"
    [ "$(find "$2" -type f | wc -l)" -le 11 ] || { ls -A "$2" >&2; differences=$((differences + 1)); }
}

compare_all() {
    local point
    [ "$1" != sweep ] && { compare_end expected/"$1" "$2"; return; }
    cmp expected/sweep/summary.csv "$2/summary.csv" >&2 || differences=$((differences + 1))
    for point in expected/sweep/*/; do compare_end "$point" "$2/$(basename "$point")"; done
}

declare -A length
mkdir expected
for variant in "${variants[@]}"; do
    begin=$(milliseconds)
    (start "$variant" "expected/$variant") > /dev/null 2> log || { cat log >&2; exit 2; }
    length[$variant]=$(($(milliseconds) - begin))
done
