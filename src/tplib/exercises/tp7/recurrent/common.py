"""What the exercises of 2_recurrent share: their notebook, their inputs, and the calls that give them away."""

from functools import partial

import numpy as np

from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn, exercises_of

Array = np.ndarray

LAYERS = ("RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell")
LIBRARY = (
    *(f"torch.nn.{name}" for name in LAYERS),
    *(f"tplib.nn.{name}" for name in LAYERS),
    *(f"torch.{name}" for name in ("rnn_tanh", "rnn_tanh_cell", "lstm_cell", "gru_cell", "lstm", "gru")),
)
AUTOGRAD = (
    "torch.autograd.grad",
    "torch.autograd.backward",
    "torch.autograd.functional.jacobian",
    "torch.Tensor.backward",
    "torch.func.grad",
    "tplib.nn.Tensor.backward",
)

exercise = exercises_of("TP7-LSTM", "2_recurrent", forbidden=(*LIBRARY, *AUTOGRAD))

SIZES = (  # B, T, D, H: all equal, where no shape can complain; all different; one example, step, input, unit
    (3, 3, 3, 3),
    (2, 4, 3, 5),
    (4, 2, 3, 2),
    (1, 3, 2, 4),
    (2, 1, 3, 2),
    (3, 4, 1, 2),
    (2, 3, 2, 1),
)


def sizes(draw: Draw) -> tuple[int, int, int, int]:
    return draw.size(1, 3), draw.size(1, 4), draw.size(1, 3), draw.size(1, 3)


def sigmoid(z: Array) -> Array:
    """The sigmoid that the notebook gives."""
    return (1 + np.tanh(z / 2)) / 2


def cell(draw: Draw, B: int, D: int, H: int, gates: int, states: int) -> Arguments:
    """x (B, D), states (B, H), W (D, gates H), U (H, gates H), b (gates H,)."""
    before = [draw.array(B, H, low=-1, high=1) for _ in range(states)]
    wide = gates * H
    weights = draw.array(D, wide, low=-1, high=1), draw.array(H, wide, low=-1, high=1), draw.array(wide, low=-1, high=1)
    return draw.array(B, D, low=-2, high=2), *before, *weights


def cell_of(draw: Draw, sized: tuple[int, int, int, int], gates: int, states: int) -> Arguments:
    B, _, D, H = sized
    return cell(draw, B, D, H, gates, states)


def cell_cases(gates: int, states: int) -> tuple[Drawn, ...]:
    return tuple(Drawn(partial(cell_of, sized=sized, gates=gates, states=states)) for sized in SIZES)


def sequence(draw: Draw, sized: tuple[int, int, int, int]) -> Arguments:
    """x (B, T, D), h0 (B, H), W (D, H), U (H, H), b (H,)."""
    B, T, D, H = sized
    x = draw.array(B, T, D, low=-2, high=2)
    weights = draw.array(D, H, low=-1, high=1), draw.array(H, H, low=-1, high=1), draw.array(H, low=-1, high=1)
    return x, draw.array(B, H, low=-1, high=1), *weights


def states_of(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    """The states (B, T, H) of a recurrent layer."""
    states = []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ W + h @ U + b)
        states.append(h)
    return np.stack(states, axis=1)
