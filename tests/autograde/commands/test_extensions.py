"""A student gets an extension as docs/grading.md says it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from plain_course import cells_of
from typer.testing import CliRunner

from tplib.cli import app

NO_DATE = "Note: ps1 has no due date yet: `tp grade ps1 --due '2026-11-12 23:59' --course {}` gives it one."


def test_an_extension_counts_at_the_next_grading(plain):
    plain.source(p=cells_of("x = 2", "# test 1\nassert x == 2"))
    folder = plain.hand_in("ada")
    (folder / "timestamp.txt").write_text("2026-10-25 09:00:00 UTC")
    late = plain.grade("--due", "2026-10-24 18:00 UTC").stdout
    assert "15 h: ada" in late
    gradebook = Gradebook(f"sqlite:///{plain.root / 'gradebook.db'}")
    gradebook.grant_extension("ps1", "ada", days=1)
    assert gradebook.find_assignment("ps1").duedate == datetime(2026, 10, 24, 18)
    gradebook.close()
    assert "15 h" not in plain.grade("--student", "ada", "--force").stdout


def test_the_command_gives_it_before_and_after_the_hand_in_lists_and_takes_away(plain, monkeypatch):
    def tp(*words):
        result = CliRunner().invoke(app, ["extension", "ps1", *words, "--course", str(plain.root)])
        return result.exit_code, " ".join(result.output.split())

    monkeypatch.setenv("COLUMNS", "200")
    no_date = NO_DATE.format(plain.root)
    plain.source(p=cells_of("x = 2", "# test 1\nassert x == 2"))
    for student in ("ada", "bob"):
        (plain.hand_in(student) / "timestamp.txt").write_text("2026-10-25 09:00:00 UTC")
    assert tp() == (0, "Nobody has an extension. " + no_date)
    assert tp("ada", "--days", "1") == (0, "ada: 1 day more " + no_date)  # nothing of hers is graded yet
    late = plain.grade("--due", "2026-10-24 18:00 UTC").stdout
    assert ("15 h: bob" in late, "ada" in late.partition(" late")[2].partition("\n")[0]) == (True, False)
    assert tp() == (0, "ada: 1 day more: due 2026-10-25 18:00 UTC")
    plain.tp("feedback", "ps1", "--course", plain.root)
    pages = {who: [*(plain.root / "feedback" / who).rglob("*.html")] for who in ("ada", "bob")}
    told = {who: "".join(page.read_text("utf-8") for page in found) for who, found in pages.items()}
    assert "Due 2026-10-25 18:00 UTC, your extension included." in told["ada"]
    assert "15 h late (due 2026-10-24 18:00 UTC)" in told["bob"]

    code, said = tp("bob", "ada", "--days", "1.5")
    assert (code, "bob: 1 day 12 h more: due 2026-10-26 06:00 UTC" in said) == (0, True)
    course = f"--course {plain.root}"
    assert f"tp grade ps1 --student bob --student ada --force {course}, then tp feedback ps1 {course}" in said
    with Gradebook(f"sqlite:///{plain.root / 'gradebook.db'}") as gradebook:
        assert gradebook.find_submission("ps1", "bob").extension == timedelta(days=1, hours=12)
        assert gradebook.find_submission("ps1", "bob").total_seconds_late == 0
    assert tp("ada", "bob", "--remove")[0] == 0
    assert tp() == (0, "Nobody has an extension.")
    assert "15 h" in plain.grade("--student", "ada", "--force").stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["adaa", "--days", "1"], "there is no student 'adaa' in this course: is 'ada' meant?"),
        (["ada"], "say --days N"),
        (["ada", "--days", "1", "--remove"], "say --days N"),
        (["--days", "1"], "who? tp extension ps1 STUDENT --days 1"),
        (["ada", "--days", "0"], "expected more than 0"),
        (["ada", "--days", "nan"], "expected more than 0"),
    ],
)
def test_what_cannot_be_is_a_sentence(plain, words, sentence):
    plain.source(p=cells_of("x = 2", "# test 1\nassert x == 2"))
    plain.hand_in("ada")
    result = CliRunner().invoke(app, ["extension", "ps1", *words, "--course", str(plain.root)])
    assert (result.exit_code, sentence in " ".join(result.output.split())) == (1, True), result.output
    assert not (plain.root / ".tplib" / "extensions.json").exists()
