"""The exercises of 4_descent: references against torch.optim and closed forms, and answers as students write them."""

import re
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib.exercises.tp6.descent import EXERCISES
from tplib.exercises.tp6.descent.curves import KINDS, make
from tplib.graders.draw import NumpyDraw

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}
OPTIMIZERS: dict[str, tuple[type[torch.optim.Optimizer], tuple[str, ...], dict[str, Any]]] = {
    "momentum_step": (torch.optim.SGD, ("momentum_buffer",), {"lr": 0.1, "momentum": 0.9}),
    "adagrad_step": (torch.optim.Adagrad, ("sum",), {}),
    "rmsprop_step": (torch.optim.RMSprop, ("square_avg",), {}),
    "adam_step": (torch.optim.Adam, ("exp_avg", "exp_avg_sq", "step"), {}),
}


def reference(name: str) -> Any:
    return BY_NAME[name].reference


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("lr", [None, 0.5])
@given(seed=st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=10)
def test_updates_are_those_of_torch(name: str, lr: float | None, seed: int) -> None:
    optimizer_class, names, options = OPTIMIZERS[name]
    options = options if lr is None else {**options, "lr": lr}
    rng = np.random.default_rng(seed)
    theta = rng.normal(size=(2, 3))
    parameter = torch.nn.Parameter(torch.tensor(theta))
    optimizer = optimizer_class([parameter], **options)
    state: list[Any] = [0 if key == "step" else np.zeros_like(theta) for key in names]
    for _ in range(5):
        grad = rng.normal(size=theta.shape) * 10 ** rng.uniform(-9, 2)
        theta, *state = reference(name)(theta, grad, *state, **options)
        parameter.grad = torch.tensor(grad)
        optimizer.step()
        np.testing.assert_allclose(theta, parameter.detach().numpy(), rtol=1e-9)
        for key, value in zip(names, state, strict=True):
            np.testing.assert_allclose(value, optimizer.state[parameter][key].numpy(), rtol=1e-9)


@given(lr=st.floats(0.01, 1), step_size=st.integers(1, 6), gamma=st.floats(0.1, 0.9))
@settings(deadline=None, max_examples=10)
def test_step_decay_is_that_of_torch(lr: float, step_size: int, gamma: float) -> None:
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size, gamma)
    for epoch in range(12):
        assert reference("step_decay")(lr, epoch, step_size, gamma) == pytest.approx(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()


@pytest.mark.parametrize("lr", [0.05, 0.5, 0.9, 1.1])
def test_descent_in_a_bowl_has_a_closed_form(lr: float) -> None:
    found = reference("gradient_descent")(np.array([3.0]), lambda theta: 2 * theta, lr, 7)
    np.testing.assert_allclose(found, 3 * (1 - 2 * lr) ** 7, atol=1e-12)


def test_one_batch_of_all_examples_is_gradient_descent() -> None:
    rng = np.random.default_rng(0)
    x, y, theta = rng.normal(size=(9, 2)), rng.normal(size=9), np.array([1.0, -1.0])
    found = reference("sgd_epoch")(theta, x, y, lambda t, x, y: x.T @ (x @ t - y) / len(x), 0.1, 9, rng)
    np.testing.assert_allclose(found, theta - 0.1 * x.T @ (x @ theta - y) / 9)


@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(8, 24))
@settings(deadline=None, max_examples=10)
def test_drawn_curves_are_of_their_kind_with_room_to_spare(kind: str, seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    train, validation = make(kind, n, rng.random(3), rng.uniform(-1, 1, n))
    diagnosis = kind.split(",")[0].removesuffix(" and straight").removesuffix(" after one leap")
    diagnosis = re.sub(" (with|to|while) .*", "", diagnosis)
    assert reference("diagnose_curve")(train, validation) == diagnosis
    for factor in (0.9, 1.1):  # thresholds a tenth lower and higher
        assert diagnose(train, validation, factor) == diagnosis


def diagnose(train: np.ndarray, validation: np.ndarray, factor: float) -> str:
    fall, quarter = train[0] - train[-1], len(train) // 4
    if not np.isfinite(train).all() or fall < 0:
        return "diverges"
    if np.maximum(np.diff(train), 0).sum() > factor * fall / 2:
        return "too high"
    if validation[-1] / validation.min() - 1 > factor * 0.2:
        return "overfits"
    return "too low" if train[-1 - quarter] - train[-1] >= factor * fall / 10 else "good"


def test_drawn_inputs_are_those_of_the_signature() -> None:
    for exercise in EXERCISES:
        assert len(exercise.draw(NumpyDraw(np.random.default_rng(0)))) == len(exercise.parameters)
