'''An exercise is data: everything that the checks, their tests and the class report need is read off this object.

It is declared around its reference, whose docstring is the ladder of hints; mistakes and alternatives follow it:

    @exercise(points=1, lecture="004, ReLU", draw=numbers)
    def relu(x):
        """relu(x) = max(0, x)

        shapes: any; the result has the same.
        worked: relu([-2, 3]) = [0, 3]
        """
        return np.maximum(x, 0)

    @relu.mistake("What happens to a negative number?")
    def absolute_value(x): ...

    @relu.alternative
    def by_where(x): ...
'''

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal, TypeVar
from zlib import crc32

import numpy as np

from tplib.graders.compare import Tolerance
from tplib.graders.draw import Arguments, Draw, NumpyDraw

CORE = "values"  # the aspect that must be right before anything earns credit
PROPER = {
    word.casefold(): word
    for word in ("Gaussian", "GRU", "Jacobian", "LSTM", "NumPy", "Python", "PyTorch", "ReLU", "RNN")
}
POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
Candidate = TypeVar("Candidate", bound=Callable[..., Any])


@dataclass(frozen=True)
class Case:
    """One input. Failing the aspect `values` is wrong; failing only another one is partly right."""

    args: Arguments
    aspect: str = CORE

    def __post_init__(self) -> None:
        if not isinstance(self.args, tuple):
            raise TypeError(
                f"Case({self.args!r:.80}) should be given a tuple of the arguments: Case((x,)) for one, with a comma"
            )


@dataclass(frozen=True)
class Drawn:
    """A case drawn anew for each seed, for a rule that the usual inputs leave to chance: a tie, a zero, one row."""

    draw: Callable[[Draw], Arguments]
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

    concepts     numbers of the concepts of the lectures that it covers (`tplib.exercises.coverage`)
    private      students get its name, signature and hints alone: it is judged when it is handed in
    at_home      not part of the session (course/schedule.md); its heading in the notebook says so
    signature    as the notebook states it: "softmax(scores)"
    draw         builds the arguments of one case; NumPy draws them to judge, it and Hypothesis to find a small failure
    edges        further cases, fixed or drawn, for what the text names: a tie, a threshold, large magnitudes (with an
                 aspect where partial credit is due)
    inputs       names of the arguments of a case, where they are not those of the signature or of `observe`
    observe      (candidate, *arguments) -> arrays, numbers, strings, or tuples, lists, dicts and sets of them
    measure      (observed value, *arguments) -> what is compared, where many answers are right: a property of it,
                 computed by the grader from what was observed
    reference    a right answer, observed in the same way; it is the expected value
    forbidden    dotted names of library calls that would give the answer away
    formula, shapes, worked   the later steps of the hint ladder, after a misconception's own question
    aspects      for each aspect but `values`, the sentence that a student reads who misses only that one
    keeps_dtype  the text asks for the dtype of the input: a float32 case is added, and dtypes are compared
    """

    name: str
    assignment: str
    notebook: str
    points: float
    signature: str
    draw: Callable[[Draw], Arguments]
    reference: Any
    formula: str
    shapes: str
    worked: str
    lecture: str = ""
    concepts: tuple[int, ...] = ()
    private: bool = False
    at_home: bool = False
    kind: Literal["function", "class"] = "function"
    edges: tuple[Case | Drawn, ...] = ()
    aspects: dict[str, str] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()
    observe: Callable[..., Any] = call
    measure: Callable[..., Any] | None = None
    forbidden: tuple[str, ...] = ()
    draws: int = 8
    rtol: float = 1e-6
    atol: float = 1e-8
    keeps_dtype: bool = False
    misconceptions: list[Misconception] = field(default_factory=list)
    alternatives: list[Any] = field(default_factory=list)
    oracles: list[Any] = field(default_factory=list)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The reference's own result: mistakes are often a step away from it."""
        return self.reference(*args, **kwargs)

    def mistake(self, question: str, *, name: str = "") -> Callable[[Candidate], Candidate]:
        """Declare a wrong answer under its name (by default, that of the function) and the question that helps."""

        def declare(candidate: Candidate) -> Candidate:
            words = candidate.__name__.split("_")
            called = name or " ".join(PROPER.get(word, word) for word in words)
            self.misconceptions.append(Misconception(called, candidate, question))
            return candidate

        return declare

    def alternative(self, candidate: Candidate) -> Candidate:
        """Declare another right answer, which must be accepted."""
        self.alternatives.append(candidate)
        return candidate

    def oracle(self, candidate: Candidate) -> Candidate:
        """Declare an independent truth, such as another library's function: the reference must give the same."""
        self.oracles.append(candidate)
        return candidate

    @property
    def watched(self) -> bool:
        """Whether what is compared is made by an observer or a measure: then its entries are not the student's."""
        return self.observe is not call or self.measure is not None

    @property
    def judged_later(self) -> bool:
        """Whether its cases are elsewhere, so that nothing can be judged here."""
        return False

    @property
    def tolerance(self) -> Tolerance:
        return Tolerance(self.rtol, self.atol, self.keeps_dtype)

    @property
    def defaults(self) -> tuple[str, ...]:
        """Names of the arguments that the signature gives a default value."""
        return tuple(re.findall(r"(\w+)=", self.signature))

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the arguments of a case, by default those in the signature."""
        if self.inputs:
            return self.inputs
        inside = self.signature.partition("(")[2].rpartition(")")[0]
        return tuple(part.partition("=")[0].strip() for part in inside.split(",") if part.strip())

    @property
    def labels(self) -> tuple[str, ...]:
        """What the arguments of a case are called where they are shown: as the function that observes them calls them,
        where it takes other ones than the answer.
        """
        observer = (
            [] if self.inputs or self.observe is call else list(inspect.signature(self.observe).parameters.values())
        )
        if not observer or any(one.kind not in POSITIONAL for one in observer):
            return self.parameters
        needed = tuple(one.name for one in observer[1:] if one.default is inspect.Parameter.empty)
        stated = self.parameters and self.parameters[: len(needed)] == needed
        return self.parameters if stated else tuple(one.name for one in observer[1:])

    def named(self, args: Arguments) -> dict[str, Any]:
        """The arguments of a case by their names, as a reader sees them."""
        return dict(zip(self.labels or map(_nameless, range(len(args))), args, strict=False))

    def label(self, position: int) -> str:
        return self.labels[position] if position < len(self.labels) else _nameless(position)

    def cases(self, seed: int | None = None) -> Iterator[Case]:
        """The cases for a seed (None: the public ones), core cases first."""
        rng = np.random.default_rng(crc32(self.name.encode()) if seed is None else [seed, crc32(self.name.encode())])
        drawn = [Case(_arguments(self.draw(NumpyDraw(rng)), self.draw)) for _ in range(self.draws)]
        edges = [
            Case(_arguments(e.draw(NumpyDraw(rng)), e.draw), e.aspect) if isinstance(e, Drawn) else e
            for e in self.edges
        ]
        cases = [self._about_defaults(case) for case in (*drawn, *edges)]
        yield from (case for case in cases if case.aspect == CORE)
        yield from (case for case in cases if case.aspect != CORE)
        if not self.inputs and self.defaults and not any(case.aspect == "defaults" for case in cases):
            needed = len(self.parameters) - len(self.defaults)
            yield from (Case(case.args[:needed], "defaults") for case in drawn[:3])
        single = tuple(_float32(arg) for arg in drawn[0].args)
        if self.keeps_dtype and any(isinstance(arg, np.ndarray) and arg.dtype == np.float32 for arg in single):
            yield Case(single, "dtype")

    def _about_defaults(self, case: Case) -> Case:
        """Wrong default values cost the same everywhere: a case that leaves arguments out is about those only."""
        left_out = case.aspect == CORE and len(case.args) < len(self.parameters)
        return replace(case, aspect="defaults") if left_out else case

    def ladder(self, misconception: Misconception | None) -> tuple[str, ...]:
        """Hints from the gentlest to the most telling: a question, the formula, the shapes, one worked line."""
        question = (misconception.question,) if misconception else ()
        return (*question, self.formula, self.shapes, self.worked)


def _nameless(position: int) -> str:
    return f"input {position + 1}"


def _arguments(given: Any, draw: Callable[..., Any]) -> Arguments:
    """What was drawn, if it is a tuple. Raises TypeError: its comma is easily forgotten."""
    if isinstance(given, tuple):
        return given
    what = "nothing: is its `return` missing?" if given is None else f"{_called(given)};"
    name = getattr(draw, "__name__", "draw")
    raise TypeError(f"{name}() gave {what} it must give a tuple of the arguments, such as `return (text,)` for one")


def _called(value: Any) -> str:
    return "a string" if isinstance(value, str) else f"an object of type {type(value).__name__}"


def _float32(value: Any) -> Any:
    return value.astype(np.float32) if isinstance(value, np.ndarray) and value.dtype == np.float64 else value


def exercise(name: str = "", **about: Any) -> Callable[[Callable[..., Any]], Exercise]:
    """Declare an exercise around its reference, a function or class; `about` are further fields of `Exercise`.

    Name and signature are the reference's own where they are not given. Raises ValueError where its docstring is not a
    ladder of hints: the formula, then lines that begin with `shapes:` and `worked:`.
    """

    def declare(reference: Callable[..., Any]) -> Exercise:
        called = name or reference.__name__
        kind: Literal["function", "class"] = "class" if isinstance(reference, type) else "function"
        return Exercise(
            **{"signature": signature(called, reference), **about},
            **ladder(called, inspect.getdoc(reference) or ""),
            name=called,
            kind=kind,
            reference=reference,
        )

    return declare


def exercises_of(
    assignment: str, notebook: str, **shared: Any
) -> Callable[..., Callable[[Callable[..., Any]], Exercise]]:
    """The decorator `exercise` for the exercises of one notebook; `shared` are fields that hold for all of them."""
    return partial(exercise, assignment=assignment, notebook=notebook, **shared)


def signature(name: str, reference: Callable[..., Any]) -> str:
    """The call as a notebook writes it: without types, and with 1e-6 for 1e-06."""
    parameters = inspect.signature(reference).parameters.values()
    plain = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in parameters]
    text = ", ".join(map(str, plain)).replace("'", '"')
    return f"{name}({re.sub(r'e-0', 'e-', text)})"


def ladder(name: str, docstring: str) -> dict[str, Any]:
    """The steps `formula`, `shapes` and `worked` of a docstring, each on one line."""
    formula, *rest = re.split(r"^(shapes|worked):(?: |$)", docstring, flags=re.M)
    steps = {"formula": formula, **dict(zip(rest[::2], rest[1::2], strict=True))}
    if set(steps) != {"formula", "shapes", "worked"} or not formula.strip():
        raise ValueError(f"{name}: its docstring should give a formula, then `shapes: ...` and `worked: ...`")
    return {step: " ".join(line.strip() for line in text.strip().splitlines()) for step, text in steps.items()}
