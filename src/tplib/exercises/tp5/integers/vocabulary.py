"""Number the words of a corpus."""

import unicodedata
from collections import Counter
from collections.abc import Callable
from itertools import chain
from typing import Any

import numpy as np

from tplib.exercises.tp5.integers.common import exercise, tokens
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Texts = list[list[str]]


def _corpus(draw: Draw) -> Arguments:
    return [tokens(draw, 0, 6) for _ in range(draw.size(1, 4))], draw.choice((1, 2, 3))


def _ties(draw: Draw) -> Arguments:
    """Words that come equally often, and that another order than Python's would put elsewhere."""
    words = ["Zoo", "abc", "zone", "été", "eau", "a", "œuvre", "Bon", "bonne"]
    first = [words[i] for i in np.argsort(draw.integers(0, 1000, len(words)))]
    return [first, first[::-1], ["film"]], draw.choice((1, 2))


def _spread(draw: Draw) -> Arguments:
    """A word that comes once in each of several texts, so that no text alone holds it often enough."""
    texts = [tokens(draw, 0, 3), *(["vu", *tokens(draw, 0, 3)] for _ in range(3))]
    return texts, draw.choice((2, 3))


def _numbered(ranked: list[str]) -> dict[str, int]:
    return {token: i for i, token in enumerate(["<pad>", "<unk>", *ranked])}


def _ranked(texts: Texts, min_count: int, among_equals: Callable[[str], Any]) -> dict[str, int]:
    """A vocabulary with another order of words that are equally frequent."""
    counts = Counter(token for text in texts for token in text)
    ranked = sorted(counts, key=lambda token: (-counts[token], among_equals(token)))
    return _numbered([token for token in ranked if counts[token] >= min_count])


@exercise(
    points=2,
    lecture="003, Word representation: large vocabulary of possible words",
    concepts=(2,),
    draw=_corpus,
    edges=(
        Case(([["b", "a", "b"], ["c", "a", "b"]],)),
        Case(([["film", "bon", "film"], ["un", "bon", "été"], ["film"]], 2)),
        Case(([["z", "z", "z", "z"], ["b", "a", "z"], ["a", "b", "y"], ["a", "z"]], 3)),
        Case(([["c", "y", "x"], ["x", "y", "b"]], 1)),
        Case(([["d", "a", "a", "a", "b"], ["b"], ["b", "c"]], 2)),
        Drawn(_ties),
        Drawn(_spread),
    ),
    forbidden=("torchtext.vocab.build_vocab_from_iterator", "sklearn.feature_extraction.text.CountVectorizer"),
)
def build_vocabulary(texts: Texts, min_count: int = 1) -> dict[str, int]:
    """0 for `<pad>`, 1 for `<unk>`, then 2, 3, ... for the words with count >= min_count, sorted by (-count, word).

    shapes: `texts` is a list of lists of tokens; the result is a dictionary from token to whole number, 0 ... V - 1.
    worked: [['b', 'a', 'b'], ['c', 'a', 'b']]: b 3 times, a 2, c 1, so {'<pad>': 0, '<unk>': 1, 'b': 2, 'a': 3, 'c': 4}
    """
    counts = Counter(token for text in texts for token in text)
    frequent = [token for token, count in counts.items() if count >= min_count]
    ranked = sorted(frequent, key=lambda token: (-counts[token], token))
    return {token: i for i, token in enumerate(["<pad>", "<unk>", *ranked])}


@build_vocabulary.mistake(
    "Which numbers will padding and unknown words get? Are 0 and 1 still free?",
    name="<pad> and <unk> missing",
)
def pad_and_unk_missing(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    ranked = sorted(counts, key=lambda token: (-counts[token], token))
    return {token: i for i, token in enumerate(t for t in ranked if counts[t] >= min_count)}


@build_vocabulary.mistake(
    "Which one is 0 and which one is 1 in the text of the exercise?",
    name="<pad> and <unk> exchanged",
)
def pad_and_unk_exchanged(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return {**build_vocabulary(texts, min_count), "<unk>": 0, "<pad>": 1}


@build_vocabulary.mistake(
    "Which word of your vocabulary has number 0, besides `<pad>`? At which number do the words start?"
)
def two_words_with_one_number(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return {"<pad>": 0, "<unk>": 1, **pad_and_unk_missing(texts, min_count)}


@build_vocabulary.mistake(
    "If the vocabulary grows, will the number of your padding change?",
    name="<pad> and <unk> last",
)
def pad_and_unk_last(texts: Texts, min_count: int = 1) -> dict[str, int]:
    words = pad_and_unk_missing(texts, min_count)
    return {**words, "<pad>": len(words), "<unk>": len(words) + 1}


@build_vocabulary.mistake("Which words should `min_count=2` leave out?", name="min_count ignored")
def min_count_ignored(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return build_vocabulary(texts)


@build_vocabulary.mistake(
    "A word that occurs exactly `min_count` times: is it in or out? `>` or `>=`?",
    name="more often than min_count",
)
def more_often_than_min_count(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return build_vocabulary(texts, min_count + 1)


@build_vocabulary.mistake(
    "Which words get the small numbers, the frequent or the rare ones? In which order does `sorted` sort?"
)
def rarest_word_first(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    ranked = sorted(counts, key=lambda token: (counts[token], token))
    return _numbered([token for token in ranked if counts[token] >= min_count])


@build_vocabulary.mistake(
    "Two words occur equally often: which one comes first? `most_common` keeps the order of appearance."
)
def ties_in_order_of_appearance(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    return _numbered([token for token, count in counts.most_common() if count >= min_count])


@build_vocabulary.mistake(
    "`reverse=True` turns both rules round. Of two words equally frequent, which should come first?"
)
def ties_in_reversed_order(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    ranked = sorted(counts, key=lambda token: (counts[token], token), reverse=True)
    return _numbered([token for token in ranked if counts[token] >= min_count])


@build_vocabulary.mistake("'Zoo' < 'abc' is True: Python's order knows capitals. Who asked for lower case?")
def ties_without_capitals(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return _ranked(texts, min_count, lambda word: (word.lower(), word))


@build_vocabulary.mistake("'zone' < 'été' is True: Python's order puts accents after z. Who asked for another one?")
def ties_without_accents(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return _ranked(texts, min_count, lambda word: (unicodedata.normalize("NFD", word), word))


@build_vocabulary.mistake("Of two words equally frequent, does the shorter one come first?")
def ties_by_length(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return _ranked(texts, min_count, lambda word: (len(word), word))


@build_vocabulary.mistake("Which texts have you counted? `texts` holds more than one.")
def first_text_only(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return build_vocabulary(texts[:1], min_count)


@build_vocabulary.mistake(
    "A word that comes once in each of three texts: how often is it in the corpus?", name="min_count in each text"
)
def min_count_in_each_text(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return build_vocabulary([[word for word in text if text.count(word) >= min_count] for text in texts])


@build_vocabulary.mistake("Rare words are left out. Which entries of your dictionary are rare words?")
def rare_words_get_number_1(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return dict.fromkeys(chain.from_iterable(texts), 1) | build_vocabulary(texts, min_count)


@build_vocabulary.mistake("Number 1 is `<unk>`. At which number do the words start?")
def words_counted_from_1(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return {word: max(i - 1, 1) if i else 0 for word, i in build_vocabulary(texts, min_count).items()}


@build_vocabulary.mistake("The most frequent word gets number 2. Where does your order use the counts?")
def alphabetical_order(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    return _numbered(sorted(token for token in counts if counts[token] >= min_count))


@build_vocabulary.mistake("The most frequent word gets number 2. Where does your order use the counts?")
def order_of_appearance(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    return _numbered([token for token in counts if counts[token] >= min_count])


@build_vocabulary.mistake("Can two words have the same number? Your numbers are counts.")
def counts_instead_of_numbers(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    return {"<pad>": 0, "<unk>": 1, **{token: count for token, count in counts.items() if count >= min_count}}


@build_vocabulary.mistake(
    "A word that comes three times in one text: how often have you counted it?",
    name="texts counted, not words",
)
def texts_counted_not_words(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return build_vocabulary([sorted(set(text)) for text in texts], min_count)


@build_vocabulary.mistake("How do you find the number of a word in a list, and how fast?")
def list_of_words(texts: Texts, min_count: int = 1) -> list[str]:
    return list(build_vocabulary(texts, min_count))


@build_vocabulary.mistake("Will you look up words and find numbers, or the reverse?")
def numbers_to_words(texts: Texts, min_count: int = 1) -> dict[int, str]:
    return {i: token for token, i in build_vocabulary(texts, min_count).items()}


@build_vocabulary.alternative
def vocabulary_by_loop(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts: dict[str, int] = {}
    for text in texts:
        for token in text:
            counts[token] = counts.get(token, 0) + 1
    vocabulary = {"<pad>": 0, "<unk>": 1}
    for token in sorted(sorted(counts), key=counts.__getitem__, reverse=True):
        if counts[token] >= min_count:
            vocabulary[token] = len(vocabulary)
    return vocabulary


@build_vocabulary.alternative
def vocabulary_by_most_common(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(sorted(chain.from_iterable(texts)))
    kept = [token for token, count in counts.most_common() if count >= min_count]
    return dict(zip(["<pad>", "<unk>", *kept], range(len(kept) + 2), strict=True))


@build_vocabulary.alternative
def vocabulary_by_pairs(texts: Texts, min_count: int = 1) -> dict[str, int]:
    words = list(chain.from_iterable(texts))
    pairs = sorted((-words.count(word), word) for word in set(words) if words.count(word) >= min_count)
    return {"<pad>": 0, "<unk>": 1, **{word: i for i, (_, word) in enumerate(pairs, start=2)}}
