"""How answers that freeze parts of a model are watched: arrays in, arrays out; nothing here tells what is right.

Their models are tiny, random, and made on the spot: no hub, no cache, a few hundred parameters.

`look` says what of an answer to report; "values" is what it computes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

import numpy as np

from tplib.graders import modules

IMPORTED_LATE = ("torch", "transformers")  # seconds: before the first submission, not with each


def tiny_classifier(family: str, layers: int, changed: str = "") -> Any:
    """A classifier with two classes: a BERT, a RoBERTa (no pooler) or a DistilBERT (other names inside).

    changed: "head called score", or "no pooler", of a BERT.
    """
    import transformers

    width = {"hidden_size": 4, "num_hidden_layers": layers, "num_attention_heads": 1, "intermediate_size": 4}
    if family == "distilbert":
        width = {"dim": 4, "n_layers": layers, "n_heads": 1, "hidden_dim": 4}
    names = {"bert": "Bert", "roberta": "Roberta", "distilbert": "DistilBert"}
    sizes = {"vocab_size": 12, "max_position_embeddings": 16, "pad_token_id": 0}
    config = getattr(transformers, f"{names[family]}Config")(**sizes, **width)
    model = getattr(transformers, f"{names[family]}ForSequenceClassification")(config)
    if changed == "head called score":
        model.score = model.classifier
        del model.classifier
    if changed == "no pooler":
        model.bert.pooler = None
    return model


class Lent(NamedTuple):
    """A classifier, and by what one sees that it comes back as it was made."""

    model: Any
    parts: list[tuple[int, ...]]
    tensors: list[Any]
    values: list[Any]
    settings: dict[str, Any]


_made: dict[tuple[str, int, str], Lent] = {}


@contextmanager
def lent_classifier(family: str, layers: int, changed: str = "") -> Iterator[Any]:
    """A tiny classifier, made once: the next call gets it again if it comes back with the same parts and weights."""
    import torch

    lent = _made.pop((family, layers, changed), None) or _to_lend(tiny_classifier(family, layers, changed))
    try:
        yield lent.model
    finally:
        with suppress(Exception):  # an answer may have left it in any state: then the next call gets a new one
            pairs = zip(lent.tensors, lent.values, strict=True)
            if _parts(lent.model) == lent.parts and all(t.dtype == v.dtype and torch.equal(t, v) for t, v in pairs):
                vars(lent.model.config).clear()
                vars(lent.model.config).update(lent.settings)
                for tensor in lent.tensors:
                    tensor.grad = None
                _made[family, layers, changed] = lent


def _to_lend(model: Any) -> Lent:
    tensors = [tensor for module in model.modules() for tensor in _tensors(module)]
    return Lent(model, _parts(model), tensors, [t.detach().clone() for t in tensors], dict(vars(model.config)))


def _parts(model: Any) -> list[tuple[int, ...]]:
    """Which modules, parameters and buffers a model has, and how many attributes and hooks its modules have."""
    return [
        (id(m), len(vars(m)), len(m._forward_hooks), len(m._forward_pre_hooks), *map(id, _tensors(m)))
        for m in model.modules()
    ]


def _tensors(module: Any) -> list[Any]:
    """The parameters and buffers of one module without its children."""
    return [t for t in (*module._parameters.values(), *module._buffers.values()) if t is not None]


def set_learning(model: Any, chosen: np.ndarray) -> None:
    """Have parameter i take gradients where the i-th number is 1; the numbers are used again from the start."""
    for i, parameter in enumerate(model.parameters()):
        parameter.requires_grad = bool(chosen[i % len(chosen)])


def freezing(candidate: Any, about: dict[str, Any], count: tuple[int, ...], look: str) -> Any:
    """Which parameters learn after a call on a model of which some learned before, and what is returned."""
    training = bool(about["learns"][0])
    with modules.repeatable(), lent_classifier(*_which(about)) as model:
        model.train(training)
        set_learning(model, about["learns"])
        if look == "state":
            return _state(model, training, lambda: candidate(model, *count))
        number = candidate(model, *count)
        return {"learns": [name for name, p in model.named_parameters() if p.requires_grad], "returned": number}


def _which(about: dict[str, Any]) -> tuple[str, int, str]:
    return about["family"], about["layers"], about.get("changed", "")


def _state(model: Any, training: bool, call: Callable[[], object]) -> dict[str, object]:
    """What a call leaves as it was, beside the parameters that learn."""
    import torch

    weights = {name: value.clone() for name, value in model.state_dict().items()}
    call()
    same = weights.keys() == model.state_dict().keys() and all(
        torch.equal(value, weights[name]) for name, value in model.state_dict().items()
    )
    modes = {module.training for module in model.modules()}
    return {
        "weights": "as they were" if same else "changed",
        "mode": "as it was" if modes == {training} else "changed",
        "gradients recorded": torch.is_grad_enabled(),
    }


def frozen(candidate: Any, model: dict[str, Any], look: str = "values") -> Any:
    return freezing(candidate, model, (), look)


def unfrozen(candidate: Any, model: dict[str, Any], count: int, look: str = "values") -> Any:
    return freezing(candidate, model, (count,), look)
