"""That nets are run forward as by hand, and by BN's formula. Needs numpy."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.dont_write_bytecode = True

try:
    import numpy
    from study import forward
except ImportError as missing:
    print(f"forward_test: SKIPPED: {missing}; apt-get install python3-numpy python3-scipy")
    sys.exit(77)

IMAGES = numpy.array([[1.0, 2.0], [3.0, -4.0]])


def model(**normalization):
    tensors = {"layers.0.weight": [[1, 1], [2, 0]], "layers.0.bias": [0, -3],
               "layers.1.weight": [[1, -1]], "layers.1.bias": [0.5]}
    return {name: numpy.array(values, float) for name, values in (tensors | normalization).items()}


def normalized(mean, variance):
    return {"layers.0.gamma": [2, 1], "layers.0.beta": [0, 1], "layers.0.mean": mean, "layers.0.variance": variance}


class Forward(unittest.TestCase):
    def test_without_bn(self):
        (sums, outputs), = forward.sums_and_outputs(model(), IMAGES, "relu")
        numpy.testing.assert_allclose([[3, -1], [-1, 3]], sums)
        numpy.testing.assert_allclose([[3, 0], [0, 3]], outputs)
        numpy.testing.assert_allclose([[3.5], [-2.5]], forward.logits(model(), IMAGES, "relu"))
        numpy.testing.assert_allclose([[4.5], [-3.5]], forward.logits(model(), IMAGES, "linear"))

    def test_training_takes_the_statistics_of_these_images(self):
        tensors = model(**normalized([100, 100], [100, 100]))
        (sums, outputs), = forward.sums_and_outputs(tensors, IMAGES, "linear")
        numpy.testing.assert_allclose([[3, -1], [-1, 3]], sums)
        numpy.testing.assert_allclose([[2, 0], [-2, 2]], outputs, atol=1e-9)  # mean 1, deviation 2

    def test_inference_takes_those_of_the_model(self):
        tensors = model(**normalized([1, 1], [4, 16]))
        first = 2 * (3 - 1) / 2, (-1 - 1) / 4 + 1
        numpy.testing.assert_allclose([first[0] - first[1] + 0.5], forward.logits(tensors, IMAGES, "linear")[0])

    def test_sigmoid(self):
        (_, outputs), = forward.sums_and_outputs(model(), numpy.array([[0.0, 0.0]]), "sigmoid")
        numpy.testing.assert_allclose([[0.5, 1 / (1 + numpy.exp(3))]], outputs)


if __name__ == "__main__":
    unittest.main()
