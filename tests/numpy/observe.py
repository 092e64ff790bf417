"""The quantities of layers.csv in numpy, from the net of net.py before and after each step."""
import numpy as np

from net import Activation, BatchNorm, Dense

QUANTITIES = ["distribution", "saturation", "weight", "update", "normalization", "covariance"]
SHARES = [0.1, 1, 5, 15, 50, 85, 95, 99, 99.9]
LARGEST = {"sigmoid": 0.25, "tanh_opt": 1.7159 * 2 / 3, "gelu": 1.1289041451851547, "silu": 1.099839320128867}


def cosine(a, b):
    return (a * b).sum() / (np.linalg.norm(a) * np.linalg.norm(b))


def rms(x):
    return np.sqrt((x**2).mean())


def effective_rank(y):
    """exp of the entropy of the covariance's eigenvalues."""
    centred = y - y.mean(0)
    values = np.linalg.eigvalsh(centred.T @ centred)
    if values.sum() <= 0:
        return 0
    shares = values[values > 0] / values.sum()
    return np.exp(-(shares * np.log(shares)).sum())


def sample_cosine(y):
    with np.errstate(invalid="ignore"):
        units = np.nan_to_num(y / np.linalg.norm(y, axis=1, keepdims=True))
    between = units @ units.T
    return (between.sum() - np.trace(between)) / (len(y) * (len(y) - 1))


class Observer:
    """rows: one dict {(quantity, layer from 1): value} for each iteration."""

    def __init__(self, net):
        self.net, self.rows, self.last = net, [], {}
        self.initial = [layer.learned["weight"].copy() for layer in net.each(Dense)]

    def layers(self):
        """(number, dense, activation or None, normalization or None)"""
        found = {}
        for name, layer in zip(self.net.names, self.net.layers):
            entry = found.setdefault(int(name.split(".")[1]) + 1, {})
            for kind in (Dense, Activation, BatchNorm):
                if isinstance(layer, kind):
                    entry[kind] = layer
        return [(number, entry[Dense], entry.get(Activation), entry.get(BatchNorm)) for number, entry in found.items()]

    def before_step(self):
        """After the forward pass, which must have left x and y in the activations."""
        self.row = {}
        self.before = [layer.learned["weight"].copy() for layer in self.net.each(Dense)]
        for number, dense, activation, norm in self.layers():
            if activation:
                self.values(number, activation)
            self.weights(number, dense)
            if norm:
                self.scales(number, norm)
                self.statistics(number, norm)

    def put(self, number, **values):
        self.row.update({(name, number): value for name, value in values.items()})

    def values(self, number, activation):
        x, y = activation.x, activation.function(activation.x)
        for name, of in (("input", x), ("output", y)):
            self.put(number, **{f"{name}_mean": of.mean(), f"{name}_sd": of.std()})
            self.put(number, **{f"{name}_q{share:g}": np.quantile(of, share / 100) for share in SHARES})
        small = activation.derivative(x, y) < LARGEST.get(activation.name, 1) / 10
        self.put(number, saturated=small.mean(), dead=small.all(0).mean(), zero=(y == 0).mean(),
                 effective_rank=effective_rank(y))
        if len(y) > 1:
            self.put(number, sample_cosine=sample_cosine(y))

    def weights(self, number, dense):
        w = dense.learned["weight"]
        self.put(number, weight_norm=np.linalg.norm(w), weight_spectral=np.linalg.norm(w, 2),
                 weight_distance=np.linalg.norm(w - self.initial[number - 1]))

    def scales(self, number, norm):
        for name in ("gamma", "beta"):
            of = norm.values[name]
            self.put(number, **{f"{name}_mean": of.mean(), f"{name}_sd": of.std(), f"{name}_min": of.min(),
                                f"{name}_max": of.max()})

    def statistics(self, number, norm):
        """Of the batch; deviations are those of the biased variance."""
        mean, sd = norm.means[-1], np.sqrt(norm.var)
        self.put(number, batch_mean_mean=mean.mean(), batch_mean_sd=mean.std(), batch_sd_mean=sd.mean(),
                 batch_sd_sd=sd.std())
        if ("batch", number) in self.last:
            old_mean, old_sd = self.last["batch", number]
            self.put(number, batch_mean_change=rms(mean - old_mean), batch_sd_change=rms(sd - old_sd))
        self.last["batch", number] = mean, sd
        inference_mean = getattr(norm, "mean", np.zeros_like(mean))
        inference_sd = np.sqrt(getattr(norm, "variance", np.ones_like(mean)))
        self.put(number, inference_mean_distance=rms(mean - inference_mean),
                 inference_sd_distance=rms(sd - inference_sd))

    def after_step(self):
        for number, dense, _, norm in self.layers():
            before, gradient = self.before[number - 1], dense.d["weight"]
            update = dense.learned["weight"] - before
            self.put(number, update_norm=np.linalg.norm(update),
                     update_ratio=np.linalg.norm(update) / np.linalg.norm(before))
            if ("step", number) in self.last:
                old_update, old_gradient = self.last["step", number]
                self.put(number, update_cosine=cosine(update, old_update),
                         gradient_cosine=cosine(gradient, old_gradient))
            self.last["step", number] = update, gradient
            if norm:
                self.put(number, gamma_gradient=np.linalg.norm(norm.d["gamma"]),
                         beta_gradient=np.linalg.norm(norm.d["beta"]))
        self.rows.append(self.row)
