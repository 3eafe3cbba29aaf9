"""The exercise fit of TP7-LSTM/3_sentiment: train with clipping, and keep the best epoch."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from tplib.exercises.tp7.sentiment import observers
from tplib.exercises.tp7.sentiment.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Batches = Iterable[tuple[Any, torch.Tensor]]


def _pairs(draw: Draw, batches: list[int], d: int, k: int) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(draw.array(n, d), draw.integers(0, k, n)) for n in batches]


def _fit_case(draw: Draw) -> Arguments:
    d, k = draw.size(2, 3), draw.size(2, 3)
    model = {"weight": draw.array(k, d, low=-1.0, high=1.0), "bias": draw.array(k, low=-1.0, high=1.0)}
    train, validation = _pairs(draw, [4, 2], d, k), _pairs(draw, [7, 4], d, k)
    return model, train, validation, draw.choice([1.0, 0.5]), draw.size(2, 3), draw.choice([0.5, 1.5])


def _such_that(draw: Draw, epochs: int, holds: Callable[..., bool]) -> Arguments:
    """A case in which the right answers of the epochs are as wanted; the last of many tries if none is.

    The training comes first; then validation batches are made up, of points which every epoch is sure of.
    """
    args: Arguments = ()
    for _ in range(20):
        model, [train, _], _, lr, _, norm = _fit_case(draw)
        k, d = model["weight"].shape
        points = draw.array(60, d)
        scores = observers.scores_after_each_epoch(fit.reference, model, [train], points, lr, epochs, norm)  # (E, P, K)
        ranked = np.sort(scores)
        sure = np.flatnonzero(np.min(ranked[..., -1] - ranked[..., -2], axis=0) > 0.05)
        if not sure.size:
            continue
        chosen, labels = sure[draw.integers(0, len(sure), 100, 11)], draw.integers(0, k, 100, 11)
        right = (scores.argmax(axis=2)[:, chosen] == labels).sum(axis=2).T  # (tries, E)
        at = next((i for i, counts in enumerate(right.tolist()) if holds(*counts)), None)
        x, y = points[chosen[at or 0]], labels[at or 0]
        args = model, [train], [(x[:7], y[:7]), (x[7:], y[7:])], lr, epochs, norm
        if at is not None:
            break
    return args or _fit_case(draw)


def _tie(draw: Draw) -> Arguments:
    """The last two epochs are equally good, and the second one was worse than the first."""
    return _such_that(draw, 4, lambda a, b, c, d: b < a < c == d)


def _none_right(draw: Draw) -> Arguments:
    """Two epochs that get no point right are equally good: the first one is kept."""
    args: Arguments = ()
    for _ in range(20):
        model, [train, _], _, lr, _, norm = _fit_case(draw)
        k, d = model["weight"].shape
        points = draw.array(60, d)
        scores = observers.scores_after_each_epoch(fit.reference, model, [train], points, lr, 2, norm)  # (2, P, K)
        ranked = np.sort(scores)
        sure = np.min(ranked[..., -1] - ranked[..., -2], axis=0) > 0.05
        chosen, said = scores.argmax(axis=2)[:, sure], points[sure]
        wrong = [
            (x, min({*range(k)} - {*both})) for x, both in zip(said, chosen.T.tolist(), strict=True) if len({*both}) < k
        ]
        if len(wrong) >= 6:
            x, y = np.array([x for x, _ in wrong[:6]]), np.array([label for _, label in wrong[:6]])
            args = model, [train], [(x[:4], y[:4]), (x[4:], y[4:])], lr, 2, norm
            break
    return args or _fit_case(draw)


def _long_gradients(draw: Draw) -> Arguments:
    """Inputs so large that every gradient is clipped: what is clipped, and when, decides."""
    model, train, validation, lr, _, _ = _fit_case(draw)
    return model, [(5 * x, y) for x, y in train], validation, lr, 2, draw.choice([0.25, 0.5])


def _short_gradients(draw: Draw) -> Arguments:
    """A norm that no gradient reaches: nothing is clipped, and nothing grows."""
    model, train, validation, lr, _, _ = _fit_case(draw)
    return model, train, validation, lr, 2, 1000.0


def _one_batch(draw: Draw, *look: str) -> Arguments:
    model, train, validation, lr, _, norm = _fit_case(draw)
    return model, train[1:], validation[1:], lr, 1, norm, *look


def _default(draw: Draw) -> Arguments:
    model, train, validation, lr, epochs, _ = _long_gradients(draw)
    return model, train, validation, lr, epochs, None


def _looking(look: str) -> Drawn:
    """A case of one batch of which `look` is reported, as an aspect of that name."""
    return Drawn(lambda draw: _one_batch(draw, look), look)


def _modes(draw: Draw) -> Arguments:
    """Two epochs: the second one finds the model as the first validation left it."""
    model, train, validation, lr, _, norm = _fit_case(draw)
    return model, train, validation, lr, 2, norm, "mode"


@exercise(
    draws=1,
    rtol=1e-4,
    atol=1e-4,
    points=5,
    lecture="003, Gradient instability: others improvements; Regularization: early stopping",
    concepts=(39,),
    inputs=("model", "train", "validation", "lr", "epochs", "max_norm"),
    signature="fit(model, train, validation, optimizer, epochs, max_norm=1.0)",
    draw=_fit_case,
    edges=(
        Drawn(partial(_such_that, epochs=3, holds=lambda a, b, c: a < c < b)),
        Drawn(partial(_such_that, epochs=3, holds=lambda a, b, c: c < a < b)),
        Drawn(_tie),
        Drawn(_none_right),
        Drawn(_long_gradients),
        Drawn(_short_gradients),
        Drawn(_one_batch),
        Drawn(_default, "defaults"),
        _looking("old gradients"),
        Drawn(_modes, "mode"),
        _looking("graph"),
        _looking("state"),
        _looking("type"),
    ),
    aspects={
        "defaults": "Right where the norm is given. Without it, gradients are clipped to norm 1.",
        "old gradients": "Right, but not where somebody left gradients in the parameters: clear them before the first "
        "backward pass.",
        "mode": "Right numbers, but a dropout in the model would not be as it should: training mode for each training "
        "batch, evaluation mode for each validation batch.",
        "graph": "Right numbers, but in validation PyTorch records a graph for a backward pass that never comes.",
        "state": "Right numbers, but your function does not leave PyTorch, the parameters and the batches as it "
        "should.",
        "type": "Right numbers, but they should be plain ones, not tensors.",
    },
    observe=observers.training,
    forbidden=("transformers.Trainer",),
)
def fit(
    model: nn.Module,
    train: Batches,
    validation: Batches,
    optimizer: torch.optim.Optimizer,
    epochs: int,
    max_norm: float = 1.0,
) -> list[float]:
    """For each epoch: forward, clear, backward, clip, step for each batch; then accuracy = right / all in evaluation
    mode. At the end, the parameters after the first best epoch.

    shapes: scores (B, K), y (B,), loss: mean cross-entropy; `clip_grad_norm_(model.parameters(), max_norm)`.
    worked: accuracies [0.6, 0.8, 0.8, 0.7]: all four are returned, and the model is as it was after the second epoch.
    """
    accuracies: list[float] = []
    best: dict[str, torch.Tensor] = {}
    for _ in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            F.cross_entropy(model(x), y).backward()
            nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        right, count = 0, 0
        with torch.no_grad():
            for x, y in validation:
                right += int((model(x).argmax(dim=1) == y).sum())
                count += len(y)
        if not accuracies or right / count > max(accuracies):
            best = {name: value.clone() for name, value in model.state_dict().items()}
        accuracies.append(right / count)
    model.load_state_dict(best)
    return accuracies


@fit.alternative
def with_deepcopy(model, train, validation, optimizer, epochs, max_norm=1.0):  # type: ignore[no-untyped-def]
    import copy

    loss_fn, history, kept = nn.CrossEntropyLoss(), [], None
    for _ in range(epochs):
        model.train()
        for x, y in train:
            loss = loss_fn(model(x), y)
            for parameter in model.parameters():
                parameter.grad = None
            loss.backward()
            torch.nn.utils.clip_grad_norm_(list(model.parameters()), max_norm=max_norm)
            optimizer.step()
        model.train(False)
        with torch.inference_mode():
            hits = torch.cat([model(x).argmax(-1) == y for x, y in validation])
        history.append(hits.double().mean().item())
        if kept is None or history[-1] > kept[0]:
            kept = history[-1], copy.deepcopy(model.state_dict())
    model.load_state_dict(kept[1])
    return history


@fit.alternative
def clipped_by_hand(model, train, validation, optimizer, epochs, max_norm=1.0):  # type: ignore[no-untyped-def]
    parameters = list(model.parameters())
    snapshots, history = [], []
    for _ in range(epochs):
        model.train()
        for x, y in train:
            model.zero_grad()
            loss = -model(x).log_softmax(1)[torch.arange(len(y)), y].mean()
            loss.backward()
            norm = sum((p.grad**2).sum() for p in parameters) ** 0.5
            if norm > max_norm:
                for p in parameters:
                    p.grad *= max_norm / norm
            optimizer.step()
        model.eval()
        right = count = 0
        for x, y in validation:
            with torch.no_grad():
                right += torch.sum(torch.max(model(x), 1)[1] == y).item()
            count += y.shape[0]
        history.append(right / count)
        snapshots.append([p.detach().clone() for p in parameters])
    for p, value in zip(parameters, snapshots[history.index(max(history))], strict=True):
        p.data = value
    return history
