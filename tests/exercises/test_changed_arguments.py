"""A right answer that then changes what it was given loses only for that, and is told so: its values are right."""

import copy
import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from tplib.graders import Exercise, exercises, grade

# The names that say it: of every exercise, and of a few that watch more than the arguments.
SAYS_SO = {
    "changes its argument",
    "leaves something else changed",
    "moves x itself",
    "changes what it is given",
    "start changed",
    "written into x",
}

# What a Trainer holds is looked at after the call: what is changed then counts as what it was given.
LATER = {"fine_tune"}


def spoil(value: Any) -> bool:
    """Change a value in place, if it can be."""
    if isinstance(value, np.ndarray) and value.size and value.dtype.kind in "fiu":
        value += value.dtype.type(1)
        return True
    if isinstance(value, torch.Tensor) and value.is_floating_point():
        with torch.no_grad():
            value += 1.0
        return True
    if isinstance(value, list) and value:
        spoilt = [spoil(item) for item in value]  # each of them
        if not any(spoilt):
            value.append(value[0])
        return True
    if isinstance(value, dict) and value:
        value["one more"] = next(iter(value.values()))
        return True
    return False


def kept(value: Any) -> Any:
    """The result as it is before the arguments change: they may share memory."""
    if isinstance(value, torch.Tensor):
        return value.clone()
    if type(value) in (tuple, list):
        return type(value)(map(kept, value))
    return value if type(value).__module__.startswith("transformers") else copy.deepcopy(value)


def spoiling(answer: Callable[..., Any], spoilt: list[bool]) -> Callable[..., Any]:
    @functools.wraps(answer)
    def spoils(*args: Any, **kwargs: Any) -> Any:
        result = kept(answer(*args, **kwargs))
        spoilt.extend(spoil(value) for value in (*args, *kwargs.values()))
        return result

    return spoils


@pytest.mark.parametrize(
    "exercise", [e for e in exercises() if e.kind != "class" and e.name not in LATER], ids=lambda e: e.name
)
@pytest.mark.parametrize("seed", [None, 1])
def test_named_and_first(exercise: Exercise, seed: int | None) -> None:
    spoilt: list[bool] = []
    verdict = grade(exercise.name, spoiling(exercise.reference, spoilt), seed=seed)
    if verdict.status != "right" and "modified by an inplace operation" in str(verdict):
        return  # PyTorch itself says it, and no gradient is left to judge
    if any(spoilt):
        assert (verdict.status, verdict.misconception in SAYS_SO) == ("partial", True), str(verdict)
    else:
        assert verdict.status == "right"
