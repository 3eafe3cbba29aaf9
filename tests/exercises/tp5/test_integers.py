"""The exercises of 2_text_to_integers: references against independent truth, and verdicts on usual answers."""

import binascii
import itertools
import re
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib.exercises.tp5.integers import EXERCISES
from tplib.exercises.tp5.integers.common import WORDS
from tplib.graders import judge
from tplib.graders.draw import NumpyDraw

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}

few = settings(deadline=None, max_examples=30)
seeds = given(seed=st.integers(0, 2**32 - 1))
texts_of_tokens = st.lists(st.lists(st.sampled_from(WORDS), max_size=8), min_size=1, max_size=5)


def drawn(name: str, seed: int) -> tuple[Any, ...]:
    return BY_NAME[name].draw(NumpyDraw(np.random.default_rng(seed)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'été", "l' été"),
        ("J’ai vu qu'il n'y a rien", "j' ai vu qu' il n' y a rien"),
        ("Aujourd’hui, jusqu'au bout", "aujourd'hui , jusqu' au bout"),
        ("Lorsqu'on s'ennuie... puisqu’on t'aime", "lorsqu' on s' ennuie . . . puisqu' on t' aime"),
        ("C'est un chef-d'œuvre « rare »", "c' est un chef-d'œuvre « rare »"),
        ("Qu'est-ce que c'est ?", "qu' est-ce que c' est ?"),
        ("I don't know, it's 5 o'clock!", "i don't know , it's 5 o'clock !"),
        ("well-made - really", "well-made - really"),
        ("les amis' film", "les amis ' film"),
        ("ÉTÉ Œuvre NAÏVE", "été œuvre naïve"),
        ("👍 ok", "👍 ok"),
        ("3,5/5", "3 , 5 / 5"),
    ],
)
def test_tokenize_as_a_reader_would(text: str, expected: str) -> None:
    assert BY_NAME["tokenize"].reference(text) == expected.split()


@few
@given(st.text(alphabet="abéœ'’-.,! 1\n«»ljqu", max_size=30))
def test_tokenize_loses_nothing_but_spaces(text: str) -> None:
    tokens = BY_NAME["tokenize"].reference(text)
    assert "".join(tokens) == "".join(text.lower().replace("’", "'").split())
    assert all(token == token.lower() and not any(map(str.isspace, token)) for token in tokens)


@few
@given(texts_of_tokens, st.integers(1, 3))
def test_build_vocabulary_counts_as_scikit_learn_does(texts: list[list[str]], min_count: int) -> None:
    sklearn = pytest.importorskip("sklearn.feature_extraction.text")
    vocabulary = BY_NAME["build_vocabulary"].reference(texts, min_count)
    counts: dict[str, int] = {}
    if any(texts):
        vectorizer = sklearn.CountVectorizer(analyzer=lambda tokens: tokens)
        totals = vectorizer.fit_transform(texts).toarray().sum(axis=0)
        counts = {w: int(n) for w, n in zip(vectorizer.get_feature_names_out(), totals, strict=True) if n >= min_count}
    words = sorted(vocabulary, key=vocabulary.__getitem__)
    assert list(vocabulary.values()) == list(range(len(vocabulary)))
    assert words[:2] == ["<pad>", "<unk>"]
    assert set(words[2:]) == set(counts)
    for word, after in itertools.pairwise(words[2:]):
        assert counts[word] > counts[after] or (counts[word] == counts[after] and word < after)


@few
@seeds
def test_encode_gives_the_numbers_of_a_word_level_tokenizer(seed: int) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    tokens, vocabulary = drawn("encode", seed)
    theirs = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="<unk>"))
    assert BY_NAME["encode"].reference(tokens, vocabulary) == theirs.encode(tokens, is_pretokenized=True).ids


@few
@seeds
def test_decode_undoes_encode(seed: int) -> None:
    tokens, vocabulary = drawn("encode", seed)
    numbers = BY_NAME["encode"].reference(tokens, vocabulary)
    words = BY_NAME["decode"].reference([0, *numbers, 0, 0], vocabulary)
    assert words == [t if t in vocabulary else "<unk>" for t in tokens if t != "<pad>"]


@few
@given(shape=st.lists(st.integers(0, 4), min_size=1, max_size=3), seed=st.integers(0, 2**32 - 1))
def test_one_hot_equals_pytorch(shape: list[int], seed: int) -> None:
    torch = pytest.importorskip("torch")
    indices = np.random.default_rng(seed).integers(0, 6, shape)
    theirs = torch.nn.functional.one_hot(torch.from_numpy(indices), 6).numpy()
    np.testing.assert_array_equal(BY_NAME["one_hot"].reference(indices, 6), theirs)


def test_the_lectures_bigrams_and_trigrams() -> None:
    words = ["a", "swimmer", "likes", "swimming", "thus", "he", "swims"]
    ngrams = BY_NAME["ngrams"].reference
    assert [" ".join(gram) for gram in ngrams(words, 2)[:4]] == [
        "a swimmer",
        "swimmer likes",
        "likes swimming",
        "swimming thus",
    ]
    assert [" ".join(gram) for gram in ngrams(words, 3)[:3]] == [
        "a swimmer likes",
        "swimmer likes swimming",
        "likes swimming thus",
    ]


def scikit_learns_grams(tokens: list[str], low: int, high: int) -> list[str]:
    text = pytest.importorskip("sklearn.feature_extraction.text")
    analyse = text.CountVectorizer(
        tokenizer=str.split, token_pattern=None, lowercase=False, ngram_range=(low, high)
    ).build_analyzer()
    return list(analyse(" ".join(tokens)))


@few
@seeds
def test_ngrams_equal_scikit_learns(seed: int) -> None:
    tokens, n = drawn("ngrams", seed)
    assert [" ".join(gram) for gram in BY_NAME["ngrams"].reference(tokens, n)] == scikit_learns_grams(tokens, n, n)


@few
@seeds
def test_hashed_bag_counts_the_remainders_of_scikit_learns_grams(seed: int) -> None:
    tokens, num_buckets, n = drawn("hashed_bag", seed)
    codes = [binascii.crc32(gram.encode("utf-8")) % num_buckets for gram in scikit_learns_grams(tokens, 1, n)]
    ours = BY_NAME["hashed_bag"].reference(tokens, num_buckets, n)
    np.testing.assert_array_equal(ours, np.bincount(codes, minlength=num_buckets))


def test_hashed_bag_is_the_same_in_another_process() -> None:
    code = (
        "from tplib.exercises.tp5.integers import hashed_bag; "
        "print(hashed_bag.reference(['un', 'été', 'un'], 16).nonzero()[0].tolist())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {f"{BY_NAME['hashed_bag'].reference(['un', 'été', 'un'], 16).nonzero()[0].tolist()}\n"}


@pytest.mark.usefixtures("no_shrinking")
def test_which_mistakes_are_partly_right() -> None:
    for exercise in EXERCISES:
        for m in exercise.misconceptions:
            partly = m.name == "one axis only"
            assert judge.judge(exercise, m.candidate, 0).score == (0.5 if partly else 0)


@pytest.mark.parametrize(
    ("name", "answer", "score", "misconception"),
    [
        ("one_hot", lambda indices, num_classes: np.eye(num_classes, dtype=np.int64)[indices], 1, None),
        ("one_hot", lambda indices, num_classes: np.eye(num_classes)[indices].tolist(), 0, "list instead of array"),
        ("encode", lambda tokens, vocabulary: [vocabulary[t] for t in tokens], 0, "unknown words not expected"),
        ("tokenize", lambda text: text.lower().split(), 0, None),
        ("tokenize", lambda text: re.findall(r"\w+", text.lower()), 0, "only runs of letters"),
    ],
)
@pytest.mark.usefixtures("no_shrinking")
def test_as_students_write_them(name: str, answer: Any, score: float, misconception: str) -> None:
    verdict = judge.judge(BY_NAME[name], answer, 0)
    assert (verdict.score, verdict.misconception) == (score, misconception)
