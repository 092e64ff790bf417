#!/usr/bin/env bash
# How far this build's gradient tables are from the post's own: the mean of |log10(ours / post's)| over the post's rows
# (iterations 10 to 50 of epoch 1), the layers and the seeds. Needs MNIST. Exits with 1 where it is above the limit.
#   scripts/post_distance.sh [--seeds N] [--bnrun PATH]     default: 5 seeds, build/release/bnrun
set -euo pipefail

usage() {
  echo "post_distance: $1; usage: scripts/post_distance.sh [--seeds N] [--bnrun PATH]" >&2
  exit 2
}
seeds=5
bnrun=
while (($#)); do
  (($# >= 2)) || usage "$1: unknown, or its value is missing"
  case "$1" in
    --seeds) seeds=$2 ;;
    --bnrun) bnrun=$(realpath -- "$2") ;;
    *) usage "$1: unknown option" ;;
  esac
  shift 2
done
[[ "$seeds" =~ ^[1-9][0-9]*$ ]] || usage "--seeds $seeds: expected a whole number from 1 up"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bnrun=${bnrun:-$PWD/build/release/bnrun}
[[ -x "$bnrun" ]] || usage "$bnrun: no such program; build it with: cmake --preset release && cmake --build --preset release"

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

# distance POST OURS: sum of |log10(ours/post)| and how many norms; fails unless every norm of POST has a finite partner.
distance() {
  awk '
  /^epoch:/ { row = $0; sub(/\/.*/, "", row); next }
  NR == FNR { if (NF) { post[row] = $0; rows++ } next }
  NF && row in post {
    if (split(post[row], theirs, " ") != NF) { print row ": " NF " layers, not as many as the post has" >"/dev/stderr"; exit failed = 1 }
    for (i = 1; i <= NF; i++) {
      if ($i !~ /^[0-9]/ || !($i > 0)) { print row ": norm " $i " of layer " i " is not above 0" >"/dev/stderr"; exit failed = 1 }
      difference = log($i / theirs[i]) / log(10)
      sum += difference < 0 ? -difference : difference
      count++
    }
    found++
    row = ""
  }
  END {
    if (failed) exit 2
    if (!rows || found != rows) { print found + 0 " of the post'\''s " rows + 0 " rows found" >"/dev/stderr"; exit 2 }
    printf "%.9g %d\n", sum, count
  }' "$1" "$2"
}

# measure CONFIG POST LIMIT: prints each seed and all; false where all is above LIMIT.
measure() {
  local seed ours sums="$scratch/$1.sums"
  for ((seed = 1; seed <= seeds; seed++)); do
    ours=$scratch/$1.$seed
    "$bnrun" --config "configs/$1.json" --set "seed=$seed" --set log.every=0 --set log.print_every=10 \
      --out "$ours" >"$ours.txt" 2>"$ours.log" || { status=$?; cat "$ours.log" >&2; exit "$status"; }
    distance "$2" "$ours.txt" >"$ours.sum" || { echo "post_distance: $1, seed $seed: not comparable" >&2; exit 2; }
    awk -v name="$1" -v seed="$seed" '{ printf "%s seed %d: %.4f\n", name, seed, $1 / $2 }' "$ours.sum"
    cat "$ours.sum" >>"$sums"
  done
  awk -v name="$1" -v limit="$3" '
    { sum += $1; count += $2 }
    END {
      above = sum / count > limit
      printf "%s all: %.4f (limit %.2f)%s\n", name, sum / count, limit, above ? " ABOVE" : ""
      exit above
    }' "$sums"
}

result=0
measure sigmoid10 tests/golden/post/gradients_bn_off.txt 0.25 || result=1
measure sigmoid10_bn tests/golden/post/gradients_bn_on.txt 0.10 || result=1
exit "$result"
