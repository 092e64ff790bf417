"""The analysis of each claim: from its sweep to the figures that are kept."""
from . import activations, depth, gradients, inference, preprocessing, strengths, variants

ANALYSES = {
    1: gradients.vanishing,
    2: gradients.normalized,
    3: gradients.hyper_parameters,
    4: activations.activation_ranges,
    5: variants.gamma_two,
    6: variants.sigmoid_relu,
    7: variants.placement,
    8: variants.relu_gamma_beta,
    9: strengths.learning_rate,
    10: strengths.dropout,
    11: strengths.l2_penalty,
    12: preprocessing.preprocessing,
    13: inference.inference,
    14: inference.published,
    15: depth.depth,
}
