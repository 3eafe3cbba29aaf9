"""RNN, LSTM and GRU against PyTorch: all outputs, and the gradients of inputs, initial states and weights."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn.utils.rnn import PackedSequence, pack_padded_sequence

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)
KINDS = ["RNN", "LSTM", "GRU"]


def flat(result):
    """(output, h_n) or (output, (h_n, c_n)) as a list."""
    output, states = result
    return [output, *states] if isinstance(states, tuple) else [output, states]


def pair(states):
    """A list of one or two states as a module takes them; none for zeros."""
    return None if not states else states[0] if len(states) == 1 else tuple(states)


def both(kind, inputs, hidden, dtype=np.float64, rng=None, **options):
    oracle = getattr(torch.nn, kind)(
        inputs, hidden, **options, dtype=torch.float32 if dtype == np.float32 else torch.float64
    )
    return getattr(nn, kind)(inputs, hidden, **options, rng=rng), oracle


options = st.fixed_dictionaries(
    {
        "num_layers": st.integers(1, 3),
        "bias": st.booleans(),
        "batch_first": st.booleans(),
        "bidirectional": st.booleans(),
    }
)
kinds = st.sampled_from([("RNN", {}), ("RNN", {"nonlinearity": "relu"}), ("LSTM", {}), ("GRU", {})])


@few
@given(
    kinds,
    options,
    st.tuples(st.integers(1, 6), st.integers(0, 4), st.integers(1, 4), st.integers(1, 5)),
    st.booleans(),
    seeds,
    st.sampled_from([np.float32, np.float64]),
    st.sampled_from(["C", "F", "step"]),
)
def test_layers(same_module, normal, kind, chosen, sizes, with_states, seed, dtype, layout):
    (name, more), (time, batch, inputs, hidden) = kind, sizes
    module, oracle = both(name, inputs, hidden, dtype, **chosen, **more)
    lead = (batch, time) if chosen["batch_first"] else (time, batch)
    arrays = [normal(seed, *lead, inputs, dtype=dtype, layout=layout)]
    if with_states:
        depth = chosen["num_layers"] * (1 + chosen["bidirectional"])
        for i in range(1 + (name == "LSTM")):
            arrays.append(normal(seed + 1 + i, depth, batch, hidden, dtype=dtype, layout=layout))
    same_module(
        lambda x, *states: flat(module(x, pair(states))),
        lambda x, *states: flat(oracle(x, pair(states))),
        module,
        oracle,
        *arrays,
        seed=seed,
    )


@few
@given(kinds, options, st.lists(st.integers(1, 5), min_size=1, max_size=4), st.booleans(), seeds)
def test_lengths_are_what_packing_gives(same_module, normal, kind, chosen, lengths, with_states, seed):
    name, more = kind
    module, oracle = both(name, 3, 4, **chosen, **more)
    first, batch = chosen["batch_first"], len(lengths)
    arrays = [normal(seed, *((batch, 6) if first else (6, batch)), 3)]
    if with_states:
        depth = chosen["num_layers"] * (1 + chosen["bidirectional"])
        arrays += [normal(seed + 1 + i, depth, batch, 4) for i in range(1 + (name == "LSTM"))]

    def packed(x, *states):
        sequence = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, first, enforce_sorted=False)
        output, last = oracle(sequence, pair(states))
        return flat((torch.nn.utils.rnn.pad_packed_sequence(output, first, total_length=6)[0], last))

    same_module(
        lambda x, *states: flat(module(x, pair(states), lengths=lengths)), packed, module, oracle, *arrays, seed=seed
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("enforce_sorted", [True, False])
def test_packed_sequences_in_and_out(same_module, normal, kind, enforce_sorted):
    module, oracle = both(kind, 3, 4, bidirectional=True)
    lengths = [5, 2, 2, 1] if enforce_sorted else [2, 5, 1, 2]

    def run(recurrent, pack):
        def packed(x, *states):
            output, last = recurrent(pack(x, lengths, enforce_sorted=enforce_sorted), pair(states))
            return flat((output.data, last))

        return packed

    arrays = [normal(0, 5, 4, 3), *(normal(1 + i, 2, 4, 4) for i in range(1 + (kind == "LSTM")))]
    theirs = run(oracle, torch.nn.utils.rnn.pack_padded_sequence)
    same_module(run(module, pack_padded_sequence), theirs, module, oracle, *arrays)
    output, _ = module(pack_padded_sequence(arrays[0], lengths, enforce_sorted=enforce_sorted))
    assert isinstance(output, PackedSequence)
    with pytest.raises(ValueError, match="knows its lengths"):
        module(output, lengths=lengths)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("batch_first", [True, False])
@pytest.mark.parametrize("with_states", [True, False])
def test_input_without_a_batch(same_module, normal, kind, batch_first, with_states):
    module, oracle = both(kind, 3, 4, num_layers=2, batch_first=batch_first)
    states = [normal(1 + i, 2, 4) for i in range(1 + (kind == "LSTM"))] if with_states else []
    same_module(
        lambda x, *states: flat(module(x, pair(states))),
        lambda x, *states: flat(oracle(x, pair(states))),
        module,
        oracle,
        normal(0, 5, 3),
        *states,
    )
    output, _ = module(normal(0, 5, 3), lengths=[2])
    assert output.shape == (5, 4)
    assert not output.data[2:].any()


@pytest.mark.parametrize("kind", KINDS)
def test_gradient_of_one_output_alone(same_module, normal, kind):
    module, oracle = both(kind, 3, 4)
    for i in range(2 + (kind == "LSTM")):
        module.zero_grad()
        oracle.zero_grad()
        same_module(lambda x: [flat(module(x))[i]], lambda x: [flat(oracle(x))[i]], module, oracle, normal(0, 5, 2, 3))  # noqa: B023


@pytest.mark.parametrize("kind", KINDS)
def test_padding_has_no_gradient_and_no_influence(normal, kind):
    module = getattr(nn, kind)(3, 4, bidirectional=True, dtype=np.float64)
    lengths = [1, 4]
    x = nn.Tensor(normal(0, 4, 2, 3), requires_grad=True)
    output, last = module(x, lengths=lengths)
    output.backward(normal(1, *output.shape))
    assert x.grad is not None
    assert not x.grad[1:, 0].any()
    assert x.grad[:, 1].all()
    other = x.data.copy()
    other[1:, 0] = np.nan
    again, last_again = module(other, lengths=lengths)
    for a, b in zip(flat((output, last)), flat((again, last_again)), strict=True):
        np.testing.assert_array_equal(a.data, b.data)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("bidirectional", [False, True])
def test_starts_as_pytorchs(kind, bidirectional):
    module, oracle = both(kind, 20, 50, num_layers=2, bidirectional=bidirectional, rng=np.random.default_rng(1))
    assert {k: v.shape for k, v in module.state_dict().items()} == {
        k: tuple(v.shape) for k, v in oracle.state_dict().items()
    }
    assert list(module.state_dict()) == list(oracle.state_dict())
    for parameter in module.parameters():
        assert parameter.dtype == np.float32
        assert np.abs(parameter.data).max() <= 1 / np.sqrt(50)
        np.testing.assert_allclose(parameter.data.std(), 1 / np.sqrt(150), rtol=0.2)
    assert repr(module) == repr(oracle)
    first, second = (getattr(nn, kind)(2, 3, rng=np.random.default_rng(0)) for _ in range(2))
    np.testing.assert_array_equal(first.weight_hh_l0.data, second.weight_hh_l0.data)


def test_arguments_by_position_are_pytorchs():
    module, oracle = nn.RNN(2, 3, 2, "relu", False, True), torch.nn.RNN(2, 3, 2, "relu", False, True)
    for name in ("num_layers", "nonlinearity", "bias", "batch_first", "dropout", "bidirectional"):
        assert getattr(module, name) == getattr(oracle, name)
    module, oracle = nn.GRU(2, 3, 2, False, True, 0.5, True), torch.nn.GRU(2, 3, 2, False, True, 0.5, True)
    for name in ("num_layers", "bias", "batch_first", "dropout", "bidirectional"):
        assert getattr(module, name) == getattr(oracle, name)


@pytest.mark.parametrize("kind", KINDS)
def test_dropout_acts_between_layers_in_training(normal, kind):
    x = normal(0, 5, 2, 3)
    module = getattr(nn, kind)(3, 4, num_layers=2, dropout=1.0, rng=np.random.default_rng(0), dtype=np.float64)
    trained, _ = module(x)
    second = getattr(nn, kind)(4, 4, dtype=np.float64)
    second.load_state_dict({k.replace("l1", "l0"): v for k, v in module.state_dict().items() if "l1" in k})
    np.testing.assert_allclose(trained.data, second(np.zeros((5, 2, 4)))[0].data, rtol=1e-12)
    without = getattr(nn, kind)(3, 4, num_layers=2, dtype=np.float64)
    without.load_state_dict(module.state_dict())
    np.testing.assert_array_equal(module.eval()(x)[0].data, without(x)[0].data)
    with pytest.warns(UserWarning, match="between layers"):
        getattr(nn, kind)(3, 4, dropout=0.5)


@pytest.mark.parametrize("kind", KINDS)
def test_backward_twice(normal, kind):
    module = getattr(nn, kind)(3, 4, dtype=np.float64)
    total = module(normal(0, 5, 2, 3))[0].sum()
    total.backward(retain_graph=True)
    once = module.weight_hh_l0.grad.copy()
    total.backward()
    np.testing.assert_allclose(module.weight_hh_l0.grad, 2 * once, rtol=1e-12)
    with pytest.raises(RuntimeError, match="freed"):
        total.backward()
    assert not np.shares_memory(module.bias_ih_l0.grad, module.bias_hh_l0.grad)


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_output_leaves_the_gradient_right(normal, kind):
    module = getattr(nn, kind)(3, 4, dtype=np.float64)
    output, _ = module(normal(0, 5, 2, 3))
    output.sum().backward()
    once = module.weight_hh_l0.grad
    module.zero_grad()
    output, _ = module(normal(0, 5, 2, 3))
    total = output.sum()
    output.data[:] = 7
    total.backward()
    np.testing.assert_array_equal(module.weight_hh_l0.grad, once)


def test_no_graph_is_recorded_without_gradients(normal):
    module = nn.LSTM(3, 4)
    with nn.no_grad():
        output, (h, c) = module(normal(0, 5, 2, 3, dtype=np.float32))
    assert not any(tensor.requires_grad for tensor in (output, h, c))
    assert output.dtype == np.float32


def test_the_four_shapes(normal):
    batch, time, inputs, hidden, classes = 2, 5, 3, 4, 6
    x, head = normal(0, time, batch, inputs), nn.Linear(hidden, classes)
    rnn = nn.GRU(inputs, hidden)
    output, h_n = rnn(x)
    assert head(output).shape == (time, batch, classes)
    assert head(h_n[-1]).shape == (batch, classes)
    assert head(rnn(nn.stack([x[0]] * time))[0]).shape == (time, batch, classes)
    assert head(rnn(x[:1])[0]).shape == (1, batch, classes)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: nn.LSTM(3, 0), "hidden_size to be at least 1"),
        (lambda: nn.LSTM(3, 4, dropout=2), "probability dropout"),
        (lambda: nn.RNN(3, 4, nonlinearity="sigmoid"), '"tanh" or "relu"'),
        (lambda: nn.LSTM(3, 4)(np.zeros((5, 2, 7))), r"expected an input \(T, B, D\).*D = 3 features, got \(5, 2, 7\)"),
        (lambda: nn.LSTM(3, 4, batch_first=True)(np.zeros((5, 2, 7))), r"expected an input \(B, T, D\)"),
        (lambda: nn.LSTM(3, 4)(np.zeros(3)), r"got \(3,\)"),
        (lambda: nn.GRU(3, 4)(np.zeros((0, 2, 3))), "at least one time step"),
        (lambda: nn.GRU(3, 4)(np.zeros((5, 2, 3)), np.zeros((1, 3, 4))), r"= \(1, 2, 4\), got \(1, 3, 4\)"),
        (lambda: nn.GRU(3, 4)(np.zeros((5, 2, 3)), np.zeros((2, 4))), "initial states of 3 axes"),
        (lambda: nn.GRU(3, 4)(np.zeros((5, 3)), np.zeros((1, 1, 4))), "initial states of 2 axes"),
        (lambda: nn.LSTM(3, 4)(np.zeros((5, 2, 3)), nn.Tensor(np.zeros((1, 2, 4)))), "a pair .h_0, c_0., got Tensor"),
        (lambda: nn.GRU(3, 4)(np.zeros((5, 2, 3)), lengths=[5]), "2 integers, one per sequence"),
        (lambda: nn.GRU(3, 4)(np.zeros((5, 2, 3)), lengths=[6, 1]), r"from 1 to 5.*got \[6, 1\]"),
        (lambda: nn.GRU(3, 4)(np.zeros((5, 2, 3)), lengths=[0, 1]), "from 1 to 5"),
    ],
)
def test_sentences(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
