"""Learning-rate schedules, under PyTorch's names (lecture 003, "Extensions and variants of SGD": learning rate decay).

A schedule changes `lr` in the optimiser's `param_groups`. Call its `step()` once an epoch (or once a batch), after the
optimiser's. PyTorch applies the same formulas one factor at a time; here each rate is computed from the first one, so
that equal step counts give equal rates to the last bit.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tplib.nn.optim.optimizer import Optimizer


class LRScheduler:
    """Sets every group's rate to its first rate times a factor of the number of steps taken, `last_epoch`.

    A subclass defines `rate(base_lr, epoch, group)`, or in PyTorch's manner `get_lr()`, the list of all groups' rates.
    """

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1) -> None:
        if not isinstance(optimizer, Optimizer):
            raise TypeError(f"{type(self).__name__}: expected an optimiser, got {type(optimizer).__name__}")
        self.optimizer = optimizer
        self.base_lrs = [group.setdefault("initial_lr", group["lr"]) for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        self._rates = list(self.base_lrs)
        self.step()

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return self.get_lr()[group]

    def get_lr(self) -> list[float]:
        raise NotImplementedError(
            f"{type(self).__name__}: a schedule of your own defines get_lr(), or rate(base_lr, epoch, group)"
        )

    def step(self) -> None:
        """Count one step and set the rates."""
        self._take_in()
        self.last_epoch += 1
        own = type(self).get_lr is not LRScheduler.get_lr  # which looks itself at the rates in use
        for i, (base_lr, group) in enumerate(zip(self.base_lrs, self.optimizer.param_groups, strict=True)):
            before, now = self._rates[i], self.rate(base_lr, self.last_epoch, i)
            self._rates[i] = now
            # Another schedule, or a hand, may have set the rate since: then what they made of it is kept.
            if not own and group["lr"] != before:
                if not base_lr:  # which says nothing of the factor
                    before, now = (self.rate(1.0, epoch, i) for epoch in (self.last_epoch - 1, self.last_epoch))
                now = self.moved(group["lr"], before, now)
            group["lr"] = now

    def _take_in(self) -> None:
        """Groups that the optimiser got since the schedule began: their rates move by the same factors from now on."""
        for i in range(len(self.base_lrs), len(self.optimizer.param_groups)):
            group = self.optimizer.param_groups[i]
            try:
                before = self.rate(group["lr"], self.last_epoch, i)
            except IndexError:
                raise ValueError(
                    f"{type(self).__name__}: has a value for each of {i} groups of parameters, and none for group {i}, "
                    "which was added later; make a new schedule"
                ) from None
            self.base_lrs.append(group.setdefault("initial_lr", group["lr"]))
            self._rates.append(before)

    def moved(self, lr: float, before: float, now: float) -> float:
        """A rate that others changed, after a step that would take it from `before` to `now`."""
        return lr if now == before else lr * now / before if before else now

    def get_last_lr(self) -> list[float]:
        """The rates now in use, one per group."""
        return [group["lr"] for group in self.optimizer.param_groups]

    def state_dict(self) -> dict[str, Any]:
        """The numbers that change from step to step, and the options that are numbers."""
        return {
            key: list(value) if isinstance(value, list) else value  # steps to come change the lists
            for key, value in vars(self).items()
            if key not in ("optimizer", "lr_lambdas")
        }

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        vars(self).update({key: list(value) if isinstance(value, list) else value for key, value in state_dict.items()})


class LambdaLR(LRScheduler):
    """The first rate times `lr_lambda(epoch)`; one function, or a list with one for each group."""

    def __init__(
        self, optimizer: Optimizer, lr_lambda: Callable[[int], float] | Iterable[Callable[[int], float]]
    ) -> None:
        groups = len(optimizer.param_groups)
        self.lr_lambdas = [lr_lambda] * groups if callable(lr_lambda) else list(lr_lambda)
        if len(self.lr_lambdas) != groups:
            raise ValueError(f"LambdaLR: expected {groups} functions, one per group, got {len(self.lr_lambdas)}")
        super().__init__(optimizer)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return base_lr * self.lr_lambdas[group](epoch)

    def moved(self, lr: float, before: float, now: float) -> float:
        return now  # as in PyTorch, whatever others made of the rate


class StepLR(LRScheduler):
    """The rate times `gamma` every `step_size` steps."""

    def __init__(self, optimizer: Optimizer, step_size: int, gamma: float = 0.1) -> None:
        if step_size < 1:
            raise ValueError(f"StepLR: expected a step_size of at least 1, got {step_size}")
        self.step_size, self.gamma = step_size, gamma
        super().__init__(optimizer)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return base_lr * self.gamma ** (epoch // self.step_size)


class MultiStepLR(LRScheduler):
    """The rate times `gamma` at each of `milestones`, numbers of steps."""

    def __init__(self, optimizer: Optimizer, milestones: Iterable[int], gamma: float = 0.1) -> None:
        self.milestones, self.gamma = sorted(milestones), gamma
        super().__init__(optimizer)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return base_lr * self.gamma ** bisect_right(self.milestones, epoch)


class ConstantLR(LRScheduler):
    """The rate times `factor` for the first `total_iters` steps, then the rate itself."""

    def __init__(self, optimizer: Optimizer, factor: float = 1 / 3, total_iters: int = 5) -> None:
        if not 0 <= factor <= 1:
            raise ValueError(f"ConstantLR: expected a factor from 0 to 1, got {factor}")
        _check_iterations("ConstantLR", total_iters)
        self.factor, self.total_iters = factor, total_iters
        super().__init__(optimizer)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return base_lr * (self.factor if epoch < self.total_iters else 1)


class PolynomialLR(LRScheduler):
    """The rate falls to 0 in `total_iters` steps, as (1 - part done)^`power`."""

    def __init__(self, optimizer: Optimizer, total_iters: int = 5, power: float = 1.0) -> None:
        _check_iterations("PolynomialLR", total_iters)
        self.total_iters, self.power = total_iters, power
        super().__init__(optimizer)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return base_lr * (1 - min(epoch, self.total_iters) / self.total_iters) ** self.power


class ExponentialLR(LRScheduler):
    """The rate times `gamma` at every step."""

    def __init__(self, optimizer: Optimizer, gamma: float) -> None:
        self.gamma = gamma
        super().__init__(optimizer)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return base_lr * self.gamma**epoch


class LinearLR(LRScheduler):
    """Warm-up: the factor goes in a straight line from `start_factor` to `end_factor` in `total_iters` steps."""

    def __init__(
        self, optimizer: Optimizer, start_factor: float = 1 / 3, end_factor: float = 1.0, total_iters: int = 5
    ) -> None:
        if not (0 < start_factor <= 1 and 0 <= end_factor <= 1):
            raise ValueError(
                f"LinearLR: expected factors between 0 and 1 (the first above 0), got {start_factor} and {end_factor}"
            )
        self.start_factor, self.end_factor, self.total_iters = start_factor, end_factor, total_iters
        super().__init__(optimizer)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        part = min(epoch, self.total_iters) / self.total_iters if self.total_iters else 1.0
        return base_lr * (self.start_factor + (self.end_factor - self.start_factor) * part)


class CosineAnnealingLR(LRScheduler):
    """Half a wave of cosine from the first rate to `eta_min` in `T_max` steps, and back in the next `T_max`."""

    def __init__(self, optimizer: Optimizer, T_max: int, eta_min: float = 0.0) -> None:
        if T_max < 1:
            raise ValueError(f"CosineAnnealingLR: expected a T_max of at least 1, got {T_max}")
        self.T_max, self.eta_min = T_max, eta_min
        super().__init__(optimizer)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return self.eta_min + (base_lr - self.eta_min) * (1 + math.cos(math.pi * epoch / self.T_max)) / 2

    def moved(self, lr: float, before: float, now: float) -> float:
        if now == before:
            return lr
        above = before - self.eta_min
        if abs(above) <= 1e-12 * max(self.base_lrs):  # at the bottom of the wave
            return lr + now - before
        return self.eta_min + (lr - self.eta_min) * (now - self.eta_min) / above


def _check_iterations(name: str, total_iters: int) -> None:
    if total_iters < 1:
        raise ValueError(f"{name}: expected total_iters of at least 1, got {total_iters}")
