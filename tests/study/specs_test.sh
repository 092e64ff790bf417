#!/usr/bin/env bash
# That every sweep of the study, and its quick version, is one that bnrun accepts, with at least 5 seeds and 2. A sweep that
# only selects settings has at least 3 of them and 1; then the one that decides has 10 and 2.
. "$(dirname "$0")/../cli/support.sh"

export PYTHONDONTWRITEBYTECODE=1
accept() { # SEEDS SPEC WHICH: writes the number of points to "points"
    expect_exit 0 sweep "$2" --dry-run --out "$scratch/none"
    seeds=$(grep -o 'seed=[0-9]*' "$scratch/stdout" | sort -u | wc -l)
    [ "$seeds" -ge "$1" ] || fail "$3: $seeds seeds"
    wc -l < "$scratch/stdout" >> "$scratch/points"
}
mapfile -t claims < <(python3 -m study list)
[ "${#claims[@]}" -gt 0 ] || fail "the study lists no claims"
for claim in "${claims[@]}"; do
    number=${claim%% *} spec=${claim#* } seeds=5 quick_seeds=2
    if [ -e "${spec%/*}/decide.json" ]; then
        seeds=3 quick_seeds=1
        python3 tests/study/decide_spec.py "$number" > "$scratch/decide.json" || fail "decide.json beside $spec"
        python3 tests/study/decide_spec.py "$number" --quick > "$scratch/quick.json" || fail "quick decide.json beside $spec"
        accept 10 "$scratch/decide.json" "decide.json beside $spec"
        accept 2 "$scratch/quick.json" "quick decide.json beside $spec"
    fi
    python3 -m study quick-spec "$number" > "$scratch/quick.json" || fail "quick-spec of $spec"
    accept "$seeds" "$spec" "$spec"
    accept "$quick_seeds" "$scratch/quick.json" "quick-spec of $spec"
done
paste - - < "$scratch/points" | while read -r full quick; do
    [ "$quick" -lt "$full" ] || [ "$full" -le 30 ] || echo "quick has $quick points of $full"
done | grep . && fail "a quick version is not smaller"
finish
