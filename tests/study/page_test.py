"""That the page says of a claim what its CSV has, in both languages, and that a wrong digit anywhere in it is found."""
import re
import sys
import tempfile
import unittest
import xml.dom.minidom
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.dont_write_bytecode = True

from study import binomial, charts, drift, folders, kept, page, rules, svg, words  # noqa: E402

SECTION = """## 1. A claim

**Answer.** BN gives {{cell errors; sigmoid; test error, %}} %
[better = met] and is better,
[better = refuted, cannot tell] and is no better,
[verdict = holds & better = met] so it holds.
[verdict = holds & better = refuted] so it should not.

**Question.** Is it?

{{table errors}}

{{chosen}}

{{verdict}}

{{command}}
"""
CHINESE = SECTION.replace("Answer.", "回答。").replace("and is better,", "更好，").replace("A claim", "一条论断")
HEAD = "# Title\n\n{{label}}\n{{question thing Is it so?}}\n{{question nothing And this?}}\n\n{{forest All}}\n\n{{claims_table}}\n"


class Scratch(unittest.TestCase):
    """A study of one claim, as it is after its runs."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch, self.out = Path(scratch.name), Path(scratch.name) / "out"
        self.folder = folders.Folder(self.scratch / "01_thing")
        for path in (self.folder.path, self.out / "figures"):
            path.mkdir(parents=True)
        for name, text in (("01_thing/section.md", SECTION), ("01_thing/section.zh.md", CHINESE), ("head.md", HEAD),
                           ("head.zh.md", HEAD), ("tail.md", "{{cost}}, {{programs}}"), ("tail.zh.md", "{{cost}}"),
                           ("01_thing/words.zh.json", '{"seeds that learn": "学会的种子"}'), ("out/runs.csv", "claim\n")):
            (self.scratch / name).write_text(text, encoding="utf-8")
        for target, name, value in ((page, "TEXTS", self.scratch), (folders, "claims", lambda: {1: self.folder}),
                                    (folders, "studies", lambda: {1: self.folder})):
            patch = mock.patch.object(target, name, value)
            patch.start()
            self.addCleanup(patch.stop)
        self.keep(kept.Cell(-0.5, "+.2f", low=-0.75, high=-0.25, n=10))

    def keep(self, cell, words="test error, points"):
        claim = kept.Claim(1)
        claim.put("errors", "sigmoid", "test error, %", kept.Cell(3.25, ".2f", sd=0.5, n=10))
        claim.put("chosen", "sigmoid", "learning rate", kept.Cell(text="4e-4"))
        claim.put("chosen", "sigmoid", "learning rate: edge of the grid", kept.Cell(text="highest tried"))
        rules.deciding(claim, "seeds that learn", rules.counts({seed: seed < 10 for seed in range(1, 11)}), 5, "",
                       rules.COUNTED)
        rules.decide(claim, {"better": rules.below(cell)}, words, cell, unit=rules.POINTS)
        for name, value in (("runs", 20), ("seconds", 7200)):
            claim.put("cost", "all", name, kept.Cell(float(value), ".0f"))
        claim.put("cost", "all", "program", kept.Cell(text="0.2.0 (abc)"))
        kept.write(claim, self.out)

    def text(self, language=page.ENGLISH, quick=False):
        return page.render(self.out, quick, language)[language.page]


class Page(Scratch):
    def test_the_summary_the_table_and_the_section_have_the_answer(self):
        answer = "BN gives 3.25 ± 0.50 % and is better, so it holds."
        text = self.text()
        self.assertIn(f"- **Is it so?** {answer} ([1](#1-a-claim))\n", text)
        self.assertIn(f"| [1. A claim](#1-a-claim) | holds | {answer} | test error, points: -0.50 [-0.75, -0.25] (10 seeds) |", text)
        self.assertIn("**Answer.** BN gives 3.25 ± 0.50 %\nand is better,\nso it holds.\n", text)
        self.assertNotIn("And this?", text)

    def test_a_line_stands_only_where_its_condition_came_out_so(self):
        self.keep(kept.Cell(-0.5, "+.2f", low=-1.25, high=0.25, n=10))
        self.assertIn("3.25 ± 0.50 % and is no better,", self.text().replace("\n", " "))
        self.assertNotIn("so it", self.text())

    def test_what_nothing_refutes_is_open(self):
        asked = SECTION.replace("[verdict = holds & better = met] so", "[open = yes] so it cannot be told.\n[open = no] so")
        (self.folder.path / "section.md").write_text(asked)
        self.assertIn("\nso it holds.\n", self.text())
        self.keep(kept.Cell(-0.5, "+.2f", low=-1.25, high=0.25, n=10))
        self.assertIn("\nso it cannot be told.\n", self.text())

    def test_a_condition_that_the_claim_has_not_is_no_silent_blank(self):
        (self.folder.path / "section.md").write_text(SECTION.replace("[better = met]", "[beter = met]"))
        self.assertRaises(KeyError, self.text)

    def test_a_figure_that_the_csv_has_not_is_said_but_in_a_quick_version(self):
        (self.folder.path / "section.md").write_text(SECTION.replace("cell errors; sigmoid;", "cell errors; ReLU;"))
        with self.assertRaisesRegex(folders.Unsound, "claim 1: its CSV has no cell errors; ReLU; test error, %"):
            self.text()
        self.assertIn("BN gives – %", self.text(quick=True))

    def test_an_edge_is_warned_of(self):
        self.assertIn("At the edge of what was tried, so that a better value may lie beyond: sigmoid.", self.text())

    def test_the_chinese_page_has_the_same_numbers(self):
        english, chinese = self.text(), self.text(page.CHINESE)
        self.assertIn("| [1. 一条论断](#1-一条论断) | 成立 | BN gives 3.25 ± 0.50 % 更好，so it holds. | 测试误差，百分点：-0.50", chinese)
        self.assertIn("|  | 测试误差，% |\n", chinese)
        self.assertIn("**结论：成立。**", chinese)
        numbers = re.compile(r"-?\d+\.\d+")
        self.assertEqual(sorted(set(numbers.findall(english.split("2.0 hours")[0]))), sorted(set(numbers.findall(chinese.split("2.0 小时")[0]))))

    def test_a_claim_without_a_csv_is_not_run(self):
        (self.out / kept.csv_name(1)).unlink()
        self.assertIn("| 1. A claim | not run | – | – |", self.text())
        self.assertNotIn("## 1. A claim", self.text())
        self.assertIn("0 runs, 0.0 hours of computing, for the 0 of 1 claims that have been run", self.text())

    def test_cost_program_and_the_quick_versions_label(self):
        self.assertTrue(self.text().endswith("20 runs, 2.0 hours of computing, 0.2.0 (abc)\n"))
        self.assertNotIn("quick version", self.text())
        self.assertIn("**This is the quick version", self.text(quick=True))
        self.assertIn("`scripts/reproduce.sh --quick 1` (20 runs, 7200 seconds added up)", self.text(quick=True))


class Drift(Scratch):
    def setUp(self):
        super().setUp()
        for path, text in drift.pages(self.out).items():
            path.write_text(text, encoding="utf-8")

    def test_what_was_written_has_not_drifted(self):
        self.assertEqual([], drift.page_drift(self.out))

    def test_a_changed_digit_of_a_page_or_of_the_picture_is_found(self):
        for name in ("README.md", "README.zh.md", "figures/forest.svg", "figures/forest.zh.svg"):
            path = self.out / name
            text = path.read_text(encoding="utf-8")
            digits = [found.start() for found in re.finditer(r"\d", text)]
            for place in digits[::max(1, len(digits) // 20)]:
                changed = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1:]
                path.write_text(changed, encoding="utf-8")
                self.assertNotEqual([], drift.page_drift(self.out), (name, text[place - 20:place + 5]))
            path.write_text(text, encoding="utf-8")

    def test_a_page_that_is_missing_is_found(self):
        (self.out / "README.zh.md").unlink()
        self.assertEqual([f"{self.out}/README.zh.md: is not there; scripts/reproduce.sh --page writes it"],
                         drift.page_drift(self.out))

    def test_the_line_of_verdicts_and_the_quoted_table_follow_the_page(self):
        text = (self.out / "README.md").read_text(encoding="utf-8")
        self.assertEqual("Of the study's 1 claims 1 holds (1).", drift.verdict_line(text))
        row = next(line for line in text.splitlines() if line.startswith("| [1."))
        for verdict, phrase in ((kept.CANNOT, "1 cannot be tested here (1)"), (kept.WARNING, "1 is a warning (1)")):
            turned = text.replace(row, row.replace("| holds |", f"| {verdict} |"))
            self.assertEqual(f"Of the study's 1 claims {phrase}.", drift.verdict_line(turned))
        quoting = "<!-- from results/README.md -->\nold\n<!-- end -->"
        self.assertEqual(f"<!-- from results/README.md -->\n| claim | verdict | answer | deciding figure |\n"
                         f"| --- | --- | --- | --- |\n{row.replace('](#', '](results/README.md#')}\n<!-- end -->",
                         drift.requoted(quoting, text, "results/README.md"))


    def test_distances_are_quoted_anew(self):
        self.assertEqual("is 0.100 without BN and 0.200\nwith it",
                         drift.requoted("is 0.145 without BN and 0.069\nwith it", "| claim | verdict |\n", "", ("0.100", "0.200")))

    def test_pictures_that_nothing_shows_are_found(self):
        for name in ("claim01_old.svg", "claim01_gradient_norms.svg", "forest.svg"):
            (self.out / "figures" / name).write_text("")
        self.assertEqual(["claim01_old.svg"], [path.name for path in drift.unused(self.out)])  # README shows the other


class Forest(Scratch):
    def drawn(self, language=page.ENGLISH):
        return page.render(self.out, False, language)[f"figures/forest{language.suffix}.svg"]

    def paths(self, kind):
        return re.findall(rf'class="{kind}[^"]*" d="([^"]*)"', self.drawn())

    def test_it_is_an_svg_with_a_row_for_each_deciding_figure(self):
        for language in page.LANGUAGES:
            xml.dom.minidom.parseString(self.drawn(language))
        self.assertEqual(2, len(self.paths("whisker")))
        self.assertIn("1. 学会的种子：9/10 (p = 0.021)", self.drawn(page.CHINESE))

    def test_an_interval_that_excludes_the_margin_is_drawn_beside_it(self):
        numbers = r"[\d.]+"
        for high, is_beside in ((-0.25, True), (0.25, False)):
            self.keep(kept.Cell(-0.5, "+.2f", low=-0.75, high=high, n=10))
            left, right = map(float, re.match(rf"M({numbers}) \d+H({numbers})", self.paths("whisker")[0]).groups())
            margin = float(re.match(rf"M({numbers})", self.paths("bound")[1])[1])  # the legend has the first
            self.assertLess(left, margin)
            self.assertEqual(is_beside, right < margin)

    def test_an_interval_without_end_is_no_end_of_the_picture(self):
        self.keep(kept.Cell(-0.5, "+.2f", low=-float("inf"), high=float("inf"), n=1))
        self.assertEqual(2, len(self.paths("whisker")))
        self.assertNotIn("inf", "".join(self.paths("")))

    def test_a_verdict_has_its_mark(self):
        holds = self.drawn()
        self.keep(kept.Cell(0.5, "+.2f", low=0.25, high=0.75, n=10))
        self.assertEqual((3, 1), (holds.count('class="dot f2"'), self.drawn().count('class="dot f2"')))

    def test_long_words_are_cut_to_fit_and_the_figure_is_not(self):
        self.keep(kept.Cell(-0.5, "+.2f", low=-0.75, high=-0.25, n=10), words="long words " * 40)
        label, = re.findall(r">(1\. long words[^<]*)<", self.drawn())
        self.assertTrue(label.endswith("…: -0.50 [-0.75, -0.25]"), label)
        self.assertLess(svg.width_of(label), 609)
        self.assertGreater(svg.width_of(label), 580)


class Charts(Scratch):
    def setUp(self):
        super().setUp()
        section = SECTION + "\n{{chart errors by rate; log; learning rate; test error, %; Errors}}\n"
        (self.folder.path / "section.md").write_text(section, encoding="utf-8")

    def picture(self, *rows, columns=("4e-5", "4e-4", "best rate")):
        """The page, and the picture of rows of cells."""
        claim = kept.read(1, self.out)
        for name, cells in rows:
            for column, cell in zip(columns, cells):
                claim.put("errors by rate", name, column, cell)
        kept.write(claim, self.out)
        files = page.render(self.out)
        return files["README.md"], files.get("figures/claim01_errors_by_rate.svg")

    @staticmethod
    def lines(drawing):
        """[(x, y) of each point] of each line but those of the legend."""
        found = re.findall(r'class="line [^"]*" d="M([\d. ]+)"', drawing)
        return [[tuple(map(float, pair)) for pair in zip(line.split()[::2], line.split()[1::2])] for line in found]

    def test_a_table_is_drawn_where_the_section_asks_for_it(self):
        cells = [kept.Cell(value, ".2f", sd=0.5, n=10) for value in (40.0, 4.0, 4.0)]
        text, drawing = self.picture(("sigmoid", cells), ("ReLU", cells[1:]))
        self.assertIn("![Errors](figures/claim01_errors_by_rate.svg)", text)
        xml.dom.minidom.parseString(drawing)
        self.assertEqual([2, 2], [len(line) for line in self.lines(drawing)])  # a best rate is no place on the axis
        for label in ("sigmoid", "ReLU", "learning rate", "test error, %", "4e-5", "10"):
            self.assertIn(f">{label}</text>", drawing)
        self.assertIn("sigmoid: 40.00 ± 0.50, 4.00 ± 0.50; ReLU: 4.00 ± 0.50", drawing)

    def test_factors_are_distances_on_a_log_scale(self):
        cells = [kept.Cell(value, ".2f") for value in (40.0, 4.0, 0.4)]
        _, drawing = self.picture(("sigmoid", cells), columns=("1", "2", "3"))
        (first, second, third), = self.lines(drawing)
        self.assertAlmostEqual(second[1] - first[1], third[1] - second[1], 0)
        self.assertLess(first[1], third[1])
        self.assertAlmostEqual(second[0] - first[0], third[0] - second[0], 0)

    def test_intervals_and_values_that_cannot_be_drawn(self):
        _, drawing = self.picture(("a", [kept.Cell(4.0, low=1.0, high=8.0), kept.Cell(float("nan")), kept.Cell(2.0)]),
                                  ("b", [kept.Cell(text="–")] * 3), columns=("1", "2", "3"))
        self.assertEqual([2], [len(line) for line in self.lines(drawing)])
        bars = [tuple(map(float, bar)) for bar in re.findall(r'class="thin c0" d="M[\d.]+ ([\d.]+)V([\d.]+)"', drawing)]
        self.assertGreater(bars[0][0] - bars[0][1], 50)
        self.assertEqual(bars[1][0], bars[1][1])

    def test_differences_are_seen_against_zero(self):
        zero = charts.draw({("a", "1"): kept.Cell(0.5), ("a", "2"): kept.Cell(0.75)}, "linear", "x", "y", "", str)
        self.assertIn(">0</text>", zero)
        beside = charts.draw({("a", "1"): kept.Cell(0.5), ("a", "2"): kept.Cell(0.75)}, "range", "x", "y", "", str)
        self.assertNotIn(">0</text>", beside)

    def test_a_log_axis_has_three_to_eight_ticks_unless_it_spans_many_decades(self):
        for low, high, ticks in ((0.1, 0.21, ["0.1", "0.15", "0.2"]), (2.4, 8.4, ["3", "4", "5", "6", "7", "8"]),
                                 (1.0, 8.0, ["1", "2", "3", "4", "5", "6", "7", "8"]), (1.0, 9.0, ["1", "2", "5"]),
                                 (1.0, 100.0, ["1", "2", "5", "10", "20", "50", "100"]), (0.01, 1000.0, ["0.01", "0.1", "1", "10", "100", "1000"])):
            drawing = charts.draw({("a", "p"): kept.Cell(low), ("a", "q"): kept.Cell(high)}, "log", "x", "y", "", str)
            with self.subTest(low=low):
                self.assertEqual(ticks, re.findall(r'text-anchor="end"[^>]*>([^<]*)<', drawing))

    def test_a_table_that_is_not_there_has_no_picture(self):
        with self.assertRaisesRegex(folders.Unsound, "claim 1: its CSV has no table errors by rate"):
            page.render(self.out)
        files = page.render(self.out, quick=True)
        self.assertEqual((False, None), ("![Errors]" in files["README.md"], files.get("figures/claim01_errors_by_rate.svg")))


class Pictures(Scratch):
    DRAWN = ('<svg><title>Training loss</title><desc>a: 1.</desc><text x="1">with BN, layer 3</text><text>without BN, 4x initial weights</text>'
             '<text>training loss of the batch (log scale)</text><text>10⁻⁷</text></svg>')

    def test_one_that_bnrun_drew_has_chinese_words_on_the_chinese_page(self):
        for suffix in ("", ".zh"):
            (self.scratch / f"head{suffix}.md").write_text("{{picture claim01_loss 说明 & 图}}", encoding="utf-8")
        self.assertNotIn("claim01_loss", self.text() + self.text(page.CHINESE))
        (self.out / "figures/claim01_loss.svg").write_text(self.DRAWN, encoding="utf-8")
        self.assertIn("![说明 & 图](figures/claim01_loss.svg)", self.text())
        chinese = page.render(self.out, language=page.CHINESE)
        self.assertIn("![说明 & 图](figures/claim01_loss.zh.svg)", chinese[page.CHINESE.page])
        self.assertEqual(chinese["figures/claim01_loss.zh.svg"],
                         '<svg><title>训练损失</title><desc>说明 &amp; 图</desc><text x="1">有 BN，第 3 层</text><text>无 BN，初始权重放大到 4 倍</text>'
                         '<text>该批的训练损失（对数刻度）</text><text>10⁻⁷</text></svg>')


class Counts(unittest.TestCase):
    def test_exact_p_and_interval(self):
        for hits, trials, p, low, high in ((9, 10, 22 / 1024, 0.55498, 0.99747), (5, 5, 2 / 32, 0.47818, 1),
                                           (0, 10, 2 / 1024, 0, 0.30850), (5, 10, 1, 0.18709, 0.81291)):
            self.assertAlmostEqual(p, binomial.two_sided(hits, trials), 12)
            for expected, found in zip((low, high), binomial.interval(hits, trials)):
                self.assertAlmostEqual(expected, found, 4)

    def test_a_count_as_printed_and_as_a_condition(self):
        for hits, text, outcome in ((10, "10 of 10 (p = 0.002)", rules.MET), (9, "9 of 10 (p = 0.021)", rules.MET),
                                    (8, "8 of 10 (p = 0.11)", rules.UNDECIDED), (1, "1 of 10 (p = 0.021)", rules.REFUTED)):
            cell = rules.counts({seed: seed < hits for seed in range(10)})
            self.assertEqual((text, outcome), (str(cell), rules.above(cell, 5)))

    def test_the_test_sets_own_deviation(self):
        self.assertEqual("0.17", str(rules.test_sd(0.03)))
        self.assertEqual("0.54", str(rules.test_sd(0.03, 1000)))


class Words(unittest.TestCase):
    def test_labels_by_the_whole_or_by_parts(self):
        self.assertEqual("sigmoid，初始权重 4 倍", words.translated("sigmoid, 4x initial weights"))
        self.assertEqual("测试误差，xyz", words.translated("test error, xyz"))
        self.assertEqual(("9/10 (p = 0.021)", "3 of a"), (words.translated("9 of 10 (p = 0.021)"), words.translated("3 of a")))

    def test_lines_of_a_paragraph_become_one(self):
        self.assertEqual("a b 好的。是", words.joined("a\nb 好的。\n是\n"))

    def test_both_languages_have_the_same_phrases(self):
        self.assertEqual(set(words.ENGLISH), set(words.CHINESE))
        for name, phrase in words.ENGLISH.items():
            self.assertEqual(phrase.count("{}"), words.CHINESE[name].count("{}"), name)


class Shipped(unittest.TestCase):
    def test_every_claim_begins_with_its_answer_and_asks_for_the_same_figures_in_both_languages(self):
        for claim in folders.claims().values():
            english, chinese = claim.text("section.md"), claim.text("section.zh.md")
            for text in (english, chinese):
                self.assertRegex(text, page.ANSWER, claim.path)
                for name, _ in page.DIRECTIVE.findall(text):
                    self.assertTrue(callable(getattr(page._Writer, name, None)), f"{claim.path}: {name}")
            wanted = [sorted((name, argument) for name, argument in page.DIRECTIVE.findall(text) if name in ("cell", "table", "chosen"))
                      for text in (english, chinese)]
            self.assertEqual(*wanted, claim.path)
            self.assertEqual(*(sorted({found[0] for found in page.ONLY_WHERE.findall(text)}) for text in (english, chinese)))

    def test_the_summary_has_ten_questions_of_claims_that_there_are(self):
        names = {claim.path.name[3:] for claim in folders.claims().values()}
        for name in ("head.md", "head.zh.md"):
            asked = re.findall(r"\{\{question (\w+) ", (ROOT / "study" / name).read_text(encoding="utf-8"))
            self.assertEqual((10, set()), (len(set(asked)), set(asked) - names))

    def test_head_and_tail_ask_for_what_the_writer_knows(self):
        for path in sorted((ROOT / "study").glob("*.md")):
            for name, _ in page.DIRECTIVE.findall(path.read_text(encoding="utf-8")):
                self.assertTrue(callable(getattr(page._Writer, name, None)), f"{path.name}: {name}")

    def test_both_languages_ask_for_the_same_figures(self):
        wanted = [sorted(found for found in page.DIRECTIVE.findall((ROOT / "study" / name).read_text(encoding="utf-8"))
                         if found[0] in ("cell", "table", "cost", "programs"))
                  for name in ("head.md", "head.zh.md", "tail.md", "tail.zh.md")]
        self.assertEqual(wanted[0] + wanted[2], wanted[1] + wanted[3])


if __name__ == "__main__":
    unittest.main()
