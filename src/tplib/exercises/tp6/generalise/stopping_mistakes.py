"""Mistakes in early stopping."""

import math
from copy import copy

import numpy as np

from tplib.exercises.tp6.generalise.stopping import EarlyStopping, Parameters


def _keep(stopping: EarlyStopping.reference, loss: float, parameters: Parameters) -> None:
    stopping.best_loss, stopping.waited = loss, 0
    stopping.best_parameters = [array.copy() for array in parameters]


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


@EarlyStopping.mistake("An epoch with a loss of nan is a bad one. Does your code count it?")
class nan_is_skipped(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        return super().step(loss, parameters) if loss == loss else self.waited >= self.patience


@EarlyStopping.mistake("A bad epoch, one with a loss of nan, another bad one: how many in a row are these?")
class nan_ends_the_row(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if np.isnan(loss):
            self.waited = 0
            return False
        return super().step(loss, parameters)


@EarlyStopping.mistake("An equal loss is bad too. Which branch of your `if` counts it?")
class a_tie_does_not_count(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss < self.best_loss:
            _keep(self, loss, parameters)
        elif loss > self.best_loss:
            self.waited += 1
        return self.waited >= self.patience


@EarlyStopping.mistake("Which comes first in your `step`: to count this epoch, or to ask whether to stop?")
class asks_before_it_counts(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        stop = self.waited >= self.patience
        super().step(loss, parameters)
        return stop


@EarlyStopping.mistake("A loss a little below the best: is it below? Who asked for a least improvement?")
class small_improvements_do_not_count(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss < self.best_loss - 1e-4:
            _keep(self, loss, parameters)
        else:
            self.waited += 1
        return self.waited >= self.patience


@EarlyStopping.mistake("Does your class look at `patience`? The 5 is that of one training only.")
class patience_of_the_example(EarlyStopping.reference):
    def __init__(self, patience: int) -> None:
        super().__init__(5)


@EarlyStopping.mistake("Your best loss starts at 0. Which loss is below it?")
class starts_at_0(EarlyStopping.reference):
    def __init__(self, patience: int) -> None:
        super().__init__(patience)
        self.best_loss = 0.0


@EarlyStopping.mistake(
    "Your first loss is the best, whatever it is. What if it is nan? And what is `best_loss` before it?",
    name="starts from None",
)
class starts_from_none(EarlyStopping.reference):
    def __init__(self, patience: int) -> None:
        super().__init__(patience)
        self.best_loss = None

    def step(self, loss: float, parameters: Parameters) -> bool:
        if self.best_loss is None or loss < self.best_loss:
            _keep(self, loss, parameters)
        else:
            self.waited += 1
        return self.waited >= self.patience


@EarlyStopping.mistake("The arrays have several shapes. Does one NumPy array hold them all?")
class one_array_for_all(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss < self.best_loss:
            self.best_loss, self.best_parameters, self.waited = loss, np.array(parameters), 0
        else:
            self.waited += 1
        return self.waited >= self.patience


@EarlyStopping.mistake(
    "Two trainings, two objects: does the second one know the losses of the first? What belongs to the class in yours?"
)
class shared_by_all_objects(EarlyStopping.reference):
    losses = [math.inf]  # noqa: RUF012

    def step(self, loss: float, parameters: Parameters) -> bool:
        if loss < min(self.losses):
            self.losses.append(loss)
            _keep(self, loss, parameters)
        else:
            self.waited += 1
        return self.waited >= self.patience


@EarlyStopping.mistake("What does your `step` give back to go on: False, or nothing?")
class nothing_to_go_on(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> bool:
        return super().step(loss, parameters) or None  # type: ignore[return-value]


@EarlyStopping.mistake("What does your `step` return? Where is its `return`?")
class nothing_returned(EarlyStopping.reference):
    def step(self, loss: float, parameters: Parameters) -> None:
        super().step(loss, parameters)
