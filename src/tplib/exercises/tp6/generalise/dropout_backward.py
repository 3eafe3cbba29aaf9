"""Dropout, backward: the gradient passes where the mask let the input pass."""

import numpy as np

from tplib.exercises.tp6.generalise.common import Array, exercise, nonzero
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case


def _draw(draw: Draw) -> Arguments:
    B, H = draw.size(1, 3), draw.size(1, 4)
    p = draw.choice((0.5, 0.2, 0.75))
    return nonzero(draw.array(B, H)), draw.integers(0, 2, B, H) / (1 - p)


@exercise(
    points=1,
    at_home=True,
    lecture="002, Dropout - implementation: the layer should keep the dropout mask",
    concepts=(24,),
    draw=_draw,
    draws=6,
    edges=(
        Case((np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]]), np.array([[1.25, 0.0, 1.25], [0.0, 1.25, 1.25]]))),
        Case((np.array([[1.0, -2.0]]), np.array([[0.0, 2.0]]))),
        Case((np.array([[1.0, -2.0]]), np.ones((1, 2)))),
    ),
)
def dropout_backward(grad: Array, mask: Array) -> Array:
    """out = x * mask, so d out / d x = mask, and the gradient of x is grad * mask, number by number.

    shapes: grad, mask and the result are (B, H).
    worked: grad = [[5, 2]], mask = [[0, 1.25]]: [[0, 2.5]]; the unit that was off learns nothing
    """
    return grad * mask


@dropout_backward.mistake("A dropped unit had no influence on the loss. Which gradient does it get in your code?")
def mask_ignored(grad: Array, mask: Array) -> Array:
    return grad.copy()


@dropout_backward.mistake(
    "out = x * mask, and the mask is not only 0 and 1. By how much does out change when x changes by 1?"
)
def scale_forgotten(grad: Array, mask: Array) -> Array:
    return np.where(mask > 0, grad, np.zeros_like(grad))


@dropout_backward.mistake(
    "In your code the dropped units get a gradient, and the others none. Which of them moved the loss?"
)
def dropped_units_learn(grad: Array, mask: Array) -> Array:
    return grad * (mask == 0)


@dropout_backward.mistake("How many times does mask multiply x on the way forward?")
def mask_twice(grad: Array, mask: Array) -> Array:
    return grad * mask * mask


@dropout_backward.mistake("What is a gradient divided by 0? Is backward the inverse?")
def divided_by_the_mask(grad: Array, mask: Array) -> Array:
    return grad / mask


@dropout_backward.mistake(
    "Backward is not the inverse of forward: it multiplies by the slope. What is the slope of x * mask?"
)
def divided_where_kept(grad: Array, mask: Array) -> Array:
    return np.where(mask > 0, grad / np.where(mask > 0, mask, mask + 1), np.zeros_like(grad))


@dropout_backward.mistake("Does your result depend on `grad`?")
def the_mask_alone(grad: Array, mask: Array) -> Array:
    return mask.copy()


@dropout_backward.mistake("Does 1 - mask tell which units were off? What is it where the mask is 1.25?")
def one_minus_the_mask(grad: Array, mask: Array) -> Array:
    return grad * (1 - mask)


@dropout_backward.mistake("With p = 0.2 a unit that is left is multiplied by 1.25. By what do you multiply?")
def factor_of_one_half(grad: Array, mask: Array) -> Array:
    return 2 * grad * (mask > 0)


@dropout_backward.mistake("What is `int(1.25)`?")
def mask_of_whole_numbers(grad: Array, mask: Array) -> Array:
    return grad * mask.astype(int)


@dropout_backward.mistake("Each example has its own mask. Which rows of the mask do you use?")
def mask_of_the_first_example(grad: Array, mask: Array) -> Array:
    return grad * mask[0]


@dropout_backward.mistake("A unit may be off in one example and on in the next. What does yours do in the next one?")
def off_in_the_whole_batch(grad: Array, mask: Array) -> Array:
    return grad * mask.min(axis=0)


@dropout_backward.mistake("A bias is shared by all examples, x is not. How many rows has the gradient of x?")
def summed_over_the_batch(grad: Array, mask: Array) -> Array:
    return (grad * mask).sum(axis=0)


@dropout_backward.mistake("The loss is a mean already. Is there a division by B in the formula?")
def divided_by_the_batch_size(grad: Array, mask: Array) -> Array:
    return grad * mask / len(grad)


@dropout_backward.mistake("The gradient has the shape of x. Where are the units that were off in your result?")
def only_the_units_that_were_left(grad: Array, mask: Array) -> Array:
    return (grad * mask)[mask > 0]


@dropout_backward.mistake("Dropout is no ReLU. May the gradient of a unit be negative?")
def negative_gradients_cut(grad: Array, mask: Array) -> Array:
    return np.maximum(grad, 0) * mask


@dropout_backward.mistake(
    "The factor of this mask is 1 / (1 - p). Can you read p off the number of units that were left?"
)
def factor_from_the_share_that_is_left(grad: Array, mask: Array) -> Array:
    return grad * (mask > 0) / max(float(np.mean(mask > 0)), 1e-12)


@dropout_backward.alternative
def backward_multiply(grad: Array, mask: Array) -> Array:
    return np.multiply(mask, grad)


@dropout_backward.alternative
def backward_loop(grad: Array, mask: Array) -> Array:
    result = np.zeros_like(grad)
    for i, j in np.argwhere(mask):
        result[i, j] = mask[i, j] * grad[i, j]
    return result
