"""TeX of strangers becomes MathML that shows in any browser, and nothing else."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tplib.autograde.bridge.pages import FeedbackExporter, Sanitize
from tplib.autograde.html.formulas import ATTRIBUTES, ELEMENTS, LONGEST, mathml
from tplib.autograde.html.sanitize import render


def text_of(made: str | None) -> str:
    assert made is not None
    return "".join(ElementTree.fromstring(made).itertext())


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"x < \alpha", "x<α"),
        (r"\frac{\partial L}{\partial w_i}", "∂L∂wi"),
        (r"\sum_{i=1}^n x_i", "∑i=1nxi"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(abcd)"),
        (r"\hat{y} = \arg\max_i z_i", "y^=argmaxizi"),
        (r"\mathbb{R}^{2 \times 3}", "ℝ2×3"),
        (r"\text{if } x > 0", "if\u00a0x>0"),
        (r"\text{<b>&lt;img src=x onerror=alert(1)&gt;}", "<b><img\u00a0src=x\u00a0onerror=alert(1)>"),
    ],
)
def test_formula(tex, shown):
    assert text_of(mathml(tex)).replace(" ", "\u00a0") == shown


@pytest.mark.parametrize(
    "tex",
    [
        r"\unheardof{x}",
        r"x^",
        "{" * 1000,
        "x^{" * 500 + "1" + "}" * 500,
        "x" * (LONGEST + 1),
        r"\newcommand{\a}{xx}\newcommand{\b}{\a\a}\b",
        r"\def\a{\a\a}\a",
    ],
)
def test_what_cannot_be_read_stays_as_it_is_written(tex):
    assert mathml(tex) is None


@pytest.mark.parametrize(
    "tex", [r"\href{javascript:alert(1)}{x}", r"\style{position:fixed}{x}", r"\class{score}{x}", r"\hspace{-900em}x"]
)
def test_nothing_is_linked_styled_or_moved(tex):
    made = mathml(tex)
    assert made is not None
    for hint in ("href", "style=", "class", "900"):
        assert hint not in made


PIECES = [
    "\\frac",
    "\\text",
    "\\left(",
    "\\right)",
    "\\href",
    "\\style",
    "\\begin{align}",
    "\\end{align}",
    "\\\\",
    *"{}^_x<>&\"'$",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@settings(max_examples=150, deadline=None)
def test_whatever_the_tex_only_known_elements_come_out(pieces):
    made = mathml(" ".join(pieces))
    for element in ElementTree.fromstring(made).iter() if made else ():
        assert element.tag in ELEMENTS
        style = element.attrib.pop("style", "text-align: -webkit-left")
        assert style in ("text-align: -webkit-left", "text-align: -webkit-right")
        assert all(ATTRIBUTES[name].fullmatch(value) for name, value in element.attrib.items())


def test_formulas_in_text_and_nowhere_else():
    page = render('Let $x<1$, `$y$`, \\$5 and\n\n$$z$$\n\n![a "$w$" b](data:image/png;base64,iVBO)', {})
    assert page.count("<math") == 2
    assert '<math display="block"><mrow><mi>z</mi>' in page
    assert "<code>$y$</code>" in page
    assert "<math" not in page[page.index("<img") : page.index(">", page.index("<img"))]
    assert "$w$" in page
    across = render('<div title="\n\n$\\text{" onclick=alert(1) x="}$\n\n<p class="highlight">x', {})
    assert "<math" not in across
    assert " onclick" not in across.replace("$\\text{&quot; onclick", "")


def test_feedback_needs_no_script_and_no_server():
    cell = new_code_cell("integral", outputs=[new_output("display_data", {"text/latex": r"$\displaystyle x^2$"})])
    notebook = new_notebook(cells=[new_markdown_cell(r"Let $\theta \in \mathbb{R}$."), cell])
    page, _ = FeedbackExporter(
        preprocessors=[Sanitize], filters={"markdown2html": markdown_filter}, template_name="classic"
    ).from_notebook_node(notebook)
    assert page.count("<math") == 2
    assert "<script" not in page
    assert "cdnjs" not in page


def markdown_filter(source: str) -> str:
    return render(source, {})
