"""Where an error came up: in the answer's code, or in the check, which went on with what the answer gave.

A function that observes an answer takes apart what it gives (`fit`, then `predict`). What goes wrong there has no line
in the student's code, and is told as what the check did.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import os
import re
from collections.abc import Callable, Iterator
from types import CodeType, FrameType, TracebackType
from typing import Any

LIBRARY = os.path.dirname(os.__file__) + os.sep  # Python's own
OF_A_CALL = re.compile(r"[\w.<>]+\(\) (takes|missing|got)\b")  # the arguments do not fit: the answer's signature is so
MOST = 200  # characters of a line that is shown


def place(error: BaseException) -> str:
    """The student's own line that raised it, without our frames and those of libraries."""
    own = [(frame, line) for frame, line, _ in _frames(error.__traceback__) if not _is_library(frame)]
    return _where(*own[-1]) if own else ""


def told(error: BaseException, how: Callable[..., Any], candidate: Any) -> tuple[str, str]:
    """(the student's line, what the check did): one of the two at most.

    how: the function that observed `candidate`.
    """
    observer = inspect.unwrap(how)
    own = getattr(observer, "__globals__", None)
    if getattr(observer, "__module__", "") == "tplib.graders.exercise":  # it calls the answer, and nothing else
        return place(error), ""
    frames = list(_frames(error.__traceback__))
    checks = [found for found in frames if found[0].f_globals is own and not _is_of(found[0].f_code, candidate)]
    students = [
        found
        for found in frames
        if _is_of(found[0].f_code, candidate) or not (found[0].f_globals is own or _is_library(found[0]))
    ]
    if students or not checks:
        return _where(*students[-1][:2]) if students else "", ""
    if isinstance(error, TypeError) and checks[-1] is frames[-1] and OF_A_CALL.match(str(error)):
        return "", ""
    return "", _sentence(error, observer, getattr(candidate, "__name__", ""), *checks[-1])


def define(text: str, file: str, module: dict[str, Any]) -> None:
    """Run the text of a function that observes, so that its lines can be told."""
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    exec(compile(text, file, "exec"), module)


def _sentence(
    error: BaseException, observer: Callable[..., Any], name: str, frame: FrameType, line: int, at: int
) -> str:
    """What the check did with what the answer gave, and what came of it."""

    def named(text: str) -> str:
        """With the answer's own name in the place of the observer's argument."""
        argument = next(iter(inspect.signature(observer).parameters), "")
        return re.sub(rf"\b{argument}\b", name, text) if argument and name.isidentifier() else text

    part = _part(frame, at)
    if isinstance(error, AttributeError) and error.name:
        what = "None" if error.obj is None else f"of type `{type(error.obj).__name__}`"
        for node in ast.walk(_parsed(part)):
            if isinstance(node, ast.Attribute) and node.attr == error.name:
                whole = named(ast.get_source_segment(part, node.value) or "")[:MOST]
                return f"`{whole}` is {what}. The check then uses `.{error.name}` of it, which it does not have."
        return f"What your code gave is {what}. The check then uses `.{error.name}` of it, which it does not have."
    message = " ".join(str(error).split())[:300]
    reason = type(error).__name__ + (f": {message}" if message else "")
    text = named(linecache.getline(frame.f_code.co_filename, line, frame.f_globals).strip())[:MOST]
    where = f" It does this: `{text}`." if text else ""
    return f"The check could not go on with what your code gave ({reason}).{where}"


def _part(frame: FrameType, at: int) -> str:
    """The part of its line that a frame was at; "" where the text is not here."""
    positions = list(frame.f_code.co_positions())
    first, last, begin, end = positions[at // 2] if at // 2 < len(positions) else (None,) * 4
    if first is None or last is None or begin is None or end is None:
        return ""
    lines = [
        linecache.getline(frame.f_code.co_filename, number, frame.f_globals).encode()
        for number in range(first, last + 1)
    ]
    lines[-1] = lines[-1][:end]
    lines[0] = lines[0][begin:]
    return b"".join(lines).decode("utf-8", "replace")


def _parsed(text: str) -> ast.AST:
    try:
        return ast.parse(text, mode="eval")
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def _frames(trace: TracebackType | None) -> Iterator[tuple[FrameType, int, int]]:
    while trace:
        yield trace.tb_frame, trace.tb_lineno, trace.tb_lasti
        trace = trace.tb_next


def _is_library(frame: FrameType) -> bool:
    """Whether a frame is Python's own, an installed package's (compiled code has its module's file only), or ours."""
    files = (frame.f_code.co_filename, str(frame.f_globals.get("__file__") or ""))
    module = str(frame.f_globals.get("__name__", ""))
    inside = any(part in file for file in files for part in ("site-packages", "dist-packages", "<frozen "))
    return inside or any(file.startswith(LIBRARY) for file in files) or module.partition(".")[0] == "tplib"


def _is_of(code: CodeType, candidate: Any) -> bool:
    """Whether code is a function's own, or that of a method of a class."""
    if isinstance(candidate, type):
        return any(
            getattr(inspect.unwrap(one), "__code__", None) is code for one in vars(candidate).values() if callable(one)
        )
    return getattr(candidate, "__code__", None) is code


def _where(frame: FrameType, number: int) -> str:
    line = linecache.getline(frame.f_code.co_filename, number).strip()
    return f"line {number} of {frame.f_code.co_name}" + (f": `{line}`" if line else "")
