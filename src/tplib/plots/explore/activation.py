"""An activation function, its derivative, and what the derivative says at one point."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from tplib.nn import functional as F
from tplib.plots.explore.skin import Explorer, choice, slider, two_panels
from tplib.plots.style import BLUE, GREY, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = np.ndarray
SLOPE = 0.1  # of the leaky ReLU; at PyTorch's 0.01 its left half looks like zero
FUNCTIONS: dict[str, tuple[Callable[[Array], Any], Callable[[Array], Array]]] = {
    "sigmoid": (F.sigmoid, F.sigmoid_grad),
    "tanh": (F.tanh, F.tanh_grad),
    "hard-tanh": (F.hardtanh, F.hardtanh_grad),
    "ReLU": (F.relu, F.relu_grad),
    "leaky ReLU": (lambda x: F.leaky_relu(x, SLOPE), lambda x: F.leaky_relu_grad(x, SLOPE)),
    "ELU": (F.elu, F.elu_grad),
}
KINKS = {"hard-tanh": (-1.0, 1.0), "ReLU": (0.0,), "leaky ReLU": (0.0,)}
REACH = 6.0


def explore_activation() -> Explorer:
    """Choose an activation function and an input: its value, its tangent, and its slope there.

    Source: lecture 000, "Non-linear activation functions".
    """
    controls = {
        "function": choice("function g", list(FUNCTIONS), "sigmoid"),
        "x": slider("input x", np.arange(-REACH, REACH + 0.25, 0.25).tolist(), 1.0, ".2f"),
    }
    return Explorer("explore_activation", controls, draw_activation)


def activation_and_slope(function: str, x: Array) -> tuple[Array, Array]:
    """A function of `FUNCTIONS` and its derivative at each value of x: two arrays of its shape."""
    forward, derivative = FUNCTIONS[function]
    return np.asarray(forward(x).data), np.asarray(derivative(x))


def draw_activation(function: str, x: float) -> tuple[Figure, str]:
    """The function with its tangent at x, and its derivative."""
    grid = np.linspace(-REACH, REACH, 481)
    curve, slopes = activation_and_slope(function, grid)
    value, slope = (float(at[0]) for at in activation_and_slope(function, np.array([x])))
    figure, left, right = two_panels()
    plain(left, f"{function}: g(x)", "input x", "output").plot(grid, curve, color=BLUE, linewidth=2)
    near = np.array([x - 1.5, x + 1.5])
    left.plot(near, value + slope * (near - x), color=VERMILION, linestyle="--", label=f"tangent, slope {slope:.3f}")
    left.plot(x, value, "o", color=VERMILION, ms=8)
    left.set_ylim(curve.min() - 0.3, curve.max() + 0.3)
    left.legend(fontsize=9, loc="upper left", frameon=False)
    jumps = np.append(np.abs(np.diff(slopes)) > 0.5, False)
    broken = np.where(jumps, np.nan, slopes)  # where the derivative jumps there is no line
    plain(right, "its derivative: g′(x)", "input x", "slope").plot(grid, broken, color=VERMILION, linewidth=2)
    right.vlines(x, 0, slope, color=GREY, linewidth=1.2, linestyle=":")
    right.plot(x, slope, "o", color=VERMILION, ms=8)
    right.set_ylim(-0.08, 1.12)
    for ax in (left, right):
        ax.set_xlim(-REACH, REACH)
    return figure, f"At x = {x:g} the {function} gives {value:.3f}, and {_about(function, x, slope)}"


def _about(function: str, x: float, slope: float) -> str:
    if x in KINKS.get(function, ()):
        return f"the curve has a kink: two slopes meet, and we take {slope:g}."
    if slope == 0:
        return "its slope is 0: a small change of the input changes nothing."
    change = f"its slope is {slope:.3f}: an input larger by 0.1 makes the output larger by about {0.1 * slope:.4f}."
    return f"{change} The unit is saturated." if slope < 0.05 else change
