"""The exercises of 2_recurrent: references against PyTorch, values and gradients, and properties that must hold."""

from typing import Any

import numpy as np
import pytest
import torch

from tplib.exercises.tp7.recurrent import EXERCISES
from tplib.graders.draw import NumpyDraw

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}
CLOSE = {"rtol": 1e-8, "atol": 1e-10}
seeds = pytest.mark.parametrize("seed", range(8))


def drawn(name: str, seed: int) -> Any:
    return BY_NAME[name].draw(NumpyDraw(np.random.default_rng(seed)))


def reference(name: str, *args: Any) -> Any:
    return BY_NAME[name].reference(*args)


def leaf(array: Any) -> torch.Tensor:
    return torch.tensor(array, dtype=torch.float64, requires_grad=True)


def filled(module: torch.nn.Module, *layers: tuple[Any, ...]) -> torch.nn.Module:
    """The module in float64 with our W, U and b (and the GRU's second bias), layer by layer."""
    values = []
    for W, U, b, *second in layers:
        values += [W.T, U.T, b, *(second or [0 * b])]
    module = module.double()
    with torch.no_grad():
        for parameter, value in zip(module.parameters(), values, strict=True):
            parameter.copy_(torch.tensor(value))
    return module


@seeds
def test_rnn_cell_equals_pytorch(seed: int) -> None:
    x, h, W, U, b = drawn("rnn_cell", seed)
    cell = filled(torch.nn.RNNCell(*W.shape), (W, U, b))
    np.testing.assert_allclose(reference("rnn_cell", x, h, W, U, b), cell(leaf(x), leaf(h)).detach(), **CLOSE)


@seeds
def test_rnn_forward_and_backward_equal_pytorch(seed: int) -> None:
    x, h0, W, U, b = drawn("rnn_forward", seed)
    layer = filled(torch.nn.RNN(*W.shape, batch_first=True), (W, U, b))
    inputs = leaf(x), leaf(h0)
    output, _ = layer(inputs[0], inputs[1][None])
    states = reference("rnn_forward", x, h0, W, U, b)
    np.testing.assert_allclose(states, output.detach(), **CLOSE)
    G = np.random.default_rng(seed).normal(size=states.shape)
    output.backward(torch.tensor(G))
    w_ih, w_hh, b_ih, _ = layer.parameters()
    expected = (inputs[0].grad, inputs[1].grad, w_ih.grad.T, w_hh.grad.T, b_ih.grad)
    for ours, theirs in zip(reference("rnn_backward", G, x, h0, states, W, U), expected, strict=True):
        np.testing.assert_allclose(ours, theirs, **CLOSE)


@seeds
def test_gradient_reach_equals_pytorch(seed: int) -> None:
    G, states, U = drawn("gradient_reach", seed)
    h = leaf(states[:, 0])
    path, values = [h], torch.tensor(states)
    for t in range(1, states.shape[1]):
        rest = torch.atanh(values[:, t]) - values[:, t - 1] @ torch.tensor(U)  # what x and b add at this step
        path.append(torch.tanh(path[-1] @ torch.tensor(U) + rest))
    for state in path[1:]:
        state.retain_grad()
    path[-1].backward(torch.tensor(G))
    expected = [state.grad.norm().item() for state in path[::-1]]
    np.testing.assert_allclose(reference("gradient_reach", G, states, U), expected, **CLOSE)


@seeds
def test_clipping_equals_pytorch(seed: int) -> None:
    grads, limit = drawn("clip_by_norm", seed)
    tensors = [torch.nn.Parameter(torch.tensor(grad)) for grad in grads]
    for tensor, grad in zip(tensors, grads, strict=True):
        tensor.grad = torch.tensor(grad)
    norm = torch.nn.utils.clip_grad_norm_(tensors, limit)
    clipped, ours = reference("clip_by_norm", grads, limit)
    assert ours == pytest.approx(norm.item(), rel=1e-12)
    for found, tensor in zip(clipped, tensors, strict=True):
        theirs = tensor.grad * ((ours + 1e-6) / ours if ours > limit else 1)  # PyTorch adds 1e-6 to the norm
        np.testing.assert_allclose(found, theirs, **CLOSE)
    for tensor, grad in zip(tensors, grads, strict=True):
        tensor.grad = torch.tensor(grad)
    torch.nn.utils.clip_grad_value_(tensors, limit)
    for found, tensor in zip(reference("clip_by_value", grads, limit), tensors, strict=True):
        np.testing.assert_allclose(found, tensor.grad)


@seeds
def test_clipping_by_norm_keeps_the_direction_and_the_length_is_the_limit(seed: int) -> None:
    grads, limit = drawn("clip_by_norm", seed)
    clipped, norm = reference("clip_by_norm", grads, limit)
    before, after = (np.concatenate([a.ravel() for a in arrays]) for arrays in (grads, clipped))
    assert np.linalg.norm(after) == pytest.approx(min(norm, limit))
    assert before @ after == pytest.approx(np.linalg.norm(before) * np.linalg.norm(after))


@seeds
def test_lstm_cell_and_its_gradients_equal_pytorch(seed: int) -> None:
    dh, dc, x, h, c, W, U, b = drawn("lstm_cell_backward", seed)
    cell = filled(torch.nn.LSTMCell(len(W), len(U)), (W, U, b))
    inputs = [leaf(array) for array in (x, h, c)]
    new = cell(inputs[0], (inputs[1], inputs[2]))
    for ours, theirs in zip(reference("lstm_cell", x, h, c, W, U, b), new, strict=True):
        np.testing.assert_allclose(ours, theirs.detach(), **CLOSE)
    torch.autograd.backward(new, [torch.tensor(dh), torch.tensor(dc)])
    w_ih, w_hh, b_ih, _ = cell.parameters()
    expected = [*(tensor.grad for tensor in inputs), w_ih.grad.T, w_hh.grad.T, b_ih.grad]
    ours = reference("lstm_cell_backward", dh, dc, x, h, c, W, U, b)
    for found, theirs in zip(ours, expected, strict=True):
        np.testing.assert_allclose(found, theirs, **CLOSE)


@seeds
def test_gru_cell_equals_pytorch(seed: int) -> None:
    x, h, W, U, b, v = drawn("gru_cell", seed)
    cell = filled(torch.nn.GRUCell(len(W), len(U)), (W, U, b, v))
    np.testing.assert_allclose(reference("gru_cell", x, h, W, U, b, v), cell(leaf(x), leaf(h)).detach(), **CLOSE)


@pytest.mark.parametrize("L", [1, 2, 3])
def test_stack_layers_equals_pytorch(L: int) -> None:
    rng = np.random.default_rng(L)
    widths = [3] + [4] * L
    layers = [(rng.normal(size=(d, 4)), rng.normal(size=(4, 4)), rng.normal(size=4)) for d in widths[:-1]]
    module = filled(torch.nn.RNN(3, 4, num_layers=L, batch_first=True), *layers)
    x = rng.normal(size=(2, 5, 3))
    top, last = reference("stack_layers", x, layers)
    output, h = module(torch.tensor(x))
    np.testing.assert_allclose(top, output.detach(), **CLOSE)
    np.testing.assert_allclose(np.stack(last), h.detach(), **CLOSE)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_there_are_four_mistakes_and_two_alternatives(exercise: Any) -> None:
    assert len(exercise.misconceptions) >= 4
    assert len(exercise.alternatives) >= 2
    assert exercise.lecture.startswith("003")
