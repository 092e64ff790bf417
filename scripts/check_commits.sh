#!/usr/bin/env bash
# Checks commit messages: a subject of at most 72 characters in the imperative, and, as git interprets trailers, one trailer
# `Numbers: …` on one line, which says whether logged numbers change.
#   scripts/check_commits.sh [RANGE]     RANGE as git log takes it; default: the last 20 commits after the one that added this script
# Merges are not judged. Prints each offence and exits with 1; 2: no such range; 77 (skipped, for CTest): no history to look at.
set -euo pipefail
export LC_ALL=C.UTF-8 # characters are counted, not bytes
cd "$(dirname "${BASH_SOURCE[0]}")/.."

skip() {
  echo "check_commits: SKIPPED: $1"
  exit 77
}
root=$(git rev-parse --show-toplevel 2>/dev/null) || skip "no git repository"
[[ "$root" -ef . ]] || skip "$PWD is not the top of its git repository"
[[ "$(git rev-parse --is-shallow-repository)" == false ]] || skip "a shallow clone"
git rev-parse --quiet --verify HEAD >/dev/null || skip "no commit"

range=(--max-count=20)
if (($#)); then
  range=("$1")
else
  added=$(git log --diff-filter=A --format=%H -- scripts/check_commits.sh | tail -1)
  [[ -n "$added" ]] || skip "no commit adds scripts/check_commits.sh"
  range+=("$added..HEAD")
fi
commits=$(git rev-list --no-merges --reverse "${range[@]}" --) || exit 2

verbs='add|allow|change|check|count|drop|fix|keep|let|make|measure|mend|merge|move|read|remove|rename|replace|say|split|test|update|use|write'
other='kept|made|said|wrote|dropped|dropping|adding|changing|fixing|making|moving|removing|using'
bad=0
offence() {
  printf '%s: %s: %s\n' "${commit:0:12}" "$1" "$subject"
  bad=1
}
for commit in $commits; do
  subject=$(git log -1 --format=%s "$commit")
  ((${#subject} <= 72)) || offence "a subject of ${#subject} characters, expected at most 72"
  first=${subject%%[ :]*}
  if [[ "${first,,}" =~ ^(($verbs)(s|es|d|ed)|$other)$ ]]; then offence "'$first' is not imperative"; fi
  numbers=$(git log -1 --format='%(trailers:key=Numbers,valueonly=true,unfold=false)' "$commit")
  if [[ -z "${numbers//[[:space:]]/}" ]]; then
    offence "no trailer 'Numbers: …' in its last paragraph"
  elif [[ "$numbers" == *$'\n'* ]]; then
    offence "more than one line of 'Numbers: …'"
  fi
done
exit "$bad"
