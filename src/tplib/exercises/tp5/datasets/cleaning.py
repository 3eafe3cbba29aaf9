"""Clean a text: tags, entities, composed accents, one apostrophe, single spaces."""

import html
import re
import unicodedata

from tplib.exercises.tp5.datasets.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

WORDS = (
    "film",
    "bon",
    "L'amour",
    "Été",
    "d’hiver",
    "&amp;",
    "<3",
    "caf&eacute;",
    "aujourd’hui",
    "&quot;Bravo&quot;",
    "l&rsquo;œuvre",
    "(très",
    "drôle)!",
    "peut-être...",
    "&lt;i&gt;",
    "“Bof”,",
    "2½",
    "a < b > c",
    "</3",
    "&amp;nbsp;",
)
GAPS = (
    " ",
    "  ",
    "<br />",
    "\n",
    "\u00a0",
    " \t ",
    "   ",
    "&nbsp;",
    "</p><p>",
    "<b class='x'>",
    "\u202f",
    "<a\nhref=''>",
)


def _dirty_text(draw: Draw) -> Arguments:
    n = draw.size(1, 5)
    words, gaps = draw.integers(0, len(WORDS), n), draw.integers(0, len(GAPS), n)
    before = draw.choice(("", " ", "<p>", "\u00a0"))
    return (before + "".join(WORDS[i] + GAPS[j] for i, j in zip(words, gaps, strict=True)),)


def _with(piece: str, aspect: str = "values") -> Drawn:
    """A case that holds the piece for sure, between two plain words."""
    plain = ("film", "Bon", "très", "vu")
    return Drawn(lambda draw: (f"{draw.choice(plain)} {piece} {draw.choice(plain)}",), aspect)


@exercise(
    points=2,
    lecture="000, General workflow: data preparation (preprocessing)",
    concepts=(1,),
    draw=_dirty_text,
    edges=(
        Case(("C’est l'Été<br />à la mer",)),
        Case(("  Un   film\u00a0drôle !\n\nVraiment ",)),
        Case(("Tom &amp; Léa, &quot;enfin&quot;&nbsp;: l&rsquo;amour !",)),
        Case(("I <3 <i>this</i> film</p> so much",)),
        Case(("<p>1<br>2<br />3</p>",)),
        Case(("<P>Bien<BR>sûr !</P>",)),
        _with("&lt;b&gt;mot&lt;/b&gt;"),
        _with("a < b and c > d"),
        _with("dit <3 ou 4> fois"),
        _with("hélas </3 et -> fini"),
        _with("<a\nhref='x'>lien</a>"),
        _with("“oui” « non » …"),
        _with("2½ m²"),
        _with("&amp;eacute;"),
        _with("vu,\u202f\u00a0bien"),
        _with("l&#8217;&ecirc;tre&hellip;&copy;"),
        _with("<i>x</i> <br/> <a href='y'>"),
        _with("De\u0301ja\u0300 vu, le cafe\u0301 ?", "composed"),
        _with("e&#769;te&#x301;", "composed"),
    ),
    aspects={
        "composed": "Right, but for accents that are characters of their own: 'é' may be one character, or 'e' and a "
        "combining accent. Compare the lengths of the two results."
    },
)
def clean_text(text: str) -> str:
    r"""In this order: tags to a space; `html.unescape`; `unicodedata.normalize('NFC', ...)`; ’ to '; then every run of
    white space to one space, and none at the ends.

    shapes: Text in, text out. `' '.join(text.split())` treats all kinds of white space alike.
    worked: 'L’été<br />&amp;  toi ' -> 'L’été &amp;  toi ' -> 'L’été &  toi ' -> 'L\'été &  toi ' -> 'L\'été & toi'
    """
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = html.unescape(text)
    text = unicodedata.normalize("NFC", text)
    text = text.replace("’", "'")
    return " ".join(text.split())


@clean_text.alternative
def clean_by_substitutions(text: str) -> str:
    for pattern, replacement in ((r"</?[a-zA-Z].*?>", " "), ("&nbsp;", " ")):
        text = re.sub(pattern, replacement, text, flags=re.DOTALL)
    text = unicodedata.normalize("NFC", html.unescape(text))
    return re.sub(r"\s+", " ", text.translate({0x2019: "'"})).strip()


@clean_text.alternative
def clean_by_letters(text: str) -> str:
    text = html.unescape(re.sub(r"<(?=/?[a-z])[^>]*>", "\n", text, flags=re.I)).replace("\u2019", "'")
    words, word = [], ""
    for letter in unicodedata.normalize("NFC", text) + " ":
        if not letter.isspace():
            word += letter
        elif word:
            words.append(word)
            word = ""
    return " ".join(words)


@clean_text.alternative
def clean_spaces_between_steps(text: str) -> str:
    text = " ".join(re.sub(r"</?[a-zA-Z][^>]*>", " ", text).split())
    text = " ".join(html.unescape(text).split())
    return unicodedata.normalize("NFC", "'".join(text.split("’")))
