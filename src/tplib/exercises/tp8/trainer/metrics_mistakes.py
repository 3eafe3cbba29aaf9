"""Mistakes in the metrics: in what is predicted, in what is counted, in which mean is taken."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.exercises.tp8.trainer.metrics import compute_metrics

Array = np.ndarray


def _scores(prediction: Any) -> Array:
    found = prediction.predictions
    return found[0] if isinstance(found, tuple) else found


def _argmax(scores: Array) -> Array:
    return scores.argmax(axis=1)


def _counts(predicted: Array, labels: Array, k: int) -> tuple[Array, Array, Array]:
    """Right answers, predictions and labels of each class."""
    right = np.array([np.sum((predicted == c) & (labels == c)) for c in range(k)])
    return right, np.bincount(predicted, minlength=k)[:k], np.bincount(labels[labels >= 0], minlength=k)


def _share(right: Array, of: Array) -> Array:
    return np.divide(right, of, out=np.zeros(len(right)), where=of > 0)


def _f1(right: Array, predicted: Array, labels: Array) -> Array:
    return _share(2 * right, predicted + labels)


def _macro(right: Array, predicted: Array, labels: Array) -> float:
    return float(_f1(right, predicted, labels).mean())


def _measured(
    prediction: Any,
    read: Callable[[Any], Array] = _scores,
    predict: Callable[[Array], Array] = _argmax,
    mean: Callable[[Array, Array, Array], float] = _macro,
    counted: Callable[[Array], Array] = lambda labels: labels != -100,
) -> dict[str, float]:
    scores = read(prediction)
    keep = counted(prediction.label_ids)
    predicted, labels = predict(scores)[keep], prediction.label_ids[keep]
    accuracy = float(np.mean(predicted == labels))
    return {"accuracy": accuracy, "f1": mean(*_counts(predicted, labels, scores.shape[1]))}


def _mistake(name: str, question: str, **wrong: Any) -> None:
    def measure(prediction: Any) -> dict[str, float]:
        return _measured(prediction, **wrong)

    compute_metrics.mistake(question, name=name)(measure)


def _accuracy(right: Array, predicted: Array, labels: Array) -> float:
    return float(right.sum() / labels.sum())


_mistake(
    "tuple not opened",
    "Some models return more than scores. What is `predictions` then, and where in it are the scores?",
    read=lambda prediction: prediction.predictions,  # a tuple has no argmax
)
_mistake(
    "argmax over the wrong axis",
    "The scores are (N, K). Over which axis are the classes?",
    predict=lambda scores: np.resize(scores.argmax(axis=0), len(scores)),
)
_mistake(
    "score of class 1 above 0",
    "Is the largest score always above 0? How many classes can your prediction be?",
    predict=lambda scores: (scores[:, 1] > 0).astype(int),
)
_mistake(
    "largest absolute score",
    "Is a score of -5 larger than one of 3?",
    predict=lambda scores: np.abs(scores).argmax(axis=1),
)
_mistake(
    "F1 of all rows together (micro)",
    "Your F1 equals the accuracy. Is it the mean over the classes?",
    mean=_accuracy,
)
_mistake(
    "F1 weighted by the size of a class",
    "Does a rare class count as much as a frequent one in your mean?",
    mean=lambda right, predicted, labels: float(_f1(right, predicted, labels) @ labels / labels.sum()),
)
_mistake(
    "F1 of class 1 only",
    "Of which class is your F1? The text asks for the mean over all.",
    mean=lambda right, predicted, labels: float(_f1(right, predicted, labels)[1]),
)
_mistake(
    "recall instead of F1",
    "You divide by the number of labels. Where are the predictions that were wrong?",
    mean=lambda right, predicted, labels: float(_share(right, labels).mean()),
)
_mistake(
    "precision instead of F1",
    "You divide by the number of predictions. Where are the examples that were missed?",
    mean=lambda right, predicted, labels: float(_share(right, predicted).mean()),
)
_mistake(
    "F1 of the mean precision and the mean recall",
    "First an F1 for each class, then the mean: in which order do you compute?",
    mean=lambda right, predicted, labels: float(
        _harmonic(_share(right, predicted).mean(), _share(right, labels).mean())
    ),
)
_mistake(
    "mean over the classes that occur",
    "A class that is neither a label nor predicted: what is its F1, and does it count in the mean?",
    mean=lambda right, predicted, labels: float(_f1(right, predicted, labels)[(predicted + labels) > 0].mean()),
)
_mistake(
    "rows of label -100 counted",
    "What does a label of -100 say of a row? Is it right, wrong, or neither?",
    counted=lambda labels: np.ones(len(labels), dtype=bool),
)


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


@compute_metrics.mistake("A share lies between 0 and 1. Where does the 100 come from?")
def per_cent(prediction: Any) -> dict[str, float]:
    return {name: 100 * value for name, value in _measured(prediction).items()}


@compute_metrics.mistake("The Trainer puts `eval_` before your names by itself. What will they be called?")
def names_with_eval_before_them(prediction: Any) -> dict[str, float]:
    return {f"eval_{name}": value for name, value in _measured(prediction).items()}


@compute_metrics.mistake("Which names have the numbers? The Trainer looks them up in a dictionary.")
def numbers_without_names(prediction: Any) -> tuple[float, ...]:
    return tuple(_measured(prediction).values())


@compute_metrics.mistake("A model that is always right has accuracy 1. Do you count what is right, or what is wrong?")
def share_of_errors(prediction: Any) -> dict[str, float]:
    found = _measured(prediction)
    return {**found, "accuracy": 1 - found["accuracy"]}


@compute_metrics.mistake("How many numbers does the text ask for?")
def accuracy_only(prediction: Any) -> dict[str, float]:
    return {"accuracy": _measured(prediction)["accuracy"]}
