"""Find the first of all texts that have the same words."""

import re

from tplib.exercises.tp5.datasets import observers
from tplib.exercises.tp5.datasets.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

TEXTS = (
    "a film",
    "A film!",
    "a good film",
    "A  good film...",
    "« Un été »",
    "un été",
    "afilm",
    "good",
    "GOOD",
    "a good, film",
)
LONG = "we saw it in the old town with a friend and her two sons last week"


def _texts(draw: Draw) -> Arguments:
    return ([TEXTS[i] for i in draw.integers(0, len(TEXTS), draw.size(1, 7))],)


def _pairs(*pairs: tuple[str, str]) -> Drawn:
    """Each of these texts besides the one that is nearly the same, in a drawn order, among others that come twice."""

    def drawn(draw: Draw) -> Arguments:
        texts = [text for pair in pairs for text in (pair if draw.choice((True, False)) else pair[::-1])]
        return ([*texts, *(TEXTS[i] for i in draw.integers(0, len(TEXTS), 3))],)

    return Drawn(drawn)


def _long(draw: Draw) -> Arguments:
    """Texts that differ in one word, which may stand at the end."""
    words = LONG.split()
    words[draw.size(8, len(words) - 1)] = "other"
    return ([LONG, " ".join(words), LONG.upper()],)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.lower()))


@exercise(
    points=2,
    lecture="003, Early stopping: train, validation and test are split",
    concepts=(1,),
    draw=_texts,
    edges=(
        Case((["A good film.", "a bad film", "a good film", "A GOOD  FILM!", "bad", "a bad film"],)),
        Case((["un été", "« Un été »", "été un", "un été"],)),
        Case((["a film", "afilm", "A film", "b film", "a film, a film"],)),
        Case((["z", "y", "z", "x"],)),
        Case((["good", "good!"],)),
        Case((["good", "Good"],)),
        _pairs(("un pré", "un pr"), ("cote", "côté"), ("l'ÉTÉ", "l'été")),
        _pairs(("2 stars", "3 stars"), ("part 2", "part")),
        _pairs(("very good", "very very good"), ("good bad", "bad good")),
        _pairs(("l'été", "l été"), ("rock'n'roll", "rocknroll"), ("peut-être", "peut être")),
        _pairs(("“bien” …", "bien"), ("l’ami", "l ami"), ("bon—mauvais", "bon mauvais")),
        Drawn(_long),
    ),
    observe=observers.positions,
    forbidden=(
        "pandas.DataFrame.drop_duplicates",
        "pandas.Series.drop_duplicates",
        "pandas.Series.duplicated",
        "pandas.DataFrame.duplicated",
    ),
)
def drop_duplicates(texts: list[str]) -> list[int]:
    r"""Position i stays if no earlier text has the same words, `re.findall(r'\w+', text.lower())`.

    shapes: `texts` is a list of N texts; the result is a list of at most N whole numbers, in increasing order.
    worked: drop_duplicates(['Good!', 'Bad.', 'good']) = [0, 1]: 'good' has the words of 'Good!', which came first
    """
    seen: set[tuple[str, ...]] = set()
    kept = []
    for i, text in enumerate(texts):
        words = _words(text)
        if words not in seen:
            seen.add(words)
            kept.append(i)
    return kept


@drop_duplicates.alternative
def drop_by_dictionary(texts: list[str]) -> list[int]:
    first: dict[str, int] = {}
    for i, text in enumerate(texts):
        first.setdefault(" ".join(re.findall(r"\w+", text.lower())), i)
    return list(first.values())


@drop_duplicates.alternative
def drop_by_index(texts: list[str]) -> list[int]:
    keys = [re.split(r"\W+", f" {text.lower()} ") for text in texts]
    return [i for i, key in enumerate(keys) if keys.index(key) == i]


@drop_duplicates.alternative
def drop_backwards(texts: list[str]) -> list[int]:
    first = {}
    for i in reversed(range(len(texts))):
        letters = (letter if letter.isalnum() else " " for letter in texts[i].casefold())
        first[" ".join("".join(letters).split())] = i
    return sorted(first.values())
