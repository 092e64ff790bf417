#!/usr/bin/env bash
# Measures this machine's peak, bnrun and PyTorch on the same jobs in one run, and prints tables (Markdown) with ratios.
#   scripts/bench.sh [--quick]     --quick: fewer repeats and iterations, for a first look
# Needs MNIST ($BNRUN_DATA_DIR or data/mnist); Debian's libbenchmark-dev; for the peer, Debian's python3-torch.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

repeats=5
peer_iterations=100
case "${1:-}" in
  "") ;;
  --quick) repeats=1 peer_iterations=20 ;;
  *) echo "bench: $1: unknown; usage: scripts/bench.sh [--quick]" >&2; exit 2 ;;
esac
data=${BNRUN_DATA_DIR:-data/mnist}
if ! ls "$data"/train-images-idx3-ubyte* >/dev/null 2>&1; then
  echo "bench: no MNIST in $data; get it with scripts/get_mnist.sh" >&2
  exit 3
fi
cmake --preset bench >&2
cmake --build --preset bench --parallel "$(nproc)" >&2
epoch=build/bench/bench/bnrun_epoch
bnrun=build/bench/bnrun
python=/usr/bin/python3
if ! "$python" -c 'import torch' 2>/dev/null; then
  echo "bench: no PyTorch (apt-get install -y python3-torch); the peer's columns stay empty" >&2
  python=
fi
cores=$(nproc)

# field NAME: that number out of the JSON line on stdin.
field() { sed -E "s/.*\"$1\": ([0-9.e+-]+).*/\1/"; }
compute() { awk "BEGIN { printf \"%.$2f\", $1 }"; }

# OpenBLAS chooses its own kernels, whatever the environment says: the peer at its best.
# peer DEPTH WIDTH BATCH PRECISION: the best seconds per iteration over the numbers of threads, plain and observed.
peer() {
  local threads line plain=999 observed=999 value
  for threads in 1 "$cores"; do
    line=$(env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE "$python" bench/peers/torch_epoch.py "$data" "$@" "$threads" "$peer_iterations")
    value=$(field seconds_per_iteration <<<"$line")
    plain=$(awk "BEGIN { print ($value < $plain) ? $value : $plain }")
    value=$(field observed_seconds_per_iteration <<<"$line")
    observed=$(awk "BEGIN { print ($value < $observed) ? $value : $observed }")
  done
  echo "$plain $observed"
}

# row LABEL DEPTH WIDTH BATCH PRECISION: one line of the table.
row() {
  local label=$1 depth=$2 width=$3 batch=$4 precision=$5 line plain observed iterations peer_plain=- peer_observed=-
  local times=- observed_times=- torch
  line=$("$epoch" sigmoid10_bn "$cores" "$repeats" "data.dir=$data" "model.depth=$depth" "model.width=$width" \
    "train.batch_size=$batch" "precision=$precision")
  plain=$(field epoch_seconds <<<"$line")
  observed=$(field observed_epoch_seconds <<<"$line")
  iterations=$((60000 / batch))
  if [[ -n "$python" ]]; then
    torch=$(peer "$depth" "$width" "$batch" "$precision")
    peer_plain=$(compute "${torch% *} * $iterations" 2)
    peer_observed=$(compute "${torch#* } * $iterations" 2)
    times=$(compute "$peer_plain / $plain" 1)x
    observed_times=$(compute "$peer_observed / $observed" 1)x
  fi
  printf '| %s | %.2f s | %.0f %% | %.2f s | %.0f %% | %.0f %% | %s s | %s s | %s | %s |\n' "$label" "$plain" \
    "$(compute "100 * $(field share_of_peak <<<"$line")" 1)" "$observed" \
    "$(compute "100 * $(field observed_share_of_peak <<<"$line")" 1)" \
    "$(compute "100 * ($observed / $plain - 1)" 1)" "$peer_plain" "$peer_observed" "$times" "$observed_times"
}

echo "Machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $cores cores; $("$bnrun" --version)"
echo
echo "| epoch on MNIST, BN, $cores threads | bnrun | of peak | observed | of peak | cost | PyTorch | observed | bnrun is | observed |"
echo "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
row "10x200, batch 200" 10 200 200 float32
row "10x100, batch 200" 10 100 200 float32
row "10x200, batch 60" 10 200 60 float32
row "50x200, batch 200" 50 200 200 float32
row "10x1000, batch 200" 10 1000 200 float32
row "10x200, batch 200, float64" 10 200 200 float64
echo

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
echo "| a whole run of sigmoid10_bn | |"
echo "| --- | --- |"
/usr/bin/env time -f %M "$bnrun" --config sigmoid10_bn --set "data.dir=$data" --out "$scratch/run" >/dev/null 2>"$scratch/log"
echo "| peak memory | $(($(tail -1 "$scratch/log") / 1024)) MB |"
start=$(date +%s%N)
"$bnrun" --config sigmoid10_bn --set "data.dir=$data" --set log.print_every=1 --out "$scratch/first" 2>/dev/null | head -2 >/dev/null || true
echo "| start to first printed row | $(compute "($(date +%s%N) - $start) / 1e9" 2) s |"
one=$("$epoch" sigmoid10_bn 1 "$repeats" "data.dir=$data" | field epoch_seconds)
"$epoch" sigmoid10_bn 1 "$repeats" "data.dir=$data" >"$scratch/a" &
"$epoch" sigmoid10_bn 1 "$repeats" "data.dir=$data" >"$scratch/b"
wait
both=$(awk "BEGIN { print 1 / $(field epoch_seconds <"$scratch/a") + 1 / $(field epoch_seconds <"$scratch/b") }")
echo "| two runs at once, one thread each | $(compute "$both * $one" 2)x the throughput of one |"
