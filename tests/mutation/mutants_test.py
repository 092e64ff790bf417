"""That mutants are the same for a seed, change one line of code, and leave what is no code alone."""
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
sys.dont_write_bytecode = True

from mutation.mutants import drawn_mutants, masked, mutants_of_line  # noqa: E402

SOURCE = """#include "a < b"
// a comment: a < b
/* another:
   return 1 < 2; */
static_assert(1 < 2);
#define BNRUN_LESS(a, b) \\
    ((a) < (b))
const char* kText = R"(
    if (1 < 2) return 3;
)";
int smaller(int a, int b) {
    return a < b ? a : b;
}
"""


def new_texts(line):
    return {new for _, new in mutants_of_line(masked(line), line)}


class Mutants(unittest.TestCase):
    def test_of_the_project_are_the_same_for_a_seed(self):
        mutants = drawn_mutants(ROOT, 5)
        self.assertEqual(mutants, drawn_mutants(ROOT, 5))
        self.assertNotEqual(mutants[:20], drawn_mutants(ROOT, 6)[:20])
        self.assertGreater(len(mutants), 3000)
        self.assertEqual(len(mutants), len({(mutant["file"], mutant["line"]) for mutant in mutants}))

    def test_change_the_one_line_that_they_name(self):
        for mutant in drawn_mutants(ROOT, 5):
            line = (ROOT / mutant["file"]).read_text().split("\n")[mutant["line"] - 1]
            self.assertEqual(mutant["old"], line)
            self.assertNotEqual(mutant["new"], line)
            self.assertNotIn("\n", mutant["new"])
            self.assertNotIn("\x01", mutant["new"])

    def test_are_of_the_files_asked_for(self):
        self.assertEqual({mutant["file"] for mutant in drawn_mutants(ROOT, 5, "src/data/i*.cc")},
                         {"src/data/idx.cc", "src/data/idx_paths.cc"})

    def test_leave_comments_texts_macros_and_static_assertions_alone(self):
        with tempfile.TemporaryDirectory() as scratch:
            source = Path(scratch) / "src" / "base" / "a.cc"
            source.parent.mkdir(parents=True)
            source.write_text(SOURCE)
            lines = {mutant["line"] for seed in range(20) for mutant in drawn_mutants(Path(scratch), seed)}
        self.assertEqual(lines, {12})

    def test_masking_keeps_every_place(self):
        for path in (ROOT / "src").rglob("*.cc"):
            text = path.read_text()
            code = masked(text)
            self.assertEqual([len(line) for line in code.split("\n")], [len(line) for line in text.split("\n")], path)

    def test_are_made_by_each_operator(self):
        for line, expected in [
                ("    x = a <= b;", {"    x = a < b;", ";"}),
                ("    if (f(a) && b) {", {"    if (f(a) || b) {", "    if (!(f(a) && b)) {"}),
                ("    return true;", {"    return false;", "    return {};"}),
                ("    return false;", {"    return true;"}),
                ('    return a ? "x?:" : f("y");',
                 {'    return a ? f("y") : "x?:";', "    return {};"}),
                ("    ++count;", {"    --count;"}),
                ("    y = std::max(x, 0.5);", {"    y = std::min(x, 0.5);", "    y = std::max(x, (0.5 + 1));", ";"}),
                ('    text += "a" + b;', {'    text -= "a" + b;', ";"}),
                ("    z = a - b * 0;", {"    z = a + b * 0;", "    z = a - b / 0;", "    z = a - b * 1;", ";"}),
                ('    log.write("1 < 2");', {";"}),
                ("    std::array<int, 3> lanes;", set()),  # most would not compile
                ("    Network(const Config& config);", set())]:
            self.assertEqual(new_texts(line), expected)


if __name__ == "__main__":
    unittest.main()
