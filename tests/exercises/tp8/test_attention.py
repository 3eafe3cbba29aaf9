"""The exercises of TP8-HFTrain/2_attention: references equal PyTorch's functions, in values and in gradients."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from tplib.data.dates import date_pairs
from tplib.exercises.tp8.attention import (
    EXERCISES,
    Seq2Seq,
    causal_mask,
    multi_head_attention,
    positional_encoding,
    scaled_dot_product_attention,
)
from tplib.graders import Exercise
from tplib.graders.judge import judge
from tplib.nn import GRU, PositionalEncoding, Tensor
from tplib.nn.attention.attention import scaled_dot_product_attention as node

SHAPES = [((), 2, 3, 4, 5), ((2,), 3, 3, 3, 3), ((2, 3), 4, 1, 2, 1), ((1,), 1, 5, 1, 2)]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_judging_leaves_the_notebooks_generator_alone(exercise: Exercise) -> None:
    before = torch.get_rng_state()
    judge(exercise, exercise.reference)
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize(("lead", "L", "S", "d", "F_"), SHAPES)
@pytest.mark.parametrize("masked", [False, True])
def test_attention_is_pytorchs_blind_rows_included(
    lead: tuple[int, ...], L: int, S: int, d: int, F_: int, masked: bool
) -> None:
    rng = np.random.default_rng(0)
    Q, K, V = rng.normal(size=(*lead, L, d)), rng.normal(size=(*lead, S, d)), rng.normal(size=(*lead, S, F_))
    mask = rng.random((*lead, L, S)) < 0.5 if masked else None
    if mask is not None:
        mask[..., 0, :] = False
    output, weights = scaled_dot_product_attention(Q, K, V, mask)
    tensors = [torch.tensor(a, requires_grad=True) for a in (Q, K, V)]
    expected = F.scaled_dot_product_attention(*tensors, None if mask is None else torch.tensor(mask))
    np.testing.assert_allclose(output, expected.detach().numpy(), rtol=0, atol=1e-8)
    sums = np.ones((*lead, L)) if mask is None else mask.any(axis=-1)
    np.testing.assert_allclose(weights.sum(axis=-1), sums, atol=1e-12)
    cotangent = rng.normal(size=output.shape)
    expected.backward(torch.tensor(cotangent))
    ours = [Tensor(a, requires_grad=True) for a in (Q, K, V)]
    (node(*ours, mask) * cotangent).sum().backward()
    for tensor, own in zip(tensors, ours, strict=True):
        np.testing.assert_allclose(own.grad, tensor.grad.numpy(), rtol=0, atol=1e-8)


def test_large_scores_give_finite_weights() -> None:
    Q = np.array([[1000.0]])
    output, weights = scaled_dot_product_attention(Q, np.array([[1000.0], [-1000.0]]), np.array([[1.0], [2.0]]))
    np.testing.assert_array_equal(weights, [[1, 0]])
    np.testing.assert_array_equal(output, [[1]])


@pytest.mark.parametrize("T", [1, 2, 7])
def test_causal_mask_is_the_opposite_of_pytorchs(T: int) -> None:
    theirs = nn.Transformer.generate_square_subsequent_mask(T)
    np.testing.assert_array_equal(causal_mask(T), (theirs == 0).numpy())


@pytest.mark.parametrize("mask", [None, "one for all", "each its own"])
@pytest.mark.parametrize("heads", [1, 2, 3])
def test_heads_are_those_of_pytorch(heads: int, mask: str | None) -> None:
    B, L, S, E, M = 2, 4, 5, 6, 3
    theirs = nn.MultiheadAttention(E, heads, bias=False, kdim=M, vdim=M, batch_first=True).double()
    rng = np.random.default_rng(heads)
    x, memory = rng.normal(size=(B, L, E)), rng.normal(size=(B, S, M))
    seen = None if mask is None else rng.random((L, S) if mask == "one for all" else (B, L, S)) < 0.7
    if seen is not None:
        seen[..., 0] = True
    hidden = None if seen is None else torch.tensor(~seen)
    if hidden is not None and hidden.ndim == 3:
        hidden = hidden.repeat_interleave(heads, dim=0)
    expected, _ = theirs(*map(torch.tensor, (x, memory, memory)), attn_mask=hidden)
    names = "q_proj_weight", "k_proj_weight", "v_proj_weight", "out_proj.weight"
    weights = [theirs.get_parameter(name).detach().numpy().T for name in names]
    found = multi_head_attention(x, memory, *weights, heads, seen)
    np.testing.assert_allclose(found, expected.detach().numpy(), rtol=0, atol=1e-8)


@pytest.mark.parametrize(("T", "d"), [(1, 1), (5, 2), (6, 7), (50, 16)])
def test_positions_are_those_of_tplib_nn_and_of_a_rotation(T: int, d: int) -> None:
    table = positional_encoding(T, d)
    layer = PositionalEncoding(d, 0.0, dtype=np.float64)
    np.testing.assert_allclose(table, layer(np.zeros((T, 1, d))).data[:, 0], atol=1e-8)
    z = table[:, 1::2] + 1j * table[:, 0::2][:, : d // 2]  # one point on a circle for each frequency
    turn = np.exp(1j * 10000.0 ** (-2 * np.arange(d // 2) / d))
    np.testing.assert_allclose(z[1:], z[:-1] * turn, atol=1e-8)


def test_seq2seq_is_tplibs_layers_in_values_and_gradients() -> None:
    torch.manual_seed(0)
    model = Seq2Seq.reference(6, 5, 3, 4).double()
    source, target = torch.randint(6, (1, 5)), torch.randint(5, (1, 3))
    scores, weights = model(source, torch.tensor([5]), target)
    cotangent = torch.linspace(-1, 1, scores.numel(), dtype=torch.float64).reshape(scores.shape)
    (scores * cotangent).sum().backward()
    layers = {}
    for name in ("encoder", "decoder"):
        layers[name] = GRU(3, 4, batch_first=True, dtype=np.float64)
        for part, parameter in layers[name].named_parameters():
            parameter.data = model.get_parameter(f"{name}.{part}").detach().numpy().copy()
    tables = [model.get_parameter(f"{side}_embedding.weight").detach().numpy() for side in ("source", "target")]
    K, state = layers["encoder"](Tensor(tables[0][source.numpy()], requires_grad=True))
    h, _ = layers["decoder"](Tensor(tables[1][target.numpy()], requires_grad=True), state)
    read = node(h, K, K)
    W, b = model.linear.weight.detach().numpy(), model.linear.bias.detach().numpy()
    found = h @ W[:, :4].T + read @ W[:, 4:].T + b
    np.testing.assert_allclose(found.data, scores.detach().numpy(), rtol=0, atol=1e-8)
    np.testing.assert_allclose(weights.sum(-1).detach().numpy(), 1, atol=1e-12)
    (found * cotangent.numpy()).sum().backward()
    for name, layer in layers.items():
        for part, parameter in layer.named_parameters():
            expected = model.get_parameter(f"{name}.{part}").grad.numpy()
            np.testing.assert_allclose(parameter.grad, expected, rtol=0, atol=1e-8)


@pytest.mark.parametrize("attention", [True, False])
def test_a_source_is_read_as_if_it_were_alone(attention: bool) -> None:
    torch.manual_seed(1)
    model = Seq2Seq.reference(6, 5, 3, 4, attention).double()
    source, lengths, target = torch.randint(6, (3, 5)), torch.tensor([2, 5, 3]), torch.randint(5, (3, 4))
    scores, weights = model(source, lengths, target)
    for i, n in enumerate(lengths.tolist()):
        alone, looks = model(source[i : i + 1, :n], lengths[i : i + 1], target[i : i + 1])
        torch.testing.assert_close(scores[i : i + 1], alone)
        if attention:
            torch.testing.assert_close(weights[i, :, :n], looks[0])
            assert not weights[i, :, n:].any()
        else:
            assert weights is looks is None


def test_no_score_sees_a_later_character() -> None:
    torch.manual_seed(2)
    model = Seq2Seq.reference(6, 5, 3, 4)
    source, lengths, target = torch.randint(6, (1, 5)), torch.tensor([5]), torch.zeros(1, 4, dtype=torch.int64)
    before, _ = model(source, lengths, target)
    for t in range(4):
        changed = target.clone()
        changed[0, t] = 3
        after, _ = model(source, lengths, changed)
        torch.testing.assert_close(after[:, :t], before[:, :t], rtol=0, atol=0)
        assert not torch.equal(after[:, t], before[:, t])


def test_pairs_of_the_notebook_share_no_day() -> None:
    dates = date_pairs(5000, 500, seed=0)
    assert not {day for _, day in dates.train} & {day for _, day in dates.test}
