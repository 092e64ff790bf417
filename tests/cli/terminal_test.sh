#!/usr/bin/env bash
# The progress line, which a terminal gets and nothing else does.
# shellcheck source=tests/cli/support.sh
. "$(dirname "$0")/support.sh"
if ! command -v script > /dev/null; then
    echo "SKIPPED: script is not installed (apt-get install -y bsdutils)"
    exit 77
fi
cd "$scratch" || exit 1

# until_shown PATTERN ARGUMENT...: runs bnrun in a terminal until that shows a line like PATTERN, then interrupts it.
until_shown() {
    local pattern=$1 terminal
    shift
    rm -f pid
    : > shown
    # The shell's process becomes bnrun's, so that its number is known.
    SHELL=/bin/sh script -qefc "echo \$\$ > pid; exec $(printf '%q ' "$bnrun" "$@")" shown < /dev/null > /dev/null 2>&1 &
    terminal=$!
    until tr '\r' '\n' < shown | grep -Eq "$pattern"; do
        kill -0 $terminal 2> /dev/null || { fail "bnrun $*: no line '$pattern' in: $(tr '\r' '\n' < shown)"; return; }
        sleep 0.02
    done
    kill -TERM "$(cat pid)"
    wait $terminal
}

left='[0-9]+:[0-9]{2}:[0-9]{2} left *'
until_shown "^epoch [0-9]+/1000000 iteration [0-9]+/10 loss [0-9.e-]+ [0-9]+ samples/s $left\$" \
    --config small.json --set train.epochs=1000000 --out run

# Of four runs the first fails, the next two run at the same time, and one has to wait.
sweep=(sweep --config small.json --zip seed=1:4 --zip "model.init.from=absent,null,null,null" --jobs 2)
until_shown "^0 done, 2 running, 1 failed, 1 to start, $left\$" "${sweep[@]}" --set train.epochs=1000000 --out long
tr '\r' '\n' < shown | grep -q 'seed=2,from=null: interrupted' || fail "a line of the log is torn: $(tr '\r' '\n' < shown)"

expect_exit 1 "${sweep[@]}" --out short
! grep -q $'\r' stderr || fail "a file got the progress line: $(cat stderr)"

finish
