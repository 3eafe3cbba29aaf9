"""Convolutions against PyTorch, over drawn shapes, options, dtypes and layouts."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import functional as F
from tplib.nn.spatial import correlation, patches, row_products
from tplib.nn.spatial.algorithm import ByRows, by_rows
from tplib.nn.spatial.windows import place

few = settings(max_examples=60, deadline=None)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])
layouts = st.sampled_from(["C", "F", "step"])


@st.composite
def work(draw, axes):
    """(shapes of input, weight and bias or None, options) that PyTorch accepts."""
    pair = st.tuples(*[st.integers(1, 3)] * axes)
    kernel, gap, step = draw(pair), draw(st.one_of(st.just((1,) * axes), pair)), draw(pair)
    padding = draw(
        st.one_of(st.sampled_from(["valid", "same"]), st.integers(0, 2), st.tuples(*[st.integers(0, 3)] * axes))
    )
    if padding == "same":
        step = (1,) * axes
    sides = (0,) * axes if isinstance(padding, str) else (padding,) * axes if isinstance(padding, int) else padding
    size = [draw(st.integers(max(1, d * (k - 1) + 1 - 2 * p), 9)) for k, d, p in zip(kernel, gap, sides, strict=True)]
    groups = draw(st.integers(1, 3))
    inputs, outputs = groups * draw(st.integers(1, 3)), groups * draw(st.integers(1, 3))
    batch = draw(st.sampled_from([(), (0,), (1,), (3,), (7,)]))
    weight = (outputs, inputs // groups, *kernel)
    bias = draw(st.sampled_from([None, (outputs,)]))
    options = {"stride": step, "padding": padding, "dilation": gap, "groups": groups}
    return (*batch, inputs, *size), weight, bias, options


def check(same, normal, ours, theirs, drawn, seed, dtype, layout):
    x, weight, bias, options = drawn
    arrays = [normal(seed, *x, dtype=dtype, layout=layout), normal(seed + 1, *weight, dtype=dtype, layout=layout)]
    if bias is not None:
        arrays.append(normal(seed + 2, *bias, dtype=dtype))
    same(lambda *a: ours(*a, **options), lambda *a: theirs(*a, **options), *arrays, seed=seed)


# PyTorch warns that "same" with an even kernel may copy the input.
@pytest.mark.filterwarnings("ignore:Using padding='same'")
@few
@given(work(2), seeds, dtypes, layouts)
def test_conv2d(same, normal, drawn, seed, dtype, layout):
    check(same, normal, F.conv2d, torch.nn.functional.conv2d, drawn, seed, dtype, layout)


@pytest.mark.filterwarnings("ignore:Using padding='same'")
@few
@given(work(1), seeds, dtypes, layouts)
def test_conv1d(same, normal, drawn, seed, dtype, layout):
    check(same, normal, F.conv1d, torch.nn.functional.conv1d, drawn, seed, dtype, layout)


@pytest.mark.parametrize("kernel", [(1, 2), (3, 1), (3, 3), (2, 4)])
@pytest.mark.parametrize("padding", [0, 1, (2, 0), (3, 4)])
@pytest.mark.parametrize("dilation", [1, (2, 1)])
@pytest.mark.parametrize("block", [1, 1 << 19])
def test_products_of_rows(same, normal, monkeypatch, kernel, padding, dilation, block):
    """The same results where the shapes alone would not choose them."""
    monkeypatch.setattr(correlation, "by_rows", lambda windows, *_: ByRows(True, True, True))
    monkeypatch.setattr(row_products, "BLOCK_BYTES", block)
    T = torch.nn.functional
    x, w, b = normal(0, 3, 2, 7, 9, layout="F"), normal(1, 4, 2, *kernel), normal(2, 4)
    how = 1, padding, dilation
    same(lambda *a: F.conv2d(*a, *how), lambda *a: torch.nn.functional.conv2d(*a, *how), x, w, b)
    same(lambda *a: F.conv_transpose2d(*a), lambda *a: torch.nn.functional.conv_transpose2d(*a), x, w.swapaxes(0, 1), b)
    if kernel[0] == 1 and isinstance(padding, int):
        line, k = x[:, :, 0].copy(), w[:, :, 0].copy()
        same(lambda *a: F.conv1d(*a, None, 1, padding, 2), lambda *a: T.conv1d(*a, None, 1, padding, 2), line, k)


def test_the_model_chooses_rows_where_they_were_measured_to_be_quicker():
    def chosen(number, channels, outputs, size, kernel, padding, step=1):
        windows = place("test", (size, size), (kernel, kernel), (step, step), (padding, padding), (1, 1))
        return by_rows(windows, number, channels, outputs, 1)

    assert chosen(24, 48, 48, 20, 3, 1) == (True, True, True)
    assert chosen(16, 24, 24, 40, 5, 2) == (True, True, True)
    assert chosen(19, 11, 4, 43, 4, 0) == (True, True, True)  # few output channels
    assert chosen(64, 3, 32, 32, 3, 1) == (False, False, False)  # few input channels
    assert chosen(64, 20, 40, 12, 5, 0).images is False  # its rows would be more than twice as long
    assert chosen(24, 48, 48, 20, 3, 1, step=2) == (False, False, False)
    assert chosen(32, 64, 64, 28, 1, 0) == (False, False, False)


@pytest.mark.parametrize("merged", [0, 1 << 12, 1 << 30])
@pytest.mark.parametrize("block", [1, 1 << 13])
def test_blocks_of_images_do_not_show(same, normal, monkeypatch, merged, block):
    monkeypatch.setattr(patches, "MERGED_BYTES", merged)
    monkeypatch.setattr(patches, "BLOCK_BYTES", block)
    for channels, options in ((6, {}), (2, {"stride": 2, "padding": 1}), (4, {"groups": 2})):
        arrays = normal(0, 11, channels, 8, 7), normal(1, 4, channels // options.get("groups", 1), 3, 3), normal(2, 4)
        same(
            lambda *a, o=options: F.conv2d(*a, **o),
            lambda *a, o=options: torch.nn.functional.conv2d(*a, **o),
            *arrays,
        )


def test_only_the_gradients_that_are_wanted(normal):
    x, weight, bias = normal(0, 2, 3, 5, 5), normal(1, 4, 3, 3, 3), normal(2, 4)
    for wanted in ((0,), (1,), (2,), (0, 2)):
        ours = [nn.Tensor(a, requires_grad=i in wanted) for i, a in enumerate((x, weight, bias))]
        theirs = [torch.tensor(a, requires_grad=i in wanted) for i, a in enumerate((x, weight, bias))]
        cotangent = normal(3, 2, 4, 3, 3)
        F.conv2d(*ours).backward(cotangent)
        torch.nn.functional.conv2d(*theirs).backward(torch.tensor(cotangent))
        for i, (a, b) in enumerate(zip(ours, theirs, strict=True)):
            assert (a.grad is None) == (i not in wanted)
            if a.grad is not None:
                np.testing.assert_allclose(a.grad, b.grad.numpy(), rtol=1e-10)


def test_mixed_dtypes_promote(normal):
    z = F.conv2d(normal(0, 1, 1, 4, 4, dtype=np.float32), normal(1, 1, 1, 2, 2))
    assert z.dtype == np.float64


@pytest.mark.parametrize("axes", [1, 2])
@pytest.mark.parametrize(
    "options",
    [{}, {"stride": 2, "padding": 1, "bias": False}, {"padding": "same", "dilation": 2, "groups": 2}],
)
def test_modules_are_pytorchs(normal, axes, options):
    ours = getattr(nn, f"Conv{axes}d")(4, 6, 3, **options)
    theirs = getattr(torch.nn, f"Conv{axes}d")(4, 6, 3, **options)
    assert {k: v.shape for k, v in ours.state_dict().items()} == {
        k: tuple(v.shape) for k, v in theirs.state_dict().items()
    }
    ours.load_state_dict({key: value.numpy() for key, value in theirs.state_dict().items()})
    x = normal(0, 2, 4, *[8] * axes, dtype=np.float32)
    np.testing.assert_allclose(ours(x).data, theirs(torch.tensor(x)).detach().numpy(), rtol=1e-4, atol=1e-5)
    assert repr(ours) == repr(theirs)


def test_starts_as_pytorchs():
    layer = nn.Conv2d(4, 200, 5, rng=np.random.default_rng(0))
    for parameter in layer.parameters():
        assert np.abs(parameter.data).max() <= 0.1
        np.testing.assert_allclose(parameter.data.std(), 0.1 / np.sqrt(3), rtol=0.1)
    again = nn.Conv2d(4, 200, 5, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(layer.weight.data, again.weight.data)


def test_parameter_sharing_moves_with_the_image(normal):
    x = np.zeros((1, 1, 12, 12))
    x[0, 0, 3:6, 3:6] = normal(0, 3, 3)
    z = F.conv2d(x, normal(1, 2, 1, 3, 3)).data
    moved = F.conv2d(np.roll(x, (2, 3), (2, 3)), normal(1, 2, 1, 3, 3)).data
    np.testing.assert_array_equal(np.roll(z, (2, 3), (2, 3)), moved)


ones = np.ones


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: F.conv2d(ones((3, 4)), ones((1, 1, 2, 2))), r"conv2d: expected input \(B, C, H, W\) and weight"),
        (lambda: F.conv1d(ones((2, 3, 4)), ones((1, 1, 2, 2))), r"conv1d: expected input \(B, C, T\) and weight"),
        (lambda: F.conv2d(ones((1, 3, 4, 4)), ones((2, 2, 2, 2))), r"conv2d: expected input channels"),
        (lambda: F.conv2d(ones((1, 4, 4, 4)), ones((3, 2, 2, 2)), groups=2), "divisible by groups"),
        (lambda: F.conv2d(ones((1, 1, 4, 4)), ones((1, 1, 5, 5))), "does not fit an input of size"),
        (lambda: F.conv2d(ones((1, 1, 4, 4)), ones((1, 1, 2, 2)), ones(2)), "expected a bias of shape"),
        (lambda: F.conv2d(ones((1, 1, 4, 4)), ones((1, 1, 2, 2)), stride=0), "stride and dilation of at least 1"),
        (lambda: F.conv2d(ones((1, 1, 4, 4)), ones((1, 1, 2, 2)), padding=-1), "padding of at least 0"),
        (lambda: F.conv2d(ones((1, 1, 4, 4)), ones((1, 1, 2, 2)), padding="full"), '"valid", "same" or integers'),
        (lambda: F.conv2d(ones((1, 1, 4, 4)), ones((1, 1, 2, 2)), stride=(1, 2, 3)), "an integer or 2 integers"),
        (lambda: nn.Conv2d(1, 1, 3, stride=2, padding="same"), 'Conv2d: padding "same" needs stride 1'),
        (lambda: nn.Conv2d(3, 4, 3, groups=2), "Conv2d: expected channels divisible by groups"),
        (lambda: nn.Conv1d(3, 4, 3, padding_mode="mirror"), 'Conv1d: expected padding_mode "zeros", "reflect"'),
    ],
)
def test_mistakes_are_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()
