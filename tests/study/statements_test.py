"""That each statement of the post has a claim or a word why not, in both languages, and each new claim a statement."""
import re
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.dont_write_bytecode = True

from study import folders, statements  # noqa: E402

KINDS = {"measured", "theory", "report", "remark", "forecast"}
KEYS = {"id", "where", "kind", "statement", "zh", "claims", "why_not", "why_not_zh"}
FIRST_NEW = 16
NOT_THE_POSTS = {3, 14, 15, 24}  # of the program, or beyond the post


class Statements(unittest.TestCase):
    def setUp(self):
        self.statements = statements.read()

    def test_each_has_a_claim_or_a_word_why_not(self):
        for entry in self.statements:
            self.assertTrue(entry.get("claims") or entry.get("why_not"), entry["id"])
            self.assertEqual("why_not" in entry, "why_not_zh" in entry, entry["id"])

    def test_entries_are_whole_and_named_once(self):
        names = [entry["id"] for entry in self.statements]
        self.assertEqual(len(names), len(set(names)))
        for entry in self.statements:
            self.assertLessEqual(set(entry), KEYS, entry["id"])
            self.assertIn(entry["kind"], KINDS, entry["id"])
            self.assertTrue(entry["where"] and entry["statement"] and re.search("[\u4e00-\u9fff]", entry["zh"]))

    def test_claims_that_are_named_exist(self):
        for entry in self.statements:
            self.assertLessEqual(set(entry.get("claims", [])), set(folders.claims()), entry["id"])

    def test_each_claim_is_of_some_statement(self):
        named = {number for entry in self.statements for number in entry.get("claims", [])}
        self.assertEqual(set(), set(folders.claims()) - named - NOT_THE_POSTS)

    def test_the_table_has_a_row_for_each_statement_and_links_its_claims(self):
        rows = statements.table(lambda number: f"[{number}](#x)").splitlines()
        self.assertEqual(len(self.statements) + 2, len(rows))
        self.assertIn("| 3.1 | Saturation makes the first layers' gradients small, and BN solves it | claim [16](#x) |", rows)
        chinese = statements.table(lambda number: f"[{number}](#x)", chinese=True)
        self.assertIn("| 2.2, 4 | BN 加快训练 | 论断 [17](#x), [27](#x) |", chinese)
        reason = next(entry for entry in self.statements if "why_not" in entry and "claims" not in entry)
        self.assertIn(f"| {reason['statement']} | not tested: {reason['why_not']} |", "\n".join(rows))


if __name__ == "__main__":
    unittest.main()
