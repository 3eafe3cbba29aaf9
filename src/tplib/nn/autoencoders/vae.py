"""The variational autoencoder: codings are drawn from a distribution that the encoder computes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn.activations.functions import relu, sigmoid
from tplib.nn.containers import Sequential
from tplib.nn.graph.tensor import Tensor, TensorLike
from tplib.nn.linear.modules import Linear
from tplib.nn.losses.divergences import vae_loss
from tplib.nn.module import Module


class _Apply(Module):
    """A function as a module."""

    def __init__(self, function: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.function = function

    def forward(self, input: Tensor) -> Tensor:
        return self.function(input)


class VariationalAutoencoder(Module):
    """sizes = [D, hidden ..., L]: x (B, D) -> mu, log_var (B, L) -> coding = mu + exp(log_var / 2) noise -> (B, D).

    Calling it gives (reconstruction, mu, log_var), random in training and after: `eval()` changes nothing. The decoder
    mirrors the encoder; `likelihood` is "bernoulli" (values in 0..1, it ends in a sigmoid) or "gaussian".
    Source: Kingma and Welling 2014; lecture 003, "Variational Autoencoders".
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activation: Callable[[Tensor], Tensor] = relu,
        likelihood: str = "bernoulli",
        beta: float = 1.0,
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        if len(sizes) < 2:
            raise ValueError(f"VariationalAutoencoder: expected the sizes of input and coding at least, got {sizes}")
        if likelihood not in ("bernoulli", "gaussian"):
            raise ValueError(
                f'VariationalAutoencoder: expected likelihood "bernoulli" or "gaussian", got {likelihood!r}'
            )
        self.rng = np.random.default_rng(rng)
        self.sizes, self.likelihood, self.beta = tuple(sizes), likelihood, beta
        self.dtype = np.dtype(dtype)

        def layers(widths: Sequence[int]) -> list[Module]:
            made: list[Module] = []
            for n, m in pairwise(widths):
                made += [Linear(n, m, rng=self.rng, dtype=dtype), _Apply(activation)]
            return made

        *hidden, width = sizes
        self.encoder = Sequential(*layers(hidden))
        self.mu = Linear(hidden[-1], width, rng=self.rng, dtype=dtype)
        self.log_var = Linear(hidden[-1], width, rng=self.rng, dtype=dtype)
        self.decoder = Sequential(*layers(sizes[::-1])[:-1])

    def encode(self, input: TensorLike) -> tuple[Tensor, Tensor]:
        """The mean and the logarithm of the variance of each input's coding, (B, L) each."""
        h = self.encoder(input)
        return self.mu(h), self.log_var(h)

    def reparameterize(self, mu: Tensor, log_var: Tensor) -> Tensor:
        """A draw from N(mu, exp(log_var)), written so that the gradient reaches mu and log_var."""
        noise = self.rng.standard_normal(mu.shape).astype(mu.dtype)
        return mu + (log_var * 0.5).exp() * noise

    def decode(self, coding: TensorLike) -> Tensor:
        """The reconstruction (B, D): probabilities, or the means of Gaussians of variance 1."""
        scores = self.decoder(coding)
        return sigmoid(scores) if self.likelihood == "bernoulli" else scores

    def forward(self, input: TensorLike) -> tuple[Tensor, Tensor, Tensor]:
        mu, log_var = self.encode(input)
        return self.decode(self.reparameterize(mu, log_var)), mu, log_var

    def loss(self, input: TensorLike) -> Tensor:
        """Minus the evidence lower bound, estimated with one draw per example: the mean over the batch."""
        mu, log_var = self.encode(input)
        scores = self.decoder(self.reparameterize(mu, log_var))
        likelihood = "bernoulli_logits" if self.likelihood == "bernoulli" else "gaussian"
        return vae_loss(scores, input, mu, log_var, likelihood=likelihood, beta=self.beta)

    def sample(self, number: int) -> Tensor:
        """New examples (number, D): what the decoder makes of codings drawn from N(0, 1)."""
        return self.decode(self.rng.standard_normal((number, self.sizes[-1])).astype(self.dtype))

    def extra_repr(self) -> str:
        return f"sizes={self.sizes}, likelihood={self.likelihood!r}, beta={self.beta}"
