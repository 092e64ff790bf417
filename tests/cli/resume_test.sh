#!/bin/bash
# A run that a signal or kill -9 ended goes on as if nothing had happened; check verifies the result.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1
tables=(gradients.txt activations.txt gradients.csv activations.csv iterations.csv epochs.csv)
run=(--config small.json --set model.batch_norm=true --set model.dropout=0.2 --set train.epochs=24
     --set train.batch_size=100 --threads 1)

# wait_for_rows NAME ROWS: until the last run begun has written more than so many, or has ended.
wait_for_rows() {
    until [ "$(cat "$1/iterations.csv" 2> /dev/null | wc -l)" -gt "$2" ]; do
        kill -0 $! 2> /dev/null || break
        sleep 0.01
    done
}

# cut NAME SIGNAL ROWS: a run that gets the signal once it has written so many rows.
cut() {
    "$bnrun" "${run[@]}" --resume --out "$1" > "$1.table" 2> stderr &
    local pid=$! code=0
    wait_for_rows "$1" "$3"
    kill "-$2" $pid
    wait $pid 2> /dev/null || code=$?
    echo $code
}

expect_exit 0 "${run[@]}" --out whole
cp stdout whole.table

# --- interrupted, and gone on with from its own config
code=$(cut asked TERM 30)
[ "$code" -eq 143 ] || fail "SIGTERM: exit code $code"
grep -q -- '--resume goes on' stderr || fail "what to do next: $(cat stderr)"
expect_exit 2 "${run[@]}" --out asked
expect_exit 0 --resume --out asked
cat asked.table stdout | cmp - whole.table || fail "the two parts of stdout differ from one"
expect_same whole asked "${tables[@]}" config.json model.safetensors
[ "$(find asked -type f | wc -l)" -eq 11 ] || fail "a run that is done holds $(ls -A asked)"
grep -q 'interrupted after' asked/run.log || fail "run.log lost its beginning"
grep -q 'going on after epoch' asked/run.log || fail "run.log does not say where it went on"

# --- killed, twice
cut killed KILL 50 > /dev/null
cut killed KILL 200 > /dev/null
expect_exit 0 "${run[@]}" --resume --out killed
expect_same whole killed "${tables[@]}" config.json model.safetensors

# --- done already; another config; nothing to resume
touch killed/.summary.json.381.tmp
expect_exit 0 "${run[@]}" --resume --out killed
[ ! -e killed/.summary.json.381.tmp ] || fail 'a finished run that is resumed keeps what a killed process left'
grep -q 'killed: the run is done already' stderr || fail "a run that is done: $(cat stderr)"
expect_exit 2 "${run[@]}" --set seed=2 --resume --out killed
expect_one_error 'another config'
grep -q 'first in seed' stderr || fail "another config: $(cat stderr)"
expect_exit 2 "${run[@]}" --resume --force --out killed
expect_exit 2 --resume
expect_exit 2 --resume --out absent
expect_one_error 'nothing to resume'
mkdir mine && touch mine/thesis.tex
expect_exit 2 "${run[@]}" --resume --out mine
expect_exit 0 --config small.json --resume --out new
grep -q 'new: no run yet; starting from the beginning' stderr || fail "a first start: $(cat stderr)"
rm new/summary.json new/model.safetensors
expect_exit 0 --config small.json --resume --out new
grep -q 'no checkpoint yet; starting from the beginning' stderr || fail "without a checkpoint: $(cat stderr)"

# --- a config that is laid out otherwise is the same one
code=$(cut spaced TERM 30)
[ "$code" -eq 143 ] || fail "SIGTERM: exit code $code"
{ cat spaced/config.json; echo; } > config && mv config spaced/config.json
expect_exit 0 "${run[@]}" --resume --out spaced
expect_same whole spaced "${tables[@]}" config.json model.safetensors
for text in '' '{"depth": }'; do
    echo "$text" > spaced/config.json
    expect_exit 2 "${run[@]}" --resume --out spaced
    grep -q 'of another config (its config.json cannot be read' stderr || fail "an unreadable config: $(cat stderr)"
done

# --- a damaged summary and a user's file keep nothing from going on
code=$(cut noted TERM 30)
echo '{' > noted/summary.json
echo mine > noted/notes.txt
expect_exit 0 "${run[@]}" --resume --out noted
grep -q 'going on after epoch' stderr || fail "a damaged summary: $(cat stderr)"
expect_same whole noted "${tables[@]}" config.json model.safetensors
[ "$(cat noted/notes.txt)" = mine ] || fail "a user's file has gone"

# --- what may not be read is named so, and neither taken for no run nor for another's
if [ "$(id -u)" -ne 0 ]; then
    as_user=()
elif as=$(command -v setpriv); then
    as_user=("$as" --reuid=65534 --regid=65534 --clear-groups)
    chmod 755 . && cp "$bnrun" bnrun_of_all && chmod 755 bnrun_of_all
fi
unreadable() { # WHAT
    local how code
    for how in --resume --force; do
        code=0
        "${as_user[@]}" ./bnrun_of_all "${run[@]}" $how --out closed/seed=1 > stdout 2> stderr || code=$?
        [ $code -eq 2 ] || fail "$1 $how: exit code $code, expected 2"
        expect_one_error "$1 $how"
        grep -q "$1: cannot be read: Permission denied; check its rights" stderr || fail "$1 $how: $(cat stderr)"
    done
    "${as_user[@]}" ./bnrun_of_all sweep --config small.json --grid seed=1 --out closed > stdout 2> stderr
    grep -q "error: $1[^ ]*: cannot be .*: Permission denied; check " stderr || fail "a sweep, $1: $(cat stderr)"
}
[ -e bnrun_of_all ] || cp "$bnrun" bnrun_of_all
mkdir -p closed
cp -r whole closed/seed=1
chmod -R a+rwX closed
if [ -n "${as_user+x}" ] && "${as_user[@]}" ./bnrun_of_all --version > /dev/null 2>&1; then
    chmod 000 closed/seed=1 && unreadable closed/seed=1
    chmod 777 closed/seed=1 && chmod 000 closed/seed=1/config.json && unreadable closed/seed=1/config.json
    chmod 666 closed/seed=1/config.json && chmod 000 closed/seed=1/summary.json && unreadable closed/seed=1/summary.json
fi

# --- done beside a checkpoint means that the model is there
code=$(cut robbed TERM 30)
sed -i 's/"interrupted"/"done"/' robbed/summary.json
expect_exit 0 "${run[@]}" --resume --out robbed
grep -q 'going on after epoch' stderr || fail "a summary that says done without a model: $(cat stderr)"
expect_same whole robbed "${tables[@]}" config.json model.safetensors

# --- damaged
cut damaged TERM 50 > /dev/null  # a SIGTERM leaves a checkpoint, however slow the disk
for file in damaged/checkpoint*.safetensors; do echo x >> "$file"; done
cp -r damaged before
expect_exit 3 "${run[@]}" --resume --out damaged
expect_one_error 'damaged checkpoints'
diff -r before damaged || fail "a refused directory was changed"

# --- one of the two damaged; of another config
for rows in 30 60; do cut halved TERM $rows > /dev/null; done
cp -r halved other
echo x >> halved/checkpoint.safetensors
expect_exit 0 "${run[@]}" --resume --out halved
[ "$(grep -c 'checkpoint.safetensors: .*; going on from the previous one' stderr)" -eq 1 ] ||
    fail "a damaged checkpoint is not named in one line: $(cat stderr)"
expect_same whole halved "${tables[@]}" config.json model.safetensors
cp -r other before_other
expect_exit 2 "${run[@]}" --set seed=2 --resume --out other
expect_one_error 'interrupted with another config'
grep -q 'first in seed' stderr || fail "interrupted with another config: $(cat stderr)"
diff -r before_other other || fail "a refused directory was changed"

# --- check
expect_exit 0 check whole
[ "$(cat stdout)" = 'same: iterations 50, rows of each table 50, epochs 2' ] || fail "check: $(cat stdout)"
cp -r whole before_check
expect_exit 0 check whole --full --threads 2
diff -r whole before_check || fail "check changed the run's directory"
sed -i '4s/,[0-9]/,7/3' whole/gradients.csv
expect_exit 1 check whole
grep -q '^different: epoch 1, iteration 3: whole/gradients.csv:4: column 4: stored ' stdout || fail "check: $(cat stdout)"
cp before_check/gradients.csv whole
was=$(awk 'NR == 8 { print $2 }' whole/gradients.txt)
sed -i '8s/ [0-9.e-]*/ 7/2' whole/gradients.txt
expect_exit 1 check whole
[ "$(cat stdout)" = "different: epoch 1, iteration 4: whole/gradients.txt:8: column 3: stored \"7\", computed \"$was\"" ] ||
    fail "check: $(cat stdout)"
expect_exit 2 check whole --full --iterations 3
expect_exit 3 check absent
expect_exit 3 check before

# --- a copy made of links keeps what it has, whatever becomes of the run
cut linked TERM 30 > /dev/null
cp -al linked snapshot
cp -a linked expected
expect_exit 0 "${run[@]}" --resume --out linked
expect_same before_check linked "${tables[@]}" config.json model.safetensors
diff -r expected snapshot || fail "a copy made of links changed where the run was resumed"
expect_exit 0 "${run[@]}" --resume --out snapshot
rm -r snapshot && cp -al linked snapshot && rm -r expected && cp -a linked expected
expect_exit 0 --config small.json --force --out linked
diff -r expected snapshot || fail "a copy made of links changed where the run was replaced"

# --- where its directory is another's, or one of its tables, a run stops, and leaves the other's as it is
# disturb NAME COMMAND...: a run during which the command is done.
disturb() {
    local rows pid code=0
    rows=$(cat "$1/iterations.csv" 2> /dev/null | wc -l)
    "$bnrun" "${run[@]}" --set train.epochs=100000 --resume --out "$1" > /dev/null 2> stderr &
    pid=$!
    wait_for_rows "$1" $((rows + 20))
    "${@:2}"
    wait $pid || code=$?
    [ $code -eq 5 ] || fail "$*: exit code $code, expected 5"
    expect_one_error "$*"
}
replace_directory() { mv "$1" "$1.away" && mkdir "$1" && echo mine > "$1/run.log"; }
disturb moved replace_directory moved
grep -q "moved: is no longer this run's directory" stderr || fail "a directory that was replaced: $(cat stderr)"
[ "$(ls -A moved)" = run.log ] && [ "$(cat moved/run.log)" = mine ] || fail "a run wrote into another's directory"
expect_exit 0 "${run[@]}" --set train.epochs=1 --force --out moved.away
disturb edited sed -i 's/,/;/' edited/gradients.csv
grep -q 'edited/gradients.csv: was removed or replaced' stderr || fail "a table that was edited: $(cat stderr)"
disturb emptied truncate -s 0 emptied/epochs.csv
grep -q 'emptied/epochs.csv: was written to by another program' stderr || fail "a table that was emptied: $(cat stderr)"
grep -q '"status": "failed"' emptied/summary.json || fail "the status of a run whose table was emptied"
run+=(--set train.epochs=100000)
cut resumed TERM 30 > /dev/null
disturb resumed truncate -s 0 resumed/epochs.csv
grep -q '"status": "failed"' resumed/summary.json || fail "the status of a resumed run whose table was emptied"

# --- the user's umask
(umask 027; "$bnrun" --config small.json --out masked/run > /dev/null 2>&1)
[ -z "$(find masked -perm /027)" ] || fail "against the umask: $(find masked -perm /027)"
[ "$(stat -c %a masked/run masked/run/model.safetensors | tr '\n' ' ')" = '750 640 ' ] || fail "modes under umask 027"
finish
