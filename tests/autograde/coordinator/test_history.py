"""What each grading found is kept once, whatever happens to the file, and is no reason to stop where it is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.history import Entry, Found, History, from_line, history_path, read_history, to_line
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.messages.execution import Limits

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
text = st.text(max_size=8)
entries = st.builds(
    Entry,
    text,
    st.just(NOON),
    st.none() | st.just(NOON),
    text,
    st.floats(0, 1e6),
    text,
    st.dictionaries(text, st.dictionaries(text, st.builds(Found, st.none() | st.floats(0, 9), text, text), max_size=3)),
)


@given(entries)
def test_an_entry_is_one_line_and_comes_back(entry: Entry) -> None:
    line = to_line(entry)
    assert line.count(b"\n") == 1
    assert from_line(line) == entry


ADA = Entry("ada", NOON, NOON, "a", 1.0, cells={"first": {"check-relu": Found(0.0, "wrong", "absolute value")}})
BOB = replace(ADA, student="bob")


def test_the_same_again_adds_nothing_and_another_outcome_or_hand_in_does(tmp_path: Path) -> None:
    history = History(tmp_path, "ps1")
    history.enter(ADA)
    for same in (ADA, replace(ADA, seconds=2.0), replace(ADA, content="")):  # as after a kill, which loses the digest
        History(tmp_path, "ps1").enter(same)
    assert read_history(tmp_path, "ps1") == [ADA]
    regraded = replace(ADA, cells={"first": {"check-relu": Found(1.0, "right")}})
    for entry in (regraded, replace(regraded, content="b"), BOB):
        History(tmp_path, "ps1").enter(entry)
    assert [entry.student for entry in read_history(tmp_path, "ps1")] == ["ada", "ada", "ada", "bob"]


DAMAGE = (b'{"student": "ada", "gra', b"\x80\xff\n", b"[1, 2]\n", b'{"student": 3}\n', b"null\n")


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_line_that_is_not_whole_costs_itself_only(tmp_path: Path, damage: bytes) -> None:
    History(tmp_path, "ps1").enter(ADA)
    with history_path(tmp_path, "ps1").open("ab") as file:
        file.write(damage)
    History(tmp_path, "ps1").enter(BOB)
    assert read_history(tmp_path, "ps1") == [ADA, BOB]


def test_attempts_and_their_scores_are_kept_by_grading(tmp_path, build) -> None:
    course = build(tmp_path / "course", "second")
    for number, answer in enumerate(("answer = 41", "answer = 42")):
        folder = course.hand_in("ada", {"answer": answer})
        (folder / "timestamp.txt").write_text(f"2026-11-2{number} 12:00:00 UTC")
        for _ in range(2):
            grade_assignment(open_course(course.root), "ps1", workers=1, limits=Limits(cell=3), force=True)
    first, second = read_history(course.root, "ps1")
    assert [entry.cells["second"]["check-answer"].score for entry in (first, second)] == [0.0, 1.0]
    assert (first.handed_in, second.handed_in) == (NOON, NOON.replace(day=21))
    assert first.content != second.content
    assert first.seconds > 0
