"""A student gets an extension as docs/grading.md says it."""

from __future__ import annotations

from datetime import datetime

from nbgrader.api import Gradebook
from plain_course import cells_of


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
