"""Which exercise covers which concept of the lectures: each exercise says it itself, by the concept's number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tplib.errors import TplibError

if TYPE_CHECKING:
    from tplib.graders.exercise import Exercise

TITLES = {
    1: "data sets: load, map, filter, split",
    2: "words as integers, batches",
    3: "n-grams",
    4: "input normalisation",
    5: "word vectors, sentence vector",
    6: "feed-forward computation",
    7: "activations and derivatives",
    8: "linear maps compose to a linear map",
    9: "universal approximation",
    10: "softmax",
    11: "losses",
    12: "random search",
    13: "two-layer network from scratch",
    14: "function node",
    15: "computation graph",
    16: "layer-wise backpropagation",
    17: "gradient check",
    18: "batch, stochastic, mini-batch descent",
    19: "learning rate",
    20: "optimisers",
    21: "initialisation",
    22: "vanishing and exploding gradients",
    23: "penalties and weight decay",
    24: "dropout",
    25: "early stopping",
    26: "batch normalisation, gradient clipping",
    27: "regression break",
    28: "model selection",
    29: "the same network in PyTorch and with a Trainer",
    30: "convolution, parameters shared",
    31: "padding, stride, receptive field",
    32: "pooling",
    33: "a small CNN",
    34: "recurrent layers",
    35: "back-propagation through time",
    36: "LSTM",
    37: "GRU",
    38: "deep recurrent networks",
    39: "text classification with an LSTM",
    40: "recurrent language model",
    41: "averaged embeddings of n-grams",
    42: "CBoW and skip-gram with negative sampling",
    43: "encoder-decoder",
    44: "attention and the Transformer block",
    45: "autoencoders: deep, tied, sparse, denoising, variational",
    46: "unsupervised pretraining",
    47: "pretrained networks: freeze, unfreeze the top",
    48: "fine-tuning with a Trainer",
    49: "GPU",
    50: "bias in word vectors: association tests, a direction, what removing it leaves",
    51: "bias in sentence encoders and language models; gaps between groups, downstream",
    52: "bias as measurement: two ways to count",
}


@dataclass(frozen=True)
class Concept:
    number: int
    title: str
    exercises: tuple[str, ...]


def concepts(exercises: Iterable[Exercise]) -> tuple[Concept, ...]:
    """The concepts with the exercises that name them. Raises TplibError for a number that no concept has."""
    of: dict[int, list[str]] = {number: [] for number in TITLES}
    for exercise in exercises:
        for number in exercise.concepts:
            if number not in of:
                raise TplibError(f"{exercise.name}: there is no concept {number}; they go from 1 to {max(TITLES)}")
            of[number].append(exercise.name)
    return tuple(Concept(number, title, tuple(of[number])) for number, title in TITLES.items())


def __getattr__(name: str) -> Any:
    if name != "CONCEPTS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tplib.graders import exercises

    return concepts(exercises())
