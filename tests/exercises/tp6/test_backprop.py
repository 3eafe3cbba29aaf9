"""The exercises of 3_backprop: references against PyTorch and closed forms, and verdicts on usual answers."""

import sys
from typing import Any

import numpy as np
import pytest
import torch

from tplib.exercises.tp6.backprop import EXERCISES, observers
from tplib.graders import judge
from tplib.graders.draw import NumpyDraw

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


def drawn(name: str, seed: int) -> Any:
    return BY_NAME[name].draw(NumpyDraw(np.random.default_rng(seed)))


def leaf(array: Any) -> torch.Tensor:
    return torch.tensor(array, dtype=torch.float64, requires_grad=True)


@pytest.mark.parametrize("name", ["Multiply", "Add", "Square"])
@pytest.mark.parametrize("seed", range(5))
def test_nodes_equal_pytorch(name: str, seed: int) -> None:
    *arrays, grad = drawn(name, seed)
    inputs = [leaf(array) for array in arrays]
    z = inputs[0] * inputs[1] if name == "Multiply" else inputs[0] + inputs[1] if name == "Add" else inputs[0] ** 2
    z.backward(torch.tensor(grad, dtype=torch.float64))
    found = observers.observe_node(BY_NAME[name].reference, *arrays, grad)
    np.testing.assert_allclose(found["forward"], z.detach())
    for ours, theirs in zip(found["backward"], inputs, strict=True):
        np.testing.assert_allclose(ours, theirs.grad)


IN_PYTORCH = {
    "add": torch.add,
    "multiply": torch.mul,
    "square": torch.square,
    "x - 2 y": lambda x, y: x - 2 * y,
    "x y + z": lambda x, y, z: torch.addcmul(z, x, y),
}


@pytest.mark.parametrize("seed", range(20))
def test_backward_equals_pytorch(seed: int) -> None:
    inputs, functions, order = drawn("backward", seed)
    tensors: dict[str, torch.Tensor] = {}
    known = {
        source: value
        for name, (_, *values) in functions.items()
        for source, value in zip(inputs[name], values, strict=True)
    }
    for name in order:
        if name not in functions:
            tensors[name] = leaf(known.get(name, 0.0))
            continue
        operation, parts = functions[name][0], [tensors[source] for source in inputs[name]]
        tensors[name] = IN_PYTORCH[operation](*parts)
        tensors[name].retain_grad()
    tensors[order[-1]].backward()
    expected = {name: 0.0 if tensor.grad is None else tensor.grad.item() for name, tensor in tensors.items()}
    assert observers.observe_backward(BY_NAME["backward"].reference, inputs, functions, order) == pytest.approx(
        expected
    )


@pytest.mark.parametrize("seed", range(10))
def test_perceptron_equals_pytorch(seed: int) -> None:
    G, parameters, kept = drawn("mlp_backward", seed)
    tensors = [(leaf(W), leaf(b)) for W, b in parameters]
    h = torch.tensor(kept[0])
    for place, (W, b) in enumerate(tensors):
        h = h @ W + b
        h = torch.tanh(h) if place < len(tensors) - 1 else h
    h.backward(torch.tensor(G))
    scores, ours_kept = BY_NAME["mlp_forward"].reference(kept[0], parameters)
    np.testing.assert_allclose(scores, h.detach())
    for ours, given in zip(ours_kept, kept, strict=True):
        np.testing.assert_allclose(ours, given)
    for ours, theirs in zip(BY_NAME["mlp_backward"].reference(G, parameters, kept), tensors, strict=True):
        for grad, tensor in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(grad, tensor.grad, atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_two_layers_equal_pytorch(seed: int) -> None:
    x, y, W1, W2, steps, learning_rate = drawn("train_two_layer", seed)
    w1, w2 = leaf(W1), leaf(W2)
    optimizer = torch.optim.SGD([w1, w2], lr=learning_rate)
    losses = []
    for _ in range(steps):
        loss = ((torch.sigmoid(torch.tensor(x) @ w1) @ w2 - torch.tensor(y)) ** 2).sum()
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    ours = BY_NAME["train_two_layer"].reference(x, y, W1, W2, steps, learning_rate)
    for found, expected in zip(ours, (w1.detach(), w2.detach(), losses), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_a_steep_step_network_is_a_staircase(seed: int) -> None:
    edges, levels, _ = drawn("step_network", seed)
    (W1, b1), (W2, b2) = BY_NAME["step_network"].reference(edges, levels, 1e4)
    x = np.concatenate([edges - 0.01, edges + 0.01, edges])
    output = (np.tanh(x[:, None] @ W1 + b1) @ W2 + b2)[:, 0]
    on_the_edge = (levels[1:] + levels[:-1]) / 2
    np.testing.assert_allclose(output, np.concatenate([levels[:-1], levels[1:], on_the_edge]), atol=1e-9)


@pytest.mark.parametrize(
    ("returned", "sentence"),
    [
        (([[1.0]], [0.0]), "has not the form that the text asks for"),
        (None, "return"),
        ([(np.ones((1, 2)), np.ones(2)), (np.ones((2, 1)), np.ones(1))], "W1 (1, 2)"),
        ([(np.ones((1, 1)), np.ones(1)), (np.ones((1, 1)), 1.0)], "b2 ()"),
    ],
)
@pytest.mark.usefixtures("no_shrinking")
def test_step_network_of_another_form_is_told_so(returned: Any, sentence: str) -> None:
    verdict = judge.judge(BY_NAME["step_network"], lambda edges, levels, steepness: returned)
    assert verdict.score == 0
    assert sentence in verdict.message


def test_central_difference_of_a_cube_has_the_error_of_its_closed_form() -> None:
    x, eps = np.array([[1.0, -2.0], [0.5, 3.0]]), 0.1
    found = BY_NAME["numerical_gradient"].reference(observers.cubes, x, eps)
    np.testing.assert_allclose(found, 3 * x**2 + eps**2)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [([1.0, -4.0], [1.0, -5.0], 0.2), ([0.0, 2.0], [0.0, 2.0], 0), ([1.0], [-1.0], 2), ([0.0], [1e-30], 1)],
)
def test_relative_error(a: list[float], b: list[float], expected: float) -> None:
    assert BY_NAME["relative_error"].reference(np.array(a), np.array(b)) == pytest.approx(expected)


def changes_its_graph(inputs: dict[str, list[str]]) -> list[str]:
    order: list[str] = []
    while inputs:
        for name in [name for name, sources in inputs.items() if not set(sources) & inputs.keys()]:
            order.append(name)
            del inputs[name]
    return order


@pytest.mark.parametrize(
    ("name", "answer", "score", "mistake"),
    [
        ("topological_order", changes_its_graph, 0.5, "changes its argument"),
        ("topological_order", lambda inputs: [], 0, None),
        ("topological_order", lambda inputs: sorted(inputs), 0, None),
        ("topological_order", lambda inputs: [*inputs, "f"], 0, None),
        ("numerical_gradient", lambda f, x, eps=1e-6: np.zeros(x.size), 0, "constant"),
        (
            "relative_error",
            lambda a, b: (abs(a - b) / (np.maximum(abs(a), abs(b)) + 1e-8)).max(),
            0.5,
            "wrong for tiny or huge numbers",
        ),
        ("backward", lambda inputs, functions, order: dict.fromkeys(order, 1.0), 0, None),
    ],
)
@pytest.mark.usefixtures("no_shrinking")
def test_as_students_write_them(name: str, answer: Any, score: float, mistake: str | None) -> None:
    verdict = judge.judge(BY_NAME[name], answer, 0)
    assert verdict.score == score
    if score:
        assert verdict.misconception == mistake


def recursive(inputs: dict[str, list[str]]) -> list[str]:
    placed: dict[str, None] = {}

    def visit(name: str) -> None:
        if name not in placed:
            for source in inputs[name]:
                visit(source)
            placed[name] = None

    for name in inputs:
        visit(name)
    return list(placed)


def raises_the_limit(inputs: dict[str, list[str]]) -> list[str]:
    sys.setrecursionlimit(20_000)
    return recursive(inputs)


@pytest.mark.parametrize("answer", [recursive, raises_the_limit])
@pytest.mark.parametrize("limit", [1_000, 10_000])
@pytest.mark.usefixtures("no_shrinking")
def test_a_recursive_order_earns_half_under_any_limit_and_the_limit_is_put_back(answer: Any, limit: int) -> None:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(limit)
    try:
        verdict = judge.judge(BY_NAME["topological_order"], answer, 0)
        assert sys.getrecursionlimit() == limit
    finally:
        sys.setrecursionlimit(before)
    assert verdict.score == 0.5
    assert verdict.misconception == "recursion"
