"""The exercise MLP of TP6-TrainFFNN/6_pytorch: a multilayer perceptron as a module."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tplib.exercises.tp6.pytorch import observers
from tplib.exercises.tp6.pytorch.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn


def _parameters(array: Callable[..., np.ndarray], sizes: list[int]) -> dict[str, np.ndarray]:
    return {
        f"{name}{i}": array(*shape)
        for i, (d, h) in enumerate(pairwise(sizes), 1)
        for name, shape in (("weight", (h, d)), ("bias", (h,)))
    }


def _mlp_case(draw: Draw) -> Arguments:
    sizes = [draw.size(1, 4) for _ in range(draw.size(3, 5))]
    return sizes, 0.0, _parameters(draw.array, sizes), draw.array(draw.size(1, 4), sizes[0])


def _equal_widths(draw: Draw) -> Arguments:
    """Layers that only their place tells apart; scores of both signs."""
    sizes = [draw.size(2, 3)] * 5
    return (
        sizes,
        0.0,
        _parameters(lambda *shape: draw.array(*shape, low=-1.0, high=1.0), sizes),
        draw.array(6, sizes[0]),
    )


def _learning(draw: Draw) -> Arguments:
    """Weights above 0, so that every parameter has a gradient."""
    sizes = [2, 3, 3, 2]
    positive = _parameters(lambda *shape: draw.array(*shape, low=0.25, high=1.0), sizes)
    return sizes, 0.0, positive, draw.array(4, 2, low=0.5, high=2.0), "gradients"


def _dropping(draw: Draw) -> Arguments:
    """Two hidden layers that hand on what they get, plus 10 before the second ReLU and 100 in the scores.

    A score tells what happened on its way: x = 1 is 111 without dropout, 100 where the second layer dropped it.
    """
    sizes = [2, 2, 2, 2]
    parameters: dict[str, np.ndarray] = {}
    for i, bias in enumerate((0.0, 10.0, 100.0), 1):
        parameters |= {f"weight{i}": np.eye(2), f"bias{i}": np.full(2, bias)}
    return sizes, draw.choice((0.2, 0.6, 0.75)), parameters, np.ones((200, 2)), "dropout"


def _facts(value: Any, sizes: Any, dropout: float, parameters: Any, x: np.ndarray, look: str = "values") -> Any:
    """Of scores with dropout: which there are, how often, and whether units and passes have masks of their own."""
    if look != "dropout":
        return value
    first, second = value["train"]
    found, counts = np.unique(np.round(first, 3), return_counts=True)
    stated = np.array([dropout, dropout * (1 - dropout), (1 - dropout) ** 2])  # second layer, first layer, neither
    usual = len(found) == 3 and bool(np.all(np.abs(counts / first.size - stated) < 0.12))  # more than 4 deviations
    return {
        "scores in evaluation mode": np.unique(np.round(value["eval"][0], 3)),
        "scores in training mode": found,
        "units are dropped": "as often as asked" if usual else "more or less often",
        "units of an example": "one by one" if np.mean(first[:, 0] != first[:, 1]) > 0.2 else "all together",
        "the next pass drops": "the same units" if np.array_equal(first, second) else "others",
    }


def _input(draw: Draw) -> Arguments:
    return *_mlp_case(draw), "input"


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
    concepts=(29,),
    inputs=("sizes", "dropout", "parameters", "x"),
    draw=_mlp_case,
    edges=(
        Case(_mlp_edge(3, 5, 4, 3)),
        Case(_mlp_edge(3, 2)),
        Drawn(_equal_widths),
        Drawn(_learning, "gradients"),
        Drawn(_dropping, "dropout"),
        Drawn(_input, "input"),
        Case(_mlp_edge(2, 3, 2, dropout=None, b=2), "defaults"),
    ),
    aspects={
        "gradients": "Right scores, but they do not give every parameter its gradient: the network cannot learn.",
        "dropout": "Right without dropout. With it, training mode should drop units of each hidden layer as "
        "`nn.Dropout` does, evaluation mode none.",
        "input": "Right scores, but your code changes the inputs that it is given. Work on a copy.",
    },
    observe=observers.mlp,
    measure=_facts,
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


@MLP.alternative
class MLPOutputFirst(nn.Module):
    """Declares its layers in another order, and drops by hand, before the ReLU."""

    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__()
        self.out = nn.Linear(sizes[-2], sizes[-1])
        self.hidden = nn.ModuleList(nn.Linear(d, h) for d, h in list(pairwise(sizes[:-1]))[::-1])
        self.p = dropout

    def forward(self, x: Tensor) -> Tensor:
        for layer in list(self.hidden)[::-1]:
            x = layer(x)
            if self.training and self.p:
                x = x * (torch.rand(x.shape) >= self.p) / (1 - self.p)
            x = x.clamp(min=0)
        return self.out(x)
