"""The exercise tied_decode of TP8-HFTrain/3_autoencoders: a decoder that uses the encoder's weights."""

from itertools import pairwise
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from tplib.exercises.tp8.autoencoders import observers
from tplib.exercises.tp8.autoencoders.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn


def _case(draw: Draw, sizes: list[int], rows: int) -> Arguments:
    """The weights of an encoder of these sizes, and biases for its decoder."""
    weights = [draw.array(h, d, low=-1.5, high=1.5) for d, h in pairwise(sizes)]
    biases = [draw.array(d) for d in sizes[-2::-1]]
    return draw.array(rows, sizes[-1]), weights, biases


def _usual(draw: Draw) -> Arguments:
    return _case(draw, [draw.size(1, 4) for _ in range(draw.size(2, 4))], draw.size(1, 4))


def _square(draw: Draw) -> Arguments:
    """Layers that only their place tells apart, and weights that may be used without being transposed."""
    return _case(draw, [3, 3, 3, 3], 6)


def _learning(draw: Draw) -> Arguments:
    """Weights above 0, so that each of them has a gradient."""
    code, weights, biases = _case(draw, [3, 2, 4], 3)
    return abs(code) + 0.5, [abs(w) + 0.1 for w in weights], [abs(b) for b in biases], "gradients"


@exercise(
    points=2,
    at_home=True,
    lecture="003, Stacked Autoencoders",
    concepts=(45,),
    draw=_usual,
    draws=5,
    edges=(
        Drawn(_square),
        Drawn(_square),
        Drawn(lambda draw: _case(draw, [4, 2], 3)),
        Drawn(lambda draw: _case(draw, [2, 3, 4], 1)),
        Drawn(_learning),
        Drawn(lambda draw: (*_case(draw, [2, 3, 4], 2), "input"), "input"),
    ),
    aspects={"input": "Right values, but your code changes the code, the weights, the biases or their lists."},
    observe=observers.tied,
)
def tied_decode(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    """Layer l of the decoder: h W + b with W = weights[-l], the encoder's own, and b = biases[l - 1]; ReLU between.

    shapes: code (B, L); weights[i] (sizes[i+1], sizes[i]), so that h (B, sizes[i+1]) @ weights[i] is (B, sizes[i]).
    worked: weights [(256, 784), (30, 256)]: code (B, 30) @ (30, 256) -> ReLU -> (B, 256) @ (256, 784) -> (B, 784).
    """
    h = code
    for i, (weight, bias) in enumerate(zip(reversed(weights), biases, strict=True)):
        if i > 0:
            h = torch.relu(h)
        h = h @ weight + bias
    return h


@tied_decode.alternative
def by_linear(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    last = len(weights) - 1
    for i in range(last + 1):
        code = F.linear(code, weights[last - i].t(), biases[i])
        if i < last:
            code = F.relu(code)
    return code


@tied_decode.alternative
def by_recursion(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    z = torch.einsum("bh,hd->bd", code, weights[-1]) + biases[0]
    return by_recursion(z.clamp(min=0), weights[:-1], biases[1:]) if len(weights) > 1 else z


def _decoded(code: Tensor, weights: Any, biases: Any, between: Any = torch.relu, last: Any = None) -> Tensor:
    for i, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        if i > 0:
            code = between(code)
        code = code @ weight + bias
    return code if last is None else last(code)


@tied_decode.mistake(
    "The encoder computes h W' with these weights. Which matrix leads back: W' again, or W?",
    name="the encoder's direction",
)
def encoders_direction(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, [w.T for w in reversed(weights)], biases)


@tied_decode.mistake(
    "Which of the encoder's layers made the code? Its weights come first on the way back.",
    name="weights in the encoder's order",
)
def weights_in_the_encoders_order(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, weights, biases)


@tied_decode.mistake(
    "The biases are the decoder's own, in its order. Which one belongs to its first layer?",
    name="biases in the encoder's order",
)
def biases_in_the_encoders_order(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, weights[::-1], biases[::-1])


@tied_decode.mistake("Weights are shared, biases are not. Where are the decoder's biases in your code?")
def no_biases(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, weights[::-1], [0.0] * len(weights))


@tied_decode.mistake("A pixel is the output of the last layer. Does the text put a ReLU after it?")
def relu_on_the_reconstruction(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, weights[::-1], biases, last=torch.relu)


@tied_decode.mistake("What stands between two layers of the decoder?")
def no_activation(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, weights[::-1], biases, between=lambda z: z)


@tied_decode.mistake("The code has no activation function of its own. What does your code do before its first layer?")
def relu_of_the_code(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(torch.relu(code), weights[::-1], biases)


@tied_decode.mistake("A sigmoid keeps pixels between 0 and 1. Does the text ask for one?")
def sigmoid_on_the_reconstruction(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, weights[::-1], biases, last=torch.sigmoid)


@tied_decode.mistake(
    "The weights belong to both halves. Does the decoder's error reach the encoder's own tensors, or a copy of them?"
)
def weights_are_copies(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, [w.detach().clone() for w in reversed(weights)], biases)


@tied_decode.mistake("Which tensors learn: those that were given, or new ones that hold the same numbers?")
def weights_and_biases_are_copies(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, [w.detach() for w in reversed(weights)], [b.detach() for b in biases])


@tied_decode.mistake("This is the encoder once more. Which of its layers made the code, and which way leads back?")
def encoder_again(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, [w.T for w in weights], biases)


@tied_decode.mistake("Transposed is not inverted. Which of both does the text ask for?")
def pseudo_inverse(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, [torch.linalg.pinv(w).T for w in reversed(weights)], biases)


@tied_decode.mistake("How many layers has the decoder? Is the last one of yours the first of the encoder?")
def first_layer_left_out(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, weights[:0:-1], biases[:-1])


@tied_decode.mistake("Which function stands between the layers?")
def sigmoid_between(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, reversed(weights), biases, torch.sigmoid)


@tied_decode.mistake("Which function stands between the layers?")
def tanh_between(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, reversed(weights), biases, torch.tanh)


@tied_decode.mistake("Each layer has a bias. Has the last one of yours?")
def last_bias_left_out(code: Tensor, weights: list[Tensor], biases: list[Tensor]) -> Tensor:
    return _decoded(code, reversed(weights), biases) - biases[-1]
