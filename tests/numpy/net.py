"""bnrun's net in numpy and float64, written from its formulas and not from its code: what bnrun's figures are held to.

x is (samples, units), W (out, in). d before a name is dLoss/d of it; the loss is the mean over the batch.
The config is bnrun's, with every key that matters written out.
"""
import math

import numpy as np

import philox


def sigmoid(x):
    with np.errstate(over="ignore"):  # exp(-x) may be infinite, and 1 / that is 0
        return 1 / (1 + np.exp(-x))


def normal_distribution(x):
    return np.vectorize(math.erfc)(-x / math.sqrt(2)) / 2


ACTIVATIONS = {  # act(x), and act'(x) in terms of x and y = act(x)
    "sigmoid": (sigmoid, lambda x, y: y * (1 - y)),
    "tanh": (np.tanh, lambda x, y: 1 - y**2),
    "tanh_opt": (lambda x: 1.7159 * np.tanh(2 / 3 * x), lambda x, y: 2 / 3 * (1.7159 - y**2 / 1.7159)),
    "relu": (lambda x: np.where(x > 0, x, 0.0), lambda x, y: np.where(y > 0, 1.0, 0.0)),
    "leaky_relu": (lambda x: np.where(x > 0, x, 0.01 * x), lambda x, y: np.where(y > 0, 1.0, 0.01)),
    "linear": (lambda x: x, lambda x, y: np.ones_like(y)),
    "elu": (lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))), lambda x, y: np.where(y > 0, 1.0, 1 + y)),
    "gelu": (lambda x: x * normal_distribution(x),
             lambda x, y: normal_distribution(x) + x * np.exp(-x**2 / 2) / math.sqrt(2 * math.pi)),
    "silu": (lambda x: x * sigmoid(x), lambda x, y: sigmoid(x) * (1 + x * sigmoid(-x))),
    "softplus": (lambda x: np.logaddexp(x, 0), lambda x, y: -np.expm1(-y)),
}


class Dense:
    """y = x W' + b; dW = dy' x, db = sum dy, dx = dy W"""

    def __init__(self, weight, bias):
        self.learned = {"weight": weight, "bias": bias}

    def forward(self, x, mode, step):
        self.x = x
        return x @ self.learned["weight"].T + self.learned["bias"]

    def backward(self, dy):
        self.d = {"weight": dy.T @ self.x, "bias": dy.sum(0)}
        return dy @ self.learned["weight"]


class Activation:
    """y = act(x); dx = act'(x) dy"""

    def __init__(self, name):
        self.name = name
        self.function, self.derivative = ACTIVATIONS[name]

    def forward(self, x, mode, step):
        self.x, self.y = x, self.function(x)
        self.range = self.y.min(), self.y.max()
        return self.y

    def backward(self, dy):
        return self.derivative(self.x, self.y) * dy


class BatchNorm:
    """xhat = (x - mean) / std, y = gamma xhat + beta, std = sqrt(var + epsilon), var biased over the batch;
    dgamma = sum dy xhat, dbeta = sum dy, dx = gamma / std (dy - mean(dy) - xhat mean(dy xhat)).
    published: dgamma = sum dy y."""

    def __init__(self, config, published, gamma, beta):
        self.config, self.published = config, published
        self.values = {"gamma": gamma, "beta": beta}
        self.learned = {name: value for name, value in self.values.items() if config[name]["learn"]}
        self.restart()

    def forward(self, x, mode, step):
        gamma, beta = self.values["gamma"], self.values["beta"]
        if mode == "inference":
            return gamma * (x - self.mean) / np.sqrt(self.variance + self.config["epsilon"]) + beta
        constant = (x == x[0]).all(0)  # their mean is their value, whatever a sum rounds to
        mean = np.where(constant, x[0], x.mean(0))
        var = ((x - mean)**2).mean(0)
        self.var, self.std = var, np.sqrt(var + self.config["epsilon"])
        self.xhat = (x - mean) / self.std
        self.observe(mean, var, len(x))
        self.y = gamma * self.xhat + beta
        return self.y

    def backward(self, dy):
        dgamma = (dy * self.xhat).sum(0)
        dx = self.values["gamma"] / self.std * (dy - dy.mean(0) - self.xhat * dgamma / len(dy))
        self.d = {"gamma": (dy * self.y).sum(0) if self.published else dgamma, "beta": dy.sum(0)}
        return dx

    def restart(self):
        self.means, self.variances = [], []

    def observe(self, mean, var, m):
        """var m / (m - 1) is unbiased; published averages the biased one. The first batch starts a moving average."""
        unbiased = var * m / (m - 1)
        self.means.append(mean)
        self.variances.append(var if self.published else unbiased)
        if self.config["inference"] == "moving_average":
            kept = self.config["momentum"] if hasattr(self, "mean") else 0
            self.mean = mean if kept == 0 else kept * self.mean + (1 - kept) * mean
            self.variance = unbiased if kept == 0 else kept * self.variance + (1 - kept) * unbiased

    def average(self):
        """published divides the sum of variances by (batches - 1)."""
        self.mean = np.mean(self.means, 0)
        self.variance = np.sum(self.variances, 0) / (len(self.variances) - self.published)


class Dropout:
    """y = x mask / (1 - p), dx = dy mask / (1 - p), in training only.
    published: dx = dy mask, and the activation right below takes its derivative at y."""

    def __init__(self, rate, published, seed, layer, below):
        self.rate, self.published, self.seed, self.layer, self.below = rate, published, seed, layer, below

    def forward(self, x, mode, step):
        if mode != "train":
            return x
        self.mask = philox.dropout_mask(self.rate, self.seed, step, self.layer, *x.shape)
        y = x * self.mask / (1 - self.rate)
        if self.published and isinstance(self.below, Activation):
            self.below.y = y
        return y

    def backward(self, dy):
        return dy * self.mask / (1 if self.published else 1 - self.rate)


def output_loss(kind, published, z, labels):
    """Loss, wrong samples, dz.
    softmax: log sum exp z - z_label, dz = p - y; published: -log(p_label + 1e-10), dz the same.
    sigmoid_mse: sum (p - y)² / 2, dz = (p - y) p (1 - p)."""
    y = np.eye(z.shape[1])[labels]
    if kind == "softmax":
        top = z.max(1, keepdims=True)
        log_sum = top + np.log(np.exp(z - top).sum(1, keepdims=True))
        p = np.exp(z - log_sum)
        losses = -np.log((p * y).sum(1) + 1e-10) if published else (log_sum - z)[y == 1]
        dz = p - y
    else:
        p = sigmoid(z)
        losses = ((p - y)**2).sum(1) / 2
        dz = (p - y) * p * (1 - p)
    return losses.mean(), (z.argmax(1) != labels).sum(), dz / len(z)


class Net:
    """Hidden layers of Dense, [BatchNorm,] Activation[, BatchNorm][, Dropout]; then Dense and the loss."""

    def __init__(self, config, initial):
        model, self.published = config["model"], config["fidelity"] == "published"
        self.output, self.layers, self.names = model["output"], [], []
        depth = sum(name.endswith(".weight") for name in initial)
        for i in range(depth):
            keys = [name.split(".")[2] for name in initial if name.startswith(f"layers.{i}.")]
            own = {key: initial[f"layers.{i}.{key}"].copy() for key in keys}
            self.add(i, Dense(own["weight"], own["bias"]))
            if i < depth - 1:
                self.add_rest_of_hidden(i, model, config["seed"], own)

    def add(self, number, layer):
        self.layers.append(layer)
        self.names.append(f"layers.{number}.")

    def add_rest_of_hidden(self, i, model, seed, own):
        bn, rest = model["batch_norm"], [Activation(model["activation"])]
        if bn:
            first = [own.get(key, np.full(len(own["bias"]), float(bn[key]["init"]))) for key in ("gamma", "beta")]
            rest.insert(bn["placement"] == "post_activation", BatchNorm(bn, self.published, *first))
        if model["dropout"]:
            rest.append(Dropout(model["dropout"], self.published, seed, i, rest[-1]))
        for layer in rest:
            self.add(i, layer)

    def each(self, kind):
        return [layer for layer in self.layers if isinstance(layer, kind)]

    def parameters(self):
        return [(name + key, layer, key) for name, layer in zip(self.names, self.layers)
                for key in getattr(layer, "learned", {})]

    def without_effect(self):
        """Parameters that shift all samples alike, by what the batch normalization that follows takes out again: a bias
        before it; with linear units without dropout, what comes before the next layer's, too. Their gradient is 0."""
        def is_taken_out(after):
            for layer in after:
                if not (isinstance(layer, Dense) or isinstance(layer, Activation) and layer.name == "linear"):
                    return isinstance(layer, BatchNorm)
            return False
        return [name for name, layer, key in self.parameters()
                if key in ("bias", "beta") and is_taken_out(self.layers[self.layers.index(layer) + 1:])]

    def forward(self, x, labels, mode, step=0):
        for layer in self.layers:
            x = layer.forward(x, mode, step)
        loss, wrong, self.dz = output_loss(self.output, self.published, x, labels)
        return loss, wrong

    def backward(self):
        d = self.dz
        for layer in reversed(self.layers):
            d = layer.backward(d)
        unmoved = self.without_effect()
        for name, layer, key in self.parameters():
            if name in unmoved:
                layer.d[key] = np.zeros_like(layer.d[key])

    def tensors(self):
        found = {}
        for name, layer in zip(self.names, self.layers):
            found.update({name + key: value for key, value in getattr(layer, "learned", {}).items()})
            if isinstance(layer, BatchNorm):
                found.update({name + key: value for key, value in layer.values.items()})
                found.update({name + "mean": layer.mean, name + "variance": layer.variance})
        return found


class Optimizer:
    """g: gradient, of weights, and of biases with l2_biases, + l2 W; a bias has a rate of its own. rmsprop: r = 0.9 r + 0.1 g², v = momentum v + rate g / (sqrt r + 1e-10), w -= v.
    sgd: v = momentum v + g, w -= rate v. adam: m = 0.9 m + 0.1 g, r = 0.999 r + 0.001 g²,
    w -= rate (m / (1 - 0.9^t)) / (sqrt(r / (1 - 0.999^t)) + 1e-8). nesterov: v = momentum v + g,
    w -= rate (g + momentum v)."""

    def __init__(self, train):
        self.name, self.momentum, self.l2 = train["optimizer"]["name"], train["optimizer"]["momentum"], train["l2"]
        self.decaying = ("weight", "bias") if train["l2_biases"] else ("weight",)
        self.bias_factor = train["bias_learning_rate"]
        self.v, self.r, self.t = {}, {}, 0

    def step(self, net, rate):
        self.t += 1
        for name, layer, key in net.parameters():
            w, g = layer.learned[key], layer.d[key]
            g = g + self.l2 * w if key in self.decaying else g
            w -= self.change(name, g, rate * self.bias_factor if key == "bias" else rate)

    def change(self, name, g, rate):
        v, r = self.v.get(name, 0), self.r.get(name, 0)
        if self.name == "rmsprop":
            self.r[name] = r = 0.9 * r + 0.1 * g**2
            self.v[name] = v = self.momentum * v + rate * g / (np.sqrt(r) + 1e-10)
            return v
        if self.name in ("sgd", "nesterov"):
            self.v[name] = v = self.momentum * v + g
            return rate * (v if self.name == "sgd" else g + self.momentum * v)
        self.v[name], self.r[name] = v, r = 0.9 * v + 0.1 * g, 0.999 * r + 0.001 * g**2
        return rate * (v / (1 - 0.9**self.t)) / (np.sqrt(r / (1 - 0.999**self.t)) + 1e-8)


def learning_rate(train, epoch, t, iterations):
    """Of the iteration that t others come before, of so many in the run. epoch_factor: a factor after each epoch, down to
    a floor that does not raise a rate which is below it. step: a factor after each of some iterations. inverse:
    rate (1 + gamma t)^-power. cosine: floor + (rate - floor) (1 + cos(pi t / iterations)) / 2. Warm-up: a line from 0."""
    schedule, rate = train["learning_rate_schedule"], train["optimizer"]["learning_rate"]
    floor, name = min(rate, train["min_learning_rate"]), schedule["name"]
    if name == "epoch_factor":
        rate = max(rate * train["learning_rate_decay"]**(epoch - 1), floor)
    elif name == "step":
        rate *= schedule["factor"] ** sum(at <= t for at in schedule["iterations"])
    elif name == "inverse":
        rate *= (1 + schedule["gamma"] * t) ** -schedule["power"]
    elif name == "cosine":
        rate = floor + (rate - floor) * (1 + math.cos(math.pi * t / iterations)) / 2
    return rate * min(1, (t + 1) / max(1, schedule["warm_up"]))


NORMS = {
    "spectral": lambda g: np.linalg.svd(g, compute_uv=False)[0],
    "frobenius": lambda g: np.sqrt((g**2).sum()),
    "rms": lambda g: np.sqrt((g**2).mean()),
}
