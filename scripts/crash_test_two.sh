#!/usr/bin/env bash
# Two programs on one directory, and something else that moves, links, edits or deletes what is in it, or kills one of
# them. Afterwards nothing is lost or torn: what says that it is done has the bytes of a run that nothing disturbed,
# copies made of links are unchanged, who did not run said so in one line, and all the rest can be resumed.
# Prints the figures; exit code 1 where anything else was found.
# Usage: scripts/crash_test_two.sh [ROUNDS] [BNRUN]
set -u
rounds=${1:-300}
# shellcheck source=scripts/crash_support.sh
source "$(dirname "$0")/crash_support.sh"
kinds=(none move log link edit delete kill lock)
problems=0 stopped=0 refused=0 killed=0 snapshots=0 resumed=0 restarted=0 late=0

problem() {
    echo "round $round ($variant, $kind): $*" >&2
    tail -n 5 first.log second.log third.log 2> /dev/null >&2
    problems=$((problems + 1))
}

pause() { # at most so many milliseconds
    local wait_for=$(((RANDOM * 32768 + RANDOM) % ($1 + 1)))
    sleep "$((wait_for / 1000)).$(printf %03d $((wait_for % 1000)))"
}

# restart VARIANT DIRECTORY: replaces what is there; a sweep goes on in any case.
restart() {
    [ "$1" = sweep ] && start "$@"
    exec "$bnrun" --config "$1.json" --force --threads 1 --out "$2"
}

status_of() { sed -n 's/^  "status": "\(.*\)",$/\1/p' "$1/summary.json" 2> /dev/null; }

# A directory of a run: the directory itself, or of a sweep one of its points.
some_run() { [ "$variant" = sweep ] && find run -mindepth 1 -maxdepth 1 -type d 2> /dev/null | shuf -n 1 || echo run; }

# change COMMAND... FILE: does that to a file of a run that has not ended. One that was about to end may say that it is
# done: its last look at the file is over then.
change() {
    local directory
    directory=$(dirname "${*: -1}")
    [ -e "${*: -1}" ] && [ "$(status_of "$directory")" != 'done' ] || return
    changed_file=${*: -1}
    "$@" 2> /dev/null
    ! compgen -G "$directory/*model.safetensors*" > /dev/null && ! compgen -G "$directory/.model.*" > /dev/null ||
        tainted=$directory
    changed=$directory
}

add_row() { echo 1,1,1,1 >> "$1"; }

disturb() {
    local directory tables=(gradients.csv epochs.csv activations.txt)
    directory=$(some_run)
    case $kind in
        move) mv run away 2> /dev/null && { (start "$variant" run) > /dev/null 2> third.log & third=$!; } ;;
        log) [ ! -e "$directory/run.log" ] || sed -i 's/info/INFO/' "$directory/run.log" 2> /dev/null ;;
        link) cp -al run snapshot 2> /dev/null
            [ ! -d snapshot ] || (cd snapshot && find . -type f -exec sha256sum {} +) > snapshot.sums ;;
        edit) change add_row "$directory/${tables[RANDOM % 3]}" ;;
        delete)
            tables+=(summary.json checkpoint.safetensors checkpoint.previous.safetensors run.log)
            change rm "$directory/${tables[RANDOM % ${#tables[@]}]}" ;;
        lock) [ ! -e "$directory/.lock" ] || sed -i '' "$directory/.lock" 2> /dev/null ;;
        kill) kill -KILL "$first" 2> /dev/null ;;
    esac
}

# explains LOG ERRORS: whether a sweep says why runs are not done, in a line for each that failed and one for all.
# One whose directory was moved counts the runs of what has its name now.
explains() {
    local busy failed
    busy=$(grep -c 'is being run by another process; skipped' "$1")
    failed=$(grep -c ' error: .*: failed: ' "$1")
    [[ $failed -eq 0 || $kind != none && $kind != log && $kind != link && $kind != kill ]] &&
        [[ $((busy + failed)) -gt 0 || $kind = move ]] && [ "$2" -eq $((failed + 1)) ]
}

# check_end CODE LOG: how a program ended, and that it said why.
check_end() {
    local errors
    errors=$(grep -c ' error: ' "$2")
    grep -q 'internal error\|terminate' "$2" && problem "$2: $(tail -1 "$2")"
    case $1 in
        0) return ;;
        137) [ $kind = kill ] && { killed=$((killed + 1)); return; } ;;
        1) [ "$variant" = sweep ] && explains "$2" "$errors" && { refused=$((refused + 1)); return; } ;;
        2) grep -q 'is being run by another process\|exists already' "$2" && [ "$errors" -eq 1 ] &&
            { refused=$((refused + 1)); return; } ;;
        3) [[ $kind = edit || $kind = delete ]] && [ "$errors" -eq 1 ] && { stopped=$((stopped + 1)); return; } ;;
        5) [[ $kind != none && $kind != log && $kind != link && $kind != kill ]] && [ "$errors" -eq 1 ] &&
            { stopped=$((stopped + 1)); return; } ;;
    esac
    problem "$2: exit code $1, $errors lines of error"
}

# is_late DIRECTORY EXPECTED: whether a table there has all that it should, and the round's change behind that: it came
# after the run's last look, just before the run said that it is done.
is_late() {
    local file=${changed_file##*/}
    [ "$(dirname "$changed_file")" = "$1" ] && [ -e "$2/$file" ] && [ "$(status_of "$1")" = 'done' ] || return
    case $kind in
        edit) { cat "$2/$file"; echo 1,1,1,1; } | cmp -s - "$changed_file" ;;
        delete) [ ! -e "$changed_file" ] ;;
        *) false ;;
    esac
}

# check_done DIRECTORY: where a run says that it is done, its files are those of one that nothing disturbed.
check_done() {
    local directory expected before=$differences
    while read -r directory; do
        directory=$(dirname "$directory")
        expected=expected/$variant${directory#"$1"}
        if is_late "$directory" "$expected"; then
            late=$((late + 1))
            cp "$expected/${changed_file##*/}" "$changed_file"
        fi
        [ "$(status_of "$directory")" = 'done' ] && [ "$directory" != "$tainted" ] || continue
        compare "$expected" "$directory"
    done < <(find "$1" -name summary.json)
    [ $differences -eq "$before" ] || problem "$1: says that it is done, but differs"
}

# check_rest DIRECTORY: what is left is resumed, or, where a table was deleted, replaced.
check_rest() {
    local code=0 before=$differences
    check_readable "$1"
    check_done "$1"
    [ -z "$tainted" ] || return
    (start "$variant" "$1") > /dev/null 2> last.log || code=$?
    resumed=$((resumed + 1))
    if [ $code -eq 3 ] && [ -n "$changed" ]; then
        (restart "$variant" "$1") > /dev/null 2> last.log && code=0
        restarted=$((restarted + 1))
    fi
    [ $code -eq 0 ] || problem "$1: cannot be resumed: exit code $code: $(tail -1 last.log)"
    compare_all "$variant" "$1"
    [ $differences -eq "$before" ] || problem "$1: differs in the end"
    grep -Plaq '\x00' "$1"/*.csv "$1"/*.txt 2> /dev/null && problem "$1: NUL bytes in a table"
}

# The copy is of a moment for each file, not of one for all: it may be no run that can be resumed, but it is no other's.
check_snapshot() {
    local code=0
    snapshots=$((snapshots + 1))
    (cd snapshot && sha256sum --quiet -c ../snapshot.sums) >&2 || problem 'a copy made of links changed'
    (cd run && find . -type f -exec sha256sum {} +) > run.sums
    (start "$variant" snapshot) > /dev/null 2> last.log || code=$?
    [ $code -eq 0 ] || [ $code -eq 3 ] || problem "snapshot: exit code $code: $(tail -1 last.log)"
    (cd run && sha256sum --quiet -c ../run.sums) >&2 || problem 'a run changed with a copy made of links'
}

for ((round = 1; round <= rounds; round++)); do
    variant=${variants[RANDOM % ${#variants[@]}]}
    kind=${kinds[round % ${#kinds[@]}]}
    third='' tainted='' changed='' changed_file=''
    (start "$variant" run) > /dev/null 2> first.log &
    first=$!
    pause "${length[$variant]}"
    if [ $((RANDOM % 2)) -eq 0 ]; then again=start; else again=restart; fi
    ($again "$variant" run) > /dev/null 2> second.log &
    second=$!
    pause $((length[$variant] / 2))
    disturb
    for ended in "$first first.log" "$second second.log" ${third:+"$third third.log"}; do
        code=0
        wait "${ended% *}" 2> /dev/null || code=$?
        check_end $code "${ended#* }"
    done
    [ ! -d snapshot ] || check_snapshot
    for directory in run away; do [ ! -d $directory ] || check_rest $directory; done
    rm -rf run away snapshot snapshot.sums third.log
done
problems=$((problems + unreadable))
echo "$rounds rounds: $refused programs kept out, $stopped stopped, $killed killed, $snapshots copies made of links," \
    "$resumed directories resumed and $restarted replaced, $late changes after the last look: $problems problems"
[ "$problems" -eq 0 ]
