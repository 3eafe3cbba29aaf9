"""How the answers of 1_convolution are watched: arrays in, arrays out; nothing here tells what is right."""

from typing import Any

import numpy as np
import torch
from torch import nn

from tplib.graders import modules

Layer = dict[str, np.ndarray]


def whole(candidate: Any, *given: Any) -> Any:
    """The result, or each of its parts; a float with nothing behind the point counts as the whole number that it is."""
    result = candidate(*given)
    parts = result if isinstance(result, tuple | list) else (result,)
    plain = [
        int(part) if isinstance(part, float | np.floating) and float(part).is_integer() else part for part in parts
    ]
    return tuple(plain) if isinstance(result, tuple | list) else plain[0]


def load_layers(model: nn.Module, layers: list[Layer]) -> list[nn.Module]:
    """Load each layer's arrays into the first free layer with parameters of these shapes; [] where they do not match.

    A bias goes with its weight, so that the order in which layers are declared or used does not matter.
    """
    free = [layer for layer in model.modules() if dict(layer.named_parameters(recurse=False))]
    found = []
    for arrays in layers:
        wanted = {name: np.shape(array) for name, array in arrays.items()}
        at = next((i for i, layer in enumerate(free) if own_shapes(layer) == wanted), None)
        if at is None:
            return []
        layer = free.pop(at)
        with torch.no_grad():
            for name, parameter in layer.named_parameters(recurse=False):
                parameter.copy_(modules.tensor(arrays[name]))
        found.append(layer)
    return [] if free else found


def own_shapes(layer: nn.Module) -> dict[str, tuple[int, ...]]:
    return {name: tuple(parameter.shape) for name, parameter in layer.named_parameters(recurse=False)}


def text_cnn(
    candidate: Any, sizes: tuple[Any, ...], layers: list[Layer], words: np.ndarray, look: str = "values"
) -> dict[str, Any]:
    """The network with these layers; `sizes` are the arguments of its class, `look` says what of it to report."""
    with modules.repeatable():
        model = modules.built(candidate, *sizes)
        if look == "padding":
            tables = [p for p in model.parameters() if tuple(p.shape) == layers[0]["weight"].shape]
            return {"embedding of word 0 at the start": [modules.array(table[0]) for table in tables]}
        loaded = load_layers(model, layers)
        given = modules.tensor(words)
        if look == "gradients":
            output = model.train()(given)
            if isinstance(output, torch.Tensor) and output.requires_grad:
                output.backward(torch.linspace(-1, 1, output.numel()).reshape(output.shape))
            return {
                f"gradient of layer {i}: {name}": modules.gradients([parameter])[0]
                for i, layer in enumerate(loaded)
                for name, parameter in layer.named_parameters(recurse=False)
            }
        scores = modules.array(model.eval()(given)) if loaded else "not computed"
        if look == "words":
            return {"words afterwards": modules.array(given)}
        return {
            "parameters": modules.shapes(model),
            "each weight lies in a layer with its bias": bool(loaded),
            "scores": scores,
            "scores in training mode": modules.array(model.train()(given)) if loaded else "not computed",
        }
