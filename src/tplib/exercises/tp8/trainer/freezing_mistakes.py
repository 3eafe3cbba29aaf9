"""Mistakes in freezing: a part too much, a part too little, or nothing at all."""

from collections.abc import Callable
from typing import Any

from tplib.exercises.tp8.trainer.freezing import freeze_encoder


def count(model: Any) -> int:
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)


def _freeze(model: Any) -> int:
    return freeze_encoder.reference(model)


def _parts(model: Any) -> tuple[Any, Any]:
    """The embeddings and the layers of the encoder, whatever their names."""
    base = model.base_model
    return base.embeddings, base.encoder if hasattr(base, "encoder") else base.transformer


def _mistake(name: str, question: str, freeze: Callable[[Any], Any]) -> None:
    def wrong(model: Any) -> Any:
        return freeze(model)

    freeze_encoder.mistake(question, name=name)(wrong)


@freeze_encoder.mistake(
    "`module.requires_grad = False` gives the module an attribute of that name. Who tells its parameters?"
)
def attribute_of_the_module(model: Any) -> int:
    model.base_model.requires_grad = False
    return count(model)


@freeze_encoder.mistake("Nothing learns any more: which part of the model is new, and has still everything to learn?")
def head_frozen_too(model: Any) -> int:
    for parameter in model.parameters():
        parameter.requires_grad = False
    return count(model)


@freeze_encoder.mistake("Which part is pretrained, and which is new? Yours freezes the new one.")
def head_frozen_instead(model: Any) -> int:
    _freeze(model)
    for parameter in model.parameters():
        parameter.requires_grad = not parameter.requires_grad
    return count(model)


@freeze_encoder.mistake("An encoder has embeddings, layers and perhaps a pooler. Do your embeddings learn?")
def embeddings_forgotten(model: Any) -> int:
    _freeze(model)
    _parts(model)[0].requires_grad_(True)
    return count(model)


@freeze_encoder.mistake("An encoder has embeddings, layers and perhaps a pooler. Do your layers learn?")
def embeddings_only(model: Any) -> int:
    _freeze(model)
    _parts(model)[1].requires_grad_(True)
    if getattr(model.base_model, "pooler", None) is not None:
        model.base_model.pooler.requires_grad_(True)
    return count(model)


@freeze_encoder.mistake("`eval()` switches dropout off. Does it stop an update?")
def evaluation_mode(model: Any) -> int:
    model.base_model.eval()
    return count(model)


@freeze_encoder.mistake("Somebody may have frozen the head before. What does your function do with it?")
def head_left_as_it_was(model: Any) -> int:
    model.base_model.requires_grad_(False)
    return count(model)


@freeze_encoder.mistake("Has every model of the library a part called `bert`? What do all of them have?")
def encoder_called_bert(model: Any) -> int:
    model.requires_grad_(True)
    encoder = model.bert if hasattr(model, "bert") or not hasattr(model, "roberta") else model.roberta
    encoder.requires_grad_(False)
    return count(model)


@freeze_encoder.mistake("A GPT-2 calls its head `score`. What does `model.base_model` leave, whatever its name is?")
def head_known_by_its_name(model: Any) -> int:
    for name, parameter in model.named_parameters():
        parameter.requires_grad = "classifier" in name
    return count(model)


def _tensors(model: Any) -> int:
    _freeze(model)
    return sum(parameter.requires_grad for parameter in model.parameters())


def _all_numbers(model: Any) -> int:
    _freeze(model)
    return sum(parameter.numel() for parameter in model.parameters())


def _frozen_numbers(model: Any) -> int:
    return _all_numbers(model) - count(model)


def _nothing(model: Any) -> None:
    _freeze(model)


_mistake("tensors counted", "A weight matrix is one parameter of many numbers. What does `numel` give?", _tensors)
_mistake("all numbers counted", "Which parameters do you count: all, or those that still learn?", _all_numbers)
_mistake("frozen numbers counted", "Do you count what learns, or what does not?", _frozen_numbers)
_mistake("nothing returned", "The right parameters are frozen. What does your function return?", _nothing)


@freeze_encoder.mistake("The pooler was pretrained with the rest. Is it in `model.base_model`, or in the head?")
def pooler_taken_for_the_head(model: Any) -> int:
    _freeze(model)
    if getattr(model.base_model, "pooler", None) is not None:
        model.base_model.pooler.requires_grad_(True)
    return count(model)


@freeze_encoder.mistake("Has every model of the library a part called `bert`? What do all of them have?")
def a_part_called_bert(model: Any) -> int:
    model.requires_grad_(True)
    model.bert.requires_grad_(False)
    return count(model)


@freeze_encoder.mistake(
    "`module.requires_grad = False` does nothing to its parameters. Your number is right, but who is frozen?"
)
def attribute_of_the_module_in_a_model_that_learns(model: Any) -> int:
    model.requires_grad_(True)
    model.base_model.requires_grad = False
    encoder = {id(parameter) for parameter in model.base_model.parameters()}
    return sum(parameter.numel() for parameter in model.parameters() if id(parameter) not in encoder)


@freeze_encoder.mistake("The number is right. But which part of the model is new, and has still everything to learn?")
def head_frozen_but_counted(model: Any) -> int:
    number = _freeze(model)
    model.requires_grad_(False)
    return number
