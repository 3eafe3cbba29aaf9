"""Gradients over many steps: they fade or explode in an RNN, and stay where a forget gate is open."""

import numpy as np

from tplib import nn


def norms_by_distance(module, x):
    """The norm of the gradient that the last state sends back to the input, by its distance in steps."""
    tensor = nn.Tensor(x, requires_grad=True)
    output, _ = module(tensor)
    output[-1].sum().backward()
    return np.linalg.norm(tensor.grad.reshape(len(x), -1), axis=1)[::-1]


def test_the_gradient_of_a_long_interaction_is_exponentially_smaller(normal):
    # |dh(T)/dh(t)| <= |U|^(T - t), because tanh' <= 1; with an orthogonal U times rho, |U| = rho.
    time, hidden, rho = 60, 8, 0.9
    module = nn.RNN(3, hidden, dtype=np.float64)
    orthogonal = np.linalg.qr(normal(0, hidden, hidden))[0]
    module.weight_hh_l0.data = rho * orthogonal
    norms = norms_by_distance(module, normal(1, time, 1, 3))
    bound = np.sqrt(hidden) * np.linalg.norm(module.weight_ih_l0.data, 2) * rho ** np.arange(time)
    assert (norms <= bound * (1 + 1e-12)).all()
    assert norms[-1] < 0.01 * norms[0]
    module.weight_hh_l0.data = 1.5 * orthogonal  # explodes where tanh is nearly linear
    module.bias_ih_l0.data[:] = module.bias_hh_l0.data[:] = 0
    norms = norms_by_distance(module, 1e-12 * normal(1, time, 1, 3))
    assert norms[-1] > 100 * norms[0]


def test_an_open_forget_gate_keeps_the_gradient(normal):
    # Without U, dc(T)/dc(t) is the product of the forget gates: near 1 when their bias is large.
    time, hidden = 60, 8
    module = nn.LSTM(3, hidden, dtype=np.float64)
    module.weight_hh_l0.data[:] = 0
    module.weight_ih_l0.data[hidden : 2 * hidden] = 0
    for bias, kept in ((10.0, 0.99), (0.0, 0.0)):
        module.bias_ih_l0.data[hidden : 2 * hidden], module.bias_hh_l0.data[hidden : 2 * hidden] = bias, 0
        c0 = nn.Tensor(normal(1, 1, 1, hidden), requires_grad=True)
        _, (_, c_n) = module(normal(0, time, 1, 3), (np.zeros((1, 1, hidden)), c0))
        cotangent = normal(2, 1, 1, hidden)
        c_n.backward(cotangent)
        forget = 1 / (1 + np.exp(-bias))
        np.testing.assert_allclose(c0.grad, cotangent * forget**time, rtol=1e-10)
        assert np.linalg.norm(c0.grad) >= kept * np.linalg.norm(cotangent)
