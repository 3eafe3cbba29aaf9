"""sgns_loss: the loss of skip-gram with negative sampling."""

from functools import partial

import numpy as np

from tplib.exercises.tp8.word2vec.common import SIZES, Array, exercise, scores, vectors
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn


def _zeros(draw: Draw) -> Arguments:
    """As word2vec starts: all context vectors are 0, and every score as well."""
    B, K, D = draw.size(1, 3), draw.size(1, 4), draw.size(1, 3)
    return draw.array(B, D), np.zeros((B, D)), np.zeros((B, K, D))


def _minus_log_sigmoid(score: Array) -> Array:
    return np.logaddexp(0, -score)


@exercise(
    points=2,
    lecture="003, Learn embeddings from context: Skip Gram (negative sampling)",
    concepts=(42,),
    draw=vectors,
    edges=(
        *(Drawn(partial(vectors, sizes=sizes)) for sizes in SIZES),
        Drawn(_zeros),
        Drawn(partial(vectors, sizes=(3, 4, 3), reach=40.0), "stability"),
        Drawn(partial(vectors, sizes=(2, 2, 2), reach=60.0), "stability"),
    ),
)
def sgns_loss(centers: Array, contexts: Array, negatives: Array) -> float:
    """-log sigmoid(v . u) - sum over k of log sigmoid(-v . n_k), then the mean over the pairs

    shapes: v (B, D), u (B, D), n (B, K, D); scores (B,) and (B, K); the result is one number
    worked: all scores 0, K = 2: -log(1/2) - 2 log(1/2) = 3 log 2 = 2.079
    """
    true, noise = scores(centers, contexts, negatives)
    return float((_minus_log_sigmoid(true) + _minus_log_sigmoid(-noise).sum(1)).mean())


@sgns_loss.alternative
def pair_by_pair(centers: Array, contexts: Array, negatives: Array) -> float:
    total = 0.0
    for v, u, noise in zip(centers, contexts, negatives, strict=True):
        total += np.logaddexp(0.0, -(v @ u))
        for n in noise:
            total += np.logaddexp(0.0, v @ n)
    return total / len(centers)


@sgns_loss.alternative
def one_product(centers: Array, contexts: Array, negatives: Array) -> float:
    """All 1 + K words in one array, the true one with the other sign."""
    words = np.concatenate([-contexts[:, None, :], negatives], axis=1)  # (B, 1 + K, D)
    signed = (words @ centers[:, :, None])[:, :, 0]
    return float(np.sum(np.maximum(signed, 0) + np.log1p(np.exp(-np.abs(signed)))) / len(centers))


@sgns_loss.mistake("What should the score of a negative word be: large, or small? Where is its minus?")
def minus_missing_at_the_negatives(centers: Array, contexts: Array, negatives: Array) -> float:
    return sgns_loss(centers, contexts, -negatives)  # type: ignore[no-any-return]


@sgns_loss.mistake("Which of the scores has a minus inside of the sigmoid: that of the true word?")
def minus_at_the_true_word(centers: Array, contexts: Array, negatives: Array) -> float:
    return sgns_loss(centers, -contexts, -negatives)  # type: ignore[no-any-return]


@sgns_loss.mistake("The logarithms of the negatives are added. Do you take their mean?")
def mean_over_the_negatives(centers: Array, contexts: Array, negatives: Array) -> float:
    true, noise = scores(centers, contexts, negatives)
    return float((_minus_log_sigmoid(true) + _minus_log_sigmoid(-noise).mean(1)).mean())


@sgns_loss.mistake("Is the loss a sum over the pairs, or a mean?")
def sum_over_the_pairs(centers: Array, contexts: Array, negatives: Array) -> float:
    return sgns_loss(centers, contexts, negatives) * len(centers)  # type: ignore[no-any-return]


@sgns_loss.mistake("A mean over the B pairs: over how many numbers is yours?")
def mean_over_all_scores(centers: Array, contexts: Array, negatives: Array) -> float:
    return sgns_loss(centers, contexts, negatives) / (1 + negatives.shape[1])  # type: ignore[no-any-return]


@sgns_loss.mistake("One number is asked for. How many do you return?")
def one_loss_for_each_pair(centers: Array, contexts: Array, negatives: Array) -> Array:
    true, noise = scores(centers, contexts, negatives)
    return np.asarray(_minus_log_sigmoid(true) + _minus_log_sigmoid(-noise).sum(1))


@sgns_loss.mistake("A loss is not negative. Where is the minus before the logarithm?")
def minus_before_the_logarithms_missing(centers: Array, contexts: Array, negatives: Array) -> float:
    return -sgns_loss(centers, contexts, negatives)  # type: ignore[no-any-return]


@sgns_loss.mistake("Where is the logarithm?")
def no_logarithm(centers: Array, contexts: Array, negatives: Array) -> float:
    true, noise = scores(centers, contexts, negatives)
    return float(-(np.exp(-_minus_log_sigmoid(true)) + np.exp(-_minus_log_sigmoid(-noise)).sum(1)).mean())


@sgns_loss.mistake("And the negative words?")
def negatives_forgotten(centers: Array, contexts: Array, negatives: Array) -> float:
    return float(_minus_log_sigmoid(scores(centers, contexts, negatives)[0]).mean())


@sgns_loss.mistake("And the true word?")
def true_word_forgotten(centers: Array, contexts: Array, negatives: Array) -> float:
    return float(_minus_log_sigmoid(-scores(centers, contexts, negatives)[1]).sum(1).mean())


@sgns_loss.mistake("With which vector is a negative word compared: that of the centre, or that of the context?")
def negatives_compared_with_the_context(centers: Array, contexts: Array, negatives: Array) -> float:
    true, _ = scores(centers, contexts, negatives)
    _, noise = scores(contexts, contexts, negatives)
    return float((_minus_log_sigmoid(true) + _minus_log_sigmoid(-noise).sum(1)).mean())


@sgns_loss.mistake("Each negative has a sigmoid of its own. What do you add up before the sigmoid?")
def scores_added_before_the_sigmoid(centers: Array, contexts: Array, negatives: Array) -> float:
    true, noise = scores(centers, contexts, negatives)
    return float((_minus_log_sigmoid(true) + _minus_log_sigmoid(-noise.sum(1))).mean())


@sgns_loss.mistake("Each score has its own sigmoid: is there a softmax in this loss?")
def softmax_over_the_words(centers: Array, contexts: Array, negatives: Array) -> float:
    true, noise = scores(centers, contexts, negatives)
    return float((np.logaddexp.reduce(np.column_stack([true, noise]), axis=1) - true).mean())


@sgns_loss.mistake("A score is a dot product. By what do you divide it?")
def cosines_for_scores(centers: Array, contexts: Array, negatives: Array) -> float:
    unit = [x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-12) for x in (centers, contexts, negatives)]
    return sgns_loss(*unit)  # type: ignore[no-any-return]


@sgns_loss.mistake("Which logarithm is meant: that to base 2?")
def logarithm_to_base_2(centers: Array, contexts: Array, negatives: Array) -> float:
    return sgns_loss(centers, contexts, negatives) / np.log(2)  # type: ignore[no-any-return]


@sgns_loss.mistake("How many of the K negatives count?")
def first_negative_only(centers: Array, contexts: Array, negatives: Array) -> float:
    return sgns_loss(centers, contexts, negatives[:, :1])  # type: ignore[no-any-return]


@sgns_loss.mistake("A small number inside of the logarithm changes the loss. How large is it at a score of -50?")
def small_number_in_the_logarithm(centers: Array, contexts: Array, negatives: Array) -> float:
    true, noise = scores(centers, contexts, negatives)
    p, q = np.exp(-_minus_log_sigmoid(true)), np.exp(-_minus_log_sigmoid(-noise))
    return float(-(np.log(p + 1e-10) + np.log(q + 1e-10).sum(1)).mean())


@sgns_loss.mistake("The negatives are subtracted in the logarithm's place: what are the two signs of the formula?")
def negatives_subtracted(centers: Array, contexts: Array, negatives: Array) -> float:
    true, noise = scores(centers, contexts, negatives)
    return float((_minus_log_sigmoid(true) - _minus_log_sigmoid(-noise).sum(1)).mean())


@sgns_loss.mistake("Should the score of a true pair be small as well? Where does the minus stand?")
def every_word_as_a_negative(centers: Array, contexts: Array, negatives: Array) -> float:
    return sgns_loss(centers, -contexts, negatives)  # type: ignore[no-any-return]


@sgns_loss.mistake("Pair b is centre b with context b. With how many contexts is a centre compared in yours?")
def every_centre_with_every_context(centers: Array, contexts: Array, negatives: Array) -> float:
    _, noise = scores(centers, contexts, negatives)
    return float(_minus_log_sigmoid(centers @ contexts.T).mean() + _minus_log_sigmoid(-noise).sum(1).mean())
