"""Methods under PyTorch's names against PyTorch: values, gradients, dtypes, and what is refused."""

import numpy as np
import pytest
import torch

from tplib import nn

# Of x (2, 3) and y (2, 3), and of x alone; the same in both libraries.
OF_TWO = {
    "add": lambda x, y: x.add(y, alpha=2),
    "sub": lambda x, y: x.sub(y),
    "mul": lambda x, y: x.mul(y),
    "div": lambda x, y: x.div(y),
    "mm": lambda x, y: x.mm(y.t()),
    "bmm": lambda x, y: x.unsqueeze(2).bmm(y.unsqueeze(1)),
    "dot": lambda x, y: x[0].dot(y[0]),
    "view_as": lambda x, y: x.view_as(y.reshape(3, 2)),
    "reshape_as": lambda x, y: x.T.reshape_as(y),
    "expand_as": lambda x, y: x[:1].expand_as(y),
}
OF_ONE = {
    "neg": lambda x: x.neg(),
    "square": lambda x: x.square(),
    "reciprocal": lambda x: x.reciprocal(),
    "rsqrt": lambda x: x.square().rsqrt(),
    "logsumexp": lambda x: x.logsumexp(1),
    "logsumexp of all": lambda x: (100 * x).logsumexp((0, 1), keepdim=True),
    "t": lambda x: x.t() * x[0].t()[0],
    "mT": lambda x: x.unsqueeze(0).mT,
    "contiguous": lambda x: x.T.contiguous(),
    "repeat": lambda x: x.repeat(2, 1, 3),
    "repeat by a list": lambda x: x.repeat([1, 2]),
    "split": lambda x: x.split(2, 1)[0] * x.split([1, 2], dim=1)[1],
    "chunk": lambda x: x.chunk(2, -1)[1],
    "unbind": lambda x: x.unbind(1)[2] * x.unbind()[0][1],
    "index_select": lambda x: x.index_select(1, (nn.Tensor if isinstance(x, nn.Tensor) else torch.tensor)([2, 0, 2])),
    "masked_select": lambda x: x.masked_select(x > 0),
    "flip": lambda x: x.flip(0, 1) * x.flip([1]) * x.flip(dims=(0,)),
    "masked_select by rows": lambda x: x.masked_select((x > 0)[:, :1]),
    "sort": lambda x: x.sort()[0] * x.sort(0, descending=True).values,
    "topk": lambda x: x.topk(2).values * x.topk(1, 1, largest=False)[0],
}
WITHOUT_GRADIENT = {
    "eq": lambda x: x.eq(x.T.T),
    "ne": lambda x: x.ne(0),
    "lt": lambda x: x.lt(x[0]),
    "le": lambda x: x.le(1),
    "gt": lambda x: x.gt(0),
    "ge": lambda x: x.ge(x),
    "isnan": lambda x: x.isnan(),
    "isinf": lambda x: (x / 0).isinf(),
    "isfinite": lambda x: x.isfinite(),
    "any": lambda x: (x > 0).any(),
    "any of rows": lambda x: (x > 1).any(1, keepdim=True),
    "all": lambda x: (x > -9).all(),
    "all of columns": lambda x: (x > 0).all(0),
    "long": lambda x: x.long(),
    "int": lambda x: x.int(),
    "bool": lambda x: x.bool(),
    "argsort": lambda x: x.argsort(),
    "argsort of equal values": lambda x: (x > 0).argsort(dim=0) * 0 + (x > 0).long().sort(1, descending=True).values,
}
REFUSED = {
    "mm": lambda x: x.mm(x[0]),
    "bmm": lambda x: x.unsqueeze(0).bmm(x.t().unsqueeze(0).repeat(2, 1, 1)),
    "dot": lambda x: x.dot(x),
    "t": lambda x: x.unsqueeze(0).t(),
    "repeat": lambda x: x.repeat(2),
    "split": lambda x: x.split([1, 1], 1),
    "chunk": lambda x: x.chunk(0),
    "topk": lambda x: x.topk(4),
    "sort": lambda x: x.sort(2),
}


@pytest.mark.parametrize("name", OF_TWO)
def test_of_two_tensors(same, normal, name):
    same(OF_TWO[name], OF_TWO[name], normal(0, 2, 3), normal(1, 2, 3))


@pytest.mark.parametrize("name", OF_ONE)
@pytest.mark.parametrize("layout", ["C", "F"])
def test_of_one_tensor(same, normal, name, layout):
    same(OF_ONE[name], OF_ONE[name], normal(0, 2, 3, layout=layout))


@pytest.mark.parametrize("name", WITHOUT_GRADIENT)
def test_answers_off_the_graph(normal, name):
    array = normal(0, 2, 3)
    with np.errstate(all="ignore"):
        ours = WITHOUT_GRADIENT[name](nn.Tensor(array, requires_grad=True))
    theirs = WITHOUT_GRADIENT[name](torch.tensor(array))
    assert not ours.requires_grad
    assert ours.dtype == theirs.numpy().dtype
    np.testing.assert_array_equal(ours.data, theirs.numpy())


@pytest.mark.parametrize("name", REFUSED)
def test_what_pytorch_refuses(normal, name):
    with pytest.raises((RuntimeError, IndexError)):
        REFUSED[name](torch.tensor(normal(0, 2, 3)))
    with pytest.raises((ValueError, IndexError), match="expected"):
        REFUSED[name](nn.Tensor(normal(0, 2, 3)))


@pytest.mark.parametrize("descending", [False, True])
def test_nan_counts_as_the_largest(descending):
    values = [1.0, np.nan, -np.inf, np.inf, 1.0]
    ours, theirs = (new(values).sort(descending=descending) for new in (nn.Tensor, torch.tensor))
    np.testing.assert_array_equal(ours.values.data, theirs.values.numpy())
    assert ours.indices.tolist() == torch.tensor(values).sort(descending=descending, stable=True).indices.tolist()


def test_logsumexp_of_infinities():
    for values in ([-np.inf, -np.inf], [np.inf, 1.0], [-np.inf, 2.0], [np.nan, 1.0]):
        expected = torch.tensor(values).logsumexp(0).numpy()
        np.testing.assert_array_equal(nn.Tensor(values).logsumexp(0).data, expected)


def test_dtypes_and_numbers(same):
    x = nn.Tensor([1.5, -2.5])
    assert x.float().dtype == np.float32
    assert x.double() is x
    assert x.contiguous() is x
    assert nn.Tensor(2.0).sort().values.tolist() == torch.tensor(2.0).sort().values.tolist()
    assert nn.Tensor(2.0).topk(1).indices.tolist() == torch.tensor(2.0).topk(1).indices.tolist()
    assert nn.Tensor(2.0).repeat(2).tolist() == [2, 2]


@pytest.mark.parametrize(("shape", "dim"), [((0,), 0), ((2, 0), 1), ((0, 3), 0), ((0, 3), 1), ((2,), 0), ((5,), 0)])
def test_pieces_of_an_empty_axis_are_as_many_as_were_asked_for(shape, dim):
    values = np.zeros(shape)
    ours, theirs = nn.Tensor(values).chunk(3, dim), torch.tensor(values).chunk(3, dim)
    assert [part.shape for part in ours] == [tuple(part.shape) for part in theirs]
