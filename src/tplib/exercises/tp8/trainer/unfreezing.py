"""The exercise unfreeze_top of TP8-HFTrain/4_trainer: the layers next to the head learn as well."""

from typing import Any

import numpy as np

from tplib.exercises.tp8.trainer import freezing_observers
from tplib.exercises.tp8.trainer.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn


def _case(draw: Draw, layers: int = 0, count: int | None = None, family: str = "") -> Arguments:
    """A model of which some parameters learn before the call."""
    layers = layers or draw.size(2, 4)
    some = draw.size(1, layers - 1) if count is None else count
    family = family or draw.choice(["bert", "roberta"])
    return {"family": family, "layers": layers, "learns": draw.integers(0, 2, 7)}, some


def _before(draw: Draw, learns: int) -> Arguments:
    """Everything learned before, or nothing, the head neither."""
    model, count = _case(draw)
    return {**model, "learns": np.full(7, learns)}, count


def _zero(draw: Draw) -> Arguments:
    """No layer: the head, and the pooler below it."""
    return _case(draw, draw.size(2, 3), 0, "bert")


def _every(draw: Draw) -> Arguments:
    """As many as there are: the embeddings stay frozen."""
    layers = draw.size(2, 3)
    return _case(draw, layers, layers)


def _too_many(draw: Draw) -> Arguments:
    layers = draw.size(2, 3)
    return _case(draw, layers, layers + draw.size(1, layers - 1))  # twice as many and more look right by chance


def _twelve(draw: Draw) -> Arguments:
    """Layers 1, 10 and 11 begin with the same digit; of the longer name, so that a mistake is compared here last."""
    return _case(draw, 12, draw.size(1, 2), "roberta")


def _without_a_pooler(draw: Draw) -> Arguments:
    """A BERT, so that who counts on the name `bert` is told from who counts on a pooler."""
    model, count = _case(draw, family="bert")
    return {**model, "changed": "no pooler"}, count


@exercise(
    points=3,
    lecture="003, Reusing pretrained networks",
    concepts=(47,),
    draw=_case,
    draws=2,
    edges=(
        Drawn(lambda draw: _case(draw, 3, 1, "bert")),
        Drawn(lambda draw: _case(draw, 4, 3, "roberta")),
        Drawn(lambda draw: _before(draw, 0)),
        Drawn(lambda draw: _before(draw, 1)),
        Drawn(_zero),
        Drawn(_without_a_pooler),
        Drawn(_twelve),
        Drawn(_every),
        Drawn(_too_many, "more than there are"),
        Drawn(lambda draw: (*_before(draw, 1), "state"), "state"),
        Drawn(lambda draw: (*_before(draw, 0), "state"), "state"),
    ),
    aspects={
        "more than there are": "Right, but not where `count` is larger than the number of layers: then all of them "
        "learn.",
        "state": "The right parameters learn, but your function changes something else: a weight, the mode, PyTorch.",
    },
    observe=freezing_observers.unfrozen,
)
def unfreeze_top(model: Any, count: int) -> int:
    """requires_grad is True for the head, the pooler (if there is one) and the last `count` layers, and False for the
    rest.

    shapes: the layers are L modules, `model.base_model.encoder.layer[0]` ... `[L - 1]`; the last is next to the head.
    worked: of 6 layers and count 2: layers 4 and 5 learn; layers 0 to 3 and the embeddings do not.
    """
    model.requires_grad_(True)
    base = model.base_model
    base.embeddings.requires_grad_(False)
    layers = list(base.encoder.layer)
    for layer in layers[: max(len(layers) - count, 0)]:
        layer.requires_grad_(False)
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)


@unfreeze_top.alternative
def freeze_then_unfreeze(model, count):  # type: ignore[no-untyped-def]
    for parameter in model.base_model.parameters():
        parameter.requires_grad = False
    head = {id(parameter) for parameter in model.base_model.parameters()}
    for parameter in model.parameters():
        if id(parameter) not in head:
            parameter.requires_grad = True
    chosen = list(model.base_model.encoder.layer)[-count:] if count > 0 else []
    if model.base_model.pooler is not None:
        chosen.append(model.base_model.pooler)
    for module in chosen:
        for parameter in module.parameters():
            parameter.requires_grad = True
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


@unfreeze_top.alternative
def by_number(model, count):  # type: ignore[no-untyped-def]
    total = len(model.base_model.encoder.layer)
    learned = 0
    for name, parameter in model.named_parameters():
        parts = name.split(".")
        learns = "embeddings" not in parts
        if "layer" in parts:
            learns = int(parts[parts.index("layer") + 1]) >= total - count
        parameter.requires_grad_(learns)
        learned += parameter.numel() if learns else 0
    return learned
