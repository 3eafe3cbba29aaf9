"""Learning-rate schedules, under PyTorch's names (lecture 003, "Extensions and variants of SGD": learning rate decay).

A schedule changes `lr` in the optimiser's `param_groups`. Call its `step()` once an epoch (or once a batch), after the
optimiser's. As in PyTorch, most of them multiply the rate in use by a factor at each step: so several may work on one
optimiser, a rate set by hand goes on from there, and a group of parameters may come later.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from types import FunctionType
from typing import Any

from tplib.nn.optim.optimizer import Optimizer
from tplib.nn.optim.schedule import LRScheduler, expect_optimizer


class LambdaLR(LRScheduler):
    """The first rate times `lr_lambda(epoch)`; one function, or a list with one for each group."""

    def __init__(
        self,
        optimizer: Optimizer,
        lr_lambda: Callable[[int], float] | Iterable[Callable[[int], float]],
        last_epoch: int = -1,
    ) -> None:
        groups = len(expect_optimizer(self, optimizer).param_groups)
        given = list(lr_lambda) if isinstance(lr_lambda, Iterable) and not callable(lr_lambda) else [lr_lambda] * groups
        for factor in given:
            if not callable(factor):
                raise TypeError(f"LambdaLR: expected functions of the number of steps, got {factor!r}")
        self.lr_lambdas: list[Callable[[int], float]] = given
        if len(self.lr_lambdas) != groups:
            raise ValueError(f"LambdaLR: expected {groups} functions, one per group, got {len(self.lr_lambdas)}")
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[float]:
        return [lr * factor(self.last_epoch) for lr, factor in zip(self.base_lrs, self.lr_lambdas, strict=True)]

    def state_dict(self) -> dict[str, Any]:
        """As every schedule's; of callable objects, not of functions, it holds the attributes."""
        return {
            **super().state_dict(),
            "lr_lambdas": [
                None if isinstance(f, FunctionType) else dict(getattr(f, "__dict__", {})) for f in self.lr_lambdas
            ],
        }

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        attributes = state_dict.get("lr_lambdas", ())
        super().load_state_dict({key: value for key, value in state_dict.items() if key != "lr_lambdas"})
        for factor, kept in zip(self.lr_lambdas, attributes, strict=False):
            if kept:
                vars(factor).update(kept)


class StepLR(LRScheduler):
    """The rate times `gamma` every `step_size` steps."""

    def __init__(self, optimizer: Optimizer, step_size: float, gamma: float = 0.1, last_epoch: int = -1) -> None:
        if step_size < 1:
            raise ValueError(f"StepLR: expected a step_size of at least 1, got {step_size}")
        self.step_size, self.gamma = step_size, gamma
        super().__init__(optimizer, last_epoch)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return base_lr * self.gamma ** (epoch // self.step_size)

    def get_lr(self) -> list[float]:
        if self.last_epoch == 0 or self.last_epoch % self.step_size:
            return self._as_they_are()
        return self._times(self.gamma)


class MultiStepLR(LRScheduler):
    """The rate times `gamma` at each of `milestones`, numbers of steps."""

    def __init__(
        self, optimizer: Optimizer, milestones: Iterable[int], gamma: float = 0.1, last_epoch: int = -1
    ) -> None:
        if not isinstance(milestones, Iterable) or isinstance(milestones, str):
            raise TypeError(f"MultiStepLR: expected milestones, a list of numbers of steps, got {milestones!r}")
        self.milestones, self.gamma = sorted(milestones), gamma
        super().__init__(optimizer, last_epoch)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return base_lr * self.gamma ** bisect_right(self.milestones, epoch)

    def get_lr(self) -> list[float]:
        return self._times(self.gamma ** self.milestones.count(self.last_epoch))


class ConstantLR(LRScheduler):
    """The rate times `factor` for the first `total_iters` steps, then the rate itself."""

    def __init__(
        self, optimizer: Optimizer, factor: float = 1 / 3, total_iters: float = 5, last_epoch: int = -1
    ) -> None:
        if not 0 <= factor <= 1:
            raise ValueError(f"ConstantLR: expected a factor from 0 to 1, got {factor}")
        _check_iterations("ConstantLR", total_iters)
        self.factor, self.total_iters = factor, total_iters
        super().__init__(optimizer, last_epoch)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return base_lr * (self.factor if epoch < self.total_iters else 1)

    def get_lr(self) -> list[float]:
        if self.last_epoch == 0:
            return self._times(self.factor)
        if self.last_epoch != self.total_iters:
            return self._as_they_are()
        return self._times(1 / self.factor) if self.factor else self._by_formula()


class PolynomialLR(LRScheduler):
    """The rate falls to 0 in `total_iters` steps, as (1 - part done)^`power`."""

    def __init__(self, optimizer: Optimizer, total_iters: float = 5, power: float = 1.0, last_epoch: int = -1) -> None:
        _check_iterations("PolynomialLR", total_iters)
        self.total_iters, self.power = total_iters, power
        super().__init__(optimizer, last_epoch)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return base_lr * (1 - min(epoch, self.total_iters) / self.total_iters) ** self.power

    def get_lr(self) -> list[float]:
        if self._is_initial or self.last_epoch > self.total_iters:
            return self._as_they_are()
        left, left_before = (1 - epoch / self.total_iters for epoch in (self.last_epoch, self.last_epoch - 1))
        return self._times((left / left_before) ** self.power)


class ExponentialLR(LRScheduler):
    """The rate times `gamma` at every step."""

    def __init__(self, optimizer: Optimizer, gamma: float, last_epoch: int = -1) -> None:
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return base_lr * self.gamma**epoch

    def get_lr(self) -> list[float]:
        return self._as_they_are() if self._is_initial else self._times(self.gamma)


class LinearLR(LRScheduler):
    """Warm-up: the factor goes in a straight line from `start_factor` to `end_factor` in `total_iters` steps."""

    def __init__(
        self,
        optimizer: Optimizer,
        start_factor: float = 1 / 3,
        end_factor: float = 1.0,
        total_iters: float = 5,
        last_epoch: int = -1,
    ) -> None:
        if not (0 < start_factor <= 1 and 0 <= end_factor <= 1):
            raise ValueError(
                f"LinearLR: expected factors between 0 and 1 (the first above 0), got {start_factor} and {end_factor}"
            )
        self.start_factor, self.end_factor, self.total_iters = start_factor, end_factor, total_iters
        super().__init__(optimizer, last_epoch)

    def factor(self, epoch: int) -> float:
        part = min(epoch, self.total_iters) / self.total_iters if self.total_iters else 1.0
        return self.start_factor + (self.end_factor - self.start_factor) * part

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return base_lr * self.factor(epoch)

    def get_lr(self) -> list[float]:
        if self.last_epoch == 0:
            return self._times(self.factor(0))
        if self._is_initial or self.last_epoch > self.total_iters:
            return self._as_they_are()
        rise = self.end_factor - self.start_factor
        return self._times(1 + rise / (self.total_iters * self.start_factor + (self.last_epoch - 1) * rise))


class CosineAnnealingLR(LRScheduler):
    """Half a wave of cosine from the first rate to `eta_min` in `T_max` steps, and back in the next `T_max`."""

    def __init__(self, optimizer: Optimizer, T_max: float, eta_min: float = 0.0, last_epoch: int = -1) -> None:
        if T_max < 1:
            raise ValueError(f"CosineAnnealingLR: expected a T_max of at least 1, got {T_max}")
        self.T_max, self.eta_min = T_max, eta_min
        super().__init__(optimizer, last_epoch)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return self.eta_min + (base_lr - self.eta_min) * (1 + math.cos(math.pi * epoch / self.T_max)) / 2

    def get_lr(self) -> list[float]:
        if self._is_initial:
            return self._as_they_are()
        if self._step_count == 1 and self.last_epoch > 0:
            return self._by_formula()
        groups = self.optimizer.param_groups
        if (self.last_epoch - 1 - self.T_max) % (2 * self.T_max) == 0:  # up from the bottom, where all factors are 0
            up = (1 - math.cos(math.pi / self.T_max)) / 2
            return [g["lr"] + (b - self.eta_min) * up for b, g in zip(self.base_lrs, groups, strict=False)]
        now, before = (1 + math.cos(math.pi * e / self.T_max) for e in (self.last_epoch, self.last_epoch - 1))
        return [now / before * (group["lr"] - self.eta_min) + self.eta_min for group in groups]


def _check_iterations(name: str, total_iters: float) -> None:
    if total_iters < 1:
        raise ValueError(f"{name}: expected total_iters of at least 1, got {total_iters}")
