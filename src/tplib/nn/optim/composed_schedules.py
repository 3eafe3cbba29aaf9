"""Schedules made of phases: one schedule after the other, and the cycle of a single rise and fall."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from tplib.nn.optim.optimizer import Optimizer
from tplib.nn.optim.plateau import ReduceLROnPlateau
from tplib.nn.optim.schedules import LRScheduler


class SequentialLR(LRScheduler):
    """Schedules one after the other: the next one starts, from its own step 0, at each of `milestones`.

    With `LinearLR` and then `CosineAnnealingLR`: warm-up, then decay.
    """

    def __init__(self, optimizer: Optimizer, schedulers: Sequence[LRScheduler], milestones: Sequence[int]) -> None:
        if not schedulers or len(milestones) != len(schedulers) - 1 or list(milestones) != sorted(milestones):
            raise ValueError(
                f"SequentialLR: expected rising milestones, one fewer than schedules, got {list(milestones)} for "
                f"{len(schedulers)} schedules"
            )
        for scheduler in schedulers:
            if scheduler.optimizer is not optimizer:
                raise ValueError("SequentialLR: all schedules must be of the optimiser that is given")
            if isinstance(scheduler, ReduceLROnPlateau):
                raise ValueError("SequentialLR: ReduceLROnPlateau needs a measure at each step, and cannot be a part")
        self.schedulers, self.milestones = list(schedulers), list(milestones)
        super().__init__(optimizer)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        number = bisect_right(self.milestones, epoch)
        own = epoch - (self.milestones[number - 1] if number else 0)
        return self.schedulers[number].rate(base_lr, own, group)

    def moved(self, lr: float, before: float, now: float) -> float:
        if self.last_epoch in self.milestones:
            return now  # a part sets its first rate, whatever the one before has left
        return self.schedulers[bisect_right(self.milestones, self.last_epoch)].moved(lr, before, now)

    def step(self) -> None:
        if self.last_epoch < 0:  # the parts have each set their first rate: the first one's is the right one
            for group, base_lr in zip(self.optimizer.param_groups, self.base_lrs, strict=True):
                group["lr"] = base_lr
        super().step()

    def state_dict(self) -> dict[str, Any]:
        return {key: value for key, value in super().state_dict().items() if key != "schedulers"}


class OneCycleLR(LRScheduler):
    """The rate rises from `max_lr` / `div_factor` to `max_lr` in a share `pct_start` of the steps, then falls.

    It ends at the first rate over `final_div_factor`; `step()` is called after each batch, `total_steps` times at most
    (or `epochs` times `steps_per_epoch`). With `three_phase` it falls first as slowly as it rose, then to the end.
    `anneal_strategy` is "cos" or "linear". A momentum (or Adam's first beta) goes the other way, from `max_momentum` to
    `base_momentum` and back, unless `cycle_momentum` is False. Source: Smith and Topin 2018.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        max_lr: float | Sequence[float],
        total_steps: int | None = None,
        epochs: int | None = None,
        steps_per_epoch: int | None = None,
        pct_start: float = 0.3,
        anneal_strategy: str = "cos",
        cycle_momentum: bool = True,
        base_momentum: float = 0.85,
        max_momentum: float = 0.95,
        div_factor: float = 25.0,
        final_div_factor: float = 1e4,
        three_phase: bool = False,
    ) -> None:
        if total_steps is None and epochs is not None and steps_per_epoch is not None:
            total_steps = epochs * steps_per_epoch
        if total_steps is None or total_steps < 1:
            raise ValueError("OneCycleLR: expected total_steps of at least 1, or epochs and steps_per_epoch")
        if not 0 <= pct_start <= 1 or anneal_strategy not in ("cos", "linear"):
            raise ValueError(
                f'OneCycleLR: expected pct_start between 0 and 1 and anneal_strategy "cos" or "linear", '
                f"got {pct_start} and {anneal_strategy!r}"
            )
        groups = optimizer.param_groups
        tops = list(max_lr) if isinstance(max_lr, Sequence) else [max_lr] * len(groups)
        if len(tops) != len(groups):
            raise ValueError(f"OneCycleLR: expected {len(groups)} values of max_lr, got {len(tops)}")
        self.total_steps, self.tops, self.anneal_strategy = total_steps, tops, anneal_strategy
        self.div_factor, self.final_div_factor = div_factor, final_div_factor
        rise = float(pct_start * total_steps) - 1
        ends = [rise, 2 * rise, total_steps - 1] if three_phase else [rise, total_steps - 1]
        self.ends = [float(end) for end in ends]
        self.momenta = (base_momentum, max_momentum) if cycle_momentum else None
        if cycle_momentum and not any("momentum" in group or "betas" in group for group in groups):
            raise ValueError("OneCycleLR: the optimiser has no momentum; give cycle_momentum=False")
        for group, top in zip(groups, tops, strict=True):
            group["lr"] = group["initial_lr"] = top / div_factor
        super().__init__(optimizer)

    def rate(self, base_lr: float, epoch: int, group: int) -> float:
        top = self.tops[group]
        first = top / self.div_factor
        return self._between([*[first, top, first][: len(self.ends)], first / self.final_div_factor], epoch)

    def step(self) -> None:
        if self.last_epoch >= self.total_steps:  # one more than the rates: the loop steps after its last batch too
            raise ValueError(f"OneCycleLR: the cycle has {self.total_steps} steps, and all are done")
        super().step()
        if self.momenta is not None:
            low, high = self.momenta
            value = self._between([*[high, low, high][: len(self.ends)], high], self.last_epoch)
            for group in self.optimizer.param_groups:
                if "betas" in group:
                    group["betas"] = (value, *group["betas"][1:])
                else:
                    group["momentum"] = value

    def moved(self, lr: float, before: float, now: float) -> float:
        return now  # as in PyTorch, whatever others made of the rate

    def _between(self, values: list[float], epoch: int) -> float:
        """The value at a step, where `values` are those at the start and at the end of each phase."""
        start = 0.0
        for number, end in enumerate(self.ends):
            if epoch <= end or number == len(self.ends) - 1:
                part = (epoch - start) / (end - start) if end != start else 1.0
                before, after = values[number], values[number + 1]
                if self.anneal_strategy == "linear":
                    return before + (after - before) * part
                return after + (before - after) / 2 * (1 + math.cos(math.pi * part))
            start = end
        return values[-1]

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        if state_dict.get("total_steps", self.total_steps) != self.total_steps:
            raise ValueError(
                f"OneCycleLR: the state is of a cycle of {state_dict['total_steps']} steps, this one has "
                f"{self.total_steps}"
            )
        super().load_state_dict(state_dict)
