"""What the exercises of 4_descent share: their notebook, and the inputs of one update of the parameters."""

import numpy as np

from tplib.graders.draw import Draw
from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP6-TrainFFNN", "4_descent")

EPS = {"eps": "Right while eps is negligible, but eps does not act as in the formula: look at very small gradients."}


def optimizers(*names: str) -> tuple[str, ...]:
    """The names under which PyTorch and our own network library offer optimisers."""
    return tuple(f"{module}.{name}" for module in ("torch.optim", "tplib.nn.optim") for name in names)


def parameters_and_gradient(draw: Draw) -> tuple[np.ndarray, np.ndarray]:
    """theta (n,) or (n, m) and its gradient, no entry of which is 0."""
    shape = (draw.size(1, 4),) if draw.choice((True, False)) else (draw.size(1, 3), draw.size(1, 3))
    theta, grad = draw.array(*shape), draw.array(*shape)
    return theta, np.where(grad == 0, 1.0, grad)


def squares(draw: Draw, grad: np.ndarray) -> np.ndarray:
    """A state of an earlier step: sums or means of squares, above 0, of the gradient's shape."""
    return 0.25 + draw.array(*grad.shape, low=0.0, high=4.0)
