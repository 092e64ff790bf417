"""Claim 24: what BN does to every net by its formula: checked in runs and with numpy."""
import numpy

from ... import rules
from ...forward import affine
from ...kept import Cell
from ...nets import read_model, training_images
from ...paired import mean

SAME = 1e-5  # relative; MNIST is read here as float32
GAIN = 8
LAYERS = 10


def analyse(claim, sweep):
    restored = max(_not_restored(run) for run in sweep.select(config="sigmoid_bn"))
    channels = [_channel_statistics(run) for run in sweep.select(config="conv_bn")]
    plain, scaled = ({run.seed: run for run in sweep.select(config=config)} for config in ("sigmoid_bn", "sigmoid_bn_x8"))
    norms = [_gradient_factors(plain[seed], scaled[seed]) for seed in sorted(set(plain) & set(scaled))]
    loss = max(_apart(plain[seed].iterations["loss"][0], scaled[seed].iterations["loss"][0]) for seed in plain)
    apart = max(float(_apart(GAIN * factors, 1).max()) for factors in norms)
    per_channel = max(apart for _, apart in channels)
    groups = {count for count, _ in channels}
    for name, value in (("gamma = deviation, beta = mean: Wx+b is restored", restored),
                        ("convolution: statistics per channel", per_channel),
                        (f"weights times {GAIN}: the loss", loss), (f"weights times {GAIN}: 1/{GAIN} of the gradient", apart)):
        claim.put("identities", name, "largest relative difference", Cell(value, ".1e"))
    for layer in range(LAYERS):
        claim.put("factors", f"weights times {GAIN}: gradient's factor", f"{layer + 1}",
                  Cell(mean(factors[layer] for factors in norms), ".4f"))
    conditions = {"gamma = deviation and beta = mean restore Wx+b": rules.fact(restored < SAME),
                  "a convolution has one mean and deviation for each channel": rules.fact(per_channel < SAME and groups == {6}),
                  f"{GAIN} times the weights: the same loss and 1/{GAIN} of the gradient": rules.fact(max(loss, apart) < SAME)}
    rules.decide(claim, conditions, "largest relative difference from the formulas",
                 Cell(max(restored, per_channel, loss, apart), ".1e", n=len(norms)), margin=SAME, unit=rules.RATIO,
                 kind=rules.EXACT)


def _apart(first, second):
    return abs(numpy.asarray(first) / second - 1)


def _not_restored(run):
    """How far gamma xhat + beta is from Wx+b of the first layer, for these gamma and beta, against its largest value."""
    sums = affine(read_model(run), 0, training_images()[:200])
    mean_of_sums, deviation = sums.mean(axis=0), sums.std(axis=0)
    normalized = (sums - mean_of_sums) / numpy.sqrt(sums.var(axis=0) + 1e-10)
    return float(numpy.abs(deviation * normalized + mean_of_sums - sums).max() / numpy.abs(sums).max())


def _channel_statistics(run):
    """(channels with statistics of their own, how far these are from numpy's over batch, height and width)"""
    model = read_model(run)
    images = training_images()[:200].astype(float).reshape(-1, 28, 28)
    windows = numpy.lib.stride_tricks.sliding_window_view(images, (5, 5), axis=(1, 2))
    sums = numpy.einsum("nyxij,cij->cnyx", windows, model["layers.0.weight"][:, 0], optimize=True)
    sums += model["layers.0.bias"].reshape(-1, 1, 1, 1)
    flat = sums.reshape(len(sums), -1)
    mean_apart = numpy.abs(model["layers.0.mean"] - flat.mean(axis=1)) / flat.std(axis=1)
    variance_apart = _apart(model["layers.0.variance"], flat.var(axis=1, ddof=1))
    return len(model["layers.0.gamma"]), float(max(mean_apart.max(), variance_apart.max()))


def _gradient_factors(plain, scaled):
    """Each hidden layer's gradient norm with larger weights against without."""
    return scaled.gradients[1][0][:LAYERS] / plain.gradients[1][0][:LAYERS]
