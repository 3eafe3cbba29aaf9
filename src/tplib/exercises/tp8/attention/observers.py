"""How the answers to Seq2Seq of TP8-HFTrain/2_attention are watched: arrays in, arrays out.

`look` says what of an answer to report; "values" is what it computes. Nothing here tells what is right.
"""

from typing import Any

import numpy as np
from torch import Tensor

from tplib.graders import modules

GRU = ("w_ih", "w_hh", "b_ih", "b_hh")


def shapes_of(V: int, W: int, E: int, H: int, attention: bool) -> dict[str, tuple[int, ...]]:
    """The parameters by name; encoder and decoder share the arrays of `GRU`, so that it counts in no order."""
    sizes = ((3 * H, E), (3 * H, H), (3 * H,), (3 * H,))
    return {
        "source table": (V, E),
        "target table": (W, E),
        **dict(zip(GRU, sizes, strict=True)),
        "weight": (W, 2 * H if attention else H),
        "bias": (W,),
    }


def seq2seq(
    candidate: Any,
    sizes: tuple[int, int, int, int],
    attention: bool | None,
    parameters: dict[str, np.ndarray],
    source: np.ndarray,
    lengths: np.ndarray,
    target: np.ndarray,
    look: str = "values",
) -> Any:
    """Scores and weights of a batch of padded sources; attention None leaves it to its default."""
    with modules.repeatable():
        model = modules.built(candidate, *sizes, *(() if attention is None else (attention,)))
        twice = [parameters[name] for name in GRU]
        given = [modules.tensor(a) for a in (source, lengths, target)]
        if not modules.load(model.parameters(), [*parameters.values(), *twice]):
            return {"parameters": modules.shapes(model), **_without_attention(model, given, attention)}
        found = model(*given)
        if not isinstance(found, tuple | list) or len(found) != 2:
            return {"parameters": modules.shapes(model), "forward returns": modules.parts(found)}
        scores, weights = found
        if look == "input":
            kept = all(
                np.array_equal(modules.array(t), a) for t, a in zip(given, (source, lengths, target), strict=True)
            )
            return {"source, lengths and target": "as they were" if kept else "changed"}
        if look == "gradients":
            return _gradients(model, scores, parameters)
        return {
            "parameters": modules.shapes(model),
            "forward returns": modules.parts(found),
            "scores": modules.array(scores),
            "weights": "None" if weights is None else modules.array(weights),
        }


def _without_attention(model: Any, given: list[Tensor], attention: bool | None) -> dict[str, str]:
    """Of a model with other parameters: whether it gives weights where no attention is asked for."""
    if attention is not False:
        return {}
    try:
        return {"weights without attention": "None" if model(*given)[1] is None else "some"}
    except Exception:  # with other parameters, anything can go wrong
        return {}


def _gradients(model: Any, scores: Any, parameters: dict[str, np.ndarray]) -> dict[str, Any]:
    """For each shape of parameters, the sum of their gradients, and how many have one that is not 0."""
    if isinstance(scores, Tensor) and scores.requires_grad:
        import torch

        scores.backward(torch.linspace(-1, 1, scores.numel(), dtype=scores.dtype).reshape(scores.shape))
    found: dict[str, Any] = {}
    names = {np.shape(array): name for name, array in parameters.items()}
    for parameter, gradient in zip(model.parameters(), modules.gradients(model.parameters()), strict=True):
        name = names[tuple(parameter.shape)]
        known = 0 if isinstance(gradient, str) else gradient
        found[f"gradient of {name}"] = found.get(f"gradient of {name}", 0) + known + np.zeros(tuple(parameter.shape))
        found[f"{name}: reached"] = found.get(f"{name}: reached", 0) + int(np.any(known))
    return dict(sorted(found.items()))
