"""The exercise pretrain_then_classify of TP8-HFTrain/3_autoencoders: learn from all images, then from few labels."""

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tplib.exercises.tp8.autoencoders import observers
from tplib.exercises.tp8.autoencoders.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Labelled = list[tuple[Tensor, Tensor]]


def _usual(draw: Draw) -> Arguments:
    """Few steps: each costs half a millisecond, and the search for a small failure asks for many cases."""
    return _case(draw, draw.choice([(1, 1), (2, 1), (1, 2)]), draw.size(1, 2), draw.size(1, 2))


def _case(draw: Draw, epochs: tuple[int, int], images: int = 2, labelled: int = 2) -> Arguments:
    d, h, k = 3, 2, draw.choice([2, 3])

    def layer(out: int, into: int) -> dict[str, np.ndarray]:
        return {"weight": draw.array(out, into, low=-1.0, high=1.0), "bias": draw.array(out, low=-0.5, high=0.5)}

    parts = layer(h, d), layer(d, h), layer(k, h)  # encoder, decoder, head
    batches = [draw.array(4 - i, d) for i in range(images)]
    pairs = [(draw.array(3 - i, d), draw.integers(0, k, 3 - i)) for i in range(labelled)]
    return *parts, batches, pairs, *epochs, draw.choice([0.1, 0.05])


def _tiny_images(draw: Draw) -> Arguments:
    """One step from gradients so small that Adam's epsilon counts: what the loss is divided by shows."""
    encoder, _, head, images, pairs, *_ = _case(draw, (1, 0), images=1, labelled=1)
    d, h = images[0].shape[1], len(encoder["bias"])
    zeros = {"weight": np.zeros((d, h)), "bias": np.zeros(d)}
    small = draw.array(*images[0].shape, low=0.5, high=1.5) * 1e-7
    return encoder, zeros, head, [small], pairs, 1, 0, draw.choice([0.1, 0.05])


def _default(draw: Draw) -> Arguments:
    return _case(draw, (1, 2))[:-1]


def _looking(look: str) -> Drawn:
    """A drawn case of which `look` is reported, as an aspect of that name."""
    return Drawn(lambda draw: (*_case(draw, (1, 1), labelled=1), look), look)


@exercise(
    draws=2,
    points=4,
    at_home=True,
    lecture="003, Unsupervised pretraining using Autoencoders",
    concepts=(46,),
    draw=_usual,
    edges=(
        Drawn(lambda draw: _case(draw, (1, 2))),
        Drawn(lambda draw: _case(draw, (2, 1))),
        Drawn(lambda draw: _case(draw, (0, 1))),
        Drawn(lambda draw: _case(draw, (1, 0))),
        Drawn(lambda draw: _case(draw, (1, 1), images=1, labelled=1)),
        Drawn(_tiny_images),
        Drawn(_default, "defaults"),
        _looking("old gradients"),
        _looking("mode"),
        _looking("input"),
    ),
    aspects={
        "defaults": "Right where lr is given. Without it, it is 0.001.",
        "old gradients": "Right, but not where somebody left gradients in the parameters: clear them before the first "
        "backward pass.",
        "mode": "Right numbers, but a dropout in the network would not be as it should: training mode in both "
        "trainings, and a classifier that comes in evaluation mode.",
        "input": "Right, but your code changes what it is given: a batch, or whether a part can go on learning.",
    },
    observe=observers.pretraining,
)
def pretrain_then_classify(
    encoder: nn.Module,
    decoder: nn.Module,
    head: nn.Module,
    images: list[Tensor],
    labelled: Labelled,
    pretrain_epochs: int,
    epochs: int,
    lr: float = 0.001,
) -> nn.Module:
    """First Adam on encoder and decoder, loss = mse(decoder(encoder(x)), x) for x in images; then a new Adam on encoder
    and head, loss = cross_entropy(head(encoder(x)), y) for x, y in labelled. Result: head after encoder.

    shapes: x (B, D) -> encoder (B, L) -> decoder (B, D), or head (B, K); y (B,).
    worked: 20,000 images and 50 labels: the encoder sees all 20,000 first, and goes on from there.
    """
    classifier = nn.Sequential(encoder, head)
    autoencoder = nn.Sequential(encoder, decoder).train()
    optimizer = torch.optim.Adam(autoencoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    classifier.train()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()


@pretrain_then_classify.alternative
def with_one_loop(encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001):  # type: ignore[no-untyped-def]
    def fit(top: nn.Module, batches: Any, count: int, loss_fn: Any) -> None:
        for part in (encoder, top):
            part.train()
        optimizer = torch.optim.Adam([*encoder.parameters(), *top.parameters()], lr)
        for _ in range(count):
            for x, target in batches:
                loss = loss_fn(top(encoder(x)), target)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()

    fit(decoder, [(x, x) for x in images], pretrain_epochs, nn.MSELoss())
    fit(head, labelled, epochs, nn.CrossEntropyLoss())
    encoder.eval()
    head.eval()
    return nn.Sequential(encoder, head).eval()


class Classifier(nn.Module):
    def __init__(self, encoder: nn.Module, head: nn.Module) -> None:
        super().__init__()
        self.encoder, self.head = encoder, head

    def forward(self, x: Tensor) -> Tensor:
        scores: Tensor = self.head(self.encoder(x))
        return scores


@pretrain_then_classify.alternative
def with_a_class(encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001):  # type: ignore[no-untyped-def]
    model = Classifier(encoder, head)
    for module in (model, decoder):
        module.train()
    first = torch.optim.Adam([{"params": encoder.parameters()}, {"params": decoder.parameters()}], lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            for parameter in (*encoder.parameters(), *decoder.parameters()):
                parameter.grad = None
            loss = ((decoder(encoder(x)) - x) ** 2).mean()
            loss.backward()
            first.step()
    second = torch.optim.Adam(model.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            second.zero_grad()
            loss = -model(x).log_softmax(1)[range(len(y)), y].mean()
            loss.backward()
            second.step()
    model.eval()
    return model
