"""SVG from strangers: shown as a picture, in which a browser runs no script and for which it fetches nothing."""

from __future__ import annotations

import base64
import html
import re
from typing import Any
from xml.etree import ElementTree

from tplib.autograde.texts import fit_for_files

LONGEST_PICTURE = 6 << 20  # characters of a picture: a heat map of 10,000 fields has 2 MB
SVG = "http://www.w3.org/2000/svg"
ROOT = re.compile(r"<svg\b[^<>]*>", re.IGNORECASE)
EDGE = re.compile(r"<(/?)svg\b[^<>]*?(/?)>", re.IGNORECASE)
# In a tag: a quoted value, or an attribute whose value has no quotes, as only HTML lets it.
UNQUOTED = re.compile(r"""("[^"]*"|'[^']*')|(\s[\w:-]+=)([^\s"'<>=`]+?)(?=\s|/?>)""")
TAG = re.compile(r"<[a-zA-Z][^<>]*>")
ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;)([a-zA-Z][a-zA-Z0-9]*;)")
# What pages of HTML may leave out, and a file of its own may not.
DECLARED = (("xmlns", SVG), ("xmlns:xlink", "http://www.w3.org/1999/xlink"))
PICTURE = re.compile(r'<img src="data:image/svg\+xml;base64,[A-Za-z0-9+/]*={0,2}">')


def svg_picture(text: Any) -> str | None:
    """An SVG as an HTML picture, in which nothing runs; None where it is no SVG."""
    text = fit_for_files(str(text))
    text = text[max(0, text.find("<svg")) :]  # without a prologue, which could define entities
    if len(text) > LONGEST_PICTURE or (root := ROOT.match(text)) is None:
        return None
    added = "".join(f' {name}="{value}"' for name, value in DECLARED if not _declares(root[0], name))
    text = ENTITY.sub(lambda match: html.unescape(match[0]), text[:4] + added + text[4:])
    text = TAG.sub(lambda tag: UNQUOTED.sub(_quoted, tag[0]), text)
    try:
        if ElementTree.fromstring(text).tag != f"{{{SVG}}}svg":
            return None
    except ElementTree.ParseError:
        return None
    picture = f'<img src="data:image/svg+xml;base64,{base64.b64encode(text.encode()).decode()}">'
    return picture if len(picture) <= LONGEST_PICTURE else None


def _quoted(match: re.Match[str]) -> str:
    return match[1] or f'{match[2]}"{match[3]}"'


def _declares(root: str, name: str) -> bool:
    return re.search(rf"\s{name}\s*=", root) is not None


def with_pictures(text: str) -> str:
    """HTML with a picture in the place of each SVG in it. What is none stays, for the cleaner to take apart."""
    parts, done, start, opened = [], 0, 0, 0
    for edge in EDGE.finditer(text):
        closing, alone = bool(edge[1]), bool(edge[2])
        if not opened and not closing:
            start = edge.start()
        opened = max(0, opened + (-1 if closing else 0 if alone else 1))
        if opened or edge.start() < start or start < done:
            continue
        if (picture := svg_picture(text[start : edge.end()])) is not None:
            parts += [text[done:start], picture]
            done = edge.end()
    return "".join([*parts, text[done:]])
