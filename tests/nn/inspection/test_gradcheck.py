"""gradcheck: right gradients pass, wrong ones are found and placed, kinks are told from mistakes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import functional as F
from tplib.nn.inspection.gradcheck import gradcheck, step_errors


class Wrong(nn.Function):
    """x^3, with a gradient that `mistake` spoils."""

    @staticmethod
    def forward(ctx, x, mistake):
        ctx.save_for_backward(x)
        ctx.mistake = mistake
        return x**3

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return ctx.mistake(grad * 3 * x**2), None


def cube(mistake):
    return lambda x: Wrong.apply(x, mistake)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 3), st.integers(1, 4))
def test_right_gradients_pass(seed, rows, columns):
    rng = np.random.default_rng(seed)
    x, w = rng.normal(size=(rows, columns)), rng.normal(size=(3, columns))
    report = gradcheck(lambda x, w: F.softmax(F.tanh(F.linear(x, w)), 1), [x, w], rng=seed)
    assert report, report
    assert report.passed
    assert [c.shape for c in report.inputs] == [(rows, columns), (3, columns)]
    assert all((np.abs(c.analytic - c.numeric) < 1e-7).all() for c in report.inputs)


@pytest.mark.parametrize(
    "mistake",
    [lambda g: -g, lambda g: g / 4, lambda g: g * 1.01, lambda g: g + 1e-3, lambda g: 0 * g, lambda g: g + np.nan],
)
def test_wrong_gradients_are_found(mistake):
    report = gradcheck(cube(mistake), np.array([1.0, 2.0, -1.5]))
    assert not report
    assert report.inputs[0].wrong.any()
    assert "FAILED" in repr(report)


def test_the_worst_place_is_named():
    def one_wrong(grad):
        grad = grad.copy()
        grad[1, 2] *= 2
        return grad

    report = gradcheck(cube(one_wrong), np.ones((2, 3)))
    assert report.inputs[0].wrong.tolist() == [False] * 5 + [True]
    assert "input 0: 1 of 6 wrong, the worst at (1, 2): backward gives" in repr(report)
    assert report.max_relative_error == pytest.approx(0.5, rel=1e-6)
    assert np.argmax(report.inputs[0].relative_errors) == 5


def test_a_cotangent_of_ones_would_miss_this():
    class ZeroForSoftmax(nn.Function):
        @staticmethod
        def forward(ctx, x):
            return F.softmax(x, 0).data

        @staticmethod
        def backward(ctx, grad):
            return 0 * grad  # right for the sum of the outputs, which is always 1

    assert not gradcheck(ZeroForSoftmax.apply, np.array([0.1, 0.2, 0.5]))


def test_kinks_are_told_from_mistakes():
    x = np.array([-1.0, 0.0, 1.0, 3e-7, -3e-7])  # the last two are closer to the kink than the step
    report = gradcheck(F.relu, x)
    assert report
    assert report.inputs[0].kinks.tolist() == [False, True, False, False, False]
    assert "1 at kinks" in repr(report)
    assert report.max_relative_error < 1e-6
    assert gradcheck(lambda x: x.abs() + 100 * x, x)


def test_at_a_kink_the_gradient_lies_between_the_slopes():
    class Relu(nn.Function):
        @staticmethod
        def forward(ctx, x, slope):
            ctx.positive, ctx.slope = x > 0, slope
            return np.maximum(x, 0)

        @staticmethod
        def backward(ctx, grad):
            return np.where(ctx.positive, grad, ctx.slope * grad), None

    assert gradcheck(lambda x: Relu.apply(x, 0.5), np.zeros(1))
    assert not gradcheck(lambda x: Relu.apply(x, 1.5), np.zeros(1))
    assert not gradcheck(lambda x: Relu.apply(x, -0.5), np.zeros(1))


def test_strong_curvature_is_no_kink():
    report = gradcheck(lambda x: (1e4 * x).tanh(), np.array([1e-5, 1e-4]))
    assert report
    assert not report.inputs[0].kinks.any()


def test_the_parameters_of_a_module_are_checked_and_left_as_they_were():
    net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2)).double()
    x, y = np.random.default_rng(0).normal(size=(5, 3)), np.array([0, 1, 1, 0, 1])
    parameters = list(net.parameters())
    before, parameters[0].grad = net.state_dict(), np.ones((4, 3))
    report = gradcheck(lambda *_: F.cross_entropy(net(x), y), parameters)
    assert report
    assert len(report.inputs) == 4
    for key, value in net.state_dict().items():
        np.testing.assert_array_equal(value, before[key])
    assert parameters[0].grad.tolist() == np.ones((4, 3)).tolist()
    assert parameters[1].grad is None


def test_samples():
    report = gradcheck(cube(lambda g: g), np.ones((50, 40)), samples=7)
    assert len(report.inputs[0].indices) == 7
    assert "7 derivatives" in repr(report)


def test_an_output_that_does_not_depend_on_the_input():
    assert gradcheck(lambda x: nn.Tensor([1.0]), np.ones(3))
    assert not gradcheck(lambda x: nn.Tensor((x * x).data), np.ones(3))  # a graph that was cut


def test_errors_against_the_step_have_the_known_orders():
    steps, forward, central = step_errors(lambda x: x.exp(), np.array([0.3, -0.7]), np.array([1e-12, 1e-3, 1e-2]))
    assert forward[2] / forward[1] == pytest.approx(10, rel=0.05)
    assert central[2] / central[1] == pytest.approx(100, rel=0.05)
    assert forward[0] > 1e-6  # rounding
    assert (central[1:] < forward[1:]).all()
    steps, forward, central = step_errors(lambda x: x.exp(), np.array([0.3, -0.7]))
    assert len(steps) == len(forward) == len(central) == 25
    assert 1e-7 < steps[np.argmin(central)] < 1e-3


def test_mistakes_are_a_sentence():
    with pytest.raises(ValueError, match=r"input 0 must be an array, or a leaf tensor in float64.*got float32"):
        gradcheck(F.relu, nn.Parameter(np.ones(2, np.float32)))
    with pytest.raises(TypeError, match="expected fn to return a Tensor, got float"):
        gradcheck(lambda x: 1.0, np.ones(2))
    with pytest.raises(ValueError, match="fn gave two results for the same inputs"):
        gradcheck(nn.Dropout(0.5), np.ones(20))
