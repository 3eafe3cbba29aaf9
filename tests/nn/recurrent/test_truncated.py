"""Truncated backpropagation through time against PyTorch's states with `detach()`."""

import numpy as np
import pytest
import torch

from tplib import nn


def detached(state):
    return tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
@pytest.mark.parametrize("length", [1, 3, 4, 20])
@pytest.mark.parametrize("batch_first", [False, True])
def test_training_in_pieces_is_pytorchs(normal, kind, length, batch_first):
    oracle = getattr(torch.nn, kind)(3, 4, num_layers=2, batch_first=batch_first).double()
    module = getattr(nn, kind)(3, 4, num_layers=2, batch_first=batch_first)
    module.load_state_dict(oracle.state_dict())
    shape = (2, 10) if batch_first else (10, 2)
    x, cotangent = normal(0, *shape, 3), normal(1, *shape, 4)
    part = (lambda steps: (slice(None), steps)) if batch_first else (lambda steps: (steps,))
    optimiser, their_optimiser = nn.optim.SGD(module.parameters(), 0.1), torch.optim.SGD(oracle.parameters(), 0.1)

    seen = []
    for steps, output, _ in nn.truncated_bptt(module, x, length):
        optimiser.zero_grad()
        output.backward(cotangent[part(steps)])
        optimiser.step()
        seen.append(output.data)

    state, expected = None, []
    for start in range(0, 10, length):
        piece = part(slice(start, start + length))
        output, state = oracle(torch.tensor(x[piece]), state)
        their_optimiser.zero_grad()
        output.backward(torch.tensor(cotangent[piece]))
        their_optimiser.step()
        state = detached(state)
        expected.append(output.detach().numpy())

    assert len(seen) == len(expected)
    for ours, theirs in zip(seen, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-12)
    for (key, ours), theirs in zip(module.named_parameters(), oracle.parameters(), strict=True):
        np.testing.assert_allclose(ours.data, theirs.detach().numpy(), rtol=1e-10, atol=1e-12, err_msg=key)


def test_the_state_goes_on_and_the_gradient_stops(normal):
    module = nn.LSTM(3, 4, dtype=np.float64)
    x = nn.Tensor(normal(0, 9, 2, 3), requires_grad=True)
    pieces = list(nn.truncated_bptt(module, x, 4))
    assert [steps for steps, _, _ in pieces] == [slice(0, 4), slice(4, 8), slice(8, 12)]
    whole, _ = module(x)
    np.testing.assert_allclose(np.concatenate([o.data for _, o, _ in pieces]), whole.data, rtol=1e-12)
    pieces[1][1].sum().backward()
    assert x.grad[4:8].all()
    assert not x.grad[:4].any()
    assert not x.grad[8:].any()


def test_any_callable_with_a_state_and_any_time_axis(normal):
    table, rnn = nn.Embedding(7, 3), nn.GRU(3, 4, batch_first=True)
    tokens = np.arange(10).reshape(2, 5) % 7
    outputs = [
        output for _, output, _ in nn.truncated_bptt(lambda piece, h: rnn(table(piece), h), nn.Tensor(tokens), 2, dim=1)
    ]
    assert [output.shape for output in outputs] == [(2, 2, 4), (2, 2, 4), (2, 1, 4)]
    np.testing.assert_allclose(nn.cat(outputs, dim=1).data, rnn(table(tokens))[0].data, rtol=1e-5, atol=1e-6)


def test_a_length_below_one_is_refused():
    with pytest.raises(ValueError, match="at least 1 time step, got 0"):
        next(nn.truncated_bptt(nn.RNN(3, 4), np.zeros((5, 2, 3)), 0))
