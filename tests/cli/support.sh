# Shared by the tests of the real binary: a scratch directory, small runs, and checks that say what went wrong.
# shellcheck shell=bash
set -u
bnrun=$(realpath "${1:?usage: bash X_test.sh /path/to/bnrun}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

fail() {
    echo "FAILED: $*" >&2
    failures=$((failures + 1))
}

finish() {
    [ "$failures" -eq 0 ] || { echo "$failures checks failed" >&2; exit 1; }
}

# A config that trains 10 iterations of a small net on synthetic digits.
echo '{"data": {"source": "synthetic", "train_samples": 2000, "test_samples": 500},
       "model": {"depth": 3, "width": 30}}' > "$scratch/small.json"

# expect_exit CODE ARGUMENT...: runs bnrun, keeping what it says in $scratch/stdout and $scratch/stderr.
expect_exit() {
    local expected=$1 code=0
    shift
    "$bnrun" "$@" > "$scratch/stdout" 2> "$scratch/stderr" || code=$?
    [ "$code" -eq "$expected" ] && return
    fail "exit code $code, expected $expected: bnrun $*"
    sed 's/^/    /' "$scratch/stderr" >&2
}

expect_one_error() {
    local count
    count=$(grep -c ' error: ' "$scratch/stderr")
    [ "$count" -eq 1 ] || fail "$1: $count error lines on stderr, expected 1: $(cat "$scratch/stderr")"
}

# expect_same A B FILE...: the files are byte-identical in both directories.
expect_same() {
    local first=$1 second=$2 file
    shift 2
    for file in "$@"; do
        cmp "$first/$file" "$second/$file" >&2 || fail "$file differs between $first and $second"
    done
}

# Unsigned numbers as bytes.
be32() {
    # shellcheck disable=SC2059
    printf "$(printf '\\%03o\\%03o\\%03o\\%03o' $(($1 >> 24 & 255)) $(($1 >> 16 & 255)) $(($1 >> 8 & 255)) $(($1 & 255)))"
}

le64() {
    local shift
    for shift in 0 8 16 24 32 40 48 56; do
        # shellcheck disable=SC2059
        printf "$(printf '\\%03o' $(($1 >> shift & 255)))"
    done
}
