#!/usr/bin/env bash
# check_commits.sh accepts lawful commits and rejects each kind of unlawful one. ($1, bnrun's path, is not needed.)
set -euo pipefail
check=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/scripts/check_commits.sh
if ! command -v git >/dev/null; then
  echo "commits_test: SKIPPED: git is not installed"
  exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_CEILING_DIRECTORIES=$scratch
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
tree=$scratch/tree
failures=0

fail() {
  echo "FAILED $1"
  failures=$((failures + 1))
}

# commit LINE…: an empty commit whose message has these lines.
commit() { printf '%s\n' "$@" | git -C "$tree" commit -q --allow-empty --cleanup=verbatim -F -; }

# fresh: a repository whose second commit adds the script; what comes before is not judged.
fresh() {
  rm -rf -- "$tree"
  mkdir -p "$tree/scripts"
  git -C "$tree" init -q -b main
  commit 'Added before there was a rule, and at such length that no subject may ever be as long as this one is'
  cp "$check" "$tree/scripts/"
  git -C "$tree" add scripts
  commit 'added the check, and is not judged'
  commit 'Lay out a lawful commit' '' 'Numbers: unchanged'
}

# judge NAME STATUS TEXT [RANGE]: the check exits with STATUS and prints TEXT; without TEXT it is silent.
judge() {
  local printed status=0
  printed=$("$tree/scripts/check_commits.sh" "${@:4}" 2>&1) || status=$?
  [[ $status -eq $2 && "$printed" == *"$3"* && (-n "$3" || -z "$printed") ]] ||
    fail "$1: exit $status, expected $2 and '$3', got: $printed"
}

# accepts NAME LINE…, rejects NAME TEXT LINE…: a commit with these lines, after a lawful one.
accepts() {
  fresh
  commit "${@:2}"
  judge "$1" 0 ''
}
rejects() {
  fresh
  commit "${@:3}"
  judge "$1" 1 "$2"
}

numbers='Numbers: unchanged'
accepts plain 'Use one list' '' "$numbers"
accepts body 'Use one list' '' 'Why: it was two.' 'It said so twice.' '' 'Numbers: last digits, as sums have another order'
accepts other_trailers 'Use one list' '' 'Reviewed-by: b <b@example.org>' "$numbers"
accepts longest "$(printf 'x%.0s' {1..72})" '' "$numbers"
accepts characters "$(printf 'ü%.0s' {1..72})" '' "$numbers"
rejects long 'a subject of 73 characters' "$(printf 'x%.0s' {1..73})" '' "$numbers"
rejects past "'Fixed' is not imperative" 'Fixed a list' '' "$numbers"
rejects third_person "'adds' is not imperative" 'adds a list' '' "$numbers"
rejects gerund "'Moving' is not imperative" 'Moving a list' '' "$numbers"
rejects no_trailer "no trailer 'Numbers: …'" 'Use one list' '' 'Body.'
rejects no_body "no trailer 'Numbers: …'" 'Use one list'
rejects not_last "no trailer 'Numbers: …'" 'Use one list' '' "$numbers" '' 'More words.'
rejects in_prose "no trailer 'Numbers: …'" 'Use one list' '' 'Some words about it,' 'and more of them,' 'and more,' "$numbers"
rejects empty "no trailer 'Numbers: …'" 'Use one list' '' 'Numbers:'
rejects folded "more than one line" 'Use one list' '' 'Numbers: last digits, as sums' '  have another order'
rejects twice "more than one line" 'Use one list' '' "$numbers" 'Numbers: last digits'

fresh
commit 'Use one list'
commit 'Use another list' '' "$numbers"
judge not_the_last 1 ': Use one list'
judge range 0 '' HEAD~1..HEAD
judge all 1 'Added before there was a rule' HEAD
judge no_range 2 'none..HEAD' none..HEAD
for ((i = 0; i < 20; i++)); do commit "Use list $i" '' "$numbers"; done
judge twenty 0 ''

fresh
git -C "$tree" checkout -q -b side HEAD~1
commit 'Use one list' '' "$numbers"
git -C "$tree" checkout -q main
git -C "$tree" merge -q --no-ff -m 'Merge side' side
judge merge 0 ''

git clone -q --depth 1 "file://$tree" "$scratch/shallow"
mkdir -p "$tree/inner" "$scratch/unpacked"
cp -r "$tree/scripts" "$tree/inner/"
cp -r "$tree/scripts" "$scratch/unpacked/"
tree=$scratch/shallow judge shallow 77 'a shallow clone'
tree=$scratch/unpacked judge unpacked 77 'no git repository'
tree=$scratch/tree/inner judge in_another_repository 77 'is not the top'
exit "$((failures > 0))"
