#!/bin/bash
# What the shells complete, and the manual page. The parts for a shell that is not installed are left out.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
root=$(realpath "$(dirname "$0")/../..")
cd "$scratch" || exit 1
mkdir bin configs runs
ln -s "$bnrun" bin/bnrun
PATH=$scratch/bin:$PATH
touch configs/first.json configs/second.json configs/README.md
mapfile -t commands < <("$bnrun" --help | sed -n '/^Subcommands:/,/^$/p' | awk 'NR > 1 && NF { print $1 }')
[ ${#commands[@]} -ge 5 ] || fail "--help names only ${#commands[@]} commands"
for shell in bash zsh fish; do
    expect_exit 0 completion $shell
    mv stdout "completion.$shell"
done
expect_exit 2 completion csh
expect_one_error 'completion csh'

# What every shell's script asks for.
# expect_offers EXPECTED WORD...: lines, with tabs as \t.
expect_offers() {
    local expected=$1
    shift
    "$bnrun" complete -- "$@" > offered
    [ "$(cat offered)" = "$(printf '%b' "$expected")" ] || fail "complete $*: $(cat offered), expected $expected"
}
expect_offers '--force\treplace an earlier run in the directory' --f
expect_offers ':paths\t' diff r
expect_offers ':directories\t' report r
expect_offers ':directories\t--out=' --out=r
expect_offers 'first.json\t\n:paths\t' --config f
expect_offers '' --threads ''
expect_offers '' nonsense --x
expect_offers '' --bogus=1
"$bnrun" complete > offered || fail 'complete without a word'
[ "$(wc -l < offered)" -eq ${#commands[@]} ] || fail "complete offers $(cat offered)"
! "$bnrun" --help | grep -q complete' ' || fail '--help shows what is not for people'

# bash_offers BREAKS WORD...: candidates for the last word.
bash_offers() {
    # shellcheck disable=SC2016
    bash --norc -c 'source completion.bash; COMP_WORDBREAKS=$1; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        _bnrun 2>&1; printf "%s\n" "${COMPREPLY[@]}"' - "$@" | sort | paste -sd ' '
}
# expect_bash EXPECTED BREAKS WORD...
expect_bash() {
    local expected=$1 offered
    shift
    offered=$(bash_offers "$@")
    [ "$offered" = "$expected" ] || fail "bash completes \"${*:2}\" to \"$offered\", expected \"$expected\""
}
expect_bash '--set' ' =:' bnrun --se
expect_bash 'relu' ' =:' bnrun --set model.activation = re
expect_bash 'relu' ' =:' bnrun --set model.activation=re
expect_bash 'relu' ' =:' bnrun --set = model.activation = re
expect_bash 'model.activation=relu' ' ' bnrun --set model.activation=re
expect_bash '--set=model.activation=relu' ' ' bnrun --set=model.activation=re
expect_bash 'false true' ' =:' bnrun --set seed=2 --set model.batch_norm = ''
expect_bash 'train.batch_size=' ' =:' bnrun gradcheck --set train.ba
expect_bash 'second.json' ' =:' bnrun --config se
expect_bash 'second.json' ' =:' bnrun --config = se
expect_bash 'configs/first.json' ' =:' bnrun --config configs/f
expect_bash 'runs' ' =:' bnrun eval r
expect_bash '--markdown' ' =:' bnrun schema --m
expect_bash '' ' =:' bnrun schema --set
expect_bash 'fish' ' =:' bnrun completion f
expect_bash '' ' =:' bnrun --threads ''
expect_bash "$(printf '%s\n' "${commands[@]}" | sort | paste -sd ' ')" ' =:' bnrun ''

# What bash makes of it, typed at a terminal: names of a sweep's runs have signs that bash breaks words at, or quotes.
mkdir -p 'runs/batch_norm=false,seed=1' 'runs/batch_norm=false,seed=2' 'runs/batch_norm=true,seed=1' 'runs/two words'
# expect_typed EXPECTED LINE: the arguments that a line with tabs ends up as.
expect_typed() {
    printf '%b\nexit\n' "$2" | SHELL=/bin/bash script -qec \
        "bash --norc -i" /dev/null > typed 2>&1
    grep -qF -- "$1" typed || fail "typed in bash, \"$2\" is not $1: $(cat typed)"
}
if command -v script > /dev/null; then
    setup="source completion.bash; bnrun() { printf '<%s>' \"\$@\"; echo; }\\n"
    expect_typed '<diff><runs/batch_norm=false,seed=2/>' "${setup}bnrun diff runs/batch_norm=f\\t2\\t\\n"
    expect_typed '<eval><runs/batch_norm=true,seed=1/>' "${setup}bnrun eval runs/batch_norm=t\\t\\n"
    expect_typed '<eval><runs/two words/>' "${setup}bnrun eval runs/tw\\t\\n"
    expect_typed '<--set><model.activation=relu>' "${setup}bnrun --set model.activation=re\\t\\n"
fi

if command -v zsh > /dev/null; then
    zsh -n completion.zsh || fail 'zsh finds errors in its script'
    # What the script hands to zsh's own functions, which these stand for.
    cat > stand_in.zsh << 'ZSH'
compdef() { }
compset() { print -r -- "after $2" }
_describe() { print -rl -- ${(P)argv[4]} }
_files() { print -r -- "files $*" }
source completion.zsh
ZSH
    # expect_zsh EXPECTED CODE: a line that the code prints.
    expect_zsh() {
        zsh -f -c "source ./stand_in.zsh; $2" > offered 2>&1
        grep -qxF -- "$1" offered || fail "zsh: $2: $(cat offered); expected $1"
    }
    expect_zsh 'model.activation=relu:of the hidden layers; tanh_opt is 1.7159 tanh(2x/3), prelu learns its slope below 0' 'words=(bnrun --set model.activation=re); CURRENT=3; _bnrun'
    expect_zsh 'seed=:of all random numbers' 'words=(bnrun sweep --set se); CURRENT=4; _bnrun'
    expect_zsh 'second.json:' 'words=(bnrun --config se); CURRENT=3; _bnrun'
    expect_zsh 'files ' 'words=(bnrun --config se); CURRENT=3; _bnrun'
    expect_zsh 'after --out=' 'words=(bnrun --out=r); CURRENT=2; _bnrun'
    expect_zsh 'files -/' 'words=(bnrun eval r); CURRENT=3; _bnrun'
    expect_zsh '--markdown:print the reference page instead' 'words=(bnrun schema --m); CURRENT=3; _bnrun'
    for command in "${commands[@]}"; do
        zsh -f -c 'source ./stand_in.zsh; words=(bnrun ""); CURRENT=2; _bnrun' | grep -q "^$command:" || fail "zsh lacks $command"
    done
fi

if command -v fish > /dev/null; then
    # expect_fish TYPED CANDIDATES
    expect_fish() {
        local offered
        # shellcheck disable=SC2016
        offered=$(HOME=$scratch fish --no-config -c 'source completion.fish; complete -C $argv[1]' "$1" |
            cut -f1 | sort | paste -sd ' ')
        [ "$offered" = "$2" ] || fail "fish completes \"$1\" to \"$offered\", expected \"$2\""
    }
    fish --no-execute completion.fish || fail 'fish finds errors in its script'
    expect_fish 'bnrun --se' '--set'
    expect_fish 'bnrun --set model.activation=re' 'model.activation=relu'
    expect_fish 'bnrun sweep --grid model.activation=tanh,re' 'model.activation=tanh,relu'
    expect_fish 'bnrun sweep --grid=model.activation=tanh,re' '--grid=model.activation=tanh,relu'
    expect_fish 'bnrun gradcheck --set train.batch_s' 'train.batch_size='
    expect_fish 'bnrun --config se' 'second.json'
    expect_fish 'bnrun eval r' 'runs/'
    expect_fish 'bnrun schema --m' '--markdown'
    expect_fish 'bnrun completion f' 'fish'
    expect_fish 'bnrun gradc' 'gradcheck'
fi

expect_exit 0 man
cp stdout bnrun.1
cmp "$root/docs/bnrun.1" bnrun.1 || fail 'docs/bnrun.1 is not current; run: bnrun man > docs/bnrun.1'
grep -qF '\fBbnrun diff\fR \fIA\fR \fIB\fR [' bnrun.1 || fail 'the manual page: how diff is called'
grep -qF '\fBbnrun sweep\fR [\fISPEC\fR] [' bnrun.1 || fail 'the manual page: how sweep is called'
for command in "${commands[@]}"; do
    grep -qF "bnrun ${command//-/\\-}" bnrun.1 || fail "the manual page lacks $command"
done
for words in 'EXIT STATUS' BNRUN_DATA_DIR gradients.csv 'model.batch_norm.gamma'; do
    grep -qF "$words" bnrun.1 || fail "the manual page lacks $words"
done
if command -v groff > /dev/null; then
    groff -k -man -ww -Tutf8 bnrun.1 > page 2> complaints || fail "groff: $(cat complaints)"
    [ ! -s complaints ] || fail "groff: $(cat complaints)"
    sed 's/.\x08//g' page | grep -q -- 'bnrun gradcheck' || fail 'the page lost a command on its way through groff'
fi
finish
