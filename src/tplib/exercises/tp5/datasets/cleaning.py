"""Clean a text: tags, entities, composed accents, one apostrophe, single spaces."""

import html
import re
import unicodedata

from tplib.exercises.tp5.datasets.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

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
)
GAPS = (" ", "  ", "<br />", "\n", "\u00a0", " \t ", "   ", "&nbsp;", "</p><p>", "<b class='x'>", "\u202f")


def _dirty_text(draw: Draw) -> Arguments:
    n = draw.size(1, 5)
    words, gaps = draw.integers(0, len(WORDS), n), draw.integers(0, len(GAPS), n)
    before = draw.choice(("", " ", "<p>", "\u00a0"))
    return (before + "".join(WORDS[i] + GAPS[j] for i, j in zip(words, gaps, strict=True)),)


SPACES = "After your function, does the text still hold a line break, a no-break space, or two spaces in a row?"


@exercise(
    points=2,
    lecture="000, General workflow: data preparation (preprocessing)",
    draw=_dirty_text,
    edges=(
        Case(("C’est l'Été<br />à la mer",)),
        Case(("  Un   film\u00a0drôle !\n\nVraiment ",)),
        Case(("Tom &amp; Léa, &quot;enfin&quot;&nbsp;: l&rsquo;amour !",)),
        Case(("I <3 <i>this</i> film</p> so much",)),
        Case(("<p>1<br>2<br />3</p>",)),
        Case(("<P>Bien<BR>sûr !</P>",)),
        Case(("",)),
        Case(("De\u0301ja\u0300 vu, le cafe\u0301 ?",), "composed"),
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


@clean_text.mistake("What are `len('é')` and `len(unicodedata.normalize('NFD', 'é'))`? Are the two equal as texts?")
def accents_not_composed(text: str) -> str:
    text = html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", " ", text))
    return " ".join(text.replace("’", "'").split())


@clean_text.mistake("Are 'pêche' and 'péché' the same word? Which form does `unicodedata.normalize` need: NFC or NFD?")
def accents_removed(text: str) -> str:
    letters = unicodedata.normalize("NFD", clean_text(text))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@clean_text.mistake("Later steps may need to know that 'Pierre' is a name. Who asked for lower case?")
def capitals_lost(text: str) -> str:
    return clean_text(text).lower()


@clean_text.mistake("Is there still a `<br />` in your result? Which step should take it out?")
def tags_kept(text: str) -> str:
    text = unicodedata.normalize("NFC", html.unescape(text))
    return " ".join(text.replace("’", "'").split())


@clean_text.mistake(
    "There are other tags than `<br />`. What do they all start and end with?",
    name="only line-break tags removed",
)
def only_line_break_tags_removed(text: str) -> str:
    text = text.replace("<br />", " ").replace("<br>", " ")
    text = unicodedata.normalize("NFC", html.unescape(text))
    return " ".join(text.replace("’", "'").split())


@clean_text.mistake("What becomes of the words on both sides of a `<br />`? What should replace a tag?")
def words_glued_where_a_tag_was(text: str) -> str:
    return clean_text(re.sub(r"</?[a-zA-Z][^>]*>", "", text))


@clean_text.mistake("`.*` takes as much as it can. How far does `<.*>` reach in `a <b>good</b> film`?")
def text_between_two_tags_lost(text: str) -> str:
    return clean_text(re.sub(r"</?[a-zA-Z].*>", " ", text))


@clean_text.mistake(
    "What does your pattern do with the heart in `I <3 it<br />`? What follows the `<` of a tag?",
    name="every < starts a tag",
)
def every_starts_a_tag(text: str) -> str:
    return clean_text(re.sub(r"<[^>]*>", " ", text))


@clean_text.mistake("Are `l'amour` and `l’amour` equal as texts? Look at their apostrophes.")
def curly_apostrophe_kept(text: str) -> str:
    text = html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", " ", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


@clean_text.mistake("The curly apostrophe becomes a straight one. Where have yours gone?")
def apostrophes_removed(text: str) -> str:
    return " ".join(clean_text(text).replace("'", " ").split())


@clean_text.mistake("What is `&eacute;`? What does `html.unescape` make of it?")
def entities_kept(text: str) -> str:
    text = unicodedata.normalize("NFC", re.sub(r"</?[a-zA-Z][^>]*>", " ", text))
    return " ".join(text.replace("’", "'").split())


@clean_text.mistake("`&nbsp;` becomes a space and `&rsquo;` an apostrophe. Which steps have to come after that?")
def entities_decoded_last(text: str) -> str:
    return html.unescape(entities_kept(text))


@clean_text.mistake(SPACES)
def spaces_inside_kept(text: str) -> str:
    text = html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", " ", text))
    return unicodedata.normalize("NFC", text).replace("’", "'").strip()


@clean_text.mistake(SPACES)
def only_plain_spaces_reduced(text: str) -> str:
    return re.sub(" +", " ", spaces_inside_kept(text))


@clean_text.mistake("What does `.replace('  ', ' ')` make of three spaces in a row?")
def double_spaces_replaced_once(text: str) -> str:
    return re.sub(r"\s", " ", spaces_inside_kept(text)).replace("  ", " ")


@clean_text.mistake("Does your result start or end with a space?")
def spaces_at_the_ends_kept(text: str) -> str:
    text = html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", " ", text))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("’", "'"))


@clean_text.mistake("Commas, points and parentheses are part of the text. Which step takes them out?")
def punctuation_removed(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", clean_text(text)).split())


@clean_text.alternative
def clean_by_substitutions(text: str) -> str:
    for pattern, replacement in ((r"<[a-zA-Z/].*?>", " "), ("&nbsp;", " ")):
        text = re.sub(pattern, replacement, text, flags=re.DOTALL)
    text = unicodedata.normalize("NFC", html.unescape(text))
    return re.sub(r"\s+", " ", text.translate({0x2019: "'"})).strip()


@clean_text.alternative
def clean_by_letters(text: str) -> str:
    text = html.unescape(re.sub(r"<(?=[/a-zA-Z])[^>]*>", "\n", text)).replace("\u2019", "'")
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
