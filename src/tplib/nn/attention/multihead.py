"""MultiheadAttention: attention between projections of the inputs, several times side by side."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn import init
from tplib.nn.activations.functions import softmax
from tplib.nn.attention.attention import scaled_dot_product_attention
from tplib.nn.attention.masks import check_mask
from tplib.nn.dropout import dropout
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor, concatenate
from tplib.nn.linear.functions import linear
from tplib.nn.linear.modules import Linear
from tplib.nn.module import Module, Parameter
from tplib.nn.sizes import check_sizes


class MultiheadAttention(Module):
    """Attention of `num_heads` heads, each on its own projection to embed_dim / num_heads features.

    query (L, B, embed_dim), key (S, B, kdim), value (S, B, vdim) -> output (L, B, embed_dim), and the weights (B, L, S)
    or None; with `batch_first` B comes first, without a batch there is no B. Source: Vaswani et al. 2017, section 3.2.
    """

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        dropout: float = 0.0,
        bias: bool = True,
        add_bias_kv: bool = False,
        add_zero_attn: bool = False,
        kdim: int | None = None,
        vdim: int | None = None,
        batch_first: bool = False,
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        check_sizes("MultiheadAttention", 1, embed_dim=embed_dim, num_heads=num_heads)
        if embed_dim % num_heads:
            raise ValueError(
                f"MultiheadAttention: expected embed_dim to be a multiple of num_heads, got {embed_dim} and {num_heads}"
            )
        rng = np.random.default_rng(rng)
        self.embed_dim, self.num_heads, self.head_dim = embed_dim, num_heads, embed_dim // num_heads
        self.kdim, self.vdim = embed_dim if kdim is None else kdim, embed_dim if vdim is None else vdim
        self.dropout, self.batch_first, self.add_zero_attn, self.rng = dropout, batch_first, add_zero_attn, rng
        together = self.kdim == self.vdim == embed_dim
        widths = {
            "q_proj_weight": None if together else embed_dim,
            "k_proj_weight": None if together else self.kdim,
            "v_proj_weight": None if together else self.vdim,
            "in_proj_weight": embed_dim if together else None,
        }
        for name, width in widths.items():
            rows = 3 * embed_dim if name == "in_proj_weight" else embed_dim
            self.register_parameter(name, None if width is None else Parameter(np.empty((rows, width), dtype)))
            if width is not None:
                init.xavier_uniform_(getattr(self, name), generator=rng)
        self.register_parameter("in_proj_bias", Parameter(np.zeros(3 * embed_dim, dtype)) if bias else None)
        self.out_proj = Linear(embed_dim, embed_dim, bias, rng=rng, dtype=dtype)
        if self.out_proj.bias is not None:
            init.zeros_(self.out_proj.bias)
        for name in ("bias_k", "bias_v"):
            self.register_parameter(name, Parameter(np.empty((1, 1, embed_dim), dtype)) if add_bias_kv else None)
            if add_bias_kv:
                init.normal_(getattr(self, name), std=math.sqrt(2 / (2 * embed_dim)), generator=rng)

    def forward(
        self,
        query: TensorLike,
        key: TensorLike,
        value: TensorLike,
        key_padding_mask: TensorLike | None = None,
        need_weights: bool = True,
        attn_mask: TensorLike | None = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Tensor, Tensor | None]:
        """The output, and with `need_weights` the weights: their mean over the heads, or else (B, H, L, S).

        `key_padding_mask` (B, S) and `attn_mask` (L, S) or (B H, L, S) hold True where a key may *not* be read (unlike
        in `scaled_dot_product_attention`), or numbers added to the scores. `is_causal` only promises that `attn_mask`
        is the causal one, as in PyTorch.
        """
        if is_causal and attn_mask is None:
            raise ValueError(
                "MultiheadAttention: is_causal=True only describes attn_mask; give the mask too, "
                "e.g. attn_mask=~np.tri(L, dtype=bool)"
            )
        q, k, v = self._project(query, key, value)  # (B, H, L, d), (B, H, S, d) twice
        batch, _, L, _ = q.shape
        mask = self._mask(key_padding_mask, attn_mask, batch, L, as_tensor(key).shape[self._time(key)], q.dtype)
        p = self.dropout if self.training else 0.0
        weights = None
        if need_weights:
            # The weights are an output of their own, with a gradient, so the fused node does not serve here.
            scores = (q * (1 / math.sqrt(self.head_dim))) @ k.transpose(-2, -1)  # (B, H, L, S)
            weights = dropout(softmax(scores if mask is None else scores + mask, -1), p, rng=self.rng)
            z = weights @ v
            weights = weights.mean(1) if average_attn_weights else weights
        else:
            z = scaled_dot_product_attention(q, k, v, mask, p, rng=self.rng)
        single = as_tensor(query).ndim == 2
        if self.batch_first or single:
            z = self.out_proj(z.permute(0, 2, 1, 3).reshape(batch, L, self.embed_dim))  # (B, H, L, d) -> (B, L, E)
        else:
            z = self.out_proj(z.permute(2, 0, 1, 3).reshape(L, batch, self.embed_dim))  # (B, H, L, d) -> (L, B, E)
        return (z.squeeze(0), None if weights is None else weights.squeeze(0)) if single else (z, weights)

    def _time(self, x: TensorLike) -> int:
        """The axis along which the positions of an input lie."""
        return 1 if self.batch_first and as_tensor(x).ndim == 3 else 0

    def _project(self, query: TensorLike, key: TensorLike, value: TensorLike) -> list[Tensor]:
        """The inputs as queries, keys and values of each head, with what every sequence may read besides."""
        E, inputs = self.embed_dim, [as_tensor(query), as_tensor(key), as_tensor(value)]
        for x, width, name in zip(inputs, (E, self.kdim, self.vdim), ("query", "key", "value"), strict=True):
            if x.ndim not in (2, 3) or x.ndim != inputs[0].ndim or x.shape[-1] != width:
                order = "(B, T, features)" if self.batch_first else "(T, B, features)"
                raise ValueError(
                    f"MultiheadAttention: expected a {name} of shape {order} or (T, features) with {width} features, "
                    f"got {x.shape}"
                )
        bias = self.in_proj_bias
        if self.in_proj_weight is not None and query is key and key is value:
            joined = self._batched(linear(inputs[0], self.in_proj_weight, bias))  # (B, T, 3 E)
            parts = joined.reshape(*joined.shape[:2], 3, E).permute(2, 0, 1, 3)  # (3, B, T, E)
            projected = [parts[0], parts[1], parts[2]]
        else:
            projected = []
            for i, (x, name) in enumerate(zip(inputs, "qkv", strict=True)):
                rows = slice(i * E, (i + 1) * E)
                weight = getattr(self, f"{name}_proj_weight")
                weight = self.in_proj_weight[rows] if weight is None else weight
                projected.append(self._batched(linear(x, weight, None if bias is None else bias[rows])))
        q, k, v = projected
        if len({x.shape[0] for x in projected}) > 1 or k.shape[1] != v.shape[1]:
            raise ValueError(
                "MultiheadAttention: query, key and value need one batch size, key and value one length, got "
                f"{', '.join(str(x.shape) for x in inputs)}"
            )
        one = (q.shape[0], 1, E)
        if self.bias_k is not None:
            k = concatenate([k, self.bias_k + np.zeros(one, k.dtype)], 1)
            v = concatenate([v, self.bias_v + np.zeros(one, v.dtype)], 1)
        if self.add_zero_attn:
            k, v = (concatenate([x, np.zeros(one, x.dtype)], 1) for x in (k, v))
        return [x.reshape(*x.shape[:2], self.num_heads, self.head_dim).permute(0, 2, 1, 3) for x in (q, k, v)]

    def _batched(self, x: Tensor) -> Tensor:
        """(T, B, E), (B, T, E) or (T, E) -> (B, T, E)."""
        if x.ndim == 2:
            return x.unsqueeze(0)
        return x if self.batch_first else x.transpose(0, 1)

    def _mask(
        self,
        padding: TensorLike | None,
        attention: TensorLike | None,
        batch: int,
        queries: int,
        keys: int,
        dtype: np.dtype,
    ) -> Tensor | None:
        """Both masks as numbers to add to the scores (B, H, L, S), in a shape that broadcasts, or None."""
        total = None
        if padding is not None:
            mask = _to_add("key_padding_mask", padding, dtype)
            mask = mask.unsqueeze(0) if mask.ndim == 1 else mask
            if mask.shape != (batch, keys):
                raise ValueError(
                    f"MultiheadAttention: expected a key_padding_mask of shape {(batch, keys)}, got {mask.shape}"
                )
            total = mask.reshape(batch, 1, 1, keys)
        if attention is not None:
            mask = _to_add("attn_mask", attention, dtype)
            if mask.shape not in ((queries, keys), (batch * self.num_heads, queries, keys)):
                raise ValueError(
                    f"MultiheadAttention: expected an attn_mask of shape {(queries, keys)} or "
                    f"{(batch * self.num_heads, queries, keys)}, got {mask.shape}"
                )
            if mask.ndim == 3:
                mask = mask.reshape(batch, self.num_heads, queries, keys)
            total = mask if total is None else total + mask
        extra = (self.bias_k is not None) + self.add_zero_attn
        if total is None or not extra:
            return total
        return concatenate([total, np.zeros((*total.shape[:-1], extra), dtype)], -1)  # always readable


def _to_add(name: str, mask: TensorLike, dtype: np.dtype) -> Tensor:
    """A mask of True (may not read) and False as minus infinity and 0; numbers as they are."""
    m = as_tensor(mask)
    check_mask(f"MultiheadAttention: {name}", m)
    return Tensor(np.where(m.data, -np.inf, 0).astype(dtype)) if m.dtype.kind == "b" else m.to(dtype)
