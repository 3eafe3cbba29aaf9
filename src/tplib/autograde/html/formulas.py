"""Strangers' formulas as MathML. A browser shows it without a script and without asking any server."""

from __future__ import annotations

import functools
import html
import re
import secrets
from typing import Any
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element
from nbconvert.filters.markdown_mistune import IPythonRenderer

from tplib.autograde.html.safehtml import words

LONGEST = 2000  # characters of one formula
DEEPEST = 60  # elements inside each other
# Definitions of commands: a few lines of them grow without end.
DEFINITION = re.compile(r"\\(?:def|gdef|edef|xdef|let|new|renew|provide|Declare)")
ELEMENTS = words(
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot mstyle msub msup msubsup munder mover munderover mmultiscripts "
    "mprescripts mtable mtr mtd mpadded mphantom none"
)
FUNCTIONS = words("arg deg dim hom ker lg inf sup")  # the library leaves their backslash
KEYWORD = re.compile(r"[a-z-]{1,30}")
# Below ten, so that nothing covers the page around.
LENGTH = re.compile(r"[+-]?(?:\d(?:\.\d*)?|0?\.\d+)(?:em|ex|px|pt)?")
MOVED = ("height", "depth", "voffset")  # of mpadded, which can be nested: nothing is drawn where it has no place
COLOUR = re.compile(r"[a-zA-Z]{1,30}|#[0-9a-fA-F]{3,8}")
ATTRIBUTES = {
    **dict.fromkeys(("width", "height", "depth", "lspace", "rspace", "voffset", "minsize", "maxsize"), LENGTH),
    **dict.fromkeys(("linethickness", "scriptlevel", "rowspacing"), LENGTH),
    **dict.fromkeys(("mathcolor", "mathbackground"), COLOUR),
    **dict.fromkeys(("display", "displaystyle", "stretchy", "fence", "form", "separator", "symmetric"), KEYWORD),
    "columnalign": re.compile(r"(?:left|right|center| ){1,300}"),
    **dict.fromkeys(("movablelimits", "largeop", "accent", "accentunder", "mathvariant"), KEYWORD),
}
# A tag as nh3 writes it, whose attributes may hold anything but their own quotation mark; or a place for a formula.
TAG_OR_PLACE = r"<(?:\"[^\"]*\"|'[^']*'|[^\"'>])*>|{mark}(\d+)z"


@functools.lru_cache(maxsize=4096)
def mathml(tex: str, display: str = "inline") -> str | None:
    """`tex` as MathML, with known elements and harmless attributes only. None where it cannot be read.

    display: "inline" or "block". Formulas that define commands are not read.
    """
    if len(tex) > LONGEST or DEFINITION.search(tex):
        return None
    try:
        return serialised(convert_to_element(tex, display=display))
    except (Exception, RecursionError):  # the library has many kinds for what is not TeX
        return None


def serialised(element: Element, depth: int = 0) -> str:
    """The element as text. Raises ValueError for an unknown element, and for a command that was not translated."""
    if element.tag not in ELEMENTS or depth > DEEPEST:
        raise ValueError(f"{element.tag} inside {depth} others")
    text = html.unescape(element.text or "")
    if text.startswith("\\") and text[1:] in FUNCTIONS:
        text = text[1:]
    if re.match(r"\\[a-zA-Z]", text) and element.tag != "mtext":
        raise ValueError(f"{text} is not known")
    attributes = "".join(
        f' {name}="{html.escape(value)}"'
        for name, value in element.attrib.items()
        if name in ATTRIBUTES and ATTRIBUTES[name].fullmatch(value) and not (element.tag == "mpadded" and name in MOVED)
    )
    if element.tag == "mtd" and element.get("columnalign") in ("left", "right"):  # Chromium reads nothing else
        attributes += f' style="text-align: -webkit-{element.get("columnalign")}"'
    inside = html.escape(text) + "".join(serialised(child, depth + 1) for child in element)
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>"


class Formulas(IPythonRenderer):
    """nbconvert's renderer of Markdown, which sets formulas aside so that the rest can be sanitised as HTML."""

    def __init__(self, attachments: dict[str, Any]) -> None:
        super().__init__(escape=False, attachments=attachments, exclude_anchor_links=True)
        self.mark = f"formula{secrets.token_hex(12)}n"
        self.found: list[tuple[str, str]] = []  # as MathML, as TeX

    def inline_math(self, body: str) -> str:
        return self._set_aside(body, "inline", super().inline_math(body))

    def block_math(self, body: str) -> str:
        return self._set_aside(body, "block", super().block_math(body))

    def latex_environment(self, name: str, body: str) -> str:
        written = super().latex_environment(name, body)
        return self._set_aside(f"\\begin{{{name}}}{body}\\end{{{name}}}", "block", written)

    def _set_aside(self, tex: str, display: str, written: str) -> str:
        made = mathml(tex.strip(), display)
        if made is None:
            return written
        self.found.append((made, html.escape(written)))
        return f"{self.mark}{len(self.found) - 1}z"

    def put_back(self, page: str) -> str:
        """`page`, which is sanitised by now, with its formulas: as TeX in attributes of tags, as MathML elsewhere."""
        place = re.compile(TAG_OR_PLACE.format(mark=self.mark))
        inside = re.compile(self.mark + r"(\d+)z")

        def fill(match: re.Match[str]) -> str:
            if match[1] is None:
                return inside.sub(lambda found: self.found[int(found[1])][1], match[0])
            return self.found[int(match[1])][0]

        return place.sub(fill, page) if self.found else page
