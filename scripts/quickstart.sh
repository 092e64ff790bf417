#!/usr/bin/env bash
# From a fresh clone to the two tables: packages, build, data, then the 10-layer sigmoid net without and with BN.
# The tables go to stdout, all else to stderr; the runs stay in results/ and are replaced when this is run again.
set -euo pipefail
[[ $# -eq 0 ]] || { echo "quickstart: takes no arguments, got: $*" >&2; exit 2; }
invoked_from=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bnrun=build/release/bnrun

scripts/install_packages.sh
cmake --preset release -D CMAKE_UNITY_BUILD=ON >&2 # several sources in one compile sooner
cmake --build --preset release --target bnrun --parallel "$(nproc)" >&2

suffix=
source_options=()
status=0
(cd "$invoked_from" && "$OLDPWD/scripts/get_mnist.sh") || status=$?
case "$status" in
  0) data="MNIST" ;;
  3)
    data="SYNTHETIC digits, not MNIST"
    suffix=_synthetic
    source_options=(--set data.source=synthetic)
    echo "quickstart: MNIST is not to be had; falling back to the built-in SYNTHETIC digits" >&2
    ;;
  *) exit "$status" ;;
esac
unset BNRUN_DATA_DIR # the runs read data/mnist, which has just been checked

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
for config in sigmoid10 sigmoid10_bn; do
  name=$config$suffix
  echo "== $name ($data): norm of each layer's weight gradient, first layer first =="
  "$bnrun" --config "configs/$config.json" "${source_options[@]}" --set "name=$name" --out "results/$name" --force |
    tee "$scratch/$name"
  echo
done
echo "== $data =="
for config in sigmoid10 sigmoid10_bn; do
  printf '%-24s %s\n' "$config$suffix" "$(grep '^test error' "$scratch/$config$suffix")"
done
