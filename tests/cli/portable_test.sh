#!/bin/bash
# The portable build (AVX2) and this one give the same bytes. Skipped where build/portable/bnrun has not been built.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
portable=$PWD/build/portable/bnrun
if [ ! -x "$portable" ]; then
    echo "SKIPPED: no $portable; build it with: cmake --preset portable && cmake --build --preset portable --target bnrun"
    exit 77
fi
cd "$scratch" || exit 1
files=(gradients.txt activations.txt gradients.csv activations.csv iterations.csv epochs.csv model.safetensors config.json)

check() {
    local name=$1
    shift
    "$portable" --config small.json --set name=same "$@" --out "${name}_portable" > /dev/null 2> stderr ||
        fail "$name: the portable build: $(cat stderr)"
    expect_exit 0 --config small.json --set name=same "$@" --out "${name}_here"
    expect_same "${name}_portable" "${name}_here" "${files[@]}"
}

for precision in float32 float64; do
    for activation in sigmoid tanh relu; do
        check "$activation$precision" --set precision=$precision --set model.activation=$activation \
            --set model.batch_norm=true --set model.dropout=0.2
    done
    check "odd$precision" --set precision=$precision --set data.train_samples=1999 --set model.width=37 \
        --set train.batch_size=53 --set train.optimizer.name=adam --set model.output=sigmoid_mse
    for preprocess in zscore zca; do
        check "$preprocess$precision" --set precision=$precision --set data.preprocess=$preprocess
    done
done
finish
