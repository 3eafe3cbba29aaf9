"""Dropout, backward: the gradient passes where the mask let the input pass."""

import numpy as np

from tplib.exercises.tp6.generalise.common import Array, exercise, nonzero
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception


def _draw(draw: Draw) -> Arguments:
    B, H = draw.size(1, 3), draw.size(1, 4)
    p = draw.choice((0.5, 0.2, 0.75))
    return nonzero(draw.array(B, H)), draw.integers(0, 2, B, H) / (1 - p)


def _backward(grad: Array, mask: Array) -> Array:
    return grad * mask


def _backward_multiply(grad: Array, mask: Array) -> Array:
    return np.multiply(mask, grad)


def _backward_loop(grad: Array, mask: Array) -> Array:
    result = np.zeros_like(grad)
    for i, j in np.argwhere(mask):
        result[i, j] = mask[i, j] * grad[i, j]
    return result


def _backward_mask_ignored(grad: Array, mask: Array) -> Array:
    return grad.copy()


def _backward_scale_forgotten(grad: Array, mask: Array) -> Array:
    return np.where(mask > 0, grad, np.zeros_like(grad))


def _backward_dropped_units(grad: Array, mask: Array) -> Array:
    return grad * (mask == 0)


def _backward_mask_twice(grad: Array, mask: Array) -> Array:
    return grad * mask * mask


def _backward_divided(grad: Array, mask: Array) -> Array:
    return grad / mask


def _backward_divided_where_kept(grad: Array, mask: Array) -> Array:
    return np.where(mask > 0, grad / np.where(mask > 0, mask, mask + 1), np.zeros_like(grad))


def _backward_the_mask(grad: Array, mask: Array) -> Array:
    return mask.copy()


dropout_backward = exercise(
    name="dropout_backward",
    points=1,
    at_home=True,
    lecture="002, Dropout - implementation: the layer should keep the dropout mask",
    signature="dropout_backward(grad, mask)",
    draw=_draw,
    draws=6,
    edges=(
        Case((np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]]), np.array([[1.25, 0.0, 1.25], [0.0, 1.25, 1.25]]))),
        Case((np.array([[1.0, -2.0]]), np.array([[0.0, 2.0]]))),
        Case((np.array([[1.0, -2.0]]), np.ones((1, 2)))),
    ),
    reference=_backward,
    misconceptions=(
        Misconception(
            "mask ignored",
            _backward_mask_ignored,
            "A dropped unit had no influence on the loss. Which gradient does it get in your code?",
        ),
        Misconception(
            "scale forgotten",
            _backward_scale_forgotten,
            "out = x * mask, and the mask is not only 0 and 1. By how much does out change when x changes by 1?",
        ),
        Misconception(
            "dropped units learn",
            _backward_dropped_units,
            "In your code the dropped units get a gradient, and the others none. Which of them moved the loss?",
        ),
        Misconception("mask twice", _backward_mask_twice, "How many times does mask multiply x on the way forward?"),
        Misconception(
            "divided by the mask", _backward_divided, "What is a gradient divided by 0? Is backward the inverse?"
        ),
        Misconception(
            "divided where kept",
            _backward_divided_where_kept,
            "Backward is not the inverse of forward: it multiplies by the slope. What is the slope of x * mask?",
        ),
        Misconception("the mask alone", _backward_the_mask, "Does your result depend on `grad`?"),
    ),
    alternatives=(_backward_multiply, _backward_loop),
    formula="out = x * mask, so d out / d x = mask, and the gradient of x is grad * mask, number by number.",
    shapes="grad, mask and the result are (B, H).",
    worked="grad = [[5, 2]], mask = [[0, 1.25]]: [[0, 2.5]]; the unit that was off learns nothing",
)
