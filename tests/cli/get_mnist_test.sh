#!/bin/bash
# scripts/get_mnist.sh DIR: takes MNIST's files under every usual name, and only with the known contents.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
script=$(realpath "$(dirname "$0")/../../scripts/get_mnist.sh")
names=(train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte)
cd "$scratch" || exit 1
unset BNRUN_DATA_DIR

# The script as it is, but for the four checksums, which are those of four small files here.
mkdir -p scripts data good
cp "$script" scripts/
for name in "${names[@]}"; do
    echo "$name" > "good/$name"
    sum=$(sha256sum < "good/$name")
    sed -i "s/\[$name\]=.*/[$name]=${sum%% *}/" scripts/get_mnist.sh
done

# get CODE DIR
get() {
    local code=0
    rm -rf data/mnist
    scripts/get_mnist.sh "$2" 2> stderr || code=$?
    [ "$code" -eq "$1" ] || fail "get_mnist.sh $2: exit code $code, expected $1: $(cat stderr)"
    [ "$1" -eq 0 ] || [ ! -e data/mnist ] || fail "get_mnist.sh $2 left $(ls data/mnist)"
}

get 0 good
diff -r good data/mnist || fail "other files than were given"

mkdir dotted folders packed
for name in "${names[@]}"; do
    dotted=${name/-idx/.idx}
    cp "good/$name" "dotted/$dotted"
    mkdir "folders/$name"
    cp "good/$name" "folders/$name/$name"
    gzip -c "good/$name" > "packed/$dotted.gz"
done
for given in dotted folders; do
    get 0 $given
    diff -r good data/mnist || fail "$given: not stored under the official names"
done
get 0 packed
[ "$(cd data/mnist && echo *)" = "$(printf '%s.gz\n' "${names[@]}" | sort | paste -sd ' ')" ] || fail "packed: $(ls data/mnist)"

# Others' contents are passed over where a good file follows, and refused where none does.
echo other > dotted/train-images-idx3-ubyte
get 0 dotted
diff -r good data/mnist || fail "a wrong file beside a right one"
echo other > dotted/train-images.idx3-ubyte
get 3 dotted
grep -q 'dotted/train-images.idx3-ubyte: SHA-256' stderr || fail "wrong contents: $(cat stderr)"
rm folders/t10k-labels-idx1-ubyte/*
get 3 folders
grep -q 'folders: has neither t10k-labels-idx1-ubyte nor .*gz, nor t10k-labels.idx1-ubyte, nor a directory' stderr ||
    fail "a missing file: $(cat stderr)"
finish
