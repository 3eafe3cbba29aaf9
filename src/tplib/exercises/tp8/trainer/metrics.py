"""The exercise compute_metrics of TP8-HFTrain/4_trainer: from the scores of an evaluation to accuracy and F1."""

from functools import partial
from typing import Any

import numpy as np

from tplib.exercises.tp8.trainer import observers
from tplib.exercises.tp8.trainer.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn


def _prediction(scores: np.ndarray, labels: np.ndarray, form: str = "scores") -> Arguments:
    """Scores alone, or a tuple that begins with them and goes on with something like hidden states."""
    more = np.zeros((len(scores), 2, scores.shape[1] + 1))
    return ({"predictions": scores if form == "scores" else (scores, more), "label_ids": labels},)


def _metrics_case(draw: Draw) -> Arguments:
    """Each class is the label of some row: what an absent one counts is asked apart."""
    n, k = draw.size(1, 6), draw.size(2, 4)
    labels = np.concatenate([draw.integers(0, k, n), draw.choice([np.arange(k), np.arange(k)[::-1]])])
    return _prediction(draw.array(n + k, k), labels, draw.choice(["scores", "tuple"]))


def _unequal(draw: Draw) -> tuple[np.ndarray, np.ndarray]:
    """Class 0 is frequent and mostly right, class 2 is rare and mostly wrong: each kind of mean has its own value."""
    labels = np.array([0] * 9 + [1] * 4 + [2] * 3)
    predicted = np.array([0] * 7 + [1, 2] + [1, 1, 1, 0] + [2, 0, 0])
    order = draw.choice([np.arange(16), np.arange(16)[::-1], np.roll(np.arange(16), 5)])
    scores = draw.array(16, 3, low=-2.0, high=0.0)
    scores[np.arange(16), predicted] += 3
    return scores[order], labels[order]


def _ignored(draw: Draw) -> Arguments:
    """Some rows have the label -100; what is predicted there would change each number."""
    scores, labels = _unequal(draw)
    labels = labels.copy()
    labels[[1, 4, 6, 11]] = -100
    return _prediction(scores, labels)


def _absent(draw: Draw) -> Arguments:
    """Of four classes one is neither a label nor predicted, and one is predicted only."""
    scores, labels = _unequal(draw)
    scores = np.concatenate([scores, np.full((len(scores), 1), -9.0)], axis=1)
    return _prediction(scores, np.where(labels == 2, 1, labels))


def _two(draw: Draw) -> Arguments:
    """Two classes, of which the second alone has another F1 than both together."""
    scores, labels = _unequal(draw)
    return _prediction(scores[:, :2], np.minimum(labels, 1), "tuple")


def _square(draw: Draw) -> Arguments:
    """As many rows as classes: an argmax over the wrong axis raises no error."""
    return _prediction(draw.array(3, 3), np.array(draw.choice([[0, 1, 2], [2, 0, 1], [1, 2, 0]])))


def _one(draw: Draw, right: bool) -> Arguments:
    """One row; with two classes and a wrong prediction both occur, else some class does not."""
    k = draw.size(2, 3) if right else 2
    scores, label = draw.array(1, k, low=-1.0, high=1.0), draw.integers(0, k, 1)
    scores[0, label if right else 1 - label] += 3
    return _prediction(scores, label)


@exercise(
    points=3,
    lecture="002, An example in pytorch",
    concepts=(48,),
    draw=_metrics_case,
    draws=4,
    edges=(
        Case(_prediction(np.array([[2.0, 1.0], [0.0, 3.0], [1.0, 0.5]]), np.array([0, 1, 1]))),
        Drawn(lambda draw: _prediction(*_unequal(draw))),
        Drawn(lambda draw: _prediction(*_unequal(draw), "tuple")),
        Drawn(_two),
        Drawn(_square),
        Drawn(partial(_one, right=False)),
        Drawn(_ignored, "ignored"),
        Drawn(_absent, "absent"),
        Drawn(partial(_one, right=True), "absent"),
        Drawn(lambda draw: (*_prediction(*_unequal(draw)), "type"), "type"),
    ),
    aspects={
        "ignored": "Right, but not where a label is -100: such a row counts neither as right nor as wrong.",
        "absent": "Right where each class occurs. A class that neither occurs nor is predicted counts with F1 = 0.",
        "type": "Right values, but they should be plain numbers, not tensors.",
    },
    observe=observers.metrics,
)
def compute_metrics(prediction: Any) -> dict[str, float]:
    """accuracy = rows whose largest score is at the label / rows; F1 of class k = 2 TP / (2 TP + FP + FN), its mean
    over all K classes.

    shapes: `prediction.predictions` (N, K), or a tuple that begins with it; `prediction.label_ids` (N,).
    worked: predicted 0 1 0, labels 0 1 1: accuracy 2/3; F1 of class 0 = 2/(2+1+0), of class 1 = 2/(2+0+1): mean 2/3.
    """
    scores, labels = prediction.predictions, prediction.label_ids
    if isinstance(scores, tuple):
        scores = scores[0]
    counted = labels != -100
    predicted, labels = scores[counted].argmax(axis=1), labels[counted]
    f1 = []
    for k in range(scores.shape[1]):
        right = np.sum((predicted == k) & (labels == k))
        total = np.sum(predicted == k) + np.sum(labels == k)
        f1.append(2 * right / total if total else 0.0)
    return {"accuracy": float(np.mean(predicted == labels)), "f1": float(np.mean(f1))}


@compute_metrics.alternative
def by_scikit_learn(prediction):  # type: ignore[no-untyped-def]
    from sklearn.metrics import accuracy_score, f1_score

    scores, labels = prediction
    scores = scores[0] if isinstance(scores, tuple) else scores
    keep = np.flatnonzero(labels >= 0)
    y, guessed = labels[keep], np.argmax(scores, axis=-1)[keep]
    f1 = f1_score(y, guessed, average="macro", labels=list(range(scores.shape[-1])), zero_division=0)
    return {"accuracy": accuracy_score(y, guessed), "f1": f1}


@compute_metrics.alternative
def by_a_confusion_matrix(prediction):  # type: ignore[no-untyped-def]
    scores = prediction.predictions
    if type(scores) in (tuple, list):
        scores = scores[0]
    K = scores.shape[1]
    confusion = np.zeros((K, K))
    for row, label in zip(scores, prediction.label_ids, strict=True):
        if label != -100:
            confusion[label, row.argmax()] += 1
    right = confusion.diagonal()
    sums = confusion.sum(axis=0) + confusion.sum(axis=1)
    f1 = np.divide(2 * right, sums, out=np.zeros(K), where=sums > 0)
    return {"f1": f1.sum() / K, "accuracy": right.sum() / confusion.sum()}
