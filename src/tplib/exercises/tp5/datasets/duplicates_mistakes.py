"""Mistakes in dropping duplicates: which texts are the same, which of them stays, and what is returned."""

import re
import string
import unicodedata
from collections.abc import Hashable, Sequence

from tplib.exercises.tp5.datasets.duplicates import drop_duplicates


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.lower()))


def _first(keys: Sequence[Hashable]) -> list[int]:
    """The first position of each key."""
    return [i for i, key in enumerate(keys) if key not in keys[:i]]


def _kept(texts: list[str]) -> list[int]:
    """The right positions."""
    return _first([_words(text) for text in texts])


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
def words_sorted(texts: list[str]) -> list[int]:
    return _first([tuple(sorted(_words(text))) for text in texts])


@drop_duplicates.mistake("Are 'very good' and 'very very good' the same words in the same order?")
def repeated_words_counted_once(texts: list[str]) -> list[int]:
    return _first([tuple(dict.fromkeys(_words(text))) for text in texts])


@drop_duplicates.mistake("Two long texts may start alike. How many of their words do you compare?")
def only_the_first_words_compared(texts: list[str]) -> list[int]:
    return _first([_words(text)[:5] for text in texts])


@drop_duplicates.mistake("Does `[a-z]` hold é? Are 'un pré' and 'un pr' the same words?")
def accented_letters_are_no_letters(texts: list[str]) -> list[int]:
    return _first([tuple(re.findall(r"[a-z0-9]+", text.lower())) for text in texts])


@drop_duplicates.mistake("Are 'cote' and 'côté' the same word? Which differences should not count?")
def accents_ignored(texts: list[str]) -> list[int]:
    plain = [unicodedata.normalize("NFD", text) for text in texts]
    return _first([_words("".join(c for c in text if not unicodedata.combining(c))) for text in plain])


@drop_duplicates.mistake("Are '2 stars' and '3 stars' the same text? `\\w` fits digits too.")
def digits_ignored(texts: list[str]) -> list[int]:
    return _first([tuple(re.findall(r"[^\W\d]+", text.lower())) for text in texts])


@drop_duplicates.mistake(
    "`l'été` counts as two words. What stands between your words: all that is no letter, or only spaces?"
)
def words_between_spaces(texts: list[str]) -> list[int]:
    stripped = [[word.strip(".,;:!?'\"()") for word in text.lower().split()] for text in texts]
    return _first([tuple(filter(None, words)) for words in stripped])


@drop_duplicates.mistake(
    "French writes « » and ’, too. Which sign of the patterns fits whatever is no letter?",
    name="only ASCII punctuation ignored",
)
def only_ascii_punctuation_ignored(texts: list[str]) -> list[int]:
    table = str.maketrans(dict.fromkeys(string.punctuation, " "))
    return _first([tuple(text.lower().translate(table).split()) for text in texts])


@drop_duplicates.mistake(
    "Punctuation that becomes nothing glues words. Is `l'été` one word or two? And which marks does your list hold?",
    name="ASCII punctuation becomes nothing",
)
def ascii_punctuation_becomes_nothing(texts: list[str]) -> list[int]:
    table = str.maketrans("", "", string.punctuation)
    return _first([tuple(text.lower().translate(table).split()) for text in texts])


@drop_duplicates.mistake("Which position has the first text of a list?")
def positions_counted_from_1(texts: list[str]) -> list[int]:
    return [i + 1 for i in _kept(texts)]


@drop_duplicates.mistake("Your positions are right, in another order. Which one comes first?")
def last_position_first(texts: list[str]) -> list[int]:
    return _kept(texts)[::-1]


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
    kept = _kept(texts)
    return [i for i in range(len(texts)) if i not in kept]


@drop_duplicates.mistake(
    "The labels have to follow their texts. What can `dataset.select` do with positions, and not with texts?"
)
def texts_instead_of_positions(texts: list[str]) -> list[str]:
    return [texts[i] for i in _kept(texts)]


@drop_duplicates.mistake("Your list says True or False for every text. Which positions are the True ones at?")
def marks_instead_of_positions(texts: list[str]) -> list[bool]:
    kept = _kept(texts)
    return [i in kept for i in range(len(texts))]
