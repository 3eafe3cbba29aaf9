"""How the answers of TP6-TrainFFNN/6_pytorch are watched: arrays in, arrays out; nothing here tells what is right."""

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tplib.graders import modules


class Probe(nn.Linear):
    """A linear model that notes in which mode each batch found it."""

    def __init__(self, weight: np.ndarray, bias: np.ndarray, dropout: float) -> None:
        super().__init__(weight.shape[1], weight.shape[0])
        modules.load(self.parameters(), [weight, bias])
        self.dropout = dropout
        self.modes: list[str] = []
        self.recording: list[bool] = []

    def forward(self, x: Tensor) -> Tensor:
        self.modes.append("training" if self.training else "evaluation")
        self.recording.append(torch.is_grad_enabled())
        return super().forward(F.dropout(x, self.dropout, self.training))


def number(value: Any) -> Any:
    """A tensor of one value as a Python number; anything else as it is."""
    return value.item() if isinstance(value, Tensor) and value.numel() == 1 else value


def mlp(
    candidate: Any, sizes: list[int], dropout: float | None, parameters: dict[str, np.ndarray], x: np.ndarray
) -> dict[str, Any]:
    """The shapes of the parameters, and the output in both modes; dropout None leaves it to its default."""
    with modules.repeatable():
        model = modules.built(candidate, sizes) if dropout is None else modules.built(candidate, sizes, dropout)
        found: dict[str, Any] = {"parameters": modules.shapes(model)}
        loaded = modules.load(model.parameters(), list(parameters.values()))
        for mode in ("eval", "train"):
            model.train(mode == "train")
            found[f"output in {mode} mode"] = modules.array(model(modules.tensor(x))) if loaded else "not computed"
    return found


def training(
    candidate: Any,
    model: dict[str, np.ndarray],
    batches: list[tuple[np.ndarray, np.ndarray]],
    optimizer: dict[str, float],
    loss_fn: str,
    look: str = "values",
) -> dict[str, Any]:
    """One epoch from evaluation mode, as it follows a call of `evaluate`; `look` says what of it to report."""
    with modules.repeatable():
        probe = Probe(model["weight"], model["bias"], dropout=0.0).eval()
        loss = candidate(
            probe,
            [(modules.tensor(x), modules.tensor(y)) for x, y in batches],
            torch.optim.SGD(probe.parameters(), lr=optimizer["lr"], momentum=optimizer["momentum"]),
            getattr(F, loss_fn),
        )
    if look == "mode":
        return {"mode at each batch": probe.modes}
    if look == "type":
        return {"loss is": "a tensor" if isinstance(loss, Tensor) else "a number"}
    weight, bias = modules.array(probe.weight), modules.array(probe.bias)
    return {"weight": weight, "bias": bias, "loss": number(loss)}


def evaluation(
    candidate: Any, model: dict[str, np.ndarray], batches: list[tuple[np.ndarray, np.ndarray]], look: str = "values"
) -> Any:
    """The model comes in training mode, where its dropout hides the whole input."""
    with modules.repeatable():
        probe = Probe(model["weight"], model["bias"], dropout=1.0).train()
        accuracy = candidate(probe, [(modules.tensor(x), modules.tensor(y)) for x, y in batches])
    if look == "graph":
        return {"graph recorded": any(probe.recording)}
    return number(accuracy)


def bag(
    candidate: Any,
    num_buckets: int,
    embedding_dim: int,
    num_classes: int,
    table: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    words: np.ndarray,
) -> dict[str, Any]:
    with modules.repeatable():
        model = modules.built(candidate, num_buckets, embedding_dim, num_classes).eval()
        loaded = modules.load(model.parameters(), [table, weight, bias])
        output = modules.array(model(modules.tensor(words))) if loaded else "not computed"
        return {"parameters": modules.shapes(model), "scores": output}


def sweep(
    candidate: Any, train_and_score: dict[str, np.ndarray], configurations: list[dict[str, Any]], seeds: list[int]
) -> Any:
    """Training is replaced by a table: the scores of each configuration (rows) with each seed (columns)."""

    def look_up(configuration: dict[str, Any], seed: int) -> tuple[float, float]:
        if configuration not in configurations or seed not in seeds:
            raise ValueError(
                f"train_and_score was called with {configuration!r}, {seed!r}: one of the two was not given"
            )
        at = configurations.index(configuration), seeds.index(seed)
        return float(train_and_score["validation"][at]), float(train_and_score["test"][at])

    return candidate(look_up, configurations, seeds)
