"""Early stopping: when to stop, and which weights to keep."""

import math
from copy import copy, deepcopy
from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise import observers
from tplib.exercises.tp6.generalise.common import Array, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Parameters = list[Array]


def _draw(draw: Draw) -> Arguments:
    """Few different losses, so that some come twice."""
    return draw.choice((2, 1, 3)), draw.integers(1, 7, draw.size(2, 9)) / 4


def _keep(stopping: Any, loss: float, parameters: Parameters) -> None:
    stopping.best_loss, stopping.waited = loss, 0
    stopping.best_parameters = [array.copy() for array in parameters]


@exercise(
    points=2,
    lecture="003, Regularization: early stopping",
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


@EarlyStopping.mistake(
    "Training goes on after the best epoch. Does `best_parameters` go with it? What does `a = b` do for two lists?"
)
class keeps_a_reference(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss < self.best_loss:
            self.best_loss, self.best_parameters, self.waited = loss, parameters, 0
        else:
            self.waited += 1
        return self.waited >= self.patience


@EarlyStopping.mistake("You copied the list. Did you copy the arrays in it, which training changes in place?")
class shallow_copy(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss < self.best_loss:
            self.best_loss, self.best_parameters, self.waited = loss, copy(parameters), 0
        else:
            self.waited += 1
        return self.waited >= self.patience


@EarlyStopping.mistake("With patience 1, after how many bad epochs does yours stop? `>` or `>=`?")
class one_epoch_too_late(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        super().step(loss, parameters)
        return self.waited > self.patience


@EarlyStopping.mistake("With patience 2, after how many bad epochs does yours stop?")
class one_epoch_too_early(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        super().step(loss, parameters)
        return self.waited > 0 and self.waited >= self.patience - 1


@EarlyStopping.mistake("A bad epoch, then a new best one: how many bad epochs *in a row* is that?")
class counter_never_reset(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [array.copy() for array in parameters]
        else:
            self.waited += 1
        return self.waited >= self.patience


@EarlyStopping.mistake("Losses 0.5, 0.9, 0.8, 0.7: is any of the last three better than the best?")
class waits_by_the_previous_epoch(EarlyStopping.reference):
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


@EarlyStopping.mistake("Losses 0.5, 0.9, 0.8: is the third the best so far? With what do you compare it?")
class compares_with_the_previous_epoch(EarlyStopping.reference):
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


@EarlyStopping.mistake("When training stops, the last epochs were bad ones. Of which epoch should the weights be?")
class keeps_the_last_weights(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        stop = super().step(loss, parameters)
        self.best_parameters = [array.copy() for array in parameters]
        return stop


@EarlyStopping.mistake("A loss that stays the same for ever: does your training ever stop?")
class a_tie_counts_as_better(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss <= self.best_loss:
            _keep(self, loss, parameters)
        else:
            self.waited += 1
        return self.waited >= self.patience


@EarlyStopping.mistake("It is a loss that you get. Which one is better: 0.3 or 0.9?")
class higher_is_better(EarlyStopping.reference):
    def __init__(self, patience: int) -> None:
        super().__init__(patience)
        self.best_loss = -math.inf

    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss > self.best_loss:
            _keep(self, loss, parameters)
        else:
            self.waited += 1
        return self.waited >= self.patience


@EarlyStopping.mistake("Validation losses are noisy. What is `patience` for?")
class stops_at_the_first_rise(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        super().step(loss, parameters)
        return self.waited > 0


@EarlyStopping.mistake("When does your `step` return True? What does it return now?")
class never_stops(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        super().step(loss, parameters)
        return False


@EarlyStopping.mistake("True means: stop. What does yours return after the first epoch?", name="True for going on")
class true_for_going_on(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        return not super().step(loss, parameters)


@EarlyStopping.mistake("Every comparison with nan is False. Into which branch of your `if` does it fall?")
class nan_counts_as_better(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss >= self.best_loss:
            self.waited += 1
        else:
            _keep(self, loss, parameters)
        return self.waited >= self.patience


@EarlyStopping.alternative
class EarlyStoppingByEpochs:
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


@EarlyStopping.alternative
class EarlyStoppingHistory:
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
