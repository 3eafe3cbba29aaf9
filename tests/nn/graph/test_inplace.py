"""In-place changes: what was saved is found through any view; what was not may change; gradients are PyTorch's."""

import operator

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn import functional as F


def both(program, *arrays):
    """Run a program in both; gradients of the leaves, or whether it was refused."""
    found = []
    for make, library in ((nn.Tensor, nn), (torch.tensor, torch)):
        leaves = [make(array.copy(), requires_grad=True) for array in arrays]
        try:
            program(library, *leaves).sum().backward()
            found.append([None if x.grad is None else np.asarray(x.grad) for x in leaves])
        except RuntimeError as error:
            found.append(str(error))
    return found


def zeros(library, *shape):
    return nn.Tensor(np.zeros(shape)) if library is nn else torch.zeros(shape, dtype=torch.float64)


def preallocated(library, x, y):
    out = zeros(library, 4, 3)
    for t in range(4):
        out[t] = x[0] * (t + 1)
    out[1, 1:] = y[0, :2]
    return out * out


def by_mask(library, x, y):
    z = x * 1
    z[z > 0] = 2.0
    z[z < 0] = (y * 3)[0, 0]
    return z * y


def through_a_row(library, x, y):
    out = zeros(library, 2, 3)
    row = out[0]
    row.add_(x[0])
    row[1:].mul_(2)
    return out * y + row


def through_the_transpose(library, x, y):
    z = x * 1
    z.T[0].copy_(y[:, 0])
    return z**2


def sum_in_place(library, x, y):
    total = zeros(library, 2, 3)
    for _ in range(3):
        total += x * y
    total *= 0.5
    return total


def reshaped(library, x, y):
    z = x.exp() + 1
    z.reshape(-1)[2:4] = y.reshape(-1)[:2]
    return z


@pytest.mark.parametrize(
    "program", [preallocated, by_mask, through_a_row, through_the_transpose, sum_in_place, reshaped]
)
def test_changes_that_the_graph_records(normal, program):
    ours, theirs = both(program, normal(0, 2, 3), normal(1, 2, 3))
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12)


ALIASES = {
    "itself": lambda x: x,
    "detach": lambda x: x.detach(),
    "a row": lambda x: x[0],
    "a slice": lambda x: x[:, 1:],
    "the transpose": lambda x: x.T,
    "flat": lambda x: x.reshape(-1),
    "a row of the transpose, detached": lambda x: x.T[0].detach(),
}
SAVES = {
    "its input": lambda x, w: x * x,
    "its output": lambda x, w: x.exp(),
    "nothing": lambda x, w: x + w,
    "the other factor": lambda x, w: x.detach() * w,
    "a product": lambda x, w: x @ w.T,
}


@pytest.mark.parametrize("alias", ALIASES)
@pytest.mark.parametrize("saves", SAVES)
@pytest.mark.parametrize("what", ["input", "output"])
def test_a_change_through_any_alias(normal, alias, saves, what):
    def program(library, x, w):
        x = x + 1
        z = SAVES[saves](x, w)
        with library.no_grad():
            ALIASES[alias](x if what == "input" else z).mul_(2)
        return z

    ours, theirs = both(program, normal(0, 2, 3), normal(1, 2, 3))
    assert isinstance(ours, str) == isinstance(theirs, str), (ours, theirs)
    if isinstance(ours, str):
        assert "was changed in place" in ours
        return
    for a, b in zip(ours, theirs, strict=True):
        assert (a is None) == (b is None)
        if a is not None:
            np.testing.assert_allclose(a, b)


@pytest.mark.parametrize("name", ["exp", "sigmoid", "tanh", "relu", "sqrt", "softmax"])
def test_the_input_of_a_function_that_saves_its_output_may_change(normal, name):
    def program(library, x):
        y = x * x + 1
        z = y.softmax(-1) if name == "softmax" else getattr(y, name)()
        y.add_(1)
        return z

    ours, theirs = both(program, normal(0, 2, 3))
    np.testing.assert_allclose(ours[0], theirs[0], atol=1e-12)


def test_a_step_between_two_backwards():
    x = np.ones((4, 3), np.float32)
    layer = nn.Linear(3, 2)
    optimizer = nn.optim.SGD(layer.parameters(), lr=0.1)
    first, second = layer(x).sum(), (layer(x) ** 2).sum()
    first.backward()
    optimizer.step()
    second.backward()  # the weight is not saved: x needs no gradient


def test_an_embedding_with_max_norm_used_twice(normal):
    weight, ids = normal(0, 5, 3) * 10, np.array([1, 2, 1])
    w, t = nn.Tensor(weight, requires_grad=True), torch.tensor(weight, requires_grad=True)
    rows = [F.embedding(ids, w, max_norm=1.0) for _ in range(2)]
    expected = [torch.nn.functional.embedding(torch.tensor(ids), t.clone(), max_norm=1.0) for _ in range(2)]
    (rows[0] * rows[1].detach()).sum().backward()
    (expected[0] * expected[1].detach()).sum().backward()
    np.testing.assert_allclose(w.grad, t.grad.numpy())


def test_what_cannot_be_recorded_is_a_sentence():
    x = nn.Tensor([1.0, 2.0], requires_grad=True)
    with pytest.raises(RuntimeError, match="cannot be changed in place while the graph is recorded"):
        x[:1].mul_(2)
    y = x * 1
    with nn.no_grad():
        row = y[:1]
    with pytest.raises(RuntimeError, match="view was made under no_grad"):
        row += 1
    with pytest.raises(ValueError, match=r"of shape \(1,\) cannot hold a result of shape \(2,\)"):
        y[:1] += x
    with pytest.raises(TypeError, match="cannot hold values that require a gradient"):
        nn.Tensor([1, 2])[0] = x[0]


def test_class_indices_that_change_are_found(normal):
    scores, labels = nn.Tensor(normal(0, 4, 3), requires_grad=True), nn.Tensor(np.array([0, 1, 2, 0]))
    for loss in (F.cross_entropy, F.nll_loss, F.multi_margin_loss):
        value = loss(scores, labels)
        labels[0] = 1
        with pytest.raises(RuntimeError, match="was changed in place"):
            value.backward()


def test_a_picked_index_that_changes_is_found(normal):
    x, index = nn.Tensor(normal(0, 4, 3), requires_grad=True), nn.Tensor(np.array([0, 1]))
    z = x[index]
    index += 1
    with pytest.raises(RuntimeError, match="Index saved was changed in place"):
        z.sum().backward()


def put(x, key, y):
    x[key] = y


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.add_(x),
        lambda x: x.add_(x[0]),
        lambda x: x.sub_(x.T, alpha=2),
        lambda x: x.__imul__(x.T),
        lambda x: x[1:].add_(x[:-1]),
        lambda x: x[2:].add_(x[:1]),
        lambda x: x[:, 1].add_(x[:, 0]),  # with gaps: PyTorch does not look
        lambda x: x.copy_(x),
        lambda x: x.copy_(x.T),
        lambda x: x.copy_(x[0]),
        lambda x: x.fill_(x[0, 0]),
        lambda x: put(x, slice(1, None), x[:-1]),
        lambda x: put(x, slice(None), x),
        lambda x: put(x, slice(None), x[0]),  # repeated: PyTorch does not look
        lambda x: put(x, 0, x[1]),
        lambda x: put(x[:1, 0], None, x[:1, 0]),
        lambda x: put(x[:1, :1], None, x[:1, :1]),
        lambda x: put(x[:1, 0], slice(None), x[:1, 0]),
        lambda x: put(x[0], None, x[0]),
        lambda x: put(x[:1, 0], None, x[:1, 1]),
        lambda x: put(x, [0, 1], x[1:]),
        lambda x: put(x, [0, 1, 2], x),
        lambda x: put(x, [0, 1], x.clone()[1:]),
        lambda x: put(x[:1], [0], x[1:2]),
        lambda x: put(x, x.data > 0, x[0, 0]),
        lambda x: put(x, x.data > 0, x.view(-1)),
        lambda x: (lambda y: put(y, y.data > 0, y))(x[x > 100]),
    ],
)
def test_what_is_written_may_not_lie_where_it_goes(normal, change):
    values = normal(0, 3, 3)
    ours, theirs, errors = nn.Tensor(values), torch.tensor(values), []
    for x in (ours, theirs):
        try:
            change(x)
            errors.append(None)
        except (RuntimeError, ValueError) as error:
            errors.append(error)
    assert (errors[0] is None) == (errors[1] is None), errors
    np.testing.assert_array_equal(ours.data, theirs.numpy())


def test_a_view_that_was_made_a_leaf_is_not_changed_in_place():
    for library, x in ((nn, nn.Tensor(np.ones((2, 3)))), (torch, torch.ones(2, 3))):
        row = x[0]
        row.requires_grad_()
        x.mul_(2)  # the whole requires no gradient
        with pytest.raises(RuntimeError):
            row.mul_(2)
        with library.no_grad():
            row.mul_(2)
        assert x[0].tolist() == [4, 4, 4]


@pytest.mark.parametrize("shape", [(), (1,), (2,)])
@pytest.mark.parametrize("value", ["itself", "a view", "the first", "another"])
def test_a_mask_and_values_from_the_same_memory(shape, value):
    refused = []
    for x in (nn.Tensor(np.ones(shape)), torch.ones(shape)):
        views = {"itself": x, "a view": x[...], "the first": x.reshape(-1)[0], "another": x.clone()}
        try:
            x[x > 0] = views[value]
            refused.append(False)
        except RuntimeError:
            refused.append(True)
    assert refused[0] == refused[1]


def test_true_is_all_of_a_tensor_and_false_nothing_of_it():
    for x in (nn.Tensor(np.ones(3)), torch.ones(3)):
        x[True].mul_(2)  # a copy
        x[True] = x[True] + 1
        x[False] = 7
        assert x.tolist() == [2, 2, 2]


WRITES = {
    "a row": lambda x, y: x.__setitem__(0, y),
    "all": lambda x, y: x.__setitem__(slice(None), y),
    "all, by dots": lambda x, y: x.__setitem__(..., y),
    "all columns": lambda x, y: x.__setitem__((..., slice(0, 2)), y),
    "a new axis": lambda x, y: x.__setitem__(None, y),
    "all of a view": lambda x, y: x.T.__setitem__(..., y),
    "a list": lambda x, y: x.__setitem__([0], y),
    "add_": lambda x, y: x.add_(y),
    "add_ to a view": lambda x, y: x.T.add_(y),
    "fill_": lambda x, y: x[0].fill_(y[0]),
    "zero_ of a row": lambda x, y: x.add_(y)[0].zero_(),
    "zero_": lambda x, y: x.add_(y).zero_().add_(y),
}


@pytest.mark.parametrize("name", WRITES)
def test_how_often_one_goes_back_through_a_write(name):
    gradients = []
    for new in (nn.Tensor, torch.tensor):
        x, y = new([[1.0, 2.0], [3.0, 4.0]]), new([1.0, 2.0], requires_grad=True)
        WRITES[name](x, y)
        x.sum().backward()
        try:
            x.sum().backward()
            gradients.append(y.grad.tolist())
        except RuntimeError as error:
            gradients.append("twice" if "retain_graph" in str(error) else str(error))
    assert gradients[0] == gradients[1]


@pytest.mark.parametrize("name", ["exp", "sigmoid", "tanh", "sqrt"])
def test_a_changed_result_of_a_single_value_is_noticed(name):
    for new in (nn.Tensor, torch.tensor):
        x = new(0.5, requires_grad=True)
        z = getattr(x, name)()
        loss = z * 1
        with (nn if new is nn.Tensor else torch).no_grad():
            z.mul_(2.0)
        with pytest.raises(RuntimeError, match=r"place"):
            loss.backward()


def test_what_expand_repeats_is_not_written():
    x = nn.Tensor(np.ones((1, 2))).expand(3, 2)
    for change in (lambda: x.add_(1), lambda: x.__setitem__(0, 2.0), lambda: x[0].fill_(1)):
        with pytest.raises(RuntimeError, match="expand"):
            change()


@pytest.mark.parametrize("library", [torch.tensor, nn.Tensor])
def test_a_part_of_a_view_that_was_made_a_leaf_cannot_be_changed(library):
    x = library([1.0, 2.0])
    view, other = x[...].requires_grad_(), x[:1]
    part = view[...]
    with pytest.raises(RuntimeError):
        part += 1
    with pytest.raises(RuntimeError):
        part[:1][...] = 3
    other += 1  # no view of that leaf
    assert view.tolist() == [2, 2]
    assert view.requires_grad


KINDS = [np.bool_, np.int64, np.int32, np.float64, np.float32]
SIGNS = ["and", "or", "xor", "lshift", "rshift", "mod", "floordiv", "add", "mul", "truediv"]


@pytest.mark.parametrize("sign", SIGNS)
def test_each_operator_changes_the_memory_that_the_tensor_looks_at(sign):
    """Of every dtype, through every kind of view, by numbers and tensors; refused where PyTorch refuses."""
    done = 0
    for seed in range(150):
        rng = np.random.default_rng(seed)
        values = rng.integers(0, 5, (2, 3)).astype(rng.choice(KINDS))
        look = [lambda x: x, lambda x: x[0], lambda x: x[:, 1], lambda x: x.t(), lambda x: x.reshape(-1)][seed % 5]
        shape = [(), (1,), look(torch.tensor(values)).shape, (2, 3)][rng.integers(4)]
        by = rng.integers(1, 4, tuple(shape)).astype(rng.choice(KINDS))
        by = [by, int(by.flat[0]), float(by.flat[0]), bool(by.flat[0])][rng.integers(4)]
        outcomes = []
        for new in (nn.Tensor, torch.tensor):
            base = new(values.copy())
            part = look(base)
            other = new(by) if isinstance(by, np.ndarray) else by
            try:
                assert getattr(operator, f"i{sign}")(part, other) is part
            except (RuntimeError, TypeError, ValueError):
                outcomes.append(None)
            else:
                outcomes.append((np.asarray(base.data), str(base.dtype).removeprefix("torch.")))
        ours, theirs = outcomes
        assert (ours is None) == (theirs is None), seed
        if ours is not None:
            assert ours[1] == theirs[1]
            np.testing.assert_array_equal(ours[0], theirs[0])
            done += 1
    assert done > 20


def test_whole_quotients_and_remainders_in_place_keep_the_rules_of_the_graph():
    for new, no_grad in ((nn.Tensor, nn.no_grad), (torch.tensor, torch.no_grad)):
        leaf = new([7.0, -5.0], requires_grad=True)
        for change in (operator.ifloordiv, operator.imod):
            with pytest.raises(RuntimeError):
                change(leaf, 2)
        computed = leaf * 1
        computed %= 3
        computed.backward(new([2.0, 3.0]))
        assert leaf.grad.tolist() == [2.0, 3.0]
        with no_grad():
            leaf //= 2
        assert leaf.tolist() == [3.0, -3.0]


def test_a_parameter_and_a_buffer_of_a_module_are_changed_themselves():
    layer = nn.Linear(2, 1)
    layer.register_buffer("mask", nn.Tensor([True, True]))
    weight, mask = layer.weight, layer.mask
    with nn.no_grad():
        layer.weight //= 2
    layer.mask &= nn.Tensor([True, False])
    assert layer.weight is weight
    assert layer.mask is mask
    assert mask.tolist() == [True, False]


def test_bits_of_floats_are_a_sentence():
    with pytest.raises(TypeError, match="&: expected booleans or whole numbers, got float64 and int"):
        nn.Tensor([1.0]) & 1
    assert (nn.Tensor([1, 2]) << 2).tolist() == [4, 8]
    assert (1 << nn.Tensor([1, 2])).tolist() == [2, 4]
    assert (nn.Tensor([5, 8]) >> 1).tolist() == [2, 4]
    assert isinstance(np.array([1, 2]) << nn.Tensor([1, 1]), nn.Tensor)
