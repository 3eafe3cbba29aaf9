"""Equal answers are found whatever their names; different or short ones are not."""

from __future__ import annotations

import inspect
import re
import textwrap

import pytest

from tplib.autograde.reports.copies import Collector, fingerprints, ours
from tplib.graders import exercises

LONG = '''
def standardise(columns):
    """Doc."""
    mean = columns.mean(axis=0)
    spread = columns.std(axis=0)
    spread = np.where(spread == 0, 1.0, spread)
    result = []
    for row in columns:
        result.append((row - mean) / spread)
    return np.array(result)
'''


def renamed(source: str) -> str:
    names = {"columns": "x", "mean = ": "m = ", "- mean": "- m", "spread": "s", "result": "out", "row": "r"}
    for old, new in names.items():
        source = source.replace(old, new)
    return source.replace("(x):", "(x: 'array') -> list:").replace('"""Doc."""', '"""Other words."""\n    # note')


def test_names_documentation_annotations_and_layout_do_not_count():
    assert renamed(LONG) != LONG
    assert list(fingerprints(renamed(LONG))) == list(fingerprints(LONG)) != []
    assert list(fingerprints("%matplotlib inline\n\n" + LONG)) == list(fingerprints(LONG))


@pytest.mark.parametrize("change", [("axis=0", "axis=1"), ("std", "var"), ("1.0", "2.0"), ("row - mean", "mean - row")])
def test_another_computation_is_another_answer(change):
    assert list(fingerprints(LONG.replace(*change))) != list(fingerprints(LONG))


def test_short_unwritten_and_broken_answers_have_no_fingerprint():
    for source in ("def f(x):\n    return x", LONG + "\nraise NotImplementedError", "def f(:", "(" * 5000, LONG * 1000):
        assert list(fingerprints(source)) == []


def test_groups_name_everyone_and_our_own_code():
    exercise = next(found for found in exercises() if ours(found.name))
    answers = (exercise.reference, *exercise.alternatives)
    sources = [textwrap.dedent(inspect.getsource(answer)) for answer in answers]
    source = next(text for text in sources if list(fingerprints(text)))
    copies = Collector()
    copies.add("ada", "nb", exercise.name, re.sub(r"^def \w+", f"def {exercise.name}", source))
    copies.add("bob", "nb", "other", LONG)
    copies.add("eve", "nb", "other", renamed(LONG))
    copies.add("dan", "nb", "other", LONG.replace("std", "var"))
    found = [(group.exercise, group.students, group.ours) for group in copies.alike()]
    assert sorted(found) == sorted([(exercise.name, ("ada",), True), ("other", ("bob", "eve"), False)])
