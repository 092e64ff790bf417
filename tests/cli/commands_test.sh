#!/bin/bash
# The commands that do not train, and how the command line answers.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
root=$(realpath "$(dirname "$0")/../..")
cd "$scratch" || exit 1

expect_exit 0 --version
grep -Eq '^bnrun [0-9.]+ \(commit .+, .+, .+\)$' stdout || fail "--version: $(cat stdout)"
[ "$(wc -l < stdout)" -eq 1 ] || fail "--version is not one line"
expect_exit 0 --help
grep -q -- --dry-run stdout || fail "--help lacks --dry-run"
# The exit codes have one list: what --help shows of it, the manual page and docs/guide.md have, too.
sed -n '/^Exit codes:/,/^$/s/^  \([0-9]*\) *\(.*\)/| \1 | \2 |/p' stdout > codes
for code in 0 1 2 3 4 5 70 75 130 141 143; do grep -q "^| $code | " codes || fail "--help lacks exit code $code"; done
sed -n '/^| exit code/,/^$/p' "$root/docs/guide.md" | tail -n +3 | sed '/^$/d' | cmp - codes || fail "the guide's exit codes"
"$bnrun" man | sed -n '/^.SH EXIT STATUS/,/^.SH ENV/p' | sed 's/\\-/-/g' | grep -v '^\.\(SH\|TP\)' |
    sed 's/^\.B //' | paste -d '|' - - | sed 's/^\(.*\)|\(.*\)/| \1 | \2 |/' | cmp - codes ||
    fail "the manual page's exit codes"

# So have the commands and the formats of export.
sed -n '/^Subcommands:/,/^$/p' stdout | awk 'NR > 1 && NF { print $1 }' | sort > listed
sed -n '/^## Commands/,/^stdout/p' "$root/docs/guide.md" | grep -o '`bnrun [a-z][a-z-]*' | sed 's/`bnrun //; /^$/d' | sort -u |
    diff - listed || fail "the guide's commands are not those of --help"
"$bnrun" complete -- export --format '' | cut -f 1 > formats
[ "$(wc -l < formats)" -ge 3 ] || fail "the formats of export: $(cat formats)"
while read -r format; do
    grep -q "^| .bnrun export .*\`$format\`" "$root/docs/guide.md" || fail "the guide lacks the format $format"
done < formats

expect_exit 0 eval --help
grep -q RUN stdout || fail "eval --help lacks RUN"
for words in '' run; do
    # shellcheck disable=SC2086
    expect_exit 2 $words
    grep -q -- 'bnrun --config sigmoid10_bn' stderr || fail "no arguments: nothing on stderr that says what to type"
    [ "$(wc -l < stderr)" -le 10 ] || fail "no arguments: $(wc -l < stderr) lines"
    [ ! -s stdout ] || fail "no arguments: help on stdout"
done
expect_exit 0 run --config "$scratch/small.json" --dry-run

expect_exit 0 schema
if command -v python3 > /dev/null; then
    python3 -m json.tool stdout > /dev/null || fail "the schema is not JSON"
fi
grep -q 'https://json-schema.org/draft/2020-12/schema' stdout || fail "the schema does not name its draft"
expect_exit 0 schema --markdown
grep -q 'train.batch_size' stdout || fail "the reference page lacks train.batch_size"
code=0
"$bnrun" schema >&- 2> stderr || code=$?
[ $code -eq 5 ] || fail "closed stdout: exit code $code, expected 5"

# --- a stdout whose reader has gone, as head does: the end, without a word of error
expect_exit 0 --config small.json --out read
mkfifo pipe
exec 8<> pipe 9> pipe 8>&-
# expect_quiet CODE ARGUMENT...
expect_quiet() {
    local code=0
    "$bnrun" "${@:2}" >&9 2> stderr || code=$?
    [ $code -eq "$1" ] || fail "nobody reads stdout: exit code $code, expected $1: bnrun ${*:2}"
    ! grep ' error: ' stderr || fail "nobody reads stdout: bnrun ${*:2}: $(cat stderr)"
}
for command in --help --version schema man 'completion bash' 'export read --format jsonl' 'report read -o -' 'diff read read --all' \
    'check read' 'eval read' 'show read' 'show read --json' 'list .' 'list --json .' '--config small.json --dry-run' \
    'sweep --config small.json --grid seed=1:2 --dry-run'; do
    # shellcheck disable=SC2086
    expect_quiet 141 $command
done
# What trains has its results in files, and goes on.
expect_quiet 0 --config small.json --out unread
expect_same read unread gradients.txt gradients.csv epochs.csv model.safetensors
grep -q '"status": "done"' unread/summary.json || fail "a run whose stdout nobody reads: $(head -2 unread/summary.json)"
expect_quiet 0 sweep --config small.json --grid seed=1:2 --out swept
[ -s swept/summary.csv ] || fail "a sweep whose stdout nobody reads leaves no summary.csv"
exec 9>&-
rm -r read unread swept

for mistaken in evl shema gradchek; do
    expect_exit 2 $mistaken
    expect_one_error $mistaken
    grep -q 'did you mean' stderr || fail "no suggestion for $mistaken: $(cat stderr)"
done
# A word that is no command is not taken for an option, however near that is.
expect_exit 2 results /tmp
expect_one_error 'a word that is no command'
grep -q 'results: no such command; expected eval, check, ' stderr || fail "a word that is no command: $(cat stderr)"
expect_exit 2 small.json
grep -q 'no such command; did you mean --config small.json?' stderr || fail "a config without --config: $(cat stderr)"
expect_exit 2 --confg small.json
grep -q 'did you mean --config?' stderr || fail "no suggestion for --confg: $(cat stderr)"
expect_exit 2 gradcheck
expect_one_error 'gradcheck without a config'

for batch_norm in false true; do
    expect_exit 0 gradcheck --config small.json --set model.batch_norm=$batch_norm
    tail -1 stdout | grep -Eq '^largest relative error [0-9.e-]+ at .+\[[0-9]+\] \(limit 1e-06\): passed$' ||
        fail "gradcheck: $(tail -1 stdout)"
done
grep -q 'layers.0.gamma' stdout || fail "gradcheck leaves gamma out"
[ ! -e results ] || fail "a command that does not train left results"
finish
