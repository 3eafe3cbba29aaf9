"""Embedding look-up as functions, in PyTorch's signatures: they check ids and options and hand over to the nodes."""

from __future__ import annotations

import numpy as np

from tplib.nn.embedding.nodes import Embedding, EmbeddingBag, EmbeddingBagMax
from tplib.nn.graph.graph import Array
from tplib.nn.graph.recording import refuse_gradient
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor


def embedding(
    input: TensorLike,
    weight: TensorLike,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Tensor:
    """The rows of `weight` (V, D) that `input` (...) lists: (..., D).

    Row `padding_idx` gets no gradient. `max_norm` first shortens the listed rows to that norm, in place;
    `scale_grad_by_freq` divides a row's gradient by its number of occurrences; with `sparse` the gradient is a
    `SparseRows`. Source: lecture 003, "Language Modeling and RNNs": Emb(w) = E w, w one-hot.
    """
    w = _table("embedding", weight)
    ids = _ids("embedding", input, len(w))
    padding = _row("embedding", padding_idx, len(w))
    _check_sparse("embedding", sparse, scale_grad_by_freq)
    if max_norm is not None:
        _renorm(w, ids.data, max_norm, norm_type)
    return Embedding.apply(w, ids, padding, scale_grad_by_freq, sparse)


def embedding_bag(
    input: TensorLike,
    weight: TensorLike,
    offsets: TensorLike | None = None,
    max_norm: float | None = None,
    norm_type: float = 2,
    scale_grad_by_freq: bool = False,
    mode: str = "mean",
    sparse: bool = False,
    per_sample_weights: TensorLike | None = None,
    include_last_offset: bool = False,
    padding_idx: int | None = None,
) -> Tensor:
    """The sum, mean or largest value of the rows of `weight` (V, D) in each bag of words: (B, D).

    `input` is (B, T), a bag per row; or (N,) with `offsets` (B,), where each bag starts (with `include_last_offset`
    also the end of the last one). Words `padding_idx` do not count; an empty bag gives 0. `per_sample_weights`, in the
    shape of `input`, multiply the rows of a sum. Source: lecture 003, "Embedding for text classification".
    """
    name = "embedding_bag"
    if mode not in ("sum", "mean", "max"):
        raise ValueError(f'{name}: expected mode "sum", "mean" or "max", got {mode!r}')
    w = _table(name, weight)
    ids, starts = _bags(_ids(name, input, len(w)).data, offsets, include_last_offset)
    padding = _row(name, padding_idx, len(w))
    _check_sparse(name, sparse, scale_grad_by_freq)
    if max_norm is not None:
        _renorm(w, ids, max_norm, norm_type)
    kept = np.ones(len(ids), bool) if padding is None else ids != padding
    if per_sample_weights is not None:
        if mode != "sum":
            raise NotImplementedError(f'{name}: per_sample_weights need mode "sum", got {mode!r}')
        factors = as_tensor(per_sample_weights)
        if factors.shape != np.shape(as_tensor(input).data):
            raise ValueError(
                f"{name}: expected per_sample_weights in the shape of the input, {as_tensor(input).shape}, "
                f"got {factors.shape}"
            )
        factors = factors.reshape(-1).to(w.dtype)
        if padding is not None:
            factors = factors * kept
        return EmbeddingBag.apply(w, factors, ids, starts, scale_grad_by_freq, sparse)
    if padding is not None:
        starts = np.concatenate([[0], np.cumsum(kept)])[starts]
        ids = ids[kept]
    if mode == "max":
        if sparse or scale_grad_by_freq:
            raise ValueError(f'{name}: mode "max" has neither sparse nor frequency-scaled gradients')
        return EmbeddingBagMax.apply(w, ids, starts)
    if mode == "mean":
        lengths = np.diff(starts)
        ones = np.repeat((1 / np.maximum(lengths, 1)).astype(w.dtype), lengths)
    else:
        ones = np.ones(len(ids), w.dtype)
    return EmbeddingBag.apply(w, ones, ids, starts, scale_grad_by_freq, sparse)


def _table(name: str, weight: TensorLike) -> Tensor:
    w = as_tensor(weight)
    if w.ndim != 2:
        raise ValueError(f"{name}: expected a weight of shape (V, D), one row per word, got {w.shape}")
    return w


def _ids(name: str, input: TensorLike, number: int) -> Tensor:
    ids = as_tensor(input)
    if ids.data.dtype.kind not in "iu":
        if ids.data.size:
            raise TypeError(f"{name}: expected integer word ids, got dtype {ids.dtype}; convert with .astype(np.int64)")
        ids = Tensor(ids.data.astype(np.int64))
    if ids.data.size and not (ids.data.min() >= 0 and ids.data.max() < number):
        wrong = ids.data[(ids.data < 0) | (ids.data >= number)]
        raise IndexError(f"{name}: id {wrong[0]} is not a row of the weight; expected 0 to {number - 1}")
    return ids


def _row(name: str, index: int | None, number: int) -> int | None:
    if index is None:
        return None
    if not -number <= index < number:
        raise ValueError(f"{name}: padding_idx {index} is not a row of the weight, which has {number}")
    return index % number


def _check_sparse(name: str, sparse: bool, by_frequency: bool) -> None:
    if sparse and by_frequency:
        raise ValueError(f"{name}: scale_grad_by_freq works with dense gradients only; leave out sparse=True")


def _renorm(weight: Tensor, ids: Array, max_norm: float, norm_type: float) -> None:
    refuse_gradient("embedding: max_norm", max_norm)
    used = np.unique(ids)
    rows = weight.data[used]
    norms = np.linalg.norm(rows, norm_type, axis=1, keepdims=True)
    weight.data[used] = np.where(norms > max_norm, rows * (max_norm / (norms + 1e-7)), rows)
    weight._changed()


def _bags(ids: Array, offsets: TensorLike | None, with_end: bool) -> tuple[Array, Array]:
    """The ids (N,) of all bags, and where each bag starts and the last one ends, (B + 1,)."""
    name = "embedding_bag"
    if ids.ndim == 2:
        if offsets is not None:
            raise ValueError(f"{name}: input of shape {ids.shape} is a bag per row; leave out the offsets")
        return ids.reshape(-1), np.arange(len(ids) + 1) * ids.shape[1]
    if ids.ndim != 1:
        raise ValueError(f"{name}: expected ids of shape (B, T), or (N,) with offsets, got {ids.shape}")
    if offsets is None:
        raise ValueError(f"{name}: ids of shape {ids.shape} need offsets (B,), where each bag starts")
    starts = np.asarray(as_tensor(offsets).data)
    if not with_end:
        starts = np.append(starts, len(ids))
    if starts.ndim != 1 or starts.dtype.kind not in "iu" or not len(starts):
        raise ValueError(f"{name}: expected offsets as integers of shape (B,), got {starts.dtype} {starts.shape}")
    if starts[0] != 0 or (np.diff(starts) < 0).any() or starts[-1] > len(ids):
        raise ValueError(f"{name}: expected offsets that start at 0, never fall, and stay within the {len(ids)} ids")
    return ids[: starts[-1]], starts
