"""Problems: what they quote is harmless in a terminal and in Markdown, and they are few."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tplib.autograde.messages.problems import MOST, Problem, few, note_markdown


@given(st.text(max_size=30))
def test_nothing_that_is_quoted_commands_anything(text):
    problem = Problem("link", f"{text} is a link", text)
    for quoted in (problem.reason, problem.hint, note_markdown([problem]).split("\n")[-1]):
        assert not [c for c in quoted if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
        quoted.encode()
    assert len(note_markdown([problem]).split("\n")) == 3


def test_ordinary_names_stay_as_they_are():
    name = "Übung für Zoë – 2 (copy).ipynb 数据"
    assert Problem("link", name, "").reason == name


def test_a_flood_becomes_a_number():
    problems = [Problem("link", str(number), "") for number in range(5000)] + [Problem("crash", "x", "")]
    kept = few(problems)
    assert [problem.reason for problem in kept[:MOST]] == [str(number) for number in range(MOST)]
    assert [(problem.kind, problem.reason) for problem in kept[MOST:]] == [
        ("crash", "x"),
        ("link", "4980 more of the kind"),
    ]
    assert few(kept) == kept
