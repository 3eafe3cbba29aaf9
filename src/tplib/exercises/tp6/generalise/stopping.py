"""Early stopping: when to stop, and which weights to keep."""

import math
from copy import copy, deepcopy
from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise import observers
from tplib.exercises.tp6.generalise.common import Array, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Parameters = list[Array]


def _draw(draw: Draw) -> Arguments:
    """Few different losses, so that some come twice."""
    return draw.choice((2, 1, 3)), draw.integers(1, 7, draw.size(2, 9)) / 4


class _EarlyStopping:
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


class _EarlyStoppingByEpochs:
    def __init__(self, patience: int) -> None:
        self.patience, self.epoch, self.best_epoch = patience, 0, 0
        self.best_loss: float | None = None
        self.best_parameters: Any = None

    def step(self, loss: float, parameters: Parameters) -> bool:
        self.epoch += 1
        if self.best_loss is None or loss < self.best_loss:
            self.best_loss, self.best_epoch = loss, self.epoch
            self.best_parameters = deepcopy(parameters)
        return self.epoch - self.best_epoch == self.patience


class _EarlyStoppingHistory:
    def __init__(self, patience: int) -> None:
        self.patience = patience
        self.history: list[float] = []

    def step(self, loss: float, parameters: Parameters) -> bool:
        self.history.append(math.inf if math.isnan(loss) else loss)
        best = int(np.argmin(self.history))
        if best == len(self.history) - 1:
            self.best_loss = loss
            self.best_parameters = tuple(np.array(array) for array in parameters)
        return len(self.history) - 1 - best >= self.patience


def _keep(stopping: _EarlyStopping, loss: float, parameters: Parameters) -> None:
    stopping.best_loss, stopping.waited = loss, 0
    stopping.best_parameters = [array.copy() for array in parameters]


class _EarlyStoppingReference(_EarlyStopping):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss < self.best_loss:
            self.best_loss, self.best_parameters, self.waited = loss, parameters, 0
        else:
            self.waited += 1
        return self.waited >= self.patience


class _EarlyStoppingShallow(_EarlyStopping):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss < self.best_loss:
            self.best_loss, self.best_parameters, self.waited = loss, copy(parameters), 0
        else:
            self.waited += 1
        return self.waited >= self.patience


class _EarlyStoppingOneLate(_EarlyStopping):
    def step(self, loss: float, parameters: Parameters) -> bool:
        super().step(loss, parameters)
        return self.waited > self.patience


class _EarlyStoppingOneEarly(_EarlyStopping):
    def step(self, loss: float, parameters: Parameters) -> bool:
        super().step(loss, parameters)
        return self.waited > 0 and self.waited >= self.patience - 1


class _EarlyStoppingNeverReset(_EarlyStopping):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [array.copy() for array in parameters]
        else:
            self.waited += 1
        return self.waited >= self.patience


class _EarlyStoppingPrevious(_EarlyStopping):
    def __init__(self, patience: int) -> None:
        super().__init__(patience)
        self.previous = math.inf

    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [array.copy() for array in parameters]
        self.waited = 0 if loss < self.previous else self.waited + 1
        self.previous = loss
        return self.waited >= self.patience


class _EarlyStoppingLastBetter(_EarlyStopping):
    def __init__(self, patience: int) -> None:
        super().__init__(patience)
        self.previous = math.inf

    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss < self.previous:
            _keep(self, loss, parameters)
        else:
            self.waited += 1
        self.previous = loss
        return self.waited >= self.patience


class _EarlyStoppingLastWeights(_EarlyStopping):
    def step(self, loss: float, parameters: Parameters) -> bool:
        stop = super().step(loss, parameters)
        self.best_parameters = [array.copy() for array in parameters]
        return stop


class _EarlyStoppingTies(_EarlyStopping):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss <= self.best_loss:
            _keep(self, loss, parameters)
        else:
            self.waited += 1
        return self.waited >= self.patience


class _EarlyStoppingHigherIsBetter(_EarlyStopping):
    def __init__(self, patience: int) -> None:
        super().__init__(patience)
        self.best_loss = -math.inf

    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss > self.best_loss:
            _keep(self, loss, parameters)
        else:
            self.waited += 1
        return self.waited >= self.patience


class _EarlyStoppingAtTheFirstRise(_EarlyStopping):
    def step(self, loss: float, parameters: Parameters) -> bool:
        super().step(loss, parameters)
        return self.waited > 0


class _EarlyStoppingNeverStops(_EarlyStopping):
    def step(self, loss: float, parameters: Parameters) -> bool:
        super().step(loss, parameters)
        return False


class _EarlyStoppingTurnedRound(_EarlyStopping):
    def step(self, loss: float, parameters: Parameters) -> bool:
        return not super().step(loss, parameters)


class _EarlyStoppingNan(_EarlyStopping):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss >= self.best_loss:
            self.waited += 1
        else:
            _keep(self, loss, parameters)
        return self.waited >= self.patience


EarlyStopping = exercise(
    name="EarlyStopping",
    kind="class",
    points=2,
    lecture="003, Regularization: early stopping",
    signature="EarlyStopping(patience)",
    inputs=("patience", "loss of each epoch"),
    draw=_draw,
    edges=(
        Case((2, np.array([1.0, 0.75, 0.8, 0.7, 0.72, 0.71, 0.3]))),
        Case((1, np.array([1.0, 0.5, 0.5, 0.25]))),
        Case((3, np.array([0.5, 0.6, 0.4, 0.45, 0.5, 0.4, 0.1]))),
        Case((2, np.array([2.0, 1.5, 1.0]))),
        Case((2, np.array([1.0, 0.5, 0.75, 0.625, 0.25]))),
        Case((2, np.array([1.0, 0.75, np.nan, 0.5, np.nan, np.nan])), "nan"),
    ),
    aspects={"nan": "Right for numbers. But a loss of nan, of a training that has diverged, must not count as better."},
    keeps_dtype=False,
    observe=observers.stopping,
    reference=_EarlyStopping,
    misconceptions=(
        Misconception(
            "keeps a reference",
            _EarlyStoppingReference,
            "Training goes on after the best epoch. Does `best_parameters` go with it? "
            "What does `a = b` do for two lists?",
        ),
        Misconception(
            "shallow copy",
            _EarlyStoppingShallow,
            "You copied the list. Did you copy the arrays in it, which training changes in place?",
        ),
        Misconception(
            "one epoch too late",
            _EarlyStoppingOneLate,
            "With patience 1, after how many bad epochs does yours stop? `>` or `>=`?",
        ),
        Misconception(
            "one epoch too early",
            _EarlyStoppingOneEarly,
            "With patience 2, after how many bad epochs does yours stop?",
        ),
        Misconception(
            "counter never reset",
            _EarlyStoppingNeverReset,
            "A bad epoch, then a new best one: how many bad epochs *in a row* is that?",
        ),
        Misconception(
            "waits by the previous epoch",
            _EarlyStoppingPrevious,
            "Losses 0.5, 0.9, 0.8, 0.7: is any of the last three better than the best?",
        ),
        Misconception(
            "compares with the previous epoch",
            _EarlyStoppingLastBetter,
            "Losses 0.5, 0.9, 0.8: is the third the best so far? With what do you compare it?",
        ),
        Misconception(
            "keeps the last weights",
            _EarlyStoppingLastWeights,
            "When training stops, the last epochs were bad ones. Of which epoch should the weights be?",
        ),
        Misconception(
            "a tie counts as better",
            _EarlyStoppingTies,
            "A loss that stays the same for ever: does your training ever stop?",
        ),
        Misconception(
            "higher is better",
            _EarlyStoppingHigherIsBetter,
            "It is a loss that you get. Which one is better: 0.3 or 0.9?",
        ),
        Misconception(
            "stops at the first rise",
            _EarlyStoppingAtTheFirstRise,
            "Validation losses are noisy. What is `patience` for?",
        ),
        Misconception(
            "never stops", _EarlyStoppingNeverStops, "When does your `step` return True? What does it return now?"
        ),
        Misconception(
            "True for going on",
            _EarlyStoppingTurnedRound,
            "True means: stop. What does yours return after the first epoch?",
        ),
        Misconception(
            "nan counts as better",
            _EarlyStoppingNan,
            "Every comparison with nan is False. Into which branch of your `if` does it fall?",
        ),
    ),
    alternatives=(_EarlyStoppingByEpochs, _EarlyStoppingHistory),
    forbidden=("tplib.nn.training.early_stopping.EarlyStopping",),
    formula="If loss < best_loss: keep loss and copies of the arrays, and count from 0; else count one bad epoch more. "
    "Stop when patience bad epochs came in a row.",
    shapes="`parameters` is a list of arrays; `best_parameters` holds copies of them. `step` returns True or False.",
    worked="patience 2, losses 0.9, 0.5, 0.6, 0.7: False, False, False, True; the weights are those of epoch 2",
)
