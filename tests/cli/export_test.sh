#!/bin/bash
# What export writes says the same as the run's CSV files, to the programs that the formats belong to.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1
expect_exit 0 --config small.json --set train.epochs=2 --set log.every=3 --out run

expect_exit 0 export run --format jsonl
cp stdout run.jsonl
[ "$(wc -l < run.jsonl)" -eq 8 ] || fail "jsonl has $(wc -l < run.jsonl) lines, expected 6 iterations and 2 epochs"
row=$(sed -n 2p run/gradients.csv)
norms=${row#*,*,}
layer=0
named=$(for norm in ${norms//,/ }; do printf ',"gradient/layer_%d":%s' $((++layer)) "$norm"; done)
sed -n 1p run.jsonl | grep -qF "$named,\"activation_min/layer_1\"" || fail "jsonl lacks the norms $named"
[ "$(grep -c '^{"kind":"iteration","epoch"' run.jsonl) $(grep -c '^{"kind":"epoch","epoch"' run.jsonl)" = '6 2' ] ||
    fail "the kinds of jsonl's lines: $(cut -c 1-40 run.jsonl)"
expect_exit 0 export run --format jsonl -o copy.jsonl
cmp copy.jsonl run.jsonl || fail 'jsonl in a file differs from jsonl on stdout'

for format in npz tensorboard; do
    expect_exit 2 export run --format $format
    expect_one_error "$format without -o"
    expect_exit 0 export run --format $format -o "$format.a"
    expect_exit 2 export run --format $format -o "$format.a"
    expect_one_error "$format onto itself"
    expect_exit 0 export run --format $format -o "$format.a" --force
    expect_exit 0 export run --format $format -o "$format.b"
    diff -r "$format.a" "$format.b" || fail "two exports to $format differ"
done
expect_exit 3 export nowhere --format jsonl
expect_one_error 'export of no run'
expect_exit 2 export run --format xml
expect_one_error 'export to xml'
expect_exit 5 export run --format npz -o nowhere/run.npz
expect_one_error 'export into no directory'
ln -s run linked
for target in run linked; do
    for force in '' --force; do
        # shellcheck disable=SC2086
        expect_exit 2 export nowhere --format npz -o $target $force
        expect_one_error 'export onto a directory'
        grep -q " error: $target: is a directory; name a file$" stderr || fail "export onto a directory: $(cat stderr)"
    done
done
[ -z "$(find . -maxdepth 1 -name '*.tmp')" ] || fail "an export that failed left $(find . -maxdepth 1 -name '*.tmp')"

# --- what has the name of a stream is written to, and stays; a link is replaced, and not what it leads to
for name in - /dev/stdout /dev/fd/1; do
    expect_exit 0 export run --format jsonl -o $name
    cmp stdout run.jsonl || fail "export -o $name differs"
done
expect_exit 0 export run --format npz -o /dev/stdout
cmp stdout npz.a || fail 'npz on stdout differs'
"$bnrun" export run --format jsonl -o >(cat > substituted) 2> stderr || fail "a process in place of a file: $(cat stderr)"
wait $!
cmp substituted run.jsonl || fail 'export to a process differs'
mkfifo pipe
cat pipe > piped &
expect_exit 0 export run --format jsonl -o pipe --force
wait $!
cmp piped run.jsonl || fail 'export to a pipe differs'
expect_exit 5 export run --format jsonl -o pipe
expect_one_error 'a pipe that nobody reads'
[ -p pipe ] || fail 'export replaced a pipe'
expect_exit 0 export run --format npz -o /dev/null
echo mine > mine
echo mine > copy.jsonl.tmp
for target in mine absent; do
    ln -sf $target link
    expect_exit 2 export run --format jsonl -o link
    expect_exit 0 export run --format jsonl -o link --force
    cmp link run.jsonl || fail 'a link is not replaced'
done
expect_exit 0 export run --format jsonl -o copy.jsonl --force
[ "$(cat mine copy.jsonl.tmp)" = $'mine\nmine' ] && [ ! -e absent ] || fail "export touched a user's file"

# A row that lost its line break lost digits, perhaps: it is no row.
cp -r run cut
for file in gradients activations iterations epochs; do truncate -s -2 cut/$file.csv; done
expect_exit 0 export cut --format jsonl
[ "$(wc -l < stdout)" -eq 6 ] || fail "of 6 iterations and 2 epochs, the last of each cut off, $(wc -l < stdout) are exported"
for line in gradients.csv:7 activations.csv:7 iterations.csv:7 epochs.csv:3; do
    grep -q " warning: cut/$line: the last row is cut off" stderr || fail "$line: nothing said: $(cat stderr)"
done

expect_exit 0 --config small.json --set log.every=0 --out unlogged
expect_exit 0 export unlogged --format jsonl
[ "$(wc -l < stdout)" -eq 1 ] || fail 'a run that logged no iteration has more to export than its epoch'
expect_exit 0 export unlogged --format npz -o unlogged.npz
shapes=$(grep -aoE "'shape': \([^)]*\)" unlogged.npz | LC_ALL=C sort | uniq -c | awk '{$1 = $1; print}' | paste -sd ';')
[ "$shapes" = "3 'shape': (0, 0);4 'shape': (0,);5 'shape': (1,)" ] || fail "a run that logged no iteration: $shapes"

cp -r run lost
sed -i '2s/,[^,]*$/,nan/' lost/gradients.csv
expect_exit 0 export lost --format jsonl
sed -n 1p stdout | grep -q '"gradient/layer_4":null,' || fail 'a norm that is not finite is not null'
sed -i '$d' lost/activations.csv
expect_exit 0 export lost --format jsonl
[ "$(grep -c iteration stdout)" -eq 5 ] || fail 'a row that one file lacks is not left out'
sed -i 2d lost/iterations.csv
expect_exit 3 export lost --format jsonl
expect_one_error 'files that disagree'
cp run/iterations.csv lost/iterations.csv
sed -i '2s/^1,/3,/' lost/iterations.csv
expect_exit 3 export lost --format jsonl
grep -q 'lost/gradients.csv: row 1 is epoch 1 iteration 3, but lost/iterations.csv has epoch 3 iteration 3 there' stderr ||
    fail "files that disagree on the epoch: $(cat stderr)"

cp -r run wrong
cp wrong/activations.csv wrong/gradients.csv
expect_exit 3 export wrong --format jsonl
grep -q 'wrong/gradients.csv: not the table that its name says' stderr || fail "a table of another kind: $(cat stderr)"
for first in 'epoch:1 iteration:3' 'epoch:1 iteration:3/x'; do
    cp run/gradients.csv wrong/gradients.csv
    echo "$first" > wrong/gradients.txt
    expect_exit 3 export wrong --format jsonl
    grep -q 'wrong/gradients.txt: expected a first line such as' stderr || fail "a first line like $first: $(cat stderr)"
done

# python_with MODULE: sets $python to one that has it; the distribution's own may not be the first in PATH.
python_with() {
    for python in python3 /usr/bin/python3; do
        if "$python" -c "import $1" 2> /dev/null; then return 0; fi
    done
    return 1
}
checked=0
if python_with json; then
    "$python" -c 'import json; [json.loads(line) for line in open("run.jsonl")]' || fail 'a line of jsonl is not JSON'
fi
if python_with numpy; then
    checked=$((checked + 1))
    "$python" - << 'PYTHON' || fail 'numpy reads other values than the CSV files have'
import numpy
arrays = numpy.load("npz.a")
def table(name): return numpy.loadtxt(f"run/{name}.csv", delimiter=",", skiprows=1)
gradients, activations, iterations, epochs = map(table, ["gradients", "activations", "iterations", "epochs"])
expected = {
    "epoch": gradients[:, 0], "iteration": gradients[:, 1], "gradient": gradients[:, 2:],
    "activation_min": activations[:, 2::2], "activation_max": activations[:, 3::2],
    "loss": iterations[:, 2], "learning_rate": iterations[:, 3],
    "epochs": epochs[:, 0], "train_loss": epochs[:, 1], "train_error": epochs[:, 2],
    "test_loss": epochs[:, 3], "test_error": epochs[:, 4]}
assert set(arrays.files) == set(expected), arrays.files
for name, values in expected.items(): numpy.testing.assert_array_equal(arrays[name], values, name)
assert arrays["epoch"].dtype == numpy.int64 and arrays["gradient"].shape == (6, 4)
PYTHON
fi
if python_with google.protobuf; then
    checked=$((checked + 1))
    cat > read_events.py << 'PYTHON'
import csv, glob, struct
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8): crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF

file = descriptor_pb2.FileDescriptorProto(name="event.proto", package="t", syntax="proto3")
def message(name, *fields):
    added = file.message_type.add(name=name)
    for field, number, kind, label, type_name in fields:
        added.field.add(name=field, number=number, type=kind, label=label, type_name=type_name)
message("Value", ("tag", 1, 9, 1, None), ("simple_value", 2, 2, 1, None))
message("Summary", ("value", 1, 11, 3, ".t.Value"))
message("Event", ("wall_time", 1, 1, 1, None), ("step", 2, 3, 1, None), ("file_version", 3, 9, 1, None),
        ("summary", 5, 11, 1, ".t.Summary"))
pool = descriptor_pool.DescriptorPool()
pool.Add(file)
found = pool.FindMessageTypeByName("t.Event")
Event = message_factory.GetMessageClass(found) if hasattr(message_factory, "GetMessageClass") else \
    message_factory.MessageFactory(pool).GetPrototype(found)

data, events = open(glob.glob("tensorboard.a/events.out.tfevents*")[0], "rb").read(), []
while data:
    length, length_crc = struct.unpack("<QI", data[:12])
    body = data[12:12 + length]
    assert length_crc == crc32c(data[:8])
    assert struct.unpack("<I", data[12 + length:16 + length])[0] == crc32c(body)
    events.append(Event.FromString(body))
    data = data[16 + length:]
assert events[0].file_version == "brain.Event:2"
times = [event.wall_time for event in events[1:]]
import json, os
summary = json.load(open("run/summary.json"))
assert times[-1] == max(times) == summary["written"], (times, summary["written"])  # the last epoch ends the run
assert min(times) > summary["written"] - summary["seconds"] - 1e-6
got = {(event.step, value.tag): value.simple_value for event in events[1:] for value in event.summary.value}
single = lambda text: struct.unpack("<f", struct.pack("<f", float(text)))[0]
expected = {}
def expect(name, step, tag):
    for row in csv.DictReader(open(f"run/{name}.csv")):
        for column, text in row.items():
            if column not in ("epoch", "iteration"): expected[step(row), tag(column)] = single(text)
iteration = lambda row: (int(row["epoch"]) - 1) * 10 + int(row["iteration"])
expect("gradients", iteration, lambda column: "gradient/" + column)
expect("activations", iteration, lambda column: f"activation_{column[-3:]}/{column[:-4]}")
expect("iterations", iteration, lambda column: column)
expect("epochs", lambda row: int(row["epoch"]) * 10, lambda column: column)
assert got == expected, set(got.items()) ^ set(expected.items())
PYTHON
    "$python" read_events.py || fail 'the event file says other than the CSV files'
fi
finish
[ $checked -eq 2 ] || { echo 'skipped: python3-numpy or python3-protobuf is not installed'; exit 77; }
