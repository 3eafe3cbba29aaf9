"""A bag of n-grams in a fixed number of buckets."""

from collections import Counter
from zlib import adler32, crc32

import numpy as np

from tplib.exercises.tp5.integers import observers
from tplib.exercises.tp5.integers.common import exercise, tokens
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _case(draw: Draw) -> Arguments:
    return tokens(draw, 1, 6), draw.choice((5, 2, 7, 16, 64)), draw.choice((2, 1, 3))


def _short(draw: Draw) -> Arguments:
    """Fewer tokens than n."""
    return tokens(draw, 1, 2), draw.choice((16, 7, 64)), draw.choice((3, 4))


def _many(draw: Draw) -> Arguments:
    """More than 255 of one n-gram."""
    word = draw.choice(("a", "été", "bon"))
    return [word] * draw.size(300, 320), draw.choice((5, 7)), 2


def _of_size(n: int) -> Drawn:
    return Drawn(lambda draw: (tokens(draw, 5, 8), draw.choice((64, 50)), n))


def _grams(tokens: list[str], n: int) -> list[str]:
    return [" ".join(tokens[i : i + size]) for size in range(1, n + 1) for i in range(len(tokens) - size + 1)]


def _buckets(grams: list[str], num_buckets: int) -> Array:
    bag = np.zeros(num_buckets)
    for gram in grams:
        bag[crc32(gram.encode()) % num_buckets] += 1
    return bag


@exercise(
    points=3,
    lecture="003, Embedding for text classification: adding bigrams/trigrams (bag of tricks)",
    concepts=(3,),
    draw=_case,
    edges=(
        Case((["not", "good", "not", "bad"], 8)),
        Case((["bon", "film"], 16, 1)),
        Case((["un", "été", "à", "l'", "œuvre"], 32, 3)),
        Case((["a", "b", "a", "b", "a"], 64, 2)),
        Case((["a", "b", "c"], 1, 2)),
        Drawn(_short),
        Drawn(_many),
        *map(_of_size, (1, 2, 3)),
    ),
    observe=observers.as_float,
    forbidden=(
        "sklearn.feature_extraction.text.HashingVectorizer",
        "sklearn.feature_extraction.FeatureHasher",
    ),
)
def hashed_bag(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    """For each n-gram of 1 ... n tokens, joined by spaces: bucket `zlib.crc32(gram.encode()) % num_buckets` gets one
    more.

    shapes: The result is an array (num_buckets,), whatever the length of the text. It sums to the number of n-grams.
    worked: For ['a', 'b'] and n = 2 the n-grams are 'a', 'b' and 'a b': three counts, in at most three buckets
    """
    return _buckets(_grams(tokens, n), num_buckets)


@hashed_bag.mistake(
    "Are your bags of 'not good' and 'good not' different? Where are the n-grams of more than one word?"
)
def words_only(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return _buckets(tokens, num_buckets)


@hashed_bag.mistake("For n = 2 the bag holds words and pairs. Where are your words?", name="longest n-grams only")
def longest_n_grams_only(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return _buckets([gram for gram in _grams(tokens, n) if gram.count(" ") == n - 1], num_buckets)


@hashed_bag.mistake(
    "For n = 2 the bag holds words and pairs. At which number does a `range` end?", name="n-grams of n tokens left out"
)
def n_grams_of_n_tokens_left_out(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return _buckets(_grams(tokens, n - 1), num_buckets)


@hashed_bag.mistake(
    "How many tokens does the shortest n-gram have? What do you count for size 0?", name="n-grams of no token"
)
def n_grams_of_no_token(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return _buckets([*[""] * (len(tokens) + 1), *_grams(tokens, n)], num_buckets)


@hashed_bag.mistake(
    "How many tokens do your longest n-grams have? `n` says how many they may have.", name="n-grams of all sizes"
)
def n_grams_of_all_sizes(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return _buckets(_grams(tokens, len(tokens)), num_buckets)


@hashed_bag.mistake("A text of two words has no trigram. Has it words?")
def short_text_left_empty(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return _buckets(_grams(tokens, n) if len(tokens) >= n else [], num_buckets)


@hashed_bag.mistake("What changes in your function when n is 1, or 3?")
def always_words_and_pairs(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return _buckets(_grams(tokens, 2), num_buckets)


@hashed_bag.mistake("A bucket that is hit three times: what does it hold?")
def presence_instead_of_counts(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return np.minimum(hashed_bag(tokens, num_buckets, n), 1)


@hashed_bag.mistake("A word that comes twice in the text: how often is it counted?", name="each n-gram once")
def each_n_gram_once(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return _buckets(sorted(set(_grams(tokens, n))), num_buckets)


@hashed_bag.mistake(
    "Python's `hash` of a text is another one in each process. Would a saved model still find its buckets?",
    name="Python's hash",
)
def python_s_hash(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    bag = np.zeros(num_buckets)
    for gram in _grams(tokens, n):
        bag[hash(gram) % num_buckets] += 1
    return bag


@hashed_bag.mistake("Your buckets come from another function than `zlib.crc32`. Which one?")
def another_hash(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    bag = np.zeros(num_buckets)
    for gram in _grams(tokens, n):
        bag[adler32(gram.encode()) % num_buckets] += 1
    return bag


@hashed_bag.mistake(
    "Joined without a space, ('a', 'part') falls on 'apart'. What stands between the words of an n-gram?"
)
def words_run_together(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return _buckets([gram.replace(" ", "") for gram in _grams(tokens, n)], num_buckets)


@hashed_bag.mistake("The text of an n-gram is its tokens joined by *one space*. What joins yours?")
def words_joined_by_an_underscore(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return _buckets([gram.replace(" ", "_") for gram in _grams(tokens, n)], num_buckets)


@hashed_bag.mistake("What does `str` make of a tuple? The text of an n-gram is its tokens joined by one space.")
def text_of_the_tuple(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return _buckets([str(tuple(gram.split(" "))) for gram in _grams(tokens, n)], num_buckets)


@hashed_bag.mistake("What are the items of your n-grams: characters, or tokens?")
def of_characters(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    text = " ".join(tokens)
    return _buckets([text[i : i + k] for k in range(1, n + 1) for i in range(len(text) - k + 1)], num_buckets)


@hashed_bag.mistake("`.encode()` gives the bytes of UTF-8. Which encoding do you use?", name="Latin-1 bytes")
def latin_1_bytes(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    bag = np.zeros(num_buckets)
    for gram in _grams(tokens, n):
        bag[crc32(gram.encode("latin-1", "replace")) % num_buckets] += 1
    return bag


@hashed_bag.mistake("Do 'été' and 't' share a bucket in your bag? Which encoding keeps all letters?")
def accents_lost(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    grams = [gram.encode("ascii", "ignore").decode() for gram in _grams(tokens, n)]
    return _buckets(grams, num_buckets)


@hashed_bag.mistake("To what do your buckets sum? Is a mean asked for here?")
def shares_instead_of_counts(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    bag = hashed_bag(tokens, num_buckets, n)
    return bag / bag.sum() if bag.any() else bag


@hashed_bag.mistake(
    "You return where the n-grams fall. How many entries must the result have, however long the text is?"
)
def list_of_buckets(tokens: list[str], num_buckets: int, n: int = 2) -> list[int]:
    return [crc32(gram.encode()) % num_buckets for gram in _grams(tokens, n)]


@hashed_bag.mistake("You return a dictionary. How long must the result be, and where do the zeros stand?")
def a_dictionary(tokens: list[str], num_buckets: int, n: int = 2) -> dict[int, int]:
    return dict(Counter(crc32(gram.encode()) % num_buckets for gram in _grams(tokens, n)))


@hashed_bag.mistake("How many entries has your result if the last buckets are empty? What does `minlength` do?")
def length_taken_from_the_buckets(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return np.bincount([crc32(gram.encode()) % num_buckets for gram in _grams(tokens, n)])


@hashed_bag.mistake(
    "Does an n-gram ever fall into your last bucket? The remainder is taken modulo the number of buckets."
)
def last_bucket_never_used(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return np.append(_buckets(_grams(tokens, n), max(num_buckets - 1, 1)), np.zeros(min(num_buckets - 1, 1)))


@hashed_bag.mistake("Can a count be negative? Where does your sign come from?")
def counts_with_a_sign(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    bag = np.zeros(num_buckets)
    for gram in _grams(tokens, n):
        bag[crc32(gram.encode()) % num_buckets] += 1 if crc32(gram.encode()) >= 2**31 else -1
    return bag


@hashed_bag.mistake("What comes after 255 in an array of `uint8`? An n-gram may come more often than that.")
def counts_of_one_byte(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return hashed_bag(tokens, num_buckets, n).astype(np.uint8)


@hashed_bag.mistake("A remainder modulo B lies in 0 ... B - 1. How many buckets is that?")
def one_bucket_too_many(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    return np.concatenate([np.zeros(1), hashed_bag(tokens, num_buckets, n)])


@hashed_bag.alternative
def bag_by_bincount(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    codes = [crc32(bytes(gram, "utf-8")) % num_buckets for gram in _grams(tokens, n)]
    return np.bincount(np.array(codes, dtype=int), minlength=num_buckets)


@hashed_bag.alternative
def bag_by_counter(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    counts = Counter(
        " ".join(gram) for k in range(n) for gram in zip(*(tokens[i:] for i in range(k + 1)), strict=False)
    )
    bag = np.zeros(num_buckets, dtype=np.int64)
    for gram, count in counts.items():
        bag[crc32(gram.encode("utf-8")) % num_buckets] += count
    return bag


@hashed_bag.alternative
def bag_by_add_at(tokens: list[str], num_buckets: int, n: int = 2) -> Array:
    bag = np.zeros(num_buckets, dtype=np.float32)
    for start in range(len(tokens)):
        ends = range(start + 1, min(start + n, len(tokens)) + 1)
        np.add.at(bag, [crc32(" ".join(tokens[start:end]).encode()) % num_buckets for end in ends], 1)
    return bag
