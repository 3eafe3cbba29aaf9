"""The seeds of the examiner's cases: a student's own, and the same at every grading."""

from __future__ import annotations

from tplib.autograde.coordinator.handed_in import digest
from tplib.autograde.coordinator.secret import course_secret, seeds


def test_seeds_are_a_students_own_and_stay(tmp_path):
    secret = course_secret(tmp_path)
    assert course_secret(tmp_path) == secret
    assert (tmp_path / ".tplib/secret").stat().st_mode & 0o777 == 0o600
    mine, yours = seeds(secret, "ada", ["softmax", "relu"]), seeds(secret, "bob", ["softmax", "relu"])
    assert len({*mine.values(), *yours.values()}) == 4
    assert seeds(secret, "ada", ["softmax"])["softmax"] == mine["softmax"]


def test_another_hand_in_draws_other_cases_and_the_same_one_the_same(tmp_path):
    secret = course_secret(tmp_path)
    first, second = ({"1.ipynb": text, "data.csv": b"1"} for text in (b"{}", b"{ }"))
    drawn = [seeds(secret, "ada", ["softmax"], digest(files))["softmax"] for files in (first, second, dict(first))]
    assert drawn[0] == drawn[2] != drawn[1]
    assert digest({"a": b"1", "b": b"2"}) != digest({"a": b"2", "b": b"1"})
    assert digest({"a": b"1", "b": b"2"}) == digest({"b": b"2", "a": b"1"})
