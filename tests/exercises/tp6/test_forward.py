"""The exercises of 1_forward: references against PyTorch, and verdicts on usual answers."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib.exercises.tp6.forward import EXERCISES
from tplib.graders import judge
from tplib.graders.draw import NumpyDraw

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}

PARTLY_RIGHT = {
    "unstable",
    "unstable on the right",
    "one at zero",
    "zero at zero",
    "log of the softmax",
    "log of the unstable softmax",
    "mean subtracted",
    "maximum of the whole array",
}


def slope(function: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    """The derivative of an element-wise function, by PyTorch's autograd."""

    def gradient(x: torch.Tensor, *options: float) -> torch.Tensor:
        x = x.clone().requires_grad_()
        return torch.autograd.grad(function(x, *options).sum(), x)[0]

    return gradient


def torch_maxout(x: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return torch.stack([F.linear(x, W_p.T, b_p) for W_p, b_p in zip(W, b, strict=True)]).amax(dim=0)


def torch_collapse(W1: torch.Tensor, b1: torch.Tensor, W2: torch.Tensor, b2: torch.Tensor) -> tuple[torch.Tensor, ...]:
    def layers(x: torch.Tensor) -> torch.Tensor:
        return F.linear(F.linear(x, W1.T, b1), W2.T, b2)

    origin = torch.zeros(len(W1), dtype=W1.dtype)
    return torch.autograd.functional.jacobian(layers, origin).T, layers(origin)


ORACLES: dict[str, Callable[..., Any]] = {
    "neuron": lambda x, w, b: torch.sigmoid(torch.dot(x, w) + b),
    "dense": lambda x, W, b: F.linear(x, W.T, b),
    "sigmoid": torch.sigmoid,
    "sigmoid_grad": slope(torch.sigmoid),
    "tanh_grad": slope(torch.tanh),
    "hardtanh": F.hardtanh,
    "relu": F.relu,
    "relu_grad": slope(F.relu),
    "leaky_relu": F.leaky_relu,
    "elu": F.elu,
    "elu_grad": slope(F.elu),
    "maxout": torch_maxout,
    "collapse_linear": torch_collapse,
    "softmax": lambda scores: F.softmax(scores, dim=-1),
    "log_softmax": lambda scores: F.log_softmax(scores, dim=-1),
    "softmax_jacobian": lambda scores: torch.autograd.functional.jacobian(lambda z: F.softmax(z, dim=0), scores),
}


def tensors(args: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(torch.tensor(arg) if isinstance(arg, np.ndarray) else arg for arg in args)


def assert_equal(ours: Any, theirs: Any) -> None:
    if isinstance(theirs, tuple):
        assert len(ours) == len(theirs)
        for a, b in zip(ours, theirs, strict=True):
            assert_equal(a, b)
    else:
        np.testing.assert_allclose(np.asarray(ours), theirs.numpy(), rtol=1e-10, atol=1e-12)
        assert np.asarray(ours).dtype == theirs.numpy().dtype


AGAINST_PYTORCH = [exercise for exercise in EXERCISES if exercise.name in ORACLES]  # a newer one has its own oracle


@pytest.mark.parametrize("exercise", AGAINST_PYTORCH, ids=lambda e: e.name)
@pytest.mark.parametrize("seed", [None, 0, 1])
def test_reference_equals_pytorch_on_every_case(exercise: Any, seed: int | None) -> None:
    for case in exercise.cases(seed):
        if case.aspect != "dtype":
            assert_equal(exercise.reference(*case.args), ORACLES[exercise.name](*tensors(case.args)))


@pytest.mark.parametrize("exercise", AGAINST_PYTORCH, ids=lambda e: e.name)
@given(seed=st.integers(0, 2**32 - 1), scale=st.sampled_from([1e-3, 1.0, 10.0]))
@settings(deadline=None, max_examples=20)
def test_reference_equals_pytorch_on_random_inputs(exercise: Any, seed: int, scale: float) -> None:
    args = exercise.draw(NumpyDraw(np.random.default_rng(seed)))
    args = tuple(arg * scale if isinstance(arg, np.ndarray) else arg for arg in args)
    assert_equal(exercise.reference(*args), ORACLES[exercise.name](*tensors(args)))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_reference_is_silent_and_keeps_float32(exercise: Any) -> None:
    for case in exercise.cases(3):
        with np.errstate(all="raise", under="ignore"):
            result = exercise.reference(*case.args)
        for part in result if isinstance(result, tuple) else (result,):
            assert part.dtype == np.result_type(*(a for a in case.args if isinstance(a, np.ndarray)))


@pytest.mark.usefixtures("no_shrinking")
def test_which_mistakes_are_partly_right() -> None:
    for exercise in EXERCISES:
        for m in exercise.misconceptions:
            partly = m.name in PARTLY_RIGHT
            assert judge.judge(exercise, m.candidate, 0).score == (0.5 if partly else 0)


@pytest.mark.parametrize(
    ("name", "answer", "score", "misconception"),
    [
        ("softmax", lambda s: np.exp(s) / np.exp(s).sum(axis=0), 0, "wrong axis"),
        ("relu", lambda x: max(x, 0), 0, "Python's max"),
        ("relu_grad", lambda x: (x > 0).astype(np.float64), 0.5, "wrong dtype"),
        ("elu_grad", lambda x, alpha=1.0: np.where(x > 0, 1, alpha * np.exp(x)), 1, None),
        ("sigmoid", lambda x: 1 / (1 - np.exp(-x)), 0, "1 - exp"),
        ("dense", lambda x, W, b: x @ W + np.reshape(b, (-1, 1)), 0, "bias as a column"),
    ],
)
@pytest.mark.usefixtures("no_shrinking")
def test_as_students_write_them(name: str, answer: Any, score: float, misconception: str) -> None:
    verdict = judge.judge(BY_NAME[name], answer, 0)
    assert (verdict.score, verdict.misconception) == (score, misconception)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("dense", lambda x, W, b: np.array([row @ W + b for row in x])),
        ("softmax", lambda s: np.apply_along_axis(lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(), -1, s)),
        ("maxout", lambda x, W, b: np.stack([(row @ W + b).max(axis=0) for row in x])),
        ("neuron", lambda x, w, b: float(1 / (1 + np.exp(-np.dot(x, w) - b)))),
        ("sigmoid", lambda x: np.reshape([1 / (1 + np.exp(-v)) for v in x.flat], x.shape).astype(x.dtype)),
        ("sigmoid_grad", lambda x: np.where(np.abs(x) > 40, 0, np.exp(-x) / (1 + np.exp(-x)) ** 2)),
        ("relu", lambda x: x if np.all(x >= 0) else x * (x > 0)),
        ("collapse_linear", lambda W1, b1, W2, b2: [W1 @ W2, b1 @ W2 + b2]),
    ],
)
@pytest.mark.usefixtures("no_shrinking")
def test_what_the_text_does_not_ask_for_costs_nothing(name: str, answer: Any) -> None:
    verdict = judge.judge(BY_NAME[name], answer, 0)
    assert verdict.score == 1, str(verdict)
