#!/bin/bash
# Every bad input ends in its exit code and one line, and leaves no run directory.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1
unset BNRUN_DATA_DIR

# refuse CODE PATTERN ARGUMENT...: one error line that matches, nothing on stdout, no run directory.
refuse() {
    local code=$1 pattern=$2
    shift 2
    expect_exit "$code" --out "$scratch/out" "$@"
    expect_one_error "$*"
    grep ' error: ' stderr | grep -Eqi -- "$pattern" || fail "$*: the error does not say '$pattern': $(cat stderr)"
    [ ! -s stdout ] || fail "$*: wrote to stdout"
    [ ! -e out ] || { fail "$*: left a run directory"; rm -rf out; }
}

refuse_set() { refuse 2 "$1" --config small.json --set "$2"; }

# --- config
: > empty.json
printf '{\n  "seed": 1,\n  "train" {}\n}\n' > syntax.json
printf '{"train": {"epocs": 2}}\n' > unknown.json
printf '{"train": {"epochs": "two"}}\n' > type.json
printf '{"model": {"depth": 2, "hidden": [5, 5]}}\n' > both.json
refuse 2 'absent.json' --config absent.json
refuse 2 'empty.json' --config empty.json
refuse 2 'syntax.json.*(line 3|:3:)' --config syntax.json
refuse 2 'epocs.*epochs' --config unknown.json
refuse 2 'epochs' --config type.json
refuse 2 'hidden' --config both.json
refuse_set 'dropout' model.dropout=1
refuse_set 'batch_size' train.batch_size=0
refuse_set 'depth' model.depth=0
refuse_set 'key=value' train.epochs
refuse_set 'train.epochs' train.epoch=2
refuse_set ' error: --set train.optimizer.learning_rate=1e-46: ' train.optimizer.learning_rate=1e-46
refuse_set ' error: --set data.train_samples=70000: ' data.train_samples=70000
refuse_set ' error: --set name=a/b: ' name=a/b
# Of what is long, a line has the start.
long=$(printf '%020000d' 0)
for assignment in "model.hidden=${long//0/[}${long//0/]}" "train.epochs=$long" "$long=1" "$long" "model.activation=\"$long\""; do
    refuse_set ' error: --set .*…' "$assignment"
    [ "$(wc -c < stderr)" -lt 1000 ] || fail "--set of ${#assignment} bytes: a line of $(wc -c < stderr) bytes"
    expect_exit 2 sweep --config small.json --grid "$assignment" --out out
    [ "$(wc -c < stderr)" -lt 1000 ] || fail "--grid of ${#assignment} bytes: a line of $(wc -c < stderr) bytes"
done
refuse 2 'threads' --config small.json --threads 0
refuse 2 'threads' --config small.json --threads 257
refuse 2 'force' --config small.json --forse
refuse 2 'config' --set seed=1
# A shell's variable that is not set: no name of a directory, least of all of the root.
for command in "--config small.json --out" "sweep --config small.json --grid seed=1 --out" "report fine -o" \
    "export fine --format npz -o" "diff fine" "eval"; do
    # shellcheck disable=SC2086
    expect_exit 2 $command ''
    expect_one_error "$command ''"
    grep -q 'an empty value' stderr || fail "$command '': $(cat stderr)"
    [ ! -s stdout ] || fail "$command '': wrote to stdout"
done

# --- what has no end: devices, and a pipe that nobody writes to; a pipe that is written to is read
# refuse_end CODE PATTERN ARGUMENT...: the same within a minute, and 2 GB where memory can be limited.
refuse_end() {
    local code=0
    (ulimit -v 3000000 2> /dev/null; exec timeout -k 1 60 "$bnrun" "${@:3}" > stdout 2> stderr) || code=$?
    [ $code -eq "$1" ] || fail "${*:3}: exit code $code, expected $1: $(cat stderr)"
    expect_one_error "${*:3}"
    grep ' error: ' stderr | grep -Eq -- "$2" || fail "${*:3}: the error does not say '$2': $(cat stderr)"
}
mkfifo nobody
echo '{"base": "/dev/zero"}' > zero_base.json
for path in /dev/zero /dev/urandom; do
    refuse_end 2 "$path: cannot be read: it is a device" --config $path --out out
    refuse_end 2 "$path: cannot be read: it is a device" sweep $path --out out
    refuse_end 2 "$path: cannot be read: it is a device" diff $path $path
    refuse_end 3 "model.init.from: $path: cannot be read: it is a device" --config small.json \
        --set model.init.from=$path --out out
done
refuse_end 2 '/dev/zero: cannot be read: it is a device' sweep zero_base.json --out out
refuse_end 2 'nobody: cannot be read: it is a pipe that nobody' --config nobody --out out
refuse_end 3 'nobody: cannot be read: it is a pipe that nobody' --config small.json --set model.init.from=nobody --out out
[ ! -e out ] || fail "what has no end left a run directory"
expect_exit 0 --config <(sleep 1; cat small.json) --dry-run
expect_exit 0 --config /dev/stdin --dry-run < small.json
expect_exit 0 --config /dev/stdin --dry-run < <(sleep 1; cat small.json)
expect_exit 0 sweep <(echo '{"base": {"data": {"source": "synthetic"}}}') --dry-run
# A writer that stays silent is no reason to ignore Ctrl-C.
exec 7<> nobody
for silent in '--set model.init.from=nobody' '--set data.source=mnist --data silent'; do
    mkdir -p silent && ln -sf ../nobody silent/train-images-idx3-ubyte
    touch silent/{train-labels-idx1,t10k-images-idx3,t10k-labels-idx1}-ubyte
    # shellcheck disable=SC2086
    env --default-signal=INT "$bnrun" --config small.json $silent --out out > stdout 2> stderr &
    pid=$!
    for ((i = 0; i < 200; i++)); do
        [ -n "$(find "/proc/$pid/fd" -lname '*/nobody' 2> /dev/null)" ] && break
        sleep 0.05
    done
    sleep 0.2
    kill -INT $pid
    for ((i = 0; i < 200; i++)); do kill -0 $pid 2> /dev/null || break; sleep 0.05; done
    kill -KILL $pid 2> /dev/null
    code=0
    wait $pid || code=$?
    [ $code -eq 130 ] || fail "Ctrl-C while a silent pipe is waited for, $silent: exit code $code: $(cat stderr)"
    expect_one_error "Ctrl-C, $silent"
    grep -q 'interrupted while it was waited for' stderr || fail "Ctrl-C, $silent: $(cat stderr)"
    [ ! -e out ] || fail "Ctrl-C before a run began left its directory"
done
exec 7>&-
truncate -s 10T sparse 2> /dev/null && refuse_end 2 'sparse: has 10995116277760 bytes' --config sparse --out out

# --- a run's files made by others: JSON nested deep or of many keys, a pipe for a file
expect_exit 0 --config small.json --set data.train_samples=200 --out sound
for kind in deep keys pipe; do cp -r sound $kind; done
{ printf '{"a":%.0s' {1..20000}; printf 1; printf '}%.0s' {1..20000}; } > deep/config.json
{ printf '{"x":0'; printf ',"k%d":0' {1..100000}; printf '}'; } > keys/config.json
rm pipe/config.json && mkfifo pipe/config.json
refuse_end 2 'deep/config.json: nested deeper than 16 levels' diff deep sound
refuse_end 3 'deep/config.json: nested deeper than 16 levels' report deep -o page.html
refuse_end 2 'keys/config.json: more than 256 keys' diff keys sound
refuse_end 3 'keys/config.json: more than 256 keys' report keys -o page.html
refuse_end 2 'keys/config.json: more than 256 keys' --config keys/config.json --out out
refuse_end 2 'keys/config.json: more than 256 keys' sweep keys/config.json --out out
refuse_end 3 'pipe/config.json: cannot be read: it is a pipe' report pipe -o page.html
{ printf '{"status":"done"'; printf ',"k%d":0' {1..100000}; printf '}'; } > sound/summary.json
refuse_end 3 'summary.json: more than 256 keys' eval sound

# --- IDX data: 20 training and 10 test images of 4x4, three classes
cat > idx.json <<'JSON'
{"data": {"source": "idx", "dir": "idx"}, "model": {"depth": 2, "width": 5}, "train": {"batch_size": 10}}
JSON
refuse_data() { refuse 3 "$1" --config idx.json; }

refuse_data ' error: idx.json: data.dir: idx: no such data directory'
refuse 3 ' error: --set data.dir=none: data.dir: none: no such' --config idx.json --set data.dir=none
make_idx 20 10
expect_exit 0 --config idx.json --out fine
train=idx/train-images-idx3-ubyte
images 20 | head -c 200 > $train && refuse_data 'train-images'
images 20 | head -c 9 > $train && refuse_data 'train-images'
: > $train && refuse_data 'train-images'
{ images 20; printf 'x'; } > $train && refuse_data 'train-images'
rm $train
images 20 | gzip -c | head -c 40 > $train.gz && refuse_data 'train-images'
{ images 20 | gzip -c | head -c 30; printf 'garbagegarbagegarbagegarbage'; } > $train.gz && refuse_data 'train-images'
rm $train.gz
{ printf '\1\2\10\3'; images 20 | tail -c +5; } > $train && refuse_data 'train-images'
{ printf '\0\0\15\3'; images 20 | tail -c +5; } > $train && refuse_data 'train-images'
{ printf '\0\0\10\3'; be32 2147483648; be32 4; be32 4; } > $train && refuse_data 'train-images'
{ printf '\0\0\10\3'; be32 4294967295; be32 4294967295; be32 4294967295; } > $train && refuse_data 'train-images'
make_idx 20 10
{ labels 10 | head -c 17; printf '\377'; } > idx/t10k-labels-idx1-ubyte && refuse_data 't10k-labels'
make_idx 20 10
labels 19 > idx/train-labels-idx1-ubyte && refuse_data 'train-(images|labels)'
make_idx 20 10
refuse 2 ' error: --set data.train_samples=30: data.train_samples: 30 samples asked for, but the data has 20' \
    --config idx.json --set data.train_samples=30
refuse 2 ' error: --set fidelity=published: train.batch_size: 10 makes one batch' --config idx.json \
    --set model.batch_norm=true --set data.train_samples=10 --set fidelity=published

# --- MNIST that is not MNIST
refuse 3 'idx/|sha-?256|checksum' --config idx.json --set data.source=mnist

# --- output directory
mkdir taken && touch taken/file
expect_exit 2 --config small.json --out taken
expect_one_error 'existing output directory'
expect_exit 2 --config small.json --out small.json
expect_one_error 'output directory that is a file'
for out in taken/file/run /proc/bnrun_test; do
    expect_exit 5 --config idx.json --out $out
    expect_one_error "output directory $out"
done
if [ -w /dev/full ]; then
    code=0
    "$bnrun" --config small.json --out full > /dev/full 2> stderr || code=$?
    [ $code -eq 5 ] || fail "stdout on a full disk: exit code $code, expected 5"
    expect_one_error 'stdout on a full disk'
fi

# --- a network that memory does not hold, here because of a limit
if (ulimit -v 3000000) 2> /dev/null; then
    code=0
    (ulimit -v 3000000; exec "$bnrun" --config small.json --set model.width=30000 --threads 1 --out huge > stdout 2> stderr) ||
        code=$?
    [ $code -eq 70 ] || fail "out of memory: exit code $code, expected 70: $(cat stderr)"
    expect_one_error 'out of memory'
    grep -q 'error: out of memory: make the network' stderr || fail "out of memory: $(cat stderr)"
    [ ! -e huge ] || fail "a run for which there was no memory left $(ls huge)"
    code=0
    (ulimit -v 3000000; exec "$bnrun" sweep --config small.json --grid model.width=30,30000 --jobs 1 --threads 1 --out some \
        > stdout 2> stderr) || code=$?
    [ $code -eq 1 ] || fail "out of memory in a sweep: exit code $code, expected 1: $(cat stderr)"
    grep -q 'error: width=30000: failed: out of memory: ' stderr || fail "out of memory in a sweep: $(cat stderr)"
    grep -q 'error: out of memory: ' some/width=30000/run.log || fail "run.log: $(cat some/width=30000/run.log)"
    grep -q '"status": "failed"' some/width=30000/summary.json || fail "out of memory: $(cat some/width=30000/summary.json)"
fi

# --- initial values
# tensors NAME:ROWS:COLUMNS...: a safetensors file of zeros; columns 0 make a vector. FIRST replaces its first value.
tensors() {
    local header='' offset=0 name rows columns size
    for spec in "$@"; do
        IFS=: read -r name rows columns <<< "$spec"
        size=$((4 * rows * (columns ? columns : 1)))
        header+="${header:+,}\"$name\":{\"dtype\":\"F32\",\"shape\":[$rows$([ "$columns" -eq 0 ] || echo ",$columns")],"
        header+="\"data_offsets\":[$offset,$((offset + size))]}"
        offset=$((offset + size))
    done
    header="{$header}"
    le64 ${#header}
    printf '%s' "$header"
    # shellcheck disable=SC2059
    printf "${FIRST:-\\0\\0\\0\\0}"
    head -c $((offset - 4)) /dev/zero
}
rest=(layers.0.bias:5:0 layers.1.weight:5:5 layers.1.bias:5:0 layers.2.weight:3:5 layers.2.bias:3:0)
refuse_initial() { refuse 3 "$1" --config idx.json --set model.init.from=initial.safetensors; }

refuse_initial ' error: --set model.init.from=initial.safetensors: model.init.from: initial.safetensors: '
tensors layers.0.weight:5:16 "${rest[@]}" > initial.safetensors
expect_exit 0 --config idx.json --set model.init.from=initial.safetensors --out fine_initial
tensors layers.0.weight:4:16 "${rest[@]}" > initial.safetensors &&
    refuse_initial ' error: --set model.init.from=.*: initial.safetensors: tensor "layers.0.weight"'
tensors layers.0.weight:5:16 "${rest[@]:1}" > initial.safetensors && refuse_initial 'layers.0.bias'
FIRST='\0\0\300\177' tensors layers.0.weight:5:16 "${rest[@]}" > initial.safetensors && refuse_initial 'layers.0.weight'
{ printf '\0\0\0\0\0\0\0\020'; printf '{}'; } > initial.safetensors && refuse_initial 'initial.safetensors'
printf 'short' > initial.safetensors && refuse_initial 'initial.safetensors'

# --- eval
expect_exit 3 eval absent
expect_one_error 'eval of nothing'
rm fine/model.safetensors
expect_exit 3 eval fine
expect_one_error 'eval without a model'
finish
