"""Encoder-decoder: one sequence in, another out, by way of one state (lecture 003, "Encoder - Decoder network")."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from tplib.nn.graph.graph import Array
from tplib.nn.graph.recording import no_grad
from tplib.nn.graph.tensor import Tensor, concatenate
from tplib.nn.module import Module


class Seq2Seq(Module):
    """The encoder reads the source into its last state; the decoder writes the target from there.

        Seq2Seq(Embedding(V, E), GRU(E, H), Embedding(W, E), GRU(E, H), Linear(H, W))

    The two recurrent modules are of one kind, with the same `batch_first`, layers and hidden size.

    `forward(source, target, lengths=None, teacher_forcing=1.0)` takes source (S, B) and target (T, B), integers (or
    (B, S) and (B, T) with `batch_first`), and returns scores (T, B, W): those at t are for the symbol after target[t].
    So training compares `model(source, target[:-1])` with `target[1:]`, where target[0] is the start symbol.
    `lengths` (B,) are the sources' own. With a probability `teacher_forcing` below 1, each symbol after the first is
    read from the target with that probability, drawn from `rng`, and else is the decoder's own best guess.
    Source: lecture 003; Bengio et al., 2015, "Scheduled sampling".
    """

    def __init__(
        self,
        source_embedding: Module,
        encoder: Module,
        target_embedding: Module,
        decoder: Module,
        output: Module,
        *,
        rng: np.random.Generator | None = None,
    ) -> None:
        super().__init__()
        self.source_embedding, self.encoder = source_embedding, encoder
        self.target_embedding, self.decoder, self.output = target_embedding, decoder, output
        self.rng = np.random.default_rng(rng)
        if type(encoder) is not type(decoder) or encoder.batch_first != decoder.batch_first:
            raise ValueError(f"Seq2Seq: expected encoder and decoder of one kind, got {encoder} and {decoder}")
        self.batch_first: bool = decoder.batch_first

    def forward(
        self, source: ArrayLike, target: ArrayLike, lengths: ArrayLike | None = None, teacher_forcing: float = 1.0
    ) -> Tensor:
        if not 0 <= teacher_forcing <= 1:
            raise ValueError(f"Seq2Seq: expected a probability teacher_forcing between 0 and 1, got {teacher_forcing}")
        symbols = np.asarray(target)
        if symbols.ndim != 2 or symbols.shape[self._time] == 0:
            raise ValueError(f"Seq2Seq: expected a target of two axes, time and batch, got {symbols.shape}")
        state = self.encode(source, lengths)
        if teacher_forcing == 1:
            hidden, _ = self.decoder(self.target_embedding(symbols), state)
            scores: Tensor = self.output(hidden)
            return scores
        steps = np.moveaxis(symbols, self._time, 0)  # (T, B)
        taught = self.rng.random(steps.shape) < teacher_forcing
        taught[0] = True
        pieces: list[Tensor] = []
        guess = steps[0]
        for known, forced in zip(steps, taught, strict=True):
            piece, state = self.step(np.where(forced, known, guess), state)
            guess = piece.data.argmax(axis=-1).squeeze(self._time)
            pieces.append(piece)
        return concatenate(pieces, dim=self._time)

    def encode(self, source: ArrayLike, lengths: ArrayLike | None = None) -> Any:
        """The encoder's last state, each part (layers, B, H)."""
        return self.encoder(self.source_embedding(np.asarray(source)), lengths=lengths)[1]

    def step(self, symbols: Array, state: Any) -> tuple[Tensor, Any]:
        """One step of the decoder: symbols (B,) -> scores (1, B, W), or (B, 1, W) with `batch_first`, and the state."""
        hidden, state = self.decoder(self.target_embedding(np.expand_dims(symbols, self._time)), state)
        return self.output(hidden), state

    @no_grad()
    def generate(
        self, source: ArrayLike, start: int, end: int, max_length: int, lengths: ArrayLike | None = None
    ) -> Array:
        """The decoder's best guess at each step, from `start` on: (T, B), or (B, T) with `batch_first`.

        T is at most `max_length`; after a sequence's first `end` there is only `end`.
        """
        state = self.encode(source, lengths)
        batch = np.shape(source)[1 - self._time]
        written = np.empty((max_length, batch), np.int64)
        symbols, ended = np.full(batch, start), np.zeros(batch, bool)
        for t in range(max_length):
            scores, state = self.step(symbols, state)
            symbols = np.where(ended, end, scores.data.argmax(axis=-1).squeeze(self._time))
            written[t] = symbols
            ended |= symbols == end
            if ended.all():
                written = written[: t + 1]
                break
        return np.moveaxis(written, 0, self._time)

    @property
    def _time(self) -> int:
        return 1 if self.batch_first else 0
