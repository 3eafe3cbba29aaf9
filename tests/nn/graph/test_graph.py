"""The graph: gradients of whole expressions, accumulation, freed and changed buffers, long chains, own nodes."""

import copy
import gc
import pickle
import weakref

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import functional as F
from tplib.nn.graph import graph


def leaf(*values):
    return nn.Tensor(np.array(values, float), requires_grad=True)


def test_the_lectures_example_by_hand():
    # f(x, a, b) = (x a + b)^2 at x = 2, a = 3, b = 1: df/dx = 2 (x a + b) a, df/da = 2 (x a + b) x, df/db = 2 (x a + b)
    x, a, b = nn.Tensor(2.0, requires_grad=True), nn.Tensor(3.0, requires_grad=True), nn.Tensor(1.0, requires_grad=True)
    ((x * a + b) ** 2).backward()
    assert (x.grad.item(), a.grad.item(), b.grad.item()) == (42.0, 28.0, 14.0)


@st.composite
def programs(draw):
    """A random graph: each step combines two earlier values, so that values are shared and some lead nowhere."""
    steps, size = [], 2
    for _ in range(draw(st.integers(1, 12))):
        steps.append((draw(st.sampled_from("+-*t")), draw(st.integers(0, size - 1)), draw(st.integers(0, size - 1))))
        size += 1
    return steps


def run(steps, x, y):
    values = [x, y]
    for op, i, j in steps:
        a, b = values[i], values[j]
        if op == "t":
            values.append(F.tanh(a) if isinstance(a, nn.Tensor) else a.tanh())
        else:
            values.append(a + b if op == "+" else a - b if op == "-" else a * b * 0.5)
    return values[-1]


@settings(max_examples=100, deadline=None)
@given(programs(), st.integers(0, 2**32 - 1))
def test_random_graphs(same, normal, steps, seed):
    x, y = normal(seed, 2, 3), normal(seed + 1, 3)
    same(lambda x, y: run(steps, x, y), lambda x, y: run(steps, x, y), x, y, seed=seed)


def test_gradients_accumulate_and_the_old_array_stays():
    x = leaf(1.0, 2.0)
    (3 * x).sum().backward()
    first = x.grad
    (x * x).sum().backward()
    assert first.tolist() == [3, 3]
    assert x.grad.tolist() == [5, 7]


def test_leaves_do_not_share_gradient_arrays():
    x, y = leaf(1.0, 2.0), leaf(3.0, 4.0)
    given_gradient = np.ones(2)
    (x + y).backward(given_gradient)
    x.grad *= 5
    assert y.grad.tolist() == [1, 1]
    assert given_gradient.tolist() == [1, 1]


def test_a_leaf_itself():
    x = leaf(1.0, 2.0)
    x.backward([3.0, 4.0])
    assert x.grad.tolist() == [3, 4]


def test_a_chain_of_100_000_nodes_and_its_deletion():
    x = leaf(1.0)
    y = x
    for _ in range(100_000):
        y = y + 1.0
    y.backward()
    assert x.grad.tolist() == [1]
    last = weakref.ref(y)
    del y
    gc.collect()
    assert last() is None


def test_a_chain_that_doubles_is_walked_once_per_node():
    x = leaf(1.0)
    y = x
    for _ in range(60):  # 2^60 paths
        y = y + y
    y.backward()
    assert x.grad.tolist() == [2.0**60]


def test_second_backward_needs_retain_graph():
    x = leaf(1.0, 2.0)
    loss = (x * x).sum()
    loss.backward(retain_graph=True)
    loss.backward()
    assert x.grad.tolist() == [4, 8]
    with pytest.raises(RuntimeError, match=r"Mul saved were freed by an earlier backward.*retain_graph=True"):
        loss.backward()
    assert x.grad.tolist() == [4, 8]  # a refused backward adds nothing


def test_second_backward_through_a_shared_part():
    x = leaf(1.0)
    shared = x.exp()
    (2 * shared).backward()
    with pytest.raises(RuntimeError, match="freed"):
        (3 * shared).backward()


def test_buffers_are_freed():
    kept = np.ones(3)
    x = nn.Tensor(kept, requires_grad=True)
    y = x.exp()
    node = y.grad_fn
    assert node.saved_tensors[0] is y.data
    y.sum().backward()
    assert node.saved is graph.FREED


def change_leaf(x, y):
    with nn.no_grad():
        x += 1


def change_result(x, y):
    with nn.no_grad():
        y.zero_()


def change_by_data(x, y):
    x.data *= 2


def change_by_index(x, y):
    with nn.no_grad():
        x[0] = 5


def change_by_optimiser(x, y):
    x.grad = np.ones(2)
    nn.optim.SGD([x], lr=1.0).step()


@pytest.mark.parametrize("change", [change_leaf, change_by_data, change_by_index, change_by_optimiser])
def test_an_in_place_change_of_a_saved_input(change):
    x = leaf(1.0, 2.0)
    y = x * x
    change(x, y)
    with pytest.raises(RuntimeError, match="an array that Mul saved was changed in place after the forward pass"):
        y.sum().backward()


def test_an_in_place_change_of_a_saved_output_or_constant():
    x, c = leaf(1.0, 2.0), nn.Tensor([1.0, 2.0])
    y = x.exp()
    change_result(x, y)
    with pytest.raises(RuntimeError, match="Exp saved was changed"):
        y.sum().backward()
    z = x * c
    c += 1
    with pytest.raises(RuntimeError, match="Mul saved was changed"):
        z.sum().backward()
    between = x.exp()
    z = between * between
    with nn.no_grad():
        between.mul_(2)
    with pytest.raises(RuntimeError, match="Mul saved was changed"):
        z.sum().backward()


def test_an_in_place_change_that_nothing_saved_is_allowed():
    x = leaf(1.0, 2.0)
    y = (x + 1).sum()
    change_leaf(x, y)
    y.backward()
    assert x.grad.tolist() == [1, 1]


def test_replacing_the_array_is_allowed():
    x = leaf(1.0, 2.0)
    y = (x * x).sum()
    x.data = x.data - 1
    y.backward()
    assert x.grad.tolist() == [2, 4]


def test_training_by_hand_changes_the_leaf_itself():
    w = leaf(1.0, 2.0)
    same_object = w
    (w * w).sum().backward()
    with nn.no_grad():
        w -= 0.5 * w.grad
    assert w is same_object
    assert w.requires_grad
    assert w.tolist() == [0, 0]


def test_summing_losses_in_a_loop_is_recorded():
    x, total = leaf(1.0, 2.0), nn.Tensor(0.0)
    for _ in range(3):
        total += (x * x).sum()
    total.backward()
    assert x.grad.tolist() == [6, 12]


def test_in_place_changes_outside_the_graph():
    x = nn.Tensor([1.0, 2.0, 3.0])
    x += 1
    x -= nn.Tensor([1.0, 0.0, 0.0])
    x *= 2
    x /= 2
    x[1:] = 7
    assert x.tolist() == [1, 7, 7]
    assert x.copy_([1, 2, 3]).add_(1, alpha=2).sub_(1).tolist() == [2, 3, 4]
    assert x.fill_(3).tolist() == [3, 3, 3]


def test_no_grad():
    x = leaf(1.0)

    @nn.no_grad()
    def twice(depth):
        return x * 2 if depth == 0 else twice(depth - 1)

    with nn.no_grad():
        with nn.no_grad():
            pass
        assert not (x * 2).requires_grad
        assert not nn.is_grad_enabled()
    assert not twice(2).requires_grad
    assert nn.is_grad_enabled()
    assert (x * 2).requires_grad
    with pytest.raises(ZeroDivisionError), nn.no_grad():
        raise ZeroDivisionError
    assert nn.is_grad_enabled()


def test_detach_and_constants_stop_gradients():
    x = leaf(1.0, 2.0)
    (x.detach() * x).sum().backward()
    assert x.grad.tolist() == [1, 2]
    assert not (nn.Tensor([1.0]) * 2).requires_grad


def test_retain_grad_keeps_a_computed_gradient():
    x = leaf(1.0, 2.0)
    y = x * 3
    y.retain_grad()
    (y * y).sum().backward()
    assert y.grad.tolist() == [6, 12]
    assert x.grad.tolist() == [18, 36]


class Scale(nn.Function):
    @staticmethod
    def forward(ctx, x, y, power):
        ctx.save_for_backward(x, y)
        ctx.power = power
        return x * y**power

    @staticmethod
    def backward(ctx, grad):
        _, y = ctx.saved_tensors
        assert ctx.needs_input_grad == (True, False, False)
        return grad * y**ctx.power, None, None


def test_a_function_of_ones_own():
    x = leaf(1.0, 2.0)
    z = Scale.apply(x, np.array([2.0, 3.0]), 2)
    z.backward(np.array([1.0, 10.0]))
    assert z.tolist() == [4, 18]
    assert x.grad.tolist() == [4, 90]


def own(backward):
    return type(
        "Own", (nn.Function,), {"forward": staticmethod(lambda ctx, x: 2 * x), "backward": staticmethod(backward)}
    )


@pytest.mark.parametrize(
    ("wrong", "kind", "sentence"),
    [
        (lambda x: (x * 2).backward(), RuntimeError, r"a tensor of shape \(2,\) needs an explicit gradient"),
        (lambda x: (x * 2).backward(np.ones(3)), ValueError, r"expected a gradient of shape \(2,\), got \(3,\)"),
        (lambda x: x.detach().backward(np.ones(2)), RuntimeError, "does not depend on any tensor with requires_grad"),
        (lambda x: nn.Tensor([1, 2], requires_grad=True), RuntimeError, "only floating-point tensors have gradients"),
        (lambda x: (x * 2).requires_grad_(False), RuntimeError, "only a leaf can change"),
        (lambda x: x.__iadd__(1), RuntimeError, "cannot be changed in place while the graph is recorded"),
        (lambda x: x.__setitem__(0, 1), RuntimeError, "put the change under `with no_grad"),
        (
            lambda x: own(lambda ctx, grad: grad[:1]).apply(x).sum().backward(),
            RuntimeError,
            r"Own.backward returned a gradient of shape \(1,\) for an input of shape \(2,\)",
        ),
        (
            lambda x: own(lambda ctx, grad: (grad, grad)).apply(x).sum().backward(),
            RuntimeError,
            "Own.backward returned 2 gradients, expected 1",
        ),
    ],
)
def test_mistakes_are_a_sentence(wrong, kind, sentence):
    with pytest.raises(kind, match=sentence):
        wrong(leaf(1.0, 2.0))


def test_what_a_tensor_shows():
    x = nn.Tensor(np.arange(6, dtype=np.float32).reshape(2, 3), requires_grad=True)
    assert (x.shape, x.size(), x.size(1), x.ndim, x.dim(), x.numel(), len(x)) == ((2, 3), (2, 3), 3, 2, 2, 6, 2)
    assert x.dtype == np.float32
    assert x.T.shape == (3, 2)
    assert x.is_leaf
    assert x[1, 2].item() == 5.0
    assert float(x[0, 1]) == 1.0
    assert [row.tolist() for row in x] == [[0, 1, 2], [3, 4, 5]]
    assert np.asarray(x) is x.numpy()
    assert repr(x[0]) == "Tensor([0., 1., 2.], dtype=float32, grad_fn=Index)"
    assert "requires_grad=True" in repr(x)
    assert nn.Tensor(torch.ones(2)).tolist() == [1, 1]


def test_a_leaf_keeps_its_own_copy_and_a_constant_shares():
    array = np.ones(2)
    x, c = nn.Tensor(array, requires_grad=True), nn.Tensor(array)
    with nn.no_grad():
        x += 1
    assert array.tolist() == [1, 1]
    assert c.data is array


def test_in_place_arithmetic_does_not_cut_floats_to_integers():
    x = nn.Tensor([1, 2])
    with pytest.raises(TypeError, match="cannot hold a result of float64"):
        x += 0.5
    assert x.tolist() == [1, 2]


def test_a_pickled_leaf_is_the_same_leaf():
    x = leaf(1.0, 2.0)
    x.grad = np.array([3.0, 4.0])
    again = pickle.loads(pickle.dumps(x))
    assert again.requires_grad
    assert (again.tolist(), again.grad.tolist()) == ([1, 2], [3, 4])


@pytest.mark.parametrize("copy_of", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_computed_tensor_is_not_copied_into_an_invisible_leaf(copy_of):
    with pytest.raises(RuntimeError, match=r"use detach\(\) for its values, clone\(\)"):
        copy_of(leaf(1.0) * 2)


@pytest.mark.parametrize("recorded", [False, True])
def test_a_leaf_that_is_frozen_after_the_forward_pass_gets_no_gradient(recorded):
    for x, w in (
        (nn.Tensor(np.ones(3), requires_grad=True), nn.Tensor(np.full(3, 2.0), requires_grad=True)),
        (torch.ones(3, requires_grad=True), torch.full((3,), 2.0, requires_grad=True)),
    ):
        loss = (x * w + x).sum()
        x.requires_grad_(False)
        loss.backward(create_graph=recorded and isinstance(x, nn.Tensor))  # in PyTorch it warns
        assert x.grad is None
        assert w.grad.tolist() == [1, 1, 1]


@pytest.mark.parametrize("kind", ["bool", "int64", "float64"])
def test_what_a_function_gives_in_whole_numbers_has_no_gradient(kind):
    found = []
    for library, function, x in (
        (nn, nn.Function, nn.Tensor([1.0, -2.0], requires_grad=True)),
        (torch, torch.autograd.Function, torch.tensor([1.0, -2.0], requires_grad=True, dtype=torch.float64)),
    ):

        class Turned(function):
            @staticmethod
            def forward(ctx, x, library=library):
                return (x > 0) if kind == "bool" else x.astype(kind) if library is nn else x.to(getattr(torch, kind))

            @staticmethod
            def backward(ctx, grad):
                return grad

        z = Turned.apply(x)
        found.append((z.requires_grad, z.is_leaf, z.tolist()))
    assert found[0] == found[1]


@pytest.mark.parametrize("values", [[1.0, 2.0], []])
def test_several_values_are_not_one_truth(values):
    for new in (nn.Tensor, torch.tensor):
        with pytest.raises(RuntimeError):
            bool(new(values))
