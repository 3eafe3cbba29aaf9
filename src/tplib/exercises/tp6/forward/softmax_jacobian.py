"""The Jacobian of softmax."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.exercises.tp6.forward.softmax import LARGE, SLIDE, SQUARE, STABILITY
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _vector(draw: Draw) -> Arguments:
    return (draw.array(draw.size(1, 5)),)


def _softmax(scores: Array, axis: int | None = -1) -> Array:
    exps = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exps / exps.sum(axis=axis, keepdims=True)


def _unstable(scores: Array) -> Array:
    exps = np.exp(scores)
    return exps / exps.sum(axis=-1, keepdims=True)


@exercise(
    points=2,
    at_home=True,
    lecture="003, We need to compute the gradients...: gradient of Softmax",
    draw=_vector,
    edges=(Case((SLIDE,)), Case((SQUARE[0],)), Case((LARGE[0],), "stability")),
    aspects=STABILITY,
    forbidden=(
        "torch.autograd.grad",
        "torch.Tensor.backward",
        "torch.autograd.functional.jacobian",
        "torch.func.jacrev",
        "torch.func.jacfwd",
    ),
)
def softmax_jacobian(scores: Array) -> Array:
    """d p_k / d z_j = p_k (1 - p_k) if j = k, and -p_k p_j otherwise: diag(p) - p pᵀ, with p = softmax(z).

    shapes: `scores` and p are (K,); the result is (K, K), row k for p_k, column j for z_j.
    worked: p = [0.25, 0.75]: [[0.1875, -0.1875], [-0.1875, 0.1875]]
    """
    p = _softmax(scores)
    return np.diag(p) - np.outer(p, p)


@softmax_jacobian.mistake("If one score rises, what happens to the probabilities of the other classes?")
def diagonal_only(scores: Array) -> Array:
    return np.diag(_softmax(scores) * (1 - _softmax(scores)))


@softmax_jacobian.mistake("K outputs each depend on K scores. How many derivatives does that make?")
def rule_of_the_sigmoid(scores: Array) -> Array:
    return _softmax(scores) * (1 - _softmax(scores))


@softmax_jacobian.mistake("If one score rises, do the probabilities of the other classes rise or fall?")
def sign_off_the_diagonal(scores: Array) -> Array:
    return np.diag(_softmax(scores) - 2 * _softmax(scores) ** 2) + np.outer(_softmax(scores), _softmax(scores))


@softmax_jacobian.mistake(
    "If a score rises, does the probability of its own class rise or fall? Look at your diagonal."
)
def diagonal_forgotten(scores: Array) -> Array:
    return -np.outer(_softmax(scores), _softmax(scores))


@softmax_jacobian.mistake("`p @ p` is one number. Which product of p with itself is a K by K table?")
def inner_product(scores: Array) -> Array:
    return np.diag(_softmax(scores)) - _softmax(scores) @ _softmax(scores)


@softmax_jacobian.mistake("In the formula p is the softmax of the scores. Is it the softmax in yours?")
def scores_taken_for_probabilities(scores: Array) -> Array:
    return np.diag(scores) - np.outer(scores, scores)


@softmax_jacobian.mistake("What is `np.exp(1000)`? Does your softmax subtract the maximum first?")
def unstable(scores: Array) -> Array:
    return np.diag(_unstable(scores)) - np.outer(_unstable(scores), _unstable(scores))


@softmax_jacobian.alternative
def loop(scores: Array) -> Array:
    p = _softmax(scores)
    J = np.zeros((len(p), len(p)), dtype=p.dtype)
    for k in range(len(p)):
        for j in range(len(p)):
            J[k, j] = p[k] * (1 - p[k]) if j == k else -p[k] * p[j]
    return J


@softmax_jacobian.alternative
def factored(scores: Array) -> Array:
    return _softmax(scores)[:, None] * (np.eye(len(scores), dtype=scores.dtype) - _softmax(scores))


@softmax_jacobian.alternative
def by_matrix_product(scores: Array) -> Array:
    return np.diag(_softmax(scores)) - _softmax(scores)[:, None] @ _softmax(scores)[None, :]
