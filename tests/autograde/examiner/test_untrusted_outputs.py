"""What a candidate calls outputs is kept as far as it has nbformat's shape, and never more of it than fits."""

from __future__ import annotations

import json
from typing import Any

import nbformat
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from tplib.autograde.examiner.untrusted_outputs import (
    DEPTH,
    LINES,
    TEXT_CAP,
    clean_outputs,
    pictures,
    put_back_pictures,
)
from tplib.autograde.messages.execution import RICH_CAP

TEXTS = st.text(st.characters(), max_size=5)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(), max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
MIMES = st.sampled_from(["text/plain", "image/png", "text/html", "application/json", "application/x+json", ""])
OUTPUTS = st.fixed_dictionaries(
    {"output_type": st.sampled_from(["stream", "error", "display_data", "execute_result", "pyout"])},
    optional={
        "name": st.sampled_from(["stdout", "stderr", "stdin"]) | JSON,
        "text": JSON,
        "ename": JSON,
        "evalue": JSON,
        "traceback": st.lists(JSON, max_size=3) | JSON,
        "data": st.dictionaries(MIMES | TEXTS, JSON, max_size=3) | JSON,
        "metadata": st.dictionaries(TEXTS, JSON, max_size=2) | JSON,
        "execution_count": JSON,
        "surprise": JSON,
    },
)


@settings(deadline=None)
@given(st.lists(OUTPUTS | JSON, max_size=5) | JSON)
def test_whatever_comes_nbformat_takes_and_a_file_holds_what_is_kept(found: Any) -> None:
    outputs, size = clean_outputs(found, 7)
    cell = new_code_cell("1", outputs=[nbformat.from_dict(output) for output in outputs], execution_count=7)
    nbformat.validate(new_notebook(cells=[cell]))
    assert size == sum(len(json.dumps(output)) for output in outputs)
    kept = [output for output in found if isinstance(output, dict)] if isinstance(found, list) else []
    assert len(outputs) <= len(kept)
    assert all(output["execution_count"] == 7 for output in outputs if output["output_type"] == "execute_result")
    json.dumps(outputs, ensure_ascii=False).encode()


def test_long_texts_are_cut() -> None:
    long = "x" * (2 * RICH_CAP)
    [stream, error, shown], _ = clean_outputs(
        [
            {"output_type": "stream", "name": "stdout", "text": long},
            {"output_type": "error", "ename": long, "evalue": long, "traceback": [long] * (LINES + 5)},
            {"output_type": "display_data", "data": {"text/plain": long, "application/json": [long]}},
        ],
        None,
    )
    assert len(stream["text"]) == len(error["evalue"]) == TEXT_CAP
    assert len(error["ename"]) == 500
    assert (len(error["traceback"]), len(error["traceback"][0])) == (LINES, TEXT_CAP)
    assert {mime: len(value) for mime, value in shown["data"].items()} == {"text/plain": RICH_CAP}


def test_what_is_nested_too_deeply_is_left_out() -> None:
    deep: Any = 0
    for _ in range(DEPTH + 1):
        deep = [deep]
    [output], _ = clean_outputs(
        [
            {
                "output_type": "display_data",
                "data": {"application/json": deep, "text/plain": "x"},
                "metadata": {"a": deep},
            }
        ],
        None,
    )
    assert output == {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}}


def test_pictures_that_were_not_drawn_are_those_handed_in() -> None:
    def shown(*values: str) -> list[dict[str, Any]]:
        return [{"output_type": "display_data", "data": {"image/png": v, "text/plain": "Figure"}} for v in values]

    assert pictures([*shown("one", "two"), {"output_type": "stream", "name": "stdout", "text": ""}]) == ["one", "two"]
    outputs = shown("", "drawn", "", "")
    put_back_pictures(outputs, ["first", "second"])
    assert [output["data"].get("image/png") for output in outputs] == ["first", "drawn", "second", None]
