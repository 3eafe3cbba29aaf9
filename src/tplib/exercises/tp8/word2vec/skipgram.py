"""skipgram_pairs: every word with each word around it."""

from functools import partial
from itertools import chain
from typing import Any

import numpy as np

from tplib.exercises.tp8.word2vec.common import WORDS, Sentences, exercise, sentence
from tplib.exercises.tp8.word2vec.observers import in_one_order
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Pairs = list[tuple[Any, Any]]
LINE = ["the", "carrot", "is", "a", "root", "vegetable"]
SEVEN = ("the", "carrot", "is", "a", "root", "vegetable", "orange")


def usual(draw: Draw, low: int = 0, high: int = 6) -> Arguments:
    return [sentence(draw, low, high) for _ in range(draw.size(1, 3))], draw.size(1, 3)


def different(draw: Draw, count: int, window: int) -> Arguments:
    """One sentence of different words, in another order for each seed."""
    start = draw.size(0, len(SEVEN) - 1)
    return [[*SEVEN[start:], *SEVEN[:start]][:count]], window


def wide(draw: Draw) -> Arguments:
    """A window that reaches beyond both ends."""
    return [sentence(draw, 3, 4)], draw.size(5, 7)


def _again(draw: Draw) -> Arguments:
    """A word that comes twice within the window."""
    first, second = draw.choice((("cat", "dog"), ("a", "the"), ("saw", "cat")))
    return [[first, second, first, first], [second, first]], draw.size(1, 3)


def numbers(draw: Draw) -> Arguments:
    """Words as numbers, the 0 among them."""
    return [[0, *sentence(draw, 2, 4, (1, 2, 3)), 0], sentence(draw, 1, 4, (0, 1, 2, 3))], draw.size(1, 3)


@exercise(
    points=1,
    lecture="003, Learn embeddings from context: Skip Gram",
    concepts=(42,),
    draw=usual,
    edges=(
        Case(([LINE], 2)),
        Drawn(partial(different, count=6, window=1)),
        Drawn(partial(different, count=7, window=2)),
        Drawn(partial(different, count=7, window=3)),
        Drawn(wide),
        Drawn(_again),
        Drawn(partial(usual, low=2, high=4)),
        Drawn(numbers),
        Drawn(lambda draw: ([[], sentence(draw, 2, 4), [draw.choice(WORDS)]], 2)),
        Case(([[], ["cat"]], 2)),
        Case(([], 2)),
    ),
    measure=in_one_order,
)
def skipgram_pairs(sentences: Sentences, window: int) -> Pairs:
    """(w_i, w_j) for all places i and j of one sentence with 1 <= |i - j| <= window

    shapes: a list of sentences, each a list of words -> a list of pairs (centre, context)
    worked: [["a", "b", "c"]], window 1: (a, b), (b, a), (b, c), (c, b)
    """
    return [
        (centre, words[j])
        for words in sentences
        for i, centre in enumerate(words)
        for j in range(max(i - window, 0), min(i + window + 1, len(words)))
        if j != i
    ]


@skipgram_pairs.alternative
def distance_by_distance(sentences: Sentences, window: int) -> Pairs:
    pairs = []
    for words in sentences:
        for distance in range(1, window + 1):
            neighbours = list(zip(words, words[distance:], strict=False))
            pairs += neighbours + [(right, left) for left, right in neighbours]
    return pairs


@skipgram_pairs.alternative
def by_slices(sentences: Sentences, window: int) -> Pairs:
    pairs = []
    for words in sentences:
        for i in range(len(words)):
            for context in words[max(i - window, 0) : i] + words[i + 1 : i + window + 1]:
                pairs.append((words[i], context))
    return pairs


@skipgram_pairs.alternative
def exchanged(sentences: Sentences, window: int) -> Pairs:
    """Over windows of the same width on both sides, (b, a) is there exactly as often as (a, b)."""
    return [(context, centre) for centre, context in by_slices(sentences, window)]


@skipgram_pairs.alternative
def by_a_table_of_distances(sentences: Sentences, window: int) -> Pairs:
    pairs = []
    for words in sentences:
        places = np.arange(len(words))
        distances = np.abs(places[:, None] - places)
        for i, j in np.argwhere((distances > 0) & (distances <= window)):
            pairs.append([words[i], words[j]])
    return pairs  # type: ignore[return-value]


def _where(sentences: Sentences, kept: Any) -> Pairs:
    """The pairs of places i, j of a sentence of T words for which kept(i, j, T)."""
    pairs = []
    for words in sentences:
        T = len(words)
        pairs += [(words[i], words[j]) for i in range(T) for j in range(T) if i != j and kept(i, j, T)]
    return pairs


@skipgram_pairs.mistake("Where does a `range`, or a slice, end? Is the word `window` places to the right a context?")
def right_window_one_short(sentences: Sentences, window: int) -> Pairs:
    return _where(sentences, lambda i, j, T: -window <= j - i < window)


@skipgram_pairs.mistake("Is the word `window` places to the left a context?")
def left_window_one_short(sentences: Sentences, window: int) -> Pairs:
    return _where(sentences, lambda i, j, T: -window < j - i <= window)


@skipgram_pairs.mistake("At window 1, which words are contexts of the second one of three? How many do you find?")
def both_sides_one_short(sentences: Sentences, window: int) -> Pairs:
    return skipgram_pairs(sentences, window - 1)  # type: ignore[no-any-return]


@skipgram_pairs.mistake("Is a word that is `window` + 1 places away still a context?")
def one_too_far(sentences: Sentences, window: int) -> Pairs:
    return skipgram_pairs(sentences, window + 1)  # type: ignore[no-any-return]


@skipgram_pairs.mistake("And the words before the centre?")
def words_after_only(sentences: Sentences, window: int) -> Pairs:
    return _where(sentences, lambda i, j, T: 0 < j - i <= window)


@skipgram_pairs.mistake("And the words after the centre?")
def words_before_only(sentences: Sentences, window: int) -> Pairs:
    return _where(sentences, lambda i, j, T: 0 < i - j <= window)


@skipgram_pairs.mistake("Is a word at its own place a context of itself?")
def word_as_its_own_context(sentences: Sentences, window: int) -> Pairs:
    return by_slices(sentences, window) + [(word, word) for words in sentences for word in words]


@skipgram_pairs.mistake("A negative index counts from the end. Is the last word a context of the first?")
def window_around_the_end(sentences: Sentences, window: int) -> Pairs:
    pairs = []
    for words in sentences:
        for i in range(len(words)):
            steps = (step for step in range(-window, window + 1) if step and i + step < len(words))
            pairs += [(words[i], words[i + step]) for step in steps if -len(words) <= i + step]
    return pairs


@skipgram_pairs.mistake("Does the window also turn round from the last word to the first?")
def sentence_as_a_ring(sentences: Sentences, window: int) -> Pairs:
    steps = [step for step in range(-window, window + 1) if step]
    return [
        (word, words[(i + step) % len(words)]) for words in sentences for i, word in enumerate(words) for step in steps
    ]


@skipgram_pairs.mistake("words[-1:2] is not words[0:2]. What does your slice give at the first word?")
def slice_from_a_negative_place(sentences: Sentences, window: int) -> Pairs:
    pairs = []
    for words in sentences:
        for i in range(len(words)):
            pairs += [(words[i], context) for context in words[i - window : i] + words[i + 1 : i + window + 1]]
    return pairs


@skipgram_pairs.mistake("The last word of one sentence and the first of the next: does a window reach across?")
def sentences_joined(sentences: Sentences, window: int) -> Pairs:
    return skipgram_pairs([list(chain.from_iterable(sentences))], window)  # type: ignore[no-any-return]


@skipgram_pairs.mistake("A pair that comes three times in the text: how often should it be in the list?")
def each_pair_once(sentences: Sentences, window: int) -> Pairs:
    return list(dict.fromkeys(skipgram_pairs(sentences, window)))


@skipgram_pairs.mistake("Compare places, not words: the same word may come again within the window.")
def same_word_left_out(sentences: Sentences, window: int) -> Pairs:
    return [(centre, context) for centre, context in skipgram_pairs(sentences, window) if centre != context]


@skipgram_pairs.mistake("`index` gives the first place of a word. And when the word comes twice?")
def first_place_of_a_word(sentences: Sentences, window: int) -> Pairs:
    pairs = []
    for words in sentences:
        for word in words:
            i = words.index(word)
            pairs += [(word, words[j]) for j in range(max(i - window, 0), min(i + window + 1, len(words))) if j != i]
    return pairs


@skipgram_pairs.mistake("How many words on each side: `window`, or half of it?")
def half_the_window_on_each_side(sentences: Sentences, window: int) -> Pairs:
    return skipgram_pairs(sentences, window // 2)  # type: ignore[no-any-return]


@skipgram_pairs.mistake("Which contexts has a centre at window 2: only those two places away?")
def only_at_the_full_distance(sentences: Sentences, window: int) -> Pairs:
    return _where(sentences, lambda i, j, T: abs(i - j) == window)


@skipgram_pairs.mistake("Has the first word of a sentence no context at all?")
def only_full_windows(sentences: Sentences, window: int) -> Pairs:
    return _where(sentences, lambda i, j, T: abs(i - j) <= window and window <= i < T - window)


@skipgram_pairs.mistake("Where does `window` occur in your code?")
def whole_sentence_as_context(sentences: Sentences, window: int) -> Pairs:
    return _where(sentences, lambda i, j, T: True)


@skipgram_pairs.mistake("One pair for each context: (centre, context), not (centre, all its contexts).")
def centre_with_all_its_contexts(sentences: Sentences, window: int) -> Any:
    return [
        (words[i], words[max(i - window, 0) : i] + words[i + 1 : i + window + 1])
        for words in sentences
        for i in range(len(words))
    ]


@skipgram_pairs.mistake("`append` puts a list into a list, `extend` its entries. What should your list hold?")
def a_list_for_each_sentence(sentences: Sentences, window: int) -> Any:
    return [skipgram_pairs([words], window) for words in sentences]


@skipgram_pairs.mistake("A `return` inside of a loop ends it. How many sentences do you read?")
def first_sentence_only(sentences: Sentences, window: int) -> Pairs:
    return skipgram_pairs(sentences[:1], window)  # type: ignore[no-any-return]


@skipgram_pairs.mistake("The number 0 is a word like any other. What does `if word` say of it?")
def word_number_0_left_out(sentences: Sentences, window: int) -> Pairs:
    return [(centre, context) for centre, context in skipgram_pairs(sentences, window) if centre and context]
