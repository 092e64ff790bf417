#!/bin/bash
# Equal config and seed give equal bytes, whatever the number of threads.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1
files=(gradients.txt activations.txt gradients.csv activations.csv iterations.csv epochs.csv model.safetensors config.json)

# check NAME ARGUMENT...: threads 1, 2, 3 and once more agree; another seed does not.
check() {
    local name=$1 threads
    shift
    for threads in 1 2 3; do
        expect_exit 0 --config small.json --set name=same --set train.epochs=2 "$@" --threads $threads \
            --out "$name$threads"
        mv stdout "$name$threads.table"
    done
    expect_exit 0 --config small.json --set name=same --set train.epochs=2 "$@" --threads 2 --out "${name}again"
    expect_same "${name}1" "${name}2" "${files[@]}"
    expect_same "${name}1" "${name}3" "${files[@]}"
    expect_same "${name}2" "${name}again" "${files[@]}"
    cmp "${name}1.table" "${name}3.table" || fail "$name: stdout depends on the number of threads"
    expect_exit 0 --config small.json --set train.epochs=2 "$@" --set seed=2 --out "${name}other"
    cmp -s "${name}1/gradients.csv" "${name}other/gradients.csv" && fail "$name: the seed makes no difference"
}

check float32
check float64 --set precision=float64
check batch_norm --set model.batch_norm=true --set model.dropout=0.3
check batch_norm64 --set model.batch_norm=true --set model.dropout=0.3 --set precision=float64
check odd --set data.train_samples=1999 --set model.depth=2 --set model.width=33 --set train.batch_size=37 \
    --set train.optimizer.name=adam
check distorted --set 'data.distort={"shift": 2, "rotate": 15, "scale": 0.1, "elastic": {"sigma": 4, "alpha": 34}, "noise": 0.1}'
finish
