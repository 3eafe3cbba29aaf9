"""The exercise to_device of TP8-HFTrain/5_gpu: a batch of any nesting on a device."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

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


def _rebuilt(
    batch: Any, leaf: Callable[[Any], Any], sequence: Callable[[Any, list[Any]], Any], packed: bool = True
) -> Any:
    """`leaf` of all that holds nothing, in containers that `sequence` makes of a list or tuple and its new parts."""
    if isinstance(batch, dict):
        return {key: _rebuilt(value, leaf, sequence, packed) for key, value in batch.items()}
    if isinstance(batch, list | tuple) and not (packed and hasattr(batch, "to")):
        return sequence(batch, [_rebuilt(value, leaf, sequence, packed) for value in batch])
    return leaf(batch)


def _same_kind(batch: Any, parts: list[Any]) -> Any:
    return type(batch)(*parts) if hasattr(batch, "_fields") else type(batch)(parts)


@to_device.mistake("`tensor.to(device)` returns a new tensor. What becomes of it?")
def result_not_used(batch: Any, device: Device) -> Any:
    to_device(batch, device)
    return batch


@to_device.mistake("A batch may be a dictionary of dictionaries. Who moves what is inside?")
def one_level_only(batch: Any, device: Device) -> Any:
    def move(value: Any) -> Any:
        return value.to(device) if hasattr(value, "to") else value

    if isinstance(batch, dict):
        return {key: move(value) for key, value in batch.items()}
    if isinstance(batch, list | tuple) and not hasattr(batch, "to"):
        return _same_kind(batch, [move(value) for value in batch])
    return move(batch)


@to_device.mistake("What if a value of the dictionary is a list, or a text?")
def a_dictionary_of_tensors(batch: Any, device: Device) -> Any:
    return {key: value.to(device) for key, value in batch.items()}


@to_device.mistake("Where does your function use `device`?")
def always_the_same_device(batch: Any, device: Device) -> Any:
    return to_device(batch, torch.device("meta"))


@to_device.mistake("A moved tensor has the same shape. Has it the same values?")
def new_tensors_without_the_values(batch: Any, device: Device) -> Any:
    def move(value: Any) -> Any:
        if isinstance(value, Tensor):
            return torch.zeros_like(value, device=device)
        return value.to(device) if hasattr(value, "to") else value

    return _rebuilt(batch, move, _same_kind)


@to_device.mistake("One can read a text letter by letter. Is it a container?")
def texts_taken_apart(batch: Any, device: Device) -> Any:
    def move(value: Any) -> Any:
        return list(value) if isinstance(value, str) else value.to(device) if hasattr(value, "to") else value

    return _rebuilt(batch, move, _same_kind)


@to_device.mistake("Which containers does your function go into? A list inside of a dictionary is one, too.")
def dictionaries_only(batch: Any, device: Device) -> Any:
    if isinstance(batch, dict):
        return {key: dictionaries_only(value, device) for key, value in batch.items()}
    return batch.to(device) if hasattr(batch, "to") else batch


@to_device.mistake("Your function knows dictionaries and lists. And tuples?")
def tuples_left_out(batch: Any, device: Device) -> Any:
    if isinstance(batch, dict):
        return {key: tuples_left_out(value, device) for key, value in batch.items()}
    if isinstance(batch, list):
        return [tuples_left_out(value, device) for value in batch]
    return batch.to(device) if hasattr(batch, "to") else batch


@to_device.mistake("A tuple takes one iterable; a named tuple takes its fields one by one. What does yours get?")
def named_tuple_from_one_iterable(batch: Any, device: Device) -> Any:
    def move(value: Any) -> Any:
        return value.to(device) if hasattr(value, "to") else value

    return _rebuilt(batch, move, lambda old, parts: type(old)(parts))


@to_device.mistake("After the move, can one still write `batch.labels`?")
def named_tuple_becomes_a_tuple(batch: Any, device: Device) -> Any:
    def move(value: Any) -> Any:
        return value.to(device) if hasattr(value, "to") else value

    return _rebuilt(batch, move, lambda old, parts: parts if isinstance(old, list) else tuple(parts))


@to_device.mistake("Of which kind is the container that comes back?")
def tuples_become_lists(batch: Any, device: Device) -> Any:
    def move(value: Any) -> Any:
        return value.to(device) if hasattr(value, "to") else value

    return _rebuilt(batch, move, lambda old, parts: parts)


@to_device.mistake(
    "A packed sequence is a named tuple with a `to` of its own, and parts that stay on the CPU. Who goes first?"
)
def packed_sequence_taken_apart(batch: Any, device: Device) -> Any:
    def move(value: Any) -> Any:
        return value.to(device) if hasattr(value, "to") else value

    return _rebuilt(batch, move, _same_kind, packed=False)


@to_device.mistake("A packed sequence is no tensor, but has a `to` of its own. Where is it afterwards?")
def only_tensors_have_a_to(batch: Any, device: Device) -> Any:
    return _rebuilt(batch, lambda value: value.to(device) if isinstance(value, Tensor) else value, _same_kind)


@to_device.mistake("A batch holds texts and None, too. Have they a method `to`?")
def everything_has_a_to(batch: Any, device: Device) -> Any:
    return _rebuilt(batch, lambda value: value.to(device), _same_kind)


@to_device.mistake("What is no tensor stays as it is. What becomes of numbers?")
def numbers_become_tensors(batch: Any, device: Device) -> Any:
    def move(value: Any) -> Any:
        number = isinstance(value, int | float)
        return torch.tensor(value, device=device) if number else value.to(device) if hasattr(value, "to") else value

    return _rebuilt(batch, move, _same_kind)


@to_device.mistake("What is no tensor stays as it is. What becomes of texts and numbers?")
def other_things_become_none(batch: Any, device: Device) -> Any:
    return _rebuilt(batch, lambda value: value.to(device) if hasattr(value, "to") else None, _same_kind)


@to_device.mistake("Labels and word numbers are whole numbers. Do they stay on the CPU?")
def whole_numbers_left_behind(batch: Any, device: Device) -> Any:
    def move(value: Any) -> Any:
        data = value.data if isinstance(value, Tensor | torch.nn.utils.rnn.PackedSequence) else value
        return value.to(device) if isinstance(data, Tensor) and data.is_floating_point() else value

    return _rebuilt(batch, move, _same_kind)


@to_device.mistake("A move changes the device. Which dtype had the tensors before?")
def decimal_numbers_of_everything(batch: Any, device: Device) -> Any:
    def move(value: Any) -> Any:
        if isinstance(value, Tensor):
            return value.to(device).float()
        return value.to(device) if hasattr(value, "to") else value

    return _rebuilt(batch, move, _same_kind)


@to_device.mistake(
    "`batch[key] = ...` writes into the caller's batch. Where should the moved tensors go?", name="changes its argument"
)
def moved_in_place(batch: Any, device: Device) -> Any:
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict | list):
        for key in batch if isinstance(batch, dict) else range(len(batch)):
            batch[key] = moved_in_place(batch[key], device)
        return batch
    if isinstance(batch, tuple):
        return _same_kind(batch, [moved_in_place(value, device) for value in batch])
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
