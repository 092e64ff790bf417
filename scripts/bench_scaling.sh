#!/usr/bin/env bash
# How the cost of an epoch grows with width, depth, batch and threads: results/scaling.csv, and its picture scaling.svg.
#   scripts/bench_scaling.sh [DIRECTORY]     default: results
# Needs MNIST ($BNRUN_DATA_DIR or data/mnist), Debian's libbenchmark-dev and, for the picture, gnuplot-nox.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

directory=${1:-results}
# shellcheck source=scripts/bench_common.sh
source scripts/bench_common.sh
mkdir -p "$directory"
csv=$directory/scaling.csv

# measure AXIS VALUE THREADS KEY=VALUE: one line of the table.
measure() {
  local line
  line=$("$epoch" sigmoid10_bn "$3" 1 "data.dir=$data" "$4")
  echo "$1,$2,$3,$(field epoch_seconds <<<"$line"),$(field observed_epoch_seconds <<<"$line"),$(field share_of_peak <<<"$line"),$(field observed_share_of_peak <<<"$line")"
}

{
  echo "axis,value,threads,epoch_seconds,observed_epoch_seconds,share_of_peak,observed_share_of_peak"
  for threads in $(seq "$(nproc)"); do
    for width in 50 100 200 400 800; do measure width "$width" "$threads" "model.width=$width"; done
    for depth in 2 5 10 20 50; do measure depth "$depth" "$threads" "model.depth=$depth"; done
    for batch in 20 60 200 600 1000; do measure batch "$batch" "$threads" "train.batch_size=$batch"; done
  done
} | tee "$csv.tmp"
mv "$csv.tmp" "$csv"

if ! command -v gnuplot >/dev/null; then
  echo "bench_scaling: no gnuplot (apt-get install -y gnuplot-nox); no picture" >&2
  exit 0
fi
plot=$(mktemp)
trap 'rm -f -- "$plot"' EXIT
cat >"$plot" <<'PLOT'
set terminal svg size 900,330 background "white" font "sans-serif,13"
set datafile separator ","
set multiplot layout 1,3
set logscale xy
set yrange [0.1:40]
set ylabel "seconds an epoch"
set grid
set xtics nomirror
set ytics nomirror
do for [axis in "width depth batch"] {
  set xlabel axis
  if (axis eq "width") { set key top left Left reverse samplen 2 } else { unset key }
  plot csv using (strcol(1) eq axis && column(3) == 1 ? column(2) : NaN):4 with linespoints lw 2 pt 7 lc rgb "#0072b2" title "1 thread", \
       csv using (strcol(1) eq axis && column(3) == 1 ? column(2) : NaN):5 with linespoints lw 2 dt 2 pt 6 lc rgb "#0072b2" title "1, observed", \
       csv using (strcol(1) eq axis && column(3) == most ? column(2) : NaN):4 with linespoints lw 2 pt 7 lc rgb "#d55e00" title sprintf("%d threads", most), \
       csv using (strcol(1) eq axis && column(3) == most ? column(2) : NaN):5 with linespoints lw 2 dt 2 pt 6 lc rgb "#d55e00" title sprintf("%d, observed", most)
}
unset multiplot
PLOT
gnuplot -e "csv='$csv'; most=$(nproc)" "$plot" >"$directory/scaling.svg"
