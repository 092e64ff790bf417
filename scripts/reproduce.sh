#!/usr/bin/env bash
# Measures the claims of the post: runs each claim's sweep (study/claims/), keeps its figures and pictures, writes the page.
#   scripts/reproduce.sh [--quick] [--out DIR] [--bnrun PATH] [CLAIM…]     default: all 15, into results/
#   scripts/reproduce.sh --page      writes only the page, from the CSVs that are there: after a change in study/claims/*/section.md
# --quick: few seeds and short runs, in under 10 minutes, into results/quick. Started again, it skips runs that are done.
# One claim's runs on many machines: bnrun sweep SPEC --out results/study/claimNN --task K --tasks N, then this script.
set -euo pipefail

usage() {
  echo "reproduce: $1; usage: scripts/reproduce.sh [--quick] [--page] [--out DIR] [--bnrun PATH] [CLAIM…]" >&2
  exit 2
}
quick=()
out=
bnrun=
page_only=
claims=()
while (($#)); do
  case "$1" in
    --quick) quick=(--quick) ;;
    --page) page_only=1 ;;
    --out | --bnrun)
      (($# >= 2)) || usage "$1: its value is missing"
      if [[ "$1" == --out ]]; then out=$(realpath -m -- "$2"); else bnrun=$(realpath -- "$2"); fi
      shift
      ;;
    *)
      [[ "$1" =~ ^0?([1-9]|1[0-5])$ ]] || usage "$1: expected a claim from 1 to 15"
      claims+=("${BASH_REMATCH[1]}")
      ;;
  esac
  shift
done
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=${out:-$PWD/results${quick:+/quick}}
if ((${#quick[@]})) && [[ "$out" == "$PWD/results" ]]; then usage "--quick does not go where the full page is"; fi

python=
for candidate in python3 /usr/bin/python3; do
  if "$candidate" -c 'import numpy, scipy' 2>/dev/null; then
    python=$candidate
    break
  fi
done
[[ -n "$python" ]] || usage "no python3 with numpy and scipy; on Debian: apt-get install python3-numpy python3-scipy"
study() { PYTHONDONTWRITEBYTECODE=1 "$python" -m study "$@"; }
((${#claims[@]})) || mapfile -t claims < <(study list | cut -d ' ' -f 1)
if [[ -n "$page_only" ]]; then
  study page "$out" "${quick[@]}"
  exit
fi
bnrun=${bnrun:-$PWD/build/release/bnrun}
[[ -x "$bnrun" ]] || usage "$bnrun: no such program; build it with: cmake --preset release && cmake --build --preset release"
mkdir -p "$out/study" "$out/figures"

# progress: of a sweep's log, the errors other than divergence and every 20th line.
progress() {
  local line count=0
  while IFS= read -r line; do
    if ((count++ % 20 == 0)) || [[ "$line" == *" error: "* && "$line" != *diverged* ]]; then printf '%s\n' "$line"; fi
  done
}

# sweep NUMBER RUNS: true also where some runs diverged. Claim 3's thousands of models would fill 7 GB, so it goes in shares;
# models that no analysis reads are removed.
sweep() {
  local spec share shares=1 status=0
  spec=$(compgen -G "study/claims/$(printf '%02d' "$1")_*/spec.json")
  if ((${#quick[@]})); then
    study quick-spec "$1" >"$2.json"
    spec=$2.json
  fi
  [[ "$1" != 3 ]] || shares=10
  : >"$2.log"
  for ((share = 1; share <= shares; share++)); do
    "$bnrun" sweep "$spec" --out "$2" --task "$share" --tasks "$shares" 2>&1 >/dev/null |
      tee -a "$2.log" | progress >&2 || status=$?
    ((status <= 1)) || return "$status"
    case "$1" in 1 | 2 | 4 | 12 | 14) ;; *) find "$2" -name model.safetensors -delete ;; esac
  done
  "$bnrun" sweep "$spec" --out "$2" --collect >"$2.txt" 2>>"$2.log" || status=$?
  ((status <= 1)) || return "$status"
}

# draw NAME RUN…: keeps those of $pictures that bnrun draws of these runs, or of a sweep's directory, as figures/NAME_….svg;
# $moment is the option that says which iteration those by layer show.
# A run may be LABEL::PATH, where the label says in the legend what the run is.
draw() {
  local name=$1 run scratch labels=()
  shift
  scratch=$(mktemp -d)
  for run in "$@"; do
    [[ -d "${run##*::}" ]] || continue
    labels+=("${run%%::*}")
    [[ "$run" == *::* ]] || continue
    cp -r "${run##*::}" "$scratch/${run%%::*}"
    sed -i "0,/\"name\": \".*\"/s//\"name\": \"${run%%::*}\"/" "$scratch/${run%%::*}/config.json"
  done
  if (cd "$scratch" && "$bnrun" report "${labels[@]}" --svg svg "${moment[@]}" >log 2>&1); then
    for run in "${pictures[@]}"; do
      if [[ -e "$scratch/svg/$run.svg" ]]; then cp "$scratch/svg/$run.svg" "$out/figures/${name}_$run.svg"; fi
    done
  else
    echo "reproduce: $name: no pictures: $(tail -1 "$scratch/log")" >&2
  fi
  rm -r -- "$scratch"
}

# draw_each NAME BEFORE AFTER: of the runs BEFORE*AFTER, each labelled by what stands for the asterisk.
draw_each() {
  local name=$1 run label labelled=()
  for run in "$2"*"$3"; do
    label=${run#"$2"}
    label=${label%"$3"}
    labelled+=("${label//_/ }::$run")
  done
  draw "$name" "${labelled[@]}"
}

# draw_valley NAME RUNS: claim 3's distances, which a sweep's summary gives in the place of the test error. The report wants
# a run beside it.
draw_valley() {
  local valley first picture=$out/figures/$1_valley.svg
  valley=$(mktemp -d)
  study distances "$2" >"$valley/summary.csv"
  first=$(sed -n '2s/,.*//p' "$valley/summary.csv")
  cp -r "$2/config=off,width=200,preprocess=none,scheme=published,seed=1,name=rmsprop,learning_rate=4e-5" "$valley/$first"
  draw "$1" "$valley"
  rm -r -- "$valley"
  if [[ -e "$out/figures/$1_sweep.svg" ]]; then
    mv "$out/figures/$1_sweep.svg" "$picture"
    sed -i -e 's/test error (fraction of samples classified wrongly)/distance to the tables of the post (decades)/' \
      -e 's/Test error against/Distance to the tables against/; s/lowest test error/smallest distance/g' "$picture"
  fi
}

# draw_part NAME RUNS PART: of a sweep with more settings than a picture takes, the points whose names have PART.
draw_part() {
  local part
  part=$(mktemp -d)
  awk -v part="$3" 'NR == 1 || index($0, part)' "$2/summary.csv" >"$part/summary.csv"
  find "$2" -maxdepth 1 -type d -name "*$3*" -exec cp -r -t "$part" {} +
  draw "$1" "$part"
  rm -r -- "$part"
}

# illustrate NUMBER RUNS
illustrate() {
  local name part runs=$2 all=${2%/*} pair moment=() pictures=()
  name=$(basename "$runs")
  case "$1" in
    1 | 2)
      pair=("without BN::$all/claim01/config=one_epoch,seed=1" "with BN::$all/claim02/config=one_epoch,seed=1")
      pictures=(gradient_norms gradients_over_iterations)
      draw claim01 "${pair[@]}"
      pictures=(gradient_heatmap)
      [[ "$1" == 1 ]] || draw claim02 "${pair[@]}"
      ;;
    3) pictures=(sweep) && draw_valley "$name" "$runs" ;;
    4)
      pictures=(activation_ranges) moment=(--iteration last)
      draw "$name" "gamma and beta learned::$runs/config=learned,seed=1,train_samples=60000,epochs=1" \
        "neither::$runs/config=fixed,seed=1,train_samples=60000,epochs=1"
      ;;
    5 | 6 | 7 | 8)
      pictures=(error)
      draw_each "$name" "$runs/config=" ,learning_rate=4e-5,seed=1
      ;;
    9)
      pictures=(sweep)
      for part in rmsprop sgd; do draw_part "${name}_$part" "$runs" "name=$part,"; done
      ;;
    15)
      pictures=(sweep)
      for part in 4e-5 4e-4; do draw_part "${name}_$part" "$runs" "learning_rate=$part,"; done
      ;;
    10 | 11 | 13) pictures=(sweep) && draw "$name" "$runs" ;;
    12) pictures=(loss) && draw_each "$name" "$runs/config=relu10,preprocess=" ,seed=1 ;;
    14) pictures=(gradient_norms) moment=(--iteration last) && draw_each "$name" "$runs/config=sigmoid_bn,fidelity=" ,seed=1 ;;
  esac
}

failed=()
times=()
for claim in "${claims[@]}"; do
  runs=$out/study/claim$(printf '%02d' "$claim")
  began=$SECONDS
  echo "reproduce: claim $claim of ${claims[*]}: runs in $runs" >&2
  status=0
  sweep "$claim" "$runs" || status=$?
  ((status != 130)) || exit 130
  if ((status)) || ! study analyse "$claim" "$out" "${quick[@]}"; then
    echo "reproduce: claim $claim: failed; see $runs.log" >&2
    failed+=("$claim")
  else
    illustrate "$claim" "$runs"
  fi
  times+=("$(printf 'claim %2d: %5d seconds' "$claim" $((SECONDS - began)))")
  echo "reproduce: ${times[-1]}" >&2
done
study page "$out" "${quick[@]}"
printf '%s\n' "${times[@]}" "all     : $(printf '%6d' "$SECONDS") seconds"
if ((${#failed[@]})); then
  echo "reproduce: claims that failed: ${failed[*]}" >&2
  exit 1
fi
