"""The exercise MLP of TP6-TrainFFNN/6_pytorch: a multilayer perceptron as a module."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tplib.exercises.tp6.pytorch import observers
from tplib.exercises.tp6.pytorch.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case


def _parameters(array: Callable[..., np.ndarray], sizes: list[int]) -> dict[str, np.ndarray]:
    return {
        f"{name}{i}": array(*shape)
        for i, (d, h) in enumerate(pairwise(sizes), 1)
        for name, shape in (("weight", (h, d)), ("bias", (h,)))
    }


def _mlp_case(draw: Draw) -> Arguments:
    sizes = [draw.size(1, 4) for _ in range(draw.size(3, 4))]
    return sizes, 0.0, _parameters(draw.array, sizes), draw.array(draw.size(1, 4), sizes[0])


def _mlp_edge(*sizes: int, dropout: float | None = 0.0, b: int = 4) -> Arguments:
    rng = np.random.default_rng(6)
    return (
        [*sizes],
        dropout,
        _parameters(lambda *shape: rng.uniform(-1, 1, shape), [*sizes]),
        rng.uniform(-2, 2, (b, sizes[0])),
    )


@exercise(
    draws=3,
    rtol=1e-4,
    atol=1e-4,
    points=3,
    lecture="002, An example in pytorch",
    inputs=("sizes", "dropout", "parameters", "x"),
    draw=_mlp_case,
    edges=(
        Case(_mlp_edge(3, 5, 4, 3)),
        Case(_mlp_edge(3, 2)),
        Case(_mlp_edge(3, 4, 2, b=0)),
        Case(_mlp_edge(2, 3, 2, dropout=1.0, b=2), "dropout"),
        Case(_mlp_edge(2, 3, 2, dropout=None, b=2), "defaults"),
    ),
    aspects={
        "dropout": "Right without dropout. With `dropout=1.0`, training mode should drop every hidden unit, "
        "evaluation mode none."
    },
    observe=observers.mlp,
    forbidden=("torchvision.ops.MLP",),
)
class MLP(nn.Module):
    """h = dropout(relu(h W^T + b)) for each hidden layer, and scores = h W^T + b for the last.

    shapes: `sizes = [D, H, K]` makes `nn.Linear(D, H)` and `nn.Linear(H, K)`: x (B, D) -> h (B, H) -> scores (B, K).
    worked: MLP([64, 32, 10]): Linear(64, 32), ReLU, Dropout, Linear(32, 10): 64*32 + 32 + 32*10 + 10 = 2,410 numbers.
    """

    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(d, h) for d, h in pairwise(sizes))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return self.layers[-1](x)


@MLP.mistake("`nn.CrossEntropyLoss` takes scores and applies log-softmax itself. How often is it applied with yours?")
class softmax_in_the_model(MLP.reference):
    def forward(self, x: Tensor) -> Tensor:
        return torch.softmax(super().forward(x), dim=-1)


@MLP.mistake("Can one of your scores ever be negative? What stands after the last `nn.Linear`?")
class activation_after_the_last_layer(MLP.reference):
    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x


@MLP.mistake("What is a linear layer of a linear layer? How many layers does your network really have?")
class no_activation(MLP.reference):
    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers[:-1]:
            x = self.dropout(layer(x))
        return self.layers[-1](x)


@MLP.mistake("Which activation did the text ask for between the layers: sigmoid or ReLU?")
class another_activation(MLP.reference):
    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers[:-1]:
            x = self.dropout(torch.sigmoid(layer(x)))
        return self.layers[-1](x)


@MLP.mistake(
    "What does `list(model.parameters())` give? PyTorch finds modules in attributes; does it look into a list?"
)
class layers_in_a_plain_list(nn.Module):
    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__()
        self.layers = [nn.Linear(d, h) for d, h in pairwise(sizes)]

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


@MLP.mistake("Where does your `forward` use `dropout`?")
class dropout_ignored(MLP.reference):
    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


@MLP.mistake("`model.eval()` sets `model.training` to False. Who tells your dropout about it?")
class dropout_in_evaluation_mode(MLP.reference):
    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers[:-1]:
            x = F.dropout(torch.relu(layer(x)), self.dropout.p)
        return self.layers[-1](x)


@MLP.mistake("Dropout is for hidden units. What does the loss see when a class score is set to 0?")
class dropout_on_the_scores(MLP.reference):
    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return self.dropout(self.layers[-1](x))


@MLP.alternative
class MLPSequential(nn.Module):
    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for i in range(len(sizes) - 2):
            layers += [nn.Linear(sizes[i], sizes[i + 1]), nn.ReLU(), nn.Dropout(dropout)]
        self.network = nn.Sequential(*layers, nn.Linear(sizes[-2], sizes[-1]))

    def forward(self, x: Tensor) -> Tensor:
        return self.network(x)


@MLP.alternative
class MLPKeras(nn.Sequential):
    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__()
        for i in range(1, len(sizes)):
            self.add_module(f"linear{i}", nn.Linear(sizes[i - 1], sizes[i]))
            if i < len(sizes) - 1:
                self.add_module(f"relu{i}", nn.ReLU())
                self.add_module(f"dropout{i}", nn.Dropout(dropout))


@MLP.alternative
class MLPFunctional(nn.Module):
    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__()
        self.p = dropout
        self.depth = len(sizes) - 1
        for i in range(self.depth):
            setattr(self, f"layer{i}", nn.Linear(sizes[i], sizes[i + 1]))

    def forward(self, x: Tensor) -> Tensor:
        for i in range(self.depth):
            x = getattr(self, f"layer{i}")(x)
            if i + 1 < self.depth:
                x = F.dropout(F.relu(x), self.p, self.training)
        return x
