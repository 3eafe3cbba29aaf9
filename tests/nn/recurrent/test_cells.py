"""RNNCell, LSTMCell and GRUCell against PyTorch."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn

KINDS = [("RNNCell", {}), ("RNNCell", {"nonlinearity": "relu"}), ("LSTMCell", {}), ("GRUCell", {})]


def flat(states):
    return list(states) if isinstance(states, tuple) else [states]


def given_to(states):
    return None if not states else states[0] if len(states) == 1 else tuple(states)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.sampled_from([(), (0,), (1,), (3,)]),
    st.integers(1, 4),
    st.integers(1, 5),
    st.booleans(),
    st.booleans(),
    st.integers(0, 2**32 - 1),
    st.sampled_from([np.float32, np.float64]),
    st.sampled_from(["C", "F", "step"]),
)
def test_cells(same_module, normal, kind, batch, inputs, hidden, bias, with_states, seed, dtype, layout):
    name, options = kind
    module = getattr(nn, name)(inputs, hidden, bias, **options)
    oracle = getattr(torch.nn, name)(inputs, hidden, bias, **options)
    oracle = oracle if dtype == np.float32 else oracle.double()
    arrays = [normal(seed, *batch, inputs, dtype=dtype, layout=layout)]
    if with_states:
        number = 2 if name == "LSTMCell" else 1
        arrays += [normal(seed + 1 + i, *batch, hidden, dtype=dtype, layout=layout) for i in range(number)]
    same_module(
        lambda x, *states: flat(module(x, given_to(states))),
        lambda x, *states: flat(oracle(x, given_to(states))),
        module,
        oracle,
        *arrays,
        seed=seed,
    )


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
def test_a_loop_over_a_cell_is_the_layer(normal, kind):
    layer, cell = getattr(nn, kind)(3, 4, dtype=np.float64), getattr(nn, kind + "Cell")(3, 4, dtype=np.float64)
    cell.load_state_dict({key.removesuffix("_l0"): value for key, value in layer.state_dict().items()})
    x, cotangent = normal(0, 6, 2, 3), normal(1, 6, 2, 4)
    state, outputs = None, []
    for step in x:
        state = cell(step, state)
        outputs.append(state[0] if kind == "LSTM" else state)
    output = nn.stack(outputs)
    expected, _ = layer(x)
    np.testing.assert_allclose(output.data, expected.data, rtol=1e-12)
    output.backward(cotangent)
    expected.backward(cotangent)
    for (key, ours), theirs in zip(cell.named_parameters(), layer.parameters(), strict=True):
        np.testing.assert_allclose(ours.grad, theirs.grad, rtol=1e-9, atol=1e-12, err_msg=key)


def test_a_cell_starts_as_pytorchs():
    for name, options in KINDS:
        cell, oracle = getattr(nn, name)(20, 50, **options), getattr(torch.nn, name)(20, 50, **options)
        assert {k: v.shape for k, v in cell.state_dict().items()} == {
            k: tuple(v.shape) for k, v in oracle.state_dict().items()
        }
        for parameter in cell.parameters():
            np.testing.assert_allclose(parameter.data.std(), 1 / np.sqrt(150), rtol=0.2)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: nn.GRUCell(3, 0), "hidden_size to be at least 1"),
        (lambda: nn.RNNCell(3, 4, nonlinearity="gelu"), '"tanh" or "relu"'),
        (lambda: nn.GRUCell(3, 4)(np.zeros((2, 5))), r"an input \(B, 3\) or \(3,\), got \(2, 5\)"),
        (lambda: nn.GRUCell(3, 4)(np.zeros((2, 3)), np.zeros((1, 4))), r"states of shape \(2, 4\).*got \(1, 4\)"),
        (lambda: nn.LSTMCell(3, 4)(np.zeros((2, 3)), nn.Tensor(np.zeros((2, 4)))), "a pair .h, c., got Tensor"),
    ],
)
def test_sentences(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
