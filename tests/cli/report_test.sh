#!/bin/bash
# What report takes and refuses, where it writes, how large its pages become.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1
expect_exit 0 sweep --config small.json --grid model.batch_norm=false,true --grid seed=1,2 --out sweep
first=sweep/batch_norm=false,seed=1

expect_exit 0 report sweep -o page.html --svg figures
[ ! -s stdout ] || fail 'report -o FILE prints to stdout'
cp page.html first.html
touch -d '2 days ago' .page.html.381.tmp
expect_exit 0 report sweep -o page.html
[ ! -e .page.html.381.tmp ] || fail 'what a killed report left stays for ever'
cmp page.html first.html || fail 'the same runs give another page'
expect_exit 0 report sweep -o -
cmp stdout first.html || fail 'report -o - differs from the file'
expect_exit 0 report sweep -o /dev/stdout
cmp stdout first.html || fail 'report -o /dev/stdout differs from the file'
mkfifo pipe
cat pipe > piped &
expect_exit 0 report sweep -o pipe --force
wait $!
cmp piped first.html || fail 'report to a pipe differs'
[ -p pipe ] || fail 'report replaced a pipe'
for name in gradient_norms gradients_over_iterations gradient_heatmap activation_ranges loss error sweep; do
    [ -s "figures/$name.svg" ] || fail "figures/$name.svg was not written"
done
expect_exit 0 report "$first" --svg figures_of_one --iteration 1:3
[ ! -e figures_of_one/sweep.svg ] || fail 'a single run has a sweep.svg'
grep -q 'iteration 3 of 10' figures_of_one/gradient_norms.svg || fail '--iteration 1:3 is not what is drawn'
expect_exit 0 report "$first" --svg figures_of_one --iteration last
grep -q 'iteration 10 of 10' figures_of_one/gradient_norms.svg || fail '--iteration last is not what is drawn'
if command -v xmllint > /dev/null; then
    xmllint --noout figures/*.svg || fail 'a figure is not well-formed XML'
fi

# Quantities of layers.csv, and a run that observed nothing by layer.
expect_exit 0 --config small.json --set 'log.observe=["gradient","activation","distribution","update","saturation"]' --out observed
expect_exit 0 report observed "$first" -o observed.html
for name in input_quantiles update_ratio saturation; do
    grep -q "<section id=\"$name\"" observed.html || fail "the page lacks $name"
done
grep -q 'a bar is the middle 70 %' observed.html || fail 'ranges of outputs are not quantiles'
grep -q '<section id="saturation"' page.html && fail 'runs that logged no quantities have a figure of them'
expect_exit 2 report "$first" --svg s --figure saturation
expect_exit 0 --config small.json --set 'log.observe=["saturation"]' --out only_saturation
expect_exit 0 report only_saturation -o observed.html --svg figures_of_one

# Only some figures, only some runs, another column, names.
expect_exit 0 report sweep --svg chosen --figure loss --figure error
[ "$(ls chosen | paste -sd ' ')" = 'error.svg loss.svg' ] || fail "--figure loss --figure error writes $(ls chosen)"
expect_exit 0 report sweep -o chosen.html --figure loss
grep -q 'id="loss"' chosen.html || fail '--figure loss: the page lacks it'
grep -q 'id="gradient_norms"' chosen.html && fail '--figure loss: the page has another'
expect_exit 0 report sweep -o chosen.html --where seed=2 --where batch_norm.enabled=true
grep -q '>1 run</summary>' chosen.html || fail '--where leaves more or fewer than one run'
expect_exit 0 report sweep --svg chosen --figure sweep --y test_loss
grep -q '>test loss</text>' chosen/sweep.svg || fail '--y test_loss: not what the axis says'
expect_exit 0 report "one=two=$first" "sweep/batch_norm=true,seed=1" -o chosen.html
grep -q '<title>one=two · batch_norm=true,seed=1</title>' chosen.html || fail "LABEL=RUN: $(grep '<title>' chosen.html)"
mkdir alone && cp sweep/summary.csv alone
expect_exit 0 report alone --svg chosen --figure sweep

# A last line without its line break is no row of a table, and the page says so.
cp -r sweep cut
truncate -s -1 cut/summary.csv "cut${first#sweep}/gradients.csv"
expect_exit 0 report cut -o cut.html
for text in 'cut/summary.csv:5' 'gradients.csv:11'; do
    grep -q " warning: .*$text: the last row is cut off" stderr || fail "$text: nothing said: $(cat stderr)"
    grep -q "$text: the last row is cut off" cut.html || fail "$text: the page does not say it"
done

# refuse CODE WHAT ARGUMENT...
refuse() {
    local code=$1 what=$2
    shift 2
    expect_exit "$code" report "$@"
    expect_one_error "$what"
}
mkdir empty
echo 'notes' > notes.html
refuse 2 'no run given' -o x.html
refuse 2 'nowhere to write' "$first"
refuse 3 'no such directory' nowhere -o x.html
refuse 3 'a directory without runs' empty -o x.html
refuse 3 'a file in place of a run' notes.html -o x.html
refuse 2 'an iteration that is none' "$first" --svg s --iteration ten
refuse 2 'an iteration that was not logged' "$first" --svg s --iteration 9:9
refuse 2 'no such figure' "$first" --svg s --figure losses
refuse 2 'a figure that one run does not have' "$first" --svg s --figure sweep
refuse 2 'no such key' sweep -o x.html --where colour=red
refuse 2 'no such value' sweep -o x.html --where seed=3
refuse 2 'no such column' sweep -o x.html --y test_accuracy
refuse 2 'a column without a sweep' "$first" -o x.html --y test_loss
refuse 2 'a label for many runs' mine=sweep -o x.html
refuse 3 'a summary without runs for a page' alone -o x.html
refuse 2 'a file that no report wrote' "$first" -o notes.html
grep -qx notes notes.html || fail 'report replaced a file that no report wrote'
refuse 2 'a directory in place of the page' "$first" -o empty
timeout 60 "$bnrun" report "$first" -o /dev/stdout 2> stderr | cat > piped
[ "${PIPESTATUS[0]}" -eq 0 ] || fail "a pipe in place of the page: $(cat stderr)"
expect_exit 0 report "$first" -o -
cmp stdout piped || fail 'a page in a pipe is another'
refuse 5 'no directory for the page' "$first" -o nowhere/x.html
refuse 5 'a file in place of the directory' "$first" --svg notes.html/figures
[ ! -e x.html ] || fail 'a report that failed left a page'
[ ! -e s ] || fail 'figures that failed left a directory'
expect_exit 0 report "$first" -o notes.html --force
grep -q 'bnrun report' notes.html || fail '--force did not replace'
echo mine > notes.html.tmp
expect_exit 0 report "$first" -o notes.html
[ "$(cat notes.html.tmp)" = mine ] || fail "report touched a user's file"
ln -s absent link.html
refuse 2 'a link that leads nowhere' "$first" -o link.html
mkdir taken && mkfifo taken/loss.svg && mkdir taken/error.svg
refuse 2 'a directory in place of a figure' "$first" --svg taken
[ "$(find taken -type f | wc -l)" -eq 0 ] || fail 'figures that failed were written'
cp -r "$first" broken
sed -i '3s/,/,x/' broken/gradients.csv
refuse 3 'a table that is broken' broken -o x.html
grep -q 'gradients.csv:3' stderr || fail "the line is not named: $(cat stderr)"

# A run that diverged, one that was cut off, one that logged nothing, zeros among the norms.
expect_exit 4 --config small.json --set train.optimizer.name=sgd --set train.optimizer.learning_rate=1e30 --set model.activation=relu --out diverged
cp -r "$first" running
sed -i 's/"status": "done"/"status": "running"/; s/"test_error": [0-9.e-]*/"test_error": null/' running/summary.json
truncate -s -10 running/gradients.csv
cp -r "$first" zeros
sed -i '3s/^\(1,2\),[^,]*,[^,]*/\1,0,nan/' zeros/gradients.csv
expect_exit 0 --config small.json --set log.every=0 --out unlogged
expect_exit 0 report diverged running zeros unlogged -o page.html
for status in diverged 'running, or cut off'; do
    grep -q "<td>$status</td>" page.html || fail "the page does not say that a run is $status"
done
grep -q 'A wedge at the lower edge' page.html || fail 'zeros are not explained'
grep -q '<title>small diverged after\|<title>diverged diverged after' page.html || fail 'a run that diverged has no mark'
expect_exit 0 report unlogged -o page.html --svg figures
grep -q '>1 run</summary>' page.html || fail 'one run is not called so'

# A sweep that goes on, or was killed: runs in the order of their numbers, one of them with not all of its tables yet.
mkdir live
for i in 1 2 10; do
    cp -r "$first" live/seed=$i
    sed -i "2s|\"name\": \"[^\"]*\"|\"name\": \"seed=$i\"|" live/seed=$i/config.json
done
sed -i 's/"status": "done"/"status": "running"/' live/seed=10/summary.json
: > live/seed=10/activations.csv
expect_exit 0 report live -o page.html
grep -q 'seed=10 is not done and has no tables to show yet: live/seed=10/activations.csv' stderr ||
    fail "a run that just begins: $(cat stderr)"
order=$(grep -o '<th scope="row">seed=[0-9]*<' page.html | head -3 | tr -dc '0-9\n' | paste -sd ' ')
[ "$order" = '1 2 10' ] || fail "runs stand in the order $order"
sed -i 's/"status": "running"/"status": "done"/' live/seed=10/summary.json
refuse 3 'a finished run without its tables' live -o x.html

# 20,000 rows, and 50 runs of 300 rows.
# generate ROWS DIR
generate() {
    mkdir -p "$2"
    cp "$first"/{config.json,summary.json,epochs.csv} "$2"
    sed -i "2s|\"name\": \"[^\"]*\"|\"name\": \"${2//\//_}\"|" "$2/config.json"
    printf 'epoch:1 iteration:1/%d\n 1\n' "$1" > "$2/gradients.txt"
    awk -v rows="$1" -v dir="$2" 'BEGIN {
        g = dir "/gradients.csv"; a = dir "/activations.csv"; s = dir "/iterations.csv"
        printf "epoch,iteration" > g; printf "epoch,iteration" > a; print "epoch,iteration,loss,learning_rate" > s
        for (l = 1; l <= 11; ++l) printf ",layer_%d", l > g
        for (l = 1; l <= 10; ++l) printf ",layer_%d_min,layer_%d_max", l, l > a
        printf "\n" > g; printf "\n" > a
        for (i = 1; i <= rows; ++i) {
            printf "1,%d", i > g; printf "1,%d", i > a
            for (l = 1; l <= 11; ++l) printf ",%.8g", exp(l - 11) * (1.1 + sin(i * l)) > g
            for (l = 1; l <= 10; ++l) printf ",%.8g,%.8g", 0.1 + 0.05 * sin(i), 0.9 - 0.05 * cos(i + l) > a
            printf "\n" > g; printf "\n" > a
            printf "1,%d,%.8g,4e-05\n", i, 2 + exp(-i / 1000) > s
        } }'
}
# expect_size FILE BYTES
expect_size() {
    local bytes
    bytes=$(stat -c %s "$1")
    [ "$bytes" -lt "$2" ] || fail "$1 has $bytes bytes, expected less than $2"
}
generate 300 usual
expect_exit 0 report usual -o usual.html
expect_size usual.html 500000
generate 20000 long
expect_exit 0 report long -o long.html --svg figures
expect_size long.html 1500000
for note in 'every 67th of 20,000 rows' 'the smallest and the largest of every 40' 'Shown: 31 of 20,000 rows'; do
    grep -q "$note" long.html || fail "the page does not say: $note"
done
for i in $(seq 50); do
    generate 300 "many/$i"
    sed -i "s|\"seed\": [0-9]*|\"seed\": $i|" "many/$i/config.json"
    [ $((i % 2)) -eq 0 ] || sed -i 's|"enabled": false|"enabled": true|' "many/$i/config.json"
done
expect_exit 0 report many -o many.html
expect_size many.html 2000000
grep -q '50 runs' many.html || fail 'the page of 50 runs does not say so'
grep -q '<small>×25</small>' many.html || fail 'the seeds of 50 runs are not two settings'
! grep -q warning stderr || fail "50 runs: $(cat stderr)"

expect_exit 0 report --help
grep -q -- '--iteration' stdout || fail 'the help lacks --iteration'
expect_exit 0 man
grep -q 'bnrun report' stdout || fail 'the manual page lacks report'
finish
