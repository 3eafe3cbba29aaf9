"""Number the words of a corpus."""

from collections import Counter
from itertools import chain

from tplib.exercises.tp5.integers.common import exercise, tokens
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Texts = list[list[str]]


def _corpus(draw: Draw) -> Arguments:
    return [tokens(draw, 0, 6) for _ in range(draw.size(1, 4))], draw.choice((1, 2, 3))


def _build_vocabulary(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    frequent = [token for token, count in counts.items() if count >= min_count]
    ranked = sorted(frequent, key=lambda token: (-counts[token], token))
    return {token: i for i, token in enumerate(["<pad>", "<unk>", *ranked])}


def _numbered(ranked: list[str]) -> dict[str, int]:
    return {token: i for i, token in enumerate(["<pad>", "<unk>", *ranked])}


def _vocabulary_no_special(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    ranked = sorted(counts, key=lambda token: (-counts[token], token))
    return {token: i for i, token in enumerate(t for t in ranked if counts[t] >= min_count)}


def _vocabulary_special_exchanged(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return {**_build_vocabulary(texts, min_count), "<unk>": 0, "<pad>": 1}


def _vocabulary_special_overwritten(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return {"<pad>": 0, "<unk>": 1, **_vocabulary_no_special(texts, min_count)}


def _vocabulary_special_last(texts: Texts, min_count: int = 1) -> dict[str, int]:
    words = _vocabulary_no_special(texts, min_count)
    return {**words, "<pad>": len(words), "<unk>": len(words) + 1}


def _vocabulary_rare_kept(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return _build_vocabulary(texts)


def _vocabulary_strictly_more(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return _build_vocabulary(texts, min_count + 1)


def _vocabulary_rarest_first(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    ranked = sorted(counts, key=lambda token: (counts[token], token))
    return _numbered([token for token in ranked if counts[token] >= min_count])


def _vocabulary_ties_by_appearance(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    return _numbered([token for token, count in counts.most_common() if count >= min_count])


def _vocabulary_ties_reversed(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    ranked = sorted(counts, key=lambda token: (counts[token], token), reverse=True)
    return _numbered([token for token in ranked if counts[token] >= min_count])


def _vocabulary_alphabetical(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    return _numbered(sorted(token for token in counts if counts[token] >= min_count))


def _vocabulary_by_appearance(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    return _numbered([token for token in counts if counts[token] >= min_count])


def _vocabulary_counts(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    return {"<pad>": 0, "<unk>": 1, **{token: count for token, count in counts.items() if count >= min_count}}


def _vocabulary_texts_counted(texts: Texts, min_count: int = 1) -> dict[str, int]:
    return _build_vocabulary([sorted(set(text)) for text in texts], min_count)


def _vocabulary_list(texts: Texts, min_count: int = 1) -> list[str]:
    return list(_build_vocabulary(texts, min_count))


def _vocabulary_turned_round(texts: Texts, min_count: int = 1) -> dict[int, str]:
    return {i: token for token, i in _build_vocabulary(texts, min_count).items()}


def _vocabulary_by_loop(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts: dict[str, int] = {}
    for text in texts:
        for token in text:
            counts[token] = counts.get(token, 0) + 1
    vocabulary = {"<pad>": 0, "<unk>": 1}
    for token in sorted(sorted(counts), key=counts.__getitem__, reverse=True):
        if counts[token] >= min_count:
            vocabulary[token] = len(vocabulary)
    return vocabulary


def _vocabulary_by_most_common(texts: Texts, min_count: int = 1) -> dict[str, int]:
    counts = Counter(sorted(chain.from_iterable(texts)))
    kept = [token for token, count in counts.most_common() if count >= min_count]
    return dict(zip(["<pad>", "<unk>", *kept], range(len(kept) + 2), strict=True))


def _vocabulary_by_pairs(texts: Texts, min_count: int = 1) -> dict[str, int]:
    words = list(chain.from_iterable(texts))
    pairs = sorted((-words.count(word), word) for word in set(words) if words.count(word) >= min_count)
    return {"<pad>": 0, "<unk>": 1, **{word: i for i, (_, word) in enumerate(pairs, start=2)}}


build_vocabulary = exercise(
    name="build_vocabulary",
    points=2,
    lecture="003, Word representation: large vocabulary of possible words",
    signature="build_vocabulary(texts, min_count=1)",
    draw=_corpus,
    edges=(
        Case(([["b", "a", "b"], ["c", "a", "b"]],)),
        Case(([["film", "bon", "film"], ["un", "bon", "été"], ["film"]], 2)),
        Case(([["z", "z", "z", "z"], ["b", "a", "z"], ["a", "b", "y"], ["a", "z"]], 3)),
        Case(([["c", "y", "x"], ["x", "y", "b"]], 1)),
        Case(([["d", "a", "a", "a", "b"], ["b"], ["b", "c"]], 2)),
        Case(([[]], 1)),
    ),
    reference=_build_vocabulary,
    misconceptions=(
        Misconception(
            "<pad> and <unk> missing",
            _vocabulary_no_special,
            "Which numbers will padding and unknown words get? Are 0 and 1 still free?",
        ),
        Misconception(
            "<pad> and <unk> exchanged",
            _vocabulary_special_exchanged,
            "Which one is 0 and which one is 1 in the text of the exercise?",
        ),
        Misconception(
            "two words with one number",
            _vocabulary_special_overwritten,
            "Which word of your vocabulary has number 0, besides `<pad>`? At which number do the words start?",
        ),
        Misconception(
            "<pad> and <unk> last",
            _vocabulary_special_last,
            "If the vocabulary grows, will the number of your padding change?",
        ),
        Misconception("min_count ignored", _vocabulary_rare_kept, "Which words should `min_count=2` leave out?"),
        Misconception(
            "more often than min_count",
            _vocabulary_strictly_more,
            "A word that occurs exactly `min_count` times: is it in or out? `>` or `>=`?",
        ),
        Misconception(
            "rarest word first",
            _vocabulary_rarest_first,
            "Which words get the small numbers, the frequent or the rare ones? In which order does `sorted` sort?",
        ),
        Misconception(
            "ties in order of appearance",
            _vocabulary_ties_by_appearance,
            "Two words occur equally often: which one comes first? `most_common` keeps the order of appearance.",
        ),
        Misconception(
            "ties in reversed order",
            _vocabulary_ties_reversed,
            "`reverse=True` turns both rules round. Of two words equally frequent, which should come first?",
        ),
        Misconception(
            "alphabetical order",
            _vocabulary_alphabetical,
            "The most frequent word gets number 2. Where does your order use the counts?",
        ),
        Misconception(
            "order of appearance",
            _vocabulary_by_appearance,
            "The most frequent word gets number 2. Where does your order use the counts?",
        ),
        Misconception(
            "counts instead of numbers",
            _vocabulary_counts,
            "Can two words have the same number? Your numbers are counts.",
        ),
        Misconception(
            "texts counted, not words",
            _vocabulary_texts_counted,
            "A word that comes three times in one text: how often have you counted it?",
        ),
        Misconception(
            "list of words", _vocabulary_list, "How do you find the number of a word in a list, and how fast?"
        ),
        Misconception(
            "numbers to words", _vocabulary_turned_round, "Will you look up words and find numbers, or the reverse?"
        ),
    ),
    alternatives=(_vocabulary_by_loop, _vocabulary_by_most_common, _vocabulary_by_pairs),
    forbidden=("torchtext.vocab.build_vocab_from_iterator", "sklearn.feature_extraction.text.CountVectorizer"),
    formula="0 for `<pad>`, 1 for `<unk>`, then 2, 3, ... for the words with count >= min_count, sorted by "
    "(-count, word).",
    shapes="`texts` is a list of lists of tokens; the result is a dictionary from token to whole number, 0 ... V - 1.",
    worked="[['b', 'a', 'b'], ['c', 'a', 'b']]: b 3 times, a 2, c 1, so "
    "{'<pad>': 0, '<unk>': 1, 'b': 2, 'a': 3, 'c': 4}",
)
