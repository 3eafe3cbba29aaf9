"""The options of layers, optimisers and schedules: each is checked by the type that the constructor names."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from operator import index
from typing import Any, TypeVar, cast

import numpy as np

Check = Callable[[str, Any], Any]
Call = TypeVar("Call", bound=Callable[..., Any])


class CheckedOptions:
    """What the library's own layers, optimisers and schedules inherit; a class of somebody else takes what it likes."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.__module__.startswith("tplib.nn.") and "__init__" in vars(cls):
            cls.__init__ = checked(cls.__init__)  # type: ignore[method-assign]


def checked(init: Callable[..., None]) -> Callable[..., None]:
    """A constructor that first says which of its arguments cannot be: no integer, no number, neither True nor False.

    Integers of NumPy become Python's. What else may be wrong, such as a negative size, the constructor says itself.
    """
    names, checks = _checks_of(init)
    if not checks:
        return init

    @functools.wraps(init)
    def constructor(self: Any, *args: Any, **options: Any) -> None:
        where = type(self).__name__
        given = [_check(checks, where, name, arg) for name, arg in zip(names[1:], args, strict=False)]
        named = {name: _check(checks, where, name, option) for name, option in options.items()}
        init(self, *given, *args[len(names) - 1 :], **named)

    constructor.checks = checks  # type: ignore[attr-defined]
    return constructor


def checked_function(function: Call) -> Call:
    """The same for a function; where all is of the usual types, the check takes a fraction of a microsecond."""
    where, (names, checks) = function.__name__, _checks_of(function)
    if not checks:
        return function
    usual = {name: USUAL.get(check, ()) for name, check in checks.items()}
    plain = next(i for i, name in enumerate([*names, *checks]) if name in checks)  # so many come before the first

    @functools.wraps(function)
    def call(*args: Any, **options: Any) -> Any:
        if len(args) > plain:
            given = [_check(checks, where, name, arg) for name, arg in zip(names, args, strict=False)]
            args = (*given, *args[len(names) :])
        for name, value in options.items():
            if name in usual and type(value) not in usual[name]:
                options[name] = _check(checks, where, name, value)
        return function(*args, **options)

    return cast(Call, call)


def _checks_of(function: Callable[..., Any]) -> tuple[list[str], dict[str, Check]]:
    """The names of the arguments that may go without a name, and a check for each type that has one."""
    parameters = inspect.signature(function).parameters.values()
    names = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    return names, {p.name: CHECKS[p.annotation] for p in parameters if p.annotation in CHECKS}


def check_options(owner: Any, options: dict[str, Any]) -> dict[str, Any]:
    """Options that come in a dict, checked as the constructor of their owner checks them."""
    inits = [vars(cls).get("__init__") for cls in type(owner).__mro__]
    checks: dict[str, Check] = next(filter(None, (getattr(init, "checks", None) for init in inits)), {})
    return {name: _check(checks, type(owner).__name__, name, option) for name, option in options.items()}


def _check(checks: dict[str, Check], where: str, name: str, value: Any) -> Any:
    check = checks.get(name)
    return value if check is None else check(f"{where}: expected {name} to be", value)


def _integer(expected: str, value: Any, what: str = "an integer") -> int:
    if type(value) is int:
        return value
    try:
        if not isinstance(value, bool | np.bool_):
            return index(value)
    except TypeError:
        pass
    hint = "; // divides integers" if isinstance(value, float) else ""
    raise TypeError(f"{expected} {what}, got {value!r}{hint}")


def _flag(expected: str, value: Any) -> Any:
    if isinstance(value, bool | int | np.bool_ | np.integer) or value is None:
        return value
    raise TypeError(f"{expected} True or False, got {value!r}")


def _number(expected: str, value: Any) -> Any:
    if hasattr(value, "__float__"):  # texts and lists have none
        return value
    raise TypeError(f"{expected} a number, got {value!r}")


def _numbers(expected: str, value: Any, what: str = "a number or a list of numbers") -> Any:
    if isinstance(value, list | tuple) and all(hasattr(part, "__float__") for part in value):
        return value
    if hasattr(value, "__float__"):
        return value
    raise TypeError(f"{expected} {what}, got {value!r}")


def _pair(expected: str, value: Any) -> Any:
    if hasattr(value, "__len__") and not isinstance(value, str) and len(value) == 2:
        return _numbers(expected, value, "two numbers")
    raise TypeError(f"{expected} two numbers, got {value!r}")


def _size(expected: str, value: Any) -> Any:
    what = "an integer or a tuple of integers"
    if not hasattr(value, "__len__") or isinstance(value, str) or np.ndim(value) == 0:
        return _integer(expected, value, what)
    for part in value:
        if not (isinstance(part, tuple) or part is None):  # pairs, and axes that stay: where they may be is said there
            _integer(expected, part, what)
    return value


def _sizes(expected: str, value: Any) -> Any:
    if isinstance(value, str) or not hasattr(value, "__len__"):
        raise TypeError(f"{expected} integers, got {value!r}")
    for part in value:
        _integer(expected, part, "integers")
    return value


def _or(check: Check, kinds: type | tuple[type, ...]) -> Check:
    return lambda expected, value: value if isinstance(value, kinds) else check(expected, value)


NOTHING = type(None)
# By the text of the annotation.
CHECKS: dict[str, Check] = {
    "bool": _flag,
    "bool | None": _flag,
    "int": _integer,
    "int | None": _or(_integer, NOTHING),
    "float": _number,
    "float | None": _or(_number, NOTHING),
    "float | Sequence[float]": _numbers,
    "tuple[float, float]": _pair,
    "Size": _size,
    "Size | None": _or(_size, NOTHING),
    "Size | str": _or(_size, str),
    "Sequence[int]": _sizes,
    "OutputSize": _or(_size, NOTHING),
}
# What these take as it is.
USUAL: dict[Check, tuple[type, ...]] = {_flag: (bool,), _integer: (int,), _number: (float, int), _size: (int,)}
