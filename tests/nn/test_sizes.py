"""A size that is no integer, as of `hidden / 2`, or a negative one is refused with a sentence, in every module."""

import numpy as np
import pytest

from tplib import nn

MAKE = {
    "in_features": lambda n: nn.Linear(n, 3),
    "out_features": lambda n: nn.Linear(3, n),
    "num_embeddings": lambda n: nn.Embedding(n, 3),
    "embedding_dim": lambda n: nn.EmbeddingBag(3, n),
    "in_channels": lambda n: nn.Conv1d(n, 3, 1),
    "out_channels": lambda n: nn.ConvTranspose2d(3, n, 1),
    "num_features": lambda n: nn.BatchNorm2d(n),
    "normalized_shape": lambda n: nn.LayerNorm(n),
    "num_groups": lambda n: nn.GroupNorm(n, 4),
    "num_channels": lambda n: nn.GroupNorm(2, n),
    "input_size": lambda n: nn.LSTM(n, 3),
    "hidden_size": lambda n: nn.GRUCell(3, n),
    "num_layers": lambda n: nn.RNN(3, 3, n),
    "embed_dim": lambda n: nn.MultiheadAttention(n, 2),
    "num_heads": lambda n: nn.MultiheadAttention(4, n),
    "d_model": lambda n: nn.PositionalEncoding(n),
    "max_len": lambda n: nn.PositionalEncoding(4, max_len=n),
}


@pytest.mark.parametrize("what", MAKE)
def test_sizes_are_integers_of_at_least_0(what):
    with pytest.raises(TypeError, match=f"expected {what} to be an integer, got 4.0; // divides integers"):
        MAKE[what](8 / 2)
    with pytest.raises(TypeError, match=f"expected {what} to be an integer, got '4'"):
        MAKE[what]("4")
    with pytest.raises(ValueError, match=f"expected {what} to be at least [01], got -2"):
        MAKE[what](-2)
    MAKE[what](np.int64(4))
