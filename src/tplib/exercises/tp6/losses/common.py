"""What the exercises of 2_losses share: their notebook, their inputs, and the calls that give them away."""

import numpy as np

from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP6-TrainFFNN", "2_losses")

AUTOGRAD = ("torch.autograd.grad", "torch.autograd.backward", "torch.Tensor.backward", "torch.func.grad")
LOG_SOFTMAX = ("torch.log_softmax", "torch.nn.functional.log_softmax", "torch.Tensor.log_softmax")


def library(function: str, module: str) -> tuple[str, ...]:
    """The names under which PyTorch and our own network library offer a loss."""
    return (
        f"torch.nn.functional.{function}",
        f"torch.nn.{module}",
        f"tplib.nn.functional.{function}",
        f"tplib.nn.{module}",
    )


def labels(draw: Draw, B: int) -> np.ndarray:
    """Classes 0.0 or 1.0 (B,)."""
    return draw.integers(0, 2, B).astype(np.float64)


def scores_and_classes(draw: Draw) -> Arguments:
    """Scores (B, K) and right classes (B,)."""
    B, K = draw.size(1, 4), draw.size(2, 5)
    return draw.array(B, K), draw.integers(0, K, B)


def classes_of_unequal_size(draw: Draw) -> Arguments:
    """Scores (5, 3) and classes of which one comes three times: the mean of the classes' means is another number."""
    often = int(draw.integers(0, 3, 1)[0])
    return draw.array(5, 3), np.array([often, (often + 1) % 3, often, (often + 2) % 3, often])


def targets_and_predictions(draw: Draw) -> Arguments:
    """Targets and predictions (B,), no prediction exact."""
    B = draw.size(1, 5)
    error = draw.array(B, low=-2.0, high=2.0)
    target = draw.array(B)
    return target, target - np.where(error == 0, 1.0, error)


def some_exact(draw: Draw) -> Arguments:
    """Targets and predictions (5,), two of them exact."""
    target = draw.array(5)
    return target, target - np.array([0.5, 0.0, -1.5, 0.0, 2.0]) * (1 + draw.integers(0, 3, 5))
