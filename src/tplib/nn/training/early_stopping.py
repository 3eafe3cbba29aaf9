"""Early stopping (lecture 003, "Regularization: early stopping")."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from tplib.nn.arguments import CheckedOptions
from tplib.nn.graph.graph import Array
from tplib.nn.module import Module


class EarlyStopping(CheckedOptions):
    """Says when to stop, and keeps the best weights: "If validation has not improved for some time, stop".

    Call `step(value, model)` once an epoch: it is True once `value` has not improved, by more than `min_delta`, for
    `patience` epochs in a row. Better is less (`mode="min"`, a loss) or more ("max", an accuracy); NaN is never better.
    Without a mode it is less, and `fit` refuses to guess it for a measure that is no loss.
    `restore(model)` then brings back the weights of the best epoch. `best`, `best_epoch` (counted from 0) and
    `bad_epochs` tell how it stands.
    """

    def __init__(self, patience: int = 5, min_delta: float = 0.0, mode: str | None = None) -> None:
        if patience < 1 or not min_delta >= 0:
            raise ValueError(
                f"EarlyStopping: expected patience of at least 1 and min_delta of at least 0, "
                f"got {patience} and {min_delta}"
            )
        if mode not in ("min", "max", None):
            raise ValueError(f'EarlyStopping: expected mode "min" or "max", got {mode!r}')
        self.patience, self.min_delta, self.mode = patience, min_delta, mode
        self.reset()

    def reset(self) -> None:
        """Forget the epochs so far, and the weights: `fit` calls it first, so that each training begins anew."""
        self.best = -math.inf if self.mode == "max" else math.inf
        self.epoch = self.best_epoch = -1
        self.bad_epochs = 0
        self.best_state: dict[str, Array] | None = None

    def step(self, value: float, model: Module) -> bool:
        """Count one epoch; True if training should stop."""
        self.epoch += 1
        value = float(value)
        gain = value - self.best if self.mode == "max" else self.best - value
        if gain > self.min_delta:
            self.best, self.best_epoch, self.bad_epochs = value, self.epoch, 0
            self.best_state = model.state_dict()
        else:
            self.bad_epochs += 1
        return self.bad_epochs >= self.patience

    def restore(self, model: Module) -> None:
        """Give `model` the weights of the best epoch; without any better epoch, leave it as it is."""
        if self.best_state is not None:
            model.load_state_dict(self.best_state)

    def state_dict(self) -> dict[str, Any]:
        return dict(vars(self))

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        vars(self).update(state_dict)
