#!/usr/bin/env bash
# That every sweep of the study, and its quick version, is one that bnrun accepts, with at least 5 seeds and 2.
. "$(dirname "$0")/../cli/support.sh"

export PYTHONDONTWRITEBYTECODE=1
mapfile -t claims < <(python3 -m study list)
[ "${#claims[@]}" -gt 0 ] || fail "the study lists no claims"
for claim in "${claims[@]}"; do
    spec=${claim#* }
    python3 -m study quick-spec "${claim%% *}" > "$scratch/quick.json" || fail "quick-spec of $spec"
    for version in "5 $spec" "2 $scratch/quick.json"; do
        expect_exit 0 sweep "${version#* }" --dry-run --out "$scratch/none"
        seeds=$(grep -o 'seed=[0-9]*' "$scratch/stdout" | sort -u | wc -l)
        [ "$seeds" -ge "${version%% *}" ] || fail "$version: $seeds seeds"
        wc -l < "$scratch/stdout" >> "$scratch/points"
    done
done
[ "$(wc -l < "$scratch/points")" -eq $((2 * ${#claims[@]})) ] || fail "points: $(cat "$scratch/points")"
paste - - < "$scratch/points" | while read -r full quick; do
    [ "$quick" -lt "$full" ] || [ "$full" -le 30 ] || echo "quick has $quick points of $full"
done | grep . && fail "a quick version is not smaller"
finish
