"""HTML and TeX from strangers, made safe to show: short lists of what may stay, kept by nh3."""

from __future__ import annotations

import html
import itertools
import re
from typing import Any

import nh3

from tplib.autograde.html.styles import clean_style, with_styles, words
from tplib.autograde.html.svg import PICTURE, with_pictures
from tplib.autograde.texts import fit_for_files

LONGEST = 400_000  # characters in one place; the worst of them take some 0.7 s
DEEPEST = 100  # elements inside each other; nh3 needs time quadratic in this


NOTE = '<p style="color:#57606a"><i>{}</i></p>'

TAGS = words(
    "a abbr b blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strike strong sub summary "
    "sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
GONE_WHOLE = words("script style template noscript")  # of other elements the text stays
ATTRIBUTES = words(
    "align alt border cellpadding cellspacing colspan datetime dir headers height lang open reversed rowspan scope "
    "start title valign width"
)
# What Pygments, pandas and Jupyter write; other classes and every id could be taken for parts of the page around.
CLASS = re.compile(r"highlight|hl-[\w-]+|dataframe|[a-z][a-z0-9]{0,2}|ansi-[a-z-]+")
# In an <img> a browser runs no script of an SVG and fetches nothing for it.
DATA_IMAGE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
# A web site by its full name, as every browser reads it. Numbers, bare names and odd spellings may be this machine.
LINK = re.compile(
    r"(?:https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!local|internal|home|lan)[a-z]{2,24}(?::(?:80|443))?(?:[/?#]|$)|mailto:)"
    r"[^\s\\\x00-\x1f]*",
    re.IGNORECASE | re.ASCII,
)
PLACE = re.compile(r"#[\w.-]*|[\w-][\w -]*(?:\.[\w-]+)?(?:#[\w.-]*)?")  # in the same page, or in the same folder
BLOCK = '<div style="contain: paint; overflow: auto hidden">{}</div>'  # nothing in it covers the page around
# A picture in the page's own folder or below it: nothing that leads up, to a server or to a command of one.
LOCAL_IMAGE = re.compile(r"(?!.*\.\.)(?:[\w ()+.-]|%20)(?:[\w ()+./-]|%20)*\.(?:png|jpe?g|gif|webp|svg)", re.I | re.A)
# MathJax's macros that reach HTML attributes, styles, links or further scripts
TEX = re.compile(r"\\(?=(?:href|require|class|cssId|style|bbox|mmlToken|data|action|toggle|mathtip|texttip)\b)")
WORD_JOINER = "\u2060"  # between the backslash and the name: TeX reads no macro, a reader sees no difference
OPENED_OR_CLOSED = re.compile(r"<(/?)(?!(?:br|hr|img|col|wbr)\b)[a-zA-Z]")
# A tag or comment that every parser reads in the same way, browsers and libraries alike.
ATTRIBUTE = r"""\s++([a-zA-Z][a-zA-Z-]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'<>=`]++))?+"""
PLAIN_TAG = re.compile(rf"</?([a-zA-Z][a-zA-Z0-9]*+)((?:{ATTRIBUTE})*+)\s*+/?>|<!--[^<>]*-->")


def clean_html(text: Any) -> str:
    """`text` as HTML for which a browser runs and fetches nothing; where it is too long or too deep, its beginning."""
    text = fit_for_files(str(text))
    if "<" not in text and "&" not in text:
        return tame_tex(text)
    text = with_pictures(text)
    if PICTURE.fullmatch(text.strip()):
        return text.strip()
    if len(text) > LONGEST or depth(text) > DEEPEST:
        return NOTE.format("This HTML is too long or too deeply nested to be shown; it begins so:") + preformatted(text)
    styled = with_styles(text)
    clean = _cleaner.clean(styled)
    if len(clean) > LONGEST >= len(text):  # it must be short enough to be cleaned again
        clean = _cleaner.clean(text)
    return tame_tex(clean)


def harmless(page: str) -> bool:
    """Whether a browser that shows `page` as it is would run and fetch nothing.

    Classes, ids and pictures beside the notebook do no harm. HTML that parsers may read differently counts as harmful.
    """
    found = list(PLAIN_TAG.finditer(page))
    if any(match[1] and not _harmless_tag(match[1].lower(), match[2]) for match in found):
        return False
    return re.search(r"<[a-zA-Z/!?]", PLAIN_TAG.sub(" ", page)) is None


def preformatted(text: str) -> str:
    """The beginning of a text that cannot be rendered, as it is written."""
    return f"<pre>{tame_tex(html.escape(text[: LONGEST // 20]))}</pre>"


def depth(text: str) -> int:
    """How many elements are open at once at most, when each tag without its closing one stays open."""
    opened = (1 - 2 * bool(match[1]) for match in OPENED_OR_CLOSED.finditer(text))
    return max(itertools.accumulate(opened, lambda now, step: max(0, now + step)), default=0)


def tame_tex(text: str) -> str:
    return TEX.sub("\\\\" + WORD_JOINER, text)


def _kept(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute, or None where it must go."""
    if name == "style":
        return clean_style(value) or None
    return value if _may_stay(tag, name, value) else None


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name == "href":
        return tag == "a" and LINK.fullmatch(value.strip()) is not None
    if name == "src":
        return tag == "img" and bool(DATA_IMAGE.fullmatch(value.strip()) or LOCAL_IMAGE.fullmatch(value))
    if name == "class":
        return all(map(CLASS.fullmatch, value.split()))
    return name in ATTRIBUTES


def _harmless_tag(tag: str, attributes: str) -> bool:
    return tag in TAGS and all(
        _harmless_attribute(tag, match[1].lower(), html.unescape(_unquoted(match[2] or "")))
        for match in re.finditer(ATTRIBUTE, attributes)
    )


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in ('"', "'") else value


def _harmless_attribute(tag: str, name: str, value: str) -> bool:
    if name == "style":
        return clean_style(value).count(":") >= value.count(":")
    beside = name == "src" and tag == "img" and re.fullmatch(r"[\w. /-]+", value) and not value.startswith("/")
    place = name == "href" and tag == "a" and PLACE.fullmatch(html.unescape(value))
    return bool(beside or place or name in ("class", "id")) or _may_stay(tag, name, value)


_cleaner = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=GONE_WHOLE,
    attributes={"*": ATTRIBUTES | {"class", "style"}, "a": {"href"}, "img": {"src"}},
    attribute_filter=_kept,
    url_schemes={"http", "https", "mailto", "data"},
)
