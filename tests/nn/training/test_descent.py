"""Descent by hand: one step against its formula, the number of steps, and what each method reaches."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import functional as F
from tplib.nn.training.descent import (
    batch_gradient_descent,
    minibatch_gradient_descent,
    minibatches,
    random_search,
    stochastic_gradient_descent,
)


def data(n=40, seed=0):
    """Two classes on either side of a line."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 2))
    return x, (x @ [1.0, -2.0] > 0).astype(int)


def classifier(seed=0):
    return nn.Linear(2, 2, rng=np.random.default_rng(seed), dtype=np.float64)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 40), st.integers(1, 50), st.integers(0, 2**32 - 1), st.booleans())
def test_an_epoch_is_every_example_once(n, size, seed, shuffle):
    x = np.arange(n)
    batches = list(minibatches(x, x * 10, batch_size=size, rng=seed, shuffle=shuffle))
    assert all((b == 10 * a).all() for a, b in batches)
    assert sorted(i for a, _ in batches for i in a) == list(range(n))
    assert all(len(a) == size for a, _ in batches[:-1])
    if not shuffle and n:
        assert np.concatenate([a for a, _ in batches]).tolist() == x.tolist()


def test_one_batch_step_is_the_formula():
    x, y = data()
    model = classifier()
    w, b = model.weight.data.copy(), model.bias.data.copy()
    (loss,) = batch_gradient_descent(model, F.cross_entropy, x, y, lr=0.5, epochs=1)
    scores = x @ w.T + b
    p = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    assert loss == pytest.approx(-np.log(p[np.arange(40), y]).mean())
    error = (p - np.eye(2)[y]) / 40
    np.testing.assert_allclose(model.weight.data, w - 0.5 * error.T @ x)
    np.testing.assert_allclose(model.bias.data, b - 0.5 * error.sum(0))


def test_numbers_of_steps():
    x, y = data()
    assert len(batch_gradient_descent(classifier(), F.cross_entropy, x, y, lr=0.1, epochs=3)) == 3
    assert len(stochastic_gradient_descent(classifier(), F.cross_entropy, x, y, lr=0.1, epochs=3)) == 120
    losses = minibatch_gradient_descent(classifier(), F.cross_entropy, x, y, lr=0.1, epochs=3, batch_size=15)
    assert len(losses) == 9


@pytest.mark.parametrize("descend", [minibatch_gradient_descent, stochastic_gradient_descent])
def test_the_seed_decides(descend):
    x, y = data()
    options = {"lr": 0.1, "epochs": 2} | ({"batch_size": 7} if descend is minibatch_gradient_descent else {})
    one, again, other = (descend(classifier(), F.cross_entropy, x, y, rng=seed, **options) for seed in (1, 1, 2))
    assert one == again
    assert one != other


def test_random_search_keeps_the_best_and_descent_beats_it():
    x, y = data(200)
    model, losses = classifier(), []
    losses = random_search(model, F.cross_entropy, x, y, trials=50, std=1.0, rng=0)
    assert losses == sorted(losses, reverse=True)
    assert F.cross_entropy(model(x), y).item() == losses[-1]
    descent = batch_gradient_descent(classifier(), F.cross_entropy, x, y, lr=5.0, epochs=50)
    assert descent[-1] < losses[-1]


def test_random_search_draws_the_lectures_gaussian():
    model = nn.Linear(300, 200)
    random_search(model, lambda scores, y: scores.sum(), np.ones((1, 300)), np.zeros(1), trials=1, rng=0)
    assert model.weight.data.std() == pytest.approx(1e-4, rel=0.02)
    assert model.weight.dtype == np.float32


def test_mistakes_are_a_sentence():
    with pytest.raises(ValueError, match="minibatches: expected a batch_size of at least 1, got 0"):
        next(minibatches(np.ones(3), batch_size=0))
    with pytest.raises(ValueError, match=r"minibatches: expected arrays of one length, got \[3, 2\]"):
        next(minibatches(np.ones(3), np.ones(2), batch_size=1))
    with pytest.raises(ValueError, match="random_search: expected at least 1 trial, got 0"):
        random_search(classifier(), F.cross_entropy, *data(), trials=0)
