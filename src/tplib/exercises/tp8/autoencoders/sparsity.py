"""The exercise sparsity_penalty of TP8-HFTrain/3_autoencoders: how far units are from being silent most of the time."""

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from tplib.exercises.tp8.autoencoders import observers
from tplib.exercises.tp8.autoencoders.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn


def _codes(draw: Draw, B: int, H: int) -> Arguments:
    return draw.array(B, H, low=0.05, high=0.95), draw.choice([0.05, 0.1, 0.3])


def _usual(draw: Draw) -> Arguments:
    return _codes(draw, draw.size(1, 5), draw.size(1, 4))


@exercise(
    points=3,
    at_home=True,
    lecture="003, Autoencoder architecture and loss",
    concepts=(45,),
    signature="sparsity_penalty(codes, rho=0.05)",
    draw=_usual,
    draws=5,
    edges=(
        Drawn(lambda draw: _codes(draw, 6, 3)),
        Drawn(lambda draw: _codes(draw, 2, 7)),
        Drawn(lambda draw: _codes(draw, 1, 3)),
        Drawn(lambda draw: _codes(draw, 4, 1)),
        Drawn(lambda draw: (_codes(draw, 5, 3)[0] ** 4 + 0.001, 0.5)),
        Drawn(lambda draw: (_codes(draw, 3, 2)[0] / 10, 0.02)),
        Case((np.array([[0.1, 0.2], [0.3, 0.2]]), 0.2)),
        Drawn(lambda draw: (*_codes(draw, 3, 2), "gradients"), "gradients"),
        Drawn(lambda draw: (*_codes(draw, 3, 2), "input"), "input"),
    ),
    aspects={
        "gradients": "Right value, but no gradient reaches the codes: a penalty that is a plain number changes nothing "
        "in training.",
        "input": "Right value, but your code changes the codes that it is given. Work on a copy.",
    },
    observe=observers.sparsity,
)
def sparsity_penalty(codes: Tensor, rho: float = 0.05) -> Tensor:
    """Sum over units of rho ln(rho / r) + (1 - rho) ln((1 - rho) / (1 - r)), r the unit's mean over the batch.

    shapes: codes (B, H) -> r (H,) -> a single number.
    worked: codes [[0.1, 0.2], [0.3, 0.2]], rho = 0.2: both means are 0.2, so the penalty is 0.
    """
    r = codes.mean(dim=0)
    return (rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r))).sum()


@sparsity_penalty.alternative
def by_distributions(codes: Tensor, rho: float = 0.05) -> Tensor:
    from torch.distributions import Bernoulli, kl_divergence

    r = codes.sum(0) / codes.shape[0]
    return kl_divergence(Bernoulli(probs=torch.full_like(r, rho)), Bernoulli(probs=r)).sum()


@sparsity_penalty.alternative
def by_cross_entropy(codes: Tensor, rho: float = 0.05) -> Tensor:
    r = torch.mean(codes, 0)
    target = torch.full_like(r, rho)
    entropy = F.binary_cross_entropy(target, target, reduction="sum")
    return F.binary_cross_entropy(r, target, reduction="sum") - entropy


def _kl(p: Tensor | float, q: Tensor | float) -> Tensor:
    p, q = torch.as_tensor(p), torch.as_tensor(q)
    return p * torch.log(p / q) + (1 - p) * torch.log((1 - p) / (1 - q))


@sparsity_penalty.mistake("Whose mean is compared with rho: that of a unit over all examples, or that of an example?")
def mean_over_the_units(codes: Tensor, rho: float = 0.05) -> Tensor:
    return _kl(rho, codes.mean(dim=1)).sum()


@sparsity_penalty.mistake("What comes first: the mean over the batch, or the divergence?")
def divergence_of_each_value(codes: Tensor, rho: float = 0.05) -> Tensor:
    return _kl(rho, codes).mean(dim=0).sum()


@sparsity_penalty.mistake("Is there one mean for each unit, or one for all of them?")
def one_mean_for_all(codes: Tensor, rho: float = 0.05) -> Tensor:
    return _kl(rho, codes.mean())


@sparsity_penalty.mistake("The divergence has two sides. Which one has rho as the weight of the logarithm?")
def sides_exchanged(codes: Tensor, rho: float = 0.05) -> Tensor:
    return _kl(codes.mean(dim=0), rho).sum()


@sparsity_penalty.mistake("Are the units' divergences added, or averaged?")
def mean_instead_of_sum(codes: Tensor, rho: float = 0.05) -> Tensor:
    return _kl(rho, codes.mean(dim=0)).mean()


@sparsity_penalty.mistake("A unit's mean divides by the number of examples. What does yours divide by?")
def sum_over_the_batch(codes: Tensor, rho: float = 0.05) -> Tensor:
    return _kl(rho, codes.sum(dim=0)).sum()


@sparsity_penalty.mistake("A unit is on or off: two outcomes. Where is the term of the second one?")
def first_term_only(codes: Tensor, rho: float = 0.05) -> Tensor:
    r = codes.mean(dim=0)
    return (rho * torch.log(rho / r)).sum()


@sparsity_penalty.mistake("A divergence is 0 where both sides are equal. Is yours? Which entropy does it lack?")
def cross_entropy(codes: Tensor, rho: float = 0.05) -> Tensor:
    r = codes.mean(dim=0)
    return -(rho * torch.log(r) + (1 - rho) * torch.log(1 - r)).sum()


@sparsity_penalty.mistake("A penalty is never negative. Which fraction stands inside the logarithm?")
def sign_reversed(codes: Tensor, rho: float = 0.05) -> Tensor:
    return -_kl(rho, codes.mean(dim=0)).sum()


@sparsity_penalty.mistake("Your penalty is 0 for silent units. The text asks for units that are on rho of the time.")
def sum_of_the_codes(codes: Tensor, rho: float = 0.05) -> Tensor:
    return codes.abs().sum(dim=1).mean()


@sparsity_penalty.mistake("You square the distance to rho. Which distance does the text state?")
def squared_distance(codes: Tensor, rho: float = 0.05) -> Tensor:
    return (codes.mean(dim=0) - rho).pow(2).sum()


@sparsity_penalty.mistake("One number comes out. What is left to be done with those of the units?")
def not_summed(codes: Tensor, rho: float = 0.05) -> Tensor:
    return _kl(rho, codes.mean(dim=0))


@sparsity_penalty.mistake("Do training steps know of a plain number, or of a tensor with its graph?")
def plain_number(codes: Tensor, rho: float = 0.05) -> float:
    return _kl(rho, codes.mean(dim=0)).sum().item()


@sparsity_penalty.mistake("To which base is the logarithm of the text?")
def logarithm_to_base_2(codes: Tensor, rho: float = 0.05) -> Tensor:
    return _kl(rho, codes.mean(dim=0)).sum() / math.log(2)


@sparsity_penalty.mistake("Which distance does the text state: a divergence, or a plain difference?")
def absolute_distance(codes: Tensor, rho: float = 0.05) -> Tensor:
    return (codes.mean(dim=0) - rho).abs().sum()


@sparsity_penalty.mistake("What does a unit cost that is on less than rho of the time?")
def units_that_are_too_active_only(codes: Tensor, rho: float = 0.05) -> Tensor:
    r = codes.mean(dim=0)
    return (_kl(rho, r) * (r > rho)).sum()


@sparsity_penalty.mistake("Has each unit a mean of its own in your code, or is there one for all?")
def one_mean_for_all_units(codes: Tensor, rho: float = 0.05) -> Tensor:
    return codes.shape[1] * _kl(rho, codes.mean())
