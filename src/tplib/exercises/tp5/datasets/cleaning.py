"""Clean a text: tags, entities, composed accents, one apostrophe, single spaces."""

import html
import re
import unicodedata

from tplib.exercises.tp5.datasets.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

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


def _clean_text(text: str) -> str:
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = html.unescape(text)
    text = unicodedata.normalize("NFC", text)
    text = text.replace("’", "'")
    return " ".join(text.split())


def _clean_not_composed(text: str) -> str:
    text = html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", " ", text))
    return " ".join(text.replace("’", "'").split())


def _clean_accents_removed(text: str) -> str:
    letters = unicodedata.normalize("NFD", _clean_text(text))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _clean_lower_case(text: str) -> str:
    return _clean_text(text).lower()


def _clean_tags_leave_no_space(text: str) -> str:
    return _clean_text(re.sub(r"</?[a-zA-Z][^>]*>", "", text))


def _clean_greedy_tags(text: str) -> str:
    return _clean_text(re.sub(r"</?[a-zA-Z].*>", " ", text))


def _clean_tags_kept(text: str) -> str:
    text = unicodedata.normalize("NFC", html.unescape(text))
    return " ".join(text.replace("’", "'").split())


def _clean_every_bracket_is_a_tag(text: str) -> str:
    return _clean_text(re.sub(r"<[^>]*>", " ", text))


def _clean_only_breaks(text: str) -> str:
    text = text.replace("<br />", " ").replace("<br>", " ")
    text = unicodedata.normalize("NFC", html.unescape(text))
    return " ".join(text.replace("’", "'").split())


def _clean_curly_apostrophe_kept(text: str) -> str:
    text = html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", " ", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def _clean_apostrophes_removed(text: str) -> str:
    return " ".join(_clean_text(text).replace("'", " ").split())


def _clean_entities_kept(text: str) -> str:
    text = unicodedata.normalize("NFC", re.sub(r"</?[a-zA-Z][^>]*>", " ", text))
    return " ".join(text.replace("’", "'").split())


def _clean_entities_last(text: str) -> str:
    return html.unescape(_clean_entities_kept(text))


def _clean_only_the_ends(text: str) -> str:
    text = html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", " ", text))
    return unicodedata.normalize("NFC", text).replace("’", "'").strip()


def _clean_only_plain_spaces(text: str) -> str:
    return re.sub(" +", " ", _clean_only_the_ends(text))


def _clean_double_spaces_once(text: str) -> str:
    return re.sub(r"\s", " ", _clean_only_the_ends(text)).replace("  ", " ")


def _clean_ends_not_stripped(text: str) -> str:
    text = html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", " ", text))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("’", "'"))


def _clean_punctuation_removed(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", _clean_text(text)).split())


def _clean_by_substitutions(text: str) -> str:
    for pattern, replacement in ((r"<[a-zA-Z/].*?>", " "), ("&nbsp;", " ")):
        text = re.sub(pattern, replacement, text, flags=re.DOTALL)
    text = unicodedata.normalize("NFC", html.unescape(text))
    return re.sub(r"\s+", " ", text.translate({0x2019: "'"})).strip()


def _clean_by_letters(text: str) -> str:
    text = html.unescape(re.sub(r"<(?=[/a-zA-Z])[^>]*>", "\n", text)).replace("\u2019", "'")
    words, word = [], ""
    for letter in unicodedata.normalize("NFC", text) + " ":
        if not letter.isspace():
            word += letter
        elif word:
            words.append(word)
            word = ""
    return " ".join(words)


def _clean_spaces_between_steps(text: str) -> str:
    text = " ".join(re.sub(r"</?[a-zA-Z][^>]*>", " ", text).split())
    text = " ".join(html.unescape(text).split())
    return unicodedata.normalize("NFC", "'".join(text.split("’")))


SPACES = "After your function, does the text still hold a line break, a no-break space, or two spaces in a row?"

clean_text = exercise(
    name="clean_text",
    points=2,
    lecture="000, General workflow: data preparation (preprocessing)",
    signature="clean_text(text)",
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
    reference=_clean_text,
    misconceptions=(
        Misconception(
            "accents not composed",
            _clean_not_composed,
            "What are `len('é')` and `len(unicodedata.normalize('NFD', 'é'))`? Are the two equal as texts?",
        ),
        Misconception(
            "accents removed",
            _clean_accents_removed,
            "Are 'pêche' and 'péché' the same word? Which form does `unicodedata.normalize` need: NFC or NFD?",
        ),
        Misconception(
            "capitals lost",
            _clean_lower_case,
            "Later steps may need to know that 'Pierre' is a name. Who asked for lower case?",
        ),
        Misconception(
            "tags kept", _clean_tags_kept, "Is there still a `<br />` in your result? Which step should take it out?"
        ),
        Misconception(
            "only line-break tags removed",
            _clean_only_breaks,
            "There are other tags than `<br />`. What do they all start and end with?",
        ),
        Misconception(
            "words glued where a tag was",
            _clean_tags_leave_no_space,
            "What becomes of the words on both sides of a `<br />`? What should replace a tag?",
        ),
        Misconception(
            "text between two tags lost",
            _clean_greedy_tags,
            "`.*` takes as much as it can. How far does `<.*>` reach in `a <b>good</b> film`?",
        ),
        Misconception(
            "every < starts a tag",
            _clean_every_bracket_is_a_tag,
            "What does your pattern do with the heart in `I <3 it<br />`? What follows the `<` of a tag?",
        ),
        Misconception(
            "curly apostrophe kept",
            _clean_curly_apostrophe_kept,
            "Are `l'amour` and `l’amour` equal as texts? Look at their apostrophes.",
        ),
        Misconception(
            "apostrophes removed",
            _clean_apostrophes_removed,
            "The curly apostrophe becomes a straight one. Where have yours gone?",
        ),
        Misconception(
            "entities kept", _clean_entities_kept, "What is `&eacute;`? What does `html.unescape` make of it?"
        ),
        Misconception(
            "entities decoded last",
            _clean_entities_last,
            "`&nbsp;` becomes a space and `&rsquo;` an apostrophe. Which steps have to come after that?",
        ),
        Misconception("spaces inside kept", _clean_only_the_ends, SPACES),
        Misconception("only plain spaces reduced", _clean_only_plain_spaces, SPACES),
        Misconception(
            "double spaces replaced once",
            _clean_double_spaces_once,
            "What does `.replace('  ', ' ')` make of three spaces in a row?",
        ),
        Misconception(
            "spaces at the ends kept", _clean_ends_not_stripped, "Does your result start or end with a space?"
        ),
        Misconception(
            "punctuation removed",
            _clean_punctuation_removed,
            "Commas, points and parentheses are part of the text. Which step takes them out?",
        ),
    ),
    alternatives=(_clean_by_substitutions, _clean_by_letters, _clean_spaces_between_steps),
    formula="In this order: tags to a space; `html.unescape`; `unicodedata.normalize('NFC', ...)`; ’ to '; then every "
    "run of white space to one space, and none at the ends.",
    shapes="Text in, text out. `' '.join(text.split())` treats all kinds of white space alike.",
    worked=r"'L’été<br />&amp;  toi ' -> 'L’été &amp;  toi ' -> 'L’été &  toi ' -> 'L\'été &  toi ' -> 'L\'été & toi'",
)
