"""CSS from strangers: what of it may stay on an element, and style sheets moved to the elements that they are for.

No style sheet stays in a page: it could be about the page around. What one says of its own fragment becomes the style
of the elements, and is then judged as any other style of an element.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import css_inline
import tinycss2  # type: ignore[import-untyped]


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STYLES = words(
    "background background-color border border-bottom border-collapse border-color border-left border-radius "
    "border-right border-style border-top border-width color font font-family font-size font-style font-variant "
    "font-weight height "
    "letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right margin-top max-height "
    "max-width min-width overflow-wrap padding padding-bottom padding-left padding-right padding-top text-align "
    "text-decoration text-indent vertical-align white-space width word-break"
)
LONGEST_STYLE = 4000  # characters of one style attribute
LONGEST_RULE = 600  # characters of what a rule says
LONGEST_SELECTOR = 200
DEEPEST_SHEET = 20  # brackets in each other
NESTED = re.compile(r"(?:[(\[{][^(\[{]*){200}")  # more brackets than anybody writes
CSS_FUNCTIONS = words("rgb rgba hsl hsla linear-gradient")  # the last: pandas draws bars with it

SHEET_EDGE = re.compile(r"<style\b[^<>]*>|</style\s*>", re.IGNORECASE)
PART = r"(?:[.#]?[\w-]+|\*)(?:[.#][\w-]+|:(?:first|last|only)-(?:child|of-type)|:nth-child\((?:even|odd|\d{1,4}n?)\))*"
SELECTOR = re.compile(rf"{PART}(?:(?:\s+|\s*>\s*){PART}){{0,5}}")
LAST_ID = re.compile(r"#([\w-]+)[^\s>]*$")
ID = re.compile(r"""\bid\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
MOST_MATCHES = 30_000_000  # elements times selectors; a table of 2,000 coloured fields has 9 million
MOST_GROWTH = 1_000_000  # characters

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


def clean_style(style: str) -> str:
    """The declarations of known properties whose values fetch and move nothing."""
    if len(style) > LONGEST_STYLE or NESTED.search(style):  # the parser calls itself for each bracket
        return ""
    return _kept(tinycss2.parse_declaration_list(style, skip_comments=True, skip_whitespace=True))


def _kept(declarations: list[Any]) -> str:
    kept = [
        declaration
        for declaration in declarations
        if declaration.type == "declaration"
        and declaration.lower_name in STYLES
        and all(map(_stays_in_place, declaration.value))
    ]
    return "; ".join(f"{item.lower_name}: {tinycss2.serialize(item.value).strip()}" for item in kept)


def _stays_in_place(token: Any) -> bool:
    if token.type == "function":
        return token.lower_name in CSS_FUNCTIONS and all(map(_stays_in_place, token.arguments))
    if token.type in ("number", "dimension", "percentage"):
        return bool(0 <= token.value <= 2000)  # a negative margin would cover the page around
    return token.type in ("ident", "hash", "whitespace", "string", "literal")


def with_styles(text: str) -> str:
    """HTML without style sheets; what they say of it stands at the elements, not yet cleaned as all HTML must be.

    HTML that would grow too much, or take too long, loses its style sheets.
    """
    rest, sheets = _apart(text)
    if not sheets:
        return text
    rules = list(_rules(sheets))
    elements, ids = rest.count("<"), Counter(ID.findall(rest))
    met = (ids[last[1]] if (last := LAST_ID.search(selector)) else elements for selector, _ in rules)
    grown = sum(count * len(kept) for count, (_, kept) in zip(met, rules, strict=True))
    if not rules or len(rules) * elements > MOST_MATCHES or grown > MOST_GROWTH:
        return rest
    try:
        styled: str = _inliner.inline_fragment(rest, "".join(f"{selector}{{{kept}}}" for selector, kept in rules))
    except css_inline.InlineError:
        return rest
    return styled if len(styled) <= len(rest) + 2 * MOST_GROWTH else rest


def _apart(text: str) -> tuple[str, str]:
    """The HTML without its style sheets, and these."""
    rest, sheets, done, start = [], [], 0, None
    for edge in SHEET_EDGE.finditer(text):
        if edge[0].startswith("</"):
            if start is not None:
                rest.append(text[done : start.start()])
                sheets.append(text[start.end() : edge.start()])
                done, start = edge.end(), None
        elif start is None:
            start = edge
    return "".join([*rest, text[done:]]), "\n".join(sheets)


def _depth(sheet: str) -> int:
    steps = (1 if bracket in "([{" else -1 for bracket in re.findall(r"[()\[\]{}]", sheet))
    return max(itertools.accumulate(steps, lambda now, step: max(0, now + step)), default=0)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Each plain selector of a style sheet, and what may stay of what is said of it. Other rules are left out."""
    if _depth(sheet) > DEEPEST_SHEET:
        return
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        kept = _kept(tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True))
        if not 0 < len(kept) <= LONGEST_RULE:
            continue
        for selector in tinycss2.serialize(rule.prelude).split(","):
            plain = selector.strip()
            own = len(plain) <= LONGEST_SELECTOR and not plain.startswith(".dataframe")  # pages have styles for these
            if own and SELECTOR.fullmatch(plain):
                yield plain, kept
