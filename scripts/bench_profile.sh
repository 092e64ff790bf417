#!/usr/bin/env bash
# Where the time of training sigmoid10_bn goes, by samples: a table (Markdown) for one thread and for all cores.
#   scripts/bench_profile.sh
# Needs MNIST ($BNRUN_DATA_DIR or data/mnist), Debian's libbenchmark-dev and linux-perf.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v perf >/dev/null; then
  echo "bench_profile: no perf (apt-get install -y linux-perf)" >&2
  exit 1
fi
target=bnrun_epoch
# shellcheck source=scripts/bench_common.sh
source scripts/bench_common.sh
samples=$(mktemp)
trap 'rm -f -- "$samples"' EXIT

echo "| threads | products | each value between products | optimizer | gathering batches | waiting | other |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
for threads in 1 "$(nproc)"; do
  # With the cheapest norm, as little but training is to be sampled.
  perf record -q -e cpu-clock -o "$samples" "$epoch" sigmoid10_bn "$threads" 8 "data.dir=$data" log.norm=rms >/dev/null
  perf report -i "$samples" --no-children -F sample,symbol 2>/dev/null | grep -v '^#' | awk -v threads="$threads" '
    /measured_peak/ { next }  # measures the machine
    /multiply_block|multiply_panels|add_samples|multiply_over/ { products += $1; all += $1; next }
    /Optimizer|update_entries|add_rows/ { optimizer += $1; all += $1; next }
    /Inputs/ { batches += $1; all += $1; next }
    /ThreadTeam/ { waiting += $1; all += $1; next }
    /BatchNorm|_rows|_moments|ctivat|multiply_by_derivative|Panels|transpose|Dense|Dropout/ { between += $1; all += $1; next }
    { all += $1 }
    END {
      other = all - products - between - optimizer - batches - waiting
      printf "| %d | %.0f %% | %.0f %% | %.1f %% | %.1f %% | %.0f %% | %.0f %% |\n", threads, 100 * products / all,
        100 * between / all, 100 * optimizer / all, 100 * batches / all, 100 * waiting / all, 100 * other / all
    }'
done
