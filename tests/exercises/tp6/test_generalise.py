"""The exercises of 5_generalise: references against PyTorch and closed forms, and what a student may do differently."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib.exercises.tp6.generalise import EXERCISES
from tplib.exercises.tp6.generalise.observers import ACTIVATIONS
from tplib.graders import grade
from tplib.graders.draw import NumpyDraw

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}
seeds = given(seed=st.integers(0, 2**32 - 1))
few = settings(deadline=None, max_examples=15)


def drawn(name: str, seed: int) -> tuple[Any, tuple[Any, ...]]:
    return BY_NAME[name].reference, BY_NAME[name].draw(NumpyDraw(np.random.default_rng(seed)))


def tensors(layers: list[tuple[np.ndarray, np.ndarray]]) -> list[torch.Tensor]:
    return [torch.tensor(W, requires_grad=True) for W, _ in layers]


@seeds
@few
def test_penalties_have_the_gradients_that_autograd_finds(seed: int) -> None:
    penalties = {
        "l1_penalty": lambda weights, lam: lam * sum(W.abs().sum() for W in weights),
        "l2_penalty": lambda weights, lam: lam / 2 * sum(W.square().sum() for W in weights),
        "elastic_net": lambda weights, lam, r: lam * sum((r * W.abs() + (1 - r) / 2 * W**2).sum() for W in weights),
    }
    for name, penalty in penalties.items():
        reference, (layers, *strength) = drawn(name, seed)
        weights = tensors(layers)
        value = penalty(weights, *strength)
        gradients = torch.autograd.grad(value, weights)
        mine, my_gradients = reference(layers, *strength)
        assert mine == pytest.approx(value.item())
        for ours, theirs in zip(my_gradients, gradients, strict=True):
            np.testing.assert_allclose(ours, theirs.numpy())


@seeds
@few
def test_weight_decay_is_that_of_sgd(seed: int) -> None:
    reference, (W, b, dW, db, lr, weight_decay) = drawn("weight_decay_step", seed)
    w, c = torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True)
    w.grad, c.grad = torch.tensor(dW), torch.tensor(db)
    groups = [{"params": [w], "weight_decay": weight_decay}, {"params": [c], "weight_decay": 0.0}]
    torch.optim.SGD(groups, lr=lr).step()
    for ours, theirs in zip(reference(W, b, dW, db, lr, weight_decay), (w, c), strict=True):
        np.testing.assert_allclose(ours, theirs.detach().numpy(), atol=1e-12)


@pytest.mark.parametrize("p", [0.0, 0.2, 0.75])
def test_dropout_has_the_values_and_the_shares_of_pytorch(p: float) -> None:
    x = np.ones((200, 100))
    out, mask = BY_NAME["dropout_forward"].reference(x, p, np.random.default_rng(0))
    theirs = F.dropout(torch.ones(200, 100, dtype=torch.float64), p).numpy()
    np.testing.assert_allclose(np.unique(out), np.unique(theirs))
    assert np.mean(out == 0) == pytest.approx(np.mean(theirs == 0), abs=0.02)
    np.testing.assert_array_equal(BY_NAME["dropout_backward"].reference(x, mask), mask)


@seeds
@few
def test_batch_norm_is_that_of_pytorch(seed: int) -> None:
    reference, (x, mean, var, weight, bias, training, momentum, eps) = drawn("batch_norm_forward", seed)
    running = torch.tensor(mean), torch.tensor(var)
    affine = torch.tensor(weight), torch.tensor(bias)
    theirs = F.batch_norm(torch.tensor(x), *running, *affine, training, momentum, eps)
    ours = reference(x, mean, var, weight, bias, training, momentum, eps)
    for a, b in zip(ours, (theirs, *running), strict=True):
        np.testing.assert_allclose(a, b.numpy(), rtol=1e-9, atol=1e-12)


@seeds
@few
def test_gradient_norms_are_those_of_autograd(seed: int) -> None:
    reference, (x, y, weights, biases) = drawn("layer_gradient_norms", seed)
    h, b = torch.tensor(x), [torch.tensor(bias, requires_grad=True) for bias in biases]
    for W, bias in zip(weights[:-1], b[:-1], strict=True):
        h = torch.sigmoid(h @ torch.tensor(W) + bias)
    loss = F.cross_entropy(h @ torch.tensor(weights[-1]) + b[-1], torch.tensor(y))
    norms = [gradient.norm().item() for gradient in torch.autograd.grad(loss, b)]
    np.testing.assert_allclose(reference(x, y, weights, biases), norms)


@seeds
@few
def test_activations_spread_as_torch_says(seed: int) -> None:
    reference, (x, weights, g) = drawn("activation_std", seed)
    h, expected = torch.tensor(x), []
    for W in weights:
        h = getattr(torch, g)(h @ torch.tensor(W))
        expected.append(h.std(correction=0).item())
    np.testing.assert_allclose(reference(x, weights, ACTIVATIONS[g]), expected)


def test_glorot_is_xavier_uniform() -> None:
    ours = BY_NAME["glorot_uniform"].reference(300, 50, np.random.default_rng(0))
    theirs = torch.nn.init.xavier_uniform_(torch.empty(50, 300), generator=torch.Generator().manual_seed(0)).numpy()
    assert ours.shape == theirs.T.shape
    assert ours.std() == pytest.approx(theirs.std(), rel=0.03)
    assert ours.max() == pytest.approx(theirs.max(), rel=0.01)


@given(losses=st.lists(st.sampled_from([0.25, 0.5, 0.75, 1.0]), min_size=1, max_size=8), patience=st.integers(1, 3))
@few
def test_early_stopping_by_its_definition(losses: list[float], patience: int) -> None:
    """It stops at the first epoch whose last `patience` losses are none of them below all that came before."""
    stop = next(
        (
            n
            for n in range(patience + 1, len(losses) + 1)
            if min(losses[n - patience : n]) >= min(losses[: n - patience])
        ),
        len(losses),
    )
    stopper, parameters = BY_NAME["EarlyStopping"].reference(patience), [np.zeros(1)]
    for epoch, loss in enumerate(losses, 1):
        parameters[0] += 1
        if stopper.step(loss, parameters):
            assert epoch == stop
            break
    else:
        assert stop == len(losses)
    best = min(losses[:stop])
    assert (stopper.best_loss, stopper.best_parameters[0][0]) == (best, losses.index(best) + 1)


@pytest.mark.parametrize("name", ["glorot_uniform", "dropout_forward"])
def test_chance_decides_no_verdict(name: str) -> None:
    for seed in range(15):
        for answer in BY_NAME[name].alternatives:
            assert grade(name, answer, seed=seed).score == 1
