"""Claim 10: how much dropout a net wants with BN and without."""
from ... import rules
from ...kept import FAILS, HOLDS, PARTLY
from ...paired import difference, spread
from ...runs import test_error
from ...strengths import NAMES, best_by_seed, best_gain, put_errors


def analyse(claim, sweep):
    put_errors(claim, sweep, "dropout")
    amounts = sweep.numbers("dropout")
    gains, by_seed, best = {}, {}, {}
    for config in sweep.values("config"):
        errors = {amount: sweep.by_seed(test_error, config=config, dropout=amount) for amount in amounts}
        gains[config], by_seed[config] = best_gain(errors, claim, NAMES[config])
        best[config] = best_by_seed(errors)
        claim.put("best", NAMES[config], "best dropout of each seed", spread(best[config].values(), ".2f"))
    lower = difference(best["relu_bn"], best["relu"], "+.2f")
    claim.put("best", NAMES["relu_bn"], "best dropout against without BN", lower)
    gains_less = difference(by_seed["relu_bn"], by_seed["relu"], "+.2f", 100)
    claim.put("best", NAMES["relu_bn"], "gain against without BN, points", gains_less)
    unnecessary = all(gains[config].high >= 0 for config in ("relu_bn", "sigmoid_bn"))
    wanted_without = gains["relu"].high < 0
    if unnecessary and wanted_without or lower.high < 0:
        verdict = HOLDS
    else:
        verdict = PARTLY if unnecessary or gains_less.low > 0 else FAILS
    conditions = {"without BN some dropout helps ReLU": rules.below(gains["relu"]),
                  "with BN none helps ReLU": rules.at_least(gains["relu_bn"], 0),
                  "with BN none helps sigmoid": rules.at_least(gains["sigmoid_bn"], 0),
                  "ReLU's best dropout is lower with BN": rules.below(lower),
                  "dropout gains ReLU less with BN": rules.above(gains_less)}
    rules.decide(claim, conditions, "ReLU with BN: error at the best dropout less that at none, points",
                 gains["relu_bn"], verdict)
