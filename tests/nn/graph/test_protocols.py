"""What Python and NumPy ask of a tensor: formats, comparisons, indices, functions. PyTorch is the oracle."""

import operator

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn import functional as F

BOTH = pytest.mark.parametrize("make", [nn.Tensor, torch.tensor], ids=["ours", "torch"])


@BOTH
def test_formats(make):
    assert f"{make(0.123456):.4f}" == "0.1235"
    assert f"{make(3):03d}" == "003"
    with pytest.raises(TypeError):
        f"{make([1.0, 2.0]):.4f}"


@BOTH
def test_comparisons_with_what_is_no_number(make):
    x = make([1.0, 2.0])
    assert (x == None) is False  # noqa: E711
    assert (x != None) is True  # noqa: E711
    assert x not in [None, "a"]


@BOTH
def test_python_operators(make):
    x, m, n = make([-1.0, 2.0]), make([True, False]), make([True, True])
    assert abs(x).tolist() == [1, 2]
    assert (+x).tolist() == [-1, 2]
    assert [f(m, n).tolist() for f in (operator.and_, operator.or_, operator.xor)] == [
        [True, False],
        [True, True],
        [False, True],
    ]
    assert (~m).tolist() == [False, True]
    assert (make([5, 3]) & make([4, 1])).tolist() == [4, 1]


@BOTH
def test_a_tensor_as_an_index(make):
    assert "abc"[make(1)] == "b"
    assert list(range(make(3))) == [0, 1, 2]
    assert make([1, 2, 3])[: make(2)].tolist() == [1, 2]
    for wrong in (make(1.0), make([1, 2])):
        with pytest.raises(TypeError):
            operator.index(wrong)


@BOTH
def test_tensors_of_one_number(make):
    x = make(2.5)
    with pytest.raises(TypeError, match="iteration over a 0-d tensor"):
        list(x)
    with pytest.raises(TypeError):
        len(x)
    assert (x.sum(()).item(), make([[1.0], [2.0]]).sum(()).tolist(), int(make([2.5]))) == (2.5, 3.0, 2)


@pytest.mark.parametrize("function", [lambda x: x.softmax(-1), lambda x: x.log_softmax(-1), lambda x: F.softmax(x, 0)])
def test_integer_scores_are_refused(function):
    with pytest.raises(TypeError, match="expected floating-point scores, got dtype int64"):
        function(nn.Tensor([1, 2]))
    with pytest.raises(TypeError, match="cross_entropy: expected floating-point scores"):
        F.cross_entropy(nn.Tensor([[1, 2]]), np.array([0]))


UFUNCS = [np.add, np.subtract, np.multiply, np.divide, np.power]


@pytest.mark.parametrize("ufunc", UFUNCS)
def test_ufuncs_of_an_array_and_a_tensor_are_recorded(same, normal, ufunc):
    a, x = np.abs(normal(0, 2, 3)) + 1, np.abs(normal(1, 3)) + 1
    name = {np.divide: "true_divide", np.power: "pow"}.get(ufunc, ufunc.__name__)
    same(lambda x: ufunc(a, x), lambda x: getattr(torch, name)(torch.tensor(a), x), x)


@pytest.mark.parametrize("ufunc", [np.exp, np.log, np.sqrt, np.abs, np.tanh, np.negative])
def test_ufuncs_of_one_tensor_are_recorded(same, normal, ufunc):
    same(ufunc, getattr(torch, ufunc.__name__), np.abs(normal(1, 3)) + 1)


def test_a_numpy_scalar_does_not_widen():
    x = nn.Tensor(np.ones(2, np.float32), requires_grad=True)
    assert (np.float64(2) * x).dtype == (x * np.float64(2)).dtype == np.float32


def test_numpy_functions_that_are_recorded(same, normal):
    x, y = normal(0, 2, 3), normal(1, 2, 3)
    same(lambda x, y: np.where(x.data > 0, x, y), lambda x, y: torch.where(x > 0, x, y), x, y)
    same(lambda x: nn.where(x > 0, x, 2.0), lambda x: torch.where(x > 0, x, 2.0), x)
    same(lambda x, y: np.concatenate([x, y], axis=1), lambda x, y: torch.cat([x, y], 1), x, y)
    same(lambda x, y: np.stack((x, y)), lambda x, y: torch.stack((x, y)), x, y)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda x: np.clip(x, 0, 1), r"np.clip .* would lose the graph: write x.clamp\(min, max\)"),
        (lambda x: np.einsum("i,i->", x, x), "np.einsum .* would lose the graph"),
        (np.sum, r"np.sum .* write x.sum\(dim\)"),
        (np.maximum.reduce, "np.maximum.reduce .* would lose the graph"),
        (lambda x: np.arctan(x), "np.arctan .* x.detach"),
        (lambda x: np.add(x, 1, out=np.zeros(2)), "np.add .* would lose the graph"),
        (lambda x: np.linalg.norm(x), "np.norm .* would lose the graph"),
    ],
)
def test_other_numpy_functions_are_refused(call, sentence):
    x = nn.Tensor([1.0, 2.0], requires_grad=True)
    with pytest.raises(TypeError, match=sentence):
        call(x)
    assert not isinstance(call(x.detach()), nn.Tensor)
    with nn.no_grad():
        call(x)


def test_numpy_functions_without_a_gradient_are_allowed():
    x = nn.Tensor([1.0, 2.0], requires_grad=True)
    assert np.shape(x) == (2,)
    assert np.isfinite(x).all()
    assert np.argmax(x) == 1
    assert np.allclose(x, [1, 2])


def test_no_grad_without_brackets_and_on_generators():
    x = nn.Tensor([1.0], requires_grad=True)

    @nn.no_grad
    def function():
        return x * 2

    @nn.no_grad()
    def generator():
        got = yield x * 2
        with nn.enable_grad():
            yield (x * got).requires_grad

    assert not function().requires_grad
    steps = generator()
    assert not next(steps).requires_grad
    assert nn.is_grad_enabled()  # while the caller works
    assert steps.send(3) is True
    assert list(steps) == []
    with nn.no_grad(), nn.set_grad_enabled(True):
        assert (x * 2).requires_grad
    nn.set_grad_enabled(False)
    assert not (x * 2).requires_grad
    nn.set_grad_enabled(True)


def test_a_list_of_tensors_does_not_lose_its_graph_in_silence():
    x = nn.Tensor([1.0, 2.0], requires_grad=True)
    rows = [x[0], x[1]]
    places = nn.Tensor(np.zeros(2))
    for use in (
        lambda: nn.Tensor(rows),
        lambda: nn.Tensor([[rows[0]], [3.0]]),
        lambda: x + rows,
        lambda: rows * x,
        lambda: nn.where(np.array([True, False]), rows, 0.0),
        lambda: F.relu(rows),
        lambda: F.mse_loss(x, rows),
        lambda: places.copy_(rows),
        lambda: places.__setitem__(slice(None), tuple(rows)),
    ):
        with pytest.raises(TypeError, match=r"nn\.stack"):
            use()
    with nn.no_grad():
        assert nn.Tensor(rows).tolist() == [1.0, 2.0]
    assert nn.Tensor([row.detach() for row in rows]).tolist() == [1.0, 2.0]


def test_an_empty_tensor_shows_its_shape():
    for shape in ((0, 2), (2, 0), (0,)):
        size = f"size={shape}"
        assert (size in repr(torch.zeros(shape))) == (size in repr(nn.Tensor(np.zeros(shape))))


def test_numpys_word_for_a_dimension():
    for library, new in ((nn, nn.Tensor), (torch, torch.tensor)):
        x = new([[1.0, 2.0]])
        assert library.concatenate([x, x], axis=1).tolist() == [[1, 2, 1, 2]]
        assert library.stack([x, x], axis=2).tolist() == [[[1, 1], [2, 2]]]
