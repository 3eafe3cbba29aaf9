"""Late and absent students, by a gradebook that nbgrader made."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from nbgrader.api import Gradebook

from tplib.autograde.submissions.lateness import Lateness, duration, read_lateness

# nbgrader's own Gradebook.add_submission warns in this way
pytestmark = pytest.mark.filterwarnings("ignore:Object of type <SubmittedAssignment> not in session")
DUE = datetime(2026, 10, 30, 18)


@pytest.fixture
def book(tmp_path):
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}", "tiny") as book:
        book.add_assignment("ps1", duedate=DUE)
        for name in ("ada", "bob", "cleo", "dan", "eve"):
            book.add_student(name)
        book.add_submission("ps1", "ada", timestamp=DUE + timedelta(days=29, hours=3))
        book.add_submission("ps1", "bob", timestamp=DUE + timedelta(hours=5))
        book.add_submission("ps1", "cleo", timestamp=DUE - timedelta(seconds=1))
        yield book


def read(book: Gradebook, *handed_in: str) -> Lateness:
    return read_lateness(book.find_assignment("ps1"), [student.id for student in book.students], handed_in)


def test_who_is_late_and_who_is_absent(book):
    found = read(book, "dan")
    assert found.due == DUE
    assert {student: duration(delay.total_seconds()) for student, delay in found.late.items()} == {
        "ada": "29 days",
        "bob": "5 h",
    }
    assert list(found.late) == ["ada", "bob"]
    assert found.absent == ("eve",)


def test_an_extension_counts(book):
    book.grant_extension("ps1", "bob", hours=4)
    assert (
        read(book).late["bob"]
        == timedelta(hours=1)
        == timedelta(seconds=book.find_submission("ps1", "bob").total_seconds_late)
    )
    book.grant_extension("ps1", "bob", days=1)
    assert "bob" not in read(book).late


def test_without_a_date_or_a_time_nobody_is_late(book):
    book.find_submission("ps1", "ada").timestamp = None
    assert list(read(book).late) == ["bob"]
    book.grant_extension("ps1", "bob", hours=4)
    book.find_assignment("ps1").duedate = None
    assert read(book).late == {}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "less than 1 min"),
        (60, "1 min"),
        (7199, "1 h 59 min"),
        (7200, "2 h"),
        (86_400 * 2 - 1, "1 day 23 h"),
        (86_400 * 29 + 7200, "29 days"),
    ],
)
def test_durations(seconds, words):
    assert duration(seconds) == words
