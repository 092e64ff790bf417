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
# Of 2e9 samples that have only begun: more than three minutes.
long_left="([1-9][0-9]*:[0-9]{2}|0:([1-9][0-9]|0[3-9])):[0-9]{2} left *"
until_shown "^epoch [0-9]+/1000000 iteration [0-9]+/10 loss [0-9.e-]+ [0-9]+ samples/s $long_left\$" \
    --config small.json --set train.epochs=1000000 --out run

# Of four runs the first fails, the next two run at the same time, and one has to wait.
sweep=(sweep --config small.json --zip seed=1:4 --zip "model.init.from=absent,null,null,null" --jobs 2)
until_shown "^0 done, 2 running, 1 failed, 1 to start, $left\$" "${sweep[@]}" --set train.epochs=1000000 --out long
tr '\r' '\n' < shown | grep -q 'seed=2,from=null: interrupted' || fail "a line of the log is torn: $(tr '\r' '\n' < shown)"

# --- a terminal that goes, as when an ssh drops, while a row is printed at each iteration: a checkpoint, and 129
python3 - "$bnrun" << 'END' || fail "a terminal that goes: the run ends with $?, expected 129"
import os, pty, sys
process, terminal = pty.fork()
if process == 0:
    os.execv(sys.argv[1], [sys.argv[1], "--config", "small.json", "--set", "train.epochs=1000000",
                           "--set", "log.print_every=1", "--out", "dropped"])
text = b""
while b"epoch:3 " not in text: text += os.read(terminal, 65536)
os.close(terminal)
code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
sys.exit(0 if code == 129 else code & 255)
END
grep -q '"status": "interrupted"' dropped/summary.json || fail "a terminal that goes: $(head -2 dropped/summary.json)"
[ -s dropped/checkpoint.safetensors ] || fail "a terminal that goes: no checkpoint"

# --- as narrow as the terminal, also once that is resized; and no line where it has hardly any columns
# widths COLUMNS LATER PATTERN ARGUMENT...: runs bnrun in a terminal of so many columns, which becomes LATER columns wide
# once some lines like PATTERN were shown; prints how long the longest of them was before, and after.
widths() {
    python3 - "$bnrun" "$@" << 'END'
import fcntl, os, pty, re, signal, struct, sys, termios, time
program, columns, later, pattern, arguments = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4].encode(), sys.argv[5:]
process, terminal = pty.fork()
if process == 0:
    time.sleep(0.2)  # until the terminal has its size
    os.execv(program, [program, *arguments])

def resize(to):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, to, 0, 0))

def longest(refreshes, seconds):
    text, end = b"", time.monotonic() + seconds
    while len(re.findall(pattern, text)) < refreshes and time.monotonic() < end:
        text += os.read(terminal, 65536)
    lines = re.split(rb"[\r\n]+", text)[:-1]
    return max((len(line) for line in lines if re.match(pattern, line)), default=0)

resize(columns)
before = longest(3, 20)
resize(later)
longest(2, 5)  # what was on its way
print(before, longest(3, 3 if later < 20 else 20))
os.kill(process, signal.SIGKILL)
END
}
if command -v python3 > /dev/null; then
    forever=(--config small.json --set train.epochs=1000000 --threads 1 --set log.print_every=10)
    shown=$(widths 50 40 'epoch [0-9]+/10+ it' "${forever[@]}" --out narrow)
    [ "$shown" = '49 39' ] || fail "a terminal of 50 and 40 columns has progress lines of $shown"
    shown=$(widths 40 12 'epoch [0-9]+/10+ it' "${forever[@]}" --out tiny)
    [ "$shown" = '39 0' ] || fail "a terminal of 40 and 12 columns has progress lines of $shown"
    shown=$(widths 40 30 '[0-9]+ done' "${sweep[@]}" --set train.epochs=1000000 --out wide)
    [ "$shown" = '39 29' ] || fail "a sweep in a terminal of 40 and 30 columns has progress lines of $shown"
fi

expect_exit 1 "${sweep[@]}" --out short
! grep -q $'\r' stderr || fail "a file got the progress line: $(cat stderr)"

finish
