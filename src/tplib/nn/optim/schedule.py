"""What all learning-rate schedules share: the count of steps, and who is asked for the rates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tplib.nn.arguments import CheckedOptions
from tplib.nn.optim.optimizer import Optimizer


class LRScheduler(CheckedOptions):
    """Sets every group's rate, from the number of steps taken, `last_epoch`.

    A subclass defines `get_lr()`, the list of all groups' rates, as in PyTorch. Or it defines
    `rate(base_lr, epoch, group)`, the rate as a formula of the group's first rate. `step(epoch)`, and `SequentialLR`
    where a part begins, ask for the rates of an epoch that was not stepped to: from `_get_closed_form_lr()`, as in
    PyTorch, which takes the formula if there is one, and else `get_lr()`.
    """

    _is_initial = False
    _get_lr_called_within_step = False

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1) -> None:
        self.optimizer = expect_optimizer(self, optimizer)
        for i, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                group.setdefault("initial_lr", group["lr"])
            elif "initial_lr" not in group:
                raise ValueError(
                    f"{type(self).__name__}: with last_epoch, each group has an initial_lr, and group {i} "
                    "has none; load the optimiser's state first, or leave last_epoch out"
                )
        self.base_lrs = [group["initial_lr"] for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        self._initial_step()

    def _initial_step(self) -> None:
        """Set the rates of the first epoch."""
        self._step_count, self._is_initial = 0, True
        try:
            self.step()
        finally:
            self._is_initial = False

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        raise NotImplementedError(
            f"{type(self).__name__}: a schedule of your own defines get_lr(), or rate(base_lr, epoch, group)"
        )

    def get_lr(self) -> list[float]:
        return self._by_formula()

    def _get_closed_form_lr(self) -> list[float]:
        return self.get_lr() if type(self).rate is LRScheduler.rate else self._by_formula()

    def _by_formula(self) -> list[float]:
        return [self.rate(base_lr, self.last_epoch, i) for i, base_lr in enumerate(self.base_lrs)]

    def _times(self, factor: float) -> list[float]:
        """All rates in use, times a factor."""
        return [group["lr"] * factor for group in self.optimizer.param_groups]

    def _as_they_are(self) -> list[float]:
        return [group["lr"] for group in self.optimizer.param_groups]

    def step(self, epoch: int | None = None) -> None:
        """Count one step and set the rates; with `epoch`, go to that one."""
        self._step_count += 1
        self._update_lr(epoch)

    def _update_lr(self, epoch: int | None = None) -> None:
        self.last_epoch = self.last_epoch + 1 if epoch is None else epoch
        self._get_lr_called_within_step = True
        try:
            values = self.get_lr() if epoch is None else self._get_closed_form_lr()
        finally:
            self._get_lr_called_within_step = False
        groups = self.optimizer.param_groups
        if len(values) < len(groups):
            raise ValueError(
                f"{type(self).__name__}: has a value for each of {len(values)} groups of parameters, and none for "
                f"group {len(values)}, which was added later; make a new schedule"
            )
        for group, lr in zip(groups, values, strict=False):
            group["lr"] = lr
        self._last_lr = self._as_they_are()

    def get_last_lr(self) -> list[float]:
        """The rates that this schedule set last, one per group."""
        return self._last_lr

    def state_dict(self) -> dict[str, Any]:
        """The numbers that change from step to step, and the options that are numbers."""
        return {
            key: list(value) if isinstance(value, list) else value  # steps to come change the lists
            for key, value in vars(self).items()
            if key != "optimizer"
        }

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        vars(self).update({key: list(value) if isinstance(value, list) else value for key, value in state_dict.items()})


def expect_optimizer(schedule: LRScheduler, optimizer: Any) -> Optimizer:
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"{type(schedule).__name__}: expected an optimiser, got {type(optimizer).__name__}")
    return optimizer
