"""Groups of wrong answers are those that were planted, whatever the order; what is pasted names the mistake."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tplib.autograde.reports.paste import FUNCTION, LONGEST, paste, shown, visible
from tplib.autograde.reports.unnamed import Collector, WrongAnswer, group
from tplib.graders import registry
from tplib.graders.answer import LocalAnswer
from tplib.graders.behaviour import behaviour, record, rows, same_mistake
from tplib.graders.judge import judge
from tplib.graders.observe import Observation
from tplib.graders.verdict import Counterexample

SOFTMAX = registry.find("softmax")
EARLY_STOPPING = registry.find("EarlyStopping")
CASES = 4


def same(shown_does: list[Observation], does: list[Observation]) -> bool:
    return same_mistake(SOFTMAX, shown_does, does)


def planted(mistake: int, rng: np.random.Generator) -> list[Observation]:
    """What `mistake` gives, each time a little otherwise, by less than the tolerance; a seventh of them are errors."""
    exact = np.random.default_rng(mistake)
    if mistake % 7 == 0:
        return [Observation(error="ValueError", message=f"case {mistake}") for _ in range(CASES)]
    values = [exact.uniform(1, 2, (2, 3)) for _ in range(CASES)]
    return [Observation(value * (1 + rng.uniform(-0.4, 0.4, value.shape) * SOFTMAX.rtol)) for value in values]


@given(st.lists(st.integers(0, 8), max_size=25), st.integers(0, 2**32 - 1), st.data())
def test_planted_groups_come_back_pure_and_complete(mistakes: list[int], seed: int, data: st.DataObject) -> None:
    rng = np.random.default_rng(seed)
    answers = [
        WrongAnswer(f"s{i}", f"def softmax(s):\n    return {'s' * int(rng.integers(1, 9))}", planted(mistake, rng))
        for i, mistake in enumerate(mistakes)
    ]
    found = group(answers, "softmax", same)
    by_name = {f"s{i}": mistake for i, mistake in enumerate(mistakes)}
    assert all(len({by_name[answer.student] for answer in members}) == 1 for members in found)  # pure
    assert len(found) == len(set(mistakes))  # complete
    assert sorted(answer.student for members in found for answer in members) == sorted(by_name)
    assert [len(members) for members in found] == sorted((len(members) for members in found), reverse=True)
    for members in found:
        assert len(members[0].source) == min(len(answer.source) for answer in members)
    shuffled = data.draw(st.permutations(answers))
    assert names(group(shuffled, "softmax", same)) == names(found)


def names(groups: list[list[WrongAnswer]]) -> list[list[str]]:
    return [[answer.student for answer in members] for members in groups]


@given(st.permutations(range(12)))
def test_a_chain_within_the_tolerance_is_cut_where_it_leaves_the_answer_shown(order: list[int]) -> None:
    chain = [
        WrongAnswer(f"s{i:02}", "def softmax(s): pass" + "#" * i, [Observation(1 + 0.6 * i * SOFTMAX.rtol)])
        for i in range(12)
    ]
    found = group([chain[i] for i in order], "softmax", same)
    assert names(found) == names(group(chain, "softmax", same))
    for members in found:
        assert all(same(members[0].does, answer.does) for answer in members)
    for i, members in enumerate(found):
        assert not any(same(other[0].does, members[0].does) for other in found[:i] + found[i + 1 :])


def test_the_cell_that_holds_the_answer_is_shown_before_a_shorter_one_that_does_not() -> None:
    moved = WrongAnswer("ada", "# see above", [Observation(1.0)])
    there = WrongAnswer("bob", "def softmax(scores):\n    return 1.0", [Observation(1.0)])
    assert names(group([moved, there], "softmax", same)) == [["bob", "ada"]]


def verdict(**more: object) -> dict[str, object]:
    found = {"exercise": "softmax", "status": "wrong", "misconception": None, "behaviour": record([Observation(1.0)])}
    example = Counterexample({"scores": np.zeros(2)}, np.array([0.5, 0.5]), 1.0)
    return {**found, "counterexample": rows(example), "fitting": [], **more}


def test_only_wrong_answers_without_a_name_are_collected() -> None:
    collector = Collector()
    source = "def softmax(scores):\n    return 1.0"
    collector.add("ada", "1", verdict(), source)
    collector.add("bob", "1", verdict(), source + "  # one")
    collector.add("cay", "2", verdict(), source)  # another notebook
    collector.add("dan", "1", verdict(status="right"), source)
    collector.add("eve", "1", verdict(misconception="negated"), source)
    collector.add("fay", "1", verdict(behaviour=[{"value": {"what": 1}}]), source)
    collector.add("gil", "1", {key: value for key, value in verdict().items() if key != "behaviour"}, source)
    collector.add("hal", "1", verdict(exercise="no such exercise"), source)
    found = collector.unnamed()
    [mistake] = found.shared
    assert (mistake.notebook, mistake.exercise, mistake.students) == ("1", "softmax", ("ada", "bob"))
    assert mistake.answer == source
    half = "[0.5 0.5]   shape (2,), float64"
    assert mistake.rows == (("scores", "[0. 0.]   shape (2,), float64"), ("expected", half), ("yours", "1"))
    assert [alone.students for alone in found.alone] == [("cay",)]
    assert found.not_compared == 3


def test_a_group_that_several_listed_mistakes_explain_names_them() -> None:
    one = next(m for m in SOFTMAX.misconceptions if m.name == "whole array")
    twice = replace(SOFTMAX, misconceptions=[*SOFTMAX.misconceptions, replace(one, name="its twin")])
    assert judge(twice, one.candidate, seed=5).misconception is None
    cases, fitting = behaviour(twice, LocalAnswer(one.candidate)) or ([], [])
    assert fitting == ["whole array", "its twin"]
    collector = Collector()
    for student in ("ada", "bob"):
        source = "def softmax(scores):\n    return np.exp(scores)"
        collector.add(student, "1", verdict(behaviour=cases, fitting=fitting), source)
    collector.add("cay", "1", verdict(), "def softmax(scores):\n    return 1.0")
    found = collector.unnamed()
    assert [mistake.fitting for mistake in found.shared + found.alone] == [("whole array", "its twin"), ()]


def test_what_does_not_show_is_written_out() -> None:
    assert visible("a\u202e\u200b\x1b[2J\xa0\ud800 é\t\r\nb") == "a\\u202e\\u200b\\x1b[2J\\xa0\\ud800 é\t\nb"
    assert shown("\n\n" + "x" * (LONGEST + 1)) == "x" * LONGEST + "\n... cut"


def pasted(exercise, source: str):
    """The exercise with the pasted mistake as its only one."""
    found = paste(exercise, source)
    assert found is not None
    changed = replace(exercise, misconceptions=[])
    exec(found.lines, {**vars(__import__(exercise.reference.__module__, fromlist="_")), exercise.name: changed})
    return changed, found


def test_pasted_lines_name_the_mistake_on_secret_cases_too() -> None:
    source = textwrap.dedent("""
        %matplotlib inline
        import math
        print("not this")
        POWER = 2
        unused = 3

        def power(s):
            return s ** POWER   # as softmax(s) should not

        def softmax(s):
            '''softmax of s'''
            if s.ndim > 1:
                return np.array([softmax(row) for row in s]).reshape(s.shape)
            return power(s) / power(s).sum(-1, keepdims=True) + 0 * math.pi

        assert softmax
    """)
    changed, found = pasted(SOFTMAX, source)
    assert found.missing == ()
    assert "not this" not in found.lines
    assert "unused" not in found.lines
    assert "assert" not in found.lines
    assert '@softmax.mistake("' in found.lines
    assert "# as softmax(s) should not" in found.lines
    assert f"np.array([{FUNCTION}(row)" in found.lines
    verdict = judge(changed, lambda s: s**2 / (s**2).sum(-1, keepdims=True), seed=11)
    assert verdict.misconception == "what they do"


def test_pasted_class() -> None:
    source = textwrap.dedent("""
        class EarlyStopping:
            def __init__(self, patience):
                self.name = EarlyStopping.__name__

            def step(self, loss, parameters):
                return False
    """)
    found = paste(EARLY_STOPPING, source)
    assert found is not None
    assert found.is_class
    assert found.lines.startswith('@EarlyStopping.mistake("')
    assert "class WhatTheyDo:" in found.lines
    assert "WhatTheyDo.__name__" in found.lines


def test_pasted_lines_say_what_they_need_from_elsewhere() -> None:
    found = paste(SOFTMAX, "def softmax(s):\n    e = [helper(x) for x in s]\n    return np.array(e) / len(own.args)")
    assert found is not None
    assert found.missing == ("helper", "own")


@pytest.mark.parametrize(
    "source",
    ["", "softmax = lambda s: s", "def softmax(s)\n    return s", "def other(s): pass", "x" * 10,
     "def softmax(s):\n    return s" + " " * LONGEST + "+ 1"],
)  # fmt: skip
def test_nothing_to_paste(source: str) -> None:
    assert paste(SOFTMAX, source) is None


def test_an_empty_class_shares_nothing() -> None:
    found = Collector().unnamed()
    assert (found.shared, found.alone, found.not_compared) == ([], [], 0)


def test_what_cannot_be_compared_is_not_offered_to_be_pasted() -> None:
    source = "def softmax(scores):\n    return (s for s in scores)"
    cases, fitting = behaviour(SOFTMAX, LocalAnswer(lambda scores: (s for s in scores))) or ([], [])
    collector = Collector()
    for student in ("ada", "bob"):
        collector.add(student, "1", verdict(behaviour=cases, fitting=fitting), source)
    [found] = collector.unnamed().shared
    assert (found.paste, found.unnameable) == (None, "generator")
