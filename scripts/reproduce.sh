#!/usr/bin/env bash
# Measures the claims of the post: runs each claim's sweeps (study/claims/), keeps its figures, its runs' rows and its pictures,
# and writes the page in English and Chinese.
#   scripts/reproduce.sh [--quick] [--out DIR] [--bnrun PATH] [CLAIM…]     default: all, into results/; 0 is the theory
#   scripts/reproduce.sh --page      writes only the page, from the CSVs that are there: after a change of a section.md
# --quick: few seeds and short runs, in about 5 minutes on 2 idle cores, into results/quick. Started again, it skips runs that are done.
# One claim's runs on many machines: bnrun sweep SPEC --out results/study/claimNN --task K --tasks N, then this script.
set -euo pipefail

usage() {
  echo "reproduce: $1; usage: scripts/reproduce.sh [--quick] [--page] [--out DIR] [--bnrun PATH] [CLAIM…]" >&2
  exit 2
}
quick=() out='' bnrun='' page_only='' claims=()
while (($#)); do
  case "$1" in
    --quick) quick=(--quick) ;;
    --page) page_only=1 ;;
    --out | --bnrun)
      (($# >= 2)) || usage "$1: its value is missing"
      declare "${1#--}=$(realpath -m -- "$2")"
      shift
      ;;
    0) claims+=(0) ;;
    *) claims+=("${1#0}") ;;
  esac
  shift
done
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=${out:-$PWD/results${quick:+/quick}} bnrun=${bnrun:-$PWD/build/release/bnrun}
[[ -z "${quick[*]}" || "$out" != "$PWD/results" ]] || usage "--quick does not go where the full page is"

for python in python3 /usr/bin/python3 ''; do
  [[ -n "$python" ]] || usage "no python3 with numpy and scipy; on Debian: apt-get install python3-numpy python3-scipy"
  ! "$python" -c 'import numpy, scipy' 2>/dev/null || break
done
study() { "$python" -B -m study "$@"; }

all=$(study list)
((${#claims[@]})) || mapfile -t claims < <(cut -d ' ' -f 1 <<<"$all")
for claim in "${claims[@]}"; do
  [[ $'\n'$all == *$'\n'"$claim "* ]] || usage "$claim: expected a claim from 0 to $(($(wc -l <<<"$all") - 1))"
done
[[ -z "$page_only" ]] || exec "$python" -B -m study page "$out" "${quick[@]}"
[[ -x "$bnrun" ]] || usage "$bnrun: no such program; build it with: cmake --preset release && cmake --build --preset release"
mkdir -p "$out/study" "$out/figures"

failed=()
for claim in "${claims[@]}"; do
  began=$SECONDS status=0
  echo "reproduce: claim $claim of ${claims[*]}: runs in $out/study" >&2
  study sweep "$claim" "$out" "$bnrun" "${quick[@]}" || status=$?
  ((status < 128 && status != 75)) || exit "$status" # interrupted; started again, it goes on
  if ((status)) || ! study analyse "$claim" "$out" "${quick[@]}" || ! study draw "$claim" "$out" "$bnrun"; then
    echo "reproduce: claim $claim: failed; see the logs in $out/study" >&2
    failed+=("$claim")
  fi
  echo "reproduce: claim $claim: $((SECONDS - began)) seconds" >&2
done
study page "$out" "${quick[@]}"
study cost "$out" >&2
echo "reproduce: $SECONDS seconds in all, this time" >&2
((${#failed[@]} == 0)) || { echo "reproduce: claims that failed: ${failed[*]}" >&2; exit 1; }
