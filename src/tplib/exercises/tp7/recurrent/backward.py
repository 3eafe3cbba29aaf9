"""rnn_backward: back-propagation through time."""

from functools import partial
from typing import Any

import numpy as np

from tplib.exercises.tp7.recurrent.common import SIZES, Array, exercise, sequence, sizes, states_of
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Grads = tuple[Array, Array, Array, Array, Array]


def _draw(draw: Draw, sized: tuple[int, int, int, int] | None = None, last: bool = False) -> Arguments:
    x, h0, W, U, b = sequence(draw, sized or sizes(draw))
    states = states_of(x, h0, W, U, b)
    G = draw.array(*states.shape)
    if last:
        G[:, :-1] = 0  # the loss looks at the last state only
    return G, x, h0, states, W, U


@exercise(
    points=3,
    lecture="003, Training RNNs (back-propagation through time)",
    concepts=(35,),
    draw=_draw,
    edges=(
        *(Drawn(partial(_draw, sized=sized)) for sized in SIZES),
        Drawn(partial(_draw, sized=(2, 4, 3, 2), last=True)),
    ),
)
def rnn_backward(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    """From t = T down to 1: dh = G(t) + what came back from t + 1; delta = dh (1 - h(t)^2);
    dW += x(t)^T delta, dU += h(t-1)^T delta, db += sum of delta's rows; dx(t) = delta W^T; delta U^T goes to t - 1

    shapes: delta (B, H); dx (B, T, D), dh0 (B, H), dW (D, H), dU (H, H), db (H,)
    worked: T = 2: delta2 = G(2) (1 - h(2)^2), delta1 = (G(1) + delta2 U^T) (1 - h(1)^2), dh0 = delta1 U^T
    """
    before = np.concatenate([h0[:, None], states[:, :-1]], axis=1)
    dx, dh = np.empty(x.shape), np.zeros(h0.shape)
    dW, dU, db = np.zeros(W.shape), np.zeros(U.shape), np.zeros(len(U))
    for t in reversed(range(x.shape[1])):
        delta = (dh + G[:, t]) * (1 - states[:, t] ** 2)
        dx[:, t] = delta @ W.T
        dW += x[:, t].T @ delta
        dU += before[:, t].T @ delta
        db += delta.sum(axis=0)
        dh = delta @ U.T
    return dx, dh, dW, dU, db


@rnn_backward.alternative
def deltas_first(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    """All deltas, then one product for each gradient."""
    return _parts(_deltas(G, states, U), x, h0, states, W, U)


@rnn_backward.alternative
def recursive(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    """The last step, then the same for the steps before it."""
    before = states[:, -2] if x.shape[1] > 1 else h0
    delta = G[:, -1] * (1 - states[:, -1] ** 2)
    own = x[:, -1].T @ delta, before.T @ delta, delta.sum(axis=0)
    if x.shape[1] == 1:
        return (delta @ W.T)[:, None], delta @ U.T, *own
    rest = G[:, :-1].copy()
    rest[:, -1] += delta @ U.T
    dx, dh0, *others = recursive(rest, x[:, :-1], h0, states[:, :-1], W, U)
    dW, dU, db = (a + b for a, b in zip(own, others, strict=True))
    return np.concatenate([dx, (delta @ W.T)[:, None]], axis=1), dh0, dW, dU, db


def _deltas(G: Array, states: Array, U: Array, back: Array | None = None, slopes: Array | None = None) -> Array:
    """delta of each step (B, T, H); `back` carries it to the step before in place of U^T."""
    slopes = 1 - states**2 if slopes is None else slopes
    deltas, dh = np.empty(G.shape), np.zeros(G[:, 0].shape)
    for t in reversed(range(G.shape[1])):
        deltas[:, t] = (G[:, t] + dh) * slopes[:, t]
        dh = deltas[:, t] @ (U.T if back is None else back)
    return deltas


def _before(h0: Array, states: Array) -> Array:
    return np.concatenate([h0[:, None], states[:, :-1]], axis=1)


def _parts(deltas: Array, x: Array, h0: Array, states: Array, W: Array, U: Array, before: Any = None) -> Grads:
    before = _before(h0, states) if before is None else before
    dW, dU = np.einsum("btd,bth->dh", x, deltas), np.einsum("btg,bth->gh", before, deltas)
    return deltas @ W.T, deltas[:, 0] @ U.T, dW, dU, deltas.sum(axis=(0, 1))


@rnn_backward.mistake("h(t) reaches the loss in two ways: by itself, and through h(t+1). Which ways does your dh hold?")
def nothing_comes_back_from_the_next_step(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    return _parts(G * (1 - states**2), x, h0, states, W, U)


@rnn_backward.mistake("Each state may be used by the loss itself. Does your dh hold the G of every step?")
def gradient_of_the_last_step_only(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    last = G.copy()
    last[:, :-1] = 0
    return _parts(_deltas(last, states, U), x, h0, states, W, U)


@rnn_backward.mistake("The slope of tanh is 1 - h^2. Do you multiply by it, or divide?")
def divided_by_the_slope(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    return _parts(_deltas(G, states, U, slopes=1 / (1 - states**2)), x, h0, states, W, U)


@rnn_backward.mistake("On its way back the gradient passes through tanh. Where is its slope?")
def slope_forgotten(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    return _parts(_deltas(G, states, U, slopes=np.ones(states.shape)), x, h0, states, W, U)


@rnn_backward.mistake("The tanh of step t gave h(t). By which state do you take its slope?")
def slope_of_the_step_before(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    return _parts(_deltas(G, states, U, slopes=1 - _before(h0, states) ** 2), x, h0, states, W, U)


@rnn_backward.mistake("`states` holds h = tanh(z). What is the slope 1 - tanh(z)^2, written with h?")
def tanh_applied_twice(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    return _parts(_deltas(G, states, U, slopes=1 - np.tanh(states) ** 2), x, h0, states, W, U)


@rnn_backward.mistake("The same W, U and b act at every step. From how many steps do your gradients of them come?")
def weights_at_the_last_step_only(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    deltas = _deltas(G, states, U)
    dx, dh0, *_ = _parts(deltas, x, h0, states, W, U)
    return dx, dh0, *_parts(deltas[:, -1:], x[:, -1:], h0, states, W, U, _before(h0, states)[:, -1:])[2:]


@rnn_backward.mistake("The gradients of all steps add up. Does `=` add, or does it replace what was there?")
def weights_replaced_at_each_step(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    deltas = _deltas(G, states, U)
    dx, dh0, *_ = _parts(deltas, x, h0, states, W, U)
    return dx, dh0, *_parts(deltas[:, :1], x[:, :1], h0, states, W, U, h0[:, None])[2:]


@rnn_backward.mistake("The gradients of all uses add up. Is this a sum or a mean?")
def mean_over_the_steps(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    dx, dh0, dW, dU, db = rnn_backward(G, x, h0, states, W, U)
    return dx, dh0, dW / x.shape[1], dU / x.shape[1], db / x.shape[1]


@rnn_backward.mistake(
    "h(t) = tanh(... + h(t-1) U + ...). Which state does the formula multiply by U?", name="U by the state after"
)
def u_by_the_state_after(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    return _parts(_deltas(G, states, U), x, h0, states, W, U, before=states)


@rnn_backward.mistake("The first step used h0. Is it part of your gradient of U?", name="h0 left out of dU")
def h0_left_out(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    return _parts(_deltas(G, states, U), x, h0, states, W, U, before=_before(0 * h0, states))


@rnn_backward.mistake("Forward it was h(t-1) U. Which matrix brings the gradient back?", name="U not transposed")
def u_not_transposed(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    deltas = _deltas(G, states, U, back=U)
    dx, _, dW, dU, db = _parts(deltas, x, h0, states, W, U)
    return dx, deltas[:, 0] @ U, dW, dU, db


@rnn_backward.mistake("b has the shape (H,) and serves all examples and steps. Over which axes do you add?")
def bias_for_each_example(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    dx, dh0, dW, dU, _ = rnn_backward(G, x, h0, states, W, U)
    return dx, dh0, dW, dU, _deltas(G, states, U).sum(axis=1)


@rnn_backward.mistake("`dh0` is the gradient with respect to h0. Has yours passed through the first step?")
def dh_of_the_first_state(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    dx, _, dW, dU, db = rnn_backward(G, x, h0, states, W, U)
    deltas = _deltas(G, states, U)
    back = deltas[:, 1] @ U.T if x.shape[1] > 1 else 0 * h0
    return dx, G[:, 0] + back, dW, dU, db


@rnn_backward.mistake(
    "At the first step `states[:, t - 1]` is `states[:, -1]`. Which state is that, and which do you want?",
    name="last state in the place of h0",
)
def last_state_in_the_place_of_h0(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    return _parts(_deltas(G, states, U), x, h0, states, W, U, before=np.roll(states, 1, axis=1))


@rnn_backward.mistake(
    "The loss uses h(t), and its gradient is G(t). Which step's G do you add at step t?", name="G of the step after"
)
def g_of_the_step_after(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    later = np.concatenate([G[:, 1:], 0 * G[:, :1]], axis=1)
    return rnn_backward(later, x, h0, states, W, U)  # type: ignore[no-any-return]


@rnn_backward.mistake("G is the gradient of a sum over the batch already. Is a division needed?")
def mean_over_the_batch(G: Array, x: Array, h0: Array, states: Array, W: Array, U: Array) -> Grads:
    dx, dh0, dW, dU, db = rnn_backward(G, x, h0, states, W, U)
    return dx, dh0, dW / len(x), dU / len(x), db / len(x)
