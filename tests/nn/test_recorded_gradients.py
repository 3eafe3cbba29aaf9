"""A gradient with `create_graph` is the one without it, in values and dtype, for PyTorch's own test inputs; and what
those inputs do not reach: cut-offs, kinks, targets that learn, second derivatives there."""

import itertools
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch

pytest.importorskip("expecttest", reason="torch.testing imports it; it is among the developers' packages")
sys.path.insert(0, str(Path(__file__).parent))
import samples

from tplib import nn

F = nn.functional
TF = torch.nn.functional


def both_ways(function, args, kwargs):
    """Gradients of the inputs without and with create_graph; the inputs come from a computation, as in a network."""
    found = []
    for create_graph in (False, True):
        mine_args, mine_kwargs = samples.ours_of(args), samples.ours_of(kwargs)
        leaves = samples.tensors_of((mine_args, mine_kwargs), nn.Tensor)
        leaves = [leaf for leaf in leaves if leaf.requires_grad]

        def computed(value):
            if isinstance(value, nn.Tensor):
                return value.clone() if value.requires_grad else value
            if isinstance(value, tuple | list) and not hasattr(value, "_fields"):
                return type(value)(map(computed, value))
            return {key: computed(part) for key, part in value.items()} if isinstance(value, dict) else value

        outputs = samples.tensors_of(function(*computed(mine_args), **computed(mine_kwargs)), nn.Tensor)
        outputs = [z for z in outputs if z.requires_grad]
        if not (outputs and leaves):
            return None
        rng = np.random.default_rng(0)
        starts = [nn.Tensor(rng.normal(size=z.shape).astype(z.dtype)) for z in outputs]
        found.append(nn.autograd.grad(outputs, leaves, starts, create_graph=create_graph, allow_unused=True))
    return found


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_recorded_gradients_are_the_same(dtype):
    warnings.simplefilter("ignore")
    compared, wrong = 0, []
    for name, op, ours in samples.operations():
        if not op.supports_autograd:
            continue
        for sample in itertools.islice(op.sample_inputs("cpu", dtype, requires_grad=True), 6):
            if sample.kwargs.get("dropout_p") or "memory_format" in sample.kwargs:
                continue
            try:
                pair = both_ways(ours, (sample.input, *sample.args), sample.kwargs)
            except (NotImplementedError, ValueError, TypeError, IndexError, RuntimeError):
                continue  # no second derivative here, or the input is refused: tests/nn/test_samples.py counts those
            if pair is None:
                continue
            compared += 1
            exact = 1e-9 if dtype == torch.float64 else 2e-5
            for plain, recorded in zip(*pair, strict=True):
                same = (plain is None) == (recorded is None) and (
                    plain is None
                    or (
                        plain.dtype == recorded.dtype
                        and np.allclose(plain.data, recorded.data, exact, exact, equal_nan=True)
                    )
                )
                if not same:
                    wrong.append((name, plain, recorded))
    for w in wrong:
        print("WR", w[0], w[1].dtype, w[2].dtype, w[1].shape, abs(w[1].data - w[2].data).max() if w[1].size else 0)
    assert wrong == []
    assert compared > 300


KINKS = {
    "gaussian, a variance below eps": (
        lambda f, a, b: f.gaussian_nll_loss(a, b, a[:, 0].exp() * 0.1, eps=0.5),
        ((2, 2), (2, 2)),
    ),
    "gaussian, one variance a row": (lambda f, a, b: f.gaussian_nll_loss(a, 2 * a, b * b, eps=0.5), ((2, 2), (2,))),
    "cosine, norms below eps": (lambda f, a, b: f.cosine_similarity(a, b, eps=1.5), ((5, 3), (5, 3))),
    "cosine, one norm": (lambda f, a, b: f.cosine_similarity(a, 9 * b, eps=2.0), ((5, 3), (1, 3))),
    "normalize": (lambda f, a, b: f.normalize(a, eps=1.2) * b, ((5, 3), (5, 3))),
    "scores and targets": (
        lambda f, a, b: f.binary_cross_entropy_with_logits(a, b.sigmoid(), reduction="none"),
        ((3,), (3,)),
    ),
    "scores, targets and a weight of positives": (
        lambda f, a, b: f.binary_cross_entropy_with_logits(
            9 * a, b.sigmoid(), pos_weight=torch.tensor([0.5, 2.0, 3.0]) if f is TF else np.array([0.5, 2, 3])
        ),
        ((3,), (3,)),
    ),
    "probabilities and targets": (lambda f, a, b: f.binary_cross_entropy(a.sigmoid(), b.sigmoid()), ((3,), (3,))),
    "huber": (lambda f, a, b: f.huber_loss(a, b, delta=0.5), ((9,), (9,))),
    "smooth l1": (lambda f, a, b: f.smooth_l1_loss(a, b, beta=0.25), ((9,), (9,))),
    "huber, whole numbers": (lambda f, a, b: f.huber_loss(a, b) + f.smooth_l1_loss(a, b), ((4,), (4,))),
}
WHOLE = {"huber, whole numbers"}


@pytest.mark.parametrize("name", KINKS)
def test_at_cut_offs_and_kinks(name):
    function, shapes = KINKS[name]
    rng = np.random.default_rng(1)
    arrays = [rng.normal(size=shape) for shape in shapes]
    if name in WHOLE:
        arrays = [np.array([0.0, 1.0, 2.0, -1.0]), np.zeros(4)]
    found = []
    for library, functions in ((nn, F), (torch, TF)):
        a, b = (
            nn.Tensor(x, requires_grad=True) if library is nn else torch.tensor(x, requires_grad=True) for x in arrays
        )
        z = function(functions, a, b).sum()
        first = library.autograd.grad(z, [a, b], create_graph=True, allow_unused=True)
        first = [g for g in first if g is not None]
        again = library.autograd.grad(sum((g * g).sum() + g.sum() for g in first), [a, b], allow_unused=True)
        found.append([np.asarray(g.detach()) for g in (z, *first, *again) if g is not None])
        plain = function(functions, a, b).sum()
        found[-1] += [np.asarray(g) for g in library.autograd.grad(plain, [a, b], allow_unused=True) if g is not None]
    assert len(found[0]) == len(found[1])
    for mine, other in zip(*found, strict=True):
        np.testing.assert_allclose(mine, other, 1e-7, 1e-9)
