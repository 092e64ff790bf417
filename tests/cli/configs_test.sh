#!/bin/bash
# The configs in the program: listed, printed, and found from any directory.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
root=$(realpath "$(dirname "$0")/../..")
cd "$scratch" || exit 1

expect_exit 0 configs
cut -d ' ' -f 1 stdout > listed
(cd "$root/configs" && printf '%s\n' *.json) | sed 's/\.json$//' | LC_ALL=C sort | diff - listed || fail 'not those of configs/'
! grep -v '^[a-z0-9_]*  *[^ ].*' stdout || fail 'a config without a word of what it is'
grep -q "^sigmoid10_bn  *The post's net with batch normalization" stdout || fail "sigmoid10_bn: $(grep sigmoid10_bn stdout)"
while read -r name; do
    "$bnrun" configs "$name" | cmp - "$root/configs/$name.json" || fail "$name is not printed as its file is"
done < listed
expect_exit 0 configs tanh10.json
cmp stdout "$root/configs/tanh10.json" || fail 'a name with .json'

expect_exit 2 configs sigmoid10_bm
expect_one_error 'an unknown name'
grep -q 'sigmoid10_bm: no such config in the program; did you mean "sigmoid10_bn"?' stderr || fail "unknown: $(cat stderr)"
[ ! -s stdout ] || fail 'an unknown name prints something'
"$bnrun" complete -- configs tan | cut -f 1 > offered
[ "$(cat offered)" = tanh10 ] || fail "completion offers $(cat offered)"

# --- from any directory; a file comes first
says() { # says SEED ARGUMENT...
    expect_exit 0 "${@:2}" --dry-run
    grep -q "^  \"seed\": $1,$" stdout || fail "seed $1: ${*:2}: $(grep seed stdout)"
}
says 1 --config sigmoid10_bn
grep -q '^  "name": "sigmoid10_bn",$' stdout || fail "its name: $(head -3 stdout)"
expect_exit 0 --config sigmoid10_bn.json --dry-run
expect_exit 0 sweep --config sigmoid10 --grid seed=1:2 --dry-run
echo '{"base": "sigmoid10", "grid": {"seed": [1, 2]}}' > spec.json
expect_exit 0 sweep spec.json --dry-run
expect_exit 2 --config sigmoid10_bn --set train.batch_sise=2 --dry-run
expect_one_error 'an unknown key beside a config in the program'
"$bnrun" configs sigmoid10_bn > my.json
says 1 --config my.json
mkdir configs
echo '{"seed": 5}' > configs/sigmoid10_bn.json
says 5 --config sigmoid10_bn
echo '{"seed": 6}' > sigmoid10_bn
says 6 --config sigmoid10_bn
expect_exit 2 --config sigmoid10_bm --dry-run
grep -q 'did you mean "sigmoid10_bn"?' stderr || fail "an unknown config: $(cat stderr)"

# --- where nothing can be looked up, as in another user's directory
if [ "$(id -u)" -eq 0 ] && command -v setpriv > /dev/null; then
    mkdir -m 700 closed
    chmod 755 .
    cp "$bnrun" program
    (cd closed && setpriv --reuid 65534 --clear-groups ../program --config sigmoid10 --dry-run) > stdout 2> stderr ||
        fail "in a directory that may not be searched: $(cat stderr)"
fi
finish
