"""Mistakes in moving a batch: in what is moved, in what comes back, and in who knows how to move itself."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from tplib.exercises.tp8.gpu.moving import Device, to_device


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


@to_device.mistake("Where does your function use `device`? All of yours is on the CPU afterwards.")
def always_the_cpu(batch: Any, device: Device) -> Any:
    return to_device(batch, torch.device("cpu"))


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


@to_device.mistake("What a tokeniser returns is no tensor and no dict, but has a `to`. How do you ask for that?")
def only_tensors_and_packed_sequences_have_a_to(batch: Any, device: Device) -> Any:
    def move(value: Any) -> Any:
        known: Any = (Tensor, torch.nn.utils.rnn.PackedSequence)
        return value.to(device) if isinstance(value, known) else value

    return _rebuilt(batch, move, _same_kind)


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
