#!/usr/bin/env bash
# Puts the four MNIST files into data/mnist: from DIR, else from $BNRUN_DATA_DIR, else by download.
#   scripts/get_mnist.sh [DIR]
# What is accepted, and exit codes: scripts/get_idx_common.sh.
set -euo pipefail
# shellcheck disable=SC2034 # the other script uses them
script=get_mnist what=MNIST target=data/mnist
mirrors=(https://ossci-datasets.s3.amazonaws.com/mnist https://storage.googleapis.com/cvdf-datasets/mnist)
declare -A sha256=(
  [train-images-idx3-ubyte]=ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db
  [train-labels-idx1-ubyte]=65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5
  [t10k-images-idx3-ubyte]=0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7
  [t10k-labels-idx1-ubyte]=ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2
)
# shellcheck source=scripts/get_idx_common.sh
source "$(dirname "${BASH_SOURCE[0]}")/get_idx_common.sh"

other_place() {
  [[ -n "${BNRUN_DATA_DIR:-}" ]] || return 0
  if directory=$(cd -- "$invoked_from" && cd -- "$BNRUN_DATA_DIR" 2>/dev/null && pwd); then
    place=BNRUN_DATA_DIR
  else
    echo "$script: BNRUN_DATA_DIR=$BNRUN_DATA_DIR is no directory; trying the public mirrors" >&2
  fi
}
get_files "$@"
