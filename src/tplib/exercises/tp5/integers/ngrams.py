"""Contiguous sequences of n tokens."""

from collections import deque
from itertools import combinations, islice, pairwise, tee

from tplib.exercises.tp5.integers.common import exercise, tokens
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Grams = list[tuple[str, ...]]

SWIMMER = ["a", "swimmer", "likes", "swimming", "thus", "he", "swims"]


def _tokens_and_n(draw: Draw) -> Arguments:
    return tokens(draw, 1, 6), draw.choice((2, 1, 3))


def _ngrams(tokens: list[str], n: int) -> Grams:
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def _ngrams_last_missing(tokens: list[str], n: int) -> Grams:
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n)]


def _ngrams_incomplete_at_the_end(tokens: list[str], n: int) -> Grams:
    return [tuple(tokens[i : i + n]) for i in range(len(tokens))]


def _ngrams_side_by_side(tokens: list[str], n: int) -> Grams:
    return [tuple(tokens[i : i + n]) for i in range(0, len(tokens) - n + 1, n)]


def _ngrams_not_contiguous(tokens: list[str], n: int) -> Grams:
    return list(combinations(tokens, n))


def _ngrams_all_sizes(tokens: list[str], n: int) -> Grams:
    return [gram for size in range(1, n + 1) for gram in _ngrams(tokens, size)]


def _ngrams_always_pairs(tokens: list[str], n: int) -> Grams:
    return list(pairwise(tokens))


def _ngrams_as_texts(tokens: list[str], n: int) -> list[str]:
    return [" ".join(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def _ngrams_of_characters(tokens: list[str], n: int) -> list[str]:
    text = " ".join(tokens)
    return [text[i : i + n] for i in range(len(text) - n + 1)]


def _ngrams_each_once(tokens: list[str], n: int) -> Grams:
    return list(dict.fromkeys(_ngrams(tokens, n)))


def _ngrams_sorted(tokens: list[str], n: int) -> Grams:
    return [tuple(sorted(gram)) for gram in _ngrams(tokens, n)]


def _ngrams_one_longer(tokens: list[str], n: int) -> Grams:
    return _ngrams(tokens, n + 1)


def _ngrams_by_zip(tokens: list[str], n: int) -> Grams:
    return list(zip(*(tokens[i:] for i in range(n)), strict=False))


def _ngrams_by_window(tokens: list[str], n: int) -> Grams:
    window: deque[str] = deque(maxlen=n)
    found = []
    for token in tokens:
        window.append(token)
        if len(window) == n:
            found.append(tuple(window))
    return found


def _ngrams_by_tee(tokens: list[str], n: int) -> Grams:
    return list(zip(*(islice(copy, i, None) for i, copy in enumerate(tee(tokens, n))), strict=False))


def _ngrams_as_lists(tokens: list[str], n: int) -> list[list[str]]:
    return [gram for i in range(len(tokens)) if len(gram := tokens[i : i + n]) == n]


ngrams = exercise(
    name="ngrams",
    points=1,
    lecture="003, n-grams",
    signature="ngrams(tokens, n)",
    draw=_tokens_and_n,
    edges=(
        Case((SWIMMER, 1)),
        Case((SWIMMER, 2)),
        Case((SWIMMER, 3)),
        Case((["a", "b", "a", "b", "a"], 2)),
        Case((["bon", "film"], 3)),
        Case(([], 2)),
    ),
    reference=_ngrams,
    misconceptions=(
        Misconception(
            "last one missing",
            _ngrams_last_missing,
            "How many pairs do two tokens form? At which position does the last n-gram of T tokens start?",
        ),
        Misconception(
            "incomplete at the end",
            _ngrams_incomplete_at_the_end,
            "Do all your n-grams have n tokens? At which position does the last one of T tokens start?",
        ),
        Misconception(
            "side by side",
            _ngrams_side_by_side,
            "May two n-grams share a token? By how much do you move from one to the next?",
        ),
        Misconception(
            "not contiguous",
            _ngrams_not_contiguous,
            "Do the tokens of an n-gram stand next to each other in the text? Do those of `combinations`?",
        ),
        Misconception(
            "all sizes up to n", _ngrams_all_sizes, "You collect shorter ones too. Which size is asked for here?"
        ),
        Misconception("always pairs", _ngrams_always_pairs, "What do you return for n = 1, and for n = 3?"),
        Misconception(
            "texts instead of tuples",
            _ngrams_as_texts,
            "If a token held a space, could you still tell the tokens apart? How do you keep them separate?",
        ),
        Misconception(
            "of characters",
            _ngrams_of_characters,
            "What are the items of your sequence: characters, or tokens?",
        ),
        Misconception(
            "each one once",
            _ngrams_each_once,
            "An n-gram that comes twice in the text: how often is it in your list?",
        ),
        Misconception(
            "order inside lost",
            _ngrams_sorted,
            "Are ('not', 'good') and ('good', 'not') the same bigram?",
        ),
        Misconception("one token too many", _ngrams_one_longer, "How many tokens does a bigram have? Count yours."),
    ),
    alternatives=(_ngrams_by_zip, _ngrams_by_window, _ngrams_by_tee, _ngrams_as_lists),
    forbidden=(
        "nltk.ngrams",
        "nltk.util.ngrams",
        "nltk.bigrams",
        "nltk.util.bigrams",
        "sklearn.feature_extraction.text.CountVectorizer",
        "numpy.lib.stride_tricks.sliding_window_view",
    ),
    formula="The n-grams of w_1 ... w_T are (w_i, ..., w_{i+n-1}) for i = 1 ... T - n + 1.",
    shapes="T tokens give a list of T - n + 1 tuples of n tokens, and an empty list if T < n.",
    worked="ngrams(['a', 'swimmer', 'likes'], 2) = [('a', 'swimmer'), ('swimmer', 'likes')]",
)
