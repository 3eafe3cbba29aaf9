"""Early stopping: when to stop, and which weights to keep."""

import math
from copy import deepcopy

import numpy as np

from tplib.exercises.tp6.generalise import observers
from tplib.exercises.tp6.generalise.common import Array, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Parameters = list[Array]


def _parameters(draw: Draw) -> Parameters:
    """As many arrays as may be, of one or two axes."""
    shapes = [
        (draw.size(1, 2),) if draw.choice((True, False)) else (draw.size(1, 2), 2) for _ in range(draw.size(1, 6))
    ]
    return [1.0 * draw.integers(-2, 3, *shape) for shape in shapes]


def _draw(draw: Draw) -> Arguments:
    """Few different losses, so that some come twice, and some are 0."""
    return draw.choice((2, 1, 3)), draw.integers(0, 7, draw.size(4, 9)) / 4, _parameters(draw)


def _least_improvements(draw: Draw) -> Arguments:
    """Each loss is the best so far, by a billionth."""
    return draw.size(1, 3), draw.choice((0.5, 8.0, 0.001)) * (1 - 1e-9 * np.arange(6)), _parameters(draw)


def _just_in_time(draw: Draw) -> Arguments:
    """One bad epoch less than the patience, then a better one; then one bad epoch more, and a better one too late."""
    patience = draw.size(2, 4)
    bad = 1.0 + draw.integers(0, 3, 2 * patience) / 2
    losses = [1.0, *bad[: patience - 1], 0.75, *bad[patience:], 0.5, *bad[patience:], 0.25]
    return patience, np.array(losses), _parameters(draw)


def _long_patience(draw: Draw) -> Arguments:
    return draw.size(6, 8), np.array([1.0] * 6 + [0.5] + [0.75] * 9), _parameters(draw)


def _diverging(draw: Draw) -> Arguments:
    """nan at first, in the middle, and among the last epochs."""
    patience = draw.size(2, 4)
    bad = np.where(draw.integers(0, 3, 3 * patience) > 0, np.nan, draw.choice((np.inf, 2.0)))
    first, middle, last = ([np.nan, *bad[part * patience + 1 : (part + 1) * patience - 1]] for part in range(3))
    return patience, np.array([*first, 1.0, *middle, 0.5, *last, np.nan, 0.25]), _parameters(draw)


_arrays = [np.array([[1.0, -1.0]]), np.array([0.5, 2.0]), np.array([[3.0], [-2.0]]), np.array([0.0])]


@exercise(
    points=2,
    lecture="003, Regularization: early stopping",
    concepts=(25,),
    inputs=("patience", "loss of each epoch", "parameters"),
    draw=_draw,
    edges=(
        Case((2, np.array([1.0, 0.75, 0.8, 0.7, 0.72, 0.71, 0.3]), _arrays)),
        Case((1, np.array([1.0, 0.5, 0.5, 0.25]), _arrays)),
        Case((3, np.array([0.5, 0.6, 0.4, 0.45, 0.5, 0.4, 0.1]), _arrays[:3])),
        Case((2, np.array([1.0, 0.5, 0.75, 0.625, 0.25]), _arrays[:1])),
        Case((2, np.array([0.5, 1.0, 0.75]), _arrays[1:])),
        Drawn(_least_improvements),
        Drawn(_just_in_time),
        Drawn(_long_patience),
        Drawn(_diverging, "nan"),
        Case((3, np.array([np.nan, 1.0, 2.0, np.nan, 3.0, 4.0]), _arrays), "nan"),
        Case((2, np.array([]), _arrays), "start"),
    ),
    aspects={
        "nan": "Right for numbers. But an epoch with a loss of nan, of a training that has diverged, is a bad one.",
        "start": "Right in training. But before the first epoch `best_loss` should be infinite.",
    },
    observe=observers.stopping,
    forbidden=("tplib.nn.training.early_stopping.EarlyStopping",),
)
class EarlyStopping:
    """If loss < best_loss: keep loss and copies of the arrays, and count from 0; else count one bad epoch more. Stop
    when patience bad epochs came in a row.

    shapes: `parameters` is a list of arrays; `best_parameters` holds copies of them. `step` returns True or False.
    worked: patience 2, losses 0.9, 0.5, 0.6, 0.7: False, False, False, True; the weights are those of epoch 2
    """

    def __init__(self, patience: int) -> None:
        self.patience = patience
        self.best_loss = math.inf
        self.best_parameters: Parameters | None = None
        self.waited = 0

    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [array.copy() for array in parameters]
            self.waited = 0
        else:
            self.waited += 1
        return self.waited >= self.patience


@EarlyStopping.alternative
class EarlyStoppingByEpochs:
    def __init__(self, patience: int) -> None:
        self.patience, self.epoch, self.best_epoch = patience, 0, 0
        self.best_loss = float("inf")

    def step(self, loss: float, parameters: Parameters) -> bool:
        self.epoch += 1
        if loss < self.best_loss:
            self.best_loss, self.best_epoch = loss, self.epoch
            self.best_parameters = deepcopy(parameters)
        return self.epoch - self.best_epoch == self.patience


@EarlyStopping.alternative
class EarlyStoppingHistory:
    def __init__(self, patience: int) -> None:
        self.patience, self.best_parameters = patience, ()
        self.history = [math.inf]  # before the first epoch

    @property
    def best_loss(self) -> float:
        return min(self.history)

    def step(self, loss: float, parameters: Parameters) -> np.bool_:
        self.history.append(math.inf if math.isnan(loss) else loss)
        best = int(np.argmin(self.history))
        if best == len(self.history) - 1:
            self.best_parameters = tuple(np.array(array) for array in parameters)
        return np.bool_(len(self.history) - 1 - best >= self.patience)
