"""What is no tensor, no gradient and no value of an integer is refused where it is given, as in PyTorch."""

import datetime
import functools
import operator
import warnings

import numpy as np
import pytest
import torch

from tplib import nn

NO_NUMBERS = {
    "a word": "abc",
    "words": ["a", "b"],
    "None": None,
    "None in a list": [1.0, None],
    "a generator": (i for i in range(3)),
    "a set": {1, 2},
    "a dict": {"a": 1},
    "objects": np.array([1.0, "a"], dtype=object),
    "dates": np.array([datetime.date(2020, 1, 1)], dtype="datetime64[D]"),
    "a structured array": np.zeros(2, [("a", int), ("b", float)]),
    "a very large integer": 2**70,
}


@pytest.mark.parametrize("kind", NO_NUMBERS)
@pytest.mark.parametrize("requires_grad", [True, False])
def test_what_holds_no_numbers_is_no_tensor(kind, requires_grad):
    with pytest.raises((TypeError, ValueError, RuntimeError)):
        torch.tensor(NO_NUMBERS[kind])
    with pytest.raises(TypeError, match="expected numbers"):
        nn.Tensor(NO_NUMBERS[kind], requires_grad)


def test_lists_of_different_lengths_are_no_tensor():
    with pytest.raises(ValueError, match="expected sequence"):
        torch.tensor([[1], [1, 2]])
    with pytest.raises(ValueError, match="expected numbers, or lists of numbers of one shape"):
        nn.Tensor([[1], [1, 2]])


@pytest.mark.parametrize("name", ["RNN", "LSTM", "GRU"])
def test_a_recurrent_layer_reads_at_least_one_feature(name):
    for library in (torch.nn, nn):
        with pytest.raises(ValueError, match="input_size"):
            getattr(library, name)(0, 2)


@pytest.mark.parametrize("shape", [(), (1,), (2, 3), (3, 1)])
def test_a_gradient_has_the_shape_of_its_tensor(shape):
    for new in (nn.Tensor, torch.tensor):
        x = new([1.0, 2.0, 3.0], requires_grad=True)
        with pytest.raises(RuntimeError, match="gradient"):
            x.grad = np.ones(shape) if new is nn.Tensor else torch.ones(shape)
        with pytest.raises(TypeError, match="grad"):
            x.grad = 5.0
        assert x.grad is None


def test_only_a_leaf_of_floating_point_requires_a_gradient():
    for new in (nn.Tensor, torch.tensor):
        with pytest.raises(RuntimeError, match="loating"):
            new([1, 2]).requires_grad = True
        x = new([1.0], requires_grad=True)
        y = x * 2
        with pytest.raises(RuntimeError, match="leaf"):
            y.requires_grad = False
        assert y.requires_grad_() is y
        x.requires_grad = False
        assert not (x * 2).requires_grad


def test_an_integer_of_a_tensor_that_requires_a_gradient_requires_none():
    assert not torch.ones(2, requires_grad=True).to(torch.int64).requires_grad
    assert not nn.Tensor(np.ones(2), requires_grad=True).to(np.int64).requires_grad


@pytest.mark.parametrize("value", [2.7, -2.7, np.float32(1.5), 3, True])
def test_integers_take_numbers_without_their_fraction(value):
    x, t = nn.Tensor([1, 2, 3]), torch.tensor([1, 2, 3])
    mask = [True, False, True]
    other = float(value)
    for ours, theirs in (
        (x.masked_fill(np.array(mask), value), t.masked_fill(torch.tensor(mask), value)),
        (x.fill_(value), t.fill_(value)),
        (x.copy_(nn.Tensor([other, 0.5, -0.5])), t.copy_(torch.tensor([other, 0.5, -0.5]))),
        (x.copy_(nn.Tensor(other)), t.copy_(torch.tensor(other))),
    ):
        np.testing.assert_array_equal(ours.data, theirs.numpy())
        assert ours.dtype == np.int64


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
def test_integers_hold_no_infinity(value):
    for x, mask in ((torch.tensor([1, 2]), torch.tensor([True, False])), (nn.Tensor([1, 2]), np.array([True, False]))):
        for change in (lambda x=x, mask=mask: x.masked_fill(mask, value), lambda x=x: x.fill_(value)):
            with pytest.raises(RuntimeError):
                change()


def test_masked_fill_takes_one_number():
    mask = np.array([True, False])
    with pytest.raises(RuntimeError):
        torch.ones(2).masked_fill(torch.tensor(mask), torch.tensor([1.0]))
    with pytest.raises(ValueError, match="single number"):
        nn.Tensor([1.0, 1.0]).masked_fill(mask, nn.Tensor([1.0]))


@pytest.mark.parametrize("write", ["at an index", "fill_", "copy_"])
@pytest.mark.parametrize("kind", NO_NUMBERS)
@pytest.mark.parametrize("values", [[1.0, 2.0], [1, 2]])
def test_what_holds_no_numbers_is_not_written(values, kind, write):
    if kind == "a very large integer" and isinstance(values[0], float):
        return  # a floating-point number may be as large
    for x in (torch.tensor(values), nn.Tensor(values)):
        change = functools.partial(x.__setitem__, 0) if write == "at an index" else getattr(x, write)
        with pytest.raises((TypeError, RuntimeError, ValueError, OverflowError)) as raised:
            change(NO_NUMBERS[kind])
        assert x.tolist() == values
    assert "expected" in str(raised.value) or "cannot hold" in str(raised.value)


@pytest.mark.parametrize("dtype", [np.int8, np.int64])
@pytest.mark.parametrize("value", [300, -129, np.inf, np.nan, 1j, 2.7, True, -3])
def test_an_integer_takes_what_it_can_hold(dtype, value):
    x, t = nn.Tensor(np.array([1, 2], dtype)), torch.tensor(np.array([1, 2], dtype))
    try:
        t[0] = value
    except RuntimeError:
        with pytest.raises((RuntimeError, TypeError)):
            x[0] = value
    else:
        x[0] = value
    np.testing.assert_array_equal(x.data, t.numpy())


NO_OPERANDS = {"None": None, "a word": "a", "a dict": {}, "objects": np.array([1, None])}


@pytest.mark.parametrize("other", NO_OPERANDS)
@pytest.mark.parametrize("operation", ["add", "mul", "truediv", "pow", "lt", "ge", "matmul", "iadd", "imul"])
def test_what_is_no_number_is_no_operand(operation, other):
    for x in (nn.Tensor([1.0, 2.0]), nn.Tensor([1, 2])):
        with pytest.raises((TypeError, ValueError)) as raised:
            getattr(operator, operation)(x, NO_OPERANDS[other])
        assert "ufunc" not in str(raised.value)
    with pytest.raises(TypeError, match="expected tensors, arrays or numbers"):
        nn.where([True, False], NO_OPERANDS["None"], 1.0)


@pytest.mark.parametrize("shape", [(3,), (2,), (), (3, 2)])
def test_bytes_are_a_mask(shape):
    values, bytes_ = np.arange(6.0).reshape(3, 2), np.arange(np.prod(shape)).reshape(shape).astype(np.uint8) % 2
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            expected = torch.tensor(values)[torch.tensor(bytes_)].numpy()
    except IndexError:
        with pytest.raises(IndexError):
            nn.Tensor(values)[nn.Tensor(bytes_)]
    else:
        np.testing.assert_array_equal(nn.Tensor(values)[nn.Tensor(bytes_)].data, expected)


OF_NOTHING = {
    "argmax": lambda T, library: T(np.zeros((0, 2))).argmax(),
    "argmin of an axis": lambda T, library: T(np.zeros((0, 2))).argmin(0),
    "max of an axis": lambda T, library: T(np.zeros((2, 0))).max(1),
    "stack": lambda T, library: library.stack([]),
    "concatenate": lambda T, library: library.concatenate([]),
    "unsqueeze": lambda T, library: T(np.zeros((2, 3))).unsqueeze(5),
    "flatten": lambda T, library: T(np.zeros((2, 3))).flatten(4),
    "integers by a fraction": lambda T, library: T(np.array([1, 2])).mul_(1.5),
    "two at one place": lambda T, library: T(np.zeros((2, 3))).__setitem__((0, 0), T(np.zeros(2))),
    "retain_grad": lambda T, library: T(np.zeros(2)).retain_grad(),
    "no channels out": lambda T, library: F_of(library).conv2d(T(np.ones((1, 2, 4, 4))), T(np.ones((0, 2, 3, 3)))),
    "no channels": lambda T, library: F_of(library).conv_transpose1d(T(np.ones((1, 2, 4))), T(np.ones((2, 0, 3)))),
}


def F_of(library):
    return nn.functional if library is nn else torch.nn.functional


@pytest.mark.parametrize("what", OF_NOTHING)
def test_errors_are_sentences_of_our_own(what):
    with pytest.raises((RuntimeError, ValueError, IndexError)):
        OF_NOTHING[what](torch.tensor, torch)
    with pytest.raises((RuntimeError, ValueError, IndexError, TypeError)) as raised:
        OF_NOTHING[what](nn.Tensor, nn)
    assert any(
        word in str(raised.value) for word in ("expected", "leaves nothing", "cannot hold", "requires", "do not fit")
    )


def test_a_view_of_the_own_shape_can_be_written_to():
    for x in (nn.Tensor([1.0, 2.0]), torch.tensor([1.0, 2.0])):
        x.expand(2).add_(1)
        assert x.tolist() == [2, 3]


@pytest.mark.parametrize("extreme", ["max", "min"])
@pytest.mark.parametrize("keepdim", [True, False])
def test_indices_that_were_changed_are_not_used(extreme, keepdim):
    for new in (nn.Tensor, torch.tensor):
        x = new([[1.0, 2.0], [4.0, 3.0]], requires_grad=True)
        values, indices = getattr(x, extreme)(1, keepdim)
        indices[:] = 0
        with pytest.raises(RuntimeError):
            values.sum().backward()


def test_a_function_has_one_output():
    class Two(nn.Function):
        @staticmethod
        def forward(ctx, x):
            return x, 2 * x

    with pytest.raises(TypeError, match="expected one array, got 2"):
        Two.apply(nn.Tensor([1.0]))


def three_times(library, form):
    """k x, with k left to a default, or the context set up in a second step; both are PyTorch's forms."""

    class Times(nn.Function if library is nn else torch.autograd.Function):
        if form == "setup_context":

            @staticmethod
            def forward(x, k):
                return k * x

            @staticmethod
            def setup_context(ctx, inputs, output):
                ctx.k = inputs[1]

        else:

            @staticmethod
            def forward(ctx, x, k=3.0):
                ctx.k = k
                return k * x

        @staticmethod
        def backward(ctx, grad):
            return ctx.k * grad, None

    return lambda x: Times.apply(x, 3.0) if form == "setup_context" else Times.apply(x)


@pytest.mark.parametrize("form", ["setup_context", "a default"])
def test_functions_in_pytorchs_other_forms(form):
    for library, new in ((nn, nn.Tensor), (torch, torch.tensor)):
        x = new([1.0, 2.0], requires_grad=True)
        z = three_times(library, form)(x)
        z.sum().backward()
        assert z.tolist() == [3, 6]
        assert x.grad.tolist() == [3, 3]


@pytest.mark.parametrize("before", ["a leaf", "a reshape", "a product", "a sum"])
@pytest.mark.parametrize("shape", [(1,), (), (3,), (2, 1)])
def test_a_gradient_of_a_wrong_shape_names_its_function(before, shape):
    class Wrong(nn.Function):
        @staticmethod
        def forward(ctx, x):
            return 2 * x

        @staticmethod
        def backward(ctx, grad):
            return np.ones(shape)

    leaf = nn.Tensor([1.0, 2.0], requires_grad=True)
    x = {"a leaf": leaf, "a reshape": leaf.reshape(2), "a product": leaf * 3, "a sum": leaf + leaf}[before]
    with pytest.raises(RuntimeError, match=r"Wrong\.backward returned a gradient of shape .* for an input of shape"):
        Wrong.apply(x).sum().backward()
    assert leaf.grad is None


def read_only():
    array = np.ones(3)
    array.flags.writeable = False
    return nn.Tensor(array)


@pytest.mark.parametrize(
    ("nonsense", "kind", "sentence"),
    [
        (lambda: nn.Tensor(1.0).chunk(2), ValueError, "chunk: expected at least 1 chunk of an axis"),
        (lambda: nn.Tensor(1.0).split(1), ValueError, "split: a single number has no axis"),
        (lambda: nn.Tensor(1.0).unbind(), ValueError, "unbind: a single number has no axis"),
        (lambda: nn.Tensor(np.ones((0, 3))).amax(0), ValueError, "amax: shape .* leaves nothing to take the maximum"),
        (lambda: nn.Tensor(np.ones((0, 3))).amin(), ValueError, "amin: shape .* leaves nothing to take the minimum"),
        (lambda: nn.Tensor(np.ones((0, 3))).index_select(0, [0]), IndexError, "axis 0 of shape .* has nothing"),
        (lambda: nn.Tensor(1.0).clamp(), ValueError, "clamp: expected a limit"),
        (lambda: nn.Tensor([1.0]) + None, TypeError, "add: expected tensors, arrays or numbers, got Tensor and None"),
        (lambda: nn.Tensor([1.0]) * "a", TypeError, "mul: expected tensors, arrays or numbers, got Tensor and str"),
        (lambda: nn.Tensor([1.0]) + torch.ones(1), TypeError, "add: expected .* got Tensor and torch.Tensor"),
        (lambda: read_only().add_(1), RuntimeError, "the array of this tensor is read-only, as those of pandas"),
        (lambda: read_only().__setitem__(0, 2.0), RuntimeError, "the array of this tensor is read-only"),
        (lambda: nn.Tensor(np.ones((1, 3))).expand(2, 3).zero_(), RuntimeError, "made by expand"),
        (
            lambda: nn.functional.pad(nn.Tensor(np.ones((2, 1, 3))), [1, 2, 1, -1], "circular"),
            ValueError,
            "cuts off all of an axis of 1",
        ),
        (lambda: nn.init.calculate_gain("leaky_relu", "x"), TypeError, "expected the slope of leaky_relu"),
    ],
)
def test_sentences(nonsense, kind, sentence):
    with pytest.raises(kind, match=sentence):
        nonsense()


def test_an_error_in_a_function_of_ones_own_stays_as_it_is():
    class Broken(nn.Function):
        @staticmethod
        def forward(ctx, x):
            return x + None

    with pytest.raises(TypeError, match="unsupported operand"):
        Broken.apply(nn.Tensor([1.0]))
