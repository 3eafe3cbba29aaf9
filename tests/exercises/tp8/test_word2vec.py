"""The exercises of TP8-HFTrain/1_word2vec: references against a direct reading of their definition, and PyTorch."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from tplib.exercises.tp8.word2vec import EXERCISES
from tplib.graders.draw import NumpyDraw
from tplib.nn.embedding.skipgram import context_windows, skip_gram_pairs
from tplib.nn.losses.negative_sampling import NoiseSampler

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


@seeds
def test_cbow_pairs_are_the_windows_of_tplib_nn(seed: int) -> None:
    sentences, window = drawn("cbow_pairs", seed)
    words = sorted({word for sentence in sentences for word in sentence})
    numbers = [np.array([words.index(word) for word in sentence], np.int64) for sentence in sentences]
    centres, contexts = context_windows(numbers, window)
    rows = [([words[j] for j in row if j >= 0], words[centre]) for centre, row in zip(centres, contexts, strict=True)]
    assert reference("cbow_pairs", sentences, window) == [row for row in rows if row[0]]


@seeds
def test_negative_distribution_is_what_the_sampler_of_tplib_nn_draws_by(seed: int) -> None:
    counts, power = drawn("negative_distribution", seed)
    p = reference("negative_distribution", counts, power)
    np.testing.assert_allclose(p, NoiseSampler(counts, power).probabilities, rtol=1e-12)
    assert p.sum() == pytest.approx(1)
    ratio = (counts[0] / counts[-1]) ** power  # two words differ by the ratio of their counts, raised
    assert p[0] / p[-1] == pytest.approx(ratio)


@seeds
def test_sgns_loss_and_gradient_equal_pytorch(seed: int) -> None:
    v, u, n = (torch.tensor(x, requires_grad=True) for x in drawn("sgns_loss", seed))
    true, noise = (v * u).sum(1), torch.einsum("bd,bkd->bk", v, n)
    loss = (
        F.binary_cross_entropy_with_logits(true, torch.ones_like(true), reduction="sum")
        + F.binary_cross_entropy_with_logits(noise, torch.zeros_like(noise), reduction="sum")
    ) / len(v)
    arrays = [x.detach().numpy() for x in (v, u, n)]
    assert reference("sgns_loss", *arrays) == pytest.approx(loss.item(), rel=1e-10)
    loss.backward()
    for ours, theirs in zip(reference("sgns_grad", *arrays), (v, u, n), strict=True):
        np.testing.assert_allclose(ours, theirs.grad, rtol=1e-8, atol=1e-12)


def test_large_scores_give_the_scores_themselves() -> None:
    """-log sigmoid(-s) is s for a large s: the loss is linear, and its gradient is the other vector."""
    v, u, n = np.array([[40.0]]), np.array([[-25.0]]), np.array([[[30.0], [-50.0]]])
    assert reference("sgns_loss", v, u, n) == pytest.approx(1000 + 1200)
    dv, du, dn = reference("sgns_grad", v, u, n)
    np.testing.assert_allclose([dv[0, 0], du[0, 0], *dn[0, :, 0]], [25 + 30, -40, 40, 0], atol=1e-12)
