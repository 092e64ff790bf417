#!/usr/bin/env bash
# Measures this machine's peak, bnrun and PyTorch on the same jobs in one run, and prints tables (Markdown) with ratios.
#   scripts/bench.sh [--quick]     --quick: fewer repeats and iterations, for a first look
# Needs MNIST ($BNRUN_DATA_DIR or data/mnist); Debian's libbenchmark-dev; for the peer, python3-torch and
# libopenblas0-pthread, without which Debian's PyTorch multiplies with the reference BLAS, ten times slower.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

repeats=5
peer_iterations=100
case "${1:-}" in
  "") ;;
  --quick) repeats=1 peer_iterations=20 ;;
  *) echo "bench: $1: unknown; usage: scripts/bench.sh [--quick]" >&2; exit 2 ;;
esac
# shellcheck source=scripts/bench_common.sh
source scripts/bench_common.sh
bnrun=build/bench/bnrun
cores=$(nproc)
python=/usr/bin/python3
blas=$(readlink -f /usr/lib/x86_64-linux-gnu/libblas.so.3 || true)
if ! "$python" -c 'import torch' 2>/dev/null || [[ "$blas" != *openblas* ]]; then
  echo "bench: no PyTorch with OpenBLAS (apt-get install -y python3-torch libopenblas0-pthread); its columns stay empty" >&2
  python=
fi

compute() { awk "BEGIN { printf \"%.$2f\", $1 }"; }

# peer NET… BATCH PRECISION: the best seconds per iteration over the nets and numbers of threads, plain and observed.
# OpenBLAS chooses its own kernels, whatever the environment says: the peer at its best.
peer() {
  local nets=$1 net threads line plain=999 observed=999 value
  for net in $nets; do
    for threads in 1 "$cores"; do
      line=$(env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE "$python" bench/peers/torch_epoch.py "$data" "$net" "$2" "$3" \
        "$threads" "$peer_iterations")
      value=$(field seconds_per_iteration <<<"$line")
      plain=$(awk "BEGIN { print ($value < $plain) ? $value : $plain }")
      value=$(field observed_seconds_per_iteration <<<"$line")
      observed=$(awk "BEGIN { print ($value < $observed) ? $value : $observed }")
    done
  done
  echo "$plain $observed"
}

# row LABEL NETS BATCH PRECISION CONFIG [KEY=VALUE…]: one line of the table, of the config and the peer's nets; leaves
# share, observed_share, cost, times, observed_times and peak (GFLOP/s of all threads) for the table of goals.
row() {
  local label=$1 nets=$2 batch=$3 precision=$4 line plain observed iterations torch peer_plain peer_observed
  local peers='- | -'
  line=$("$epoch" "$5" "$cores" "$repeats" "data.dir=$data" "train.batch_size=$batch" "precision=$precision" "${@:6}")
  plain=$(field epoch_seconds <<<"$line")
  observed=$(field observed_epoch_seconds <<<"$line")
  share=$(compute "100 * $(field share_of_peak <<<"$line")" 0)
  observed_share=$(compute "100 * $(field observed_share_of_peak <<<"$line")" 0)
  peak=$(compute "$(field peak_gflops <<<"$line")" 0)
  cost=$(compute "100 * ($observed / $plain - 1)" 0)
  iterations=$((60000 / batch))
  times=- observed_times=-
  if [[ -n "$python" ]]; then
    torch=$(peer "$nets" "$batch" "$precision")
    peer_plain=$(compute "${torch% *} * $iterations" 2)
    peer_observed=$(compute "${torch#* } * $iterations" 2)
    peers="$peer_plain s | $peer_observed s"
    times=$(compute "$peer_plain / $plain" 1)x
    observed_times=$(compute "$peer_observed / $observed" 1)x
  fi
  printf '| %s | %.2f s | %s %% | %.2f s | %s %% | %s %% | %s | %s | %s |\n' "$label" "$plain" "$share" \
    "$observed" "$observed_share" "$cost" "$peers" "$times" "$observed_times"
}

echo "Machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $cores cores; $("$bnrun" --version)"
echo
echo "| epoch on MNIST, $cores threads | bnrun | of peak | observed | of peak | cost | PyTorch | observed | bnrun is | observed |"
echo "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
row "10x200, batch 200" 10x200 200 float32 sigmoid10_bn model.depth=10 model.width=200
main="$share $observed_share $cost $times $observed_times"
row "10x100, batch 200" 10x100 200 float32 sigmoid10_bn model.depth=10 model.width=100
row "10x200, batch 60" 10x200 60 float32 sigmoid10_bn model.depth=10 model.width=200
row "50x200, batch 200" 50x200 200 float32 sigmoid10_bn model.depth=50 model.width=200
row "10x1000, batch 200" 10x1000 200 float32 sigmoid10_bn model.depth=10 model.width=1000
row "10x200, batch 200, float64" 10x200 200 float64 sigmoid10_bn model.depth=10 model.width=200
float64=$share
row "lenet_bn, batch 100" "lenet_bn lenet_bn_last" 100 float32 lenet_bn
lenet="$share $times $observed_times"
lrn='[{"kind":"conv","channels":20,"kernel":5},{"kind":"lrn"},{"kind":"pool"},{"kind":"conv","channels":50,"kernel":5},
  {"kind":"lrn"},{"kind":"pool"},{"kind":"dense","units":500}]'
row "lenet with two LRN layers, batch 100" "lenet_lrn lenet_lrn_last" 100 float32 lenet "model.layers=$lrn"
lrn_times=$times
BNRUN_ISA=avx2 python='' row "10x200, batch 200, AVX2" 10x200 200 float32 sigmoid10_bn model.depth=10 model.width=200
avx2="$share $observed_share $peak"
echo

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
/usr/bin/env time -f %M "$bnrun" --config sigmoid10_bn --set "data.dir=$data" --out "$scratch/run" >/dev/null 2>"$scratch/log"
memory=$(($(tail -1 "$scratch/log") / 1024))
start=$(date +%s%N)
# The run goes on when nobody reads its rows any more, so the time is taken by the reader.
end=$("$bnrun" --config sigmoid10_bn --set "data.dir=$data" --set log.print_every=1 --out "$scratch/first" 2>/dev/null |
  { read -r _; date +%s%N; cat >/dev/null; })
first_row=$(compute "($end - $start) / 1e9" 2)
one=$("$epoch" sigmoid10_bn 1 "$repeats" "data.dir=$data")
"$epoch" sigmoid10_bn 1 "$repeats" "data.dir=$data" >"$scratch/a" &
"$epoch" sigmoid10_bn 1 "$repeats" "data.dir=$data" >"$scratch/b"
wait
both=$(awk "BEGIN { print 1 / $(field epoch_seconds <"$scratch/a") + 1 / $(field epoch_seconds <"$scratch/b") }")

read -r share observed_share cost times observed_times <<<"$main"
echo "| goal, sigmoid10_bn with $cores threads | measured | goal |"
echo "| --- | --- | --- |"
echo "| share of peak, no logging (one thread: $(compute "100 * $(field share_of_peak <<<"$one")" 0) %) | $share % | at least 75 %, 72 % with two |"
echo "| share of peak, observed at every iteration | $observed_share % | at least 65 % |"
read -r avx2_share avx2_observed_share avx2_peak <<<"$avx2"
avx2_peak=$(compute "$avx2_peak / $cores" 0)
echo "| the same two with AVX2 alone, at $avx2_peak GFLOP/s a core | $avx2_share % and $avx2_observed_share % | at least 72 % and 65 % |"
echo "| what observing costs | $cost % | at most 8 % |"
echo "| faster than PyTorch, no logging | $times | at least 3.5x |"
echo "| faster than PyTorch, both observed | $observed_times | at least 8x |"
read -r lenet_share lenet_times lenet_observed_times <<<"$lenet"
echo "| lenet_bn: share of peak | $lenet_share % | at least 50 % |"
echo "| lenet_bn: faster than PyTorch, plain and observed | $lenet_times and $lenet_observed_times | at least 3x and 6x |"
echo "| lenet with two LRN layers: faster than PyTorch | $lrn_times | at least 5x |"
echo "| share of float64's own peak | $float64 % | at least 45 % |"
echo "| peak memory of a run | $memory MB | at most 150 MB |"
echo "| start to first printed row | $first_row s | at most 0.5 s |"
echo "| two runs at once, one thread each, against one | $(compute "$both * $(field epoch_seconds <<<"$one")" 2)x | at least 1.9x |"

echo
scripts/bench_observe.sh "$@"
