#!/bin/bash
# What `cmake --install` puts where, and that it works from there: read-only, from any directory, for any user.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
root=$(realpath "$(dirname "$0")/../..")
build=$(dirname "$bnrun")
[ -f "$build/cmake_install.cmake" ] || { echo "install_test: SKIPPED: $bnrun is in no directory of CMake's"; exit 77; }
chmod 755 "$scratch"
cd "$scratch" || exit 1
cmake --install "$build" --prefix "$scratch/prefix" --component Unspecified > log 2>&1 || fail "cmake --install: $(cat log)"
chmod -R a-w prefix
share=prefix/share

{
    echo bin/bnrun
    echo share/man/man1/bnrun.1
    echo share/doc/bnrun/copyright
    echo share/bash-completion/completions/bnrun
    echo share/zsh/site-functions/_bnrun
    echo share/fish/vendor_completions.d/bnrun.fish
    (cd "$root" && printf 'share/bnrun/%s\n' configs/*.json configs/sweeps/*.json)
} | sort > expected
(cd prefix && find . -type f -printf '%P\n') | sort | diff expected - || fail 'other files than these were installed'

# --- what is installed is what the program says
"$bnrun" man | cmp - $share/man/man1/bnrun.1 || fail 'the manual page'
for shell in bash-completion/completions/bnrun zsh/site-functions/_bnrun fish/vendor_completions.d/bnrun.fish; do
    "$bnrun" completion "${shell%%[-/]*}" | cmp - "$share/$shell" || fail "completion: $shell"
done
grep -q '^Copyright: .* the bnrun authors' $share/doc/bnrun/copyright || fail 'the licence'
for config in "$share"/bnrun/configs/*.json; do
    name=$(basename "$config" .json)
    prefix/bin/bnrun configs "$name" | cmp - "$config" || fail "config $name"
done

# --- elsewhere, by somebody else, who may write nowhere but in his own directory
mkdir -m 777 elsewhere
user=()
[ "$(id -u)" -ne 0 ] || ! command -v setpriv > /dev/null || user=(setpriv --reuid 65534 --regid 65534 --clear-groups)
(cd elsewhere && "${user[@]}" ../prefix/bin/bnrun --config sigmoid10 --set data.source=synthetic --set data.train_samples=200 \
    --set data.test_samples=100 --set model.width=10) > stdout 2> stderr || fail "the program that is installed: $(cat stderr)"
grep -q '^test error: ' stdout || fail "its output: $(cat stdout)"
[ -s elsewhere/results/sigmoid10/gradients.csv ] || fail 'a run leaves nothing in the working directory'
(cd elsewhere && "${user[@]}" ../prefix/bin/bnrun eval results/sigmoid10) > stdout 2> stderr || fail "eval: $(cat stderr)"
(cd elsewhere && "${user[@]}" ../prefix/bin/bnrun sweep "../$share/bnrun/configs/sweeps/batch_norm.json" --dry-run) > stdout 2> stderr ||
    fail "a sweep that is installed: $(cat stderr)"

# --- the commit is known in another user's clone, too, and is not that of a repository around it
if command -v git > /dev/null && [ ${#user[@]} -gt 0 ]; then
    export GIT_CONFIG_GLOBAL=/dev/null
    git init -q clone && git -C clone -c user.name=a -c user.email=a@b commit -q --allow-empty -m first
    commit=$(git -C clone rev-parse --short=12 HEAD)
    chown -R 65534 clone
    mkdir clone/within
    for source in clone clone/within; do
        cmake -DGIT=git -DSOURCE="$scratch/$source" -DVERSION=1 -DOUT="$scratch/version.h" -P "$root/cmake/write_version.cmake" > log 2>&1
        sed -n 's/.*BNRUN_COMMIT "\(.*\)"/\1/p' version.h
    done > commits
    printf '%s\nunknown\n' "$commit" | cmp - commits || fail "commits: $(cat commits); expected $commit and unknown: $(cat log)"
fi
chmod -R u+w prefix
finish
