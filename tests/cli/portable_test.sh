#!/bin/bash
# Builds of other compilers, levels and instruction sets (portable: GCC -O3, AVX2; clang: -O2; asan: GCC -O1) give the same
# bytes as this one. Those that have not been built are left out; without portable, the test is skipped.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
if [ ! -x build/portable/bnrun ]; then
    echo "SKIPPED: no build/portable/bnrun; build it with: cmake --preset portable && cmake --build --preset portable --target bnrun"
    exit 77
fi
others=()
for build in portable clang asan; do
    if [ -x "build/$build/bnrun" ]; then others+=("$PWD/build/$build/bnrun"); else echo "not compared: no build/$build/bnrun"; fi
done
cd "$scratch" || exit 1
files=(gradients.txt activations.txt gradients.csv activations.csv iterations.csv epochs.csv model.safetensors config.json)

check() {
    local name=$1
    shift
    expect_exit 0 --config small.json --set name=same "$@" --out "${name}_here"
    for other in "${others[@]}"; do
        "$other" --config small.json --set name=same "$@" --out "${name}_other" --force > /dev/null 2> stderr ||
            fail "$name: $other: $(cat stderr)"
        expect_same "${name}_other" "${name}_here" "${files[@]}"
    done
}

for precision in float32 float64; do
    for activation in sigmoid tanh relu; do
        check "$activation$precision" --set precision=$precision --set model.activation=$activation \
            --set model.batch_norm=true --set model.dropout=0.2
    done
    check "odd$precision" --set precision=$precision --set data.train_samples=1999 --set model.width=37 \
        --set train.batch_size=53 --set train.optimizer.name=adam --set model.output=sigmoid_mse
    for preprocess in zscore pca zca; do
        check "$preprocess$precision" --set precision=$precision --set data.preprocess=$preprocess
    done
done
finish
