#!/bin/bash
# A report's page in a real browser: bash report_test.sh /path/to/bnrun
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/../cli/support.sh"
here=$(realpath "$(dirname "$0")")
for needed in chromium chromedriver; do
    if ! command -v "$needed" > /dev/null; then
        echo "SKIPPED: $needed is not installed (apt-get install -y chromium chromium-driver python3-selenium)"
        exit 77
    fi
done
/usr/bin/python3 -c 'import selenium' || fail 'chromium is here, python3-selenium is not; install it'
cd "$scratch" || exit 1
settings=(--set data.train_samples=6000 --set model.depth=8)
expect_exit 0 --config small.json "${settings[@]}" --set name=off --out off
expect_exit 0 --config small.json "${settings[@]}" --set name=on --set model.batch_norm=true --out on
expect_exit 0 report off on -o page.html
[ "$failures" -eq 0 ] && { /usr/bin/python3 "$here/report_test.py" . page.html || fail 'the page in the browser'; }
finish
