"""gradcheck: backward against finite differences (lecture 004, "Gradient check")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from tplib.nn import autograd
from tplib.nn.graph.graph import Array
from tplib.nn.graph.recording import enable_grad, no_grad
from tplib.nn.graph.tensor import Tensor, TensorLike, concatenate

SHRINK = 8  # a jump of the slope that stays when the step shrinks by this, twice, is a kink


@dataclass(frozen=True, eq=False)
class InputCheck:
    """The derivatives for one input, flat: those of the elements `indices` (of an input of `shape`)."""

    shape: tuple[int, ...]
    indices: Array
    analytic: Array  # from backward
    numeric: Array  # from central differences
    kinks: Array  # where the slopes on the two sides differ, as for relu at 0
    wrong: Array  # differs by more than atol + rtol |numeric|; at a kink, lies outside the two slopes

    @property
    def relative_errors(self) -> Array:
        """|analytic - numeric| over the larger of the two sizes: 0 where both are 0, NaN at kinks."""
        size = np.maximum(np.abs(self.analytic), np.abs(self.numeric))
        errors = np.abs(self.analytic - self.numeric) / np.where(size == 0, 1, size)
        return np.where(self.kinks, np.nan, errors)


@dataclass(frozen=True, eq=False)
class GradCheck:
    """The report of `gradcheck`: true if every derivative is right. Printed, it says which one is worst."""

    inputs: tuple[InputCheck, ...]

    @property
    def passed(self) -> bool:
        return not any(check.wrong.any() for check in self.inputs)

    @property
    def max_relative_error(self) -> float:
        """The largest relative error away from kinks; 0 if there is no derivative."""
        return float(max((np.nanmax(c.relative_errors, initial=0) for c in self.inputs), default=0))

    def __bool__(self) -> bool:
        return self.passed

    def __repr__(self) -> str:
        number, kinks = sum(len(c.indices) for c in self.inputs), sum(int(c.kinks.sum()) for c in self.inputs)
        said = f"{number} derivatives, largest relative error {self.max_relative_error:.1e}"
        said += f", {kinks} at kinks" if kinks else ""
        lines = [f"gradcheck {'passed' if self.passed else 'FAILED'}: {said}"]
        for i, check in enumerate(self.inputs):
            if not check.wrong.any():
                continue
            gaps = np.where(check.wrong, np.abs(check.analytic - check.numeric), -1)
            worst = int(np.argmax(np.where(np.isnan(gaps), np.inf, gaps)))
            place = tuple(map(int, np.unravel_index(check.indices[worst], check.shape)))
            lines.append(
                f"  input {i}: {int(check.wrong.sum())} of {len(check.indices)} wrong, the worst at {place}: "
                f"backward gives {check.analytic[worst]:.6g}, differences {check.numeric[worst]:.6g}"
            )
        return "\n".join(lines)


class StepErrors(NamedTuple):
    """Relative errors of a directional derivative, one per step size: rounding on the left, curvature on the right."""

    steps: Array
    forward: Array  # (f(x + h) - f(x)) / h: error of order h
    central: Array  # (f(x + h) - f(x - h)) / 2h: error of order h^2


def gradcheck(
    fn: Callable[..., Tensor],
    inputs: TensorLike | Sequence[TensorLike],
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    samples: int | None = None,
    rng: np.random.Generator | int | None = 0,
) -> GradCheck:
    """Compare backward with central differences of step `eps`, for a random cotangent, in float64.

    `fn` takes the inputs as Tensors and returns one of any shape, the same each time. Arrays become float64 tensors. A
    Tensor is moved in place and brought back, so that parameters can be checked too:
    `gradcheck(lambda *_: loss(net(x)), list(net.parameters()))`. With `samples`, only so many elements of each
    input, drawn at random, are moved. Unlike PyTorch's, it reports and does not raise.
    """
    problem = _Problem(fn, inputs, np.random.default_rng(rng))
    checks = []
    for x, grad in zip(problem.tensors, problem.gradients, strict=True):
        indices = np.arange(x.data.size)
        if samples is not None and samples < indices.size:
            indices = np.sort(problem.rng.choice(indices, samples, replace=False))
        found = [_differences(problem, x, int(i), eps, atol, rtol) for i in indices]
        left, right, numeric, jumps = np.array(found, float).reshape(-1, 4).T
        analytic, tolerance, kinks = grad.reshape(-1)[indices], atol + rtol * np.abs(numeric), jumps > 0
        low = np.where(kinks, np.minimum(left, right), numeric) - tolerance
        high = np.where(kinks, np.maximum(left, right), numeric) + tolerance
        wrong = ~((low <= analytic) & (analytic <= high))  # so written that NaN is wrong
        checks.append(InputCheck(x.shape, indices, analytic, numeric, kinks, wrong))
    return GradCheck(tuple(checks))


def gradgradcheck(fn: Callable[..., Tensor], inputs: TensorLike | Sequence[TensorLike], **options: Any) -> GradCheck:
    """`gradcheck` of the gradients: compare the recorded backward of `fn` with differences of its backward.

    The gradients, for a fixed random cotangent, are functions of the inputs; all of them are checked.
    """
    cotangents: list[Tensor] = []

    def gradients(*tensors: Tensor) -> Tensor:
        with enable_grad():
            z = fn(*tensors)
            if not cotangents:
                cotangents.append(Tensor(np.random.default_rng(1).normal(size=z.shape)))
            parts = autograd.grad(z, list(tensors), cotangents[0], create_graph=True, allow_unused=True)
        return concatenate([part.reshape(-1) for part in parts if part is not None])

    return gradcheck(gradients, inputs, **options)


def step_errors(
    fn: Callable[..., Tensor],
    inputs: TensorLike | Sequence[TensorLike],
    steps: Sequence[float] | Array | None = None,
    *,
    rng: np.random.Generator | int | None = 0,
) -> StepErrors:
    """The error of finite differences against the step size h, along a random direction, for a drawing.

    Too large a step sees the curvature, too small a one the rounding. Without `steps`: 25 from 1e-12 to 1.
    """
    problem = _Problem(fn, inputs, np.random.default_rng(rng))
    h = np.logspace(-12, 0, 25) if steps is None else np.asarray(steps, float)
    directions = [problem.rng.normal(size=x.shape) for x in problem.tensors]
    exact = sum(float(np.vdot(d, grad)) for d, grad in zip(directions, problem.gradients, strict=True))
    starts = [x.data.copy() for x in problem.tensors]

    def at(distance: float) -> float:
        for x, start, direction in zip(problem.tensors, starts, directions, strict=True):
            x.data[...] = start + distance * direction
        return problem.value()

    here = at(0.0)
    forward = np.array([(at(step) - here) / step for step in h])
    central = np.array([(at(step) - at(-step)) / (2 * step) for step in h])
    at(0.0)
    size = abs(exact) or 1.0
    return StepErrors(h, np.abs(forward - exact) / size, np.abs(central - exact) / size)


class _Problem:
    """f(x) = the sum of cotangent times fn(x): a number, with its gradients by backward."""

    def __init__(self, fn: Callable[..., Any], inputs: Any, rng: np.random.Generator) -> None:
        listed = inputs if isinstance(inputs, list | tuple) else [inputs]
        self.fn, self.rng = fn, rng
        self.tensors = [x if isinstance(x, Tensor) else Tensor(x, requires_grad=True, dtype=np.float64) for x in listed]
        for i, x in enumerate(self.tensors):
            if x.dtype != np.float64 or not (x.requires_grad and x.is_leaf):
                raise ValueError(
                    f"gradcheck: input {i} must be an array, or a leaf tensor in float64 with requires_grad=True; "
                    f"got {x.dtype}. A module changes with .double()"
                )
        before = [x.grad for x in self.tensors]
        for x in self.tensors:
            x.grad = None
        out, again = fn(*self.tensors), fn(*self.tensors)
        if not isinstance(out, Tensor):
            raise TypeError(f"gradcheck: expected fn to return a Tensor, got {type(out).__name__}")
        if not np.array_equal(out.data, again.data, equal_nan=True):
            raise ValueError("gradcheck: fn gave two results for the same inputs; call .eval(), or fix its generator")
        self.cotangent = rng.normal(size=out.shape)
        self.size = float(np.abs(self.cotangent * out.data).sum())  # rounding is relative to this
        if out.requires_grad:
            out.backward(self.cotangent)
        self.gradients = [np.zeros(x.shape) if x.grad is None else np.array(x.grad) for x in self.tensors]
        for x, grad in zip(self.tensors, before, strict=True):
            x.grad = grad
        self.here = self.value()

    def value(self) -> float:
        with no_grad():
            return float(np.vdot(self.cotangent, self.fn(*self.tensors).data))


def _differences(
    p: _Problem, x: Tensor, i: int, eps: float, atol: float, rtol: float
) -> tuple[float, float, float, bool]:
    """The slopes to the left, to the right and across, for element i, and whether the first two differ at any step."""
    place = np.unravel_index(i, x.shape)
    start = x.data[place]
    for step in (eps, eps / SHRINK, eps / SHRINK**2):
        x.data[place] = start + step
        after = p.value()
        x.data[place] = start - step
        before = p.value()
        x.data[place] = start
        left, right, across = (p.here - before) / step, (after - p.here) / step, (after - before) / (2 * step)
        rounding = 8 * np.finfo(float).eps * p.size / step
        kink = bool(abs(right - left) > 2 * (atol + rtol * abs(across)) + rounding)
        if not kink:
            break
    return left, right, across, kink
