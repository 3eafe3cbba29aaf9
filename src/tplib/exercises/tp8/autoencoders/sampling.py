"""The exercise reparameterize of TP8-HFTrain/3_autoencoders: a random code through which gradients flow."""

import numpy as np
import torch
from torch import Tensor

from tplib.exercises.tp8.autoencoders import measure, observers
from tplib.exercises.tp8.autoencoders.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

ROWS = 3000  # codes drawn where their spread is measured


def _usual(draw: Draw, rows: int = ROWS) -> Arguments:
    """A batch of equal rows. One narrow and one wide code at least, so that the laws of their widths differ."""
    L = draw.size(0, 2)
    narrow, wide = draw.array(1, low=-2.0, high=-1.25), draw.array(1, low=0.75, high=1.5)
    one = draw.array(2 + L), np.concatenate([narrow, wide, draw.array(L, low=-1.5, high=1.5)])
    return tuple(np.repeat(row[None], rows, axis=0) for row in one)


@exercise(
    points=2,
    lecture="003, Variational Autoencoders",
    concepts=(45,),
    draw=_usual,
    draws=3,
    edges=(
        Drawn(lambda draw: (*_usual(draw, 4), "gradients")),
        Drawn(lambda draw: (*_usual(draw, 1), "gradients")),
        Drawn(lambda draw: _usual(draw, 1)),
        Drawn(lambda draw: (*_usual(draw, 3), "input"), "input"),
        Drawn(lambda draw: (*_usual(draw, 3), "afterwards"), "afterwards"),
    ),
    aspects={
        "input": "Right draws, but your code changes mu or log_var. Work on a copy.",
        "afterwards": "Right while gradients are recorded. Under `no_grad`, after the training, a code is drawn too.",
    },
    observe=observers.drawing,
    measure=measure.codes,
)
def reparameterize(mu: Tensor, log_var: Tensor) -> Tensor:
    """z = mu + exp(log_var / 2) * n, with n drawn from N(0, 1).

    shapes: mu, log_var and z (B, L); n (B, L) as well, a draw for each value.
    worked: mu = 2, log_var = ln 0.25: the standard deviation is exp(ln 0.25 / 2) = 0.5, so z is 2 + 0.5 n.
    """
    return mu + torch.exp(log_var / 2) * torch.randn_like(mu)


@reparameterize.alternative
def by_root(mu: Tensor, log_var: Tensor) -> Tensor:
    noise = torch.randn(mu.size())
    return log_var.exp().sqrt().mul(noise).add(mu)


@reparameterize.alternative
def by_rsample(mu: Tensor, log_var: Tensor) -> Tensor:
    return torch.distributions.Normal(mu, (0.5 * log_var).exp()).rsample()


@reparameterize.mistake("log_var is the logarithm of the variance. What is the standard deviation?")
def variance_as_deviation(mu: Tensor, log_var: Tensor) -> Tensor:
    return mu + torch.exp(log_var) * torch.randn_like(mu)


@reparameterize.mistake("Half of the logarithm, or its double: exp(log_var / 2) is the root of the variance.")
def doubled_logarithm(mu: Tensor, log_var: Tensor) -> Tensor:
    return mu + torch.exp(2 * log_var) * torch.randn_like(mu)


@reparameterize.mistake("log_var is a logarithm. What undoes it? Can a standard deviation be negative?")
def logarithm_as_deviation(mu: Tensor, log_var: Tensor) -> Tensor:
    return mu + log_var * torch.randn_like(mu)


@reparameterize.mistake("How wide is your draw? Where is log_var?")
def log_var_ignored(mu: Tensor, log_var: Tensor) -> Tensor:
    return mu + torch.randn_like(mu)


@reparameterize.mistake("A code is drawn around mu. Where is the draw?")
def nothing_drawn(mu: Tensor, log_var: Tensor) -> Tensor:
    return mu


@reparameterize.mistake("`rand` draws evenly from 0 to 1. Which function draws from N(0, 1)?")
def uniform_draw(mu: Tensor, log_var: Tensor) -> Tensor:
    return mu + torch.exp(log_var / 2) * torch.rand_like(mu)


@reparameterize.mistake("How many numbers are drawn for a batch? Each value has its own.")
def one_draw_for_the_batch(mu: Tensor, log_var: Tensor) -> Tensor:
    return mu + torch.exp(log_var / 2) * torch.randn(mu.shape[1])


@reparameterize.mistake("How many numbers are drawn in all? Each value of each code has its own.")
def one_number_for_everything(mu: Tensor, log_var: Tensor) -> Tensor:
    return mu + torch.exp(log_var / 2) * torch.randn(1)


@reparameterize.mistake("`rand` draws evenly, moved to 0 or not. Which function draws from N(0, 1)?")
def uniform_draw_around_mu(mu: Tensor, log_var: Tensor) -> Tensor:
    return mu + torch.exp(log_var / 2) * (torch.rand_like(mu) - 0.5)


@reparameterize.mistake("How many numbers are drawn for an example? Each of its L values has its own.")
def one_draw_for_each_row(mu: Tensor, log_var: Tensor) -> Tensor:
    return mu + torch.exp(log_var / 2) * torch.randn(len(mu), 1)


@reparameterize.mistake("`torch.normal` and `sample` give numbers without a graph. How does a gradient reach mu?")
def draw_without_gradient(mu: Tensor, log_var: Tensor) -> Tensor:
    return torch.normal(mu.detach(), torch.exp(log_var.detach() / 2))


@reparameterize.mistake("The encoder learns its width as well. Does a gradient reach log_var in yours?")
def width_without_gradient(mu: Tensor, log_var: Tensor) -> Tensor:
    return mu + torch.exp(log_var / 2).detach() * torch.randn_like(mu)


@reparameterize.mistake("The width multiplies the draw. What does yours do with mu?")
def mu_times_the_draw(mu: Tensor, log_var: Tensor) -> Tensor:
    return mu * torch.randn_like(mu) + torch.exp(log_var / 2)


@reparameterize.mistake("Is a second draw another one? What does a seed inside the function do?")
def the_same_draw_each_time(mu: Tensor, log_var: Tensor) -> Tensor:
    torch.default_generator.manual_seed(5)
    return mu + torch.exp(log_var / 2) * torch.randn_like(mu)


@reparameterize.mistake("Around which value do your draws lie? Where is mu?")
def mu_left_out(mu: Tensor, log_var: Tensor) -> Tensor:
    return torch.exp(log_var / 2) * torch.randn_like(mu)
