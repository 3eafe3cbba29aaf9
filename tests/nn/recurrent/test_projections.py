"""LSTM with `proj_size` against PyTorch."""

import numpy as np
import pytest
import torch

from tplib import nn


@pytest.mark.filterwarnings("ignore:LSTM with projections is not supported:UserWarning")
@pytest.mark.parametrize(
    "options", [{}, {"num_layers": 2}, {"bidirectional": True, "batch_first": True}, {"bias": False}]
)
@pytest.mark.parametrize("lengths", [None, [4, 2, 3]])
def test_projection_of_the_short_term_state(normal, options, lengths):
    oracle = torch.nn.LSTM(5, 6, proj_size=2, **options).double()
    net = nn.from_torch(oracle)
    assert list(net.state_dict()) == list(oracle.state_dict())
    x = normal(0, 3, 4, 5) if options.get("batch_first") else normal(0, 4, 3, 5)
    t = torch.tensor(x)
    if lengths is None:
        expected, (h, c) = oracle(t)
    else:
        batch_first = options.get("batch_first", False)
        packed = torch.nn.utils.rnn.pack_padded_sequence(t, torch.tensor(lengths), batch_first, enforce_sorted=False)
        expected, (h, c) = oracle(packed)
        expected = torch.nn.utils.rnn.pad_packed_sequence(expected, batch_first)[0]
    z, (h_n, c_n) = net(x, lengths=lengths)
    for mine, theirs in ((z, expected), (h_n, h), (c_n, c)):
        np.testing.assert_allclose(mine.data, theirs.detach().numpy(), rtol=1e-9, atol=1e-12)
    gradient = normal(1, *z.shape)
    z.backward(gradient)
    expected.backward(torch.tensor(gradient))
    for mine, theirs in zip(net.parameters(), oracle.parameters(), strict=True):
        np.testing.assert_allclose(mine.grad, theirs.grad.numpy(), rtol=1e-8, atol=1e-12)


def test_a_projection_is_smaller_and_only_the_lstms():
    for make in (lambda: nn.LSTM(3, 4, proj_size=4), lambda: nn.GRU(3, 4, proj_size=2)):
        with pytest.raises(ValueError, match="proj_size below hidden_size for an LSTM"):
            make()
