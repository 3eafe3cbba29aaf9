"""Observe a student's `torch.nn.Module` through plain arrays: numbers in, numbers out, no object crosses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from torch import Tensor, nn


def built(candidate: Any, *args: Any) -> nn.Module:
    """The student's module; TypeError, as a sentence, if the class does not make one."""
    from torch import nn

    model = candidate(*args)
    if not isinstance(model, nn.Module):
        raise TypeError(
            f"{candidate.__name__} should be an nn.Module: start with class {candidate.__name__}(nn.Module)"
        )
    return model


def shapes(model: nn.Module) -> list[tuple[int, ...]]:
    """Shapes of all parameters, sorted: the order in which layers were declared does not matter."""
    return sorted(tuple(parameter.shape) for parameter in model.parameters())


def load(model: nn.Module, arrays: Sequence[np.ndarray]) -> bool:
    """Copy each array into the first free parameter of its shape; False if they do not match."""
    import torch

    free = list(model.parameters())
    with torch.no_grad():
        for array in arrays:
            found = next((i for i, parameter in enumerate(free) if tuple(parameter.shape) == np.shape(array)), None)
            if found is None:
                return False
            free.pop(found).copy_(tensor(array))
    return not free


def tensor(array: np.ndarray) -> Tensor:
    """A copy as a tensor: float32 for real numbers, as PyTorch's layers have it, int64 for whole ones."""
    import torch

    array = np.asarray(array)
    return torch.tensor(array, dtype=torch.float32 if array.dtype.kind == "f" else torch.int64)


def array(value: Any) -> Any:
    """A tensor as an array; anything else as it is, for the comparison to name."""
    import torch

    return value.detach().cpu().numpy().copy() if isinstance(value, torch.Tensor) else value


@contextmanager
def repeatable() -> Iterator[None]:
    """The same random numbers at each observation, and the notebook's own generator left as it was."""
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        yield
