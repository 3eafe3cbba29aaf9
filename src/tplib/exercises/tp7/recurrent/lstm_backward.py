"""lstm_cell_backward: the gradients of one time step of an LSTM."""

from functools import partial
from typing import Any

import numpy as np

from tplib.exercises.tp7.recurrent.common import SIZES, Array, cell_of, exercise, sigmoid, sizes
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Grads = tuple[Array, Array, Array, Array, Array, Array]


def _draw(draw: Draw, sized: tuple[int, int, int, int] | None = None, zero: str = "") -> Arguments:
    x, h, c, W, U, b = cell_of(draw, sized or sizes(draw), 4, 2)
    dh, dc = draw.array(*h.shape), draw.array(*h.shape)
    return dh * (zero != "dh"), dc * (zero != "dc"), x, h, c, W, U, b


@exercise(
    points=3,
    lecture="003, LSTM cell; 002, function node (backward)",
    concepts=(36,),
    draw=_draw,
    edges=(
        *(Drawn(partial(_draw, sized=sized)) for sized in SIZES),
        Drawn(partial(_draw, sized=(2, 1, 3, 2), zero="dh")),
        Drawn(partial(_draw, sized=(2, 1, 3, 2), zero="dc")),
    ),
    at_home=True,
)
def lstm_cell_backward(dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Grads:
    """dc += dh o (1 - tanh(c')^2); da_i = dc g i (1 - i), da_f = dc c f (1 - f), da_g = dc i (1 - g^2),
    da_o = dh tanh(c') o (1 - o); then as for a layer: dx = da W^T, dh(t-1) = da U^T, dW = x^T da, dU = h^T da,
    db = sum of da's rows; dc(t-1) = dc f

    shapes: da (B, 4H) in the order i, f, g, o; dx (B, D), dh and dc (B, H), dW (D, 4H), dU (H, 4H), db (4H,)
    worked: all sums 0, c = 0, dh = 0, dc = 1: da_i = da_f = da_o = 0, da_g = 0.5, dc(t-1) = 0.5
    """
    da, dc_before = _sums(dh, dc, x, h, c, W, U, b)
    return _rest(da, dc_before, x, h, W, U)


def _sums(
    dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array
) -> tuple[list[Array], Array]:
    """da of i, f, g, o, and dc of the step before."""
    a = np.split(x @ W + h @ U + b, 4, axis=1)
    i, f, g, o = sigmoid(a[0]), sigmoid(a[1]), np.tanh(a[2]), sigmoid(a[3])
    tanh_c = np.tanh(f * c + i * g)
    dc = dc + dh * o * (1 - tanh_c**2)
    da = [dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g**2), dh * tanh_c * o * (1 - o)]
    return da, dc * f


def _rest(parts: list[Array], dc_before: Array, x: Array, h: Array, W: Array, U: Array) -> Grads:
    da = np.concatenate(parts, axis=1)
    return da @ W.T, da @ U.T, dc_before, x.T @ da, h.T @ da, da.sum(axis=0)


@lstm_cell_backward.alternative
def gate_by_gate(dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Grads:
    H = h.shape[1]
    gates = 1 / (1 + np.exp(-(x @ W + h @ U + b)))
    i, f, o = gates[:, :H], gates[:, H : 2 * H], gates[:, 3 * H :]
    g = np.tanh(x @ W[:, 2 * H : 3 * H] + h @ U[:, 2 * H : 3 * H] + b[2 * H : 3 * H])
    t = np.tanh(f * c + i * g)
    back = dh * o * (1 - t) * (1 + t) + dc
    da = np.empty(gates.shape)
    da[:, :H] = back * g * i * (1 - i)
    da[:, H : 2 * H] = back * c * f * (1 - f)
    da[:, 2 * H : 3 * H] = back * i * (1 - g * g)
    da[:, 3 * H :] = dh * t * o * (1 - o)
    return da @ W.T, da @ U.T, back * f, np.dot(x.T, da), np.dot(h.T, da), np.ones(len(x)) @ da


@lstm_cell_backward.alternative
def example_by_example(dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Grads:
    dx, dh0, dc0 = np.zeros(x.shape), np.zeros(h.shape), np.zeros(c.shape)
    dW, dU, db = np.zeros(W.shape), np.zeros(U.shape), np.zeros(b.shape)
    for n in range(len(x)):
        row = slice(n, n + 1)
        parts, dc0[row] = _sums(dh[row], dc[row], x[row], h[row], c[row], W, U, b)
        da = np.concatenate(parts, axis=1)[0]
        dx[n], dh0[n] = W @ da, U @ da
        dW += np.outer(x[n], da)
        dU += np.outer(h[n], da)
        db += da
    return dx, dh0, dc0, dW, dU, db


def _changed(change: Any) -> Any:
    """A mistake in what goes back to the sums: `change` gets dh, dc, the gates, c, tanh(c') and gives da and dc."""

    def candidate(dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Grads:
        a = np.split(x @ W + h @ U + b, 4, axis=1)
        i, f, g, o = sigmoid(a[0]), sigmoid(a[1]), np.tanh(a[2]), sigmoid(a[3])
        parts, before = change(dh, dc, i, f, g, o, c, np.tanh(f * c + i * g))
        return _rest(parts, before, x, h, W, U)

    return candidate


def _da(dh: Array, dc: Array, i: Array, f: Array, g: Array, o: Array, c: Array, t: Array) -> list[Array]:
    return [dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g**2), dh * t * o * (1 - o)]


@lstm_cell_backward.mistake("The next step uses c(t), too. Where do you use the dc that arrives?")
def dc_that_arrives_ignored(dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Grads:
    return lstm_cell_backward(dh, 0 * dc, x, h, c, W, U, b)


@lstm_cell_backward.mistake("h(t) = o tanh(c(t)): does a change of c(t) reach the loss through h(t)?")
def no_way_from_h_to_c(dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Grads:
    def change(dh, dc, i, f, g, o, c, t):  # type: ignore[no-untyped-def]
        return _da(dh, dc, i, f, g, o, c, t), dc * f

    return _changed(change)(dh, dc, x, h, c, W, U, b)  # type: ignore[no-any-return]


@lstm_cell_backward.mistake("From h(t) back to c(t) the gradient passes through tanh. Where is its slope?")
def slope_of_tanh_of_c_forgotten(
    dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array
) -> Grads:
    def change(dh, dc, i, f, g, o, c, t):  # type: ignore[no-untyped-def]
        dc = dc + dh * o
        return _da(dh, dc, i, f, g, o, c, t), dc * f

    return _changed(change)(dh, dc, x, h, c, W, U, b)  # type: ignore[no-any-return]


@lstm_cell_backward.mistake("h(t) = o tanh(c(t)): by what is tanh(c(t)) multiplied?")
def output_gate_forgotten_on_the_way_to_c(
    dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array
) -> Grads:
    def change(dh, dc, i, f, g, o, c, t):  # type: ignore[no-untyped-def]
        dc = dc + dh * (1 - t**2)
        return _da(dh, dc, i, f, g, o, c, t), dc * f

    return _changed(change)(dh, dc, x, h, c, W, U, b)  # type: ignore[no-any-return]


@lstm_cell_backward.mistake("c(t) = f c(t-1) + i g. By what is c(t-1) multiplied?")
def forget_gate_missing_in_dc(
    dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array
) -> Grads:
    def change(dh, dc, i, f, g, o, c, t):  # type: ignore[no-untyped-def]
        dc = dc + dh * o * (1 - t**2)
        return _da(dh, dc, i, f, g, o, c, t), dc

    return _changed(change)(dh, dc, x, h, c, W, U, b)  # type: ignore[no-any-return]


@lstm_cell_backward.mistake("What does i multiply in c(t), and what does f? These are their local gradients.")
def deltas_of_i_and_f_exchanged(
    dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array
) -> Grads:
    def change(dh, dc, i, f, g, o, c, t):  # type: ignore[no-untyped-def]
        dc = dc + dh * o * (1 - t**2)
        return [dc * c * i * (1 - i), dc * g * f * (1 - f), *_da(dh, dc, i, f, g, o, c, t)[2:]], dc * f

    return _changed(change)(dh, dc, x, h, c, W, U, b)  # type: ignore[no-any-return]


@lstm_cell_backward.mistake("f multiplies c(t-1), the state before the step. Which state do you use?")
def new_state_in_the_delta_of_f(
    dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array
) -> Grads:
    def change(dh, dc, i, f, g, o, c, t):  # type: ignore[no-untyped-def]
        dc = dc + dh * o * (1 - t**2)
        return _da(dh, dc, i, f, g, o, f * c + i * g, t), dc * f

    return _changed(change)(dh, dc, x, h, c, W, U, b)  # type: ignore[no-any-return]


@lstm_cell_backward.mistake("g comes from tanh, whose slope is 1 - g^2. Which slope has your delta of g?")
def slope_of_the_sigmoid_for_g(
    dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array
) -> Grads:
    def change(dh, dc, i, f, g, o, c, t):  # type: ignore[no-untyped-def]
        dc = dc + dh * o * (1 - t**2)
        parts = _da(dh, dc, i, f, g, o, c, t)
        return [*parts[:2], dc * i * g * (1 - g), parts[3]], dc * f

    return _changed(change)(dh, dc, x, h, c, W, U, b)  # type: ignore[no-any-return]


@lstm_cell_backward.mistake("Each gate is a sigmoid of its sum. Where are the slopes of the three sigmoids?")
def slopes_of_the_gates_forgotten(
    dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array
) -> Grads:
    def change(dh, dc, i, f, g, o, c, t):  # type: ignore[no-untyped-def]
        dc = dc + dh * o * (1 - t**2)
        return [dc * g, dc * c, dc * i * (1 - g**2), dh * t], dc * f

    return _changed(change)(dh, dc, x, h, c, W, U, b)  # type: ignore[no-any-return]


@lstm_cell_backward.mistake("h(t) = o tanh(c(t)): what does o multiply, c(t) or its tanh?")
def delta_of_o_without_tanh(dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Grads:
    def change(dh, dc, i, f, g, o, c, t):  # type: ignore[no-untyped-def]
        back = dc + dh * o * (1 - t**2)
        return [*_da(dh, back, i, f, g, o, c, t)[:3], dh * (f * c + i * g) * o * (1 - o)], back * f

    return _changed(change)(dh, dc, x, h, c, W, U, b)  # type: ignore[no-any-return]


@lstm_cell_backward.mistake("The blocks of W stand in the order i, f, g, o. In which order do yours?")
def blocks_in_the_order_i_f_o_g(
    dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array
) -> Grads:
    (i, f, g, o), before = _sums(dh, dc, x, h, c, W, U, b)
    return _rest([i, f, o, g], before, x, h, W, U)


@lstm_cell_backward.mistake("dh and dc are gradients of a sum over the batch already. Is a division needed?")
def mean_over_the_batch(dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Grads:
    dx, dh0, dc0, dW, dU, db = lstm_cell_backward(dh, dc, x, h, c, W, U, b)
    return dx, dh0, dc0, dW / len(x), dU / len(x), db / len(x)


@lstm_cell_backward.mistake("h(t) = o tanh(c(t)): is that the long-term state before the step, or after it?")
def tanh_of_the_old_c(dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Grads:
    def change(dh: Array, dc: Array, i: Array, f: Array, g: Array, o: Array, c: Array, _: Array) -> Any:
        back = dc + dh * o * (1 - np.tanh(c) ** 2)
        return _da(dh, back, i, f, g, o, c, np.tanh(c)), back * f

    return _changed(change)(dh, dc, x, h, c, W, U, b)  # type: ignore[no-any-return]


@lstm_cell_backward.mistake("h(t-1) is used in the sums only. By which other way does a gradient reach it in yours?")
def dh_handed_on_to_the_old_h(
    dh: Array, dc: Array, x: Array, h: Array, c: Array, W: Array, U: Array, b: Array
) -> Grads:
    dx, dh0, *others = lstm_cell_backward(dh, dc, x, h, c, W, U, b)
    return dx, dh0 + dh, *others  # type: ignore[return-value]
