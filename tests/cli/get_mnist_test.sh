#!/bin/bash
# scripts/get_mnist.sh DIR: takes MNIST's files under every usual name, and only with the known contents.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
scripts=$(realpath "$(dirname "$0")/../../scripts")
names=(train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte)
cd "$scratch" || exit 1
unset BNRUN_DATA_DIR

# The script as it is, but for the four checksums, which are those of four small files here.
mkdir -p scripts data good
cp "$scripts"/get_{mnist,idx_common}.sh scripts/
for name in "${names[@]}"; do
    echo "$name" > "good/$name"
    sum=$(sha256sum < "good/$name")
    sed -i "s/\[$name\]=.*/[$name]=${sum%% *}/" scripts/get_mnist.sh
done

# get CODE DIR
get() {
    local code=0
    rm -rf data/mnist
    scripts/get_mnist.sh "$2" 2> stderr || code=$?
    [ "$code" -eq "$1" ] || fail "get_mnist.sh $2: exit code $code, expected $1: $(cat stderr)"
    [ "$1" -eq 0 ] || [ ! -e data/mnist ] || fail "get_mnist.sh $2 left $(ls data/mnist)"
}

get 0 good
diff -r good data/mnist || fail "other files than were given"

mkdir dotted folders packed
for name in "${names[@]}"; do
    dotted=${name/-idx/.idx}
    cp "good/$name" "dotted/$dotted"
    mkdir "folders/$name"
    cp "good/$name" "folders/$name/$name"
    gzip -c "good/$name" > "packed/$dotted.gz"
done
for given in dotted folders; do
    get 0 $given
    diff -r good data/mnist || fail "$given: not stored under the official names"
done
get 0 packed
[ "$(cd data/mnist && echo *)" = "$(printf '%s.gz\n' "${names[@]}" | sort | paste -sd ' ')" ] || fail "packed: $(ls data/mnist)"

# Others' contents are passed over where a good file follows, and refused where none does.
echo other > dotted/train-images-idx3-ubyte
get 0 dotted
diff -r good data/mnist || fail "a wrong file beside a right one"
echo other > dotted/train-images.idx3-ubyte
get 3 dotted
grep -q 'dotted/train-images.idx3-ubyte: SHA-256' stderr || fail "wrong contents: $(cat stderr)"
rm folders/t10k-labels-idx1-ubyte/*
get 3 folders
grep -q 'folders: has neither t10k-labels-idx1-ubyte nor .*gz, nor t10k-labels.idx1-ubyte, nor a directory' stderr ||
    fail "a missing file: $(cat stderr)"

# From mirrors: what is too long, too slow or not to be had is given up for the next one, and nothing of it stays.
for program in python3 curl wget; do
    command -v $program > /dev/null && continue
    finish
    echo "SKIPPED: the mirrors' part: $program is not installed (apt-get install -y $program)"
    exit 77
done
mkdir -p mirrors/good mirrors/bomb only_wget
for name in "${names[@]}"; do gzip -c "good/$name" > "mirrors/good/$name.gz"; done
head -c 60000000 /dev/zero | gzip -c > mirrors/bomb/train-images-idx3-ubyte.gz
for program in bash cat dirname env gzip head mkdir mktemp mv rm rmdir sha256sum stat timeout wget; do
    ln -s "$(command -v $program)" only_wget/
done
sed -i 's/^piece=.* seconds=[0-9]*/piece=1500000 seconds=2/' scripts/get_idx_common.sh
cat > server.py << 'END'
import http.server, os, time
class Mirrors(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments): pass
    def do_GET(self):
        kind = self.path.split("/")[1]
        bad = kind in ("endless", "slow", "silent") and "train-images" in self.path
        if not bad: return super().do_GET()
        self.send_response(200)
        self.end_headers()
        try:
            while kind == "endless": self.wfile.write(bytes(1 << 20))
            while kind == "slow": self.wfile.write(b"x"), time.sleep(0.1)
            time.sleep(60)
        except OSError: pass
os.chdir("mirrors")
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirrors)
print(server.server_port, file=open("../port", "w"), flush=True)
server.serve_forever()
END
python3 server.py &
server=$!
trap 'kill $server; rm -rf "$scratch"' EXIT
until [ -s port ]; do kill -0 $server || exit 1; sleep 0.05; done

# from CODE KIND...: with the mirrors of these kinds, in turn, the programs of $programs and files of at most $blocks kB,
# which by default are too few for a file that is longer than MNIST's longest.
from() {
    local code=0 expected=$1 list='' kind
    shift
    for kind; do list+="http://127.0.0.1:$(cat port)/$kind "; done
    sed -i "s#^mirrors=.*#mirrors=($list)#" scripts/get_mnist.sh
    rm -rf data/mnist
    (ulimit -f "${blocks:-48000}"; PATH=$programs exec scripts/get_mnist.sh 2> stderr) || code=$?
    [ $code -eq "$expected" ] || fail "$*: exit code $code, expected $expected: $(cat stderr)"
    [ "$expected" -eq 0 ] || [ ! -e data/mnist ] || fail "$*: left $(ls -A data/mnist)"
}
for programs in "$PATH" "$scratch/only_wget"; do
    from 3 endless
    grep -q 'endless/train-images-idx3-ubyte.gz: longer than MNIST' stderr || fail "a mirror without end: $(cat stderr)"
    from 3 slow
    grep -q 'slow/train-images-idx3-ubyte.gz: came at less than ' stderr || fail "a slow mirror: $(cat stderr)"
    from 3 silent
    from 3 bomb
    grep -q 'bomb/train-images-idx3-ubyte.gz: SHA-256' stderr || fail "too much in a file: $(cat stderr)"
    from 3 absent
    grep -q 'none of the mirrors could be reached' stderr || fail "a mirror without the file: $(cat stderr)"
    blocks=8 from 5 endless good
    grep -q '\.partial\..*: cannot write train-images-idx3-ubyte.gz to it; free some space' stderr || fail "a full disk: $(cat stderr)"
    from 0 endless slow good
    diff -r mirrors/good data/mnist || fail "other files than a good mirror's"
done
finish
