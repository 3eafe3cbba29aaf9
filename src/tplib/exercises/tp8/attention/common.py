"""What the exercises of 2_attention share: their notebook, their inputs, and the calls that give them away.

Letters: B batch, H heads, L queries, S keys, d features of queries and keys, F features of values.
"""

import numpy as np

from tplib.graders.draw import Draw
from tplib.graders.exercise import exercises_of

Array = np.ndarray

LIBRARY = (
    "torch.nn.functional.scaled_dot_product_attention",
    "torch.nn.functional.multi_head_attention_forward",
    "torch.nn.MultiheadAttention",
    "tplib.nn.MultiheadAttention",
    "tplib.nn.functional.scaled_dot_product_attention",
    "tplib.nn.attention.attention.scaled_dot_product_attention",
)

exercise = exercises_of("TP8-HFTrain", "2_attention")


def softmax(scores: Array, axis: int = -1) -> Array:
    """Exact for large scores; 0 everywhere in a row of nothing but -inf."""
    highest = scores.max(axis=axis, keepdims=True)
    powers = np.exp(scores - np.where(np.isfinite(highest), highest, 0))
    total = powers.sum(axis=axis, keepdims=True)
    return np.asarray(powers / np.where(total == 0, 1, total))


def readable(draw: Draw, *shape: int) -> Array:
    """A mask, True where a key may be read, in which every query may read one key at least, and some key is hidden.

    With a single key nothing can be hidden.
    """
    mask = draw.integers(0, 2, *shape).astype(bool)
    S = shape[-1]
    rows = mask.reshape(-1, S)
    for row in rows:
        row[draw.size(0, S - 1)] = True
    if S > 1 and rows.all():
        rows[0, draw.size(0, S - 2)] = False
    return rows.reshape(shape)
