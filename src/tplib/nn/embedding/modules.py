"""Embedding and EmbeddingBag: tables of word vectors as modules."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn import init
from tplib.nn.embedding.functions import embedding, embedding_bag
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.module import Module, Parameter
from tplib.nn.sizes import check_sizes


class _Table(Module):
    """A weight (num_embeddings, embedding_dim) that starts standard normal, row `padding_idx` at 0."""

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        padding_idx: int | None,
        weight: TensorLike | None,
        freeze: bool,
        rng: np.random.Generator | None,
        dtype: DTypeLike,
    ) -> None:
        super().__init__()
        name = type(self).__name__
        check_sizes(name, num_embeddings=num_embeddings, embedding_dim=embedding_dim)
        self.num_embeddings, self.embedding_dim = num_embeddings, embedding_dim
        if padding_idx is not None:
            if not -num_embeddings <= padding_idx < num_embeddings:
                raise ValueError(f"{name}: padding_idx {padding_idx} is not one of the {num_embeddings} rows")
            padding_idx %= num_embeddings
        self.padding_idx = padding_idx
        if weight is None:
            self.weight = Parameter(np.empty((num_embeddings, embedding_dim), dtype))
            self.reset_parameters(rng=rng)
        else:
            self.weight = Parameter(weight, requires_grad=not freeze)
            if self.weight.shape != (num_embeddings, embedding_dim):
                raise ValueError(
                    f"{name}: expected a weight of shape {(num_embeddings, embedding_dim)}, got {self.weight.shape}"
                )

    def reset_parameters(self, *, rng: np.random.Generator | None = None) -> None:
        """Draw all vectors anew, from `rng`."""
        init.normal_(self.weight, generator=rng)
        if self.padding_idx is not None:
            self.weight.data[self.padding_idx] = 0

    @classmethod
    def _of(cls, embeddings: TensorLike, **options: Any) -> Self:
        array = as_tensor(embeddings).data
        if array.ndim != 2:
            raise ValueError(f"{cls.__name__}.from_pretrained: expected vectors of shape (V, D), got {array.shape}")
        make: Any = cls  # each subclass has options of its own
        return make(*array.shape, _weight=array, **options)

    def _described(self, **defaults: Any) -> str:
        changed = [
            f"{name}={getattr(self, name)!r}" for name, usual in defaults.items() if getattr(self, name) != usual
        ]
        return ", ".join([f"{self.num_embeddings}, {self.embedding_dim}", *changed])


class Embedding(_Table):
    """Word ids (...) -> their vectors (..., embedding_dim), rows of `weight` (num_embeddings, embedding_dim).

    The weight starts standard normal, drawn from `rng`. Row `padding_idx` starts at 0 and is never trained. With
    `sparse=True` the gradient is a `SparseRows`, which SGD and Adagrad apply to the rows in use.
    Source: lecture 003, "Embedding of words".
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        padding_idx: int | None = None,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        sparse: bool = False,
        _weight: TensorLike | None = None,
        _freeze: bool = False,
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__(num_embeddings, embedding_dim, padding_idx, _weight, _freeze, rng, dtype)
        self.max_norm, self.norm_type = max_norm, norm_type
        self.scale_grad_by_freq, self.sparse = scale_grad_by_freq, sparse

    @classmethod
    def from_pretrained(
        cls,
        embeddings: TensorLike,
        freeze: bool = True,
        padding_idx: int | None = None,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        sparse: bool = False,
    ) -> Self:
        """An Embedding that starts from given vectors (V, D) and, unless `freeze` is False, keeps them."""
        return cls._of(
            embeddings,
            _freeze=freeze,
            padding_idx=padding_idx,
            max_norm=max_norm,
            norm_type=norm_type,
            scale_grad_by_freq=scale_grad_by_freq,
            sparse=sparse,
        )

    def forward(self, input: TensorLike) -> Tensor:
        return embedding(
            input, self.weight, self.padding_idx, self.max_norm, self.norm_type, self.scale_grad_by_freq, self.sparse
        )

    def extra_repr(self) -> str:
        return self._described(padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False)


class EmbeddingBag(_Table):
    """The sum, mean or largest value of the vectors in each bag of words: (B, T), or (N,) and offsets (B,), to (B, D).

    `mode` is "mean" unless given; words `padding_idx` do not count. Source: lecture 003, "Embedding for text
    classification".
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        mode: str = "mean",
        sparse: bool = False,
        _weight: TensorLike | None = None,
        include_last_offset: bool = False,
        padding_idx: int | None = None,
        *,
        _freeze: bool = False,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__(num_embeddings, embedding_dim, padding_idx, _weight, _freeze, rng, dtype)
        if mode not in ("sum", "mean", "max"):
            raise ValueError(f'EmbeddingBag: expected mode "sum", "mean" or "max", got {mode!r}')
        self.max_norm, self.norm_type = max_norm, norm_type
        self.scale_grad_by_freq, self.mode, self.sparse = scale_grad_by_freq, mode, sparse
        self.include_last_offset = include_last_offset

    @classmethod
    def from_pretrained(
        cls,
        embeddings: TensorLike,
        freeze: bool = True,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        mode: str = "mean",
        sparse: bool = False,
        include_last_offset: bool = False,
        padding_idx: int | None = None,
    ) -> Self:
        """An EmbeddingBag that starts from given vectors (V, D) and, unless `freeze` is False, keeps them."""
        return cls._of(
            embeddings,
            _freeze=freeze,
            max_norm=max_norm,
            norm_type=norm_type,
            scale_grad_by_freq=scale_grad_by_freq,
            mode=mode,
            sparse=sparse,
            include_last_offset=include_last_offset,
            padding_idx=padding_idx,
        )

    def forward(
        self, input: TensorLike, offsets: TensorLike | None = None, per_sample_weights: TensorLike | None = None
    ) -> Tensor:
        return embedding_bag(
            input,
            self.weight,
            offsets,
            self.max_norm,
            self.norm_type,
            self.scale_grad_by_freq,
            self.mode,
            self.sparse,
            per_sample_weights,
            self.include_last_offset,
            self.padding_idx,
        )

    def extra_repr(self) -> str:
        return self._described(
            max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, mode="mean", padding_idx=None
        )
