"""How the answers of TP7-LSTM/3_sentiment are watched: arrays in, arrays out; nothing here tells what is right.

`look` says what of an answer to report; "values" is what it computes.
"""

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import PackedSequence, pack_sequence, unpack_sequence

from tplib.graders import modules
from tplib.graders.draw import Arguments, Draw

Batches = list[tuple[np.ndarray, np.ndarray]]


def packing(candidate: Any, texts: list[list[int]], look: str = "values") -> Any:
    """The texts that a packed batch holds, in its order."""
    given = [list(text) for text in texts]
    packed = candidate(given)
    if look == "input":
        return {"the texts afterwards": "as they were" if given == texts else "changed"}
    if not isinstance(packed, PackedSequence):
        return {"kind of the result": type(packed).__name__}
    found = [modules.array(text) for text in unpack_sequence(packed)]
    return {
        "kind of the result": "PackedSequence",
        "dtype of the numbers": str(packed.data.dtype),
        "texts that it holds": len(found),
        **{f"text {i}": text for i, text in enumerate(found)},
    }


PARAMETERS = ("table", "w_ih", "w_hh", "b_ih", "b_hh", "weight", "bias")


def lstm_parameters(draw: Draw, num_words: int, embedding_dim: int, hidden_size: int, outputs: int) -> dict[str, Any]:
    """One embedding, one LSTM and one linear layer, in this order."""
    V, E, H = num_words, embedding_dim, hidden_size
    shapes = ((V, E), (4 * H, E), (4 * H, H), (4 * H,), (4 * H,), (outputs, H), (outputs,))
    return {name: draw.array(*shape, low=-2.0, high=2.0) for name, shape in zip(PARAMETERS, shapes, strict=True)}


def sizes(draw: Draw) -> tuple[int, int, int, int]:
    """Numbers of words, of embedding and hidden units, and of classes; no two parameters that differ share a shape."""
    return draw.choice([5, 7, 9]), draw.size(1, 4), draw.size(2, 4), draw.choice([2, 3])


def texts_of(draw: Draw, num_words: int, lengths: list[int]) -> list[list[int]]:
    return [draw.integers(0, num_words, n).tolist() for n in lengths]


def classifier_case(draw: Draw, lengths: list[int] | None = None) -> Arguments:
    V, E, H, K = sizes(draw)
    lengths = lengths or [draw.size(1, 5) for _ in range(draw.size(1, 4))]
    return V, E, H, K, lstm_parameters(draw, V, E, H, K), texts_of(draw, V, lengths)


def classifier(
    candidate: Any,
    num_words: int,
    embedding_dim: int,
    hidden_size: int,
    num_classes: int,
    parameters: dict[str, np.ndarray],
    texts: list[list[int]],
    look: str = "values",
) -> Any:
    with modules.repeatable():
        model = modules.built(candidate, num_words, embedding_dim, hidden_size, num_classes)
        loaded = modules.load(model.parameters(), list(parameters.values()))
        packed = pack_sequence([torch.tensor(text) for text in texts], enforce_sorted=False)
        before = packed.data.clone()
        scores = model(packed) if loaded else "not computed"
        if look == "input":
            return {"the words afterwards": "as they were" if torch.equal(packed.data, before) else "changed"}
        if look == "gradients" and loaded:
            backward(scores)
            by_shape: dict[Any, list[Any]] = {}
            for parameter, gradient in zip(model.parameters(), modules.gradients(model.parameters()), strict=True):
                by_shape.setdefault(tuple(parameter.shape), []).append(gradient)
            return {f"gradient of {name}": by_shape[np.shape(a)].pop(0) for name, a in parameters.items()}
        return {"parameters": modules.shapes(model), "scores": modules.array(scores)}


def backward(output: Any) -> None:
    """A backward pass from weights of the outputs of which no two are equal; none where nothing was recorded."""
    if isinstance(output, Tensor) and output.requires_grad:
        output.backward(torch.linspace(-1, 1, output.numel(), dtype=output.dtype).reshape(output.shape))


class Probe(nn.Module):
    """A linear model behind a dropout that drops nothing; it notes how each batch found it."""

    def __init__(self, weight: np.ndarray, bias: np.ndarray) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.0)
        self.weight, self.bias = nn.Parameter(modules.tensor(weight)), nn.Parameter(modules.tensor(bias))
        self.passes: list[tuple[float, bool, bool]] = []  # first number of the batch, training?, recorded?

    def forward(self, x: Tensor) -> Tensor:
        scores = functional.linear(self.dropout(x), self.weight, self.bias)
        self.passes.append((x[0, 0].item(), self.training and self.dropout.training, scores.requires_grad))
        return scores


def scores_after_each_epoch(
    candidate: Any,
    model: dict[str, np.ndarray],
    train: Batches,
    points: np.ndarray,
    lr: float,
    epochs: int,
    max_norm: float,
) -> np.ndarray:
    """What the model says of the points after each epoch: (epochs, points, classes)."""
    with modules.repeatable():
        probe = Probe(model["weight"], model["bias"])
        batches = [(modules.tensor(x), modules.tensor(y)) for x, y in train]
        optimizer = torch.optim.SGD(probe.parameters(), lr=lr, momentum=0.5)
        found = []
        for _ in range(epochs):
            candidate(probe, batches, batches[:1], optimizer, 1, max_norm)
            weight, bias = map(modules.array, (probe.weight, probe.bias))
            found.append(points @ weight.T + bias)
    return np.stack(found)


def training(
    candidate: Any,
    model: dict[str, np.ndarray],
    train: Batches,
    validation: Batches,
    lr: float,
    epochs: int,
    max_norm: float | None,
    look: str = "values",
) -> Any:
    """What a training returns and leaves behind; max_norm None leaves it to its default."""
    with modules.repeatable():
        probe = Probe(model["weight"], model["bias"]).eval()  # as a measure before the training leaves it
        if look == "old gradients":
            for parameter in probe.parameters():
                parameter.grad = torch.ones_like(parameter)
        pairs = [[(modules.tensor(x), modules.tensor(y)) for x, y in part] for part in (train, validation)]
        optimizer = torch.optim.SGD(probe.parameters(), lr=lr, momentum=0.5)
        more = () if max_norm is None else (max_norm,)
        accuracies = candidate(probe, *pairs, optimizer, epochs, *more)
        recording = torch.is_grad_enabled()
        learns = all(parameter.requires_grad for parameter in probe.parameters())
    if look in ("mode", "graph"):
        known = {
            float(np.float32(x[0, 0])): part for part, b in (("train", train), ("validation", validation)) for x, _ in b
        }
        at = 1 if look == "mode" else 2
        found = {
            part: [seen[at] for seen in probe.passes if known.get(seen[0]) == part] for part in ("train", "validation")
        }
        if look == "mode":
            return {
                f"mode at each {part} batch": ["training" if t else "evaluation" for t in found[part]] for part in found
            }
        return {"graph recorded in validation": any(found["validation"])}
    if look == "state":
        kept = all(map(modules.same_batches, pairs, (train, validation)))
        return {
            "gradients afterwards": recording,
            "parameters learn afterwards": learns,
            "batches afterwards": "as they were" if kept else "changed",
        }
    if look == "type":
        return {"accuracies are": [type(a).__name__ if isinstance(a, Tensor) else "numbers" for a in accuracies]}
    each = list(accuracies) if isinstance(accuracies, list | tuple | np.ndarray) else None
    numbers = each and [a.item() if isinstance(a, Tensor) and a.numel() == 1 else a for a in each]
    weight, bias = map(modules.array, (probe.weight, probe.bias))
    return {"accuracies": modules.array(accuracies) if each is None else numbers, "weight": weight, "bias": bias}
