#!/usr/bin/env bash
# Kills runs and sweeps at random moments (SIGKILL), resumes each to its end, and compares what is left, byte for byte,
# with runs that were never interrupted. Prints the figures; exit code 1 where anything was unreadable or differs.
# Usage: scripts/crash_test.sh [KILLS] [BNRUN]
set -u
kills=${1:-1000}
done_kills=0 runs=0 resumed=0
# shellcheck source=scripts/crash_support.sh
source "$(dirname "$0")/crash_support.sh"

while [ "$done_kills" -lt "$kills" ]; do
    variant=${variants[runs % ${#variants[@]}]}
    code=137
    while [ "$code" -eq 137 ]; do
        (start "$variant" run) > /dev/null 2> log &
        pid=$!
        if [ "$done_kills" -lt "$kills" ]; then
            wait_for=$(((RANDOM * 32768 + RANDOM) % (length[$variant] + 20)))
            sleep "$((wait_for / 1000)).$(printf %03d $((wait_for % 1000)))"
            kill -KILL $pid 2> /dev/null
        fi
        code=0
        wait $pid 2> /dev/null || code=$?
        if grep -s 'damaged\|not a usable\|going on from the previous' log run/*/run.log >&2; then
            unreadable=$((unreadable + 1))
        fi
        [ "$code" -eq 137 ] && done_kills=$((done_kills + 1))
        [ -d run ] && check_readable run
    done
    [ "$code" -eq 0 ] || { echo "$variant: exit code $code" >&2; cat log >&2; differences=$((differences + 1)); }
    compare_all "$variant" run
    resumed=$((resumed + $(cat run/run.log run/*/run.log 2> /dev/null | grep -c 'going on after')))
    rm -r run
    runs=$((runs + 1))
done
echo "$done_kills kills over $runs runs and sweeps, $resumed starts from a checkpoint:" \
    "$unreadable unreadable files, $differences differences"
[ "$unreadable" -eq 0 ] && [ "$differences" -eq 0 ]
