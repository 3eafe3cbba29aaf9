"""Pooling against PyTorch, over drawn shapes and options; closed forms for what PyTorch has not."""

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import functional as F

TF = torch.nn.functional
few = settings(max_examples=50, deadline=None)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])
layouts = st.sampled_from(["C", "F", "step"])


@st.composite
def work(draw, axes, padded=True, dilated=False):
    pair = st.tuples(*[st.integers(1, 3)] * axes)
    kernel, gap = draw(pair), draw(pair) if dilated else (1,) * axes
    sides = tuple(draw(st.integers(0, k // 2)) for k in kernel) if padded else (0,) * axes
    size = [draw(st.integers(max(1, d * (k - 1) + 1 - 2 * p), 9)) for k, d, p in zip(kernel, gap, sides, strict=True)]
    batch = draw(st.sampled_from([(), (1,), (3,)] if axes == 1 else [(), (0,), (1,), (3,)]))
    options = {"kernel_size": kernel, "stride": draw(st.one_of(st.none(), pair)), "ceil_mode": draw(st.booleans())}
    options |= {"padding": sides} if padded else {}
    return (*batch, draw(st.integers(1, 3)), *size), options | ({"dilation": gap} if dilated else {})


@few
@given(st.data(), st.sampled_from([1, 2]), seeds, dtypes, layouts, st.booleans())
def test_max_pool(same, normal, data, axes, seed, dtype, layout, ties):
    shape, options = data.draw(work(axes, dilated=True))
    x = normal(seed, *shape, dtype=dtype, layout=layout)
    name = f"max_pool{axes}d"
    ours, theirs = getattr(F, name), getattr(TF, name)
    # A dilated window may lie wholly in the padding; PyTorch sends the gradient of its -inf to some pixel.
    assume(np.isfinite(ours(x, **options).data).all())
    # Rounded values tie often, as zeros do after a ReLU: the first of them gets the gradient.
    same(lambda x: ours(x, **options), lambda x: theirs(x, **options), np.round(x) if ties else x, seed=seed)


@few
@given(st.data(), st.sampled_from([1, 2]), seeds, dtypes, layouts, st.booleans())
def test_avg_pool(same, normal, data, axes, seed, dtype, layout, counted):
    shape, options = data.draw(work(axes))
    options["count_include_pad"] = counted
    name = f"avg_pool{axes}d"
    ours, theirs = getattr(F, name), getattr(TF, name)
    x = normal(seed, *shape, dtype=dtype, layout=layout)
    same(lambda x: ours(x, **options), lambda x: theirs(x, **options), x, seed=seed)


def test_avg_pool_with_a_divisor(same, normal):
    options = {"kernel_size": 3, "stride": 2, "padding": 1, "divisor_override": 5}
    same(lambda x: F.avg_pool2d(x, **options), lambda x: TF.avg_pool2d(x, **options), normal(0, 2, 3, 7, 6))


@few
@given(st.data(), st.sampled_from([1, 2]), seeds, dtypes, st.sampled_from([1, 2, 3, 2.5]))
def test_lp_pool(same, normal, data, axes, seed, dtype, p):
    shape, options = data.draw(work(axes, padded=False))
    if axes == 1:
        options["kernel_size"] = options["kernel_size"][0]  # PyTorch's lp_pool1d takes no tuple
    x = np.abs(normal(seed, *shape, dtype=dtype)) + np.asarray(0.1, dtype)
    name = f"lp_pool{axes}d"
    ours, theirs = getattr(F, name), getattr(TF, name)
    same(lambda x: ours(x, p, **options), lambda x: theirs(x, p, **options), x, seed=seed)


def test_l2_pool_of_signed_values_and_of_zeros(same, normal):
    x = normal(0, 1, 2, 6, 6)
    x[:, :, :2, :2] = 0
    same(lambda x: F.lp_pool2d(x, 2, 2), lambda x: TF.lp_pool2d(x, 2, 2), x)
    np.testing.assert_allclose(F.lp_pool2d(x, 2, 6).data.ravel(), np.sqrt((x**2).sum((2, 3))).ravel())


@few
@given(
    st.sampled_from(["adaptive_avg_pool", "adaptive_max_pool"]),
    st.lists(st.tuples(st.integers(1, 9), st.one_of(st.none(), st.integers(1, 11))), min_size=1, max_size=2),
    st.sampled_from([(), (1,), (3,)]),
    seeds,
    dtypes,
    layouts,
)
def test_adaptive_pools(same, normal, name, axes, batch, seed, dtype, layout):
    size, out = zip(*axes, strict=True)
    if len(size) == 1 and out[0] is None:
        out = (size[0],)
    x = normal(seed, *batch, 2, *size, dtype=dtype, layout=layout)
    ours, theirs = getattr(F, f"{name}{len(size)}d"), getattr(TF, f"{name}{len(size)}d")
    given = out if len(size) == 2 else out[0]
    same(lambda x: ours(x, given), lambda x: theirs(x, given), x, seed=seed)


def test_global_pools(same, normal):
    x = normal(0, 2, 3, 5, 4)
    same(F.global_avg_pool, lambda x: x.mean((2, 3)), x)
    same(F.global_max_pool, lambda x: x.flatten(2).max(2).values, x)
    same(F.global_avg_pool, lambda x: x.mean(2), normal(1, 2, 3, 7))
    assert F.global_avg_pool(np.ones((0, 3, 4))).shape == (0, 3)


def by_definition(x, kernel, stride, padding, sigma):
    """The distance-weighted average, pixel by pixel."""
    batch, channels, height, width = x.shape
    kh, kw = kernel
    out = [(n + 2 * p - k) // s + 1 for n, p, k, s in zip((height, width), padding, kernel, stride, strict=True)]
    z = np.zeros((batch, channels, *out))
    for i, j in np.ndindex(*out):
        total = 0.0
        for u, v in np.ndindex(kh, kw):
            row, column = i * stride[0] + u - padding[0], j * stride[1] + v - padding[1]
            if 0 <= row < height and 0 <= column < width:
                distance = np.hypot(u - (kh - 1) / 2, v - (kw - 1) / 2)
                weight = np.exp(-(distance**2) / (2 * sigma**2))
                total += weight
                z[:, :, i, j] += weight * x[:, :, row, column]
        z[:, :, i, j] /= total
    return z


@few
@given(
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.booleans(),
    st.sampled_from([0.3, 1.0, 5.0]),
    seeds,
)
def test_weighted_pool_is_its_formula(normal, kernel, stride, padded, sigma, seed):
    padding = tuple(k // 2 if padded else 0 for k in kernel)
    x = normal(seed, 2, 2, 7, 6)
    z = F.weighted_pool2d(x, kernel, stride, padding, sigma)
    np.testing.assert_allclose(z.data, by_definition(x, kernel, stride, padding, sigma), rtol=1e-10, atol=1e-12)


def test_weighted_pool_gradient_is_its_transpose(normal):
    # The pool is linear, so <g, pool(y)> = <pool'(g), y> for all g and y.
    x = nn.Tensor(normal(0, 2, 3, 7, 6), requires_grad=True)
    z = F.weighted_pool2d(x, (3, 4), 2, (1, 2), 0.8)
    g, y = normal(1, *z.shape), normal(2, *x.shape)
    z.backward(g)
    np.testing.assert_allclose((g * F.weighted_pool2d(y, (3, 4), 2, (1, 2), 0.8).data).sum(), (x.grad * y).sum())


def test_weighted_pool_between_the_centre_and_the_average(normal):
    x = normal(0, 1, 2, 9, 9)
    np.testing.assert_allclose(F.weighted_pool2d(x, 3, sigma=0.05).data, x[:, :, 1::3, 1::3])
    np.testing.assert_allclose(F.weighted_pool2d(x, 3, sigma=1e4).data, F.avg_pool2d(x, 3).data, rtol=1e-6)
    np.testing.assert_allclose(F.weighted_pool2d(np.ones((1, 1, 5, 5)), 3, 1, 1).data, 1)  # also at the border
    row = F.weighted_pool1d(x[0, :, 0], 3, sigma=1.0).data
    np.testing.assert_allclose(row, F.weighted_pool2d(x[0, :, :1], (1, 3), sigma=1.0).data[:, 0])


POOLS = [
    ("MaxPool2d", (3,), {"stride": 2, "padding": 1, "ceil_mode": True}),
    ("MaxPool1d", (2,), {}),
    ("AvgPool2d", (2,), {"padding": 1, "count_include_pad": False}),
    ("AvgPool1d", (3, 2), {}),
    ("LPPool2d", (2, 3), {"stride": 1}),
    ("LPPool1d", (2, 2), {}),
    ("AdaptiveAvgPool2d", ((None, 2),), {}),
    ("AdaptiveAvgPool1d", (3,), {}),
    ("AdaptiveMaxPool2d", (2,), {}),
    ("AdaptiveMaxPool1d", (1,), {}),
]


@pytest.mark.parametrize(("name", "args", "options"), POOLS, ids=[name for name, *_ in POOLS])
def test_modules_are_pytorchs(same, normal, name, args, options):
    ours, theirs = getattr(nn, name)(*args, **options), getattr(torch.nn, name)(*args, **options)
    same(ours, theirs, normal(0, 2, 3, *([8, 7] if name.endswith("2d") else [8])))


def test_weighted_modules(normal):
    x = normal(0, 2, 3, 6, 6)
    np.testing.assert_array_equal(nn.WeightedPool2d(2, sigma=1.0)(x).data, F.weighted_pool2d(x, 2, sigma=1.0).data)
    np.testing.assert_array_equal(nn.WeightedPool1d(3, 1, 1)(x[0]).data, F.weighted_pool1d(x[0], 3, 1, 1).data)
    assert repr(nn.WeightedPool2d(3)) == "WeightedPool2d(kernel_size=3, stride=3, padding=0, sigma=None)"


def test_max_pooling_is_almost_invariant_to_a_shift():
    # Lecture 003, "Pooling introduces invariance": every input moves, half of the outputs stay.
    x = np.array([[[0.1, 1.0, 0.2, 0.1, 0.0, 0.1]]])
    before, after = F.max_pool1d(x, 3, 1).data, F.max_pool1d(np.roll(x, 1), 3, 1).data
    assert (x == np.roll(x, 1)).sum() == 1
    assert (before == after).sum() == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: F.max_pool2d(np.ones((4, 4)), 2), r"max_pool2d: expected an input of shape \(B, C, H, W\)"),
        (lambda: F.avg_pool1d(np.ones(4), 2), r"avg_pool1d: expected an input of shape \(B, C, T\)"),
        (lambda: F.max_pool2d(np.ones((1, 4, 4)), 2, padding=2), "padding of at most half the kernel"),
        (lambda: F.max_pool2d(np.ones((1, 4, 4)), 5), "a kernel of size"),
        (lambda: F.avg_pool2d(np.ones((1, 4, 4), int), 2), "avg_pool2d: expected floating-point values"),
        (lambda: F.weighted_pool2d(np.ones((1, 4, 4)), 2, sigma=0), "expected a positive sigma, got 0"),
        (lambda: F.adaptive_avg_pool2d(np.ones((1, 4, 4)), 0), "2 output sizes of at least 1"),
        (lambda: F.adaptive_avg_pool2d(np.ones((1, 4, 4)), (1, 2, 3)), "2 output sizes"),
        (lambda: F.global_avg_pool(np.ones((2, 3))), r"expected an input of shape \(B, C, ...\)"),
    ],
)
def test_mistakes_are_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()


@pytest.mark.parametrize("times", [1, 60])  # few windows, and many
@pytest.mark.parametrize(("kernel", "stride", "padding"), [(3, 2, 1), (3, 3, 0), (2, 1, 0), (4, 3, 2)])
def test_max_pool_sends_gradients_where_pytorch_does(same, normal, kernel, stride, padding, times):
    # Equal values, as after a ReLU; nothing but minus infinity; one or several nan.
    x = np.maximum(normal(0, 3, 2, 9, 8), 0)
    x[1] = -np.inf
    x[2, 0, ::3, ::2] = np.nan
    x = np.tile(x, (times, 1, 1, 1))
    same(lambda x: F.max_pool2d(x, kernel, stride, padding), lambda x: torch.max_pool2d(x, kernel, stride, padding), x)


@pytest.mark.parametrize("name", ["max_pool1d", "max_pool2d", "adaptive_max_pool1d", "adaptive_max_pool2d"])
def test_windows_of_nan_and_minus_infinity(name):
    """Which of equal values is the largest: places and gradients as in PyTorch, with padding and dilation, too."""
    rng = np.random.default_rng(0)
    for _ in range(60):
        shape = (2, 3, 7) if name.endswith("1d") else (2, 3, 6, 5)
        x = rng.choice([np.nan, -np.inf, np.inf, 0.0, 1.0], shape, p=[0.2, 0.4, 0.05, 0.15, 0.2])
        x[rng.random(shape[:2]) < 0.4] = -np.inf
        if name.startswith("adaptive"):
            options = {"output_size": int(rng.integers(1, 4))}
        else:
            options = {"kernel_size": 3, "stride": int(rng.integers(1, 4)), "padding": 1}
            options |= {"dilation": int(rng.integers(1, 3)), "ceil_mode": bool(rng.integers(2))}
        ours, theirs = nn.Tensor(x, requires_grad=True), torch.tensor(x, requires_grad=True)
        z, places = getattr(F, name)(ours, **options, return_indices=True)
        expected, their_places = getattr(torch.nn.functional, name)(theirs, **options, return_indices=True)
        np.testing.assert_array_equal(z.data, expected.detach().numpy())
        np.testing.assert_array_equal(places.data, their_places.numpy(), err_msg=str((options, x)))
        weights = rng.normal(size=z.shape)
        with np.errstate(invalid="ignore"):  # infinity minus infinity
            (z * weights).sum().backward()
        (expected * torch.tensor(weights)).sum().backward()
        np.testing.assert_allclose(ours.grad, theirs.grad.numpy())


@pytest.mark.parametrize("p", [np.inf, -np.inf])
@pytest.mark.parametrize("ceil_mode", [False, True])
def test_lp_pool_of_infinite_order_is_the_largest_or_the_smallest(same, normal, p, ceil_mode):
    for name, size, step, shape in (("lp_pool1d", 2, None, (2, 3, 5)), ("lp_pool2d", (2, 3), 1, (2, 3, 4, 5))):
        ours, theirs = getattr(F, name), getattr(TF, name)
        same(
            lambda x, pool=ours, size=size, step=step: pool(x, p, size, step, ceil_mode),
            lambda x, pool=theirs, size=size, step=step: pool(x, p, size, step, ceil_mode),
            normal(0, *shape),
        )
