"""The files that bnrun reads and leaves: IDX, safetensors, CSV."""
import csv
import json
import struct

import numpy as np


def write_idx(path, array):
    """Unsigned bytes: 0, 0, 8, rank; big-endian sizes; the values."""
    header = struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    path.write_bytes(header + array.astype(np.uint8).tobytes())


def write_safetensors(path, tensors):
    """The header's length, 8 bytes; the header in JSON; the values."""
    header, data = {}, b""
    for name, values in tensors.items():
        end = len(data) + values.nbytes
        header[name] = {"dtype": "F64", "shape": values.shape, "data_offsets": [len(data), end]}
        data += values.astype("<f8").tobytes()
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def read_safetensors(path):
    content = path.read_bytes()
    start = 8 + struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8:start])
    header.pop("__metadata__", None)
    assert all(entry["dtype"] == "F64" for entry in header.values()), "a float64 run leaves float64"
    return {name: np.frombuffer(content[start:], "<f8")[entry["data_offsets"][0] // 8:entry["data_offsets"][1] // 8]
            .reshape(entry["shape"]) for name, entry in header.items()}


def read_table(path):
    """The columns' names, and the rows as numbers."""
    with open(path, newline="") as file:
        names, *rows = csv.reader(file)
    return names, np.array(rows, float)


def read_layers(path):
    """layers.csv: {(quantity, layer): value} of each iteration."""
    rows = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            values = rows.setdefault((int(row["epoch"]), int(row["iteration"])), {})
            values[row["quantity"], int(row["layer"])] = float(row["value"])
    return [rows[place] for place in sorted(rows)]


def write_data(directory, data, shape):
    """Four IDX files whose samples have that shape."""
    directory.mkdir()
    for part, name in ("train", "train"), ("t10k", "test"):
        images = data[f"{name}_images"].reshape(-1, *shape)
        write_idx(directory / f"{part}-images-idx{images.ndim}-ubyte", images)
        write_idx(directory / f"{part}-labels-idx1-ubyte", data[f"{name}_labels"])
