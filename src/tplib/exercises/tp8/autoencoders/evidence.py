"""The exercise vae_loss of TP8-HFTrain/3_autoencoders: reconstruction and divergence, both summed for each image."""

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from tplib.exercises.tp8.autoencoders import observers
from tplib.exercises.tp8.autoencoders.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn


def _case(draw: Draw, B: int, D: int, L: int, beta: float | None = 1.0) -> Arguments:
    x = draw.array(B, D, low=0.0, high=1.0)
    return draw.array(B, D), x, draw.array(B, L, low=-2.0, high=2.0), draw.array(B, L, low=-2.0, high=2.0), beta


def _usual(draw: Draw) -> Arguments:
    return _case(draw, draw.size(2, 4), draw.size(1, 5), draw.size(1, 3), draw.choice([1.0, 0.5, 4.0]))


def _default(draw: Draw) -> Arguments:
    return _case(draw, 3, 4, 2)[:4]


def _binary(draw: Draw) -> Arguments:
    """Pixels that are wholly black or white."""
    scores, x, *rest = _case(draw, 3, 4, 2)
    return scores, np.round(x), *rest


def _large_scores(draw: Draw) -> Arguments:
    """Scores of which the sigmoid is 0 or 1 in float32, both where they are right and where they are not."""
    scores, x, *rest = _case(draw, 2, 4, 2)
    sign = np.array([[1.0, -1.0, 1.0, -1.0]] * 2)
    return sign * (200 + 50 * abs(scores)), np.round(x), *rest


@exercise(
    points=4,
    lecture="003, Variational Autoencoders",
    concepts=(45,),
    signature="vae_loss(scores, x, mu, log_var, beta=1.0)",
    draw=_usual,
    draws=5,
    edges=(
        Drawn(lambda draw: _case(draw, 1, 3, 2)),
        Drawn(lambda draw: _case(draw, 3, 2, 4, 2.0)),
        Drawn(lambda draw: _case(draw, 4, 6, 1, 0.0)),
        Drawn(_binary),
        Drawn(_default, "defaults"),
        Drawn(_large_scores, "stability"),
        Drawn(lambda draw: (*_case(draw, 3, 4, 2, 0.5), "gradients"), "gradients"),
        Drawn(lambda draw: (*_usual(draw), "input"), "input"),
    ),
    aspects={
        "defaults": "Right where beta is given. Without it, beta is 1.",
        "stability": "Right for moderate scores. For large ones the sigmoid is exactly 0 or 1, and its logarithm gets "
        "lost: PyTorch has the same loss for scores.",
        "gradients": "Right value, but the gradient does not reach scores, mu and log_var as it should.",
        "input": "Right value, but your code changes what it is given. Work on a copy.",
    },
    observe=observers.evidence,
)
def vae_loss(scores: Tensor, x: Tensor, mu: Tensor, log_var: Tensor, beta: float = 1.0) -> Tensor:
    """Mean over images of: sum of BCE(sigmoid(scores), x) + beta / 2 * sum of (mu^2 + e^log_var - 1 - log_var).

    shapes: scores and x (B, D), mu and log_var (B, L) -> two sums for each image, (B,) each -> a single number.
    worked: one image with scores 0, x any, D = 784, mu = 0, log_var = 0: 784 ln 2 + 0 = 543.4.
    """
    reconstruction = F.binary_cross_entropy_with_logits(scores, x, reduction="sum")
    divergence = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum()
    return (reconstruction + beta * divergence) / len(x)


@vae_loss.alternative
def row_by_row(scores: Tensor, x: Tensor, mu: Tensor, log_var: Tensor, beta: float = 1.0) -> Tensor:
    pixels = F.softplus(scores) - x * scores
    kl = -0.5 * torch.sum(1 + log_var - mu.pow(2) - log_var.exp(), dim=1)
    return (pixels.sum(dim=1) + beta * kl).mean()


@vae_loss.alternative
def by_distributions(scores: Tensor, x: Tensor, mu: Tensor, log_var: Tensor, beta: float = 1.0) -> Tensor:
    from torch.distributions import Normal, kl_divergence

    bce = torch.nn.BCEWithLogitsLoss(reduction="none")(scores, x).sum(-1)
    kl = kl_divergence(Normal(mu, torch.exp(log_var / 2)), Normal(torch.zeros_like(mu), torch.ones_like(mu))).sum(-1)
    return torch.mean(bce + beta * kl)


def _bce(scores: Tensor, x: Tensor) -> Tensor:
    return F.binary_cross_entropy_with_logits(scores, x, reduction="none")


def _kl(mu: Tensor, log_var: Tensor) -> Tensor:
    return 0.5 * (mu**2 + log_var.exp() - 1 - log_var)


def _both(bce: Tensor, kl: Tensor, beta: float) -> Tensor:
    return bce.sum(1).mean() + beta * kl.sum(1).mean()


def _mistake(name: str, question: str, way: Any) -> None:
    def wrong(scores: Tensor, x: Tensor, mu: Tensor, log_var: Tensor, beta: float = 1.0) -> Any:
        return way(scores, x, mu, log_var, beta)

    vae_loss.mistake(question, name=name)(wrong)


_mistake(
    "reconstruction averaged over pixels",
    "An image of 784 pixels has 784 errors. Are they added, or averaged? What does the divergence then outweigh?",
    lambda s, x, m, v, beta: _bce(s, x).mean() + beta * _kl(m, v).sum(1).mean(),
)
_mistake(
    "divergence averaged over the code",
    "A code of L values has L divergences. Are they added, or averaged?",
    lambda s, x, m, v, beta: _bce(s, x).sum(1).mean() + beta * _kl(m, v).mean(),
)
_mistake(
    "both averaged over their values",
    "`mean` divides by the pixels and by the values of the code as well. By what should the sums be divided?",
    lambda s, x, m, v, beta: _bce(s, x).mean() + beta * _kl(m, v).mean(),
)
_mistake(
    "sum over the batch",
    "Does the loss of one image change if the batch has a second one?",
    lambda s, x, m, v, beta: _both(_bce(s, x), _kl(m, v), beta) * len(x),
)
_mistake(
    "divergence not averaged over the batch",
    "The reconstruction is a mean over the batch. Is the divergence?",
    lambda s, x, m, v, beta: _bce(s, x).sum(1).mean() + beta * _kl(m, v).sum(),
)
_mistake(
    "divergence divided by the pixels",
    "The divergence has a value for each of the L numbers of the code. Why should the pixels divide it?",
    lambda s, x, m, v, beta: _bce(s, x).sum(1).mean() + beta * _kl(m, v).sum() / x.numel(),
)
_mistake(
    "divergence subtracted",
    "A loss is made small. Should codes be close to N(0, 1), or far from it?",
    lambda s, x, m, v, beta: _both(_bce(s, x), -_kl(m, v), beta),
)
_mistake(
    "half forgotten",
    "Which factor stands before the divergence?",
    lambda s, x, m, v, beta: _both(_bce(s, x), 2 * _kl(m, v), beta),
)
_mistake(
    "mu not squared",
    "Is a code around -1 as far from 0 as one around 1? Which power has mu?",
    lambda s, x, m, v, beta: _both(_bce(s, x), 0.5 * (m + v.exp() - 1 - v), beta),
)
_mistake(
    "log_var taken for the variance",
    "log_var is a logarithm. Which term of the divergence has the variance, and which one its logarithm?",
    lambda s, x, m, v, beta: _both(_bce(s, x), 0.5 * (m**2 + v - 1 - v.exp()), beta),
)
_mistake(
    "log_var taken for the logarithm of the deviation",
    "Is exp(log_var) squared in the divergence, or is it the variance already?",
    lambda s, x, m, v, beta: _both(_bce(s, x), 0.5 * (m**2 + (2 * v).exp() - 1 - 2 * v), beta),
)
_mistake(
    "one forgotten",
    "A code that is N(0, 1) has divergence 0. What is yours for mu = 0 and log_var = 0?",
    lambda s, x, m, v, beta: _both(_bce(s, x), 0.5 * (m**2 + v.exp() - v), beta),
)
_mistake(
    "beta on the reconstruction",
    "Which of the two terms does beta weigh?",
    lambda s, x, m, v, beta: _both(beta * _bce(s, x), _kl(m, v), 1.0),
)
_mistake(
    "beta ignored",
    "Does your loss change with beta?",
    lambda s, x, m, v, beta: _both(_bce(s, x), _kl(m, v), 1.0),
)
_mistake(
    "beta times everything",
    "Which of the two terms does beta weigh? At beta = 0 the reconstruction is left.",
    lambda s, x, m, v, beta: beta * _both(_bce(s, x), _kl(m, v), 1.0),
)
_mistake(
    "squared error",
    "You square the distance between pixels. Which loss does the text state?",
    lambda s, x, m, v, beta: _both((torch.sigmoid(s) - x) ** 2, _kl(m, v), beta),
)
_mistake(
    "squared error of the scores",
    "A score is no pixel yet. Which loss does the text state, and where is its sigmoid?",
    lambda s, x, m, v, beta: _both((s - x) ** 2, _kl(m, v), beta),
)
_mistake(
    "sigmoid twice",
    "`binary_cross_entropy_with_logits` takes scores. What does it do to a value that was through a sigmoid already?",
    lambda s, x, m, v, beta: _both(_bce(torch.sigmoid(s), x), _kl(m, v), beta),
)
_mistake(
    "probabilities through the sigmoid",
    "Is the logarithm of a sigmoid of a large score still a number? Which function takes the scores themselves?",
    lambda s, x, m, v, beta: _both(F.binary_cross_entropy(torch.sigmoid(s), x, reduction="none"), _kl(m, v), beta),
)
_mistake(
    "white pixels only",
    "A pixel that is black and gets a high score is an error as well. Where is the term of 1 - x?",
    lambda s, x, m, v, beta: _both(-x * F.logsigmoid(s), _kl(m, v), beta),
)
_mistake(
    "reconstruction alone",
    "Where is the divergence?",
    lambda s, x, m, v, beta: _bce(s, x).sum(1).mean(),
)
_mistake(
    "one loss for each image",
    "One number comes out. What is left to be done with the losses of the images?",
    lambda s, x, m, v, beta: _bce(s, x).sum(1) + beta * _kl(m, v).sum(1),
)
_mistake(
    "plain number",
    "Can a training step follow a plain number back to the network?",
    lambda s, x, m, v, beta: _both(_bce(s, x), _kl(m, v), beta).item(),
)
_mistake(
    "a beta of 0 becomes 1",
    "`beta or 1` is 1 where beta is 0. What should the loss be then?",
    lambda s, x, m, v, beta: _both(_bce(s, x), _kl(m, v), beta or 1.0),
)
_mistake(
    "sign of log_var",
    "Which sign has `log_var` in the divergence?",
    lambda s, x, m, v, beta: _both(_bce(s, x), 0.5 * (m**2 + v.exp() - 1 + v), beta),
)
