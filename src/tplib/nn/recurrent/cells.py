"""One time step of a recurrent layer, for loops written by hand (lecture 003, "Memory cell")."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, ClassVar

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn import init
from tplib.nn.graph.graph import Function
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.module import Module, Parameter
from tplib.nn.recurrent import gru, lstm, rnn
from tplib.nn.recurrent.time_steps import parts_of
from tplib.nn.sizes import check_sizes


def reset(parameters: Iterable[Parameter], hidden_size: int, rng: np.random.Generator) -> None:
    """Uniform on [-1, 1] / sqrt(H), as all parameters of recurrent layers start."""
    bound = 1 / math.sqrt(hidden_size)
    for parameter in parameters:
        init.uniform_(parameter, -bound, bound, rng)


class Cell(Module):
    """What RNNCell, LSTMCell and GRUCell share.

    Input (B, D) or (D,) and states (B, H) or (H,), by default zeros -> the next states. All parameters start uniform
    on [-1, 1] / sqrt(H), drawn from `rng`.
    """

    node: ClassVar[type[Function]]
    gates: ClassVar[int]
    states: ClassVar[int] = 1

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        check_sizes(type(self).__name__, input_size=input_size)
        check_sizes(type(self).__name__, 1, hidden_size=hidden_size)
        self.input_size, self.hidden_size, self.bias = input_size, hidden_size, bias
        rows = self.gates * hidden_size
        self.weight_ih = Parameter(np.empty((rows, input_size), dtype))
        self.weight_hh = Parameter(np.empty((rows, hidden_size), dtype))
        for name in ("bias_ih", "bias_hh"):
            self.register_parameter(name, Parameter(np.empty(rows, dtype)) if bias else None)
        self.reset_parameters(rng=rng)

    def reset_parameters(self, *, rng: np.random.Generator | None = None) -> None:
        """Draw all values anew, from `rng`."""
        reset(self.parameters(), self.hidden_size, np.random.default_rng(rng))

    def _next(self, input: TensorLike, states: list[Any] | None, *options: Any) -> list[Tensor]:
        name = type(self).__name__
        x = as_tensor(input)
        if x.ndim not in (1, 2) or x.shape[-1] != self.input_size:
            raise ValueError(f"{name}: expected an input (B, {self.input_size}) or ({self.input_size},), got {x.shape}")
        shape = (*x.shape[:-1], self.hidden_size)
        if states is None:
            states = [np.zeros(shape, self.weight_hh.dtype)] * self.states
        before = [as_tensor(state) for state in states]
        for state in before:
            if state.shape != shape:
                raise ValueError(f"{name}: expected states of shape {shape} for an input {x.shape}, got {state.shape}")
        if x.ndim == 1:
            x, before = x.unsqueeze(0), [state.unsqueeze(0) for state in before]
        batch = x.shape[0]
        weights = self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh
        result = self.node.apply(x, *before, *weights, ((slice(0, batch), batch),), *options)
        output, _, *others = parts_of(result, batch, batch, self.states)
        return [state.reshape(shape) for state in (output, *others)]

    def extra_repr(self) -> str:
        return f"{self.input_size}, {self.hidden_size}" + ("" if self.bias else ", bias=False")


class RNNCell(Cell):
    """h' = g(W x + U h + b), with g `nonlinearity`, "tanh" or "relu" (lecture 003, "Output of recurrent neurons")."""

    node = rnn.RNN
    gates = 1

    def __init__(
        self, input_size: int, hidden_size: int, bias: bool = True, nonlinearity: str = "tanh", **options: Any
    ) -> None:
        if nonlinearity not in ("tanh", "relu"):
            raise ValueError(f'RNNCell: expected the nonlinearity "tanh" or "relu", got {nonlinearity!r}')
        super().__init__(input_size, hidden_size, bias, **options)
        self.nonlinearity = nonlinearity

    def forward(self, input: TensorLike, hx: TensorLike | None = None) -> Tensor:
        return self._next(input, None if hx is None else [hx], self.nonlinearity)[0]


class LSTMCell(Cell):
    """(h', c') from x and (h, c); the equations are in `lstm.py` (lecture 003, "LSTM cell")."""

    node = lstm.LSTM
    gates = 4
    states = 2

    def forward(self, input: TensorLike, hx: tuple[TensorLike, TensorLike] | None = None) -> tuple[Tensor, Tensor]:
        if hx is not None and not (isinstance(hx, tuple | list) and len(hx) == 2):
            raise ValueError(f"LSTMCell: expected the states as a pair (h, c), got {type(hx).__name__}")
        h, c = self._next(input, None if hx is None else list(hx))
        return h, c


class GRUCell(Cell):
    """h' from x and h; the equations are in `gru.py` (lecture 003, "Gated Recurrent Unit")."""

    node = gru.GRU
    gates = 3

    def forward(self, input: TensorLike, hx: TensorLike | None = None) -> Tensor:
        return self._next(input, None if hx is None else [hx])[0]
