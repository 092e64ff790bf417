# shellcheck shell=bash disable=SC2034
# What the benchmark scripts share; to be sourced from the repository's root. Sets `data` and `epoch`. Builds all, or
# what `target` names.
data=${BNRUN_DATA_DIR:-data/mnist}
if ! ls "$data"/train-images-idx3-ubyte* >/dev/null 2>&1; then
  echo "$0: no MNIST in $data; get it with scripts/get_mnist.sh" >&2
  exit 3
fi

# build PRESET [TARGET]
build() {
  cmake --preset "$1" >&2
  cmake --build --preset "$1" --parallel "$(nproc)" ${2:+--target "$2"} >&2
}
build bench "${target:-}"
epoch=build/bench/bench/bnrun_epoch

# field NAME: that number out of the JSON line on stdin.
field() { sed -E "s/.*\"$1\": ([0-9.e+-]+).*/\1/"; }
