"""Hooks: functions of the user that see, and may replace, a gradient on its way back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

_number = count().__next__
RETAIN = -1  # among the hooks of a computed tensor: keep its gradient


class Handle:
    """What registering a hook returns: `remove()` takes the hook away again."""

    __slots__ = ("_hooks", "_key")

    def __init__(self, hooks: dict[int, Callable[..., Any]], hook: Callable[..., Any]) -> None:
        if not callable(hook):
            raise TypeError(f"hook: expected a function, got {type(hook).__name__}")
        self._hooks, self._key = hooks, _number()
        hooks[self._key] = hook

    def remove(self) -> None:
        self._hooks.pop(self._key, None)

    def __enter__(self) -> Handle:
        return self

    def __exit__(self, *exc: object) -> None:
        self.remove()


def check_gradient(grad: Any, values: Any) -> None:
    """Refuse what cannot be the gradient of an array of values, before it is broadcast into something else."""
    if not hasattr(grad, "shape"):
        raise TypeError(f"grad: expected an array of shape {values.shape} or None, got {type(grad).__name__}")
    if grad.shape != values.shape:
        raise RuntimeError(f"grad: expected a gradient of shape {values.shape}, as the tensor's, got {grad.shape}")


def run_hooks(hooks: dict[int, Callable[..., Any]], grad: Any) -> Any:
    """The gradient, a Tensor, after all hooks; one that returns something replaces it."""
    for key, hook in list(hooks.items()):
        answer = None if key == RETAIN else hook(grad)
        if answer is None:
            continue
        answer = answer if isinstance(answer, type(grad)) else type(grad)(answer)
        if answer.shape != grad.shape:
            raise RuntimeError(f"hook: expected a gradient of shape {grad.shape} back, got {answer.shape}")
        grad = answer.to(grad.dtype)
    return grad
