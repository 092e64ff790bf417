#!/bin/bash
# The kernels of each instruction set and the builds of other compilers and levels (clang: -O2; asan: -O1, by clang where there is one) give the
# same bytes. What this machine or tree does not have is left out, and named.
#   bash tests/cli/same_bytes_test.sh PROGRAM [ISA:PROGRAM…]     only with those that are named
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
others=("${@:2}")
if [ "${#others[@]}" -eq 0 ]; then
    if [ "$(uname -m)" = x86_64 ]; then others=("avx2:$bnrun"); fi
    if grep -q avx512dq /proc/cpuinfo; then others+=("avx512:$bnrun"); else echo "not compared: AVX-512, which this machine lacks"; fi
    for build in clang asan; do
        if [ -x "build/$build/bnrun" ]; then others+=(":$PWD/build/$build/bnrun"); else echo "not compared: no build/$build/bnrun"; fi
    done
fi
cd "$scratch" || exit 1
files=(gradients.txt activations.txt gradients.csv activations.csv iterations.csv epochs.csv model.safetensors config.json)

check() {
    local name=$1 isa
    shift
    expect_exit 0 --config small.json --set name=same "$@" --out "${name}_here"
    for other in "${others[@]}"; do
        isa=${other%%:*}
        env ${isa:+BNRUN_ISA="$isa"} "${other#*:}" --config small.json --set name=same "$@" --out "${name}_other" --force > /dev/null 2> stderr ||
            fail "$name: $other: $(cat stderr)"
        expect_same "${name}_other" "${name}_here" "${files[@]}"
    done
}

for precision in float32 float64; do
    for activation in sigmoid tanh relu elu gelu silu softplus; do
        check "$activation$precision" --set precision=$precision --set model.activation=$activation \
            --set model.batch_norm=true --set model.dropout=0.2
    done
    check "odd$precision" --set precision=$precision --set data.train_samples=1999 --set model.width=37 \
        --set train.batch_size=53 --set train.optimizer.name=adam --set model.output=sigmoid_mse
    for schedule in inverse cosine; do
        check "$schedule$precision" --set precision=$precision --set train.optimizer.name=nesterov \
            --set train.learning_rate_schedule.name=$schedule --set train.learning_rate_schedule.warm_up=3
    done
    for normalization in batch layer '{"kind":"group","groups":2}' weight; do
        check "${normalization//[^a-z]/}$precision" --set precision=$precision --set model.activation=prelu --set data.train_samples=400 \
            --set model.depth=null --set model.width=null \
            --set model.normalization="$normalization" --set 'model.layers=[
                {"kind":"conv","channels":6,"kernel":5,"stride":2,"padding":1},{"kind":"lrn"},{"kind":"pool","rounding":"ceil"},
                {"kind":"residual","learn_scale":true,"layers":[{"kind":"conv","channels":6,"kernel":3,"padding":"same"}]},
                {"kind":"pool","pooling":"mean","size":3,"stride":2},{"kind":"dense","units":20,"init":"lsuv"}]'
    done
    for preprocess in zscore pca zca; do
        check "$preprocess$precision" --set precision=$precision --set data.preprocess=$preprocess
    done
    check "distorted$precision" --set precision=$precision --set data.preprocess=zscore \
        --set 'data.distort={"shift": 2, "rotate": 15, "scale": 0.1, "shear": 0.2, "elastic": {"sigma": 4, "alpha": 34}}' \
        --set 'data.distort.contrast=0.3' --set 'data.distort.brightness=0.1' --set 'data.distort.noise=0.1'
done
finish
