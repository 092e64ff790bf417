#!/usr/bin/env bash
# Starts a Slurm of one node on this machine, runs tests/slurm/ against it, and removes all of it again.
#   scripts/test_slurm.sh [BNRUN]     default: build/release/bnrun
# It has its own directory, ports and munge key, so that a Slurm which runs here already is never touched. As root it runs
# jobs as root, else as the user who starts it. Exits with 77 (skipped, for CTest) without Slurm or munge.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bnrun=$(realpath -- "${1:-build/release/bnrun}")
PATH=$PATH:/usr/sbin:/sbin

for program in munged slurmctld slurmd sbatch; do
  command -v "$program" >/dev/null && continue
  echo "test_slurm: SKIPPED: $program is not installed (apt-get install -y slurm-wlm munge)"
  exit 77
done
[[ -x "$bnrun" ]] || { echo "test_slurm: $bnrun: no such program; build it first" >&2; exit 2; }
for variable in "${!SLURM@}" "${!SBATCH@}" "${!SQUEUE@}" "${!SCANCEL@}"; do unset "$variable"; done

cluster=$(mktemp -d)
export SLURM_CONF=$cluster/slurm.conf
daemons=()

# Every process that was started with this cluster's directory in its environment, which no other has.
left_over() { env -u SLURM_CONF grep -lsF "SLURM_CONF=$cluster/" /proc/[0-9]*/environ | cut -d / -f 3 || true; }

clean_up() {
  local status=$? pid place
  trap '' INT TERM HUP
  for place in "${!daemons[@]}"; do kill "${daemons[-1 - place]}" 2>/dev/null || true; done
  for pid in $(left_over); do kill -KILL "$pid" 2>/dev/null || true; done
  for pid in "${daemons[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf -- "$cluster"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

# start NAME COMMAND…: in the background, its words in $cluster/NAME.log.
start() {
  local name=$1
  shift
  "$@" </dev/null >"$cluster/$name.log" 2>&1 &
  daemons+=($!)
}

# all_live: whether no daemon has ended. (kill -0 of several would be content with one that lives.)
all_live() {
  local pid
  for pid in "${daemons[@]}"; do kill -0 "$pid" 2>/dev/null || return 1; done
}

# until_true WHAT COMMAND…: waits half a minute for it, while all daemons live.
until_true() {
  local what=$1 end=$((SECONDS + 30))
  shift
  while all_live && ((SECONDS < end)); do
    timeout 5 "$@" >/dev/null 2>&1 && return
    sleep 0.2
  done
  echo "test_slurm: $what is not up; its log and those of the others end in:" >&2
  tail -n 15 "$cluster"/*.log >&2
  exit 1
}

# Told to listen at one address, a daemon takes that of the host's name, which Debian's installer makes 127.0.1.1. One whose
# name has none can only be told to listen at all.
node=$(hostname -s)
address=$(getent ahostsv4 "$(hostname)" | awk '{ print $1; exit }') || true
one_address=
[[ -z "$address" ]] || one_address=CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
address=${address:-127.0.0.1}
controller_port=$(free_port)
node_port=$controller_port
while ((node_port == controller_port)); do node_port=$(free_port); done
chmod 711 "$cluster"
mkdir -m 711 "$cluster/munge"
mkdir "$cluster/state" "$cluster/spool"
(umask 077 && head -c 128 /dev/urandom >"$cluster/munge/key")
cat >"$cluster/slurm.conf" <<CONF
ClusterName=bnrun_test
SlurmctldHost=$node($address)
SlurmctldPort=$controller_port
SlurmdPort=$node_port
$one_address
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$cluster/munge/socket
CredType=cred/munge
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmdPidFile=$cluster/slurmd.pid
PlugStackConfig=/dev/null
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$cluster/completed_jobs
SwitchType=switch/none
MpiDefault=none
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=0
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
ReturnToService=2
MaxArraySize=4
KillWait=2
NodeName=$node NodeAddr=$address CPUs=2 State=UNKNOWN
PartitionName=test Nodes=$node Default=YES MaxTime=5 State=UP
CONF

# Slurm 24 wants control groups, which a container may not have; those before it do not know this word.
[[ ! "$(slurmd -V)" =~ \ (2[4-9]|[3-9][0-9])\. ]] || echo 'CgroupPlugin=disabled' >"$cluster/cgroup.conf"

start munged munged --foreground --socket="$cluster/munge/socket" --key-file="$cluster/munge/key" \
  --log-file="$cluster/munge/log" --pid-file="$cluster/munge/pid" --seed-file="$cluster/munge/seed"
until_true munged munge --no-input --socket="$cluster/munge/socket"
start slurmctld slurmctld -D -f "$cluster/slurm.conf"
start slurmd slurmd -D -f "$cluster/slurm.conf" -N "$node"
# shellcheck disable=SC2016 # the inner shell's
until_true slurmd bash -c '[[ "$(sinfo --noheader --format=%T)" == idle ]]'
for test in tests/slurm/*_test.sh; do
  TMPDIR=$cluster COMPLETED_JOBS=$cluster/completed_jobs bash "$test" "$bnrun" &
  wait $! # which, unlike a command in the foreground, a signal cuts short
done
