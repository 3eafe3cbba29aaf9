"""Find the first of all texts that have the same words."""

import re

from tplib.exercises.tp5.datasets.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

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


def _texts(draw: Draw) -> Arguments:
    return ([TEXTS[i] for i in draw.integers(0, len(TEXTS), draw.size(1, 7))],)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


@exercise(
    points=2,
    lecture="003, Early stopping: train, validation and test are split",
    draw=_texts,
    edges=(
        Case((["A good film.", "a bad film", "a good film", "A GOOD  FILM!", "bad", "a bad film"],)),
        Case((["un été", "« Un été »", "été un", "un été"],)),
        Case((["a film", "afilm", "A film", "b film", "a film, a film"],)),
        Case((["z", "y", "z", "x"],)),
        Case((["good", "good!"],)),
        Case((["good", "Good"],)),
        Case(([],)),
    ),
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


@drop_duplicates.mistake("Are 'A film!' and 'a film' the same text to you? Which differences should not count?")
def only_exact_copies_found(texts: list[str]) -> list[int]:
    return [i for i, text in enumerate(texts) if text not in texts[:i]]


@drop_duplicates.mistake("Should 'Good film' and 'good film' both stay?")
def capitals_matter(texts: list[str]) -> list[int]:
    keys = [" ".join(re.findall(r"\w+", text)) for text in texts]
    return [i for i, key in enumerate(keys) if key not in keys[:i]]


@drop_duplicates.mistake("Should 'good film!' and 'good film' both stay?")
def punctuation_matters(texts: list[str]) -> list[int]:
    keys = [" ".join(text.lower().split()) for text in texts]
    return [i for i, key in enumerate(keys) if key not in keys[:i]]


@drop_duplicates.mistake("Without spaces, what is the difference between 'a part' and 'apart'?")
def words_run_together(texts: list[str]) -> list[int]:
    keys = [re.sub(r"\W", "", text.lower()) for text in texts]
    return [i for i, key in enumerate(keys) if key not in keys[:i]]


@drop_duplicates.mistake("'not bad, good' and 'not good, bad' have the same words. Are they the same text?")
def order_of_the_words_ignored(texts: list[str]) -> list[int]:
    keys = [set(_words(text)) for text in texts]
    return [i for i, key in enumerate(keys) if key not in keys[:i]]


@drop_duplicates.mistake(
    "Which of several copies should stay: the first, or the last? What does a second entry do to a dictionary?"
)
def last_copy_kept(texts: list[str]) -> list[int]:
    return sorted({_words(text): i for i, text in enumerate(texts)}.values())


@drop_duplicates.mistake("A text that comes twice is dropped altogether. How many of its copies should stay?")
def no_copy_kept(texts: list[str]) -> list[int]:
    keys = [_words(text) for text in texts]
    return [i for i, key in enumerate(keys) if keys.count(key) == 1]


@drop_duplicates.mistake("Do two copies always stand one after the other?")
def only_neighbours_compared(texts: list[str]) -> list[int]:
    keys = [_words(text) for text in texts]
    return [i for i, key in enumerate(keys) if i == 0 or key != keys[i - 1]]


@drop_duplicates.mistake("Your positions are right, in another order. What does a `set` forget? What does sorting do?")
def order_lost(texts: list[str]) -> list[int]:
    keys = [_words(text) for text in texts]
    return [keys.index(key) for key in sorted(set(keys))]


@drop_duplicates.mistake("Your positions are those of the texts to drop. Which ones are asked for?")
def copies_instead_of_the_rest(texts: list[str]) -> list[int]:
    kept = drop_duplicates(texts)
    return [i for i in range(len(texts)) if i not in kept]


@drop_duplicates.mistake(
    "The labels have to follow their texts. What can `dataset.select` do with positions, and not with texts?"
)
def texts_instead_of_positions(texts: list[str]) -> list[str]:
    return [texts[i] for i in drop_duplicates(texts)]


@drop_duplicates.mistake("Your list says True or False for every text. Which positions are the True ones at?")
def marks_instead_of_positions(texts: list[str]) -> list[bool]:
    kept = drop_duplicates(texts)
    return [i in kept for i in range(len(texts))]


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
