"""How the answers of TP6-TrainFFNN/6_pytorch are watched: arrays in, arrays out; nothing here tells what is right.

`look` says what of an answer to report; "values" is what it computes.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tplib.graders import modules

Batches = list[tuple[np.ndarray, np.ndarray]]


class Probe(nn.Module):
    """A linear model behind a dropout; it notes in which mode each batch found both, and if a graph was recorded."""

    def __init__(self, weight: np.ndarray, bias: np.ndarray, dropout: float) -> None:
        super().__init__()
        self.dropout, self.linear = nn.Dropout(dropout), nn.Linear(weight.shape[1], weight.shape[0])
        modules.load(self.linear.parameters(), [weight, bias])
        self.modes: list[str] = []
        self.layers: list[str] = []
        self.recorded: list[bool] = []

    def forward(self, x: Tensor) -> Tensor:
        scores = self.linear(self.dropout(x))
        self.modes.append("training" if self.training else "evaluation")
        self.layers.append("training" if self.dropout.training else "evaluation")
        self.recorded.append(scores.requires_grad)
        return scores


def number(value: Any) -> Any:
    """A tensor of one value as a Python number; anything else as it is."""
    return value.item() if isinstance(value, Tensor) and value.numel() == 1 else value


def kind(value: Any) -> str:
    if isinstance(value, Tensor):
        return "a tensor with its graph" if value.requires_grad else "a tensor"
    return "a number"


def alike(first: Any, second: Any) -> bool:
    """Whether two outputs are equal; what is no array is not asked."""
    arrays = isinstance(first, np.ndarray) and isinstance(second, np.ndarray)
    return not arrays or (first.shape == second.shape and np.allclose(first, second, equal_nan=True))


def left(given: Iterable[Tensor], before: Iterable[np.ndarray]) -> str:
    """Whether tensors are still what they were."""
    now, then = [modules.array(tensor) for tensor in given], list(before)
    kept = len(now) == len(then) and all(map(np.array_equal, now, then))
    return "as it was" if kept else "changed"


def backward(model: nn.Module, output: Any) -> None:
    """A backward pass from weights of the outputs of which no two are equal; none where nothing was recorded."""
    model.zero_grad()
    if isinstance(output, Tensor) and output.requires_grad:
        output.backward(torch.linspace(-1, 1, output.numel(), dtype=output.dtype).reshape(output.shape))


def passes(model: nn.Module, x: np.ndarray, mode: str) -> list[Any]:
    """What two passes through a model in that mode give."""
    model.train(mode == "train")
    torch.default_generator.manual_seed(0)
    return [modules.array(model(modules.tensor(x))) for _ in range(2)]


def mlp(
    candidate: Any,
    sizes: list[int],
    dropout: float | None,
    parameters: dict[str, np.ndarray],
    x: np.ndarray,
    look: str = "values",
) -> dict[str, Any]:
    """The network with these parameters, in the order in which it uses them; dropout None leaves it to its default."""
    with modules.repeatable():
        model = modules.built(candidate, sizes) if dropout is None else modules.built(candidate, sizes, dropout)
        given = modules.tensor(x)
        ordered = modules.in_order_of_use(model.eval(), given.clone())
        loaded = modules.load(ordered, list(parameters.values()))
        if look == "gradients" and loaded:
            backward(model, model.train()(given))
            found = modules.gradients(ordered)
            return {f"gradient of {name}": gradient for name, gradient in zip(parameters, found, strict=True)}
        if look == "input":
            model(given)
            return {"x afterwards": left([given], [modules.array(modules.tensor(x))])}
        if look == "dropout":
            return {mode: passes(model, x, mode) for mode in ("eval", "train")}
        first, second = passes(model, x, "eval")
        return {
            "parameters": modules.shapes(model),
            "output in eval mode": first if loaded else "not computed",
            "output in train mode": passes(model, x, "train")[0] if loaded else "not computed",
            "a second pass gives": "the same" if alike(first, second) else "something else",
        }


def training(
    candidate: Any,
    model: dict[str, np.ndarray],
    batches: Batches,
    optimizer: dict[str, float],
    loss_fn: str,
    look: str = "values",
) -> dict[str, Any]:
    """One epoch from evaluation mode, as it follows a call of `evaluate`."""
    with modules.repeatable():
        probe = Probe(model["weight"], model["bias"], dropout=0.0).eval()
        if look == "old gradients":
            for parameter in probe.parameters():
                parameter.grad = torch.ones_like(parameter)
        given = tensors(batches)
        rule = torch.optim.SGD(probe.parameters(), lr=optimizer["lr"], momentum=optimizer["momentum"])
        loss = candidate(probe, given, rule, getattr(F, loss_fn))
        if look == "state":
            return state(probe, given, batches)
    if look == "mode":
        return {"mode at each batch": probe.modes, "mode of the layers": probe.layers}
    if look == "type":
        return {"loss is": kind(loss)}
    weight, bias = map(modules.array, probe.linear.parameters())
    return {"weight": weight, "bias": bias, "loss": number(loss)}


def evaluation(candidate: Any, model: dict[str, np.ndarray], batches: Batches, look: str = "values") -> Any:
    """The model comes in training mode, where its dropout hides the whole input."""
    with modules.repeatable():
        probe = Probe(model["weight"], model["bias"], dropout=1.0).train()
        given = tensors(batches)
        accuracy = candidate(probe, given)
        if look == "state":
            return state(probe, given, batches)
    if look == "graph":
        return {"graph recorded": any(probe.recorded)}
    if look == "mode":
        return {
            "batches for a model in training mode": probe.modes.count("training"),
            "batches for layers in training mode": probe.layers.count("training"),
        }
    if look == "type":
        return {"accuracy is": kind(accuracy)}
    return number(accuracy)


def tensors(batches: Batches) -> list[tuple[Tensor, Tensor]]:
    return [(modules.tensor(x), modules.tensor(y)) for x, y in batches]


def state(model: nn.Module, given: list[tuple[Tensor, Tensor]], batches: Batches) -> dict[str, str]:
    """How an answer leaves PyTorch, the model and the batches."""
    before = [modules.array(tensor) for pair in tensors(batches) for tensor in pair]
    return {
        "gradients afterwards": "on" if torch.is_grad_enabled() else "off",
        "parameters afterwards": "learn" if all(p.requires_grad for p in model.parameters()) else "are frozen",
        "batches afterwards": left([tensor for pair in given for tensor in pair], before),
    }


def bag(
    candidate: Any,
    num_buckets: int,
    embedding_dim: int,
    num_classes: int,
    table: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    words: np.ndarray,
    look: str = "values",
) -> dict[str, Any]:
    with modules.repeatable():
        model = modules.built(candidate, num_buckets, embedding_dim, num_classes).eval()
        loaded = modules.load(model.parameters(), [table, weight, bias])
        given = modules.tensor(words)
        scores = model(given) if loaded else "not computed"
        if look == "gradients" and loaded:
            backward(model, scores)
            shapes = [tuple(parameter.shape) for parameter in model.parameters()]
            found = dict(zip(shapes, modules.gradients(model.parameters()), strict=True))
            arrays = {"table": table, "weight": weight, "bias": bias}
            return {f"gradient of {name}": found[np.shape(array)] for name, array in arrays.items()}
        if look == "input":
            return {"words afterwards": left([given], [words])}
        return {"parameters": modules.shapes(model), "scores": modules.array(scores)}


class UnknownRunError(ValueError):
    """A training was asked for that nobody wants."""


def sweep(
    candidate: Any,
    train_and_score: dict[str, np.ndarray],
    configurations: list[dict[str, Any]],
    seeds: list[int],
    look: str = "values",
) -> Any:
    """Training is replaced by a table: the scores of each configuration (rows) with each seed (columns)."""
    runs = np.zeros(train_and_score["test"].shape, dtype=int)

    def look_up(configuration: dict[str, Any], seed: int) -> tuple[float, float]:
        if configuration not in configurations or seed not in seeds:
            raise UnknownRunError(
                f"train_and_score was called with {configuration!r}, {seed!r}: one of the two was not given"
            )
        at = configurations.index(configuration), seeds.index(seed)
        runs[at] += 1
        return float(train_and_score["validation"][at]), float(train_and_score["test"][at])

    rows = candidate(look_up, configurations, seeds)
    return {"runs of each configuration with each seed": runs} if look == "runs" else rows
