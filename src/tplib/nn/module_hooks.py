"""Hooks of modules: functions that see what goes into a module and comes out of it, on both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.nn.graph.gates import pass_together
from tplib.nn.graph.recording import is_grad_enabled
from tplib.nn.graph.tensor import Tensor


class Hooks:
    """The hooks of one module, in the order of their registration."""

    __slots__ = ("after", "backward", "before")

    def __init__(self) -> None:
        self.before: dict[int, Any] = {}
        self.after: dict[int, Any] = {}
        self.backward: dict[int, Any] = {}

    def call(self, module: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """`module.forward` with all hooks around it."""
        hooks = list(self.backward.values())  # those of the time of the call
        for hook in list(self.before.values()):
            answer = hook(module, args)
            if answer is not None:
                args = answer if isinstance(answer, tuple) else (answer,)
        watch = _Watch(module, hooks) if hooks else None
        if watch is not None:
            args = watch.inputs(args)
        output = module.forward(*args, **kwargs)
        for hook in list(self.after.values()):
            answer = hook(module, args, output)
            output = output if answer is None else answer
        return output if watch is None else watch.outputs(output)


class _Watch:
    """One call of a module with backward hooks: they run once all gradients of its inputs are known.

    As in PyTorch, the gradients of its outputs are kept from the time when they pass, and tell once.
    """

    def __init__(self, module: Any, hooks: list[Any]) -> None:
        self.module, self.hooks = module, hooks
        self.number = 0  # of inputs
        self.watched = False  # whether an input requires a gradient
        self.idle: dict[int, tuple[int, ...]] = {}  # the shapes of the inputs that are tensors and require none
        self.grad_output: tuple[Any, ...] | None = None

    def inputs(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        self.number = len(args)
        behind = _behind_gate(args, self._came)
        self.watched = behind is not None
        self.idle = {i: arg.shape for i, arg in enumerate(args) if isinstance(arg, Tensor) and not arg.requires_grad}
        return args if behind is None else behind

    def outputs(self, output: Any) -> Any:
        listed = output if isinstance(output, tuple) else (output,)
        behind = _behind_gate(listed, self._starts)
        if behind is None:
            return output
        return behind if isinstance(output, tuple) else behind[0]

    def _starts(self, gradients: list[Any], come: set[int]) -> list[Any]:
        came = [gradient if i in come else None for i, gradient in enumerate(gradients)]
        self.grad_output = tuple(came)
        if not self.watched:  # no input has a gradient: the hooks run at once
            self._run((None,) * self.number)
        return came

    def _came(self, gradients: list[Any], come: set[int]) -> list[Any]:
        if self.grad_output is None:
            return gradients
        for i, shape in self.idle.items():
            gradients[i] = Tensor(np.zeros(shape, np.float32))
        return self._run(tuple(gradients))

    def _run(self, gradients: tuple[Any, ...]) -> list[Any]:
        """The gradients of the inputs, or what the hooks gave instead."""
        grad_output, self.grad_output = self.grad_output, None
        for hook in self.hooks:
            answer = hook(self.module, gradients, grad_output)
            if answer is None:
                continue
            gradients = tuple(answer) if isinstance(answer, tuple | list) else (answer,)
            if len(gradients) != self.number:
                raise RuntimeError(
                    f"a backward hook of {type(self.module).__name__} returned {len(gradients)} gradients for "
                    f"{self.number} inputs; return one for each, or None to leave them"
                )
        return list(gradients)


def _behind_gate(values: tuple[Any, ...], hook: Callable[[list[Any], set[int]], list[Any]]) -> tuple[Any, ...] | None:
    """The values, those that require a gradient behind a gate; None where there is none.

    `hook` gets a gradient or None for each value, and the numbers of those to which one came; it returns what goes on.
    """
    places = [i for i, value in enumerate(values) if isinstance(value, Tensor) and value.requires_grad]
    if not places or not is_grad_enabled():
        return None

    def all_came(gradients: list[Any], come: set[int]) -> list[Any]:
        found = dict(zip(places, gradients, strict=True))
        answer = hook([found.get(i) for i in range(len(values))], {places[i] for i in come})
        return [answer[i] for i in places]

    behind = dict(zip(places, pass_together([values[i] for i in places], all_came), strict=True))
    return tuple(behind.get(i, value) for i, value in enumerate(values))
