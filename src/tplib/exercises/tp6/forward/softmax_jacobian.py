"""The Jacobian of softmax."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.exercises.tp6.forward.softmax import LARGE, SLIDE, SOFTMAXES, SQUARE, STABILITY
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _vector(draw: Draw) -> Arguments:
    return (draw.array(draw.size(1, 5)),)


def _equal_scores(draw: Draw) -> Arguments:
    a, b = draw.array(2)
    return (np.array([a, b, a, b + 4.0]),)


def _large(draw: Draw) -> Arguments:
    return (draw.array(3) + draw.choice((1000.0, -1000.0)),)


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
    concepts=(10,),
    draw=_vector,
    edges=(
        Case((SLIDE,)),
        Case((SQUARE[0],)),
        Drawn(_equal_scores),
        Drawn(lambda draw: (draw.array(4),)),
        Case((LARGE[0],), "stability"),
        Drawn(_large, "stability"),
    ),
    aspects=STABILITY,
    forbidden=(
        *SOFTMAXES,
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


@softmax_jacobian.mistake("Which sign have the entries beside the diagonal, and which has p pᵀ in diag(p) - p pᵀ?")
def plus_instead_of_minus(scores: Array) -> Array:
    return np.diag(_softmax(scores)) + np.outer(_softmax(scores), _softmax(scores))


@softmax_jacobian.mistake("p pᵀ already holds p_k² on its diagonal. How often do you subtract it?")
def square_subtracted_twice(scores: Array) -> Array:
    return np.diag(_softmax(scores) * (1 - _softmax(scores))) - np.outer(_softmax(scores), _softmax(scores))


@softmax_jacobian.mistake("On the diagonal stands p_k (1 - p_k). What stands there in yours?")
def p_on_the_diagonal(scores: Array) -> Array:
    return np.diag(_softmax(scores) + _softmax(scores) ** 2) - np.outer(_softmax(scores), _softmax(scores))


@softmax_jacobian.mistake("On the diagonal stands p_k (1 - p_k). By what is your 1 to be multiplied?")
def one_on_the_diagonal(scores: Array) -> Array:
    return np.eye(len(scores), dtype=scores.dtype) - np.outer(_softmax(scores), _softmax(scores))


@softmax_jacobian.mistake("`p - np.outer(p, p)` puts p in every row. Which function puts it on the diagonal only?")
def p_in_every_row(scores: Array) -> Array:
    return _softmax(scores) - np.outer(_softmax(scores), _softmax(scores))


@softmax_jacobian.mistake("1 - p_k belongs to the diagonal. What stands beside it?")
def one_minus_p_beside_the_diagonal(scores: Array) -> Array:
    p = _softmax(scores)
    return np.diag(2 * p * (1 - p)) - np.outer(p, 1 - p)


@softmax_jacobian.mistake("Those are the slopes of log p_k. By what must row k be multiplied to give those of p_k?")
def jacobian_of_log_softmax(scores: Array) -> Array:
    return np.eye(len(scores), dtype=scores.dtype) - _softmax(scores)


@softmax_jacobian.mistake("Two classes may have the same score. Is `p[j] == p[k]` the same as `j == k`?")
def values_compared_instead_of_indices(scores: Array) -> Array:
    p = _softmax(scores)
    return np.where(p[:, None] == p, p * (1 - p), -np.outer(p, p))


@softmax_jacobian.mistake("The table is symmetric. What stands below the diagonal of yours?")
def upper_half_only(scores: Array) -> Array:
    return np.triu(np.diag(_softmax(scores)) - np.outer(_softmax(scores), _softmax(scores)))


@softmax_jacobian.mistake("How far do your loops go? Are the last row and column filled?")
def last_class_forgotten(scores: Array) -> Array:
    J = np.diag(_softmax(scores)) - np.outer(_softmax(scores), _softmax(scores))
    J[-1, :] = J[:, -1] = 0
    return J


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
