"""sgns_grad: the gradient of the loss of skip-gram with negative sampling."""

from functools import partial

import numpy as np

from tplib.exercises.tp8.word2vec.common import AUTOGRAD, LIBRARY, SIZES, Array, exercise, scores, sigmoid, vectors
from tplib.graders.exercise import Drawn

Gradients = tuple[Array, Array, Array]


def _from_errors(true: Array, noise: Array, centers: Array, contexts: Array, negatives: Array) -> Gradients:
    """The gradients, from those of the scores: true (B,) and noise (B, K)."""
    d_centers = true[:, None] * contexts + np.einsum("bk,bkd->bd", noise, negatives)
    return d_centers, true[:, None] * centers, noise[:, :, None] * centers[:, None, :]


def _errors(centers: Array, contexts: Array, negatives: Array) -> tuple[Array, Array]:
    true, noise = scores(centers, contexts, negatives)
    return (sigmoid(true) - 1) / len(centers), sigmoid(noise) / len(centers)


@exercise(
    points=2,
    lecture="003, Learn embeddings from context: Skip Gram (negative sampling)",
    concepts=(42,),
    draw=vectors,
    edges=(
        *(Drawn(partial(vectors, sizes=sizes)) for sizes in SIZES),
        Drawn(partial(vectors, sizes=(3, 4, 3), reach=40.0), "stability"),
        Drawn(partial(vectors, sizes=(2, 2, 2), reach=60.0), "stability"),
    ),
    forbidden=(*LIBRARY, *AUTOGRAD),
)
def sgns_grad(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    """t = (sigmoid(v . u) - 1) / B, e_k = sigmoid(v . n_k) / B; dv = t u + sum of e_k n_k, du = t v, dn_k = e_k v

    shapes: t (B,), e (B, K); dv (B, D), du (B, D), dn (B, K, D)
    worked: B = K = D = 1, v = 1, u = n = 0: t = -1/2, e = 1/2; dv = 0, du = -1/2, dn = 1/2
    """
    return _from_errors(*_errors(centers, contexts, negatives), centers, contexts, negatives)


@sgns_grad.alternative
def pair_by_pair(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    B = len(centers)
    dv, du, dn = np.zeros_like(centers), np.zeros_like(contexts), np.zeros_like(negatives)
    for b in range(B):
        t = (sigmoid(centers[b] @ contexts[b]) - 1) / B
        du[b] = t * centers[b]
        dv[b] = t * contexts[b]
        for k in range(negatives.shape[1]):
            e = sigmoid(centers[b] @ negatives[b, k]) / B
            dn[b, k] = e * centers[b]
            dv[b] += e * negatives[b, k]
    return dv, du, dn


@sgns_grad.alternative
def with_labels(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    """All 1 + K words in one array, with the label 1 for the true one and 0 for the others."""
    words = np.concatenate([contexts[:, None, :], negatives], axis=1)
    labels = np.zeros(words.shape[:2])
    labels[:, 0] = 1
    errors = (sigmoid(np.matmul(words, centers[:, :, None])[:, :, 0]) - labels) / len(centers)
    d_words = errors[:, :, None] * centers[:, None, :]
    return np.sum(errors[:, :, None] * words, axis=1), d_words[:, 0], d_words[:, 1:]


@sgns_grad.mistake("What is the label of a negative word: 1, or 0? So what is its error?")
def negatives_as_true_words(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    true, noise = _errors(centers, contexts, negatives)
    return _from_errors(true, noise - 1 / len(centers), centers, contexts, negatives)


@sgns_grad.mistake("The loss is a mean over B pairs. Where is that B in its gradient?")
def not_divided_by_the_number_of_pairs(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    dv, du, dn = sgns_grad(centers, contexts, negatives)
    return dv * len(centers), du * len(centers), dn * len(centers)


@sgns_grad.mistake("A gradient points to where the loss grows. Where does yours point?")
def downhill(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    dv, du, dn = sgns_grad(centers, contexts, negatives)
    return -dv, -du, -dn


@sgns_grad.mistake("Is the centre's vector in the negatives' scores as well?")
def negatives_missing_at_the_centre(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    _, du, dn = sgns_grad(centers, contexts, negatives)
    return _errors(centers, contexts, negatives)[0][:, None] * contexts, du, dn


@sgns_grad.mistake("Is the centre's vector in the true word's score as well?")
def true_word_missing_at_the_centre(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    dv, du, dn = sgns_grad(centers, contexts, negatives)
    return dv - _errors(centers, contexts, negatives)[0][:, None] * contexts, du, dn


@sgns_grad.mistake("The derivative of -log sigmoid(s) is sigmoid(s) - 1. What is still in yours?")
def derivative_of_the_sigmoid_left_in(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    true, noise = _errors(centers, contexts, negatives)
    slopes = [sigmoid(score) * (1 - sigmoid(score)) for score in scores(centers, contexts, negatives)]
    return _from_errors(true * slopes[0], noise * slopes[1], centers, contexts, negatives)


@sgns_grad.mistake("The score is v . u. What is its derivative with respect to u: u, or v?")
def context_times_itself(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    true, noise = _errors(centers, contexts, negatives)
    return sgns_grad(centers, contexts, negatives)[0], true[:, None] * contexts, noise[:, :, None] * negatives


@sgns_grad.mistake("The score is v . n. What is its derivative with respect to n: n, or v?")
def negatives_times_themselves(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    dv, du, _ = sgns_grad(centers, contexts, negatives)
    return dv, du, _errors(centers, contexts, negatives)[1][:, :, None] * negatives


@sgns_grad.mistake("Is the error of the true word positive, or negative? In which direction should its score move?")
def sign_of_the_true_word(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    true, noise = _errors(centers, contexts, negatives)
    return _from_errors(-true, noise, centers, contexts, negatives)


@sgns_grad.mistake("Should the score of a negative word grow?")
def sign_of_the_negatives(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    true, noise = _errors(centers, contexts, negatives)
    return _from_errors(true, -noise, centers, contexts, negatives)


@sgns_grad.mistake("The negatives are a sum in the loss. By what do you divide them?")
def divided_by_the_number_of_negatives(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    true, noise = _errors(centers, contexts, negatives)
    return _from_errors(true, noise / negatives.shape[1], centers, contexts, negatives)


@sgns_grad.mistake("A mean over the B pairs: by how many numbers do you divide?")
def divided_by_the_number_of_scores(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    true, noise = (error / (1 + negatives.shape[1]) for error in _errors(centers, contexts, negatives))
    return _from_errors(true, noise, centers, contexts, negatives)


@sgns_grad.mistake("All negatives of a pair pull at the centre. Do you add, or take the mean?")
def mean_of_the_negatives_at_the_centre(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    true, noise = _errors(centers, contexts, negatives)
    _, du, dn = sgns_grad(centers, contexts, negatives)
    return _from_errors(true, noise / negatives.shape[1], centers, contexts, negatives)[0], du, dn


@sgns_grad.mistake("Where is the sigmoid?")
def scores_without_sigmoid(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    true, noise = (score / len(centers) for score in scores(centers, contexts, negatives))
    return _from_errors(true - 1 / len(centers), noise, centers, contexts, negatives)


@sgns_grad.mistake("For a true word of large score there is nothing left to learn. What is your error there?")
def sigmoid_of_the_true_score(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    true, noise = _errors(centers, contexts, negatives)
    return _from_errors(-true - 1 / len(centers), noise, centers, contexts, negatives)


@sgns_grad.mistake("Each negative word has a gradient of its own. Over what do you add up?")
def negatives_added_up(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    dv, du, dn = sgns_grad(centers, contexts, negatives)
    return dv, du, dn.sum(1)


@sgns_grad.mistake("For a negative word of very small score there is nothing left to learn. What is your error there?")
def sigmoid_of_minus_the_negatives(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    true, noise = _errors(centers, contexts, negatives)
    return _from_errors(true, 1 / len(centers) - noise, centers, contexts, negatives)


@sgns_grad.mistake("Each pair has a context of its own. Over what do you add up?")
def contexts_added_up(centers: Array, contexts: Array, negatives: Array) -> Gradients:
    dv, du, dn = sgns_grad(centers, contexts, negatives)
    return dv, du.sum(0), dn
