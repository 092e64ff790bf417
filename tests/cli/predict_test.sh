#!/bin/bash
# predict: theory without data, and beside it what first iterations measure.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
cd "$scratch" || exit 1
unset BNRUN_DATA_DIR

echo '{}' > post.json # the post's net on MNIST, which is not there
expect_exit 0 predict --config post.json
[ "$(grep -c ' 0\.2317$' stdout)" -eq 8 ] || fail "not 0.2317 from layer 2 to 9: $(cat stdout)"
grep -q '^ratio from layer 2 to 10: predicted 0.2317 (x4.316)$' stdout || fail "$(tail -1 stdout)"
[ ! -s stderr ] || fail "predict says $(cat stderr)"
expect_exit 0 predict --config post.json --set model.batch_norm=true
grep -q 'predicted 1.017 ' stdout || fail "with BN: $(tail -1 stdout)"
expect_exit 0 predict --config post.json --set model.batch_norm=true --set model.activation=relu
grep -q 'predicted 1.211 ' stdout || fail "relu with BN: $(tail -1 stdout)"
expect_exit 3 predict --config post.json --measure
expect_one_error 'no data to measure with'

expect_exit 0 predict --config small.json --measure --seeds 2 --threads 1
grep -q 'measured .* 2 seeds$' stdout || fail "$(tail -1 stdout)"
mv stdout once
expect_exit 0 predict --config small.json --measure --seeds 2 --threads 3
cmp once stdout || fail 'another number of threads gives another table'
expect_exit 0 predict --config small.json --measure --seeds 2 --set 'log.at=["1:5"]' --set 'log.observe=["weight"]'
cmp once stdout || fail 'what a run logs changes what is measured'
[ ! -e results ] || fail 'predict leaves a run'
expect_exit 0 predict --config small.json --set model.depth=null --set model.width=null --set 'model.layers=[{"kind": "conv", "channels": 4, "kernel": 5}]'
grep -q '^ *1 .*conv' stdout || fail "no word for what theory does not know: $(cat stdout)"

make_idx 20 10
expect_exit 0 predict --config small.json --set data.source=idx --data idx --set data.train_samples=null --set data.test_samples=null
expect_exit 2 predict --config small.json --seeds 2
expect_exit 2 predict --config small.json --measure --seeds 0
expect_exit 2 predict
expect_one_error 'predict without a config'
finish
