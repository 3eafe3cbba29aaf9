"""Learning-rate schedules, under PyTorch's names (lecture 003, "Extensions and variants of SGD": learning rate decay).

A schedule changes `lr` in the optimiser's `param_groups`. Call its `step()` once an epoch (or once a batch), after the
optimiser's. PyTorch applies the same formulas one factor at a time; here each rate is computed from the first one, so
that equal step counts give equal rates to the last bit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tplib.nn.optim.optimizer import Optimizer


class LRScheduler:
    """Sets every group's rate to its first rate times a factor of the number of steps taken, `last_epoch`.

    A subclass defines `rate(base_lr, epoch, group)`.
    """

    def __init__(self, optimizer: Optimizer) -> None:
        if not isinstance(optimizer, Optimizer):
            raise TypeError(f"{type(self).__name__}: expected an optimiser, got {type(optimizer).__name__}")
        self.optimizer = optimizer
        self.base_lrs = [group.setdefault("initial_lr", group["lr"]) for group in optimizer.param_groups]
        self.last_epoch = -1
        self._rates = list(self.base_lrs)
        self.step()

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        raise NotImplementedError(
            f"{type(self).__name__}: a schedule of your own defines rate(base_lr, epoch, group), in place of PyTorch's "
            "get_lr()"
        )

    def step(self) -> None:
        """Count one step and set the rates."""
        self._take_in()
        self.last_epoch += 1
        for i, (base_lr, group) in enumerate(zip(self.base_lrs, self.optimizer.param_groups, strict=True)):
            before, now = self._rates[i], self.rate(base_lr, self.last_epoch, i)
            # Another schedule, or a hand, may have set the rate since: then what they made of it is kept.
            group["lr"] = now if group["lr"] == before else self.moved(group["lr"], before, now)
            self._rates[i] = now

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
        return lr * now / before if before else now

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


class StepLR(LRScheduler):
    """The rate times `gamma` every `step_size` steps."""

    def __init__(self, optimizer: Optimizer, step_size: int, gamma: float = 0.1) -> None:
        if step_size < 1:
            raise ValueError(f"StepLR: expected a step_size of at least 1, got {step_size}")
        self.step_size, self.gamma = step_size, gamma
        super().__init__(optimizer)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        return base_lr * self.gamma ** (epoch // self.step_size)


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
        above = before - self.eta_min
        if abs(above) <= 1e-12 * max(self.base_lrs):  # at the bottom of the wave
            return lr + now - before
        return self.eta_min + (lr - self.eta_min) * (now - self.eta_min) / above


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
        patience: int = 10,
        threshold: float = 1e-4,
        threshold_mode: str = "rel",
        cooldown: int = 0,
        min_lr: float | list[float] = 0,
        eps: float = 1e-8,
    ) -> None:
        if factor >= 1:
            raise ValueError(f"ReduceLROnPlateau: expected a factor below 1, got {factor}")
        if mode not in ("min", "max") or threshold_mode not in ("rel", "abs"):
            raise ValueError(
                f'ReduceLROnPlateau: expected mode "min" or "max" and threshold_mode "rel" or "abs", '
                f"got {mode!r} and {threshold_mode!r}"
            )
        self.optimizer = optimizer
        self.mode, self.factor, self.patience, self.cooldown, self.eps = mode, factor, patience, cooldown, eps
        self.threshold, self.threshold_mode = threshold, threshold_mode
        groups = len(optimizer.param_groups)
        self._one_min_lr = not isinstance(min_lr, list | tuple)
        self.min_lrs = list(min_lr) if isinstance(min_lr, list | tuple) else [min_lr] * groups
        if len(self.min_lrs) != groups:
            raise ValueError(f"ReduceLROnPlateau: expected {groups} values of min_lr, got {len(self.min_lrs)}")
        self.best = math.inf if mode == "min" else -math.inf
        self.num_bad_epochs = self.cooldown_counter = self.last_epoch = 0

    def step(self, metrics: float) -> None:  # type: ignore[override]
        """Count one step with its measure, and reduce the rates when patience has run out."""
        self.last_epoch += 1
        value = float(metrics)
        if self.is_better(value, self.best):
            self.best, self.num_bad_epochs = value, 0
        else:
            self.num_bad_epochs += 1
        if self.cooldown_counter > 0:
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

    def is_better(self, value: float, best: float) -> bool:
        margin = self.threshold if self.threshold_mode == "abs" else self.threshold * best
        if math.isinf(best):
            margin = 0.0
        return value < best - margin if self.mode == "min" else value > best + margin
