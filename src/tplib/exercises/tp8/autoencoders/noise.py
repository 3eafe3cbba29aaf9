"""The exercise add_noise of TP8-HFTrain/3_autoencoders: what a denoising autoencoder gets to see."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from tplib.exercises.tp8.autoencoders import measure, observers
from tplib.exercises.tp8.autoencoders.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Noise = Callable[[Tensor, float], Tensor]
SHAPES = ((400, 50), (200, 10, 10))
AMOUNTS = {"gaussian": (0.25, 0.4), "dropout": (0.2, 0.3, 0.7)}


def _usual(draw: Draw, kind: str = "") -> Arguments:
    kind = kind or draw.choice(["gaussian", "dropout"])
    return draw.choice(SHAPES), kind, draw.choice(AMOUNTS[kind]), True


def _default(kind: str) -> Drawn:
    return Drawn(lambda draw: (*_usual(draw, kind)[:3], None), "defaults")


@exercise(
    points=3,
    lecture="003, Denoising Autoencoders",
    concepts=(45,),
    inputs=("shape", "kind", "amount", "training"),
    draw=_usual,
    draws=2,
    edges=(
        Drawn(lambda draw: _usual(draw, "gaussian")),
        Drawn(lambda draw: _usual(draw, "dropout")),
        Case(((400, 50), "gaussian", 2.0, True)),
        Case(((3, 4), "gaussian", 0.5, False)),
        Case(((3, 4), "dropout", 0.5, False)),
        Case(((3, 4), "gaussian", 0.0, True)),
        Case(((3, 4), "dropout", 0.0, True)),
        Case(((3, 4), "dropout", 1.0, True)),
        _default("gaussian"),
        _default("dropout"),
        Drawn(lambda draw: (*_usual(draw, "gaussian"), "input"), "input"),
        Drawn(lambda draw: (*_usual(draw, "dropout"), "input"), "input"),
    ),
    aspects={
        "defaults": "Right where `training` is given. Without it, noise is added.",
        "input": "Right noise, but it is written into x itself: the clean image, which the network should learn to "
        "give back, is lost. Work on a copy.",
    },
    observe=observers.noising,
    measure=measure.noise,
)
def add_noise(x: Tensor, kind: str, amount: float, training: bool = True) -> Tensor:
    """ "gaussian" is x + amount * n, n from N(0, 1); "dropout": 0 with probability amount, else x; no training: x.

    shapes: any; the result has that of x, and each of its values has a draw of its own.
    worked: x = [0.3, 0.8], "dropout", amount 0.5: [0, 0.8], [0.3, 0], [0, 0] or [0.3, 0.8], equally often.
    """
    if not training:
        return x
    if kind == "gaussian":
        return x + amount * torch.randn_like(x)
    return x * (torch.rand_like(x) >= amount)


@add_noise.alternative
def by_bernoulli(x: Tensor, kind: str, amount: float, training: bool = True) -> Tensor:
    noisy = x.clone()
    if training and kind == "gaussian":
        noisy += torch.normal(0.0, float(amount), size=x.shape)
    elif training:
        noisy[torch.bernoulli(torch.full(x.shape, float(amount))).bool()] = 0
    return noisy


@add_noise.alternative
def by_numpy(x: Tensor, kind: str, amount: float, training: bool = True) -> Tensor:
    rng = np.random.default_rng()
    shape = tuple(x.shape)
    if not training:
        return x.clone()
    if kind == "gaussian":
        return x + torch.from_numpy(rng.normal(0, amount, shape))
    return torch.where(torch.from_numpy(rng.random(shape)) < amount, 0.0, x)


def _wrong(gaussian: Any = None, dropout: Any = None, off: Any = None) -> Any:
    def noisy(x: Tensor, kind: str, amount: float, training: bool = True) -> Any:
        if not training and off not in (kind, "noisy"):
            return x
        way = gaussian if kind == "gaussian" else dropout
        return (way or (lambda x, amount: add_noise(x, kind, amount)))(x, amount)

    return noisy


def _mistake(name: str, question: str, **wrong: Any) -> None:
    add_noise.mistake(question, name=name)(_wrong(**wrong))


_mistake(
    "variance instead of deviation",
    "Is `amount` the standard deviation of the noise, or its variance?",
    gaussian=lambda x, amount: x + amount**0.5 * torch.randn_like(x),
)
_mistake(
    "amount squared",
    "By what is a standard normal draw multiplied, so that its standard deviation becomes `amount`?",
    gaussian=lambda x, amount: x + amount**2 * torch.randn_like(x),
)
_mistake(
    "amount ignored in Gaussian noise",
    "How large is your noise if `amount` is 0.1?",
    gaussian=lambda x, amount: x + torch.randn_like(x),
)
_mistake(
    "uniform noise",
    "`rand` draws evenly from 0 to 1. Which function draws from a normal distribution around 0?",
    gaussian=lambda x, amount: x + amount * torch.rand_like(x),
)
_mistake(
    "uniform noise around 0",
    "`rand` draws evenly, moved to 0 or not. Which function draws from a normal distribution?",
    gaussian=lambda x, amount: x + amount * (torch.rand_like(x) - 0.5),
)
_mistake(
    "noise without the image",
    "What is left of x in your result?",
    gaussian=lambda x, amount: amount * torch.randn_like(x),
)
_mistake(
    "noise multiplied",
    "Is the noise added to a value, or multiplied with it? What becomes of a black pixel, 0?",
    gaussian=lambda x, amount: x * (1 + amount * torch.randn_like(x)),
)
_mistake(
    "cut to 0..1",
    "A noisy value may be below 0 or above 1. Does the text cut it?",
    gaussian=lambda x, amount: (x + amount * torch.randn_like(x)).clamp(0, 1),
)


def _too_few(name: str, question: str, shape_of: Callable[[Tensor], Sequence[int]]) -> None:
    """Draws of another shape than that of x, in both kinds of noise or in one of them."""
    gaussian: Noise = lambda x, amount: x + amount * torch.randn(*shape_of(x))  # noqa: E731
    dropout: Noise = lambda x, amount: x * (torch.rand(*shape_of(x)) >= amount)  # noqa: E731
    _mistake(name, question, gaussian=gaussian, dropout=dropout)
    _mistake(f"{name}, Gaussian noise only", question, gaussian=gaussian)
    _mistake(f"{name}, dropout only", question, dropout=dropout)


_too_few(
    "one noise for the whole batch",
    "How many numbers are drawn for a batch of 100 images? Each value has its own.",
    lambda x: x.shape[1:],
)
_too_few(
    "one number for each image",
    "Does every pixel of an image have a draw of its own?",
    lambda x: (len(x), *[1] * (x.ndim - 1)),
)
_too_few("one number for everything", "How many numbers are drawn in all? Each value of x has its own.", lambda x: (1,))
_mistake(
    "kept values divided by 1 - p",
    "`dropout` of PyTorch makes up for what it drops. What does the text say of the values that are kept?",
    dropout=lambda x, amount: F.dropout(x, float(amount)),
)
_mistake(
    "kept instead of dropped",
    "Is `amount` the probability that a value is kept, or that it becomes 0?",
    dropout=lambda x, amount: x * (torch.rand_like(x) < amount),
)
_mistake(
    "dropped values become 1",
    "Which value does the text give to what is dropped?",
    dropout=lambda x, amount: torch.where(torch.rand_like(x) < amount, 1.0, x),
)
_mistake(
    "Gaussian noise without training too",
    "`training` holds for both kinds. Where does your code look at it?",
    off="gaussian",
)
_mistake("training ignored", "What should a trained network get: the image, or the image with noise?", off="noisy")


def _seeded(x: Tensor, amount: float) -> Tensor:
    torch.default_generator.manual_seed(3)
    return x + amount * torch.randn_like(x)


def _seeded_drop(x: Tensor, amount: float) -> Tensor:
    torch.default_generator.manual_seed(3)
    return x * (torch.rand_like(x) >= amount)


_mistake(
    "the same noise at each call",
    "Is the noise of the second epoch that of the first? What does a seed inside the function do?",
    gaussian=_seeded,
    dropout=_seeded_drop,
)


@add_noise.mistake("Which noise does `kind` ask for? Where does your code look at it?")
def always_gaussian(x: Tensor, kind: str, amount: float, training: bool = True) -> Tensor:
    return x + amount * torch.randn_like(x) if training else x


@add_noise.mistake("Which noise does `kind` ask for? Where does your code look at it?")
def always_dropout(x: Tensor, kind: str, amount: float, training: bool = True) -> Tensor:
    return x * (torch.rand_like(x) >= amount) if training else x


@add_noise.mistake("The loss compares with the clean image. Where is it, once the noise is written into x?")
def written_into_x(x: Tensor, kind: str, amount: float, training: bool = True) -> Tensor:
    if training and kind == "gaussian":
        x += amount * torch.randn_like(x)
    elif training:
        x[torch.rand_like(x) < amount] = 0
    return x
