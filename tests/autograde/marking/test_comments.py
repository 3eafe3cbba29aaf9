"""The bank of comments is a file that people edit: whatever they wrote stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tplib import TplibError
from tplib.autograde.marking.comments import EVERY, FILE, add_comment, inserted, parse, read_comments

EDITED = """# Ours

Some words.
- Right.
  Two lines.

## ps1, why

Text between.

- First.

## ps1, how
"""


def test_a_new_bank(tmp_path):
    assert read_comments(tmp_path) == {}
    assert add_comment(tmp_path, "ps1, why", "One.\n\n Two. ") == {"ps1, why": ["One.\nTwo."]}
    add_comment(tmp_path, EVERY, "For all.")
    before = (tmp_path / FILE).read_text()
    assert add_comment(tmp_path, "ps1, why", "One.\nTwo.") == {"ps1, why": ["One.\nTwo."], EVERY: ["For all."]}
    assert (tmp_path / FILE).read_text() == before


@pytest.mark.parametrize("at", [EVERY, "ps1, why", "ps1, how", "ps2, other"])
def test_what_people_wrote_stays(tmp_path, at):
    (tmp_path / FILE).write_text(EDITED)
    bank = read_comments(tmp_path)
    assert bank == {EVERY: ["Right.\nTwo lines."], "ps1, why": ["First."]}
    expected = {**bank, at: [*bank.get(at, []), "New."]}
    assert add_comment(tmp_path, at, "New.") == expected
    left = (tmp_path / FILE).read_text().splitlines()
    assert [line for line in left if line in EDITED.splitlines() and line] == [
        line for line in EDITED.splitlines() if line
    ]


@given(st.text(alphabet="-# ab\n", max_size=60), st.sampled_from([EVERY, "a", "b a"]))
def test_a_comment_lands_under_its_heading_in_any_file(text, at):
    before, after = parse(text), parse(inserted(text, at, ["New", "line"]))
    assert after.pop(at)[-1] == "New\nline"
    before.pop(at, None)
    assert after == before


def test_refusals(tmp_path):
    for comment in ("", " \n ", "x" * 2001):
        with pytest.raises(TplibError, match="between 1 and 2000 characters"):
            add_comment(tmp_path, EVERY, comment)
    (tmp_path / FILE).write_bytes(b"\xff")
    with pytest.raises(TplibError, match="correct it"):
        read_comments(tmp_path)
