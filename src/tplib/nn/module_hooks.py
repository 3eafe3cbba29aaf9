"""Hooks of modules: functions that see what goes into a module and comes out of it, on both ways."""

from __future__ import annotations

from typing import Any

from tplib.nn.graph.hooks import RETAIN
from tplib.nn.graph.second_order import Alias
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
        for hook in list(self.before.values()):
            answer = hook(module, args)
            if answer is not None:
                args = answer if isinstance(answer, tuple) else (answer,)
        watch = _Watch(module, list(self.backward.values())) if self.backward else None
        if watch is not None:
            args = watch.inputs(args)
        output = module.forward(*args, **kwargs)
        for hook in list(self.after.values()):
            answer = hook(module, args, output)
            output = output if answer is None else answer
        return output if watch is None else watch.outputs(output)


class _Watch:
    """One call of a module with backward hooks: those it has then run once all gradients of its inputs are known."""

    def __init__(self, module: Any, hooks: list[Any]) -> None:
        self.module, self.hooks = module, hooks
        self.grad_input: list[Any] = []
        self.grad_output: list[Any] = []
        self.awaited = 0

    def inputs(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(self._input(i, arg) for i, arg in enumerate(args))

    def _input(self, i: int, arg: Any) -> Any:
        self.grad_input.append(None)
        if not (isinstance(arg, Tensor) and arg.requires_grad):
            return arg
        self.awaited += 1
        end = Alias.apply(arg)
        if end.requires_grad:  # False under no_grad
            end._watch()[RETAIN - 1] = lambda grad: self._came(i, grad)
        return end

    def outputs(self, output: Any) -> Any:
        listed = output if isinstance(output, tuple) else (output,)
        self.grad_output = [None] * len(listed)
        parts = tuple(self._output(i, part) for i, part in enumerate(listed))
        return parts if isinstance(output, tuple) else parts[0]

    def _output(self, i: int, part: Any) -> Any:
        if not (isinstance(part, Tensor) and part.requires_grad):
            return part
        end = Alias.apply(part)
        if end.requires_grad:
            end._watch()[RETAIN - 1] = lambda grad: self._starts(i, grad)
        return end

    def _starts(self, i: int, grad: Any) -> None:
        self.grad_output[i] = grad
        if not self.awaited:  # no input has a gradient: the hooks run at once
            self._run()

    def _came(self, i: int, grad: Any) -> Any:
        self.grad_input[i] = grad
        if sum(part is not None for part in self.grad_input) < self.awaited:
            return None
        replaced = self._run()
        if not replaced:
            return None
        if self.awaited > 1:
            raise NotImplementedError("a backward hook cannot replace the gradients of a module with several inputs")
        return replaced[i]

    def _run(self) -> list[Any]:
        """The gradients of the inputs that the hooks gave instead, if any."""
        given = self.grad_input
        replaced: list[Any] = []
        self.grad_input = [None] * len(given)  # there may be another way back through the same call
        for hook in self.hooks:
            answer = hook(self.module, tuple(replaced or given), tuple(self.grad_output))
            if answer is None:
                continue
            replaced = list(answer) if isinstance(answer, tuple | list) else [answer]
            if len(replaced) != len(given):
                raise RuntimeError(
                    f"a backward hook of {type(self.module).__name__} returned {len(replaced)} gradients for "
                    f"{len(given)} inputs; return one for each, or None to leave them"
                )
        return replaced
