"""The trained translator of dates behind `explore_attention`: an encoder, a decoder and attention, in NumPy alone.

It was trained by `benchmarks/dates.py --store`; its weights lie beside this file.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

Array = np.ndarray
Weights = dict[str, Array]

STORED = Path(__file__).parent / "dates.npz"
START, TARGETS, LENGTH = "<", "-0123456789", 10


@lru_cache(maxsize=1)
def stored() -> Weights:
    """The weights by PyTorch's names, and the characters of a source in `source_characters`."""
    with np.load(STORED, allow_pickle=False) as file:
        return {name: file[name] if file[name].dtype.kind == "U" else file[name].astype(np.float64) for name in file}


def translate(text: str) -> tuple[str, Array]:
    """The date that the model writes for a text of S characters, and its weights (10, S), one row a character written.

    Raises ValueError for an empty text, or for a character that was in no source.
    """
    weights = stored()
    known = str(weights["source_characters"])
    strange = sorted({character for character in text if character not in known})
    if strange or not text:
        raise ValueError(f"translate: expected some of the characters {known!r}, got {''.join(strange) or 'no text'!r}")
    h = np.zeros(weights["encoder.weight_hh_l0"].shape[1])
    states = []
    for character in text:
        h = gru_step(weights, "encoder", weights["source_embedding.weight"][1 + known.index(character)], h)
        states.append(h)
    keys = np.stack(states)  # (S, H)
    written, rows = 0, []
    found = ""
    for _ in range(LENGTH):
        h = gru_step(weights, "decoder", weights["target_embedding.weight"][written], h)
        scores = keys @ h / np.sqrt(len(h))
        row = np.exp(scores - scores.max())
        rows.append(row / row.sum())
        features = np.concatenate([h, rows[-1] @ keys])
        guess = weights["linear.weight"] @ features + weights["linear.bias"]
        written = 1 + int(guess[1:].argmax())  # the start sign is never written
        found += TARGETS[written - 1]
    return found, np.stack(rows)


def gru_step(weights: Weights, layer: str, x: Array, h: Array) -> Array:
    """One step of PyTorch's `nn.GRU`: x (E,), h (H,) -> the new state (H,)."""
    given = weights[f"{layer}.weight_ih_l0"] @ x + weights[f"{layer}.bias_ih_l0"]
    kept = weights[f"{layer}.weight_hh_l0"] @ h + weights[f"{layer}.bias_hh_l0"]
    (r1, z1, n1), (r2, z2, n2) = np.split(given, 3), np.split(kept, 3)
    r, z = _sigmoid(r1 + r2), _sigmoid(z1 + z2)
    n = np.tanh(n1 + r * n2)
    return np.asarray((1 - z) * n + z * h)


def _sigmoid(z: Array) -> Array:
    return np.asarray((1 + np.tanh(z / 2)) / 2)
