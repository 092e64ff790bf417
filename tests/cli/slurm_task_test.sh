#!/bin/bash
# scripts/slurm/sweep.sbatch: what a task of an array asks bnrun for, without a Slurm.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
task=$(realpath "$(dirname "$0")/../../scripts/slurm/sweep.sbatch")
cd "$scratch" || exit 1
printf '#!/bin/sh\necho "$@"\n' > bnrun
chmod +x bnrun

# expect_asked WORDS VARIABLE=VALUE...
expect_asked() {
    local expected=$1 asked
    shift
    asked=$(env "$@" bash "$task" 20 100 ./bnrun spec.json 2> stderr) || fail "$*: $(cat stderr)"
    [ "$asked" = "$expected" ] || fail "$*: bnrun $asked, expected $expected"
}
common='sweep spec.json --task 24 --tasks 100 --jobs 1'
expect_asked "$common --threads 1" SLURM_ARRAY_TASK_ID=3
expect_asked "$common --threads 16" SLURM_ARRAY_TASK_ID=3 SLURM_CPUS_PER_TASK=16
[ ! -s stderr ] || fail "16 processors: $(cat stderr)"
expect_asked "$common --threads 256" SLURM_ARRAY_TASK_ID=3 SLURM_CPUS_PER_TASK=384
most=$(sed -n 's/.*kMostThreads = \([0-9]*\);.*/\1/p' "$(dirname "$task")/../../src/base/processors.h")
grep -q " most=$most$" "$task" || fail "bnrun takes ${most:-no} threads at most, sweep.sbatch asks for others: $(grep most= "$task")"
grep -q '384.*256' stderr || fail "more processors than threads: $(cat stderr)"
expect_asked 'sweep spec.json --collect' SLURM_CPUS_PER_TASK=384
finish
