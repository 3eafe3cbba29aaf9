"""HTML, SVG and TeX from strangers, made safe by bleach with short lists of what may stay."""

from __future__ import annotations

import html
import itertools
import re
from typing import Any
from xml.etree import ElementTree

import bleach  # type: ignore[import-untyped]
import tinycss2  # type: ignore[import-untyped]
from bleach.css_sanitizer import CSSSanitizer  # type: ignore[import-untyped]

LONGEST = 200_000  # characters in one place; bleach reads some 300,000 a second
DEEPEST = 100  # elements inside each other; bleach needs time quadratic in this


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NOTE = '<p style="color:#57606a"><i>{}</i></p>'

TAGS = words(
    "a abbr b blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strike strong sub summary "
    "sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
ATTRIBUTES = words(
    "align alt border cellpadding cellspacing colspan datetime dir headers height lang open reversed rowspan scope "
    "start style title valign width"
)
# What Pygments, pandas and Jupyter write; other classes and every id could be taken for parts of the page around.
CLASS = re.compile(r"highlight|hl-[\w-]+|dataframe|[a-z][a-z0-9]{0,2}|ansi-[a-z-]+")
STYLES = words(
    "background background-color border border-bottom border-collapse border-color border-left border-radius "
    "border-right border-style border-top border-width color font font-family font-size font-style font-variant "
    "font-weight height "
    "letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right margin-top max-height "
    "max-width min-width overflow-wrap padding padding-bottom padding-left padding-right padding-top text-align "
    "text-decoration text-indent vertical-align white-space width word-break"
)
CSS_FUNCTIONS = frozenset(("rgb", "rgba", "hsl", "hsla"))
SVG_TAGS = words(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan title desc clipPath "
    "linearGradient radialGradient stop"
)
SVG_ATTRIBUTES = words(
    "class clip-path clip-rule cx cy d dx dy fill fill-opacity fill-rule font-family font-size font-weight fx fy "
    "gradientTransform gradientUnits height id offset opacity points preserveAspectRatio r rotate rx ry spreadMethod "
    "stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-opacity "
    "stroke-width style text-anchor transform version viewBox width x x1 x2 xmlns y y1 y2"
)
SVG_STYLES = words(
    "fill fill-opacity fill-rule font font-family font-size font-style font-weight opacity stroke stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor"
)
SVG_REFERENCE = re.compile(r"url\(\s*#[\w.:-]+\s*\)")
DATA_IMAGE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
LINK = re.compile(r"(https?://(?!localhost|127\.|0\.|\[|[^/?#]*@)|mailto:)", re.IGNORECASE)
# MathJax's macros that reach HTML attributes, styles, links or further scripts
TEX = re.compile(r"\\(?=(?:href|require|class|cssId|style|bbox|mmlToken|data|action|toggle|mathtip|texttip)\b)")
WORD_JOINER = "\u2060"  # between the backslash and the name: TeX reads no macro, a reader sees no difference
ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|#39);)(?:#\w+|\w+);?")
TAG = re.compile(r"<(/?)(?!(?:br|hr|img|col|wbr)\b)[a-zA-Z]")


class Styles(CSSSanitizer):
    """bleach's sanitizer of style attributes looks at names; this one also at values: nothing is fetched or moved."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__(allowed_css_properties=names, allowed_svg_properties=frozenset())

    def sanitize_css(self, style: str) -> str:
        kept = [
            declaration
            for declaration in tinycss2.parse_declaration_list(style, skip_comments=True, skip_whitespace=True)
            if declaration.type == "declaration"
            and declaration.lower_name in self.allowed_css_properties
            and all(map(_stays_in_place, declaration.value))
        ]
        return "; ".join(f"{item.lower_name}: {tinycss2.serialize(item.value).strip()}" for item in kept)


def _stays_in_place(token: Any) -> bool:
    if token.type == "function":
        return token.lower_name in CSS_FUNCTIONS
    if token.type in ("number", "dimension", "percentage"):
        return bool(0 <= token.value <= 2000)  # a negative margin would cover the page around
    return token.type in ("ident", "hash", "whitespace", "string", "literal")


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name == "href":
        return tag == "a" and LINK.match(value.strip()) is not None
    if name == "src":
        return tag == "img" and DATA_IMAGE.fullmatch(value.strip()) is not None
    if name == "class":
        return all(map(CLASS.fullmatch, value.split()))
    return name in ATTRIBUTES


def _may_stay_in_svg(tag: str, name: str, value: str) -> bool:
    if name == "href":
        return tag == "use" and value.startswith("#")
    if "url" in value.lower() or "\\" in value:
        return SVG_REFERENCE.fullmatch(value.strip()) is not None
    return name in SVG_ATTRIBUTES


_html = bleach.Cleaner(TAGS, _may_stay, {"http", "https", "mailto", "data"}, strip=True, css_sanitizer=Styles(STYLES))
_svg = bleach.Cleaner(SVG_TAGS, _may_stay_in_svg, (), strip=True, css_sanitizer=Styles(SVG_STYLES))


def clean_html(text: Any) -> str:
    """`text` as HTML for which a browser runs and fetches nothing; where it is too long or too deep, its beginning."""
    text = str(text)
    if "<" not in text and "&" not in text:
        return tame_tex(text)
    if len(text) > LONGEST or depth(text) > DEEPEST:
        return NOTE.format("This HTML is too long or too deeply nested to be shown; it begins so:") + preformatted(text)
    text = ENTITY.sub(lambda match: html.escape(html.unescape(match[0])), text)
    return tame_tex(_html.clean(without(text, "script", "style", "template", "noscript")))


def clean_svg(text: Any) -> str | None:
    """`text` as an SVG picture of shapes and letters only, or None where it is no such picture."""
    text = str(text)
    text = without(text[max(0, text.find("<svg")) :], "metadata", "style", "script")
    if len(text) > LONGEST or depth(re.sub(r"<[^<>]*/>", "", text)) > DEEPEST:
        return None
    text = _svg.clean(text).strip()
    try:
        return text if ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg" else None
    except ElementTree.ParseError:
        return None


def without(text: str, *elements: str) -> str:
    """`text` without these elements and what is in them, as far as they are closed: sanitising keeps the text inside.

    For looks only, and in linear time; a parser's view of the rest is what counts.
    """
    for name in elements:
        pieces, lower, start = [], text.lower(), 0
        while (opening := lower.find(f"<{name}", start)) >= 0 and (closing := lower.find(f"</{name}", opening)) >= 0:
            pieces.append(text[start:opening])
            end = lower.find(">", closing)
            start = len(text) if end < 0 else end + 1
        text = "".join([*pieces, text[start:]])
    return text


def preformatted(text: str) -> str:
    """The beginning of a text that cannot be rendered, as it is written."""
    return f"<pre>{tame_tex(html.escape(text[: LONGEST // 10]))}</pre>"


def depth(text: str) -> int:
    """How many elements are open at once at most, when each tag without its closing one stays open."""
    opened = (1 - 2 * bool(match[1]) for match in TAG.finditer(text))
    return max(itertools.accumulate(opened, lambda now, step: max(0, now + step)), default=0)


def tame_tex(text: str) -> str:
    return TEX.sub("\\\\" + WORD_JOINER, text)


def hazards(page: str) -> set[str]:
    """Names of the elements and attributes of `page` that could act; unknown classes, ids and pictures beside the
    notebook, which are merely left out, do not count."""
    found: set[str] = set()

    def note(tag: str, name: str, value: str) -> bool:
        beside = name == "src" and tag == "img" and re.fullmatch(r"[\w. /-]+", value) and not value.startswith("/")
        if not (_may_stay(tag, name, value) or name in ("class", "id", "style") or beside):
            found.add(name)
        if name == "style" and Styles(STYLES).sanitize_css(value).count(":") < value.count(":"):
            found.add(name)
        return True

    cleaner = bleach.Cleaner(TAGS, note, {"http", "https", "mailto", "data"}, css_sanitizer=Styles(STYLES))
    escaped = cleaner.clean(page)
    if escaped.count("&lt;") > page.count("&lt;"):
        found.add("element")
    return found
