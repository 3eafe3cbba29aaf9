"""Whether operations are recorded on the graph: `no_grad`, `enable_grad` and `set_grad_enabled`."""

from __future__ import annotations

import functools
import inspect
import re
import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any

# The annotations of options.
PLAIN = re.compile(r"(float|int|bool|str)( \| None)?")


class _Mode(threading.local):
    recording = True


mode = _Mode()


def is_grad_enabled() -> bool:
    """Whether operations are being recorded (False inside `no_grad`)."""
    return mode.recording


def needs_graph(value: Any) -> bool:
    """Whether operations are recorded and the value, or a value in its lists, tuples and dicts, requires a gradient."""
    return mode.recording and any(getattr(tensor, "requires_grad", False) is True for tensor in _parts(value))


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple | list):
        for part in value:
            yield from _parts(part)
    elif isinstance(value, dict):
        yield from _parts(tuple(value.values()))
    else:
        yield value


def refuse_lists(value: Any) -> None:
    """Raise TypeError for a list of tensors, which would be read as numbers, without their graph."""
    if needs_graph(value):
        raise TypeError(
            "a list that holds tensors with a gradient would lose the graph: put them together with nn.stack or "
            "nn.concatenate, or take their values with detach()"
        )


def options_of(forward: Callable[..., Any]) -> dict[int, str]:
    """The arguments of a Function's `forward`, by number, that are no tensors: numbers, truths and words."""
    function: Any = inspect.unwrap(forward)
    kinds, code = function.__annotations__, function.__code__
    names = code.co_varnames[1 : code.co_argcount]
    return {i: name for i, name in enumerate(names) if PLAIN.fullmatch(_kind(kinds.get(name)))}


def _kind(annotation: Any) -> str:
    return annotation.__name__ if isinstance(annotation, type) else str(annotation)


def refuse_gradient(what: str, value: Any) -> None:
    """Raise TypeError if an option, or a weight that is a constant, is a tensor that requires a gradient.

    No gradient would come back to it. PyTorch refuses it, too, also under `no_grad`.
    """
    if getattr(value, "requires_grad", False) is True:
        raise TypeError(
            f"{what} is a constant, so that no gradient comes back to it, but the tensor given requires one: give its "
            "value with detach(), or write the formula with tensors"
        )


class set_grad_enabled:
    """Operations are recorded, or not, from here on; in `with set_grad_enabled(yes):`, until its end."""

    def __init__(self, mode_: bool) -> None:
        self._before = [mode.recording]
        mode.recording = bool(mode_)

    def __enter__(self) -> None:
        pass

    def __exit__(self, *exc: object) -> None:
        mode.recording = self._before[-1]


class no_grad:
    """Operations inside record no graph: `with no_grad():`, or above a function or generator, also without `()`."""

    recording = False
    _before: list[bool]

    def __new__(cls, function: Any = None) -> Any:
        self = super().__new__(cls)
        self._before = []
        return self if function is None else self(function)

    def __enter__(self) -> None:
        self._before.append(mode.recording)
        mode.recording = self.recording

    def __exit__(self, *exc: object) -> None:
        mode.recording = self._before.pop()

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        if not callable(function):
            raise TypeError(f"{type(self).__name__}: expected a function to decorate, got {function!r}")
        if inspect.isgeneratorfunction(function):

            @functools.wraps(function)
            def steps(*args: Any, **kwargs: Any) -> Any:
                return _each_step(type(self), function(*args, **kwargs))

            return steps

        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            with type(self)():  # one memory of the mode per call
                return function(*args, **kwargs)

        return call


class enable_grad(no_grad):
    """Operations inside are recorded, also within `no_grad`."""

    recording = True


def _each_step(context: type[no_grad], steps: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
    """The generator, with the mode set while it works, and set back while its caller does."""
    with context():
        value = next(steps, steps)
    sent: Any = None
    while value is not steps:
        try:
            sent = yield value
        except GeneratorExit:
            with context():
                steps.close()
            raise
        except BaseException as error:
            with context():
                value = steps.throw(error)
            continue
        with context():
            try:
                value = steps.send(sent)
            except StopIteration as end:
                return end.value
