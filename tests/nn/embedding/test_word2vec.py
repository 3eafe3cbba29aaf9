"""Negative sampling against autograd and closed forms; Word2Vec's steps against PyTorch; a toy language is learned."""

import copy

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import functional as F
from tplib.nn.embedding.skipgram import context_windows, keep_probability, skip_gram_pairs
from tplib.nn.embedding.word2vec import CHUNK, NOISE, Word2Vec
from tplib.nn.losses.negative_sampling import NoiseSampler

few = settings(max_examples=30, deadline=None)
seeds = st.integers(0, 2**32 - 1)


@few
@given(
    st.integers(1, 4),
    st.integers(0, 3),
    st.integers(1, 4),
    st.sampled_from(["none", "mean", "sum"]),
    seeds,
    st.sampled_from([np.float32, np.float64]),
    st.sampled_from([1.0, 30.0]),
)
def test_sgns_loss(same, normal, batch, number, width, reduction, seed, dtype, scale):
    def theirs(c, p, n):
        each = -torch.nn.functional.logsigmoid((c * p).sum(1))
        each = each - torch.nn.functional.logsigmoid(-(n @ c[:, :, None])[:, :, 0]).sum(1)
        return {"none": each, "mean": each.mean(), "sum": each.sum()}[reduction]

    arrays = normal(seed, batch, width), normal(seed + 1, batch, width), normal(seed + 2, batch, number, width)
    same(
        lambda c, p, n: F.sgns_loss(c, p, n, reduction=reduction),
        theirs,
        *((scale * x).astype(dtype) for x in arrays),
        seed=seed,
    )


def test_sgns_gradient_is_the_error_of_each_logistic_regression():
    c, p, n = np.array([[0.0, 0.0]]), np.array([[1.0, 2.0]]), np.array([[[3.0, 4.0]]])
    xs = [nn.Tensor(x, requires_grad=True) for x in (c, p, n)]
    loss = F.sgns_loss(*xs)
    loss.backward()
    np.testing.assert_allclose(loss.item(), 2 * np.log(2))
    np.testing.assert_allclose(xs[0].grad, -0.5 * p + 0.5 * n[0])  # sigmoid(0) = 1/2


@pytest.mark.parametrize("exponent", [0.75, 1.0, 0.0])
def test_noise_follows_the_counts_to_a_power(exponent):
    counts = np.array([1000, 500, 100, 50, 10, 5, 1, 1])
    sampler = NoiseSampler(counts, exponent)
    expected = counts**exponent / (counts**exponent).sum()
    np.testing.assert_allclose(sampler.probabilities, expected, rtol=1e-12)
    drawn = sampler.draw((100, 2000), np.random.default_rng(0))
    assert drawn.shape == (100, 2000)
    times = np.bincount(drawn.reshape(-1), minlength=8)
    chi_square = ((times - drawn.size * expected) ** 2 / (drawn.size * expected)).sum()
    assert chi_square < 24.3  # the 0.999 quantile with 7 degrees of freedom


@few
@given(st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any))
def test_the_columns_of_the_noise_table_add_up(counts):
    sampler = NoiseSampler(counts)
    share = np.zeros(len(counts))
    np.add.at(share, np.arange(len(counts)), sampler.cut)
    np.add.at(share, sampler.other, 1 - sampler.cut)
    np.testing.assert_allclose(share / len(counts), sampler.probabilities, atol=1e-6)


def test_keep_probability():
    counts = np.array([90_000, 9_990, 10])
    frequency = counts / 100_000
    expected = np.sqrt(1e-3 / frequency) + 1e-3 / frequency
    np.testing.assert_allclose(keep_probability(counts), [expected[0], expected[1], 1])
    np.testing.assert_array_equal(keep_probability(counts, 0), 1)


@few
@given(st.lists(st.lists(st.integers(0, 9), max_size=7), max_size=4), st.integers(1, 4), seeds, st.booleans())
def test_pairs_are_those_within_the_window(sentences, window, seed, dynamic):
    def generator():
        return np.random.default_rng(seed) if dynamic else None

    number = sum(map(len, sentences))
    radius = iter(generator().integers(1, window + 1, number) if dynamic else [window] * number)
    expected = []
    for sentence in sentences:
        for i, word in enumerate(sentence):
            r = next(radius)
            expected += [(word, sentence[j]) for j in range(len(sentence)) if j != i and abs(i - j) <= r]
    centers, contexts = skip_gram_pairs(sentences, window, generator())
    assert sorted(zip(centers.tolist(), contexts.tolist(), strict=True)) == sorted(expected)
    words, around = context_windows(sentences, window, generator())
    assert words.tolist() == [word for sentence in sentences for word in sentence]
    assert around.shape == (number, 2 * window)


def toy(seed, sentences=300):
    """Two topics of ten words each; a sentence speaks of one of them."""
    rng = np.random.default_rng(seed)
    words = [[f"{topic}{i}" for i in range(10)] for topic in "ab"]
    return [list(rng.choice(words[rng.integers(2)], 8)) for _ in range(sentences)]


def replay(model, text, epoch_alpha):
    """One step of `model` on a text of less than a block, pair by pair, with autograd: its loss and new vectors."""
    rng = copy.deepcopy(model.rng)
    ids = [[model.index[word] for word in sentence] for sentence in text]
    flat = [(s, word) for s, sentence in enumerate(ids) for word in sentence]
    rng.random(len(flat))  # all are kept: sample=0
    radius = rng.integers(1, model.window + 1, len(flat))
    noise = model.noise.draw((-(-len(flat) // CHUNK), NOISE), rng)
    inner, outer = (torch.tensor(x, requires_grad=True) for x in (model.vectors, model.output_vectors))
    loss, terms = 0.0, 0
    log = torch.nn.functional.logsigmoid
    for i, (s, word) in enumerate(flat):
        near = [flat[j][1] for j in range(len(flat)) if j != i and flat[j][0] == s and abs(i - j) <= radius[i]]
        if model.model == "skip-gram":
            cases = [(inner[word], other) for other in near]
        else:
            cases = [(inner[near].mean(0), word)] if near else []
        for hidden, target in cases:
            terms += 1
            loss = loss - log(hidden @ outer[target])
            for q in noise[i // CHUNK]:
                if q != target:
                    loss = loss - model.negative / NOISE * log(-(hidden @ outer[q]))
    loss.backward()
    changed = [(x - epoch_alpha * x.grad).detach().numpy() for x in (inner, outer)]
    return changed, loss.item() / terms


@pytest.mark.parametrize("kind", ["skip-gram", "cbow"])
@pytest.mark.parametrize("window", [1, 3])
def test_a_step_is_the_gradient_of_the_pairs_of_the_block(kind, window):
    text = [*toy(0, 5), ["a0"], ["b1", "a0"]]
    model = Word2Vec(6, window, 1, 3, kind, sample=0, alpha=0.01, rng=np.random.default_rng(1), dtype=np.float64)
    model.build_vocab(text)
    model.output_vectors = np.random.default_rng(2).normal(size=model.output_vectors.shape)
    (vectors, outputs), loss = replay(model, text, 0.01)
    model.train(text, 1, compute_loss=True)
    np.testing.assert_allclose(model.vectors, vectors, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(model.output_vectors, outputs, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(model.losses, [loss], rtol=1e-10)


@pytest.mark.parametrize("kind", ["skip-gram", "cbow"])
def test_learns_which_words_keep_company(kind):
    def learn():
        model = Word2Vec(16, 3, 1, 5, kind, sample=0, alpha=0.05, rng=np.random.default_rng(0))
        return model.fit(toy(1), epochs=20)

    model = learn()
    for word in model.words:
        assert {other[0] for other, _ in model.most_similar(word, 9)} == {word[0]}
    assert model.losses[-1] < model.losses[0]
    np.testing.assert_array_equal(learn().vectors, model.vectors)  # the same seed, the same vectors
    assert model.vectors.dtype == np.float32
    assert model.vector("a3").shape == (16,)


@pytest.mark.parametrize("kind", ["skip-gram", "cbow"])
@pytest.mark.parametrize("alpha", [0.025, 0.2, 1e6])
def test_repetition_and_high_rates_do_not_diverge(kind, alpha):
    # One word fills whole steps: 600 gradients for the same vector, added up.
    text = [["ax"] * 30] * 40 + toy(3, 60)
    model = Word2Vec(8, 5, 1, 5, kind, sample=0, alpha=alpha, rng=np.random.default_rng(0)).fit(text, epochs=10)
    assert np.abs(model.vectors).max() < 100
    assert np.abs(model.output_vectors).max() < 100
    assert model.losses[-1] < model.losses[0] or alpha > 1


def test_rare_words_are_left_out_and_the_frequent_come_first():
    model = Word2Vec(4, min_count=2, rng=np.random.default_rng(0)).build_vocab([["x", "y", "x"], ["y", "x", "z"]])
    assert model.words == ["x", "y"]
    assert model.counts.tolist() == [3, 2]
    model.train([["z"], [], ["x", "z", "y"]], epochs=2)
    assert np.isfinite(model.vectors).all()


@pytest.mark.parametrize("sparse", [False, True])
def test_modules_learn_as_word2vec_does(sparse):
    text = [np.array([10 * (w[0] == "b") + int(w[1]) for w in s]) for s in toy(2)]
    rng = np.random.default_rng(0)
    noise = NoiseSampler(np.bincount(np.concatenate(text)))
    centers, contexts = skip_gram_pairs(text, 2)
    words, around = context_windows(text, 2)
    skip, bag = nn.SkipGram(20, 8, sparse, rng=rng), nn.CBOW(20, 8, sparse, rng=rng)
    around = np.where(around < 0, bag.padding_idx, around)
    for module, one, other, table in [
        (skip, centers, contexts, skip.center.weight),
        (bag, around, words, bag.context.weight),
    ]:
        for _ in range(200):
            chosen = rng.integers(len(one), size=2000)
            module.zero_grad()
            loss = module(one[chosen], other[chosen], noise.draw((2000, 5), rng))
            loss.backward()
            for parameter in module.parameters():
                parameter.data -= 4.0 * np.asarray(parameter.grad)
        vectors = table.data[:20] / np.linalg.norm(table.data[:20], axis=1, keepdims=True)
        cosine = vectors @ vectors.T
        assert cosine[:10, :10].min() > cosine[:10, 10:].max()
    assert not bag.context.weight.data[20].any()


@pytest.mark.parametrize(
    ("error", "wrong", "sentence"),
    [
        (ValueError, lambda: Word2Vec(model="glove"), 'expected model "skip-gram" or "cbow", got \'glove\''),
        (ValueError, lambda: Word2Vec(0), "must be at least 1, got 0, 5 and 5"),
        (ValueError, lambda: Word2Vec().fit([["rare"]]), "no word occurs min_count=5 times"),
        (TypeError, lambda: Word2Vec().fit(["a sentence"]), "expected sentences as lists of words, got a string"),
        (RuntimeError, lambda: Word2Vec().train([["a"]]), "there is no vocabulary yet"),
        (KeyError, lambda: Word2Vec(min_count=1).build_vocab([["a"]]).vector("b"), "'b' is not in the vocabulary of 1"),
        (ValueError, lambda: NoiseSampler([0, 0]), "expected the count of each word"),
        (
            ValueError,
            lambda: F.sgns_loss(np.ones((2, 3)), np.ones((2, 3)), np.ones((2, 3))),
            r"sgns_loss: expected center \(B, D\)",
        ),
        (
            ValueError,
            lambda: F.sgns_loss(np.ones((2, 3)), np.ones((2, 3)), np.ones((2, 1, 3)), reduction="all"),
            "sgns_loss: expected reduction",
        ),
    ],
)
def test_mistakes_are_a_sentence(error, wrong, sentence):
    with pytest.raises(error, match=sentence):
        wrong()
