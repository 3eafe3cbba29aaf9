"""cbow_pairs: the words around each word, and the word itself."""

from functools import partial
from itertools import chain
from typing import Any

from tplib.exercises.tp8.word2vec.common import WORDS, Sentences, exercise, sentence
from tplib.exercises.tp8.word2vec.observers import bags_in_one_order
from tplib.exercises.tp8.word2vec.skipgram import LINE, different, numbers, usual, wide
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Bags = list[tuple[list[Any], Any]]


def _again(draw: Draw) -> Arguments:
    """A word that comes twice in one context, and next to itself."""
    first, second = draw.choice((("cat", "dog"), ("a", "the"), ("saw", "cat")))
    return [[first, second, first, first], [second, first]], draw.size(2, 3)


def _lonely(draw: Draw) -> Arguments:
    """Sentences of no word, of one, and of some."""
    return [[], sentence(draw, 2, 4), [draw.choice(WORDS)]], 2


def _zero(draw: Draw) -> Arguments:
    """A context that holds the word number 0 and nothing else."""
    word = draw.size(1, 9)
    return [[0, word], [word, 0, word]], 1


@exercise(
    points=1,
    lecture="003, Learn embeddings from context: CBoW",
    concepts=(42,),
    draw=usual,
    edges=(
        Case(([LINE], 2)),
        Drawn(partial(different, count=6, window=1)),
        Drawn(partial(different, count=7, window=2)),
        Drawn(partial(different, count=7, window=3)),
        Drawn(wide),
        Drawn(_again),
        Drawn(numbers),
        Drawn(_zero),
        Drawn(_lonely),
        Drawn(partial(usual, low=2, high=4)),
        Case(([], 2)),
    ),
    measure=bags_in_one_order,
    at_home=True,
)
def cbow_pairs(sentences: Sentences, window: int) -> Bags:
    """([all w_j of the same sentence with 1 <= |i - j| <= window], w_i), for each place i that has a context

    shapes: a list of sentences, each a list of words -> a list of pairs (list of contexts, centre)
    worked: [["a", "b", "c"]], window 1: ([b], a), ([a, c], b), ([b], c)
    """
    bags = []
    for words in sentences:
        for i, centre in enumerate(words):
            contexts = words[max(i - window, 0) : i] + words[i + 1 : i + window + 1]
            if contexts:
                bags.append((contexts, centre))
    return bags


def _where(sentences: Sentences, kept: Any) -> Bags:
    """The contexts at places j of each place i, of T words, for which kept(i, j, T)."""
    bags = []
    for words in sentences:
        T = len(words)
        for i, centre in enumerate(words):
            contexts = [words[j] for j in range(T) if i != j and kept(i, j, T)]
            if contexts:
                bags.append((contexts, centre))
    return bags


@cbow_pairs.alternative
def by_distance(sentences: Sentences, window: int) -> Bags:
    return _where(sentences, lambda i, j, T: abs(i - j) <= window)


@cbow_pairs.alternative
def nearest_first(sentences: Sentences, window: int) -> Any:
    """The order of a bag is free, and a tuple does as well as a list."""
    bags = []
    for words in sentences:
        for i, centre in enumerate(words):
            near = sorted((j for j in range(len(words)) if 0 < abs(i - j) <= window), key=lambda j: abs(i - j))
            bags.append((tuple(words[j] for j in near), centre))
    return [bag for bag in bags if bag[0]]


@cbow_pairs.mistake("Where does a `range`, or a slice, end? Is the word `window` places to the right a context?")
def right_window_one_short(sentences: Sentences, window: int) -> Bags:
    return _where(sentences, lambda i, j, T: -window <= j - i < window)


@cbow_pairs.mistake("Is the word `window` places to the left a context?")
def left_window_one_short(sentences: Sentences, window: int) -> Bags:
    return _where(sentences, lambda i, j, T: -window < j - i <= window)


@cbow_pairs.mistake("And the words after the centre?")
def words_before_only(sentences: Sentences, window: int) -> Bags:
    return _where(sentences, lambda i, j, T: 0 < i - j <= window)


@cbow_pairs.mistake("And the words before the centre?")
def words_after_only(sentences: Sentences, window: int) -> Bags:
    return _where(sentences, lambda i, j, T: 0 < j - i <= window)


@cbow_pairs.mistake("The word to be guessed: may it be among the words that guess it?")
def centre_among_its_contexts(sentences: Sentences, window: int) -> Bags:
    return [([*contexts, centre], centre) for contexts, centre in cbow_pairs(sentences, window)]


@cbow_pairs.mistake("Each pair is (contexts, centre). Which comes first in yours?")
def centre_first(sentences: Sentences, window: int) -> Any:
    return [(centre, contexts) for contexts, centre in cbow_pairs(sentences, window)]


@cbow_pairs.mistake("How many pairs has a sentence of five words: one for each word, or one for each context?")
def one_pair_for_each_context(sentences: Sentences, window: int) -> Any:
    return [(context, centre) for contexts, centre in cbow_pairs(sentences, window) for context in contexts]


@cbow_pairs.mistake("All contexts of a place go into one list. How many lists has a place in yours?")
def one_list_for_each_context(sentences: Sentences, window: int) -> Bags:
    return [([context], centre) for contexts, centre in cbow_pairs(sentences, window) for context in contexts]


@cbow_pairs.mistake("What does a word without any context teach? Such a place gives no pair.")
def empty_contexts_kept(sentences: Sentences, window: int) -> Bags:
    return [
        (words[max(i - window, 0) : i] + words[i + 1 : i + window + 1], words[i])
        for words in sentences
        for i in range(len(words))
    ]


@cbow_pairs.mistake("Has the first word of a sentence no context at all?")
def only_full_windows(sentences: Sentences, window: int) -> Bags:
    return _where(sentences, lambda i, j, T: abs(i - j) <= window and window <= i < T - window)


@cbow_pairs.mistake("Padding is no word. How many contexts has the first word of a sentence at window 2?")
def filled_up_with_padding(sentences: Sentences, window: int) -> Bags:
    bags = cbow_pairs(sentences, window)
    return [(contexts + ["<pad>"] * (2 * window - len(contexts)), centre) for contexts, centre in bags]


@cbow_pairs.mistake("The last word of one sentence and the first of the next: does a window reach across?")
def sentences_joined(sentences: Sentences, window: int) -> Bags:
    return cbow_pairs([list(chain.from_iterable(sentences))], window)  # type: ignore[no-any-return]


@cbow_pairs.mistake("A word that is twice in the window: how often is it in the bag?")
def contexts_without_repetition(sentences: Sentences, window: int) -> Bags:
    return [(list(dict.fromkeys(contexts)), centre) for contexts, centre in cbow_pairs(sentences, window)]


@cbow_pairs.mistake("Compare places, not words: the same word may come again within the window.")
def same_word_left_out(sentences: Sentences, window: int) -> Bags:
    bags = [([w for w in contexts if w != centre], centre) for contexts, centre in cbow_pairs(sentences, window)]
    return [bag for bag in bags if bag[0]]


@cbow_pairs.mistake("words[-1:2] is not words[0:2]. What does your slice give at the first word?")
def slice_from_a_negative_place(sentences: Sentences, window: int) -> Bags:
    bags = [
        (words[i - window : i] + words[i + 1 : i + window + 1], words[i])
        for words in sentences
        for i in range(len(words))
    ]
    return [bag for bag in bags if bag[0]]


@cbow_pairs.mistake("Where does `window` occur in your code?")
def whole_sentence_as_context(sentences: Sentences, window: int) -> Bags:
    return _where(sentences, lambda i, j, T: True)


@cbow_pairs.mistake("Which contexts has a centre at window 2: only those two places away?")
def only_at_the_full_distance(sentences: Sentences, window: int) -> Bags:
    return _where(sentences, lambda i, j, T: abs(i - j) == window)


@cbow_pairs.mistake("A `return` inside of a loop ends it. How many sentences do you read?")
def first_sentence_only(sentences: Sentences, window: int) -> Bags:
    return cbow_pairs(sentences[:1], window)  # type: ignore[no-any-return]


@cbow_pairs.mistake("`append` puts a list into a list, `extend` its entries. What should your list hold?")
def a_list_for_each_sentence(sentences: Sentences, window: int) -> Any:
    return [cbow_pairs([words], window) for words in sentences]


@cbow_pairs.mistake("How many words on each side: `window`, or half of it?")
def half_the_window_on_each_side(sentences: Sentences, window: int) -> Bags:
    return cbow_pairs(sentences, window // 2)  # type: ignore[no-any-return]


@cbow_pairs.mistake("What stands before the first word of a sentence? Does the text fill it up?")
def filled_up_at_the_ends(sentences: Sentences, window: int) -> Bags:
    bags = []
    for words in sentences:
        padded = [*[None] * window, *words, *[None] * window]
        for i, centre in enumerate(words):
            bags.append(([*padded[i : i + window], *padded[i + window + 1 : i + 2 * window + 1]], centre))
    return bags


@cbow_pairs.mistake("`any(contexts)` asks whether a word is true. Is the word number 0?")
def word_0_taken_for_none(sentences: Sentences, window: int) -> Bags:
    return [bag for bag in cbow_pairs(sentences, window) if any(bag[0])]


@cbow_pairs.mistake("One pair for each place. What becomes of a word that comes twice?")
def places_of_a_word_joined(sentences: Sentences, window: int) -> Bags:
    joined: dict[Any, list[Any]] = {}
    for contexts, centre in cbow_pairs(sentences, window):
        joined.setdefault(centre, []).extend(contexts)
    return [(contexts, centre) for centre, contexts in joined.items()]
