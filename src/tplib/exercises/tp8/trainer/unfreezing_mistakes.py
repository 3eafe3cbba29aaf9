"""Mistakes in unfreezing: in which layers, how many, and in what else learns."""

from collections.abc import Callable
from typing import Any

from tplib.exercises.tp8.trainer.unfreezing import unfreeze_top

Choice = Callable[[list[Any], int], list[Any]]


def _top(layers: list[Any], count: int) -> list[Any]:
    return layers[max(len(layers) - count, 0) :]


def _unfreeze(
    model: Any,
    count: int,
    choose: Choice = _top,
    embeddings: bool = False,
    pooler: bool = True,
    head: bool = True,
) -> int:
    base = model.base_model
    model.requires_grad_(head)
    base.requires_grad_(False)
    base.embeddings.requires_grad_(embeddings)
    if base.pooler is not None:
        base.pooler.requires_grad_(pooler)
    for layer in choose(list(base.encoder.layer), count):
        layer.requires_grad_(True)
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)


def _mistake(name: str, question: str, **wrong: Any) -> None:
    def unfreeze(model: Any, count: int) -> int:
        return _unfreeze(model, count, **wrong)

    unfreeze_top.mistake(question, name=name)(unfreeze)


_mistake(
    "lowest layers",
    "Which layers are next to the head: the first of the list, or the last?",
    choose=lambda layers, count: layers[:count],
)
_mistake(
    "one layer only",
    "`layer[-2]` is one layer. How many does `count` ask for?",
    choose=lambda layers, count: [layers[-count]] if 0 < count <= len(layers) else _top(layers, count),
)
_mistake(
    "layer of that number and all above",
    "Is `count` the number of the first layer that learns, or how many learn?",
    choose=lambda layers, count: layers[count:],
)
_mistake(
    "no layer becomes every layer",
    "What is `layers[-0:]`?",
    choose=lambda layers, count: layers[-count:],
)
_mistake(
    "one layer too many",
    "Of 6 layers and count 2, layers 4 and 5 learn. Which do in your model?",
    choose=lambda layers, count: layers[max(len(layers) - count - 1, 0) :],
)
_mistake(
    "one layer too few",
    "Of 6 layers and count 2, layers 4 and 5 learn. Which do in your model?",
    choose=lambda layers, count: layers[len(layers) - count + 1 :] if count else [],
)
_mistake("always two layers", "Where does your code use `count`?", choose=lambda layers, count: layers[-2:])
_mistake(
    "always six layers",
    "Has every encoder six layers? Where can you count them?",
    choose=lambda layers, count: layers[max(6 - count, 0) :],
)
_mistake(
    "embeddings learn too",
    "The embeddings lie below the lowest layer. Are they among the top?",
    embeddings=True,
)
_mistake(
    "pooler left frozen",
    "Between the last layer and the head stands BERT's pooler. Does it learn in your model?",
    pooler=False,
)
_mistake("head left frozen", "The layers below the head learn. Does the head?", head=False)
_mistake(
    "frozen by the first digit",
    "`layer.1` is in `layer.11` as well. How do you tell the numbers apart?",
    choose=lambda layers, count: [
        layer
        for i, layer in enumerate(layers)
        if not any(str(i).startswith(str(low)) for low in range(max(len(layers) - count, 0)))
    ],
)


@unfreeze_top.mistake("What learned before your function was called? Who freezes the lower layers?")
def lower_layers_left_as_they_were(model: Any, count: int) -> int:
    base = model.base_model
    kept = {id(parameter) for parameter in base.parameters()}
    for parameter in model.parameters():
        parameter.requires_grad = parameter.requires_grad or id(parameter) not in kept
    for module in (*_top(list(base.encoder.layer), count), base.pooler):
        if module is not None:
            module.requires_grad_(True)
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)


@unfreeze_top.mistake("`module.requires_grad = True` gives the module an attribute. Who tells its parameters?")
def attribute_of_the_layers(model: Any, count: int) -> int:
    _unfreeze(model, 0)
    for layer in _top(list(model.base_model.encoder.layer), count):
        layer.requires_grad = True
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)


@unfreeze_top.mistake("The right parameters learn. Which numbers do you count?")
def tensors_counted(model: Any, count: int) -> int:
    _unfreeze(model, count)
    return sum(parameter.requires_grad for parameter in model.parameters())


@unfreeze_top.mistake("The right parameters learn. What does your function return?")
def nothing_returned(model: Any, count: int) -> None:
    _unfreeze(model, count)


@unfreeze_top.mistake("All layers learn if `count` is their number or more. Do the embeddings?")
def embeddings_learn_with_all_layers(model: Any, count: int) -> int:
    return _unfreeze(model, count, embeddings=count >= len(model.base_model.encoder.layer))


@unfreeze_top.mistake("`pooler` is None in some models. What does your code do with them?")
def fails_without_a_pooler(model: Any, count: int) -> int:
    number = _unfreeze(model, count)
    model.base_model.pooler.requires_grad_(True)
    return number


@unfreeze_top.mistake("Is the encoder of every model called `bert`? What is it called in the text?")
def a_part_called_bert(model: Any, count: int) -> int:
    model.bert.requires_grad_(True)
    return _unfreeze(model, count)


@unfreeze_top.mistake("Somebody may have frozen all of it before. Who lets the head and the top learn again?")
def only_freezes(model: Any, count: int) -> int:
    learned = [parameter.requires_grad for parameter in model.parameters()]
    _unfreeze(model, count)
    for parameter, before in zip(model.parameters(), learned, strict=True):
        parameter.requires_grad = parameter.requires_grad and before
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)


@unfreeze_top.mistake("The right parameters learn. Is the head among those that you count?")
def head_not_counted(model: Any, count: int) -> int:
    _unfreeze(model, count)
    return sum(parameter.numel() for parameter in model.base_model.parameters() if parameter.requires_grad)


@unfreeze_top.mistake("The right parameters learn. Do you count all numbers, or those that learn?")
def all_numbers_counted(model: Any, count: int) -> int:
    _unfreeze(model, count)
    return sum(parameter.numel() for parameter in model.parameters())
