"""The exercise freeze_encoder of TP8-HFTrain/4_trainer: the pretrained part stays as it is, the new head learns."""

from typing import Any

import numpy as np

from tplib.exercises.tp8.trainer import freezing_observers
from tplib.exercises.tp8.trainer.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn


def _model(draw: Draw, family: str = "") -> Arguments:
    """A model of which some parameters learn before the call."""
    family = family or draw.choice(["bert", "roberta"])
    return ({"family": family, "layers": draw.size(1, 3), "learns": draw.integers(0, 2, 7)},)


def _another_head(draw: Draw) -> Arguments:
    """A BERT whose head is called as that of a GPT-2."""
    [model] = _model(draw, "bert")
    return ({**model, "changed": "head called score"},)


def _before(draw: Draw, learns: int) -> Arguments:
    """Everything learned before, in a model with a pooler, or nothing, the head neither, in one without."""
    [model] = _model(draw, "bert" if learns else "roberta")
    return ({**model, "learns": np.full(7, learns)},)


@exercise(
    points=2,
    lecture="003, Reusing pretrained networks",
    concepts=(47,),
    draw=_model,
    draws=2,
    edges=(
        Drawn(lambda draw: _before(draw, 1)),
        Drawn(lambda draw: _before(draw, 0)),
        Drawn(lambda draw: _model(draw, "distilbert"), "other models"),
        Drawn(_another_head, "head"),
        Drawn(lambda draw: (*_before(draw, 1), "state"), "state"),
        Drawn(lambda draw: (*_before(draw, 0), "state"), "state"),
    ),
    aspects={
        "other models": "Right for BERT, but not for a DistilBERT: its encoder has another name. `model.base_model` is "
        "the encoder of any model of the library.",
        "head": "Right where the head is called `classifier`. A GPT-2 calls its `score`: all that is "
        "not in `model.base_model` is the head.",
        "state": "The right parameters learn, but your function changes something else: a weight, the mode, PyTorch.",
    },
    observe=freezing_observers.frozen,
)
def freeze_encoder(model: Any) -> int:
    """requires_grad is False for all parameters of `model.base_model`, and True for all others.

    shapes: the number of numbers that still learn: the sum of `parameter.numel()` over them.
    worked: the encoder of 22.7 million numbers is frozen; a head of 384 x 2 weights and 2 biases is left: 770.
    """
    model.requires_grad_(True)
    model.base_model.requires_grad_(False)
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)


@freeze_encoder.alternative
def parameter_by_parameter(model):  # type: ignore[no-untyped-def]
    inside = {id(parameter) for parameter in model.base_model.parameters()}
    learned = 0
    for parameter in model.parameters():
        parameter.requires_grad = id(parameter) not in inside
        learned += parameter.numel() * parameter.requires_grad
    return learned


@freeze_encoder.alternative
def by_prefix(model):  # type: ignore[no-untyped-def]
    count = 0
    for name, parameter in model.named_parameters():
        if name.startswith(model.base_model_prefix + "."):
            parameter.requires_grad_(False)
        else:
            parameter.requires_grad_(True)
            count = count + parameter.numel()
    return count
