"""The runs that are compared: small nets and data, and configs in which every pair of choices meets."""
import itertools

import numpy as np

CHOICES = {
    "optimizer": [("rmsprop", 0.001), ("sgd", 0.02), ("adam", 0.001), ("nesterov", 0.01)],
    "momentum": [0, 0.8],
    "l2": [0, 0.01],
    "l2_biases": [False, True],
    "bias_learning_rate": [0, 1, 2],
    "schedule": ["epoch_factor", "constant", "step", "inverse", "cosine"],
    "warm_up": [0, 3],
    "floor": [0, 0.7, 2],  # of the learning rate, which is halved after an epoch
    "activation": ["sigmoid", "tanh", "tanh_opt", "relu", "leaky_relu", "linear", "elu", "gelu", "silu", "softplus"],
    "placement": [None, "pre_activation", "post_activation"],
    "gamma": [(True, 1), (False, 1), (True, 1.5), (False, 2), (True, "file")],
    "beta": [(True, 0), (False, 0), (True, -0.25), (False, 0.5), (True, "file")],
    "inference": ["last_epoch", "moving_average", "population"],
    "epsilon": [1e-10, 0.01],
    "output": ["softmax", "sigmoid_mse"],
    "fidelity": ["exact", "published"],
    "dropout": [0, 0.3],
    "preprocess": ["none", "center", "zscore", "pca", "zca"],
    "norm": ["spectral", "frobenius", "rms"],
    "hidden": [(7, 5, 6), (6,), (33, 5, 18, 5)],
    "samples": [44, 45, 50],  # the last batch is full, has one sample (and is skipped with batch normalization), has 6
    "batch_size": [11, 22],
    "order": ["sequential", "shuffled"],
    "seed": [1, 2**40 + 5],
    "data": ["rank 3", "rank 2", "black pixels", "grey pixels"],
    "evaluate_train": [False, True],
    "start": ["drawn", "constant unit", "logits 1000 apart"],
}
ONLY_WITH_BATCH_NORM = "gamma", "beta", "inference", "epsilon"
CLASSES, PIXELS, TRAIN, TEST = 4, (3, 4), 50, 30


def settle(case):
    """Leaves out what has no meaning, and what hangs on the rounding of a gradient that is 0."""
    normalized, scaled_steps = case["placement"] is not None, case["optimizer"][0] not in ("sgd", "nesterov")
    if not normalized:
        case.update(dict.fromkeys(ONLY_WITH_BATCH_NORM))
    # Before batch normalization, a grey pixel that is not centred is one more bias.
    if case["data"] == "grey pixels" and case["preprocess"] not in ("center", "zscore"):
        case["data"] = "black pixels"
    # Normalized after its activation, a constant unit has a bias without effect.
    if case["start"] == "constant unit" and scaled_steps and case["placement"] == "post_activation":
        case["start"] = "drawn"
    # A constant pixel whitens to what rounding leaves of 0.
    if case["data"] == "black pixels" and case["preprocess"] in ("pca", "zca"):
        case["data"] = "rank 3"
    return case


def pairs(case):
    return {pair for pair in itertools.combinations(case.items(), 2) if None not in (pair[0][1], pair[1][1])}


def covering_cases(least, is_well_conditioned, seed=1):
    """At least so many cases, each the one of 30 draws that has most new pairs, until all pairs have met."""
    random, open_pairs, cases = np.random.RandomState(seed), set(), []

    def draw():
        return settle({name: choices[random.randint(len(choices))] for name, choices in CHOICES.items()})

    for _ in range(4000):
        open_pairs |= pairs(draw())
    while open_pairs or len(cases) < least:
        best = max((draw() for _ in range(30)), key=lambda case: len(open_pairs & pairs(case)))
        if is_well_conditioned(best):
            open_pairs -= pairs(best)
            cases.append(best)
    return cases


def config_of(case):
    learned = {name: case[name] and {"learn": case[name][0], "init": 1 if case[name][1] == "file" else case[name][1]}
               for name in ("gamma", "beta")}
    batch_norm = case["placement"] is not None and {
        **learned, "placement": case["placement"], "inference": case["inference"], "epsilon": case["epsilon"],
        **({"momentum": 0.7} if case["inference"] == "moving_average" else {})}
    optimizer, rate = case["optimizer"]
    return {
        "seed": case["seed"], "precision": "float64", "fidelity": case["fidelity"],
        "data": {"source": "idx", "preprocess": case["preprocess"], "train_samples": case["samples"]},
        "model": {"hidden": case["hidden"], "activation": case["activation"], "output": case["output"],
                  "batch_norm": batch_norm, "dropout": case["dropout"]},
        "train": {"epochs": 2, "batch_size": case["batch_size"], "order": case["order"], "l2": case["l2"],
                  "l2_biases": case["l2_biases"], "bias_learning_rate": case["bias_learning_rate"],
                  "optimizer": {"name": optimizer, "learning_rate": rate, "momentum": case["momentum"]},
                  "learning_rate_schedule": {"name": case["schedule"], "warm_up": case["warm_up"], "iterations": [2, 5],
                                             "factor": 0.3, "gamma": 0.2, "power": 0.6},
                  "learning_rate_decay": 0.5, "min_learning_rate": case["floor"] * rate,
                  "checkpoint_every": 0},
        "log": {"norm": case["norm"], "evaluate_train": case["evaluate_train"], "print_every": 0},
    }


def initial_values(case):
    """Weights and biases, and where the case has it from the file, gamma and beta."""
    random = np.random.RandomState(2)
    sizes, tensors = (np.prod(PIXELS), *case["hidden"], CLASSES), {}
    for i, (inputs, units) in enumerate(zip(sizes, sizes[1:])):
        tensors[f"layers.{i}.weight"] = random.normal(0, 1.5 / np.sqrt(inputs), (units, inputs))
        tensors[f"layers.{i}.bias"] = random.normal(0, 0.3, units)
        for name, middle in ("gamma", 1), ("beta", 0):
            if i < len(case["hidden"]) and case[name] and case[name][1] == "file":
                tensors[f"layers.{i}.{name}"] = random.normal(middle, 0.3, units)
    if case["start"] == "constant unit":
        tensors["layers.0.weight"][1] = 0
    if case["start"] == "logits 1000 apart":
        tensors[f"layers.{len(case['hidden'])}.bias"][2] += 1000
    return tensors


def make_data(kind):
    """Bytes whose pixels differ in spread, so that eigenvalues are apart, and follow the label a little."""
    random = np.random.RandomState(3)

    def part(samples):
        labels = random.permutation(np.arange(samples) % CLASSES)
        hints = np.eye(CLASSES)[labels].repeat(np.prod(PIXELS) // CLASSES, 1)
        spread = 0.8 ** np.arange(np.prod(PIXELS))
        images = 255 * (0.8 * random.random_sample((samples, np.prod(PIXELS))) + 0.2 * hints) * spread
        if kind in ("black pixels", "grey pixels") and samples == TRAIN:  # in a test they may be anything
            images[:, 1], images[:, 7] = 0, 0 if kind == "black pixels" else 201
        return images.astype(np.uint8), labels

    (train, train_labels), (test, test_labels) = part(TRAIN), part(TEST)
    return {"train_images": train, "train_labels": train_labels, "test_images": test, "test_labels": test_labels}


def shape_of(kind):
    return (np.prod(PIXELS),) if kind == "rank 2" else PIXELS


def data_of(case):
    """What training uses of it."""
    data = make_data(case["data"])
    return {name: values[:case["samples"]] if name.startswith("train") else values for name, values in data.items()}
