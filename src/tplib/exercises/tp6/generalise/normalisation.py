"""Batch normalisation of hidden units, in training and in evaluation."""

import numpy as np

from tplib.exercises.tp6.generalise.common import exercise, nonzero
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Result = tuple[Array, Array, Array]


def _draw(draw: Draw) -> Arguments:
    B, H = draw.size(2, 5), draw.size(1, 3)
    x = draw.array(B, H)
    running = draw.array(H), draw.array(H, low=0.5, high=3.0)
    weight, bias = nonzero(draw.array(H)), draw.array(H)
    momentum, eps = draw.choice(((0.1, 1e-5), (0.25, 0.5)))
    return x, *running, weight, bias, draw.choice((True, True, False)), momentum, eps


def _one_example(draw: Draw) -> Arguments:
    """Alone, and in evaluation."""
    H = draw.size(1, 3)
    running = draw.array(H), draw.array(H, low=0.5, high=3.0)
    return draw.array(1, H), *running, nonzero(draw.array(H)), draw.array(H), False, 0.25, 1e-5


_x = np.array([[1.0, -2.0, 0.5], [3.0, 1.5, -1.0], [-1.0, 1.0, 2.0], [0.5, 0.0, 2.5]])
_running = np.array([0.5, -1.0, 0.0]), np.array([1.0, 2.0, 4.0])
_affine = np.array([2.0, 0.5, -1.0]), np.array([0.25, 1.0, -0.5])


@exercise(
    points=3,
    at_home=True,
    lecture="003, Gradient instability: others improvements (Batch Normalization)",
    concepts=(26,),
    draw=_draw,
    draws=6,
    edges=(
        Case((_x, *_running, *_affine, True, 0.25, 0.5)),
        Case((_x, *_running, *_affine, False, 0.25, 0.5)),
        Case((_x[:3], *_running, *_affine, True, 0.1, 1e-5)),
        Case((np.array([[2.0, 1.0, 0.5], [2.0, -1.0, 0.5]]), *_running, *_affine, True, 0.25, 1e-5)),
        Drawn(_one_example, "one example"),
        Case((_x, *_running, *_affine, True), "defaults"),
    ),
    aspects={"one example": "Right for batches. But in evaluation one example may come alone."},
    forbidden=(
        "torch.nn.functional.batch_norm",
        "torch.nn.BatchNorm1d",
        "torch.batch_norm",
        "tplib.nn.functional.batch_norm",
        "tplib.nn.BatchNorm1d",
    ),
)
def batch_norm_forward(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    """z = (x - mean) / sqrt(var + eps), out = weight · z + bias; running <- (1 - momentum) · running + momentum · new,
    in training only.

    shapes: x and out are (B, H), all else (H,): `axis=0`. Variance: divided by B for z, by B - 1 for running_var.
    worked: x = [[1], [3]], eps = 0, weight 1, bias 0: mean 2, var 1, out [[-1], [1]]; running_var 1 and momentum 0.1:
    0.9 · 1 + 0.1 · 2 = 1.1
    """
    mean, var = running_mean, running_var
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var


@batch_norm_forward.alternative
def batch_norm_by_formula(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    if not training:
        scale = weight * (running_var + eps) ** -0.5
        return x * scale + (bias - running_mean * scale), running_mean.copy(), running_var.copy()
    B = x.shape[0]
    mean = x.sum(axis=0) / B
    squares = ((x - mean) ** 2).sum(axis=0)
    out = (x - mean) * weight / np.sqrt(squares / B + eps) + bias
    new_mean = running_mean + momentum * (mean - running_mean)
    return out, new_mean, running_var + momentum * (squares / (B - 1) - running_var)


@batch_norm_forward.alternative
def batch_norm_unit_by_unit(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    out, new_mean, new_var = np.empty_like(x), running_mean.copy(), running_var.copy()
    for j in range(x.shape[1]):
        column, n = x[:, j], len(x)
        mean, var = (np.mean(column), np.var(column)) if training else (running_mean[j], running_var[j])
        out[:, j] = weight[j] * (column - mean) / np.sqrt(var + eps) + bias[j]
        if training:
            new_mean[j] += momentum * (mean - new_mean[j])
            new_var[j] += momentum * (var * n / (n - 1) - new_var[j])
    return out, new_mean, new_var
