"""The Transformer's blocks: positional encoding, encoder and decoder layers and their stacks (Vaswani et al. 2017)."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn.activations.functions import gelu, relu
from tplib.nn.attention.masks import causal_mask
from tplib.nn.attention.multihead import MultiheadAttention
from tplib.nn.containers import ModuleList
from tplib.nn.dropout import Dropout
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.linear.modules import Linear
from tplib.nn.module import Module
from tplib.nn.normalisation.layer_norm import LayerNorm
from tplib.nn.sizes import check_sizes

Activation = str | Callable[[Tensor], Tensor]


class PositionalEncoding(Module):
    """Adds sin(t w_i) to feature 2i and cos(t w_i) to feature 2i + 1 of position t, w_i = 10000^(-2i / d_model).

    (T, B, d_model) -> the same shape, with `batch_first` (B, T, d_model); then dropout. Without it attention could not
    tell the order of its inputs. Source: Vaswani et al. 2017, section 3.5.
    """

    def __init__(
        self,
        d_model: int,
        dropout: float = 0.1,
        max_len: int = 5000,
        batch_first: bool = False,
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        check_sizes("PositionalEncoding", d_model=d_model, max_len=max_len)
        self.dropout = Dropout(dropout, rng=rng)
        self.batch_first = batch_first
        angles = np.arange(max_len)[:, None] * 10000.0 ** (-np.arange(0, d_model, 2) / d_model)  # (max_len, d/2)
        table = np.empty((max_len, d_model))
        table[:, 0::2], table[:, 1::2] = np.sin(angles), np.cos(angles[:, : d_model // 2])
        self.register_buffer("pe", table.astype(dtype), persistent=False)

    def forward(self, x: TensorLike) -> Tensor:
        x = as_tensor(x)
        length, (max_len, width) = x.shape[1 if self.batch_first and x.ndim == 3 else 0], self.pe.shape
        if x.ndim not in (2, 3) or x.shape[-1] != width or length > max_len:
            raise ValueError(
                f"PositionalEncoding: expected up to {max_len} positions with {width} features, got {x.shape}"
            )
        table = self.pe.data[:length]
        return self.dropout(x + (table if self.batch_first or x.ndim == 2 else table[:, None]))


class _Layer(Module):
    """What encoder and decoder layers share: their options, residual connections, norms, and the feed-forward block."""

    parts: ClassVar[int]  # the blocks with a residual connection: attentions, then the perceptron

    def __init__(
        self,
        d_model: int,
        nhead: int,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: Activation = "relu",
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        rng = np.random.default_rng(rng)
        self.norm_first, self.activation = norm_first, _activation(activation)
        for name in ("self_attn", "multihead_attn")[: self.parts - 1]:
            attention = MultiheadAttention(d_model, nhead, dropout, bias, batch_first=batch_first, rng=rng, dtype=dtype)
            self.add_module(name, attention)
        self.linear1 = Linear(d_model, dim_feedforward, bias, rng=rng, dtype=dtype)
        self.dropout = Dropout(dropout, rng=rng)
        self.linear2 = Linear(dim_feedforward, d_model, bias, rng=rng, dtype=dtype)
        for i in range(1, self.parts + 1):
            self.add_module(f"norm{i}", LayerNorm(d_model, layer_norm_eps, bias=bias, dtype=dtype))
        for i in range(1, self.parts + 1):
            self.add_module(f"dropout{i}", Dropout(dropout, rng=rng))

    def _residual(self, i: int, x: Tensor, block: Callable[[Tensor], Tensor]) -> Tensor:
        """x plus what the block makes of it; the norm before the block, or after the sum."""
        norm, dropout = getattr(self, f"norm{i}"), getattr(self, f"dropout{i}")
        return x + dropout(block(norm(x))) if self.norm_first else norm(x + dropout(block(x)))

    def _feed_forward(self, x: Tensor) -> Tensor:
        return self.linear2(self.dropout(self.activation(self.linear1(x))))


class TransformerEncoderLayer(_Layer):
    """Self-attention, then a two-layer perceptron at each position; each with a residual connection and LayerNorm.

    src (S, B, d_model) -> the same shape; with `batch_first` (B, S, d_model). `activation` is "relu", "gelu" or a
    function; with `norm_first` the norms come before the blocks. Source: Vaswani et al. 2017, section 3.1.
    """

    parts = 2

    def forward(
        self,
        src: TensorLike,
        src_mask: TensorLike | None = None,
        src_key_padding_mask: TensorLike | None = None,
        is_causal: bool = False,
    ) -> Tensor:
        """Masks as in `MultiheadAttention`: (S, S) and (B, S), True where a key may not be read."""

        def attend(x: Tensor) -> Tensor:
            return self.self_attn(x, x, x, src_key_padding_mask, False, src_mask, is_causal=is_causal)[0]

        return self._residual(2, self._residual(1, as_tensor(src), attend), self._feed_forward)


class TransformerDecoderLayer(_Layer):
    """Self-attention, attention to the encoder's output `memory`, then a two-layer perceptron at each position.

    tgt (T, B, d_model), memory (S, B, d_model) -> (T, B, d_model); with `batch_first` B first. Options as in
    `TransformerEncoderLayer`. Source: Vaswani et al. 2017, section 3.1.
    """

    parts = 3

    def forward(
        self,
        tgt: TensorLike,
        memory: TensorLike,
        tgt_mask: TensorLike | None = None,
        memory_mask: TensorLike | None = None,
        tgt_key_padding_mask: TensorLike | None = None,
        memory_key_padding_mask: TensorLike | None = None,
        tgt_is_causal: bool = False,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Masks as in `MultiheadAttention`, for the targets (T, T), (B, T) and for the memory (T, S), (B, S)."""

        def attend(x: Tensor) -> Tensor:
            return self.self_attn(x, x, x, tgt_key_padding_mask, False, tgt_mask, is_causal=tgt_is_causal)[0]

        def look_up(x: Tensor) -> Tensor:
            keys = as_tensor(memory)
            return self.multihead_attn(
                x, keys, keys, memory_key_padding_mask, False, memory_mask, is_causal=memory_is_causal
            )[0]

        x = self._residual(1, as_tensor(tgt), attend)
        return self._residual(3, self._residual(2, x, look_up), self._feed_forward)


class _Stack(Module):
    """Copies of a layer (each starts equal, as in PyTorch) and an optional norm at the end."""

    def __init__(self, layer: Module, num_layers: int, norm: Module | None) -> None:
        super().__init__()
        # One generator for all copies: equal ones would drop the same units in every layer.
        shared = {id(m.rng): m.rng for m in layer.modules() if hasattr(m, "rng")}
        self.layers = ModuleList(copy.deepcopy(layer, dict(shared)) for _ in range(num_layers))
        self.num_layers, self.norm = num_layers, norm

    def _through(self, x: TensorLike, *others: Any) -> Tensor:
        for layer in self.layers:
            x = layer(x, *others)
        return as_tensor(x) if self.norm is None else self.norm(x)


class TransformerEncoder(_Stack):
    """`num_layers` copies of an encoder layer, one after the other.

    `enable_nested_tensor` and `mask_check` choose a short cut of PyTorch's; here there is none, with either value.
    """

    def __init__(
        self,
        encoder_layer: TransformerEncoderLayer,
        num_layers: int,
        norm: Module | None = None,
        enable_nested_tensor: bool = True,
        mask_check: bool = True,
    ) -> None:
        super().__init__(encoder_layer, num_layers, norm)

    def forward(
        self,
        src: TensorLike,
        mask: TensorLike | None = None,
        src_key_padding_mask: TensorLike | None = None,
        is_causal: bool | None = None,
    ) -> Tensor:
        """`is_causal` only promises that `mask` is the causal one."""
        return self._through(src, mask, src_key_padding_mask, bool(is_causal))


class TransformerDecoder(_Stack):
    """`num_layers` copies of a decoder layer, one after the other, all reading the same memory."""

    def __init__(self, decoder_layer: TransformerDecoderLayer, num_layers: int, norm: Module | None = None) -> None:
        super().__init__(decoder_layer, num_layers, norm)

    def forward(
        self,
        tgt: TensorLike,
        memory: TensorLike,
        tgt_mask: TensorLike | None = None,
        memory_mask: TensorLike | None = None,
        tgt_key_padding_mask: TensorLike | None = None,
        memory_key_padding_mask: TensorLike | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """`tgt_is_causal` and `memory_is_causal` only promise that the masks are the causal ones."""
        padding, causal = (tgt_key_padding_mask, memory_key_padding_mask), (bool(tgt_is_causal), memory_is_causal)
        return self._through(tgt, memory, tgt_mask, memory_mask, *padding, *causal)


def generate_square_subsequent_mask(sz: int, dtype: DTypeLike = np.float32) -> Tensor:
    """0 where position i may read position j (j <= i), minus infinity elsewhere: (sz, sz)."""
    return causal_mask(sz, sz, dtype)


def _activation(name: Activation) -> Callable[[Tensor], Tensor]:
    if callable(name):
        return name
    known: dict[str, Callable[[Tensor], Tensor]] = {"relu": relu, "gelu": gelu}
    if name not in known:
        raise ValueError(f'Transformer layers: expected activation "relu", "gelu" or a function, got {name!r}')
    return known[name]
