#!/bin/bash
# At each system call of a save one failure is injected (by strace): the run ends with exit code 5 and one line, what
# was saved before is intact, and the run can go on as if nothing had happened.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/../cli/support.sh"
cd "$scratch" || exit 1
if ! strace -f -o /dev/null -e inject=fsync:error=EIO true 2> /dev/null; then
    echo "skipped: needs strace, and leave to trace (ptrace)" >&2
    exit 77
fi
tables=(gradients.txt activations.txt gradients.csv activations.csv iterations.csv epochs.csv)
cat > run.json <<'END'
{"data": {"source": "synthetic", "train_samples": 400, "test_samples": 50},
 "model": {"depth": 2, "width": 8, "batch_norm": true},
 "train": {"epochs": 20, "batch_size": 40, "checkpoint_every": "4 iterations"}, "log": {"print_every": 0}}
END
injected=0 survived=0

expect_exit 0 --config run.json --out whole

# A run cut off after a few checkpoints: what each case below goes on with.
for _ in 1 2 3 4 5 6; do  # it may be done before it can be cut off
    rm -rf base
    "$bnrun" --config run.json --out base > /dev/null 2>&1 &
    base=$!
    until [ -e base/checkpoint.previous.safetensors ]; do
        kill -0 $base 2> /dev/null || break
        sleep 0.002
    done
    kill -TERM $base 2> /dev/null
    wait $base
    [ ! -e base/checkpoint.previous.safetensors ] || break
done
[ -e base/checkpoint.previous.safetensors ] || { echo "skipped: the run ended too early to be cut off" >&2; exit 77; }

# check_rest WHAT CODE: the run's directory after a fault, and that the run goes on from it.
check_rest() {
    local leftover
    leftover=$(find run -name '*.tmp*')
    [ -z "$leftover" ] || fail "$1: left $leftover"
    if [ "$2" -ne 0 ] && ! ls run/checkpoint*.safetensors > /dev/null 2>&1; then fail "$1: no checkpoint is left"; fi
    expect_exit 0 --config run.json --resume --out run
    grep -q 'damaged\|previous one\|from the beginning' stderr && fail "$1: $(cat stderr)"
    expect_same whole run "${tables[@]}" config.json model.safetensors
}

# traced ARGUMENT...: bnrun under the fault of $call, $what and $when on $paths, in each of which PID stands for its
# process's number: that is why strace is its child here (-D), and why its lines go through a pipe, which ends with it.
traced() {
    local lines code=0
    lines=$(
        for path in "${paths[@]}"; do
            # strace knows an open file by its whole path, and a new one by the path it is given.
            path=run${path:+/}${path//PID/$BASHPID}
            set -- -P "$path" -P "$scratch/$path" "$@"
        done
        exec strace -D -f -q -o /dev/fd/9 -e trace="$call" -e inject="$call:$what:when=$when" \
            "${@:1:$((2 * 2 * ${#paths[@]}))}" "$bnrun" "${@:$((2 * 2 * ${#paths[@]} + 1))}" 9>&1 > /dev/null 2> stderr
    ) || code=$?
    echo "$lines" > trace
    sed -i '/^strace: /d' stderr
    return $code
}

# inject CALL WHAT WHEN PATH...: goes on with the base under the fault. False where the call is not made so often.
inject() {
    local call=$1 what=$2 when=$3 code=0 name
    local -a paths
    shift 3
    paths=("$@")
    name="$call $what at call $when on $*"
    rm -rf run && cp -r base run
    traced --config run.json --resume --threads 1 --out run || code=$?
    grep -q 'INJECTED' trace || return 1
    injected=$((injected + 1))
    [ -z "${VERBOSE:-}" ] || echo "$name: $code"
    case $what/$code in
        *EINTR/0) survived=$((survived + 1)) ;;
        */5) expect_one_error "$name" ;;
        *) fail "$name: exit code $code, expected 5: $(tail -1 stderr)" ;;
    esac
    check_rest "$name" $code
}

# at_every_call CALL WHAT PATH...: once, twice … as often as the call is made, up to 3.
at_every_call() {
    local when
    for when in 1 2 3; do inject "$1" "$2" $when "${@:3}" || break; done
}

new=.checkpoint.safetensors.PID.tmp
for error in ENOSPC EIO EINTR; do
    for call in openat write fsync; do at_every_call $call error=$error $new; done
    inject close error=$error 1 $new  # the second is after it was read back
    at_every_call rename error=$error $new checkpoint.safetensors checkpoint.previous.safetensors
done
at_every_call write retval=10 $new  # the disk took less than it said
inject read retval=8 1 $new         # and gives back something else
for call in openat write fsync close rename; do
    at_every_call $call error=EIO .model.safetensors.PID.tmp
    at_every_call $call error=ENOSPC .summary.json.PID.tmp
    at_every_call $call error=EIO .config.json.PID.tmp
done
inject openat error=EIO 1 ''
inject fsync error=EIO 1 ''
inject close error=EIO 1 ''
for table in "${tables[@]}"; do
    for call in write fdatasync ftruncate; do inject $call error=ENOSPC 1 "$table"; done
    inject openat error=EIO 2 "$table"  # the first is for reading it, as are the first two of close
    inject close error=EIO 3 "$table"
done
inject write error=EINTR 2 gradients.csv

# --- a directory that cannot be claimed, or cleared of the run that --force replaces
when=1
for fault in openat:error=EACCES:.lock flock:error=ENOLCK:.lock unlink:error=EPERM:epochs.csv \
    unlink:error=EIO:.summary.json.1.tmp; do
    IFS=: read -r call what file <<< "$fault"
    paths=("$file")
    rm -rf run && cp -r whole run
    touch run/.summary.json.1.tmp
    code=0
    traced --config run.json --force --out run || code=$?
    grep -q 'INJECTED' trace || fail "$fault: not injected"
    [ $code -eq 5 ] || fail "$fault: exit code $code, expected 5: $(cat stderr)"
    expect_one_error "$fault"
    expect_exit 0 --config run.json --force --out run
    expect_same whole run "${tables[@]}" config.json model.safetensors
    injected=$((injected + 1))
done

# --- a new run's directory that can be neither kept nor listed to its end: what is known to be the run's goes
rm -rf run
code=0
strace -f -q -o trace -e trace=getdents64,fsync -e inject=getdents64:error=EIO:when=2+ -e inject=fsync:error=EIO \
    "$bnrun" --config run.json --out run > /dev/null 2> stderr || code=$?
grep -q 'getdents64.*INJECTED' trace || fail 'a directory that cannot be listed: not injected'
[ $code -eq 5 ] || fail "a directory that cannot be listed: exit code $code, expected 5: $(cat stderr)"
expect_one_error 'a directory that cannot be listed'
[ ! -e run ] || fail "a directory that cannot be listed holds $(ls -A run)"

# --- killed at each step of replacing a run by --force: what is there is the one run or the other, and goes on as such
other=(--config run.json --set seed=2)
calls=unlink,unlinkat,rename,ftruncate,fsync
expect_exit 0 "${other[@]}" --out other
steps=0
for old in base whole; do
    for step in $(seq 60); do
        rm -rf run && cp -r $old run && touch run/mine
        {
            strace -f -q -o trace -e trace=$calls -e inject=$calls:signal=KILL:when=$step \
                "$bnrun" "${other[@]}" --force --threads 1 --out run
        } > /dev/null 2>&1
        grep -q 'killed by SIGKILL' trace || break
        steps=$((steps + 1))
        [ -e run/mine ] || fail "killed at step $step of replacing: a user's file has gone"
        code=0
        "$bnrun" "${other[@]}" --resume --out run > /dev/null 2> stderr || code=$?
        case $code in
            0) expect_same other run "${tables[@]}" config.json model.safetensors ;;
            2)
                grep -q 'of another config (first in seed)' stderr || fail "killed at step $step of replacing: $(cat stderr)"
                expect_exit 0 --config run.json --resume --out run
                expect_same whole run "${tables[@]}" config.json model.safetensors
                ;;
            *) fail "killed at step $step of replacing: --resume ends with $code: $(cat stderr)" ;;
        esac
        [ -z "$(find run -name '*checkpoint*')" ] || fail "killed at step $step of replacing: left $(ls run)"
    done
done
[ $steps -ge 30 ] || fail "only $steps steps of replacing a run were found"

# --- a disk without room for what is to replace a run: nothing of that is touched
rm -rf run && cp -r base run
full=00000000000000000100000000000000e80300000000000000000000000000000000000000000000  # f_type to f_bavail
code=0
strace -f -q -o trace -e trace=statfs -e inject=statfs:retval=0:poke_exit=@arg2=$full \
    "$bnrun" --config run.json --set model.width=200 --force --threads 1 --out run > /dev/null 2> stderr || code=$?
[ $code -eq 5 ] || fail "a full disk before a run is replaced: exit code $code, expected 5: $(cat stderr)"
grep -q 'run: the run needs 0.[78] MB at least, but there is room for ' stderr || fail "a full disk: $(cat stderr)"
diff -r base run || fail "a full disk: a run is replaced though there is no room for another"

# --- done is said once tables and model are on the disk, and only then do the checkpoints go
rm -rf run && cp -r base run
strace -f -q -y -o trace -e trace=fsync,fdatasync,rename,unlink,unlinkat \
    "$bnrun" --config run.json --resume --threads 1 --out run > /dev/null 2>&1
last() { grep -n "$1" trace | tail -1 | cut -d : -f 1; }
at=0
for call in 'fdatasync(.*epochs.csv' 'fsync(.*model.safetensors' 'rename(.*model.safetensors' 'fsync(.*summary.json' \
            'rename(.*summary.json' 'fsync(.*run>)' 'unlink.*checkpoint.previous' 'unlink.*checkpoint.safetensors'; do
    next=$(last "$call")
    [ "${next:-0}" -gt "$at" ] || fail "$call is at ${next:-no place} of the calls, expected after $at"
    at=${next:-$at}
done

# --- closed descriptors, where there is no /dev: no file gets their numbers, and so no printed line
rm -rf run
code=0
strace -f -q -o trace -P /dev/null -e inject=openat:error=ENOENT \
    sh -c 'exec "$0" --config run.json --set log.print_every=1 --out run 0<&- 1>&- 2>&-' "$bnrun" || code=$?
[ $code -eq 5 ] || fail "closed descriptors: exit code $code, expected 5"
for file in "${tables[@]}"; do
    cmp -n "$(stat -c %s run/"$file")" whole/"$file" run/"$file" || fail "closed descriptors: something is printed into $file"
done

# --- a limit on the size of files: a write that is cut short
rm -rf run && cp -r base run
code=0
(ulimit -f 8; exec "$bnrun" --config run.json --resume --out run > /dev/null 2> stderr) || code=$?
[ $code -eq 5 ] || fail "a full disk in the middle of a table: exit code $code: $(cat stderr)"
expect_one_error 'a full disk'
check_rest 'a full disk' $code

# --- a disk on which no second file finds room from some moment on: the summary is written over where it is
for ((n = 1; n < 20; n++)); do
    rm -rf full
    code=0
    strace -f -q -o /dev/null -e trace=fsync,fdatasync -e "inject=fsync:error=ENOSPC:when=$n+" \
        -e "inject=fdatasync:error=ENOSPC:when=$n+" "$bnrun" --config run.json --out full > /dev/null 2> stderr || code=$?
    [ ! -e full/summary.json ] || break
done
[ $code -eq 5 ] || fail "a disk without room for a second file: exit code $code: $(cat stderr)"
grep -q '"status": "failed"' full/summary.json || fail "a disk without room for a second file: $(grep status full/summary.json)"

# --- the same from the very last save on, which says that the run is done: it says failed, and the run can go on
rm -rf full
strace -f -q -y -o trace -e trace=fsync "$bnrun" --config run.json --threads 1 --out full > /dev/null 2>&1
# strace counts the calls of each thread by themselves; checkpoints are saved by others.
last=$(awk '/fsync\(/ { ++calls[$1] } /fsync\(.*summary.json/ { last = calls[$1] } END { print last }' trace)
rm -rf run && code=0
strace -f -q -o trace -e trace=fsync -e "inject=fsync:error=ENOSPC:when=$last+" "$bnrun" --config run.json \
    --threads 1 --out run > /dev/null 2> stderr || code=$?
grep -q INJECTED trace || fail 'the very last save: not injected'
[ $code -eq 5 ] || fail "the very last save: exit code $code, expected 5: $(cat stderr)"
expect_one_error 'the very last save'
grep -q '"status": "failed"' run/summary.json || fail "the very last save: $(grep status run/summary.json)"
check_rest 'the very last save' $code

# --- a directory that goes just before a table in it is opened: the directory is what is named, and not the table
# watched ARGUMENT...: traces the calls that open or look at the lock and the first table.
watched() {
    strace -f -q -o trace -P run/.lock -P run/gradients.txt -e trace=openat,newfstatat "$@" > /dev/null 2> stderr
}
# without_directory WHEN ARGUMENT...: the WHENth openat finds nothing, nor does what looks at a name after it.
without_directory() {
    local when=$1 looks code=0
    shift
    watched "$bnrun" "$@"
    looks=$(awk -v when="$when" '/openat/ && ++seen == when { exit } /newfstatat/ { ++n } END { print n + 1 }' trace)
    rm -rf run
    [ "$when" -eq 2 ] || cp -r base run
    watched -e "inject=openat:error=ENOENT:when=$when" -e "inject=newfstatat:error=ENOENT:when=$looks+" \
        "$bnrun" "$@" || code=$?
    [ $code -eq 5 ] || fail "$*: a directory that goes before a table is opened: exit code $code: $(cat stderr)"
    grep -q 'run: is no longer this run.s directory' stderr || fail "$*: the directory is not named: $(cat stderr)"
}
rm -rf run
without_directory 2 --config run.json --threads 1 --out run           # after the lock
rm -rf run && cp -r base run
without_directory 4 --config run.json --resume --threads 1 --out run  # after the lock, and what checks the table

echo "$injected faults injected, $survived of them interruptions that went unnoticed"
[ "$injected" -ge 75 ] || fail "only $injected faults were injected"
finish
