"""The gradient of the cross-entropy with respect to the scores."""

import numpy as np

from tplib.exercises.tp6.losses.common import AUTOGRAD, exercise, library, scores_and_classes
from tplib.exercises.tp6.losses.cross_entropy import EDGES

Array = np.ndarray


def _softmax(scores: Array, axis: int | None = 1) -> Array:
    exps = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exps / exps.sum(axis=axis, keepdims=True)


def _one_hot(scores: Array, y: Array) -> Array:
    return np.eye(scores.shape[1], dtype=scores.dtype)[y]


def _cross_entropy(scores: Array, y: Array) -> Array:
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


@exercise(
    points=2,
    keeps_dtype=True,
    lecture="003, Algorithm 3 (back propagation), line 1: the output gradient",
    concepts=(11,),
    draw=scores_and_classes,
    edges=EDGES,
    aspects={
        "stability": "Right for moderate scores, but not for large ones.",
        "dtype": "Right for float64, but not for float32 scores.",
    },
    forbidden=(*AUTOGRAD, *library("cross_entropy", "CrossEntropyLoss")),
)
def cross_entropy_grad(scores: Array, y: Array) -> Array:
    """dL/ds_ik = (p_ik - 1) / B if k is the class of example i, and p_ik / B otherwise; p = softmax(scores).

    shapes: `scores`, p and the result are (B, K); `np.eye(K, dtype=scores.dtype)[y]` is (B, K) too.
    worked: scores = [[0, ln 3]], y = [1]: p = [[0.25, 0.75]], and the gradient is [[0.25, -0.25]]
    """
    return (_softmax(scores) - _one_hot(scores, y)) / len(y)


@cross_entropy_grad.mistake("The loss is a mean over B examples. By what is the share of each example divided?")
def mean_forgotten(scores: Array, y: Array) -> Array:
    return _softmax(scores) - _one_hot(scores, y)


@cross_entropy_grad.mistake("The loss is a mean over B examples. Do you divide by B, or by B times K?")
def divided_by_all_entries(scores: Array, y: Array) -> Array:
    return (_softmax(scores) - _one_hot(scores, y)) / scores.size


@cross_entropy_grad.mistake(
    "If the score of the right class rises, does the loss rise or fall? And your gradient says?"
)
def sign(scores: Array, y: Array) -> Array:
    return (_one_hot(scores, y) - _softmax(scores)) / len(y)


@cross_entropy_grad.mistake("Each row of the gradient sums to 0. To what does yours sum? Does it depend on y?")
def right_class_not_subtracted(scores: Array, y: Array) -> Array:
    return _softmax(scores) / len(y)


@cross_entropy_grad.mistake("If the score of a wrong class rises, what happens to the probability of the right one?")
def right_class_only(scores: Array, y: Array) -> Array:
    one_hot = _one_hot(scores, y)
    return one_hot * (_softmax(scores) - 1) / len(y)


@cross_entropy_grad.mistake(
    "-1 / p is the derivative with respect to the probability. What is missing between probability and score?"
)
def gradient_with_respect_to_p(scores: Array, y: Array) -> Array:
    return -_one_hot(scores, y) / _softmax(scores) / len(y)


@cross_entropy_grad.mistake("In p - e(y), is p the array of scores, or what softmax makes of it?")
def softmax_forgotten(scores: Array, y: Array) -> Array:
    return (scores - _one_hot(scores, y)) / len(y)


@cross_entropy_grad.mistake(
    "How many entries does `p[:, y] -= 1` change in each row? How do you index pairs of row and class?"
)
def every_row_with_every_class(scores: Array, y: Array) -> Array:
    grad = _softmax(scores)
    grad[:, y] -= 1
    return grad / len(y)


@cross_entropy_grad.mistake("y holds the number of a class. Which row of zeros and one 1 stands for it?")
def class_number_subtracted(scores: Array, y: Array) -> Array:
    return ((_softmax(scores) - y[:, None]) / len(y)).astype(scores.dtype)


@cross_entropy_grad.mistake("One row is one example. Along which axis do its probabilities sum to 1?")
def wrong_axis(scores: Array, y: Array) -> Array:
    return (_softmax(scores, axis=0) - _one_hot(scores, y)) / len(y)


@cross_entropy_grad.mistake(
    "The loss needs the logarithm of p. Does its gradient, p - e(y)?",
    name="log-softmax instead of softmax",
)
def log_softmax_instead_of_softmax(scores: Array, y: Array) -> Array:
    return (np.log(_softmax(scores)) - _one_hot(scores, y)) / len(y)


@cross_entropy_grad.mistake("Each row of the gradient sums to 0. Does yours? Divide p and e(y) both by B.")
def only_the_one_hot_row_divided(scores: Array, y: Array) -> Array:
    return _softmax(scores) - _one_hot(scores, y) / len(y)


@cross_entropy_grad.mistake(
    "Each row of the gradient sums to 0. Does yours? Which comes first: - 1, or the division by B?"
)
def only_p_divided(scores: Array, y: Array) -> Array:
    return _softmax(scores) / len(y) - _one_hot(scores, y)


@cross_entropy_grad.mistake("The loss is a mean over B examples. Do you divide by B, or by the number of classes?")
def divided_by_the_number_of_classes(scores: Array, y: Array) -> Array:
    return (_softmax(scores) - _one_hot(scores, y)) / scores.shape[1]


@cross_entropy_grad.mistake("A factor 2 comes from a square. Is there a square in the cross-entropy?")
def factor_2(scores: Array, y: Array) -> Array:
    return 2 * (_softmax(scores) - _one_hot(scores, y)) / len(y)


@cross_entropy_grad.mistake(
    "The gradient has an entry for each score, (B, K). What did your mean over the batch do to it?"
)
def mean_of_the_rows(scores: Array, y: Array) -> Array:
    return (_softmax(scores) - _one_hot(scores, y)).mean(axis=0)


@cross_entropy_grad.mistake(
    "One row is at 1000, another at -1000. What is left of the second one after your subtraction?"
)
def maximum_of_the_whole_array(scores: Array, y: Array) -> Array:
    exps = np.exp(scores - scores.max())
    return (exps / exps.sum(axis=1, keepdims=True) - _one_hot(scores, y)) / len(y)


@cross_entropy_grad.mistake(
    "What is `np.exp(1000)`? Which number could you subtract from a row without changing its softmax?"
)
def unstable(scores: Array, y: Array) -> Array:
    exps = np.exp(scores)
    return (exps / exps.sum(axis=1, keepdims=True) - _one_hot(scores, y)) / len(y)


@cross_entropy_grad.mistake(
    "A finite difference checks a gradient, and float32 scores hardly feel a step of 1e-6. What does the formula say?"
)
def finite_differences(scores: Array, y: Array) -> Array:
    grad, h = np.zeros_like(scores), 1e-6
    for at in np.ndindex(scores.shape):
        more, less = scores.copy(), scores.copy()
        more[at] += h
        less[at] -= h
        grad[at] = (_cross_entropy(more, y) - _cross_entropy(less, y)) / (2 * h)
    return grad


@cross_entropy_grad.alternative
def in_place(scores: Array, y: Array) -> Array:
    grad = _softmax(scores)
    grad[np.arange(len(y)), y] -= 1
    return grad / len(y)


@cross_entropy_grad.alternative
def loop(scores: Array, y: Array) -> Array:
    grad = np.zeros_like(scores)
    B, K = scores.shape
    for i in range(B):
        p = np.exp(scores[i] - max(scores[i]))
        p = p / sum(p)
        for k in range(K):
            grad[i, k] = (p[k] - 1) / B if k == y[i] else p[k] / B
    return grad


@cross_entropy_grad.alternative
def by_the_jacobian(scores: Array, y: Array) -> Array:
    rows = []
    for p, k in zip(_softmax(scores), y, strict=True):
        jacobian = np.diag(p) - np.outer(p, p)  # (K, K)
        # p_k may be 0 in floats, and its row of the Jacobian too: their quotient is e(k) - p.
        rows.append(-jacobian[k] / p[k] if p[k] > 0 else p - (np.arange(len(p)) == k))
    return np.array(rows).astype(scores.dtype) / len(y)


@cross_entropy_grad.alternative
def by_logaddexp(scores: Array, y: Array) -> Array:
    p = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
    return (p - (np.arange(scores.shape[1]) == y[:, None])) / scores.shape[0]
