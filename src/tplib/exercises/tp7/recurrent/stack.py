"""stack_layers: a deep recurrent network."""

import itertools
from functools import partial
from typing import Any

import numpy as np

from tplib.exercises.tp7.recurrent.common import Array, exercise, states_of
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Layers = list[tuple[Array, Array, Array]]
Result = tuple[Array, list[Array]]


def _draw(draw: Draw, sized: tuple[int, ...] | None = None) -> Arguments:
    """B, T, then the widths, that of the input first."""
    if sized is None:
        sized = (draw.size(1, 3), draw.size(1, 4), draw.size(1, 3), *(draw.size(1, 3) for _ in range(draw.size(1, 3))))
    B, T, *widths = sized
    layers = [
        (draw.array(D, H, low=-1, high=1), draw.array(H, H, low=-1, high=1), draw.array(H, low=-1, high=1))
        for D, H in itertools.pairwise(widths)
    ]
    return draw.array(B, T, widths[0], low=-2, high=2), layers


SIZES = ((3, 3, 3, 3, 3), (2, 4, 3, 2, 5), (1, 3, 2, 3, 1, 2), (2, 1, 3, 2, 4), (3, 2, 2, 4), (2, 3, 2, 2, 2, 2))


@exercise(
    points=2,
    lecture="003, Deep RNNs",
    concepts=(38,),
    draw=_draw,
    edges=tuple(Drawn(partial(_draw, sized=sized)) for sized in SIZES),
    at_home=True,
)
def stack_layers(x: Array, layers: Layers) -> Result:
    """the first layer reads x, each other layer reads all states of the layer below; each starts from zeros

    shapes: layer l: (B, T, D) -> (B, T, H); the states of the top layer (B, T, H), and L last states (B, H)
    worked: L = 2: s1 = states of x, s2 = states of s1; the result is s2 and [s1[:, -1], s2[:, -1]]
    """
    last = []
    for W, U, b in layers:
        x = states_of(x, np.zeros((len(x), len(U))), W, U, b)
        last.append(x[:, -1])
    return x, last


@stack_layers.alternative
def step_by_step(x: Array, layers: Layers) -> Result:
    """All layers at a step before the next step."""
    h = [np.zeros((x.shape[0], b.size)) for _, _, b in layers]
    top = []
    for t in range(x.shape[1]):
        below = x[:, t]
        for place, (W, U, b) in enumerate(layers):
            below = h[place] = np.tanh(below @ W + h[place] @ U + b)
        top.append(below)
    return np.stack(top, axis=1), h


@stack_layers.alternative
def recursive(x: Array, layers: Layers) -> Result:
    (W, U, b), *above = layers
    states = states_of(x, np.zeros((x.shape[0], len(b))), W, U, b)
    if not above:
        return states, [states[:, -1]]
    top, last = recursive(states, above)
    return top, [states[:, -1], *last]


def _zeros(x: Array, U: Array) -> Array:
    return np.zeros((len(x), len(U)))


@stack_layers.mistake("What is the input of the second layer: x again, or the states of the first?")
def every_layer_reads_x(x: Array, layers: Layers) -> Result:
    states = [states_of(x, _zeros(x, U), W, U, b) for W, U, b in layers]
    return states[-1], [each[:, -1] for each in states]


@stack_layers.mistake("Each layer has its own weights. Which ones does your second layer use?")
def weights_of_the_first_layer_for_all(x: Array, layers: Layers) -> Result:
    return stack_layers(x, [layers[0]] * len(layers))  # type: ignore[no-any-return]


@stack_layers.mistake("Each layer starts from zeros. Where does your second layer start?")
def starts_from_the_last_state_below(x: Array, layers: Layers) -> Result:
    h, last = _zeros(x, layers[0][1]), []
    for W, U, b in layers:
        x = states_of(x, h, W, U, b)
        h = x[:, -1]
        last.append(h)
    return x, last


@stack_layers.mistake("A last state for each layer: how many arrays are in your list?")
def last_state_of_the_top_layer_only(x: Array, layers: Layers) -> Result:
    top, last = stack_layers(x, layers)
    return top, last[-1:]


@stack_layers.mistake("The last state of a layer is the one after the last step. Which ones do you collect?")
def all_states_for_the_last(x: Array, layers: Layers) -> Result:
    states = []
    for W, U, b in layers:
        x = states_of(x, _zeros(x, U), W, U, b)
        states.append(x)
    return x, states


@stack_layers.mistake("The last state of a layer is the one after step T. After which step is yours?")
def first_states_for_the_last(x: Array, layers: Layers) -> Result:
    states = []
    for W, U, b in layers:
        x = states_of(x, _zeros(x, U), W, U, b)
        states.append(x[:, 0])
    return x, states


@stack_layers.mistake("The last layer is one thing, the last step another. Which one did the text ask for first?")
def last_step_for_the_last_layer(x: Array, layers: Layers) -> Result:
    top, last = stack_layers(x, layers)
    return top[:, -1], last


@stack_layers.mistake("`layers` may hold one layer, two or more. How many does your code use?")
def first_layer_only(x: Array, layers: Layers) -> Result:
    return stack_layers(x, layers[:1])  # type: ignore[no-any-return]


@stack_layers.mistake("The upper layer reads all states of the one below. How many does yours get to read?")
def last_state_at_every_step(x: Array, layers: Layers) -> Result:
    last: list[Array] = []
    T = x.shape[1]
    for W, U, b in layers:
        given = x if not last else np.repeat(last[-1][:, None], T, axis=1)
        x = states_of(given, _zeros(x, U), W, U, b)
        last.append(x[:, -1])
    return x, last


@stack_layers.mistake("The first layer's last state comes first. In which order are yours?")
def from_the_top_layer_down(x: Array, layers: Layers) -> Result:
    top, last = stack_layers(x, layers)
    return top, last[::-1]


@stack_layers.mistake("Two things are asked for: all states of the top layer, and a list of last states.")
def top_states_only(x: Array, layers: Layers) -> Any:
    return stack_layers(x, layers)[0]


@stack_layers.mistake("The layer above reads the states of the layer below, and nothing else. What do you add to them?")
def input_added_to_the_states(x: Array, layers: Layers) -> Result:
    last = []
    for W, U, b in layers:
        states = states_of(x, _zeros(x, U), W, U, b)
        x = states + x if states.shape == x.shape else states
        last.append(x[:, -1])
    return x, last


@stack_layers.mistake("Each layer starts from zeros. From what do yours start?")
def starts_from_ones(x: Array, layers: Layers) -> Result:
    last = []
    for W, U, b in layers:
        x = states_of(x, _zeros(x, U) + 1, W, U, b)
        last.append(x[:, -1])
    return x, last


@stack_layers.mistake("Each layer starts from zeros. Is the state of the layer below still there when yours starts?")
def state_not_set_back_to_zeros(x: Array, layers: Layers) -> Result:
    h, last = _zeros(x, layers[0][1]), []
    for W, U, b in layers:
        h = h if h.shape[1] == len(b) else _zeros(x, U)
        x = states_of(x, h, W, U, b)
        h = x[:, -1]
        last.append(h)
    return x, last
