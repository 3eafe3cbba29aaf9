"""The schedule that reduces the rate when a measure no longer improves."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tplib.nn.optim.optimizer import Optimizer
from tplib.nn.optim.schedule import LRScheduler, expect_optimizer


class ReduceLROnPlateau(LRScheduler):
    """The rate times `factor` when a measure has not improved for more than `patience` steps.

    `step(metrics)` takes the measure, such as the validation loss. Better is less (`mode="min"`) or more ("max"), by
    more than `threshold`, a part of the best value ("rel") or an amount ("abs"). After a reduction, `cooldown` steps
    are not counted; no rate falls below `min_lr`, and changes of at most `eps` are left out.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        mode: str = "min",
        factor: float = 0.1,
        patience: float = 10,
        threshold: float = 1e-4,
        threshold_mode: str = "rel",
        cooldown: float = 0,
        min_lr: float | Sequence[float] = 0,
        eps: float = 1e-8,
    ) -> None:
        if factor >= 1:
            raise ValueError(f"ReduceLROnPlateau: expected a factor below 1, got {factor}")
        if mode not in ("min", "max") or threshold_mode not in ("rel", "abs"):
            raise ValueError(
                f'ReduceLROnPlateau: expected mode "min" or "max" and threshold_mode "rel" or "abs", '
                f"got {mode!r} and {threshold_mode!r}"
            )
        self.optimizer = expect_optimizer(self, optimizer)
        self.mode, self.factor, self.patience, self.cooldown, self.eps = mode, factor, patience, cooldown, eps
        self.threshold, self.threshold_mode = threshold, threshold_mode
        groups = len(optimizer.param_groups)
        self._one_min_lr = not isinstance(min_lr, Sequence)
        self._last_lr = self._as_they_are()
        self.min_lrs = list(min_lr) if isinstance(min_lr, Sequence) else [min_lr] * groups
        if len(self.min_lrs) != groups:
            raise ValueError(f"ReduceLROnPlateau: expected {groups} values of min_lr, got {len(self.min_lrs)}")
        self.best = math.inf if mode == "min" else -math.inf
        self.num_bad_epochs = self.last_epoch = 0
        self.cooldown_counter: float = 0

    @property
    def in_cooldown(self) -> bool:
        return self.cooldown_counter > 0

    def step(self, metrics: float) -> None:  # type: ignore[override]
        """Count one step with its measure, and reduce the rates when patience has run out."""
        self.last_epoch += 1
        value = float(metrics)
        if self.is_better(value, self.best):
            self.best, self.num_bad_epochs = value, 0
        else:
            self.num_bad_epochs += 1
        if self.in_cooldown:
            self.cooldown_counter -= 1
            self.num_bad_epochs = 0
        if self.num_bad_epochs > self.patience:
            groups = self.optimizer.param_groups
            if len(groups) > len(self.min_lrs):
                if not self._one_min_lr:
                    raise ValueError(
                        f"ReduceLROnPlateau: expected {len(groups)} values of min_lr, one per group, and has "
                        f"{len(self.min_lrs)}; make a new schedule"
                    )
                self.min_lrs += self.min_lrs[:1] * (len(groups) - len(self.min_lrs))
            for group, lowest in zip(groups, self.min_lrs, strict=True):
                reduced = max(group["lr"] * self.factor, lowest)
                if group["lr"] - reduced > self.eps:
                    group["lr"] = reduced
            self.cooldown_counter, self.num_bad_epochs = self.cooldown, 0
        self._last_lr = self._as_they_are()

    def is_better(self, value: float, best: float) -> bool:
        if self.threshold_mode == "rel":
            return value < best * (1 - self.threshold) if self.mode == "min" else value > best * (1 + self.threshold)
        return value < best - self.threshold if self.mode == "min" else value > best + self.threshold
