"""What strangers send is bent at random: messages, notebooks, outputs, pages, names. Each part keeps its promise.

A few hundred examples by default; `make fuzz` sets TPLIB_FUZZ_SECONDS, which all tests share.
"""

from __future__ import annotations

import json
import os
import random
import socket
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import from_dict, v4

from tplib.autograde.examiner.language import clean_language
from tplib.autograde.examiner.untrusted_outputs import clean_outputs
from tplib.autograde.html.formulas import mathml
from tplib.autograde.html.safehtml import clean_html
from tplib.autograde.html.sanitize import harmless_markdown, make_harmless, render
from tplib.autograde.html.svg import svg_picture
from tplib.autograde.messages.grading import SubmissionTask
from tplib.autograde.messages.plan import NotebookPlan, PlannedCell
from tplib.autograde.messages.problems import note_markdown
from tplib.autograde.messages.protocol import Channel, Decoder, MalformedError, WireError, decode_observation
from tplib.autograde.submissions.folder import read_submission
from tplib.autograde.submissions.notebook import UnreadableNotebook, read_notebook
from tplib.autograde.submissions.repair import repair
from tplib.autograde.submissions.staging import stage

CORPUS = {path.name: path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "corpus").iterdir())}
EXAMPLES, SLOWEST = 60, 5.0  # by default; seconds of the processor for one example
PARTS = 8  # tests that share the time
SECONDS = float(os.environ.get("TPLIB_FUZZ_SECONDS", "0")) / PARTS

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8)
WORDS = st.sampled_from(
    [
        *("a", "t", "l", "d", "f", "<f8", "<U1", "value", "error", "message", "attempted", "mutated", "stream"),
        *("output_type", "data", "metadata", "name", "text", "display_data", "execute_result", "stdout", "traceback"),
        *("ename", "evalue", "text/html", "image/png", "image/svg+xml", "text/latex"),
    ]
)
JSON: st.SearchStrategy[Any] = st.recursive(
    LEAVES | WORDS,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(WORDS | st.text(max_size=4), inner, max_size=6),
    max_leaves=40,
)


FLAGS = {"grade": False, "task": False, "locked": False, "points": None}
PLANNED = PlannedCell("f", "code", "pass", checksum="c" * 32, solution=True, **FLAGS)  # type: ignore[arg-type]
PLAN = NotebookPlan("sheet", {"f": PLANNED}, [])


def fuzz(strategy: st.SearchStrategy[Any], promise: Callable[[Any], None]) -> None:
    """Check the promise on examples of `strategy`, on new ones until the time is over."""
    until = time.monotonic() + SECONDS

    def timed(example: Any) -> None:
        began = time.process_time()
        promise(example)
        assert time.process_time() - began < SLOWEST

    while True:
        quiet = settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        number = random.SystemRandom().getrandbits(64) if SECONDS else 0
        seed(number)(quiet(given(strategy)(timed)))()
        if time.monotonic() >= until:
            return


@st.composite
def bent(draw: st.DrawFn, *names: str) -> str:
    """A text of the corpus, of which pieces were removed, repeated, exchanged and mixed with others' and with noise."""
    text = CORPUS[draw(st.sampled_from(names))]
    others = [part for name in names for part in CORPUS[name].split()]
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        piece = draw(
            st.sampled_from(["", text[start:end] * 2, text[start:end] * 200, *others])
            | st.text(st.characters(), max_size=4)
            | st.sampled_from(
                ["<", ">", '"', "'", "&", "\0", "\x1b", "{", "}", "[", "]", "\\", "$", "`", "\ud800", "\u202e"]
            )
        )
        text = text[:start] + piece + text[end:]
    return text


class Acting(HTMLParser):
    """Whether a page does something in a browser."""

    found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "form", "base", "meta", "link", "style"):
            self.found = tag
        for name, value in attrs:
            link = "".join((value or "").split()).lower()
            if name.startswith("on") or link.startswith(("javascript:", "vbscript:", "data:text")):
                self.found = f"{tag} {name}"


def acting(page: str) -> str:
    parser = Acting()
    parser.feed(page)
    return parser.found


def shown_by_others(source: str) -> str:
    """Markdown as nbconvert's own templates show it, which sanitise nothing."""
    renderer = IPythonRenderer(escape=False, attachments={}, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=renderer).render(source))


def test_a_message_is_refused_or_becomes_plain_data() -> None:
    def promise(example: tuple[Any, bytes]) -> None:
        value, blob = example
        for decode in (
            lambda: Decoder(blob).decode(value),
            lambda: decode_observation(value, Decoder(blob), 3),
            lambda: decode_observation({"value": value, "attempted": True, "mutated": []}, Decoder(blob), 3),
        ):
            try:
                decode()
            except MalformedError:
                continue

    fuzz(st.tuples(JSON, st.binary(max_size=64)), promise)


def test_bytes_on_the_channel_are_refused_or_are_a_message() -> None:
    def promise(data: bytes) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            theirs.sendall(data)
            theirs.close()
            try:
                Channel(ours).receive(time.monotonic() + 5)
            except WireError:
                return

    sizes = st.integers(0, 40).map(lambda size: size.to_bytes(4, "big"))
    body = JSON.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass")) | st.binary(max_size=40)
    honest = body.map(lambda text: len(text).to_bytes(4, "big") + bytes(4) + text)
    fuzz(honest | st.builds(lambda a, b, c: a + b + c, sizes, sizes, body) | st.binary(max_size=60), promise)


def test_outputs_keep_nbformats_shape_and_can_be_written() -> None:
    def promise(outputs: Any) -> None:
        kept, _ = clean_outputs(outputs, 1)
        graded = v4.new_notebook(cells=[v4.new_code_cell(outputs=[from_dict(output) for output in kept])])
        shown = make_harmless(graded).cells[0].outputs  # what pages are made of; what is kept may still act
        for output in (*kept, *shown):
            json.dumps(output).encode()
            assert output["output_type"] in ("stream", "display_data", "execute_result", "error")
        for output in shown:
            data = output.get("data", {})
            assert not acting("".join(data.get("text/html", "")))
            assert "image/svg+xml" not in data
            if "text/markdown" in data:
                assert not acting(shown_by_others(data["text/markdown"]))
        clean_language(outputs if isinstance(outputs, dict) else {"name": outputs})

    bundle = st.dictionaries(WORDS, JSON | bent("page.html", "picture.svg"), max_size=4)
    likely = st.fixed_dictionaries(
        {
            "output_type": WORDS,
            "data": bundle,
            "metadata": bundle | JSON,
            "text": JSON,
            "name": WORDS,
            "traceback": JSON,
        }
    )
    no_ascii = {"image/png": "\x80", "text/plain": "a figure"}  # once took all figures of its notebook with it
    promise([{"output_type": "display_data", "data": no_ascii, "metadata": {}}])
    fuzz(JSON | st.lists(likely, max_size=4), promise)


def test_a_notebook_is_refused_or_can_be_graded() -> None:

    def promise(text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        try:
            notebook = read_notebook(data, "sheet")
        except UnreadableNotebook:
            return
        problems = repair(notebook, PLAN)
        note_markdown(problems).encode()
        json.dumps(notebook).encode()
        there = any(cell.metadata.get("nbgrader", {}).get("grade_id") == "f" for cell in notebook.cells)
        assert there != any(problem.kind == "missing answer cell" for problem in problems)

    inside = JSON.map(lambda value: CORPUS["notebook.ipynb"].replace('"text"', json.dumps(value), 1))
    outputs = JSON.map(
        lambda value: CORPUS["notebook.ipynb"].replace('{"text/html"', json.dumps([value])[1:-1] + ', {"x"')
    )
    fuzz(bent("notebook.ipynb") | inside | outputs, promise)


def test_html_and_svg_do_nothing() -> None:
    def promise(text: str) -> None:
        assert not acting(clean_html(text))
        picture = svg_picture(text)
        assert picture is None or not acting(picture)

    promise("\ud800<b>a lone surrogate</b>")  # once stopped a page
    fuzz(bent("page.html", "picture.svg"), promise)


def test_markdown_does_nothing_where_it_is_called_harmless() -> None:
    def promise(text: str) -> None:
        assert not acting(render(text, {}))
        if harmless_markdown(text, {}):
            assert not acting(shown_by_others(text))

    fuzz(bent("notes.md", "page.html", "formula.tex"), promise)


def test_formulas_become_mathml_or_stay_text() -> None:
    def promise(text: str) -> None:
        made = mathml(text)
        assert made is None or not acting(made)

    fuzz(bent("formula.tex"), promise)


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_files_of_any_name_are_read_and_staged(tmp_path: Path) -> None:
    count = 0

    def promise(names: list[bytes]) -> None:
        nonlocal count
        count += 1
        folder = tmp_path / str(count)
        folder.mkdir()
        for name in names:
            with open(os.path.join(os.fsencode(folder), name), "wb") as file:
                file.write(b"{}")
        read = read_submission(folder)
        task = SubmissionTask.from_data(SubmissionTask("ada", read.files, read.problems).to_data())
        staged = stage(task, {"sheet": PLAN})
        assert set(staged.notebooks) == {"sheet"}
        note_markdown(staged.problems).encode("utf-8", "surrogatepass")

    letters = st.binary(min_size=1, max_size=40).map(lambda name: name.translate(None, b"/\0"))
    odd = letters.filter(lambda name: name not in (b"", b".", b".."))
    fuzz(st.lists(odd | odd.map(lambda name: name + b".ipynb") | st.just(b"sheet.ipynb"), max_size=4), promise)
