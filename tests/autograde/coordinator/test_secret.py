"""The seeds of the examiner's cases: a student's own, and the same at every grading."""

from __future__ import annotations

from tplib.autograde.coordinator.secret import course_secret, seeds


def test_seeds_are_a_students_own_and_stay(tmp_path):
    secret = course_secret(tmp_path)
    assert course_secret(tmp_path) == secret
    assert (tmp_path / ".tplib/secret").stat().st_mode & 0o777 == 0o600
    mine, yours = seeds(secret, "ada", ["softmax", "relu"]), seeds(secret, "bob", ["softmax", "relu"])
    assert len({*mine.values(), *yours.values()}) == 4
    assert seeds(secret, "ada", ["softmax"])["softmax"] == mine["softmax"]
