"""The exercises of TP8-HFTrain/1_word2vec: references against a direct reading of their definition, and PyTorch."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from tplib.exercises.tp8.word2vec import EXERCISES
from tplib.graders.draw import NumpyDraw
from tplib.nn.embedding.skipgram import skip_gram_pairs

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}
seeds = pytest.mark.parametrize("seed", range(8))


def drawn(name: str, seed: int) -> Any:
    return BY_NAME[name].draw(NumpyDraw(np.random.default_rng(seed)))


def reference(name: str, *args: Any) -> Any:
    return BY_NAME[name].reference(*args)


@seeds
def test_skipgram_pairs_are_those_of_tplib_nn(seed: int) -> None:
    sentences, window = drawn("skipgram_pairs", seed)
    words = sorted({word for sentence in sentences for word in sentence})
    numbers = [np.array([words.index(word) for word in sentence], np.int64) for sentence in sentences]
    centres, contexts = skip_gram_pairs(numbers, window)
    expected = Counter((words[i], words[j]) for i, j in zip(centres, contexts, strict=True))
    assert Counter(reference("skipgram_pairs", sentences, window)) == expected


def test_the_pairs_of_the_lectures_sentence() -> None:
    """T words at window w <= T: 2 w T - w (w + 1) pairs; each pair also the other way round."""
    line = ["the", "carrot", "is", "a", "root", "vegetable", "usually", "orange"]
    for w in range(1, 9):
        pairs = reference("skipgram_pairs", [line], w)
        assert len(pairs) == len(set(pairs)) == 2 * w * 8 - w * (w + 1)
        assert {(b, a) for a, b in pairs} == set(pairs)
