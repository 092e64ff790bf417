#!/bin/bash
# What scripts/install_packages.sh says where apt is noisy, and where it fails: a few lines, and the one that helps comes last.
# Its dpkg-query, sudo and apt-get are stand-ins, so nothing is installed.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
scripts=$(realpath "$(dirname "$0")/../../scripts")
mkdir "$scratch/bin"
cd "$scratch" || exit 1
export PATH=$scratch/bin:$PATH

# stand_in NAME: a program of that name, from stdin.
stand_in() {
    { echo '#!/bin/bash'; cat; } > "bin/$1"
    chmod +x "bin/$1"
}
stand_in dpkg-query <<< 'exit 1'
stand_in sudo <<< '[ "$1" != -n ] || shift; exec "$@"'

# install CODE: install_packages.sh, which must end with it; sets $lines.
install() {
    local code=0
    "$scripts/install_packages.sh" > stdout 2> stderr || code=$?
    [ "$code" -eq "$1" ] || fail "exit code $code, expected $1: $(head stderr)"
    [ ! -s stdout ] || fail "stdout: $(head stdout)"
    lines=$(wc -l < stderr)
}

stand_in apt-get <<< 'seq -f "Unpacking package %.0f …" 1000; seq 400 >&2'
install 0
[ "$lines" -eq 1 ] || fail "$lines lines where apt succeeds, expected 1: $(head stderr)"
grep -q '^install_packages: installing g++ cmake ' stderr || fail "not told what is installed: $(cat stderr)"

stand_in apt-get <<'END'
for i in {1..700}; do echo "Err:$i http://mirror package $i"; echo "E: Failed to fetch http://mirror/$i  Connection failed" >&2; done
exit 100
END
install 1
[ "$lines" -le 10 ] || fail "$lines lines where apt fails: $(head -20 stderr)"
[ "$(grep -c '^  E: Failed to fetch' stderr)" -eq 6 ] || fail "expected three of apt's errors for each command: $(cat stderr)"
tail -n 1 stderr | grep -q '^install_packages: apt-get failed; as root, run: apt-get install -y g++ cmake ' ||
    fail "the last line is not the one that helps: $(tail -n 1 stderr)"
finish
