"""Contiguous sequences of n tokens."""

from collections import deque
from itertools import combinations, islice, pairwise, tee

from tplib.exercises.tp5.integers import observers
from tplib.exercises.tp5.integers.common import exercise, tokens
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Grams = list[tuple[str, ...]]

SWIMMER = ["a", "swimmer", "likes", "swimming", "thus", "he", "swims"]


def _tokens_and_n(draw: Draw) -> Arguments:
    return tokens(draw, 1, 6), draw.choice((2, 1, 3, 4))


def _of_length(less: int) -> Drawn:
    """A text that is so many tokens shorter than n."""

    def drawn(draw: Draw) -> Arguments:
        n = draw.size(less + 1, 4)
        return tokens(draw, n - less, n - less), n

    return Drawn(drawn)


def _repeated(draw: Draw) -> Arguments:
    """A token that comes again in other company."""
    first, second, third = draw.choice((("a", "b", "c"), ("not", "bad", "good"), ("un", "été", "là")))
    return [second, first, third, first, second, third, first], draw.choice((2, 3))


@exercise(
    points=1,
    lecture="003, n-grams",
    concepts=(3,),
    draw=_tokens_and_n,
    edges=(
        Case((SWIMMER, 1)),
        Case((SWIMMER, 2)),
        Case((SWIMMER, 3)),
        Case((["a", "b", "a", "b", "a"], 2)),
        Case((["bon", "film"], 3)),
        Case((["bon"], 2)),
        Case(([], 2)),
        _of_length(0),
        _of_length(1),
        _of_length(2),
        Drawn(_repeated),
        Drawn(lambda draw: (tokens(draw, 6, 8), draw.choice((4, 5)))),
    ),
    observe=observers.grams,
    forbidden=(
        "nltk.ngrams",
        "nltk.util.ngrams",
        "nltk.bigrams",
        "nltk.util.bigrams",
        "sklearn.feature_extraction.text.CountVectorizer",
        "numpy.lib.stride_tricks.sliding_window_view",
    ),
)
def ngrams(tokens: list[str], n: int) -> Grams:
    """The n-grams of w_1 ... w_T are (w_i, ..., w_{i+n-1}) for i = 1 ... T - n + 1.

    shapes: T tokens give a list of T - n + 1 tuples of n tokens, and an empty list if T < n.
    worked: ngrams(['a', 'swimmer', 'likes'], 2) = [('a', 'swimmer'), ('swimmer', 'likes')]
    """
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


@ngrams.mistake("Which of a list and a tuple can be in a set? What makes one of the other?")
def lists_instead_of_tuples(tokens: list[str], n: int) -> list[list[str]]:
    return [list(gram) for gram in ngrams(tokens, n)]


@ngrams.mistake("For n = 1 your n-grams are texts. What does a tuple of one token look like?")
def tokens_instead_of_unigrams(tokens: list[str], n: int) -> Grams | list[str]:
    return list(tokens) if n == 1 else ngrams(tokens, n)


@ngrams.mistake("If the text has exactly n tokens, how many n-grams does it hold? `<` or `<=`?")
def text_of_n_tokens_left_out(tokens: list[str], n: int) -> Grams:
    return ngrams(tokens, n) if len(tokens) > n else []


@ngrams.mistake("How many tokens does an n-gram of a short text have? And how many n-grams does it hold?")
def short_text_as_a_whole(tokens: list[str], n: int) -> Grams:
    return ngrams(tokens, n) if len(tokens) >= n else [tuple(tokens)]


@ngrams.mistake("An n-gram holds tokens of the text. Who asked for padding?")
def padded_at_the_end(tokens: list[str], n: int) -> Grams:
    return ngrams([*tokens, *["<pad>"] * (n - 1)], n)


@ngrams.mistake("After the last token your n-grams go on with the first one. Do these stand next to each other?")
def circular(tokens: list[str], n: int) -> Grams:
    return [tuple(tokens[(i + k) % len(tokens)] for k in range(n)) for i in range(len(tokens))]


@ngrams.mistake("Is there an n-gram that starts with the first token? At which index does a list start?")
def first_one_missing(tokens: list[str], n: int) -> Grams:
    return ngrams(tokens, n)[1:]


@ngrams.mistake("In which order do your n-grams come? A text keeps its own.", name="n-grams sorted")
def n_grams_sorted(tokens: list[str], n: int) -> Grams:
    return sorted(ngrams(tokens, n))


@ngrams.mistake(
    "Read one of your n-grams aloud, and then the text. Which token comes first?", name="n-grams turned round"
)
def n_grams_turned_round(tokens: list[str], n: int) -> Grams:
    return [gram[::-1] for gram in ngrams(tokens, n)]


@ngrams.mistake("What do you return for n = 4?")
def trigrams_at_most(tokens: list[str], n: int) -> Grams:
    return ngrams(tokens, min(n, 3))


@ngrams.mistake("`tokens.index` finds the first place of a token. What if the token comes twice?")
def first_place_of_a_token(tokens: list[str], n: int) -> Grams:
    starts = [tokens.index(token) for token in tokens[: max(len(tokens) - n + 1, 0)]]
    return [tuple(tokens[i : i + n]) for i in starts]


@ngrams.mistake("How many pairs do two tokens form? At which position does the last n-gram of T tokens start?")
def last_one_missing(tokens: list[str], n: int) -> Grams:
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n)]


@ngrams.mistake("Do all your n-grams have n tokens? At which position does the last one of T tokens start?")
def incomplete_at_the_end(tokens: list[str], n: int) -> Grams:
    return [tuple(tokens[i : i + n]) for i in range(len(tokens))]


@ngrams.mistake("May two n-grams share a token? By how much do you move from one to the next?")
def side_by_side(tokens: list[str], n: int) -> Grams:
    return [tuple(tokens[i : i + n]) for i in range(0, len(tokens) - n + 1, n)]


@ngrams.mistake("Do the tokens of an n-gram stand next to each other in the text? Do those of `combinations`?")
def not_contiguous(tokens: list[str], n: int) -> Grams:
    return list(combinations(tokens, n))


@ngrams.mistake("You collect shorter ones too. Which size is asked for here?")
def all_sizes_up_to_n(tokens: list[str], n: int) -> Grams:
    return [gram for size in range(1, n + 1) for gram in ngrams(tokens, size)]


@ngrams.mistake("What do you return for n = 1, and for n = 3?")
def always_pairs(tokens: list[str], n: int) -> Grams:
    return list(pairwise(tokens))


@ngrams.mistake("If a token held a space, could you still tell the tokens apart? How do you keep them separate?")
def texts_instead_of_tuples(tokens: list[str], n: int) -> list[str]:
    return [" ".join(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


@ngrams.mistake("What are the items of your sequence: characters, or tokens?")
def of_characters(tokens: list[str], n: int) -> list[str]:
    text = " ".join(tokens)
    return [text[i : i + n] for i in range(len(text) - n + 1)]


@ngrams.mistake("An n-gram that comes twice in the text: how often is it in your list?")
def each_one_once(tokens: list[str], n: int) -> Grams:
    return list(dict.fromkeys(ngrams(tokens, n)))


@ngrams.mistake("Are ('not', 'good') and ('good', 'not') the same bigram?")
def order_inside_lost(tokens: list[str], n: int) -> Grams:
    return [tuple(sorted(gram)) for gram in ngrams(tokens, n)]


@ngrams.mistake("How many tokens does a bigram have? Count yours.")
def one_token_too_many(tokens: list[str], n: int) -> Grams:
    return ngrams(tokens, n + 1)


@ngrams.alternative
def by_zip(tokens: list[str], n: int) -> Grams:
    return list(zip(*(tokens[i:] for i in range(n)), strict=False))


@ngrams.alternative
def by_window(tokens: list[str], n: int) -> Grams:
    window: deque[str] = deque(maxlen=n)
    found = []
    for token in tokens:
        window.append(token)
        if len(window) == n:
            found.append(tuple(window))
    return found


@ngrams.alternative
def by_tee(tokens: list[str], n: int) -> Grams:
    return list(zip(*(islice(copy, i, None) for i, copy in enumerate(tee(tokens, n))), strict=False))


@ngrams.alternative
def by_length(tokens: list[str], n: int) -> Grams:
    return [tuple(gram) for i in range(len(tokens)) if len(gram := tokens[i : i + n]) == n]
