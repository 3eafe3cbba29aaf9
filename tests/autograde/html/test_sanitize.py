"""Student HTML, Markdown, SVG and hidden tests: what stays, what goes, and what a browser makes of the pages."""

from __future__ import annotations

import base64
import io
import re
from html.parser import HTMLParser

import hostile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import Config

from tplib.autograde.bridge.feedback_contents import GetContents
from tplib.autograde.bridge.pages import FeedbackExporter, configure
from tplib.autograde.html.hidden import HideHidden
from tplib.autograde.html.safehtml import clean_html, harmless
from tplib.autograde.html.sanitize import clean_output, make_harmless, make_plain, render
from tplib.autograde.html.svg import LONGEST_PICTURE, svg_picture
from tplib.graders import grade

HARMLESS_ADDRESSES = (
    "data:image/png;",
    "data:image/svg+xml;",
    "https://",
    "mailto:",
)  # an SVG in an <img> runs nothing


class Finder(HTMLParser):
    """Whatever in a fragment could act."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag in {
            "script",
            "style",
            "iframe",
            "svg",
            "math",
            "object",
            "embed",
            "base",
            "meta",
            "link",
            "form",
            "input",
        }:
            self.found.append(tag)
        for name, value in attrs:
            local = name in ("src", "href") and not str(value).startswith(HARMLESS_ADDRESSES)
            if name.startswith("on") or name in ("id", "name", "srcset") or local or "url(" in str(value):
                self.found.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("way", hostile.HTML)
def test_hostile_html_loses_what_could_act(way):
    clean = clean_html(hostile.HTML[way])
    assert Finder(clean).found == []
    assert "position" not in clean
    assert "\\href" not in clean
    assert clean_html(clean) == clean


@pytest.mark.parametrize("way", hostile.MARKDOWN)
def test_hostile_markdown_loses_what_could_act(way):
    assert set(Finder(render(hostile.MARKDOWN[way], {})).found) <= {"math"}  # made by us; test_formulas looks inside


@given(st.text("<>/=\"'&;! \n-aimgscrptonldhxyv:#", max_size=60))
@settings(max_examples=100, deadline=None)
def test_whatever_the_text_nothing_acts(text):
    clean = clean_html(text)
    assert Finder(clean).found == []
    assert harmless(clean)


PIECES = [
    "<a",
    "<img",
    "<p>",
    "<script>",
    "</a>",
    "<!--",
    "-->",
    " href=",
    " src=",
    " onclick=",
    " title=",
    "https://x.org",
]
PIECES += ["<style>", "</style>", "b{color:red}", "a,*{background:url(//x)}", "@import url(//x);", "<svg>", "</svg>"]
PIECES += ["javascript:x", "data:image/png;base64,AA", '"', "'", ">", "<", "/", " ", "=", "&quot;", "&#x6a;", "b"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=500, deadline=None)
def test_what_counts_as_harmless_holds_nothing_that_could_act(page):
    assert harmless(clean_html(page))
    if harmless(page):
        assert Finder(page).found == []


@pytest.mark.parametrize(
    "page",
    [
        "1 < 2 and a<1",
        "<p>x<br/>y <b class='mine' id=mine>z</b></p>",
        '<img src="plots/loss.png" width=300 alt="a > b">',
        f"<img src='data:image/png;base64,{hostile.PNG}'><a href='https://example.org/?a=1&amp;b=2'>x</a>",
        "<details open><summary>More</summary>text</details><!-- a note -->",
        '<p style="color: red; margin: 2em">x</p>',
    ],
)
def test_what_students_write_is_harmless(page):
    assert harmless(page)


@pytest.mark.parametrize(
    "page",
    [
        *(html for way, html in hostile.HTML.items() if way != "entity"),  # TeX, which acts in no HTML
        "<p onclick='x'>",
        "<p/onclick=x>",
        "<p title='a'onclick=x>",
        "<a href='&#106;avascript:x'>",
        "<img src='/logo.png'><!-->",
        "<!-- <p> -->",
        "<!doctype html>",
        "<?php",
        "</script>",
        "<p title='x",
        '<p style="color: red; position: fixed">x</p>',
    ],
)
def test_what_could_act_or_be_read_in_two_ways_is_not(page):
    assert not harmless(page)


def test_verdicts_keep_their_looks():
    def wrong(scores):
        return scores

    verdict = grade("softmax", wrong)._repr_html_()
    clean = clean_html(verdict)
    for tag in ("details", "summary", "table", "pre", "code"):
        assert clean.count(f"<{tag}") == verdict.count(f"<{tag}")
    assert "border-left: 4px solid #" in clean
    assert "margin: .2em 0 .2em 1em" in clean


def test_tables_figures_and_colours_stay(recwarn):
    pandas = pytest.importorskip("pandas")
    clean = clean_html(pandas.DataFrame({"a": [1]}).to_html())
    assert '<table border="1" class="dataframe">' in clean
    assert clean_html("1 < 2 & 3") == "1 &lt; 2 &amp; 3"
    assert render("$a < b$ and `<b>` and **bold** [page](https://example.org)", {}).count("<") > 6
    figure = {"output_type": "display_data", "data": {"image/png": hostile.PNG}, "metadata": {}}
    assert clean_output(figure) == figure


@pytest.mark.parametrize("text", ["\x80", "é", "AA\ud800", "A", "=", "data", "", 7, ["\x80", "AA"]])
def test_what_is_no_picture_is_left_out_alone(text):
    data = {"image/png": text, "text/plain": "a figure"}
    shown = clean_output({"output_type": "display_data", "data": data, "metadata": {}})
    assert shown["data"] == {"text/plain": "a figure"}


def test_a_figure_in_svg_stays_a_figure():
    from matplotlib.figure import Figure

    figure = Figure()
    figure.subplots().plot([1, 3, 2])
    text = io.StringIO()
    figure.savefig(text, format="svg")
    output = {"output_type": "display_data", "data": {"image/svg+xml": text.getvalue(), "text/plain": "<Figure>"}}
    shown = clean_output(output)
    assert shown["data"].keys() == {"text/html", "text/plain"}
    address = re.fullmatch(r'<img src="data:image/svg\+xml;base64,([^"]+)">', shown["data"]["text/html"])
    assert base64.b64decode(address[1]).decode() == text.getvalue()[text.getvalue().index("<svg") :]
    assert clean_output(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "<svg",
        '<svg xmlns="http://www.w3.org/2000/svg">&unknown;</svg>',
        '<p xmlns="http://www.w3.org/2000/svg"><svg/></p>',
        f'<svg xmlns="http://www.w3.org/2000/svg"><desc>{"x" * LONGEST_PICTURE}</desc></svg>',
    ],
)
def test_what_is_no_picture_in_svg_is_left_out(text):
    assert svg_picture(text) is None


def test_html_goes_before_svg_where_an_output_has_both():
    for data in (
        {"text/html": "<b>x</b>", "image/svg+xml": hostile.SVG},
        {"image/svg+xml": hostile.SVG, "text/html": "<b>x</b>"},
    ):
        assert clean_output({"output_type": "display_data", "data": data})["data"] == {"text/html": "<b>x</b>"}


def test_long_and_deep_html_is_shown_as_text_at_once():
    for text in ("<div>" * 50_000, "<b>x</b>" * 100_000, "<script>" * 50_001 + "</style>", "<" * 400_001):
        assert "<pre>" in clean_html(text)


def test_a_graded_notebook_is_made_harmless_for_any_reader():
    notebook = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "x"}})
    hostile.infect(notebook)
    make_harmless(notebook)
    from nbconvert.exporters import HTMLExporter

    page, _ = HTMLExporter(template_name="classic").from_notebook_node(notebook)
    body = page[page.index("<body") :]
    assert "window.hacked" in body  # as text
    found = [thing for thing in Finder(body).found if not thing.startswith("img src=data:image/svg+xml;base64,")]
    assert all(" id=" in thing for thing in found), found  # nbconvert's own
    assert "<script>window" not in body


def test_configuration_keeps_what_it_finds_and_may_be_done_twice():
    c = Config()
    c.HTMLExporter.filters = {"mine": str}
    c.GenerateFeedback.preprocessors = ["nbgrader.preprocessors.GetGrades"]
    configure(c)
    configure(c)
    assert set(c.HTMLExporter.filters) == {"mine", "clean_html", "markdown2html"}
    assert len(c.HTMLExporter.preprocessors) == 1
    assert c.GenerateFeedback.preprocessors == [HideHidden, GetContents]
    assert c.FeedbackExporter.template_name == "tplib_feedback"
    assert c.GenerateFeedback.exporter_class is FeedbackExporter


def test_a_course_may_have_its_own_feedback_page():
    c = Config()
    c.HTMLExporter.template_name = "ours"
    configure(c)
    assert "template_name" not in c.FeedbackExporter


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://localhost/x",
            "http://LOCALHOST.",
            "http://127.1",
            "http://0x7f.1",
            "http://2130706433/",
            "http://0/",
        ),
        *(
            "http://[::1]/",
            "https:/\\localhost/",
            "http:localhost",
            "//localhost/x",
            "/hub/logout",
            "../x",
            "http:///x",
        ),
        *(
            "http://user@example.org@localhost/",
            "http://\u2460\u2461\u2466.0.0.1/",
            "http://printer.local/",
            "http://hub/x",
        ),
        *("http://lo\tcalhost/", "http://127.0.0.1.:80/", "http://example.org:8888/", "javascript:steal()"),
    ],
)
def test_links_to_ones_own_machine_are_no_links(address):
    assert "href" not in clean_html(f'<a href="{address}">x</a>')
    assert not harmless(f'<a href="{address}">x</a>')


@pytest.mark.parametrize("address", ["https://example.org", "http://d2l.ai/chapter?x=1#y", "mailto:ada@example.org"])
def test_links_to_the_web_stay(address):
    assert f'href="{address}"' in clean_html(f'<a href="{address}">x</a>')


@pytest.mark.parametrize("text", ["[x](#part-1)", "see [the file](table.csv)", "<https://example.org>", "a [b] c: d"])
def test_markdown_with_ordinary_links_stays_as_it_is(text):
    notebook = new_notebook(cells=[new_markdown_cell(text)])
    assert make_harmless(notebook).cells[0].source == text


@pytest.mark.parametrize("text", ["[x](//localhost/a)", "[x](/hub/logout)", "<http://127.1/>", "[x]: http://localhost"])
def test_markdown_with_links_to_the_own_server_shows_its_source(text):
    text += "\n\n[x]"
    notebook = make_harmless(new_notebook(cells=[new_markdown_cell(text)]))
    assert "text\n" + text in notebook.cells[0].source


@pytest.mark.parametrize("style", ["a(" * 1500, "color: " + "[" * 3000, "width: 1px;" * 5000])
def test_endless_styles_are_left_out_at_once(style):
    assert clean_html(f'<b style="{style}">x</b>') == "<b>x</b>"


@pytest.mark.parametrize("text", ["![" * 20_000, "<b>" + "*a_" * 15_000, "<p>" + "[a](" * 12_000])
def test_markdown_without_end_is_shown_as_it_is_written(text):
    assert render(text, {}).startswith(("<p>", "<pre>", "<div"))


def test_outputs_that_take_too_long_leave_their_text():
    cell = new_code_cell("x")
    cell.outputs = [
        NotebookNode(output_type="display_data", metadata={}, data={"text/html": "<b>1</b>", "text/plain": "1"})
    ]
    cells = [cell, new_markdown_cell("<script>x</script>"), new_markdown_cell("plain")]
    notebook = make_plain(new_notebook(cells=cells))
    assert notebook.cells[0].outputs[0].data == {"text/plain": "1"}
    assert notebook.cells[1].source.startswith("*This text holds HTML")
    assert notebook.cells[2].source == "plain"


def test_what_colours_code_is_the_courses_choice():
    kernel = {"name": "ir", "display_name": "R", "language": "R"}
    language = {"name": "x", "pygments_lexer": "perl6"}
    notebook = make_harmless(new_notebook(metadata={"kernelspec": kernel, "language_info": language}))
    assert notebook.metadata.language_info["pygments_lexer"] == "r"


@pytest.mark.parametrize("place", ["fig.png", "plots/my loss (1).svg", "./a.jpg", "a%20b.PNG"])
def test_local_pictures_stay(place: str) -> None:
    assert f'src="{place}"' in clean_html(f'<img src="{place}" alt="x">')


ELSEWHERE = [
    "/a.png",
    "../a.png",
    "b/../../c.png",
    "%2e%2e/a.png",
    "//h/a.png",
    "http:a.png",
    "a.png?b=.png",
    "api",
    "\\h",
]


@pytest.mark.parametrize("place", ELSEWHERE)
def test_pictures_that_lead_elsewhere_do_not(place: str) -> None:
    assert "src" not in clean_html(f'<img src="{place}" alt="x">')
