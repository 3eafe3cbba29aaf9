"""Observe a student's `torch.nn.Module` through plain arrays: numbers in, numbers out, no object crosses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


def shapes(model: nn.Module) -> dict[str, tuple[int, ...]]:
    """The shape of each parameter by its name; only the shapes are compared, in any order (`facts.parameters`)."""
    return {name: tuple(parameter.shape) for name, parameter in model.named_parameters()}


def in_order_of_use(model: nn.Module, *inputs: Any) -> list[nn.Parameter]:
    """The parameters in the order in which a forward pass first computes with them, unused ones last.

    So a layer is known by what it does, and not by the line on which it was declared.
    """
    import torch
    from torch.overrides import TorchFunctionMode

    left = {id(parameter): parameter for parameter in model.parameters()}
    found = []

    class Uses(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            result = func(*args, **(kwargs or {}))
            if isinstance(result, torch.Tensor):  # a look at the shape is no use
                for value in (*args, *(kwargs or {}).values()):
                    if isinstance(value, torch.Tensor) and id(value) in left:
                        found.append(left.pop(id(value)))
            return result

    with torch.no_grad(), Uses():
        model(*inputs)
    return [*found, *left.values()]


def load(parameters: Iterable[nn.Parameter], arrays: Sequence[np.ndarray]) -> bool:
    """Copy each array into the first free parameter of its shape; False if they do not match."""
    import torch

    free = list(parameters)
    with torch.no_grad():
        for array in arrays:
            found = next((i for i, parameter in enumerate(free) if tuple(parameter.shape) == np.shape(array)), None)
            if found is None:
                return False
            free.pop(found).copy_(tensor(array))
    return not free


def same_batches(batches: Any, arrays: Any) -> bool:
    """Whether a list of batches of tensors still holds these arrays."""
    return len(batches) == len(arrays) and all(
        len(batch) == len(of)
        and all(np.array_equal(array(t), array(tensor(a))) for t, a in zip(batch, of, strict=True))
        for batch, of in zip(batches, arrays, strict=True)
    )


def tensor(array: np.ndarray) -> Tensor:
    """A copy as a tensor: float32 for real numbers, as PyTorch's layers have it, int64 for whole ones."""
    import torch

    array = np.asarray(array)
    return torch.tensor(array, dtype=torch.float32 if array.dtype.kind == "f" else torch.int64)


def array(value: Any) -> Any:
    """A tensor as an array; anything else as it is, for the comparison to name."""
    import torch

    return value.detach().cpu().numpy().copy() if isinstance(value, torch.Tensor) else value


def parts(value: Any) -> str:
    """How many things a call gave, in words."""
    return f"{len(value)} things" if isinstance(value, tuple | list) else "one thing"


def gradients(parameters: Iterable[nn.Parameter]) -> list[Any]:
    """The gradient of each parameter as an array, "none" where `backward` did not reach it."""
    return ["none" if p.grad is None else array(p.grad.to_dense() if p.grad.is_sparse else p.grad) for p in parameters]


@contextmanager
def repeatable() -> Iterator[None]:
    """The same random numbers at each observation, and PyTorch left as it was whatever an answer does to it.

    That is: the notebook's own generator, whether gradients are recorded, and the default dtype.
    """
    import torch

    recording, dtype = torch.is_grad_enabled(), torch.get_default_dtype()
    try:
        with torch.random.fork_rng(devices=[]):
            torch.default_generator.manual_seed(0)  # `torch.manual_seed` seeds graphics cards too, and is slow
            yield
    finally:
        torch.set_grad_enabled(recording)
        torch.set_default_dtype(dtype)
