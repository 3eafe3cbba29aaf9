"""A verdict's HTML: contrast by WCAG's formula, labels, headers, nothing told twice."""

import re

import pytest

from tplib.graders import grade
from tplib.graders.verdict_html import COLOURS, LETTERS, verdict_html


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_what_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def double(x):
    return 2 * x


def fails(x):
    message = "too <large>"
    raise ValueError(message)


ANSWERS = {"right": lambda x: x * (x > 0), "wrong": double, "raises": fails, "not attempted": None}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_coloured_letters_stand_on_a_colour_of_their_own(answer):
    """Whatever the page's theme: each colour of letters comes with its ground, and the contrast is 4.5 at least."""
    styles = re.findall(r'style="([^"]*)"', verdict_html(grade("relu", answer)))
    coloured = [style for style in styles if re.search(r"(?<![\w-])color:(?!inherit)", style)]
    assert coloured
    for style in coloured:
        letters = re.search(r"(?<![\w-])color:(#\w{6})", style)
        ground = re.search(r"background-color:(#\w{6})", style)
        assert letters
        assert ground
        assert contrast(letters[1], ground[1]) >= 4.5
    assert set(COLOURS.values()) >= {re.search(r"background-color:(#\w{6})", coloured[0])[1]}
    assert all(contrast(colour, LETTERS) >= 4.5 for colour in COLOURS.values())


def test_a_screen_reader_hears_what_it_is_and_which_line():
    html = verdict_html(grade("relu", double))
    assert 'role="group" aria-label="Check of relu: not yet, 0 of 1 point"' in html
    assert '<th scope="row"' in html
    assert '<table aria-label="An input on which it fails"' in html
    assert 'aria-label="A hint for relu, 1 of' in html
    assert '<span aria-hidden="true">✗</span> Not yet' in html


def test_an_error_is_told_once():
    verdict = grade("relu", fails)
    assert str(verdict).count("too <large>") == 1
    assert verdict_html(verdict).count("too &lt;large&gt;") == 1
    assert "raised this error" in str(verdict)


def test_one_point_is_one_point():
    assert "1 of 1 point<" in verdict_html(grade("relu", ANSWERS["right"]))
    assert "0 of 2 points" in str(grade("softmax", None))


def test_hints_before_the_first_attempt_are_folded_and_not_printed():
    verdict = grade("relu", None)
    assert verdict_html(verdict).count("<details") == 3  # formula, shapes, a worked line
    assert "Hint:" not in str(verdict)
    assert "Hint:" in str(grade("relu", double))
