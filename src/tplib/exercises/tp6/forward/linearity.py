"""Two linear layers are one."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray


def _two_layers(draw: Draw) -> Arguments:
    D, H, K = draw.size(1, 3), draw.size(1, 3), draw.size(1, 3)
    return draw.array(D, H), draw.array(H), draw.array(H, K), draw.array(K)


def _collapse(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return W1 @ W2, b1 @ W2 + b2


def _collapse_by_probing(W1: Array, b1: Array, W2: Array, b2: Array) -> list[Array]:
    probes = np.vstack([np.zeros((1, len(W1))), np.eye(len(W1))]).astype(W1.dtype)
    out = (probes @ W1 + b1) @ W2 + b2  # row 0 is the bias, row i the bias plus row i of the weights
    return [out[1:] - out[0], out[0]]


def _collapse_linear_first_bias_lost(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W1 @ W2, b2)


def _collapse_linear_first_bias_not_transformed(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W1 @ W2, b1 + b2)


def _collapse_linear_order_reversed(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W2 @ W1, b1 @ W2 + b2)


def _collapse_linear_column_convention(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W2.T @ W1.T, W2.T @ b1 + b2)


def _collapse_linear_weights_added(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W1 + W2, b1 + b2)


def _collapse_linear_by_einsum(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (np.einsum("dh,hk->dk", W1, W2), (b1[None, :] @ W2)[0] + b2)


def _collapse_linear_by_sums(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (np.dot(W1, W2), np.sum(b1[:, None] * W2, axis=0) + b2)


collapse_linear = exercise(
    name="collapse_linear",
    points=2,
    at_home=True,
    lecture="000, Activation functions: combining two linear functions",
    signature="collapse_linear(W1, b1, W2, b2)",
    draw=_two_layers,
    edges=(
        Case(
            (
                np.array([[1.0, 2.0], [0.0, -1.0]]),
                np.array([1.0, -1.0]),
                np.array([[0.5, 1.0], [3.0, -2.0]]),
                np.array([10.0, 20.0]),
            )
        ),
    ),
    reference=_collapse,
    misconceptions=(
        Misconception(
            "first bias lost",
            _collapse_linear_first_bias_lost,
            "What do the two layers give for x = 0? Follow `b1` through the second layer.",
        ),
        Misconception(
            "first bias not transformed",
            _collapse_linear_first_bias_not_transformed,
            "`b1` is added before the second layer. What does that layer do to it?",
        ),
        Misconception(
            "order reversed",
            _collapse_linear_order_reversed,
            "x meets W1 first. With rows as examples, is that x W1 W2 or x W2 W1?",
        ),
        Misconception(
            "column convention",
            _collapse_linear_column_convention,
            "The lecture writes A x + b, with x a column. Our x is a row: what becomes of the order and of the shapes?",
        ),
        Misconception(
            "weights added",
            _collapse_linear_weights_added,
            "One layer follows the other. Does that add their matrices, or multiply them?",
        ),
    ),
    alternatives=(
        _collapse_by_probing,
        _collapse_linear_by_einsum,
        _collapse_linear_by_sums,
    ),
    formula="(x W1 + b1) W2 + b2 = x (W1 W2) + (b1 W2 + b2).",
    shapes="`W1` is (D, H), `b1` (H,), `W2` (H, K), `b2` (K,): the result is a pair, `W` of (D, K) and `b` of (K,).",
    worked="W1 = [[2]], b1 = [1], W2 = [[3]], b2 = [4]: 3 (2x + 1) + 4 = 6x + 7, so W = [[6]] and b = [7]",
)
