"""An exercise is data: everything that the checks, their tests and the class report need is read off this object."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal
from zlib import crc32

import numpy as np

from tplib.graders.draw import Arguments, Draw, NumpyDraw

CORE = "values"  # the aspect that must be right before anything earns credit


@dataclass(frozen=True)
class Case:
    """One input. Failing the aspect `values` is wrong; failing only another one is partly right."""

    args: Arguments
    aspect: str = CORE


@dataclass(frozen=True)
class Misconception:
    """A named wrong implementation and the question that helps to see the mistake."""

    name: str
    candidate: Any
    question: str


def call(candidate: Callable[..., Any], *args: Any) -> Any:
    """The usual observation: what the function returns."""
    return candidate(*args)


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """What the student defines, how it is observed, what is right, and which mistakes have a name.

    at_home      not part of the session (course/schedule.md); its heading in the notebook says so
    signature    as the notebook states it: "softmax(scores)"
    draw         builds the arguments of one case; NumPy draws them to judge, it and Hypothesis to find a small failure
    edges        further cases: empty batches, large magnitudes (with an aspect where partial credit is due)
    inputs       names of the arguments of a case, where they are not those of the signature (a class: its input too)
    observe      (candidate, *arguments) -> arrays, numbers, strings, or tuples, lists and dicts of them
    measure      (observed value, *arguments) -> what is compared, where many answers are right: a property of it,
                 computed by the grader from what was observed
    reference    a right answer, observed in the same way; it is the expected value
    forbidden    dotted names of library calls that would give the answer away
    formula, shapes, worked   the later steps of the hint ladder, after a misconception's own question
    aspects      for each aspect but `values`, the sentence that a student reads who misses only that one
    """

    name: str
    assignment: str
    notebook: str
    points: float
    lecture: str
    signature: str
    draw: Callable[[Draw], Arguments]
    reference: Any
    misconceptions: tuple[Misconception, ...]
    alternatives: tuple[Any, ...]
    formula: str
    shapes: str
    worked: str
    at_home: bool = False
    kind: Literal["function", "class"] = "function"
    edges: tuple[Case, ...] = ()
    aspects: dict[str, str] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()
    observe: Callable[..., Any] = call
    measure: Callable[..., Any] | None = None
    forbidden: tuple[str, ...] = ()
    draws: int = 8
    rtol: float = 1e-6
    atol: float = 1e-8
    keeps_dtype: bool = True

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the arguments of a case, by default those in the signature."""
        if self.inputs:
            return self.inputs
        inside = self.signature.partition("(")[2].rpartition(")")[0]
        return tuple(part.partition("=")[0].strip() for part in inside.split(",") if part.strip())

    def cases(self, seed: int | None = None) -> Iterator[Case]:
        """The cases for a seed (None: the public ones), core cases first."""
        rng = np.random.default_rng(crc32(self.name.encode()) if seed is None else [seed, crc32(self.name.encode())])
        drawn = [Case(self.draw(NumpyDraw(rng))) for _ in range(self.draws)]
        single = tuple(_float32(arg) for arg in drawn[0].args)
        yield from drawn
        yield from sorted(self.edges, key=lambda case: case.aspect != CORE)
        if self.keeps_dtype and any(isinstance(arg, np.ndarray) and arg.dtype == np.float32 for arg in single):
            yield Case(single, "dtype")

    def ladder(self, misconception: Misconception | None) -> tuple[str, ...]:
        """Hints from the gentlest to the most telling: a question, the formula, the shapes, one worked line."""
        question = (misconception.question,) if misconception else ()
        return (*question, self.formula, self.shapes, self.worked)


def _float32(value: Any) -> Any:
    return value.astype(np.float32) if isinstance(value, np.ndarray) and value.dtype == np.float64 else value
