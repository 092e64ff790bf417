"""Claim 28: internal covariate shift and smoothness, with BN, without, and with larger initial weights."""
import numpy

from ... import rules
from ...kept import Cell
from ...observed import NETS, observed_all
from ...paired import difference, spread

PAIRS = (("sigmoid_bn", "sigmoid"), ("sigmoid_bn", "sigmoid_x4"), ("relu_bn", "relu"))
QUANTITIES = ("covariate_cosine", "covariate_shift", "smoothness", "loss_low", "loss_high", "gradient_distance_high")


def analyse(claim, sweep):
    found = {}
    optimizers = sweep.values("name")
    for optimizer in optimizers:
        for config, name in NETS.items():
            runs = [run for run in sweep.select(config=config, name=optimizer) if not run.diverged]
            measures = {run.seed: _measures(run) for run in runs}
            found[config, optimizer] = measures
            for measure, form in (("cosine", ".3f"), ("shift, log10", ".2f"), ("smoothness, log10", ".2f"),
                                  ("range of the loss, log10", ".2f"), ("range of the gradient", ".3f")):
                claim.put("measures", f"{name}, {optimizer}", measure,
                          spread([values[measure] for values in measures.values()], form))
    _decide(claim, found, optimizers)


def _measures(run):
    """Means over the six moments; of shift and cosine over the layers above the first, too."""
    logged = observed_all(run, QUANTITIES)
    layers = {name: numpy.array([[value for layer, value in values.items() if layer > 1]
                                 for values in logged[name].values()]) for name in QUANTITIES[:2]}
    net = {name: numpy.array([values[0] for values in logged[name].values()]) for name in QUANTITIES[2:]}
    epochs = run.gradients[1]
    norms = numpy.sqrt((epochs ** 2).sum(axis=1))  # of all weights' gradients together, at the same moments
    spread_of_loss = net["loss_high"] - net["loss_low"]
    with numpy.errstate(all="ignore"):
        return {"cosine": float(numpy.nanmean(layers["covariate_cosine"])),
                "shift, log10": float(numpy.log10(layers["covariate_shift"]).mean()),
                "smoothness, log10": float(numpy.log10(net["smoothness"]).mean()),
                "range of the loss, log10": float(numpy.log10(spread_of_loss).mean()),
                "range of the gradient": float((net["gradient_distance_high"] / norms[-len(spread_of_loss):]).mean())}


def _decide(claim, found, optimizers):
    conditions, deciding = {}, None
    for first, second in PAIRS:
        row = f"{NETS[first]} less {NETS[second]}"
        outcomes = {"shift": [], "smooth": []}
        for optimizer in optimizers:
            one, other = found[first, optimizer], found[second, optimizer]
            turned, rough = (difference(_of(one, measure), _of(other, measure), form) for measure, form in
                             (("cosine", "+.3f"), ("smoothness, log10", "+.2f")))
            claim.put("differences", f"{row}, {optimizer}", "cosine", turned)
            claim.put("differences", f"{row}, {optimizer}", "smoothness, decades", rough)
            outcomes["shift"].append(rules.above(turned))
            outcomes["smooth"].append(rules.below(rough))
            deciding = turned if (second, optimizer) == ("relu", optimizers[0]) else deciding
        conditions[f"{row}: less covariate shift"] = rules.both(*outcomes["shift"])
        conditions[f"{row}: smoother"] = rules.both(*outcomes["smooth"])
    for words, column in (("less covariate shift", "shift"), ("smoother", "smoothness")):
        met = [outcome == rules.MET for condition, outcome in conditions.items() if condition.endswith(words)]
        claim.put("met", "comparisons", column, Cell(text=f"{sum(met)} of {len(met)}"))
    rules.decide(claim, conditions,
                 f"cosine of a layer's gradient before and after the step below, ReLU with BN less without, {optimizers[0]}",
                 deciding, unit=rules.RATIO)


def _of(measures, name):
    return {seed: values[name] for seed, values in measures.items()}
