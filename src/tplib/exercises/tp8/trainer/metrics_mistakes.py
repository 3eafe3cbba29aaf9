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
    "first row taken for the scores",
    "`predictions` is a tuple for some models only. What is `predictions[0]` where it is an array?",
    read=lambda prediction: prediction.predictions[0],  # a row has no axis 1
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
    "F1 of class 0 only",
    "Of which class is your F1? The text asks for the mean over all.",
    mean=lambda right, predicted, labels: float(_f1(right, predicted, labels)[0]),
)
_mistake(
    "F1 without the factor 2",
    "What is the F1 of a class that is always right? Look at the numerator.",
    mean=lambda right, predicted, labels: float(_share(right, predicted + labels).mean()),
)
_mistake(
    "right rows over all rows of either kind",
    "TP / (TP + FP + FN) counts each right row once, F1 counts it twice. Where does the formula count it?",
    mean=lambda right, predicted, labels: float(_share(right, predicted + labels - right).mean()),
)
_mistake(
    "F1 of each class, without their mean",
    "How many numbers should stand under `f1`?",
    mean=lambda right, predicted, labels: _f1(right, predicted, labels).tolist(),
)
_mistake(
    "sum over the classes",
    "A mean of K numbers is their sum over K. Where do you divide?",
    mean=lambda right, predicted, labels: float(_f1(right, predicted, labels).sum()),
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
    "mean over the classes among the labels",
    "Which classes does your loop see? A class can be predicted that no row has, and counts too.",
    mean=lambda right, predicted, labels: float(_f1(right, predicted, labels)[labels > 0].mean()),
)
_mistake(
    "0 divided by 0",
    "A class that is neither a label nor predicted: what do you divide by? What is its F1?",
    mean=lambda right, predicted, labels: (
        _macro(right, predicted, labels) if (predicted + labels).all() else float("nan")
    ),
)
_mistake(
    "label 0 left out",
    "Which label means *not labelled*? Is 0 a class?",
    counted=lambda labels: labels > 0,
)
_mistake(
    "rows of label -100 counted",
    "What does a label of -100 say of a row? Is it right, wrong, or neither?",
    counted=lambda labels: np.ones(len(labels), dtype=bool),
)


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


@compute_metrics.mistake(
    "Where is a label of -100 left out: for the accuracy, for F1, or for both?",
    name="rows of label -100 counted in the accuracy",
)
def counted_in_the_accuracy(prediction: Any) -> dict[str, float]:
    wrong = np.mean(_argmax(_scores(prediction)) == prediction.label_ids)
    return {**_measured(prediction), "accuracy": float(wrong)}


@compute_metrics.mistake(
    "Where is a label of -100 left out: for the accuracy, for F1, or for both?",
    name="rows of label -100 counted in the f1",
)
def counted_in_the_f1(prediction: Any) -> dict[str, float]:
    wrong = _measured(prediction, counted=lambda labels: np.ones(len(labels), dtype=bool))
    return {**_measured(prediction), "f1": wrong["f1"]}


@compute_metrics.mistake("The scores are (N, K). Over which axis are the classes?")
def argmax_over_the_wrong_axis(prediction: Any) -> dict[str, float]:
    scores, labels = _scores(prediction), prediction.label_ids
    predicted, labels = scores[labels != -100].argmax(axis=0), labels[labels != -100]
    accuracy = float(np.mean(predicted == labels))
    return {"accuracy": accuracy, "f1": _macro(*_counts(predicted, labels, scores.shape[1]))}


@compute_metrics.mistake("One class for each row: how many numbers does `argmax` give without an axis?")
def argmax_of_the_whole_array(prediction: Any) -> dict[str, float]:
    scores, labels = _scores(prediction), prediction.label_ids
    one, labels = scores[labels != -100].argmax(), labels[labels != -100]
    return _of_one_prediction(int(one), labels, scores.shape[1])


@compute_metrics.mistake("For some models `predictions` is a tuple. What is `predictions[0]` where it is an array?")
def the_first_row_alone_predicted(prediction: Any) -> dict[str, float]:
    scores, labels = prediction.predictions[0], prediction.label_ids
    labels = labels[labels != -100]
    if scores.ndim == 2:
        return _measured(prediction)
    return _of_one_prediction(int(scores.argmax(axis=-1)), labels, len(scores))


def _of_one_prediction(predicted: int, labels: Array, k: int) -> dict[str, float]:
    """One number is compared with each label, and counts once among the predictions."""
    right = np.array([np.sum((predicted == c) & (labels == c)) for c in range(k)])
    of = [np.array([np.sum(values == c) for c in range(k)]) for values in (predicted, labels)]
    return {"accuracy": float(np.mean(predicted == labels)), "f1": _macro(right, *of)}


@compute_metrics.mistake("A share lies between 0 and 1. By what should the number of right rows be divided?")
def number_of_right_rows(prediction: Any) -> dict[str, float]:
    right = np.sum(_argmax(_scores(prediction)) == prediction.label_ids)
    return {**_measured(prediction), "accuracy": float(right)}


@compute_metrics.mistake("Which of your two numbers is which?")
def names_exchanged(prediction: Any) -> dict[str, float]:
    found = _measured(prediction)
    return {"accuracy": found["f1"], "f1": found["accuracy"]}


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
