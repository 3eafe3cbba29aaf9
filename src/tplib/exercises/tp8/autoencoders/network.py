"""The exercise Autoencoder of TP8-HFTrain/3_autoencoders: a deep autoencoder of mirrored layers."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from tplib.exercises.tp8.autoencoders import observers
from tplib.exercises.tp8.autoencoders.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn


def _parameters(array: Callable[..., np.ndarray], sizes: list[int]) -> dict[str, np.ndarray]:
    """Weights and biases of the encoder's layers, then of the decoder's."""
    layers = [*pairwise(sizes), *pairwise(sizes[::-1])]
    return {
        f"{name}{i}": array(*shape)
        for i, (d, h) in enumerate(layers, 1)
        for name, shape in (("weight", (h, d)), ("bias", (h,)))
    }


def _case(draw: Draw, sizes: list[int], rows: int, **span: float) -> Arguments:
    parameters = _parameters(lambda *shape: draw.array(*shape, **span), sizes)
    return sizes, parameters, draw.array(rows, sizes[0]), draw.array(rows, sizes[-1])


def _usual(draw: Draw) -> Arguments:
    return _case(draw, [draw.size(1, 4) for _ in range(draw.size(2, 4))], draw.size(1, 4))


def _equal_widths(draw: Draw) -> Arguments:
    """Layers that only their place tells apart; values of both signs."""
    return _case(draw, [draw.size(2, 3)] * 4, 6, low=-1.0, high=1.0)


def _no_hidden_layer(draw: Draw) -> Arguments:
    """A coding layer and nothing else: the linear autoencoder."""
    return _case(draw, [4, 2], 3)


def _wider_code(draw: Draw) -> Arguments:
    return _case(draw, [2, 3, 5], 3)


def _learning(draw: Draw) -> Arguments:
    """Weights above 0, so that every parameter has a gradient."""
    sizes, _, _, code = _case(draw, [3, 4, 2], 3)
    positive = _parameters(lambda *shape: draw.array(*shape, low=0.25, high=1.0), sizes)
    return sizes, positive, draw.array(3, 3, low=0.5, high=2.0), code, "gradients"


@exercise(
    points=4,
    lecture="003, Stacked Autoencoders",
    concepts=(45,),
    inputs=("sizes", "parameters", "x", "code"),
    draw=_usual,
    draws=5,
    edges=(
        Drawn(_equal_widths),
        Drawn(_equal_widths),
        Drawn(_no_hidden_layer),
        Drawn(_wider_code),
        Drawn(lambda draw: _case(draw, [3, 4, 2], 1)),
        Drawn(_learning, "gradients"),
        Drawn(lambda draw: (*_usual(draw), "input"), "input"),
    ),
    aspects={
        "gradients": "Right values, but the reconstruction does not give every parameter its gradient: the network "
        "cannot learn.",
        "input": "Right values, but your code changes what it is given. Work on a copy.",
    },
    observe=observers.autoencoder,
)
class Autoencoder(nn.Module):
    """Linear layers sizes[0] -> ... -> sizes[-1], then back in reverse; ReLU between the layers of each half.

    shapes: x (B, D) -> encode: code (B, L) -> decode: reconstruction (B, D), with D = sizes[0] and L = sizes[-1].
    worked: sizes = [784, 256, 30]: encoder 784 -> 256, ReLU, 256 -> 30; decoder 30 -> 256, ReLU, 256 -> 784.
    """

    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.encoder = self.layers(sizes)
        self.decoder = self.layers(sizes[::-1])

    @staticmethod
    def layers(sizes: list[int]) -> nn.Sequential:
        parts: list[nn.Module] = []
        for d, h in pairwise(sizes):
            parts += [nn.Linear(d, h), nn.ReLU()]
        return nn.Sequential(*parts[:-1])

    def encode(self, x: Tensor) -> Tensor:
        code: Tensor = self.encoder(x)
        return code

    def decode(self, code: Tensor) -> Tensor:
        reconstruction: Tensor = self.decoder(code)
        return reconstruction

    def forward(self, x: Tensor) -> Tensor:
        return self.decode(self.encode(x))


@Autoencoder.alternative
class WithModuleLists(nn.Module):
    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.up = nn.ModuleList(nn.Linear(b, a) for a, b in reversed(list(pairwise(sizes))))
        self.down = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes))

    def through(self, x: Tensor, layers: Any) -> Tensor:
        for i, layer in enumerate(layers):
            x = layer(x) if i == 0 else layer(torch.relu(x))
        return x

    def encode(self, x: Tensor) -> Tensor:
        return self.through(x, self.down)

    def decode(self, code: Tensor) -> Tensor:
        return self.through(code, self.up)

    def forward(self, x: Tensor) -> Tensor:
        return self.through(self.through(x, self.down), self.up)


@Autoencoder.alternative
class LayerByLayer(nn.Module):
    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        n = len(sizes)
        widths = list(sizes) + list(sizes)[-2::-1]
        for i in range(2 * n - 2):
            setattr(self, f"layer{i}", nn.Linear(widths[i], widths[i + 1]))
        self.middle = n - 1

    def run(self, x: Tensor, first: int, last: int) -> Tensor:
        for i in range(first, last):
            x = getattr(self, f"layer{i}")(x)
            if i < last - 1:
                x = x.clamp(min=0)
        return x

    def encode(self, x: Tensor) -> Tensor:
        return self.run(x, 0, self.middle)

    def decode(self, code: Tensor) -> Tensor:
        return self.run(code, self.middle, 2 * self.middle)

    def forward(self, x: Tensor) -> Tensor:
        code = self.encode(x)
        return self.decode(code)
