#!/bin/bash
# Whatever is in names, files and arguments: it reaches terminal, log and pages as printable text.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
if ! command -v python3 > /dev/null; then
    echo "SKIPPED: python3 is not installed (apt-get install -y python3)"
    exit 77
fi
cd "$scratch" || exit 1

# expect_printable FILE...: UTF-8 of whole lines, in which nothing steers a terminal or turns the direction of text.
expect_printable() {
    python3 - "$@" << 'END' || fail "not printable: $*"
import re, sys
for path in sys.argv[1:]:
    text = open(path, encoding="utf-8", newline="").read()
    found = re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]", text)
    if found: sys.exit(f"{path}: {found.group()!r} in {text[max(found.start() - 60, 0):found.end()]!r}")
END
}

# says CODE ARGUMENT...: ends so; what it says is kept in said, to be looked at with what others say.
says() {
    expect_exit "$@"
    cat stdout stderr >> said
}

make_idx 20 10
every=$(python3 -c 'import os, sys; sys.stdout.buffer.write(bytes(b for b in range(1, 256) if b not in b"\n/"))')
marks=$'<a href="x">&amp;\']]>-->|`*\\[x](y)\xef\xbf\xbe\xef\xbf\xbf\xed\xa0\x80\xf5\xe2\x80'
config='{"data": {"source": "idx"}, "model": {"depth": 1, "width": 4}, "train": {"batch_size": 10}, "name": "same"}'
for name in $'esc\e[31m' $'csi\xc2\x9b31m' $'latin\xe9' $'two\nlines' $'turned\xe2\x80\xae\xe2\x81\xa6' "$marks" "$every"; do
    mkdir "$name" 2> /dev/null || continue # the file system takes UTF-8 only
    cp -r idx "$name/data"
    export BNRUN_DATA_DIR=$name/data
    echo "$config" > "$name/config.json"
    says 0 --config "$name/config.json" --out "$name/run"
    says 2 --config "$name/config.json" --out "$name/run"
    says 2 --config "$name/config.json" --set "$name=1" "--$name"
    says 2 --config "$name/config.json" --set "data.source=$name"
    says 2 --config "$name"
    says 3 eval "$name/none"
    says 0 eval "$name/run"
    says 0 check "$name/run"
    sed -i 2s/0/1/ "$name/run/gradients.csv"
    says 1 check "$name/run"
    says 0 --config "$name/config.json" --out "$name/other" --set seed=2
    for form in --all --md --json; do says 1 diff "$name/run" "$name/other" $form; done
    says 0 export "$name/run" --format npz -o "$name/run.npz"
    says 0 sweep --config "$name/config.json" --grid seed=1 --out "$name/sweep"
    says 0 report "$name/run" "$name/other" -o "$name/page.html" --svg "$name/figures"
    expect_printable "$name/run/run.log" "$name/page.html" said
    says 0 report "$name/run" "$name/other" -o -
    cmp stdout "$name/page.html" || fail "the page on stdout is another one"
    python3 - "$name"/figures/*.svg << 'END' || fail "no XML: the figures of $(printf %q "$name")"
import sys, xml.etree.ElementTree
for path in sys.argv[1:]: xml.etree.ElementTree.parse(path)
END
done
unset BNRUN_DATA_DIR
says 0 --config $'esc\e[31m/config.json' --data $'esc\e[31m/data' --out moved
expect_printable moved/run.log
says 0 sweep --config $'esc\e[31m/config.json' --grid $'data.dir=esc\e[31m/data' --out varied
expect_printable varied/summary.csv
says 0 report varied -o varied.html
[ -s $'esc\e[31m/figures/loss.svg' ] || fail "no figure was looked at"
grep -qF 'into esc\u001b[31m/run' $'esc\e[31m/run/run.log' || fail "run.log: $(cat -v $'esc\e[31m/run/run.log')"

# A config that says anything, in a run's directory that a stranger made.
expect_exit 0 --config small.json --set log.every=1 --out a
cp -r a b
python3 - << 'END'
import json
config = json.load(open("b/config.json"))
config["x\x1b[31m\u009b|`<!--\u202e](y)"] = "\x1b[31m\u009b\n|`"
json.dump(config, open("b/config.json", "w"))
END
says 0 diff a b
grep -qF '  x\u001b[31m\u009b|`<!--\u202e](y): none -> ' stdout || fail "diff: $(cat -v stdout)"
says 0 diff a b --md
grep -qF -- '- ``x\u001b[31m\u009b|`<!--\u202e](y)``: none -> ' stdout || fail "diff --md: $(cat -v stdout)"
says 0 diff a b --json
python3 -c 'import json; d = json.load(open("stdout"))["config"]; assert d[0]["key"] == "x\x1b[31m\u009b|`<!--\u202e](y)", d' ||
    fail "diff --json: $(cat -v stdout)"
says 0 report a b -o page.html --force
expect_printable page.html said
finish
