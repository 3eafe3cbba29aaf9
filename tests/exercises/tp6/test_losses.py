"""The exercises of 2_losses: references against PyTorch, and verdicts on usual answers."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.distributions import Normal

from tplib.exercises.tp6.losses import EXERCISES
from tplib.graders import judge
from tplib.graders.draw import NumpyDraw

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}
each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)

PARTLY_RIGHT = {
    "bce": {
        "logarithm of 0",
        "logarithm of 0 not counted",
        "only the logarithm of 0 cut",
        "product cut instead of the logarithm",
    },
    "bce_with_logits": {
        "through the sigmoid",
        "logarithm of 0",
        "overflow",
        "overflow for negative scores",
        "overflow on one side",
        "cut at 100",
    },
    "nll_loss": {"logarithm of an exponential"},
    "cross_entropy": {
        "log of the softmax",
        "unstable",
        "overflow",
        "maximum of the whole array",
        "small number added",
        "right score subtracted instead of the maximum",
        "minimum subtracted instead of the maximum",
        "cut at 100",
    },
    "cross_entropy_grad": {"unstable", "maximum of the whole array", "finite differences"},
    "gaussian_log_likelihood": {"log of the density", "log of the product"},
}


def torch_cross_entropy_grad(scores: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    scores = scores.clone().requires_grad_()
    return torch.autograd.grad(F.cross_entropy(scores, y), scores)[0]


def torch_hinge(scores: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return F.multi_margin_loss(scores, y) * scores.shape[1]


def torch_gaussian(t: torch.Tensor, y: torch.Tensor, beta: float) -> torch.Tensor:
    return Normal(y, beta**-0.5).log_prob(t).sum()


def torch_precision(t: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return 1 / F.mse_loss(y, t)


def torch_map(t: torch.Tensor, y: torch.Tensor, theta: torch.Tensor, alpha: float, beta: float) -> torch.Tensor:
    """Minus the log-posterior, less its value where predictions are exact and parameters 0: that is the constant."""
    noise, prior = (Normal(torch.zeros(1).double(), precision**-0.5) for precision in (beta, alpha))
    log_likelihood, log_prior = noise.log_prob(t - y).sum(), prior.log_prob(theta).sum()
    constant = noise.log_prob(torch.zeros_like(t)).sum() + prior.log_prob(torch.zeros_like(theta)).sum()
    return constant - log_likelihood - log_prior


ORACLES: dict[str, Callable[..., torch.Tensor]] = {
    "bce": F.binary_cross_entropy,
    "bce_with_logits": F.binary_cross_entropy_with_logits,
    "nll_loss": F.nll_loss,
    "cross_entropy": F.cross_entropy,
    "cross_entropy_grad": torch_cross_entropy_grad,
    "mse_loss": F.mse_loss,
    "hinge_loss": torch_hinge,
    "gaussian_log_likelihood": torch_gaussian,
    "estimate_beta": torch_precision,
    "map_loss": torch_map,
}


def assert_equal_to_pytorch(exercise: Any, args: tuple[Any, ...]) -> None:
    theirs = ORACLES[exercise.name](*(torch.tensor(a) if isinstance(a, np.ndarray) else a for a in args)).numpy()
    np.testing.assert_allclose(exercise.reference(*args), theirs, rtol=1e-9, atol=1e-12)


# A newer exercise has its own oracle.
against_pytorch = pytest.mark.parametrize("exercise", [e for e in EXERCISES if e.name in ORACLES], ids=lambda e: e.name)


@against_pytorch
@pytest.mark.parametrize("seed", [None, 0, 1])
def test_reference_equals_pytorch_on_every_case(exercise: Any, seed: int | None) -> None:
    for case in exercise.cases(seed):
        if case.aspect != "dtype":
            assert_equal_to_pytorch(exercise, case.args)


@against_pytorch
@given(seed=st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=20)
def test_reference_equals_pytorch_on_random_inputs(exercise: Any, seed: int) -> None:
    assert_equal_to_pytorch(exercise, exercise.draw(NumpyDraw(np.random.default_rng(seed))))


@each_exercise
def test_reference_is_silent_and_keeps_float32(exercise: Any) -> None:
    for case in exercise.cases(3):
        with np.errstate(all="raise", under="ignore"):
            result = exercise.reference(*case.args)
        if all(isinstance(arg, np.ndarray) for arg in case.args):
            assert result.dtype == next(a.dtype for a in case.args if a.dtype.kind == "f")


@given(seed=st.integers(0, 2**32 - 1), factor=st.floats(0.2, 5.0))
@settings(deadline=None, max_examples=20)
def test_no_other_beta_is_more_likely(seed: int, factor: float) -> None:
    t, y = BY_NAME["estimate_beta"].draw(NumpyDraw(np.random.default_rng(seed)))
    beta, likelihood = BY_NAME["estimate_beta"].reference(t, y), BY_NAME["gaussian_log_likelihood"].reference
    assert likelihood(t, y, beta) >= likelihood(t, y, factor * beta) - 1e-9


@pytest.mark.usefixtures("no_shrinking")
def test_which_mistakes_are_partly_right() -> None:
    for exercise in EXERCISES:
        for m in exercise.misconceptions:
            partly = m.name in PARTLY_RIGHT.get(exercise.name, set())
            assert (judge.judge(exercise, m.candidate, 0).score > 0) is partly


def probabilities_kept_off_0_and_1(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def changes_its_scores(scores: np.ndarray, y: np.ndarray) -> np.ndarray:
    scores -= scores.max(axis=1, keepdims=True)
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


def double_precision(scores: np.ndarray, y: np.ndarray) -> np.ndarray:
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    return (p / p.sum(axis=1, keepdims=True) - np.eye(scores.shape[1])[y]) / len(y)


@pytest.mark.parametrize(
    ("name", "answer", "score", "misconception"),
    [
        ("bce", lambda p, y: -(y * np.log(p) + (y - 1) * np.log(1 - p)).mean(), 0, "the slide's y - 1"),
        ("bce", lambda p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum(), 0, "sum instead of mean"),
        ("bce", probabilities_kept_off_0_and_1, 0.5, "logarithm not cut off at -100"),
        ("bce_with_logits", lambda z, y: np.log(1 + np.exp((1 - 2 * y) * z)).mean(), 0.5, "overflow on one side"),
        ("nll_loss", lambda log_p, y: -log_p[range(len(y)), y].sum() / len(y), 1, None),
        ("nll_loss", lambda log_p, y: -sum(log_p[range(len(y)), y]), 0, "sum instead of mean"),
        ("cross_entropy_grad", changes_its_scores, 0.5, "changes its argument"),
        ("cross_entropy_grad", double_precision, 0.5, "wrong dtype"),
        ("mse_loss", lambda a, b: (a - b) @ (a - b) / len(a), 0, None),
        ("hinge_loss", lambda s, y: -np.maximum(0, s - s[range(len(y)), y, None] + 1).sum() / len(y), 0, None),
        (
            "gaussian_log_likelihood",
            lambda t, y, b: Normal(torch.tensor(y), b**-0.5).log_prob(torch.tensor(t)).sum(),
            0,
            "library call",
        ),
        ("map_loss", lambda t, y, w, a, b: (b * ((t - y) ** 2).sum() + a * (w**2).sum()) / 2, 1, None),
    ],
)
@pytest.mark.usefixtures("no_shrinking")
def test_as_students_write_them(name: str, answer: Any, score: float, misconception: str) -> None:
    verdict = judge.judge(BY_NAME[name], answer, 0)
    assert (verdict.score, verdict.misconception) == (score, misconception)


@pytest.mark.parametrize(
    ("name", "answer", "call"),
    [
        ("cross_entropy", lambda s, y: F.cross_entropy(torch.tensor(s), torch.tensor(y)).item(), "cross_entropy"),
        ("mse_loss", lambda a, b: torch.nn.MSELoss()(torch.tensor(a), torch.tensor(b)).item(), "MSELoss"),
        ("bce", lambda p, y: F.binary_cross_entropy(*map(torch.tensor, (p, y))).item(), "binary_cross_entropy"),
    ],
)
def test_a_library_that_does_the_work_earns_nothing(name: str, answer: Any, call: str) -> None:
    verdict = judge.judge(BY_NAME[name], answer, 0)
    assert (verdict.score, verdict.misconception) == (0, "library call")
    assert call in verdict.message
