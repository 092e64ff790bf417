"""That layers.csv is read by moment and layer. Needs numpy."""
import math
import sys
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.dont_write_bytecode = True

try:
    from study import observed
except ImportError as missing:
    print(f"observed_test: SKIPPED: {missing}; apt-get install python3-numpy")
    sys.exit(77)

LINES = """epoch,iteration,layer,quantity,value
1,1,0,smoothness,5
1,1,1,dead,0.25
1,1,2,dead,0.5
2,300,2,dead,nan
2,300,1,zero,1
"""


class Observed(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        (Path(scratch.name) / "layers.csv").write_text(LINES)
        self.run_read = SimpleNamespace(directory=Path(scratch.name))

    def test_one_quantity_by_moment_and_layer(self):
        found = observed.observed(self.run_read, "dead")
        self.assertEqual([(1, 1), (2, 300)], list(found))
        self.assertEqual({1: 0.25, 2: 0.5}, found[1, 1])
        self.assertTrue(math.isnan(found[2, 300][2]))

    def test_several_and_what_was_not_logged(self):
        found = observed.observed_all(self.run_read, ["smoothness", "saturated"])
        self.assertEqual({"smoothness": {(1, 1): {0: 5.0}}, "saturated": {}}, found)

    def test_layers_as_an_array(self):
        found = observed.observed(self.run_read, "dead")
        self.assertEqual([0.25, 0.5], observed.by_layer(found, (1, 1), 2).tolist())
        self.assertTrue(all(map(math.isnan, observed.by_layer(found, (9, 9), 3))))


if __name__ == "__main__":
    unittest.main()
