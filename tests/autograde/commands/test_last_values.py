"""Partial credit through `tp grade`: what the last value of a test cell gives, and what is said of others."""

from __future__ import annotations

import html
import re

from plain_course import cells_of

SCORES = {
    "# test 2\nimport numpy as np\nnp.float64(0.5)": 0.5,
    "# test 2\nnp.array(0.5) > 0.25": 2.0,
    "# test 2\n1 > 2": 0.0,
    "# test 2\n-1": 0.0,
    "# test 2\n1.5": 1.5,
    "# test 2\nimport torch\ntorch.tensor(0.25)": 0.25,
    "# test 2\nassert True": 2.0,
    "# test 2\nNone": 2.0,
    "# test 2\n'well done';": 2.0,
    "# test 2\n'well done'": 0.0,
    "# test 2\n[0.5]": 0.0,
    "# test 2\n3": 0.0,
}


def test_the_last_value_counts_as_the_number_that_it_means(plain):
    plain.source(p=cells_of(*SCORES))
    plain.hand_in()
    result = plain.grade()
    scores = plain.scores()
    assert [scores[f"test-{number}"] for number in range(len(SCORES))] == list(SCORES.values())
    assert "test-9 scores 0: its last value is no number of points: 'well done'" in result.stdout
    assert "test-10 scores 0: its last value is no number of points: [0.5]" in result.stdout
    assert "test-11 scores 0: its result is 3, and it is worth 2 points" in result.stdout
    assert "test-8" not in result.stdout


def test_the_run_and_the_report_say_where_nbgrader_gives_other_points(plain):
    warns = "# test 2\nimport sys\nprint('slow', file=sys.stderr)"
    plain.source(p=cells_of(warns, "# test 2\n0.5", "# test 2\n1 > 2", "# test 2\n3", "# test 2\nassert ok"))
    for student in ("amy", "bob"):
        plain.hand_in(
            student, p=cells_of(warns, "# test 2\n0.5", "# test 2\n1 > 2", "# test 2\n3", "# test 2\nassert ok")
        )
    tagged = cells_of(warns, "# test 2\n0.5", "# test 2\n1 > 2", "# test 2\n3", "# test 2\nassert ok")
    tagged.cells[4].metadata["tags"] = ["skip-execution"]
    plain.hand_in("cat", p=tagged)
    expected = (
        ("test-0", "2 here, 0 in plain nbgrader", "what a test prints to stderr costs nothing", "amy, bob, cat"),
        ("test-2", "0 here, 2 in plain nbgrader", "counts as the number that it means", "amy, bob, cat"),
        ("test-3", "0 here, no grade in plain nbgrader", "counts as the number that it means", "amy, bob, cat"),
        ("test-4", "0 here, 2 in plain nbgrader", "tag does not keep a test from being run", "cat"),
    )
    said = [line for line in plain.grade().stdout.splitlines() if "in plain nbgrader" in line]
    plain.tp("report", "ps1", "--course", plain.root)
    page = (plain.root / "reports/ps1.html").read_text(encoding="utf-8")
    table = page[page.index('id="departures"') : page.index('<h2 id="students"')]
    rows = re.findall(r"<tr>.*?</tr>", table, re.DOTALL)[1:]
    for found in (said, [html.unescape(re.sub("<[^>]+>", "", row)) for row in rows]):
        assert len(found) == len(expected)
        for line, words in zip(found, expected, strict=True):
            assert all(word in line for word in words), line
