"""RNN, LSTM and GRU over whole sequences (lecture 003, "Recurrent layer", "Deep RNNs", "LSTM cell").

The lecture's kinds of network, with `rnn = nn.GRU(D, H)` and a layer `head = nn.Linear(H, K)`:

    sequence to sequence   output, _ = rnn(x); scores = head(output)          (T, B, D) -> (T, B, K)
    sequence to vector     _, h_n = rnn(x); scores = head(h_n[-1])            (T, B, D) -> (B, K)
    vector to sequence     rnn(nn.stack([x] * T)), or a cell fed its own output   (B, D) -> (T, B, K)
    vector to vector       a sequence of one step                             (1, B, D) -> (1, B, K)

An encoder and a decoder together: `tplib.nn.Seq2Seq`.
"""

from __future__ import annotations

import warnings
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from tplib.nn.dropout import dropout
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor, concatenate, stack
from tplib.nn.module import Module, Parameter
from tplib.nn.recurrent import gru, lstm, rnn
from tplib.nn.recurrent.cells import reset
from tplib.nn.recurrent.projected_lstm import projected_lstm
from tplib.nn.recurrent.time_steps import parts_of, steps_of
from tplib.nn.sizes import check_sizes
from tplib.nn.utils.rnn import Gather, PackedSequence, pack_padded_sequence, pad_packed_sequence


class Recurrent(Module):
    """What RNN, LSTM and GRU share: layers one on the other, in one direction or two.

    `forward(input, hx=None, lengths=None)` takes input (T, B, D), (B, T, D) with `batch_first`, (T, D) without a
    batch, or a PackedSequence; hx the initial states, each (num_layers * directions, B, H), by default zeros. With
    `lengths` (B,) it reads only the first lengths[b] steps of sequence b, and gives what packing gives: the last
    state is that at the sequence's own end, the reverse direction starts there, and the output after it is zero.

    Returns the output (T, B, directions * H) of the last layer, packed if the input was, and the last states, each
    (num_layers * directions, B, H). All parameters start uniform on [-1, 1] / sqrt(H), drawn from `rng`.
    """

    node: ClassVar[type[Function]]
    gates: ClassVar[int]
    states: ClassVar[int] = 1

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        proj_size: int = 0,
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        name = type(self).__name__
        check_sizes(name, 1, input_size=input_size, hidden_size=hidden_size, num_layers=num_layers)
        if proj_size and (self.states == 1 or not 0 < proj_size < hidden_size):
            raise ValueError(
                f"{name}: expected a proj_size below hidden_size for an LSTM, and 0 for all others, got {proj_size}"
            )
        if not 0 <= dropout <= 1:
            raise ValueError(f"{name}: expected a probability dropout between 0 and 1, got {dropout}")
        if dropout and num_layers == 1:
            warnings.warn(f"{name}: dropout acts between layers, so {dropout} does nothing to one layer", stacklevel=3)
        self.input_size, self.hidden_size, self.num_layers = input_size, hidden_size, num_layers
        self.bias, self.batch_first, self.dropout, self.bidirectional = bias, batch_first, dropout, bidirectional
        self.proj_size, self.rng = proj_size, np.random.default_rng(rng)
        rows = self.gates * hidden_size
        for layer in range(num_layers):
            width = input_size if layer == 0 else self.output_size * self.directions
            for suffix in self._suffixes(layer):
                shapes: dict[str, tuple[int, ...]] = {"weight_ih": (rows, width), "weight_hh": (rows, self.output_size)}
                if bias:
                    shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)}
                if proj_size:
                    shapes["weight_hr"] = (proj_size, hidden_size)
                for kind, shape in shapes.items():
                    setattr(self, kind + suffix, Parameter(np.empty(shape, dtype)))
        self.reset_parameters()

    def reset_parameters(self, *, rng: np.random.Generator | None = None) -> None:
        """Draw all values anew, from `rng` or else from the layer's own generator."""
        reset(self.parameters(), self.hidden_size, self.rng if rng is None else rng)

    @property
    def directions(self) -> int:
        return 2 if self.bidirectional else 1

    @property
    def output_size(self) -> int:
        """The width of the short-term state h in one direction."""
        return self.proj_size or self.hidden_size

    def _suffixes(self, layer: int) -> list[str]:
        return [f"_l{layer}", f"_l{layer}_reverse"][: self.directions]

    def _weights(self, suffix: str) -> list[Any]:
        return [getattr(self, kind + suffix, None) for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]

    def _options(self) -> tuple[Any, ...]:
        return ()

    def forward(
        self, input: TensorLike | PackedSequence, hx: Any = None, lengths: ArrayLike | None = None
    ) -> tuple[Any, Any]:
        if isinstance(input, PackedSequence):
            if lengths is not None:
                raise ValueError(f"{type(self).__name__}: a PackedSequence knows its lengths; leave `lengths` out")
            return self._packed(input, hx)
        x = as_tensor(input)
        if x.ndim not in (2, 3) or x.shape[-1] != self.input_size:
            axes = "(B, T, D)" if self.batch_first else "(T, B, D)"
            raise ValueError(
                f"{type(self).__name__}: expected an input {axes}, or (T, D) without a batch, "
                f"with D = {self.input_size} features, got {x.shape}"
            )
        if x.ndim == 2:
            return self._unbatched(x, hx, lengths)
        if self.batch_first:
            x = x.transpose(0, 1)  # (B, T, D) -> (T, B, D)
        time, batch, width = x.shape
        if time == 0:
            raise ValueError(f"{type(self).__name__}: expected at least one time step, got an input of {x.shape}")
        if lengths is not None:
            packed, last = self._packed(pack_padded_sequence(x, lengths, enforce_sorted=False), hx)
            return pad_packed_sequence(packed, self.batch_first, total_length=time)[0], last
        output, last = self._layers(x.reshape(time * batch, width), np.full(time, batch), self._initial(hx, batch))
        output = output.reshape(time, batch, output.shape[1])  # (T B, H) -> (T, B, H)
        return output.transpose(0, 1) if self.batch_first else output, self._pair(last)

    def _unbatched(self, x: Tensor, hx: Any, lengths: ArrayLike | None) -> tuple[Tensor, Any]:
        """(T, D), with states (L, H): a batch of one sequence."""
        batch_axis = 0 if self.batch_first else 1
        if hx is not None:
            hx = self._pair([as_tensor(state).unsqueeze(1) for state in self._given(hx, 2)])
        output, last = self.forward(x.unsqueeze(batch_axis), hx, None if lengths is None else np.reshape(lengths, 1))
        return output.squeeze(batch_axis), self._pair([state.squeeze(1) for state in self._given(last, 3)])

    def _packed(self, packed: PackedSequence, hx: Any) -> tuple[PackedSequence, Any]:
        data, batch_sizes, order, back = packed
        if data.shape[1:] != (self.input_size,):
            raise ValueError(
                f"{type(self).__name__}: expected packed rows (N, D) with D = {self.input_size} features, "
                f"got {data.shape}"
            )
        initial = self._initial(hx, int(batch_sizes.max(initial=0)))
        if order is not None and hx is not None:
            initial = [Gather.apply(state, order, 1) for state in initial]
        output, last = self._layers(data, batch_sizes, initial)
        if back is not None:
            last = [Gather.apply(state, back, 1) for state in last]
        return PackedSequence(output, batch_sizes, order, back), self._pair(last)

    def _layers(self, x: Tensor, batch_sizes: Array, initial: list[Tensor]) -> tuple[Tensor, list[Tensor]]:
        """Packed rows (N, D) -> (N, directions * H), and the last states."""
        rows, batch = x.shape[0], initial[0].shape[1]
        last: list[list[Tensor]] = [[] for _ in initial]
        for layer in range(self.num_layers):
            outputs = []
            for direction, suffix in enumerate(self._suffixes(layer)):
                states = [state[layer * self.directions + direction] for state in initial]
                steps = steps_of(batch_sizes, reverse=direction == 1)
                if self.proj_size:
                    weights = *self._weights(suffix), getattr(self, f"weight_hr{suffix}")
                    output, *ends = projected_lstm(x, states[0], states[1], weights, steps)
                else:
                    result = self.node.apply(x, *states, *self._weights(suffix), steps, *self._options())
                    output, *ends = parts_of(result, rows, batch, self.states)
                outputs.append(output)
                for kind, end in zip(last, ends, strict=True):
                    kind.append(end)
            x = outputs[0] if len(outputs) == 1 else concatenate(outputs, dim=1)
            if self.dropout and layer + 1 < self.num_layers:
                x = dropout(x, self.dropout, self.training, rng=self.rng)
        return x, [stack(kind) for kind in last]

    # The states: one tensor, or a pair for the LSTM

    def _given(self, hx: Any, ndim: int) -> list[Any]:
        """The states as a list."""
        name, number = type(self).__name__, self.states
        states = [hx] if number == 1 else list(hx) if isinstance(hx, tuple | list) else []
        if len(states) != number:
            raise ValueError(f"{name}: expected the initial states as a pair (h_0, c_0), got {type(hx).__name__}")
        shapes = [np.shape(state.data if isinstance(state, Tensor) else state) for state in states]
        if any(len(shape) != ndim for shape in shapes):
            raise ValueError(
                f"{name}: expected initial states of {ndim} axes for an input of {ndim} axes, got {shapes[0]}"
            )
        return states

    def _initial(self, hx: Any, batch: int) -> list[Tensor]:
        widths = [self.output_size, self.hidden_size][: self.states]
        shapes = [(self.num_layers * self.directions, batch, width) for width in widths]
        if hx is None:
            return [Tensor(np.zeros(shape, self._weights("_l0")[0].dtype)) for shape in shapes]
        states = [as_tensor(state) for state in self._given(hx, 3)]
        for state, shape in zip(states, shapes, strict=True):
            if state.shape != shape:
                raise ValueError(
                    f"{type(self).__name__}: expected initial states (num_layers * directions, B, H) = {shape}, "
                    f"got {state.shape}"
                )
        return states

    def _pair(self, states: list[Tensor]) -> Any:
        return states[0] if self.states == 1 else tuple(states)

    def flatten_parameters(self) -> None:
        """Nothing: PyTorch lays parameters out anew for a GPU."""

    def extra_repr(self) -> str:
        options: dict[str, Any] = {"num_layers": 1, "bias": True, "batch_first": False, "dropout": 0.0}
        options |= {"bidirectional": False, "proj_size": 0}
        changed = [f"{name}={getattr(self, name)}" for name, usual in options.items() if getattr(self, name) != usual]
        return ", ".join([str(self.input_size), str(self.hidden_size), *changed])


class RNN(Recurrent):
    """h(t) = g(W x(t) + U h(t-1) + b), with g `nonlinearity`, "tanh" or "relu"; see Recurrent for shapes and options.

    `rnn(input, hx)` returns (output, h_n). Source: lecture 003, "Output of recurrent neurons".
    """

    node = rnn.RNN
    gates = 1

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        nonlinearity: str = "tanh",
        *args: Any,
        **options: Any,
    ) -> None:
        if nonlinearity not in ("tanh", "relu"):
            raise ValueError(f'RNN: expected the nonlinearity "tanh" or "relu", got {nonlinearity!r}')
        super().__init__(input_size, hidden_size, num_layers, *args, **options)
        self.nonlinearity = nonlinearity

    def _options(self) -> tuple[Any, ...]:
        return (self.nonlinearity,)


class LSTM(Recurrent):
    """Gates i, f, o, candidate g, long-term state c and short-term state h; see Recurrent for shapes and options.

    `lstm(input, (h_0, c_0))` returns (output, (h_n, c_n)). With `proj_size` P, h and the output have P values.
    The equations are in `lstm.py`; lecture 003, "LSTM cell".
    """

    node = lstm.LSTM
    gates = 4
    states = 2


class GRU(Recurrent):
    """Reset gate r, update gate z and candidate n on one state h; see Recurrent for shapes and options.

    `gru(input, h_0)` returns (output, h_n). The equations are in `gru.py`; lecture 003, "Gated Recurrent Unit".
    """

    node = gru.GRU
    gates = 3
