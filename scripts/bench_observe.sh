#!/usr/bin/env bash
# What each quantity of log.observe costs at every iteration, as a share of the iteration without, and what the same
# costs in PyTorch; prints tables (Markdown). scripts/bench.sh calls it.
#   scripts/bench_observe.sh [--quick]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

repeats=5
peer_iterations=40
case "${1:-}" in
  "") ;;
  --quick) repeats=1 peer_iterations=10 ;;
  *) echo "bench_observe: $1: unknown; usage: scripts/bench_observe.sh [--quick]" >&2; exit 2 ;;
esac
target=bnrun_epoch
# shellcheck source=scripts/bench_common.sh
source scripts/bench_common.sh
cores=$(nproc)

# cost REPEATS QUANTITIES: of sigmoid10_bn with that list, in percent; leaves the observed iteration's seconds.
cost() {
  local line
  line=$("$epoch" sigmoid10_bn "$cores" "$1" "data.dir=$data" "log.observe=$2")
  seconds=$(awk "BEGIN { print $(field observed_epoch_seconds <<<"$line") / 300 }")
  percent=$(awk "BEGIN { printf \"%.0f\", 100 * ($(field observed_epoch_seconds <<<"$line") / $(field epoch_seconds <<<"$line") - 1) }")
}

echo "| quantity, sigmoid10_bn with $cores threads | cost at every iteration |"
echo "| --- | --- |"
for quantity in gradient activation distribution saturation weight update normalization prediction; do
  cost "$repeats" "[\"$quantity\"]"
  echo "| $quantity | $percent % |"
done
for quantity in covariance landscape covariate_shift curvature; do
  cost 1 "[\"$quantity\"]"
  echo "| $quantity | $(awk "BEGIN { printf \"%.0f\", $percent / 100 }") iterations |"
done
default='["gradient","activation"]'
all='["gradient","activation","distribution","saturation","weight","update","normalization"]'
cost "$repeats" "$default"
default_percent=$percent
cost "$repeats" "$all"
all_percent=$percent all_seconds=$seconds
echo
echo "| goal | measured | goal |"
echo "| --- | --- | --- |"
echo "| the default quantities | $default_percent % | at most 8 % |"
echo "| with distribution, saturation, weight, update and normalization | $all_percent % | at most 25 % |"
python=/usr/bin/python3
if "$python" -c 'import torch' 2>/dev/null; then
  best=999
  for threads in 1 "$cores"; do
    line=$(env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE "$python" bench/peers/torch_observe.py "$data" 10x200 200 float32 \
      "$threads" "$peer_iterations")
    best=$(awk "BEGIN { v = $(field watched_seconds_per_iteration <<<"$line"); print (v < $best) ? v : $best }")
  done
  echo "| the same set in PyTorch, with hooks: an iteration takes | $(awk "BEGIN { printf \"%.1f\", $best / $all_seconds }")x | at least 10x |"
fi
