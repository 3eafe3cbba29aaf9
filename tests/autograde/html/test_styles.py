"""Tables and pictures with style sheets: their colours stay, and nothing else of what the sheets say."""

from __future__ import annotations

import base64
import re
from xml.etree import ElementTree

import pandas
import pytest

from tplib.autograde.html.safehtml import LONGEST, clean_html
from tplib.autograde.html.sanitize import clean_output

FIELD = re.compile(r'<td style="([^"]*)">([^<]*)</td>')


def heat_map(rows: int, columns: int) -> str:
    """A table of numbers whose fields have a colour of their own each."""
    frame = pandas.DataFrame([[column * 256 + row for column in range(columns)] for row in range(rows)])
    return frame.style.map(lambda value: f"background-color: #{value:06x}; color: #f1f1f1").to_html()


@pytest.mark.parametrize("shape", [(3, 4), (100, 20)])
def test_each_field_of_a_styled_table_keeps_its_colours(shape):
    clean = clean_html(heat_map(*shape))
    fields = FIELD.findall(clean)
    assert len(fields) == shape[0] * shape[1]
    assert all(style == f"background-color: #{int(value):06x}; color: #f1f1f1" for style, value in fields)
    assert clean_html(clean) == clean
    assert len(clean) < LONGEST


def test_bars_captions_and_striped_rows_of_a_styled_table_stay():
    styles = [
        {"selector": "tr:nth-child(even)", "props": "color: blue"},
        {"selector": "caption", "props": "color: red"},
    ]
    shown = pandas.DataFrame({"a": [1, 2]}).style.bar(vmin=0).set_table_styles(styles).set_caption("of two")
    clean = clean_html(shown.to_html())
    assert '<caption style="color: red">of two</caption>' in clean
    assert clean.count('<tr style="color: blue">') == 1
    assert clean.count("background: linear-gradient(90deg, #d65f5f") == 2


@pytest.mark.parametrize(
    "rule",
    [
        "{ position: fixed; top: 0; left: 0; z-index: 9 }",
        "{ background: url(https://steal.example/x) }",
        "{ background: linear-gradient(red, url(//steal.example/x)) }",
        '{ background: image-set("//steal.example/x" 1x) }',
        "{ background: \\75rl(//steal.example/x) }",
        "{ width: 9999px; margin: -500px; height: calc(100vh) }",
        "{ color: var(--x); display: none; opacity: 0; transform: scale(9); content: 'fake' }",
        "{ color: expression(steal()) } </style><script>steal()</script><style>",
        "} body { position: fixed } @import '//steal.example/x.css'; @font-face { src: url(//steal.example/f) } b {",
        ":hover, b::before, b:not(i), * + b, b[title^=x] { color: red }",
    ],
)
@pytest.mark.parametrize("sheet", ["<style>b {}</style><b>x</b>", "<b>x</b><STYLE type=text/css>#a,b {}</STYLE >"])
def test_a_sheet_moves_fetches_and_hides_nothing(sheet, rule):
    assert clean_html(sheet.replace("{}", rule)) == "<b>x</b>"


@pytest.mark.parametrize(
    "page",
    [
        "<style>i{color:red}</style>" * 2000 + "<i>x</i>" * 7000,  # many times many
        f"<style>i{{font-family:'{'a' * 500}'}}</style>" + "<i>x</i>" * 30000,  # grows
        "<style>" * 50_000,
        f"<style>i{'{' * 50_000}</style><i>x</i>",
        "<style>" + "i," * 50_000 + "b{color:red}</style><i>x</i>",
    ],
    ids=["many", "grows", "open", "deep", "selectors"],
)
def test_endless_sheets_are_left_out(page):
    assert len(clean_html(page)) <= max(LONGEST, len(page))


HEAT = '<svg viewBox="0 0 2 1"><style>.a {fill: red}</style><rect class="a" width="1" height="1"/>&times;</svg>'


def picture_in(page: str) -> ElementTree.Element:
    addresses = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)">', page)
    assert len(addresses) == 1
    return ElementTree.fromstring(base64.b64decode(addresses[0]).decode())


@pytest.mark.parametrize(
    "page", [HEAT, f"<div>before{HEAT}after</div>", f"\n{HEAT}\n<svg", HEAT.replace('"1"', "1").replace('"a"', "a")]
)
def test_a_heat_map_in_svg_stays_a_picture_wherever_it_stands(page):
    for output in (clean_html(page), clean_output({"output_type": "display_data", "data": {"text/html": page}})):
        shown = output if isinstance(output, str) else output["data"]["text/html"]
        root = picture_in(shown)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"  # in a file of its own it must say what it is
        assert root[0].text == ".a {fill: red}"
        assert root[1].tail == "×"
        assert clean_html(shown).strip() == shown.strip()


def test_a_heat_map_of_ten_thousand_fields_stays():
    fields = "".join(f'<rect x="{n % 100}" y="{n // 100}" style="fill: #{n:06x}"/>' for n in range(10_000))
    shown = clean_output({"output_type": "display_data", "data": {"image/svg+xml": f"<svg>{fields}</svg>"}})
    picture = shown["data"]["text/html"]
    assert len(picture) > LONGEST
    assert len(picture_in(picture)) == 10_000
    assert clean_html(picture) == picture
