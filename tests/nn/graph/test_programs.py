"""Random programs in both libraries: values, gradients, and whether an error is raised must be the same.

A program makes leaves, views, copies and results, changes them in place, with and without `no_grad`, and goes back
through the graph. `TPLIB_PROGRAMS=10000 pytest tests/nn/graph/test_programs.py` runs as many.
"""

import os

import numpy as np
import torch
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tplib import nn
from tplib.nn.graph.storage import is_dense

PROGRAMS = int(os.environ.get("TPLIB_PROGRAMS", "30"))
SHAPES = [(), (1,), (3,), (2, 3), (3, 2), (3, 3), (2, 1), (1, 3), (2, 3, 2)]
TOO_LARGE = 1e6  # beyond it, the two libraries' rounding would show

places = st.integers(0, 1000)  # of a tensor among those that there are
integers = st.integers(-4, 3)
slices = st.builds(slice, st.none() | integers, st.none() | integers, st.sampled_from([None, 1, 2]))
lists = st.lists(st.integers(-2, 2), min_size=1, max_size=4)
basic = integers | slices | st.just(...) | st.none()
keys = basic | lists | st.tuples(basic) | st.tuples(basic, basic) | st.tuples(basic | lists, basic | lists)
keys |= st.tuples(basic | lists, slices, basic | lists)
dims = st.integers(-3, 2)

VIEWS = {
    "T": lambda x: x.permute(tuple(range(x.ndim - 1, -1, -1))),
    "transpose": lambda x: x.transpose(0, 1),
    "column": lambda x: x.reshape(-1, 1),
    "flat": lambda x: x.reshape(-1),
    "flatten": lambda x: x.flatten(),
    "two rows": lambda x: x.reshape(2, -1),
    "view": lambda x: x.view(-1),
    "expand": lambda x: x.expand(2, *x.shape),
    "unsqueeze": lambda x: x.unsqueeze(0),
    "squeeze": lambda x: x.squeeze(),
    "detach": lambda x: x.detach(),
    "clone": lambda x: x.clone(),
    "contiguous": lambda x: x.contiguous(),
    "first": lambda x: x[0],
    "last row's tail": lambda x: x[-1][1:],
}
UNARY = {
    "exp": lambda x: x.exp(),
    "tanh": lambda x: x.tanh(),
    "sigmoid": lambda x: x.sigmoid(),
    "relu": lambda x: x.relu(),
    "abs": lambda x: x.abs(),
    "root": lambda x: (x * x + 1).sqrt(),
    "square": lambda x: x**2,
    "negative": lambda x: -x,
    "softmax": lambda x: x.softmax(-1),
    "clamp": lambda x: x.clamp(-0.5, 0.5),
    "smallest": lambda x: x.amin(),
    "running sum": lambda x: x.cumsum(-1),
    "masked": lambda x: x.masked_fill(x > 0, 0.5),
    "flip": lambda x: x.flip(-1) if x.ndim else x.clone(),
    "sort": lambda x: x.sort(-1)[0],
    "sum": lambda x: x.sum(),
    "sum of rows": lambda x: x.sum(0),
    "mean": lambda x: x.mean(-1, keepdim=True),
}


def gathered(x):
    """Values along the last axis by an index that repeats.

    Of a copy: PyTorch saves what it gathers from, and refuses to go back when that was changed, though it reads none.
    """
    index = (2 * np.arange(x.numel()) + 1).reshape(tuple(x.shape))
    index %= max(x.shape[-1], 1) if x.ndim else 1
    return (x * 1).gather(-1, index if isinstance(x, nn.Tensor) else torch.tensor(index))


UNARY["gather"] = gathered
BINARY = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / (y * y + 1),
    "@": lambda x, y: x @ y,
    "where": lambda x, y: library(x).where(x > 0, x, y),
    "stack": lambda x, y: library(x).stack([x, y]),
    "concatenate": lambda x, y: library(x).concatenate([x, y], -1),
}
ODD = [*SHAPES, (1, 1), (1, 1, 3), (1, 2, 1), (1, 2, 3), (2,), (0,)]  # of values to write


def library(x):
    return nn if isinstance(x, nn.Tensor) else torch


def add_to(x, key, value):
    """x[key] += value, step by step.

    PyTorch refuses the last step for x[:], where x is a view of a tensor that requires no gradient and the value does,
    but not once it was asked for `x.grad_fn`.
    """
    part = x[key]
    part += value
    assert x.grad_fn is None or x.requires_grad
    x[key] = part


def assign(x, key, value):
    x[key] = value


IN_PLACE = {
    "add_": lambda x, y: x.add_(y),
    "sub_": lambda x, y: x.sub_(y, alpha=2),
    "mul_": lambda x, y: x.mul_(y),
    "copy_": lambda x, y: x.copy_(y),
    "+=": lambda x, y: x.__iadd__(y),
    "*=": lambda x, y: x.__imul__(y),
    "mul_ by 2": lambda x, y: x.mul_(2.0),
    "zero_": lambda x, y: x.zero_(),
    "fill_": lambda x, y: x.fill_(1.5),
    "fill_ by another": lambda x, y: x.fill_(y),
    "masked_fill_": lambda x, y: x.masked_fill_(x > 0, 0.5),
    "/=": lambda x, y: x.__itruediv__(2.0),
    "-= number": lambda x, y: x.__isub__(1.0),
}
ERRORS = (RuntimeError, ValueError, IndexError, TypeError)


def may_be_empty(key):
    """Whether indices in a list stand beside a slice of nothing: PyTorch then takes no notice of one out of range."""
    parts = key if isinstance(key, tuple) else (key,)
    nothing = any(isinstance(part, slice) and not all(range(n)[part] for n in (1, 2, 3)) for part in parts)
    return nothing and any(isinstance(part, list | np.ndarray) for part in parts)


class Programs(RuleBasedStateMachine):
    """Pairs of tensors, ours and PyTorch's, to which the same happens."""

    @initialize(seed=st.integers(0, 2**32 - 1))
    def start(self, seed):
        self.rng = np.random.default_rng(seed)
        self.pairs, self.over = [], False
        for shape, needs in (((2, 3), True), ((3,), True), ((2, 3), False)):
            self.add_leaf(shape, needs)

    def add_leaf(self, shape, needs):
        values = self.rng.normal(size=shape)
        self.pairs.append((nn.Tensor(values.copy(), needs), torch.tensor(values, requires_grad=needs)))

    def both(self, function, *at, recorded=True, compare=True):
        """Do the same in both; return the two results, or None if both refuse."""
        if self.over:
            return None
        results, errors = [], []
        for side, modes in enumerate((nn.set_grad_enabled, torch.set_grad_enabled)):
            with modes(recorded):
                try:
                    results.append(function(*(self.pairs[i % len(self.pairs)][side] for i in at)))
                    errors.append(None)
                except ERRORS as error:
                    results.append(None)
                    errors.append(error)
        if isinstance(errors[0], IndexError) and 0 in getattr(results[1], "shape", (1,)):
            return None  # an index out of range, of which PyTorch takes no notice where nothing is left to read
        assert (errors[0] is None) == (errors[1] is None), f"ours: {errors[0]!r}; PyTorch: {errors[1]!r}"
        if compare:
            self.compare()
        return results if errors[0] is None else None

    def keep(self, results):
        if results is not None and not self.over:
            self.pairs.append(tuple(results))
            self.compare()

    def unclear(self, at, other, key=None):
        """Whether a tensor would be written into one place several times, or, with gaps, into itself.

        The former PyTorch refuses sometimes, and we always; the latter PyTorch does in an order that it leaves open.
        Of the same values seen with an axis of length 1, PyTorch compares steps that mean nothing, and may refuse.
        """
        if self.over or (key is not None and may_be_empty(key)):
            return True
        x, y = (self.pairs[i % len(self.pairs)][0].data for i in (at, other))
        if not x.flags.writeable:  # made by expand, or a part of what it made
            return True
        if not np.may_share_memory(x, y) or (y is x and key is None):
            return False
        if 1 in (*x.shape, *y.shape) or None in (key if isinstance(key, tuple) else (key,)):
            return True
        if y is x:
            return False
        return not (is_dense(x) and is_dense(y)) or key is not None

    def compare(self):
        if self.over:
            return
        for ours, theirs in self.pairs:
            expected = theirs.detach().numpy()
            if not np.isfinite(expected).all() or np.abs(expected).max(initial=0) > TOO_LARGE:
                self.over = True
                return
            assert ours.shape == expected.shape
            assert ours.requires_grad == theirs.requires_grad
            assert ours.is_leaf == theirs.is_leaf
            np.testing.assert_allclose(ours.data, expected, rtol=1e-9, atol=1e-9)

    @rule(shape=st.sampled_from(SHAPES), needs=st.booleans())
    def leaf(self, shape, needs):
        if not self.over:
            self.add_leaf(shape, needs)

    @rule(name=st.sampled_from(sorted(VIEWS)), at=places)
    def look(self, name, at):
        self.keep(self.both(VIEWS[name], at))

    @rule(at=places, needs=st.booleans())
    def require(self, at, needs):
        if self.over:
            return
        chosen = self.pairs[at % len(self.pairs)][0]
        if any(ours._view is not None and ours._view[0] is chosen for ours, _ in self.pairs):
            return  # its views would say in PyTorch that they require a gradient, which they do not get
        self.both(lambda x: x.requires_grad_(needs), at)

    @rule(key=keys, at=places)
    def index(self, key, at):
        self.keep(self.both(lambda x: x[key], at))

    @rule(at=places)
    def choose(self, at):
        self.keep(self.both(lambda x: x[x > 0], at))

    @rule(name=st.sampled_from(sorted(UNARY)), at=places)
    def compute(self, name, at):
        self.keep(self.both(UNARY[name], at))

    @rule(name=st.sampled_from(sorted(BINARY)), at=places, other=places)
    def combine(self, name, at, other):
        shapes = {self.pairs[i % len(self.pairs)][0].shape for i in (at, other)}
        if name == "concatenate" and (0,) in shapes and len(shapes) > 1:
            return  # PyTorch leaves out tensors of shape (0,) whatever the others are
        self.keep(self.both(BINARY[name], at, other))

    @rule(name=st.sampled_from(sorted(IN_PLACE)), at=places, other=places, recorded=st.booleans())
    def change(self, name, at, other, recorded):
        if not self.unclear(at, other):
            self.both(IN_PLACE[name], at, other, recorded=recorded)

    @rule(key=keys, at=places, other=places, recorded=st.sampled_from([True, True, False]))
    def write(self, key, at, other, recorded):
        if not self.unclear(at, other, key) and not repeats(key):  # which of two values stays is open in PyTorch
            done = self.both(lambda x, y: assign(x, key, y), at, other, recorded=recorded, compare=False)
            if done is None:
                self.over = True  # PyTorch may have written a part before it refused an index
            self.compare()

    @rule(
        key=keys, at=places, shape=st.sampled_from(ODD), needs=st.booleans(), change=st.sampled_from([assign, add_to])
    )
    def write_odd_shapes(self, key, at, shape, needs, change):
        if not self.over:
            self.add_leaf(shape, needs)
        if not self.unclear(at, -1, key) and not repeats(key):
            if self.both(lambda x, y: change(x, key, y), at, -1, compare=False) is None:
                self.over = True
            self.compare()

    @rule(at=places, other=places)
    def write_where(self, at, other):
        if not self.unclear(at, other):
            self.both(lambda x, y: assign(x, x > 0, y), at, other)

    @rule(at=places, retain=st.booleans())
    def go_back(self, at, retain):
        if self.over:
            return
        gradient = self.rng.normal(size=self.pairs[at % len(self.pairs)][0].shape)

        def back(x):
            x.backward(gradient if isinstance(x, nn.Tensor) else torch.tensor(gradient), retain_graph=retain)
            return True

        done = self.both(back, at)
        for ours, theirs in self.pairs:
            if not theirs.is_leaf:
                continue
            if done is not None and theirs.grad is not None and (theirs.grad.abs() < TOO_LARGE).all():
                assert ours.grad is not None or not theirs.grad.any()
                if ours.grad is not None:
                    np.testing.assert_allclose(ours.grad, theirs.grad.numpy(), rtol=1e-8, atol=1e-8)
            elif done is not None and theirs.grad is None:
                assert ours.grad is None
            # PyTorch may have got through a part of the graph before it refuses.
            ours.grad = theirs.grad = None


def repeats(key):
    parts = key if isinstance(key, tuple) else (key,)
    return any(isinstance(part, list) and len({i % 6 for i in part}) < len(part) for part in parts) or any(
        isinstance(part, list) and min(part) < 0 for part in parts
    )


def test_random_programs_do_the_same_in_both_libraries():
    run_state_machine_as_test(
        Programs,
        settings=settings(
            max_examples=PROGRAMS,
            stateful_step_count=20,
            derandomize="TPLIB_PROGRAMS" not in os.environ,  # in the suite, the same sample each time
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
