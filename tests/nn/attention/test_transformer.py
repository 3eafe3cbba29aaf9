"""Positional encoding, encoder and decoder layers and stacks against closed forms and PyTorch."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn.attention.transformer import generate_square_subsequent_mask

few = settings(max_examples=15, deadline=None)
seeds = st.integers(0, 2**32 - 1)


def pair(kind, seed, *args, **options):
    """Our module and PyTorch's, in float64, with equal parameters that are all random."""
    theirs = getattr(torch.nn, kind)(*args, **options, dtype=torch.float64)
    ours = getattr(nn, kind)(*args, **options, dtype=np.float64)
    copy_random(ours, theirs, seed)
    return ours, theirs


def copy_random(ours, theirs, seed):
    generator = torch.Generator().manual_seed(seed)
    for parameter in theirs.parameters():
        parameter.data.normal_(0, 0.5, generator=generator)
    assert list(ours.state_dict()) == list(theirs.state_dict())
    ours.load_state_dict({key: value.numpy() for key, value in theirs.state_dict().items()})


def agree(ours, theirs, arrays, masks, seed, **options):
    xs = [nn.Tensor(x, requires_grad=True) for x in arrays]
    ts = [torch.tensor(x, requires_grad=True) for x in arrays]
    out = ours(*xs, **masks, **options)
    expected = theirs(*ts, **{key: torch.tensor(np.asarray(mask)) for key, mask in masks.items()}, **options)
    np.testing.assert_allclose(out.data, expected.detach().numpy(), rtol=1e-10, atol=1e-11)
    g = np.random.default_rng(seed).normal(size=out.shape)
    out.backward(g)
    expected.backward(torch.tensor(g))
    for x, t in zip(xs, ts, strict=True):
        np.testing.assert_allclose(x.grad, t.grad.numpy(), rtol=1e-9, atol=1e-10)
    for (name, parameter), other in zip(ours.named_parameters(), theirs.parameters(), strict=True):
        np.testing.assert_allclose(parameter.grad, other.grad.numpy(), rtol=1e-9, atol=1e-10, err_msg=name)


@few
@given(
    seeds,
    st.integers(1, 3),
    st.integers(2, 4),
    st.integers(1, 3),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["relu", "gelu"]),
    st.booleans(),
    st.booleans(),
)
def test_layers(seed, B, S, T, batch_first, norm_first, bias, activation, masked, decoding):
    rng = np.random.default_rng(seed)
    ours, theirs = pair(
        "TransformerDecoderLayer" if decoding else "TransformerEncoderLayer",
        seed,
        4,
        2,
        dim_feedforward=5,
        dropout=0.0,
        activation=activation,
        batch_first=batch_first,
        norm_first=norm_first,
        bias=bias,
    )

    def sequence(length):
        return rng.normal(size=(B, length, 4) if batch_first else (length, B, 4))

    padding = np.arange(S) >= rng.integers(1, S + 1, B)[:, None]  # (B, S), True beyond each one's length
    masks = {}
    if decoding and masked:
        masks = {
            "tgt_mask": np.triu(np.full((T, T), -np.inf), 1),
            "memory_mask": rng.normal(size=(T, S)),
            "memory_key_padding_mask": np.where(padding, -np.inf, 0),
        }
    elif masked:
        masks = {"src_mask": rng.normal(size=(S, S)), "src_key_padding_mask": np.where(padding, -np.inf, 0)}
    agree(ours, theirs, [sequence(T), sequence(S)] if decoding else [sequence(S)], masks, seed)


@pytest.mark.parametrize("causal", [{}, {"is_causal": True}, {"tgt_is_causal": True, "memory_is_causal": False}])
@pytest.mark.parametrize("normed", [False, True])
def test_stacks(normed, causal):
    def norms():
        return (
            (nn.LayerNorm(4, dtype=np.float64), torch.nn.LayerNorm(4, dtype=torch.float64)) if normed else (None,) * 2
        )

    rng = np.random.default_rng(0)
    sizes = {"dim_feedforward": 3, "dropout": 0.0}
    for kind, inputs in (("Encoder", [(4, 2, 4)]), ("Decoder", [(3, 2, 4), (4, 2, 4)])):
        layer, t_layer = pair(f"Transformer{kind}Layer", 0, 4, 2, **sizes)
        norm, t_norm = norms()
        extra = {"enable_nested_tensor": False} if kind == "Encoder" else {}
        ours = getattr(nn, f"Transformer{kind}")(layer, 2, norm, **extra)
        theirs = getattr(torch.nn, f"Transformer{kind}")(t_layer, 2, t_norm, **extra)
        copy_random(ours, theirs, 1)
        masks = {"mask" if kind == "Encoder" else "tgt_mask": np.triu(np.full(2 * (inputs[0][0],), -np.inf), 1)}
        options = causal if ("is_causal" in causal) == (kind == "Encoder") else {}
        agree(ours, theirs, [rng.normal(size=shape) for shape in inputs], masks, 0, **options)


def test_copies_of_a_layer_start_equal_but_drop_different_units():
    layer = nn.TransformerEncoderLayer(4, 2, 8, dropout=0.5, rng=np.random.default_rng(0))
    stack = nn.TransformerEncoder(layer, 2)
    first, second = stack.layers.children()
    np.testing.assert_array_equal(first.linear1.weight.data, second.linear1.weight.data)
    assert first.linear1.weight is not second.linear1.weight
    assert first.dropout.rng is second.dropout.rng
    x = np.random.default_rng(1).normal(size=(3, 2, 4)).astype(np.float32)
    assert not np.array_equal(stack(x).data, stack(x).data)
    stack.eval()
    np.testing.assert_array_equal(stack(x).data, stack(x).data)
    assert stack(x).dtype == np.float32


def test_a_causal_layer_does_not_see_the_future():
    layer = nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0, rng=np.random.default_rng(0))
    mask = generate_square_subsequent_mask(5)
    np.testing.assert_array_equal(mask.data, torch.nn.Transformer.generate_square_subsequent_mask(5).numpy())
    x = np.random.default_rng(1).normal(size=(5, 1, 4)).astype(np.float32)
    changed = x.copy()
    changed[3:] += 1
    before, after = layer(x, mask, is_causal=True).data, layer(changed, mask).data
    np.testing.assert_array_equal(before[:3], after[:3])
    assert (before[3:] != after[3:]).any()


@pytest.mark.parametrize("width", [6, 5, 1])
def test_positional_encoding(width):
    layer = nn.PositionalEncoding(width, dropout=0.0, max_len=50, dtype=np.float64)
    assert not layer.state_dict()
    z = layer(np.zeros((50, 3, width))).data
    for t in (0, 1, 49):
        for i in range(width):
            angle = t / 10000 ** (2 * (i // 2) / width)
            np.testing.assert_allclose(z[t, :, i], np.cos(angle) if i % 2 else np.sin(angle), atol=1e-12)
    by_rows = nn.PositionalEncoding(width, dropout=0.0, batch_first=True, dtype=np.float64)
    np.testing.assert_allclose(by_rows(np.zeros((3, 50, width))).data, z.swapaxes(0, 1), atol=1e-12)
    np.testing.assert_allclose(by_rows(np.zeros((50, width))).data, z[:, 0], atol=1e-12)


def test_shifting_by_k_is_a_rotation():
    # What makes the encoding useful: the code of t + k is a linear function of that of t, the same for all t.
    codes = nn.PositionalEncoding(8, dtype=np.float64).pe.data[:40]
    rotation, *_ = np.linalg.lstsq(codes[:-5], codes[5:], rcond=None)
    np.testing.assert_allclose(codes[:-5] @ rotation, codes[5:], atol=1e-9)
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(8), atol=1e-6)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: nn.PositionalEncoding(4, max_len=3)(np.ones((4, 1, 4))), "expected up to 3 positions with 4 features"),
        (lambda: nn.PositionalEncoding(4)(np.ones((4, 1, 5))), r"got \(4, 1, 5\)"),
        (lambda: nn.TransformerEncoderLayer(4, 2, activation="swish"), 'expected activation "relu", "gelu" or a'),
    ],
)
def test_mistakes_are_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()
