"""How results lie in memory: as PyTorch's, so that `view` is refused where PyTorch refuses it, and `reshape` copies."""

import numpy as np
import pytest
import torch

from tplib import nn

BASE = np.arange(24.0).reshape(2, 3, 4) / 7 - 1
DEEP = np.arange(120.0).reshape(2, 3, 4, 5) / 30 - 1
WIDE = np.arange(96.0).reshape(4, 3, 8) / 20
LAYOUTS = {
    "in order": lambda t: t(BASE),
    "last two swapped": lambda t: t(BASE).transpose(1, 2),
    "turned round": lambda t: t(BASE).transpose(0, 2),
    "last in front": lambda t: t(BASE).permute(2, 0, 1),
    "first at the end": lambda t: t(BASE).permute(1, 2, 0),
    "gaps": lambda t: t(WIDE)[::2, :, ::2],
    "gaps, turned round": lambda t: t(WIDE)[::2, :, ::2].transpose(0, 2),
    "first repeated": lambda t: t(BASE[0]).expand(2, 3, 4),
    "middle repeated": lambda t: t(BASE[:, :1]).expand(2, 3, 4),
    "last repeated": lambda t: t(BASE[:, :, :1]).expand(2, 3, 4),
    "first repeated, swapped": lambda t: t(BASE[0]).t().expand(2, 4, 3),
    "two repeated": lambda t: t(BASE[:1, :, :1]).expand(2, 3, 4),
    "four axes": lambda t: t(DEEP),
    "four axes, middle swapped": lambda t: t(DEEP).transpose(1, 2),
    "four axes, last swapped": lambda t: t(DEEP).transpose(2, 3),
    "four axes, ends swapped": lambda t: t(DEEP).permute(3, 1, 2, 0),
    "channels last": lambda t: t(DEEP).permute(0, 3, 1, 2),
    "matrix": lambda t: t(BASE[:, 0]),
    "matrix transposed": lambda t: t(BASE[:, 0]).t(),
    "matrix repeated": lambda t: t(BASE[:, 0, :1]).expand(2, 4),
}
OPERATIONS = """
x.contiguous() | x.clone() | x.double() | x.float() | x.long() | (x > 0).long() | x.to(x.dtype) | x.detach()
x * 2 | -x | x**2 | 2**x | x + x | x / x | x % 2 | x // 2 | x.exp() | x.abs() | x.clamp(0, 1) | x.relu() | x > 0
(x > 0) & (x < 1) | x.isnan() | x.softmax(-1) | x.log_softmax(0) | x.cumsum(0) | x.cumsum(-1) | x.flip(0) | x.flip(-1)
x.flip(0, 1) | x.sort(0)[0] | x.sort(-1)[1] | x.argsort(0) | x.topk(2, 0)[0] | x.topk(2, -1)[1]
x.masked_fill(x > 0, 0.0) | x.masked_fill((x > 0).contiguous(), 0.0) | x.contiguous().masked_fill(x > 0, 0.0)
L.where(x > 0, x, 0.0) | L.where(x > 0, x, x) | L.where((x > 0).contiguous(), x, x)
x.sum(0) | x.sum(-1, keepdim=True) | x.sum((0, 1)) | x.mean(1) | x.var(0) | x.std(-1) | x.norm(2, 0) | x.amax(0)
x.max(0)[0] | x.max(-1)[1] | x.argmax(0) | x.logsumexp(0) | x.logsumexp(-1) | (x > 0).any(0) | (x > 0).all(-1)
L.stack([x, x]) | L.stack([x, x], 1) | L.stack([x, x], -1) | L.stack([x]) | L.cat([x, x]) | L.cat([x, x], -1)
L.cat([x]) | L.cat([x, x.contiguous()]) | x.repeat(*[2] * x.ndim) | x.repeat(2, *[1] * x.ndim) | x.repeat(*[1] * x.ndim)
x[0] | x[[0, 1]] | x[:, [0, 1]] | x[..., [0, 1]] | x[None, ..., [0, 1]] | x[[0, 1], [1, 0]] | x[x > 0]
x[[0, 1], :, [0, 1]] | x[:, [0, 1], [1, 0]] | x[t([[0, 1], [1, 0]])] | x[:, None, [1, 0]] | x[1:, [0, 1]]
x[0, ..., [0, 1]] | x[:, t([[0, 1], [1, 1], [0, 0]]).t()] | x[t([[0, 1], [1, 1], [0, 0]]).t()]
x.index_select(0, t([0, 1])) | x.index_select(-1, t([0, 1])) | x.masked_select(x > 0) | x.gather(-1, (x * 0).long())
F.one_hot((x > 0).long()) | F.one_hot((x > 0).long(), 3) | F.embedding((x > 0).long(), t(np.ones((5, 3))).t())
F.linear(x, t(np.ones((5, x.shape[-1])))) | x @ t(np.ones((x.shape[-1], 5))) | x @ x.transpose(-1, -2)
F.layer_norm(x, (x.shape[-1],)) | F.batch_norm(x, None, None, training=True) | F.dropout(x, 0.5) | F.gelu(x) | F.elu(x)
F.pad(x, (1, 1)) | F.pad(x, (1, 0), value=2.0) | F.pad(x, (1, 1), mode="reflect") | F.pad(x, (1, 1), mode="circular")
F.mse_loss(x, x, reduction="none") | F.cosine_similarity(x, x, dim=0) | F.max_pool1d(x, 2) | F.avg_pool1d(x, 2)
F.lp_pool1d(x, 2, 2) | F.conv1d(x, t(np.ones((5, x.shape[1], 2)))) | F.scaled_dot_product_attention(x, x, x)
R.pad_sequence([x, x[:1]]) | R.pad_sequence([x, x[:1]], batch_first=True) | R.pad_sequence([x, x], batch_first=True)
N.MultiheadAttention(x.shape[-1], 1).double()(x, x, x)[0] | N.LSTM(x.shape[-1], 5, batch_first=True).double()(x)[0]
N.GRU(x.shape[-1], 5).double()(x)[0] | x.flatten() | x.reshape(-1) | x.flatten(1)
x.unsqueeze(0).expand(2, *x.shape).clone() | x.chunk(2, -1)[0] | x.unbind(-1)[0] | x.square() | x.t() | x.mT
x + x.contiguous() * 0
"""
# Here the values lie in the order of the axes, in PyTorch as those of the first operand (docs/pytorch.md).
MIXED = {"x + x.contiguous() * 0"}
# PyTorch keeps images whose channels lie last in that order; here they come in the order of the axes.
IMAGES = {"channels last", "four axes, middle swapped"}


def parts_of(text):
    return [part.strip() for line in text.strip().splitlines() for part in line.split(" | ")]


def compute(name, layout, library):
    """The result of an operation, or None where the shape does not suit it."""
    t = (lambda values: nn.Tensor(np.array(values))) if library is nn else (lambda values: torch.tensor(values))
    names = {"t": t, "x": LAYOUTS[layout](t), "np": np, "L": library, "N": library if library is nn else torch.nn}
    functions = nn.functional if library is nn else torch.nn.functional
    utils = nn.utils if library is nn else torch.nn.utils
    try:
        return eval(name, names | {"F": functions, "R": utils.rnn})
    except (RuntimeError, ValueError, IndexError, NotImplementedError, AssertionError):
        if library is nn:
            raise
        return None


def lies(x):
    """Where the values of a tensor are: whether all can be seen as one row, and the steps along the axes."""
    try:
        x.view(-1)
        flat = True
    except RuntimeError:
        flat = False
    return flat, x.is_contiguous(), tuple(s for s, n in zip(x.stride(), x.shape, strict=True) if n > 1)


@pytest.mark.parametrize("name", parts_of(OPERATIONS))
def test_results_lie_in_memory_as_pytorchs(name):
    compared = 0
    for layout in LAYOUTS:
        theirs = compute(name, layout, torch)
        if theirs is None:
            continue
        ours = compute(name, layout, nn)
        assert ours.shape == tuple(theirs.shape)
        if name in MIXED or layout in IMAGES:
            assert ours.is_contiguous() or lies(ours) == lies(theirs), layout
        else:
            assert lies(ours) == lies(theirs), layout
        compared += 1
    assert compared


CHAIN = parts_of("""
x.transpose(0, -1) | x.transpose(-1, -2) | x.permute(*range(x.ndim)[1:], 0) | x.contiguous() | x.clone() | x[::2]
x.unsqueeze(-1) | x.squeeze() | x.unsqueeze(0).expand(2, *x.shape) | x * 2 | x.reshape(-1) | x[..., 0] | x.flip(0)
x.sum(-1, keepdim=True) | L.stack([x, x]) | L.cat([x, x], -1) | x.cumsum(0) | x.masked_fill(x > 0, 0.5) | x.sort(0)[0]
x[[0, -1]] | x[..., [0, 0, -1]] | x.amax(0) | x.softmax(-1) | x.repeat(2, *[1] * x.ndim)
""")


@pytest.mark.parametrize("seed", range(100))
def test_so_do_those_of_chains_of_operations_and_writing_into_a_flat_one_does_the_same(seed):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=rng.integers(1, 4, rng.integers(2, 4)))
    ours, theirs = nn.Tensor(values.copy()), torch.tensor(values)
    for name in rng.choice(CHAIN, 5):
        if ours.ndim < 2 or ours.ndim > 6:
            break
        ours, theirs = (eval(name, {"x": x, "L": lib}) for x, lib in ((ours, nn), (theirs, torch)))
        assert ours.shape == tuple(theirs.shape), name
        assert lies(ours)[:2] == lies(theirs)[:2], name
    if not (theirs.numel() and ours.data.flags.writeable):
        return
    ours.flatten()[0] = theirs.flatten()[0] = 99.0
    np.testing.assert_allclose(ours.data, theirs.numpy())


@pytest.mark.parametrize("shape", [(2, 3, 4), (2, 3), (1, 3, 4), (3, 1, 4)])
def test_contiguous_after_a_transpose_can_be_viewed_and_has_a_gradient(shape):
    values, gradient = np.random.default_rng(0).normal(size=(2, *shape))
    results = []
    for x, g in (
        (nn.Tensor(values, True), nn.Tensor(gradient)),
        (torch.tensor(values, requires_grad=True), torch.tensor(gradient)),
    ):
        y = x.transpose(0, 1).contiguous().view(-1)
        (y * g.reshape(-1)).sum().backward()
        results.append((np.asarray(y.detach()), np.asarray(x.grad)))
    np.testing.assert_array_equal(*[value for value, _ in results])
    np.testing.assert_array_equal(*[grad for _, grad in results])
