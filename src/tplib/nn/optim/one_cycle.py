"""The cycle of a single rise and fall of the learning rate."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from tplib.nn.optim.optimizer import Optimizer
from tplib.nn.optim.schedule import LRScheduler, expect_optimizer


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
        base_momentum: float | Sequence[float] = 0.85,
        max_momentum: float | Sequence[float] = 0.95,
        div_factor: float = 25.0,
        final_div_factor: float = 1e4,
        three_phase: bool = False,
        last_epoch: int = -1,
    ) -> None:
        groups = expect_optimizer(self, optimizer).param_groups
        if total_steps is None and epochs is not None and steps_per_epoch is not None:
            total_steps = epochs * steps_per_epoch
        if total_steps is None or total_steps < 1:
            raise ValueError("OneCycleLR: expected total_steps of at least 1, or epochs and steps_per_epoch")
        if not 0 <= pct_start <= 1 or anneal_strategy not in ("cos", "linear"):
            raise ValueError(
                f'OneCycleLR: expected pct_start between 0 and 1 and anneal_strategy "cos" or "linear", '
                f"got {pct_start} and {anneal_strategy!r}"
            )
        self.total_steps, self.anneal_strategy = total_steps, anneal_strategy
        rise = float(pct_start * total_steps) - 1
        ends = [rise, 2 * rise, total_steps - 1] if three_phase else [rise, total_steps - 1]
        self.ends = [float(end) for end in ends]
        for group, top in zip(groups, self._of_each("max_lr", max_lr, groups), strict=True):
            if last_epoch == -1:
                first = top / div_factor
                group.update(initial_lr=first, max_lr=top, min_lr=first / final_div_factor)
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            if not optimizer.defaults.keys() & {"momentum", "betas"}:
                raise ValueError("OneCycleLR: the optimiser has no momentum; give cycle_momentum=False")
            highs = self._of_each("max_momentum", max_momentum, groups)
            lows = self._of_each("base_momentum", base_momentum, groups)
            for group, high, low in zip(groups, highs, lows, strict=True):
                if last_epoch == -1:
                    group.update(max_momentum=high, base_momentum=low)
        super().__init__(optimizer, last_epoch)

    def _of_each(self, name: str, values: float | Sequence[float], groups: list[dict[str, Any]]) -> list[float]:
        of_each = list(values) if isinstance(values, Sequence) else [values] * len(groups)
        if len(of_each) != len(groups):
            raise ValueError(f"OneCycleLR: expected {len(groups)} values of {name}, got {len(of_each)}")
        return of_each

    def get_lr(self) -> list[float]:
        if self.last_epoch > self.total_steps:  # one more than the rates: the loop steps after its last batch too
            raise ValueError(f"OneCycleLR: the cycle has {self.total_steps} steps, and all are done")
        rates = []
        for group in self.optimizer.param_groups:
            if "max_lr" not in group:  # it came later
                break
            first, top, last = group["initial_lr"], group["max_lr"], group["min_lr"]
            rates.append(self._between([*[first, top, first][: len(self.ends)], last], self.last_epoch))
            if self.cycle_momentum:
                low, high = group["base_momentum"], group["max_momentum"]
                value = self._between([*[high, low, high][: len(self.ends)], high], self.last_epoch)
                if "betas" in self.optimizer.defaults:
                    group["betas"] = (value, *group["betas"][1:])
                else:
                    group["momentum"] = value
        return rates

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
