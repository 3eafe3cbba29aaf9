"""Attention against PyTorch: masks of every kind, broadcasting, dropout, several heads."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import functional as F

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])
theirs_sdpa = torch.nn.functional.scaled_dot_product_attention


@few
@given(
    st.lists(st.integers(1, 3), max_size=2),
    st.integers(0, 4),
    st.integers(0, 4),
    st.integers(1, 3),
    st.integers(1, 3),
    st.sampled_from([None, "causal", "bool", "float"]),
    st.sampled_from([None, 0.3]),
    seeds,
    dtypes,
    st.sampled_from(["C", "F", "step"]),
)
def test_scaled_dot_product_attention(same, normal, lead, L, S, E, width, masked, scale, seed, dtype, layout):
    arrays = [
        normal(seed, *lead, L, E, dtype=dtype, layout=layout),
        normal(seed + 1, *lead, S, E, dtype=dtype),
        normal(seed + 2, *lead, S, width, dtype=dtype, layout=layout),
    ]
    mask = None
    if masked == "float" and L * S:  # PyTorch gives an empty mask no gradient
        arrays.append(normal(seed + 3, L, S, dtype=dtype))
    elif masked == "bool":
        mask = np.random.default_rng(seed).random((*lead, L, S)) < 0.6  # some queries may read nothing

    def ours(q, k, v, added=None):
        return F.scaled_dot_product_attention(
            q, k, v, mask if added is None else added, is_causal=masked == "causal", scale=scale
        )

    def theirs(q, k, v, added=None):
        chosen = added if mask is None else torch.tensor(mask)
        return theirs_sdpa(q, k, v, chosen, is_causal=masked == "causal", scale=scale)

    same(ours, theirs, *arrays, seed=seed)


@pytest.mark.parametrize("masked", [None, "causal", "bool", "float"])
@pytest.mark.parametrize("size", [1, 40])
def test_long_sequences_whose_weights_are_not_kept(same, normal, masked, size):
    q, k, v, added = normal(0, 2, 3, 300, 5), size * normal(1, 2, 1, 200, 5), normal(2, 3, 200, 4), normal(3, 300, 200)
    readable = np.random.default_rng(0).random((2, 1, 300, 200)) < 0.02  # some queries may read nothing

    def step(sdpa, mask):
        return lambda *xs: sdpa(*xs, mask, is_causal=masked == "causal")

    ours, theirs = {"bool": (readable, torch.tensor(readable)), "float": (added, torch.tensor(added))}.get(
        masked, (None, None)
    )
    same(step(F.scaled_dot_product_attention, ours), step(theirs_sdpa, theirs), q, k, v)


def test_long_attention_refuses_a_way_back_through_what_was_changed(normal):
    q, k, v = (nn.Tensor(normal(i, 100, 2), requires_grad=True) for i in range(3))
    mask = nn.Tensor(normal(3, 100, 100))
    changed = q * 1.0
    z = F.scaled_dot_product_attention(changed, k, v, mask)
    changed *= 2
    with pytest.raises(RuntimeError, match="changed in place"):
        z.sum().backward()
    z = F.scaled_dot_product_attention(q, k, v, mask)
    mask *= 2
    with pytest.raises(RuntimeError, match="changed in place"):
        z.sum().backward()


def test_leading_axes_broadcast(same, normal):
    arrays = [normal(0, 2, 1, 3, 4), normal(1, 3, 5, 4), normal(2, 2, 3, 5, 2), normal(3, 1, 3, 1, 5)]
    same(F.scaled_dot_product_attention, theirs_sdpa, *arrays)
    same(F.scaled_dot_product_attention, theirs_sdpa, *arrays[:3], normal(4, 5))


def test_attention_of_extreme_scores(same, normal):
    same(F.scaled_dot_product_attention, theirs_sdpa, *(1e3 * normal(i, 2, 3, 4) for i in range(2)), normal(2, 2, 3, 4))


@pytest.mark.parametrize("size", [1.0, 30.0])  # within what exp holds, and beyond
@pytest.mark.parametrize("shape", [(), (2, 1), (2, 3)])
@pytest.mark.parametrize("kind", [bool, float])
def test_masks_for_heads_that_do_not_fit_the_cache_together(same, normal, size, shape, kind):
    L, S = 180, 190  # 267 KiB of scores a head in float64
    q, k, v = size * normal(0, 2, 3, L, 4), normal(1, 2, 3, S, 4), normal(2, 2, 3, S, 2)
    mask = normal(3, *shape, L, S)
    if kind is float:
        same(F.scaled_dot_product_attention, theirs_sdpa, q, k, v, mask)
        return
    mask = mask > 0
    mask[..., 5, :] = False  # a query that may read nothing
    same(
        lambda *x: F.scaled_dot_product_attention(*x, mask),
        lambda *x: theirs_sdpa(*x, torch.tensor(mask)),
        *(q, k, v),
    )


def test_attention_dropout_drops_and_scales(normal):
    q, k = np.zeros((2, 300, 4)), np.zeros((2, 200, 4))
    v = nn.Tensor(np.ones((2, 200, 1)), requires_grad=True)
    z = F.scaled_dot_product_attention(q, k, v, dropout_p=0.25, rng=np.random.default_rng(0))
    np.testing.assert_allclose(z.data.mean(), 1, rtol=0.01)  # each weight is 1/200, or dropped, or 4/3 of it
    np.testing.assert_allclose(z.data.var(), 0.25 / 0.75 / 200, rtol=0.15)
    assert not F.scaled_dot_product_attention(q, k, v, dropout_p=1.0).data.any()


def test_gradients_under_dropout_are_those_of_the_dropped_weights(normal):
    q, k, v, g = normal(0, 3, 4), normal(1, 5, 4), normal(2, 5, 2), normal(3, 3, 2)
    kept = (np.random.default_rng(7).random((1, 5, 3), np.float32) >= 0.5)[0].T / 0.5  # drawn with the keys first
    ts = [torch.tensor(x, requires_grad=True) for x in (q, k, v)]
    ((torch.softmax(ts[0] @ ts[1].T / 2, -1) * torch.tensor(kept)) @ ts[2]).backward(torch.tensor(g))
    xs = [nn.Tensor(x, requires_grad=True) for x in (q, k, v)]
    F.scaled_dot_product_attention(*xs, dropout_p=0.5, rng=np.random.default_rng(7)).backward(g)
    for x, t in zip(xs, ts, strict=True):
        np.testing.assert_allclose(x.grad, t.grad.numpy(), rtol=1e-10, atol=1e-13)


def pair(seed, *args, **options):
    """Our module and PyTorch's, in float64, with equal parameters that are all random."""
    theirs = torch.nn.MultiheadAttention(*args, **options, dtype=torch.float64)
    ours = nn.MultiheadAttention(*args, **options, dtype=np.float64)
    generator = torch.Generator().manual_seed(seed)
    for parameter in theirs.parameters():
        parameter.data.normal_(generator=generator)
    assert {key: value.shape for key, value in ours.state_dict().items()} == {
        key: tuple(value.shape) for key, value in theirs.state_dict().items()
    }
    ours.load_state_dict({key: value.numpy() for key, value in theirs.state_dict().items()})
    return ours, theirs


def agree(ours, theirs, arrays, call, weighted, seed):
    """Outputs, weights and all gradients are equal when `call(module, *inputs, convert)` runs on both."""
    xs = [nn.Tensor(x, requires_grad=True) for x in arrays]
    ts = [torch.tensor(x, requires_grad=True) for x in arrays]
    rng = np.random.default_rng(seed)
    (z, p), (tz, tp) = call(ours, xs, np.asarray), call(theirs, ts, torch.tensor)
    np.testing.assert_allclose(z.data, tz.detach().numpy(), rtol=1e-10, atol=1e-12)
    g = rng.normal(size=z.shape)
    loss, t_loss = (z * g).sum(), (tz * torch.tensor(g)).sum()
    assert (p is None) == (tp is None) == (not weighted)
    if weighted:
        np.testing.assert_allclose(p.data, tp.detach().numpy(), rtol=1e-10, atol=1e-12)
        h = rng.normal(size=p.shape)
        loss, t_loss = loss + (p * h).sum(), t_loss + (tp * torch.tensor(h)).sum()
    loss.backward()
    t_loss.backward()
    for x, t in zip(xs, ts, strict=True):
        np.testing.assert_allclose(x.grad, t.grad.numpy(), rtol=1e-10, atol=1e-11)
    for (name, parameter), other in zip(ours.named_parameters(), theirs.parameters(), strict=True):
        np.testing.assert_allclose(parameter.grad, other.grad.numpy(), rtol=1e-10, atol=1e-11, err_msg=name)


@few
@given(seeds, st.data())
def test_multihead_attention(seed, data):
    flag = st.booleans()
    options = {name: data.draw(flag, name) for name in ("bias", "add_bias_kv", "add_zero_attn", "batch_first")}
    if data.draw(flag, "own widths"):
        options |= {"kdim": 3, "vdim": 5}
    heads, L, S, B = (data.draw(st.integers(1, 3)) for _ in range(4))
    ours, theirs = pair(seed, 2 * heads, heads, **options)
    rng = np.random.default_rng(seed)
    batched = data.draw(flag, "batched")

    def sequence(length, width):
        axes = (B, length) if options["batch_first"] else (length, B)
        return rng.normal(size=(*(axes if batched else (length,)), width))

    own = "kdim" not in options and data.draw(flag, "self-attention")
    if own:
        S, arrays = L, [sequence(L, 2 * heads)]
    else:
        arrays = [sequence(L, 2 * heads), sequence(S, ours.kdim), sequence(S, ours.vdim)]
    padding = attention = None
    if data.draw(flag, "padding"):
        padding = rng.random((B, S) if batched else (S,)) < 0.4
        padding[..., 0] = False  # a key is left for each query
    if data.draw(flag, "mask"):
        attention = rng.normal(size=((B if batched else 1) * heads, L, S) if data.draw(flag, "by head") else (L, S))
        if padding is not None:
            padding = np.where(padding, -np.inf, 0)
    weighted = data.draw(flag, "weights")
    average = data.draw(flag, "average")

    def call(module, inputs, convert):
        q, k, v = inputs * 3 if own else inputs
        masks = [None if mask is None else convert(mask) for mask in (padding, attention)]
        return module(q, k, v, masks[0], weighted, masks[1], average_attn_weights=average)

    agree(ours, theirs, arrays, call, weighted, seed)


def test_boolean_attn_mask_marks_what_may_not_be_read():
    ours, theirs = pair(0, 4, 2)
    mask = ~np.tri(3, dtype=bool)

    def call(module, inputs, convert):
        return module(*inputs * 3, attn_mask=convert(mask), is_causal=True)

    agree(ours, theirs, [np.random.default_rng(0).normal(size=(3, 2, 4))], call, True, 0)


def test_multihead_attention_starts_as_pytorchs():
    layer = nn.MultiheadAttention(64, 4, add_bias_kv=True, rng=np.random.default_rng(0))
    assert layer.in_proj_weight.dtype == np.float32
    assert np.abs(layer.in_proj_weight.data).max() <= math.sqrt(6 / (64 + 192))
    np.testing.assert_allclose(layer.in_proj_weight.data.std(), math.sqrt(2 / (64 + 192)), rtol=0.05)
    assert not layer.in_proj_bias.data.any()
    assert not layer.out_proj.bias.data.any()
    x = np.random.default_rng(1).normal(size=(3, 2, 64)).astype(np.float32)
    assert layer(x, x, x)[0].dtype == np.float32
    assert layer(x, x, x)[1].shape == (2, 3, 4)


def test_dropout_of_weights_in_training_only():
    layer = nn.MultiheadAttention(4, 2, dropout=0.5, rng=np.random.default_rng(0))
    x = np.ones((6, 2, 4), np.float32)
    assert (layer(x, x, x)[1].data == 0).any() or len(np.unique(layer(x, x, x)[1].data)) > 1
    first = layer(x, x, x, need_weights=False)[0].data
    assert not np.array_equal(first, layer(x, x, x, need_weights=False)[0].data)
    layer.eval()
    np.testing.assert_allclose(layer(x, x, x)[1].data, 1 / 6, rtol=1e-6)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: F.scaled_dot_product_attention(np.ones((2, 3)), np.ones((2, 4)), np.ones((2, 4))), r"expected query"),
        (lambda: F.scaled_dot_product_attention(*[np.ones((2, 3))] * 3, dropout_p=2), "probability dropout_p"),
        (
            lambda: F.scaled_dot_product_attention(*[np.ones((2, 3))] * 3, np.ones((2, 2)), is_causal=True),
            "give an attn_mask or is_causal=True, not both",
        ),
        (
            lambda: F.scaled_dot_product_attention(*[np.ones((2, 3))] * 3, np.ones((5, 2))),
            r"with a mask of shape \(5, 2\) for 2 queries and 2 keys",
        ),
        (
            lambda: F.scaled_dot_product_attention(np.ones((2, 2, 3)), np.ones((3, 2, 3)), np.ones((2, 3))),
            "the leading axes of .* do not broadcast together",
        ),
        (lambda: nn.MultiheadAttention(5, 2), "expected embed_dim to be a multiple of num_heads, got 5 and 2"),
        (
            lambda: nn.MultiheadAttention(4, 2)(*[np.ones((3, 1, 5))] * 3),
            r"expected a query of shape \(T, B, features\)",
        ),
        (
            lambda: nn.MultiheadAttention(4, 2)(np.ones((3, 1, 4)), *[np.ones((3, 2, 4))] * 2),
            "query, key and value need one batch size",
        ),
        (lambda: nn.MultiheadAttention(4, 2)(*[np.ones((3, 1, 4))] * 3, is_causal=True), "only describes attn_mask"),
        (
            lambda: nn.MultiheadAttention(4, 2)(*[np.ones((3, 1, 4))] * 3, key_padding_mask=np.ones((3, 1), bool)),
            r"expected a key_padding_mask of shape \(1, 3\), got \(3, 1\)",
        ),
        (
            lambda: nn.MultiheadAttention(4, 2)(*[np.ones((3, 1, 4))] * 3, attn_mask=np.ones((3, 1), bool)),
            r"expected an attn_mask of shape \(3, 3\) or \(2, 3, 3\), got \(3, 1\)",
        ),
    ],
)
def test_mistakes_are_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()


@pytest.mark.parametrize("shape", [(2, 3, 4, 2), (3, 4, 2), (4, 2)])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("create_graph", [False, True])
def test_a_key_of_the_future_that_is_no_number(shape, bad, create_graph):
    """With four axes it changes no earlier query, with fewer it makes all of them nan, as in PyTorch."""
    rng = np.random.default_rng(0)
    q, k, v = (np.abs(rng.normal(size=shape)) for _ in range(3))
    k[..., 3, :] = bad
    ours = [nn.Tensor(x, requires_grad=True) for x in (q, k, v)]
    theirs = [torch.tensor(x, requires_grad=True) for x in (q, k, v)]
    z = nn.functional.scaled_dot_product_attention(*ours, is_causal=True)
    expected = torch.nn.functional.scaled_dot_product_attention(*theirs, is_causal=True)
    if bad != -np.inf:  # then the score is a softmax of infinity: PyTorch's kernels differ among themselves
        np.testing.assert_allclose(z.data[..., :3, :], expected.detach().numpy()[..., :3, :], rtol=1e-9)
    if len(shape) == 4:
        assert np.isfinite(z.data[..., :3, :]).all()
        (dv,) = nn.autograd.grad(z[..., :3, :].sum(), ours[2], create_graph=create_graph)
        (other,) = torch.autograd.grad(expected[..., :3, :].sum(), theirs[2])
        np.testing.assert_allclose(dv.data, other.numpy(), rtol=1e-9)
