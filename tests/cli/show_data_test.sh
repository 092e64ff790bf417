#!/bin/bash
# show-data: what it takes and refuses, and where it writes.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1
distorted=(--config small.json --set data.distort.rotate=15 --set 'data.distort.elastic={"sigma": 4, "alpha": 34}')

expect_exit 0 show-data "${distorted[@]}" -o page.html
[ ! -s stdout ] || fail 'show-data -o FILE prints to stdout'
grep -q '<title>Synthetic digits, not MNIST, seed 1: rotate 15, elastic.sigma 4, elastic.alpha 34</title>' page.html ||
    fail "the title: $(grep title page.html)"
[ "$(grep -o '<figure>' page.html | wc -l)" -eq 40 ] || fail "$(grep -o '<figure>' page.html | wc -l) samples"
[ "$(grep -o '<img ' page.html | wc -l)" -eq 200 ] || fail "$(grep -o '<img ' page.html | wc -l) images"
grep -Eq 'src="[^d]|href=|<script' page.html && fail 'the page needs something from elsewhere'
cp page.html first.html
expect_exit 0 show-data "${distorted[@]}" -o page.html --threads 3
cmp page.html first.html || fail 'the same data gives another page'
expect_exit 0 show-data "${distorted[@]}" -o -
cmp stdout first.html || fail 'show-data -o - differs from the file'
expect_exit 0 show-data "${distorted[@]}" --samples 3 --epochs 2 -o page.html
[ "$(grep -o '<img ' page.html | wc -l)" -eq 9 ] || fail 'not 3 samples in 2 epochs'
expect_exit 0 show-data --config small.json --set data.preprocess=zca -o plain.html
[ "$(grep -o '<img ' plain.html | wc -l)" -eq 40 ] || fail 'not an image for each sample'
[ ! -e results ] || fail 'show-data trains'
if command -v python3 > /dev/null; then
    python3 - page.html << 'END' || fail 'an image is no PNG that zlib can read'
import base64, re, struct, sys, zlib
for address in re.findall(r'base64,([^"]+)', open(sys.argv[1]).read()):
    png = base64.b64decode(address, validate=True)
    at, kinds, rows = 8, [], b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        data = png[at + 8:at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length:at + 12 + length])[0] == zlib.crc32(kind + data)
        kinds.append(kind)
        rows = zlib.decompress(data) if kind == b"IDAT" else rows
        at += 12 + length
    assert kinds == [b"IHDR", b"IDAT", b"IEND"] and len(rows) == 28 * 29
END
fi

echo other > notes.html
# refused CODE TEXT ARGUMENT...
refused() {
    expect_exit "$1" show-data "${@:3}"
    expect_one_error "show-data ${*:3}"
    grep -q -- "$2" stderr || fail "show-data ${*:3}: expected '$2', got: $(cat stderr)"
}
refused 2 'show-data: say where to write: -o FILE.html' --config small.json
refused 2 '--config FILE is missing' -o page.html
refused 2 'notes.html: is there already and no report' --config small.json -o notes.html
refused 2 'samples' --config small.json -o page.html --samples 0
refused 3 'no such data directory' --config small.json --set data.source=mnist --data nowhere -o page.html
refused 2 'elastic.alpha' --config small.json --set data.distort.elastic.alpha=3 -o page.html
expect_exit 0 show-data --config small.json -o notes.html --force

# Vectors are no images: neither shown nor distorted.
mkdir vectors
{ printf '\0\0\010\002'; be32 20; be32 4; head -c 80 /dev/zero; } > vectors/train-images-idx2-ubyte
{ printf '\0\0\010\001'; be32 20; printf '\0\001\0\001\0\001\0\001\0\001\0\001\0\001\0\001\0\001\0\001'; } > vectors/train-labels-idx1-ubyte
cp vectors/train-images-idx2-ubyte vectors/t10k-images-idx2-ubyte
cp vectors/train-labels-idx1-ubyte vectors/t10k-labels-idx1-ubyte
echo '{"data": {"source": "idx", "dir": "vectors"}, "model": {"hidden": [3]}}' > vectors.json
refused 3 'vectors: holds vectors of 4 values, which cannot be shown' --config vectors.json -o page.html
expect_exit 2 --config vectors.json --set data.distort.noise=0.1 --out distorted
expect_one_error 'distorted vectors'
grep -q -- "--set data.distort.noise=0.1: data.distort: the data's samples are no images, but vectors of 4 values" stderr || fail "$(cat stderr)"
[ ! -e distorted ] || fail 'a run that cannot start leaves a directory'
expect_exit 0 --config vectors.json --out plain
finish
