"""One schedule after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from tplib.nn.optim.optimizer import Optimizer
from tplib.nn.optim.plateau import ReduceLROnPlateau
from tplib.nn.optim.schedule import LRScheduler, expect_optimizer


class SequentialLR(LRScheduler):
    """Schedules one after the other: the next one starts, from its own step 0, at each of `milestones`.

    With `LinearLR` and then `CosineAnnealingLR`: warm-up, then decay.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        schedulers: Sequence[LRScheduler],
        milestones: Sequence[int],
        last_epoch: int = -1,
    ) -> None:
        expect_optimizer(self, optimizer)
        if not schedulers or len(milestones) != len(schedulers) - 1 or list(milestones) != sorted(milestones):
            raise ValueError(
                f"SequentialLR: expected rising milestones, one fewer than schedules, got {list(milestones)} for "
                f"{len(schedulers)} schedules"
            )
        for i, scheduler in enumerate(schedulers):
            if not isinstance(scheduler, LRScheduler):
                raise TypeError(f"SequentialLR: expected schedules, got {scheduler!r}")
            if scheduler.optimizer is not optimizer:
                raise ValueError("SequentialLR: all schedules must be of the optimiser that is given")
            if isinstance(scheduler, ReduceLROnPlateau):
                raise ValueError("SequentialLR: ReduceLROnPlateau needs a measure at each step, and cannot be a part")
            if i and isinstance(scheduler, SequentialLR):
                raise ValueError(
                    "SequentialLR: a SequentialLR can only be the first part; list its own parts and milestones here"
                )
        self._schedulers, self._milestones = list(schedulers), list(milestones)
        self.optimizer, self.last_epoch = optimizer, last_epoch + 1
        # Each part has set its first rate when it was made: all of that is undone, and the first part begins anew.
        for group in optimizer.param_groups:
            group["lr"] = group["initial_lr"]
        _undo_first_step(self)
        first = self._schedulers[bisect_right(self._milestones, 0)]
        first._initial_step()
        self._last_lr = first.get_last_lr()

    def step(self) -> None:  # type: ignore[override]
        """Count one step: the part whose turn it is takes it, or begins."""
        self.last_epoch += 1
        number = bisect_right(self._milestones, self.last_epoch)
        part = self._schedulers[number]
        if number and self._milestones[number - 1] == self.last_epoch:
            part._update_lr(0)
        else:
            part.step()
        self._last_lr = part.get_last_lr()

    def state_dict(self) -> dict[str, Any]:
        return {**super().state_dict(), "_schedulers": [part.state_dict() for part in self._schedulers]}

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        states = state_dict.get("_schedulers", ())
        if len(states) != len(self._schedulers):
            raise ValueError(
                f"SequentialLR: expected the states of {len(self._schedulers)} schedules, got {len(states)}"
            )
        super().load_state_dict({key: value for key, value in state_dict.items() if key != "_schedulers"})
        for part, state in zip(self._schedulers, states, strict=True):
            part.load_state_dict(state)


def _undo_first_step(schedule: LRScheduler) -> None:
    if isinstance(schedule, SequentialLR):
        for part in schedule._schedulers:
            _undo_first_step(part)
    else:
        schedule.last_epoch -= 1
