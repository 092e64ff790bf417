#!/bin/bash
# log.observe and what goes with it: what a run leaves, and that every command that reads a run knows it.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1

all='["gradient","activation","distribution","saturation","weight","update","normalization","covariance","covariate_shift","landscape","prediction"]'
observing=(--config small.json --set train.epochs=2 --set model.batch_norm=true --set name=some)
expect_exit 0 "${observing[@]}" --out plain
expect_exit 0 "${observing[@]}" --set "log.observe=$all" --set 'log.at=["1:1-4","last"]' --set 'log.snapshots=["1:2","last"]' --out some
grep -q 'landscape takes the time of some .* iterations wherever it is logged; log.at chooses where' stderr || fail "$(cat stderr)"
[ "$(head -1 some/layers.csv)" = epoch,iteration,layer,quantity,value ] || fail "layers.csv: $(head -1 some/layers.csv)"
[ "$(cut -d , -f 1,2 some/layers.csv | sort -u | wc -l)" -eq 6 ] || fail "layers.csv's iterations"
for value in input_q99.9 dead weight_spectral update_cosine gamma_sd inference_sd_distance effective_rank covariate_cosine predicted_factor; do
    grep -q "^2,.*,1,$value,\|^2,.*,2,$value," some/layers.csv || fail "layers.csv lacks $value"
done
grep -q '^1,1,0,smoothness,' some/layers.csv || fail "layers.csv lacks the whole net's smoothness"
grep -q '^1,1,.*,update_cosine,' some/layers.csv && fail "the first iteration has nothing to compare with"
expect_same plain some epochs.csv
[ "$(find some -mindepth 1 -maxdepth 1 | wc -l)" -le 16 ] || fail "more than 16 files"

# Observing changes nothing that is trained; the last snapshot is the model.
expect_exit 0 "${observing[@]}" --set 'log.at=["1:1-4","last"]' --out sparse
expect_same sparse some gradients.csv gradients.txt activations.csv iterations.csv epochs.csv
expect_exit 0 eval some
python3=/usr/bin/python3
last=$(find some/snapshots -name 'epoch_2_*')
"$python3" - some/model.safetensors "$last" <<'PY' || fail "the last snapshot is not the model"
import json, struct, sys
def tensors(path):
    data = open(path, "rb").read()
    end = 8 + struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:end])
    header.pop("__metadata__")
    return {name: data[end:][slice(*entry["data_offsets"])] for name, entry in header.items()}
ours, theirs = tensors(sys.argv[1]), tensors(sys.argv[2])
learned = [name for name in ours if name.endswith(("weight", "bias", "gamma", "beta"))]
sys.exit(not learned or any(ours[name] != theirs[name] for name in learned))
PY

# The same bytes for any number of threads and instruction set.
for threads in 1 3; do
    expect_exit 0 "${observing[@]}" --set "log.observe=$all" --set 'log.at=["1:1-4","last"]' --set 'log.snapshots=["1:2","last"]' --out "t$threads" --threads $threads
    expect_same some "t$threads" layers.csv model.safetensors snapshots/epoch_1_iteration_2.safetensors
done
if [ "$(uname -m)" = x86_64 ]; then narrow=avx2; else narrow=neon; fi
BNRUN_ISA=$narrow "$bnrun" "${observing[@]}" --set "log.observe=$all" --set 'log.at=["1:1-4","last"]' --set 'log.snapshots=["1:2","last"]' --out narrow >/dev/null 2>&1
expect_same some narrow layers.csv

expect_exit 0 check some --full
sed -i '0,/,weight_norm,/s//,weight_norm,9/' t1/layers.csv
expect_exit 1 check t1 --full
expect_exit 0 diff some t3
expect_exit 1 diff some t1
grep -q '^  weight_norm/layer_[0-9]' stdout || fail "diff: $(cat stdout)"
expect_exit 0 show some
expect_exit 0 report some t3 -o report.html
for format in jsonl npz; do expect_exit 0 export some --format $format -o "out.$format"; done

# Without its quantity, a table is not there, and nothing misses it.
expect_exit 0 "${observing[@]}" --set 'log.observe=["saturation"]' --out alone
for file in gradients.txt gradients.csv activations.txt activations.csv; do
    [ -e "alone/$file" ] && fail "$file is there"
done
expect_exit 0 check alone
expect_exit 0 show alone
expect_exit 0 report alone -o alone.html
expect_exit 0 export alone --format jsonl -o alone.jsonl
expect_exit 0 diff alone alone

for bad in 'log.observe=["weights"]' 'log.at=["1:0"]' 'log.at=["1:1-99999"]' 'log.layers=[9]' 'log.snapshots=["3:1"]'; do
    expect_exit 2 "${observing[@]}" --set "$bad" --out bad
    expect_one_error "$bad"
    [ -e bad ] && fail "$bad leaves a directory"
done

# Replacing a run takes its snapshots along.
expect_exit 0 "${observing[@]}" --out some --force
[ -e some/snapshots ] || [ -e some/layers.csv ] && fail "--force leaves what is no longer asked for"
finish
