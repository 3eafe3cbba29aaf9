"""Autoencoders: deep, tied, sparse and denoising (lecture 003, "Introduction to Autoencoders")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn.activations.functions import relu, sigmoid
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.linear.functions import linear
from tplib.nn.linear.modules import Linear
from tplib.nn.losses.divergences import kl_sparsity
from tplib.nn.losses.functions import mse_loss
from tplib.nn.module import Module, Parameter

Activation = Callable[[Tensor], Tensor]


class TransposedLinear(Module):
    """x W + b with the weight of a Linear that is used the other way round; only the bias is its own.

    (..., out_features of the Linear) -> (..., in_features).
    """

    def __init__(self, linear: Linear, *, dtype: DTypeLike = np.float32) -> None:
        super().__init__()
        self._tied = (linear,)  # in a tuple: the weight belongs to the encoder and must be listed once
        self.bias = Parameter(np.zeros(linear.in_features, dtype))

    def forward(self, input: TensorLike) -> Tensor:
        return linear(input, self._tied[0].weight.T, self.bias)


class Autoencoder(Module):
    """Layers of `sizes` units, the last of them the coding layer, and their mirror image: (B, D) -> (B, D).

    `activation` follows every layer but the last, `output_activation` that one, `coding_activation` the coding layer
    (else `activation`). With `tied`, decoder layers use the transposed weights of the encoder: W_(N-l+1) = W_l'.
    Parameters: `encoder.0.weight`, ..., `decoder.0.bias`, ... Source: lecture 003, "Stacked Autoencoders".
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activation: Activation = relu,
        output_activation: Activation | None = None,
        coding_activation: Activation | None = None,
        tied: bool = False,
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        if len(sizes) < 2:
            raise ValueError(f"Autoencoder: expected the sizes of input and coding layer at least, got {sizes}")
        rng = np.random.default_rng(rng)
        self.sizes, self.tied = tuple(sizes), tied
        self.activation, self.output_activation = activation, output_activation
        self.coding_activation = activation if coding_activation is None else coding_activation
        self.encoder, self.decoder = Module(), Module()
        layers = [Linear(n, m, rng=rng, dtype=dtype) for n, m in pairwise(sizes)]
        for i, layer in enumerate(layers):
            self.encoder.add_module(str(i), layer)
        for i, layer in enumerate(reversed(layers)):
            back = layer.out_features, layer.in_features
            mirror = TransposedLinear(layer, dtype=dtype) if tied else Linear(*back, rng=rng, dtype=dtype)
            self.decoder.add_module(str(i), mirror)

    def encode(self, input: TensorLike) -> Tensor:
        """The codings (B, sizes[-1])."""
        return _through(self.encoder, input, self.activation, self.coding_activation)

    def decode(self, coding: TensorLike) -> Tensor:
        """The reconstructions (B, sizes[0])."""
        return _through(self.decoder, coding, self.activation, self.output_activation)

    def forward(self, input: TensorLike) -> Tensor:
        return self.decode(self.encode(input))

    def loss(self, input: TensorLike) -> Tensor:
        """The mean squared error of the reconstruction."""
        return mse_loss(self(input), input)

    def extra_repr(self) -> str:
        return f"sizes={self.sizes}, tied={self.tied}"


def _through(layers: Module, x: TensorLike, between: Activation, last: Activation | None) -> Tensor:
    *others, final = layers.children()
    for layer in others:
        x = between(layer(x))
    z: Tensor = final(x)
    return z if last is None else last(z)


class SparseAutoencoder(Autoencoder):
    """An Autoencoder whose loss adds `strength` times a penalty, so that few coding units are active for one input.

    `penalty` "kl" pulls each unit's mean activation towards `rho` (sigmoid codings unless `coding_activation` says
    otherwise); "l1" is the sum of the codings' absolute values, averaged over the batch. Source: lecture 003,
    "Autoencoder architecture and loss".
    """

    def __init__(
        self, sizes: Sequence[int], penalty: str = "kl", strength: float = 1e-3, rho: float = 0.05, **options: Any
    ) -> None:
        if penalty not in ("kl", "l1"):
            raise ValueError(f'SparseAutoencoder: expected penalty "kl" or "l1", got {penalty!r}')
        if penalty == "kl" and options.get("coding_activation") is None:
            options["coding_activation"] = sigmoid
        super().__init__(sizes, **options)
        self.penalty, self.strength, self.rho = penalty, strength, rho

    def loss(self, input: TensorLike) -> Tensor:
        coding = self.encode(input)
        if self.penalty == "kl":
            penalty = kl_sparsity(coding, self.rho)
        else:
            penalty = coding.abs().sum() * (1 / max(len(coding), 1))
        return mse_loss(self.decode(coding), input) + penalty * self.strength


class GaussianNoise(Module):
    """Adds normal noise of standard deviation `std`, drawn from `rng`, in training only."""

    def __init__(self, std: float = 0.1, *, rng: np.random.Generator | None = None) -> None:
        super().__init__()
        if std < 0:
            raise ValueError(f"GaussianNoise: expected a standard deviation of at least 0, got {std}")
        self.std = std
        self.rng = np.random.default_rng(rng)

    def forward(self, input: TensorLike) -> Tensor:
        x = as_tensor(input)
        if not self.training:
            return x
        return x + (self.std * self.rng.standard_normal(x.shape, np.float32)).astype(x.dtype)

    def extra_repr(self) -> str:
        return f"std={self.std}"


class DenoisingAutoencoder(Autoencoder):
    """An Autoencoder that learns to undo the `corruption` of its input: GaussianNoise, Dropout, or another module.

    The corruption acts in training only; the loss compares with the clean input. Source: lecture 003, "Denoising
    Autoencoders".
    """

    def __init__(self, sizes: Sequence[int], corruption: Module | None = None, **options: Any) -> None:
        super().__init__(sizes, **options)
        self.corruption = GaussianNoise(rng=options.get("rng")) if corruption is None else corruption

    def forward(self, input: TensorLike) -> Tensor:
        return self.decode(self.encode(self.corruption(input)))
