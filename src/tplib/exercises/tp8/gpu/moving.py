"""The exercise to_device of TP8-HFTrain/5_gpu: a batch of any nesting on a device."""

from collections.abc import Callable
from typing import Any

import torch

from tplib.exercises.tp8.gpu import observers
from tplib.exercises.tp8.gpu.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Device = torch.device


def _tensor(draw: Draw) -> Any:
    return draw.array(draw.size(1, 3), draw.size(1, 2)) if draw.choice([True, False]) else draw.integers(0, 9, 2)


def _node(draw: Draw, depth: int) -> Any:
    """Anything a batch can hold."""
    if depth == 0:
        return draw.choice([_tensor(draw), _tensor(draw), _tensor(draw), "a text", 3, None])
    inside = [_node(draw, depth - 1) for _ in range(draw.size(1, 2))]
    return draw.choice([{"x": inside[0], "y": inside[-1]}, inside, tuple(inside), {"named tuple": {"x": inside[0]}}])


def _batch(draw: Draw) -> Arguments:
    return {"inputs": _node(draw, draw.size(0, 2)), "labels": _tensor(draw)}, draw.choice(["meta", "meta", "cpu"])


def _holding(build: Callable[[Draw], Any], device: str = "meta") -> Drawn:
    return Drawn(lambda draw: (build(draw), device))


def _named(draw: Draw) -> Any:
    return {"named tuple": {"inputs": _tensor(draw), "labels": draw.integers(0, 9, 3)}}


def _packed(draw: Draw) -> Any:
    return {"packed": [draw.integers(0, 9, draw.size(1, 4)) for _ in range(draw.size(1, 3))]}


def _tokenised(draw: Draw) -> Any:
    return {"tokenised": {"input_ids": draw.integers(0, 9, 2, 3), "attention_mask": draw.integers(0, 2, 2, 3)}}


@exercise(
    points=3,
    lecture="003, Main tools: GPU computing",
    concepts=(49,),
    draw=_batch,
    edges=(
        _holding(_tensor),
        _holding(lambda draw: [_tensor(draw), (_tensor(draw), _tensor(draw))]),
        _holding(lambda draw: {"x": {"words": (draw.integers(0, 9, 2, 3), _tensor(draw))}, "y": [draw.array(2)]}),
        _holding(lambda draw: (_tensor(draw), "a text", {"size": 4, "weights": None, "rate": 0.5})),
        _holding(_named),
        _holding(lambda draw: [{"pair": _named(draw)}], "cpu"),
        _holding(lambda draw: (_packed(draw), draw.integers(0, 2, 3))),
        _holding(lambda draw: {"texts": [_tokenised(draw)], "labels": draw.integers(0, 2, 2)}),
        _holding(_tokenised),
        _holding(lambda draw: {"words": draw.integers(0, 9, 3), "mask": draw.array(2, 2)}, "cpu"),
        Case(({"x": [], "y": (), "z": {}}, "meta")),
        Drawn(lambda draw: ({"x": _tensor(draw), "y": [_tensor(draw)]}, "meta", "input"), "input"),
        Drawn(lambda draw: ([_tensor(draw), {"y": _tensor(draw)}], "meta", "input"), "input"),
    ),
    aspects={"input": "Right, but the batch that you were given should stay as it was: build new containers."},
    observe=observers.moved,
    forbidden=("tplib.gpu.moving.to_device", "torch.utils._pytree.tree_map"),
)
def to_device(batch: Any, device: Device) -> Any:
    """What has a method `to`: batch.to(device). A dict, list, tuple, named tuple: the same kind, with each part moved.
    Anything else: itself.

    shapes: the result is built like the batch. A named tuple takes its parts one by one: `type(batch)(*parts)`.
    worked: {"x": tensor, "y": [tensor, "a"]} gives {"x": moved, "y": [moved, "a"]}.
    """
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*(to_device(value, device) for value in batch))
    if isinstance(batch, list | tuple):
        return type(batch)(to_device(value, device) for value in batch)
    return batch


@to_device.alternative
def by_kind(batch: Any, device: Device) -> Any:
    move = getattr(batch, "to", None)
    match batch:
        case _ if move is not None:
            return move(device)
        case dict():
            return dict(zip(batch, [by_kind(value, device) for value in batch.values()], strict=True))
        case list():
            return [by_kind(value, device) for value in batch]
        case tuple():
            parts = [by_kind(value, device) for value in batch]
            return batch._make(parts) if hasattr(batch, "_make") else tuple(parts)
        case _:
            return batch


@to_device.alternative
def with_try(batch: Any, device: Device) -> Any:
    try:
        return batch.to(device)
    except AttributeError:
        pass
    if isinstance(batch, dict):
        moved = batch.copy()
        for key in moved:
            moved[key] = with_try(moved[key], device)
        return moved
    if type(batch) in (list, tuple):
        return type(batch)([with_try(value, device) for value in batch])
    if hasattr(batch, "_asdict"):
        return type(batch)(**{key: with_try(value, device) for key, value in batch._asdict().items()})
    return batch
