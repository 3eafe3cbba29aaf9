"""Mistakes in the multilayer perceptron: most differ from it in one method."""

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tplib.exercises.tp6.pytorch.mlp import MLP


class _Layers(nn.Module):
    """The right network, in the parts of which one is wrong below."""

    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__()
        self.layers = nn.ModuleList(self.linear(d, h) for d, h in pairwise(sizes))
        self.dropout = nn.Dropout(dropout)

    def linear(self, d: int, h: int) -> nn.Module:
        return nn.Linear(d, h)

    def between(self, x: Tensor) -> Tensor:
        return self.dropout(torch.relu(x))

    def hidden(self, x: Tensor) -> Tensor:
        for layer in self.layers[:-1]:
            x = self.between(layer(x))
        return x

    def forward(self, x: Tensor) -> Tensor:
        return self.layers[-1](self.hidden(x))


@MLP.mistake("Log-softmax belongs to the loss. How often is it applied with yours?")
class log_softmax_in_the_model(_Layers):
    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x).log_softmax(dim=1)


@MLP.mistake("Which activation did the text ask for between the layers: tanh or ReLU?")
class tanh_instead_of_relu(_Layers):
    def between(self, x: Tensor) -> Tensor:
        return self.dropout(torch.tanh(x))


@MLP.mistake("ReLU stands between the layers. What does yours do to a negative feature, before the first?")
class relu_of_the_input(_Layers):
    def forward(self, x: Tensor) -> Tensor:
        return super().forward(torch.relu(x))


@MLP.mistake("Count your activations: is there one before the layer that gives the scores?")
class no_activation_before_the_scores(_Layers):
    def hidden(self, x: Tensor) -> Tensor:
        for i, layer in enumerate(self.layers[:-1], 2):
            x = layer(x) if i == len(self.layers) else self.between(layer(x))
        return x


@MLP.mistake("What does `list(model.parameters())` give? Which of your layers stand in a Python list?")
class hidden_layers_in_a_plain_list(nn.Module):
    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__()
        self.hidden = [nn.Sequential(nn.Linear(d, h), nn.ReLU(), nn.Dropout(dropout)) for d, h in pairwise(sizes[:-1])]
        self.out = nn.Linear(sizes[-2], sizes[-1])

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.hidden:
            x = layer(x)
        return self.out(x)


@MLP.mistake("Two passes of the same input differ in yours. When are the layers made: once, or at each pass?")
class layers_made_in_forward(nn.Module):
    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__()
        self.sizes = sizes

    def forward(self, x: Tensor) -> Tensor:
        for d, h in pairwise(self.sizes[:-1]):
            x = torch.relu(nn.Linear(d, h)(x))
        return nn.Linear(self.sizes[-2], self.sizes[-1])(x)


@MLP.mistake("How many hidden layers has MLP([8, 6, 4, 2])? And yours?")
class one_hidden_layer_only(_Layers):
    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__([sizes[0], sizes[1], sizes[-1]], dropout)


@MLP.mistake("MLP([64, 10]) has no hidden layer. How many layers has yours?")
class always_a_hidden_layer(_Layers):
    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__([sizes[0], sizes[0], sizes[1]] if len(sizes) == 2 else sizes, dropout)


@MLP.mistake("How many scores does MLP([64, 32, 10]) give? Is there a layer for the last pair of `sizes`?")
class last_layer_missing(_Layers):
    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__([*sizes[:-1], 1], dropout)
        del self.layers[-1]

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers:
            x = self.between(layer(x))
        return x


@MLP.mistake("`nn.Linear` computes x @ weight.T + bias. Where are your biases?")
class bias_missing(_Layers):
    def linear(self, d: int, h: int) -> nn.Module:
        return nn.Linear(d, h, bias=False)


@MLP.mistake("Two hidden layers of the same widths: do they learn weights of their own, or is it one object?")
class one_layer_for_equal_widths(_Layers):
    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__(sizes, dropout)
        made: dict[tuple[int, int], nn.Module] = {}
        for i, widths in enumerate(pairwise(sizes[:-1])):
            self.layers[i] = made.setdefault(widths, self.layers[i])


@MLP.mistake("`detach`, `.data` and `no_grad` cut the graph. How does the gradient get to the layers before?")
class graph_cut_between_the_layers(_Layers):
    def between(self, x: Tensor) -> Tensor:
        return super().between(x).detach()


@MLP.mistake("Can you call `backward` on what your model returns? `detach`, `.data` and `no_grad` cut the graph.")
class output_without_a_graph(_Layers):
    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x).detach()


@MLP.mistake("`dropout` is the probability that a unit is set to 0. What does `nn.Dropout` take?")
class probability_to_keep(_Layers):
    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__(sizes, 1 - dropout)


@MLP.mistake("With which probability does `nn.Dropout()` drop? Where does your code use the argument `dropout`?")
class always_half_of_the_units(_Layers):
    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__(sizes, 0.5)


@MLP.mistake("Dropout is for hidden units. Does yours also drop features of the input?")
class dropout_on_the_input(_Layers):
    def forward(self, x: Tensor) -> Tensor:
        return super().forward(self.dropout(x))


@MLP.mistake("Which hidden layers have dropout in yours: each, or only the last?")
class dropout_before_the_scores_only(_Layers):
    def hidden(self, x: Tensor) -> Tensor:
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.dropout(x)


@MLP.mistake("Which hidden layers have dropout in yours: each, or only the first?")
class dropout_after_the_first_layer_only(_Layers):
    def hidden(self, x: Tensor) -> Tensor:
        for i, layer in enumerate(self.layers[:-1]):
            x = self.between(layer(x)) if i == 0 else torch.relu(layer(x))
        return x


@MLP.mistake("Fewer units are left. Is the sum that the next layer sees about as large as without dropout?")
class kept_units_not_scaled(_Layers):
    def between(self, x: Tensor) -> Tensor:
        kept = torch.rand_like(x) >= self.dropout.p if self.training else 1.0
        return torch.relu(x) * kept


@MLP.mistake("When is your mask drawn? Does the next batch lose other units?")
class one_mask_for_ever(_Layers):
    def __init__(self, sizes: list[int], dropout: float = 0.0) -> None:
        super().__init__(sizes, dropout)
        self.masks: dict[tuple[int, ...], Tensor] = {}

    def hidden(self, x: Tensor) -> Tensor:
        for i, layer in enumerate(self.layers[:-1]):
            x = torch.relu(layer(x))
            if self.training:
                x = x * self.masks.setdefault((i, *x.shape), F.dropout(torch.ones_like(x), self.dropout.p))
        return x


@MLP.mistake("Your mask has one number for each unit. Do all examples of a batch lose the same ones?")
class one_mask_for_the_batch(_Layers):
    def between(self, x: Tensor) -> Tensor:
        return torch.relu(x) * self.dropout(torch.ones_like(x[:1]))
