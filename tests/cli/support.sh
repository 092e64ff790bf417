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

# IDX images of 4x4, and labels of three classes, as many as asked for.
images() { printf '\0\0\10\3'; be32 "$1"; be32 4; be32 4; yes '0 bnrun 255 tests' | head -c $(($1 * 16)); }
labels() {
    local i
    printf '\0\0\10\1'
    be32 "$1"
    for ((i = 0; i < $1; i++)); do case $((i % 3)) in 0) printf '\0' ;; 1) printf '\1' ;; *) printf '\2' ;; esac; done
}

# make_idx TRAIN TEST: the four files, of so many samples, in a new directory idx.
make_idx() {
    rm -rf idx
    mkdir idx
    images "$1" > idx/train-images-idx3-ubyte
    labels "$1" > idx/train-labels-idx1-ubyte
    images "$2" > idx/t10k-images-idx3-ubyte
    labels "$2" > idx/t10k-labels-idx1-ubyte
}
