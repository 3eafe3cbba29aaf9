"""gradient_reach: how much of the gradient of the last state comes back over each distance."""

from functools import partial

import numpy as np

from tplib.exercises.tp7.recurrent.common import SIZES, Array, exercise, sequence, sizes, states_of
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn


def _draw(draw: Draw, sized: tuple[int, int, int, int] | None = None) -> Arguments:
    x, h0, W, U, b = sequence(draw, sized or sizes(draw))
    states = states_of(x, h0, W, U, b)
    return draw.array(*h0.shape), states, U


def _longer(draw: Draw) -> Arguments:
    return _draw(draw, (2, 12, 3, 4))


@exercise(
    points=2,
    lecture="003, The Challenge of Long-Term Dependencies",
    concepts=(35,),
    draw=_draw,
    edges=(*(Drawn(partial(_draw, sized=sized)) for sized in SIZES), Drawn(_longer)),
)
def gradient_reach(G: Array, states: Array, U: Array) -> Array:
    """dh(T) = G; dh(t-1) = (dh(t) (1 - h(t)^2)) U^T; reach[k] = norm of dh(T - k), for k = 0 ... T - 1

    shapes: dh (B, H) at every step; the result (T,), the distance 0 first
    worked: T = 2: reach[0] = norm of G, reach[1] = norm of (G (1 - h(2)^2)) U^T
    """
    dh, reach = G, []
    for t in reversed(range(states.shape[1])):
        reach.append(np.sqrt(np.sum(dh**2)))
        dh = (dh * (1 - states[:, t] ** 2)) @ U.T
    return np.array(reach)


@gradient_reach.alternative
def by_distance(G: Array, states: Array, U: Array) -> Array:
    T = states.shape[1]
    reach = np.empty(T)
    reach[0], dh = np.linalg.norm(G), G
    for k in range(1, T):
        h = states[:, T - k]
        dh = np.einsum("bh,gh->bg", dh * (1 - h) * (1 + h), U)
        reach[k] = np.linalg.norm(dh)
    return reach


@gradient_reach.alternative
def by_jacobians(G: Array, states: Array, U: Array) -> Array:
    """A matrix dh(t) / dh(t-1) for each example."""
    T = states.shape[1]
    rows = [[g] for g in G]
    for path, h in zip(rows, states, strict=True):
        for t in range(T - 1, 0, -1):
            path.append((U * (1 - h[t] ** 2)) @ path[-1])
    return np.array(np.sqrt((np.array(rows) ** 2).sum(axis=(0, 2))))


def _walk(G: Array, U: Array, slopes: Array) -> list[Array]:
    walk = [G]
    for t in reversed(range(1, slopes.shape[1])):
        walk.append((walk[-1] * slopes[:, t]) @ U.T)
    return walk


def _norms(walk: list[Array]) -> Array:
    return np.array([np.linalg.norm(dh) for dh in walk])


@gradient_reach.mistake("On its way back the gradient passes through tanh at each step. Where is its slope?")
def slope_forgotten(G: Array, states: Array, U: Array) -> Array:
    return _norms(_walk(G, U, np.ones(states.shape)))


@gradient_reach.mistake("From h(T) to h(T-1): through the tanh of which step does the gradient go first?")
def slope_of_the_step_before(G: Array, states: Array, U: Array) -> Array:
    return _norms(_walk(G, U, 1 - np.roll(states, 1, axis=1) ** 2))


@gradient_reach.mistake("Through a product with U the gradient comes back by which matrix?", name="U not transposed")
def u_not_transposed(G: Array, states: Array, U: Array) -> Array:
    return _norms(_walk(G, U.T, 1 - states**2))


@gradient_reach.mistake("reach[0] is the norm of G. Which distance comes first in yours?")
def farthest_first(G: Array, states: Array, U: Array) -> Array:
    return _norms(_walk(G, U, 1 - states**2))[::-1]


@gradient_reach.mistake("A norm is a root of a sum of squares. Where is your root?")
def squared_norms(G: Array, states: Array, U: Array) -> Array:
    return _norms(_walk(G, U, 1 - states**2)) ** 2


@gradient_reach.mistake("reach[0] is the norm of G itself. Has it been through a step already?")
def one_step_too_far(G: Array, states: Array, U: Array) -> Array:
    longer = np.concatenate([states[:, :1], states], axis=1)
    return _norms(_walk(G, U, 1 - longer**2))[1:]


@gradient_reach.mistake(
    "One norm for all numbers of dh. What do you do with the examples?", name="mean of the examples' norms"
)
def mean_of_the_examples_norms(G: Array, states: Array, U: Array) -> Array:
    return np.array([np.linalg.norm(dh, axis=1).mean() for dh in _walk(G, U, 1 - states**2)])


@gradient_reach.mistake(
    "dh is the gradient of h, before tanh's slope. Of what do you take the norm?", name="norm of the sum's gradients"
)
def norm_of_the_sums_gradients(G: Array, states: Array, U: Array) -> Array:
    walk = _walk(G, U, 1 - states**2)
    return np.array([np.linalg.norm(dh * (1 - states[:, -1 - k] ** 2)) for k, dh in enumerate(walk)])


@gradient_reach.mistake("Norms as they are: by what do you divide them?")
def divided_by_the_first(G: Array, states: Array, U: Array) -> Array:
    norms = _norms(_walk(G, U, 1 - states**2))
    return norms / norms[0]


@gradient_reach.mistake(
    "The loss looks at the last state only. Does G arrive once, or at every step?", name="G arrives at every step"
)
def g_arrives_at_every_step(G: Array, states: Array, U: Array) -> Array:
    walk = [G]
    for t in reversed(range(1, states.shape[1])):
        walk.append(G + (walk[-1] * (1 - states[:, t] ** 2)) @ U.T)
    return _norms(walk)


@gradient_reach.mistake(
    "There are T states, h0 is not among them. How many norms do you return?", name="norm of h0, too"
)
def norm_of_h0_too(G: Array, states: Array, U: Array) -> Array:
    return _norms(_walk(G, U, 1 - np.concatenate([states[:, :1], states], axis=1) ** 2))


@gradient_reach.mistake("The root of the sum of all squares: is it what `np.linalg.norm(dh, 2)` gives for a matrix?")
def norm_of_a_matrix_of_order_2(G: Array, states: Array, U: Array) -> Array:
    return np.array([np.linalg.norm(dh, 2) for dh in _walk(G, U, 1 - states**2)])


@gradient_reach.mistake("A norm is computed from all entries. How many of them count in yours?")
def largest_entry_as_norm(G: Array, states: Array, U: Array) -> Array:
    return np.array([np.abs(dh).max() for dh in _walk(G, U, 1 - states**2)])


@gradient_reach.mistake("The figure has a log axis. Does the function have to take a logarithm as well?")
def logarithms_of_the_norms(G: Array, states: Array, U: Array) -> Array:
    return np.log10(_norms(_walk(G, U, 1 - states**2)))
