"""The Jacobian of softmax."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.exercises.tp6.forward.softmax import LARGE, SLIDE, SQUARE, STABILITY
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray


def _vector(draw: Draw) -> Arguments:
    return (draw.array(draw.size(1, 5)),)


def _softmax(scores: Array, axis: int | None = -1) -> Array:
    exps = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exps / exps.sum(axis=axis, keepdims=True)


def _unstable(scores: Array) -> Array:
    exps = np.exp(scores)
    return exps / exps.sum(axis=-1, keepdims=True)


def _softmax_jacobian(scores: Array) -> Array:
    p = _softmax(scores)
    return np.diag(p) - np.outer(p, p)


def _softmax_jacobian_loop(scores: Array) -> Array:
    p = _softmax(scores)
    J = np.zeros((len(p), len(p)), dtype=p.dtype)
    for k in range(len(p)):
        for j in range(len(p)):
            J[k, j] = p[k] * (1 - p[k]) if j == k else -p[k] * p[j]
    return J


def _softmax_jacobian_diagonal_only(scores: Array) -> Array:
    return np.diag(_softmax(scores) * (1 - _softmax(scores)))


def _softmax_jacobian_rule_of_the_sigmoid(scores: Array) -> Array:
    return _softmax(scores) * (1 - _softmax(scores))


def _softmax_jacobian_sign_off_the_diagonal(scores: Array) -> Array:
    return np.diag(_softmax(scores) - 2 * _softmax(scores) ** 2) + np.outer(_softmax(scores), _softmax(scores))


def _softmax_jacobian_diagonal_forgotten(scores: Array) -> Array:
    return -np.outer(_softmax(scores), _softmax(scores))


def _softmax_jacobian_inner_product(scores: Array) -> Array:
    return np.diag(_softmax(scores)) - _softmax(scores) @ _softmax(scores)


def _softmax_jacobian_scores_taken_for_probabilities(scores: Array) -> Array:
    return np.diag(scores) - np.outer(scores, scores)


def _softmax_jacobian_unstable(scores: Array) -> Array:
    return np.diag(_unstable(scores)) - np.outer(_unstable(scores), _unstable(scores))


def _softmax_jacobian_factored(scores: Array) -> Array:
    return _softmax(scores)[:, None] * (np.eye(len(scores), dtype=scores.dtype) - _softmax(scores))


def _softmax_jacobian_by_matrix_product(scores: Array) -> Array:
    return np.diag(_softmax(scores)) - _softmax(scores)[:, None] @ _softmax(scores)[None, :]


softmax_jacobian = exercise(
    name="softmax_jacobian",
    points=2,
    at_home=True,
    lecture="003, We need to compute the gradients...: gradient of Softmax",
    signature="softmax_jacobian(scores)",
    draw=_vector,
    edges=(Case((SLIDE,)), Case((SQUARE[0],)), Case((LARGE[0],), "stability")),
    aspects=STABILITY,
    reference=_softmax_jacobian,
    misconceptions=(
        Misconception(
            "diagonal only",
            _softmax_jacobian_diagonal_only,
            "If one score rises, what happens to the probabilities of the other classes?",
        ),
        Misconception(
            "rule of the sigmoid",
            _softmax_jacobian_rule_of_the_sigmoid,
            "K outputs each depend on K scores. How many derivatives does that make?",
        ),
        Misconception(
            "sign off the diagonal",
            _softmax_jacobian_sign_off_the_diagonal,
            "If one score rises, do the probabilities of the other classes rise or fall?",
        ),
        Misconception(
            "diagonal forgotten",
            _softmax_jacobian_diagonal_forgotten,
            "If a score rises, does the probability of its own class rise or fall? Look at your diagonal.",
        ),
        Misconception(
            "inner product",
            _softmax_jacobian_inner_product,
            "`p @ p` is one number. Which product of p with itself is a K by K table?",
        ),
        Misconception(
            "scores taken for probabilities",
            _softmax_jacobian_scores_taken_for_probabilities,
            "In the formula p is the softmax of the scores. Is it the softmax in yours?",
        ),
        Misconception(
            "unstable",
            _softmax_jacobian_unstable,
            "What is `np.exp(1000)`? Does your softmax subtract the maximum first?",
        ),
    ),
    alternatives=(
        _softmax_jacobian_loop,
        _softmax_jacobian_factored,
        _softmax_jacobian_by_matrix_product,
    ),
    forbidden=(
        "torch.autograd.grad",
        "torch.Tensor.backward",
        "torch.autograd.functional.jacobian",
        "torch.func.jacrev",
        "torch.func.jacfwd",
    ),
    formula="d p_k / d z_j = p_k (1 - p_k) if j = k, and -p_k p_j otherwise: diag(p) - p pᵀ, with p = softmax(z).",
    shapes="`scores` and p are (K,); the result is (K, K), row k for p_k, column j for z_j.",
    worked="p = [0.25, 0.75]: [[0.1875, -0.1875], [-0.1875, 0.1875]]",
)
