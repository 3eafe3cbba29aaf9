"""fit: the training loop (lecture 003, Algorithm 4), with all that surrounds it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from tplib.nn.arguments import checked_function
from tplib.nn.graph.graph import Array
from tplib.nn.graph.recording import no_grad
from tplib.nn.graph.tensor import Tensor
from tplib.nn.module import Module
from tplib.nn.optim import Optimizer
from tplib.nn.optim.lr_scheduler import LRScheduler, ReduceLROnPlateau
from tplib.nn.training.arguments import (
    Data,
    Metrics,
    check_cycle,
    check_data,
    check_loss,
    check_metrics,
    check_model,
    check_monitor,
    check_parts,
    measures_of,
)
from tplib.nn.training.checkpoint import load, save
from tplib.nn.training.descent import Rng, check_batch_size, minibatches, tensors
from tplib.nn.training.early_stopping import EarlyStopping
from tplib.nn.training.progress import ProgressBar
from tplib.nn.utils import clip_grad_norm_


@checked_function
def fit(
    model: Module,
    train: Data,
    loss_fn: Callable[..., Any],
    optimizer: Optimizer,
    *,
    epochs: int,
    batch_size: int = 32,
    drop_last: bool = False,
    validation: Data | None = None,
    metrics: Metrics | None = None,
    scheduler: LRScheduler | None = None,
    max_norm: float | None = None,
    early_stopping: EarlyStopping | None = None,
    monitor: str | None = None,
    rng: Rng = None,
    checkpoint: str | os.PathLike[str] | None = None,
    resume: bool = False,
    progress: bool | None = None,
) -> dict[str, list[float]]:
    """Train `model` in place with mini-batches, and return the history: one value per epoch under each name.

    `train` and `validation` are (x, y), or (x1, x2, ..., y) for a model of several inputs; the model and the loss see
    their rows as Tensors. `loss_fn(output, y)` is a mean over the examples; each of `metrics` is a mean too, of the
    arrays (output, y). The history's names are "loss",
    "lr", the metrics' names, and "val_loss" and so on: training values are means over the epoch while the model
    changed, validation values are taken after it in evaluation mode. Parts of the model that were set to `.eval()`,
    such as a frozen batch norm, stay so.

    After each epoch `scheduler` takes a step, and `early_stopping` decides by the measure `monitor` (by default the
    validation loss, or without validation the training loss) and at the end restores the best weights. Gradients are
    scaled to a norm of at most `max_norm`. With `drop_last`, a last batch that is not full is
    left out. `rng`, a Generator or a seed, shuffles the examples.

    After each epoch all that the next one depends on is written to `checkpoint`: parameters, the states of optimiser,
    schedule, early stopping and generators (those of dropout layers included), history. With `resume`, training goes on
    from there, if the file exists, and the result equals that of an uninterrupted run to the last bit.
    """
    check_parts(
        model, train, loss_fn, optimizer, epochs, validation, metrics, scheduler, max_norm, early_stopping, checkpoint
    )
    rng = np.random.default_rng(rng)
    check_batch_size("fit", batch_size)
    used = len(train[-1]) - (len(train[-1]) % batch_size if drop_last else 0)
    if used == 0:
        raise ValueError(
            f"fit: with drop_last, {len(train[-1])} examples make no batch of {batch_size}; use a smaller batch_size"
        )
    monitor = monitor or ("loss" if validation is None else "val_loss")
    names = measures_of(metrics, validation)
    check_monitor(monitor, names, early_stopping)
    steps = -(-used // batch_size)
    history: dict[str, list[float]] = {}
    keepers: dict[str, Any] = {
        "model": model,
        "optimizer": optimizer,
        "scheduler": scheduler,
        "early_stopping": early_stopping,
    }
    if early_stopping is not None:
        early_stopping.reset()
    if not model.training:
        model.train()
    done, stopped = 0, False
    if resume and checkpoint is not None and os.path.exists(checkpoint):
        done, stopped, history = _restore(load(checkpoint), keepers, _generators(model, rng), names)

    if early_stopping is None:
        check_cycle(scheduler, epochs - done)
    with ProgressBar(epochs * steps, done * steps, progress) as bar:
        for epoch in range(done, 0 if stopped else epochs):
            batches = minibatches(*train, batch_size=batch_size, rng=rng, drop_last=drop_last)
            measures = _train_epoch(model, batches, loss_fn, optimizer, metrics or {}, max_norm, bar)
            measures["lr"] = optimizer.param_groups[0]["lr"]
            if validation is not None:
                held_out = evaluate(model, validation, loss_fn, metrics)
                measures |= {f"val_{name}": value for name, value in held_out.items()}
            for name, value in measures.items():
                history.setdefault(name, []).append(value)
            bar.tell(f"epoch {epoch + 1}/{epochs}", measures)

            if isinstance(scheduler, ReduceLROnPlateau):
                scheduler.step(measures[monitor])
            elif scheduler is not None:
                scheduler.step()
            stopped = early_stopping is not None and early_stopping.step(measures[monitor], model)
            if checkpoint is not None:
                state = {k: v.state_dict() for k, v in keepers.items() if v is not None}
                state["kinds"] = _kinds(keepers)
                state["generators"] = {k: g.bit_generator.state for k, g in _generators(model, rng).items()}
                save(state | {"epochs": epoch + 1, "stopped": stopped, "history": history}, checkpoint)
            if stopped:
                break
    if early_stopping is not None:
        early_stopping.restore(model)
    return history


@checked_function
def evaluate(
    model: Module,
    data: Data,
    loss_fn: Callable[..., Any],
    metrics: Metrics | None = None,
    *,
    batch_size: int = 256,
) -> dict[str, float]:
    """The mean loss, as "loss", and the mean of each metric, in evaluation mode and without a graph."""
    sums: dict[str, float] = {}
    check_model("evaluate", model, loss_fn)
    check_data("evaluate", "data", data)
    check_metrics("evaluate", metrics)
    check_batch_size("evaluate", batch_size)
    modes = [(module, module.training) for _, module in model.named_modules()]
    model.eval()
    try:
        with no_grad():
            for *inputs, y in minibatches(*data, batch_size=batch_size, shuffle=False):
                *inputs, y = tensors(*inputs, y)
                output = model(*inputs)
                _add(sums, len(y), {"loss": loss_fn(output, y).item(), **_values(metrics or {}, output, y)})
    finally:
        for module, training in modes:
            module.training = training
    return {name: total / len(data[-1]) for name, total in sums.items()}


def accuracy(output: Array, y: Array) -> float:
    """The part of rows of scores (B, K) whose largest score is that of the right class (B,); a metric for `fit`."""
    shape = np.shape(output)
    if len(shape) < 2 or shape[1] < 2:
        raise ValueError(
            f"accuracy: expected scores of shape (B, K) with a column for each of K classes, got {shape}; for one "
            "score per row (binary), give a metric of your own, such as lambda output, y: ((output > 0) == y).mean()"
        )
    best, labels = np.argmax(output, axis=1), np.asarray(y)
    if labels.shape != best.shape:
        raise ValueError(
            f"accuracy: for scores of shape {np.shape(output)} expected labels of shape {best.shape}, "
            f"got {labels.shape}"
        )
    return float((best == labels).mean())


def _train_epoch(
    model: Module,
    batches: Iterable[Data],
    loss_fn: Callable[..., Any],
    optimizer: Optimizer,
    metrics: Metrics,
    max_norm: float | None,
    bar: ProgressBar,
) -> dict[str, float]:
    sums: dict[str, float] = {}
    examples = 0
    for *inputs, y in batches:
        optimizer.zero_grad()
        *inputs, y = tensors(*inputs, y)
        output = model(*inputs)
        loss = check_loss(loss_fn(output, y))
        loss.backward()
        if max_norm is not None:
            clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
        _add(sums, len(y), {"loss": loss.item(), **_values(metrics, output, y)})
        examples += len(y)
        bar.advance()
    return {name: total / examples for name, total in sums.items()}


def _values(metrics: Metrics, output: Any, y: Any) -> dict[str, float]:
    values = {}
    for name, metric in metrics.items():
        value: Any = metric(output.data, y.data if isinstance(y, Tensor) else y)
        if np.ndim(value) or not hasattr(value, "__float__"):
            raise TypeError(f"metrics[{name!r}]: expected a number, the mean over the batch, got {value!r}")
        values[name] = float(value)
    return values


def _add(sums: dict[str, float], examples: int, means: dict[str, float]) -> None:
    for name, mean in means.items():
        sums[name] = sums.get(name, 0.0) + mean * examples


def _generators(model: Module, rng: np.random.Generator) -> dict[str, np.random.Generator]:
    """The generator that shuffles, and those that modules such as Dropout hold, by name."""
    held = {
        f"{path}.{name}": value
        for path, module in model.named_modules()
        for name, value in vars(module).items()
        if isinstance(value, np.random.Generator)
    }
    return {"fit": rng, **held}


def _kinds(keepers: dict[str, Any]) -> dict[str, str]:
    """The classes of optimiser, schedule and early stopping."""
    return {name: type(part).__name__ for name, part in keepers.items() if name != "model" and part is not None}


def _restore(
    state: dict[str, Any], keepers: dict[str, Any], generators: dict[str, np.random.Generator], measures: set[str]
) -> tuple[int, bool, dict[str, list[float]]]:
    """Give each part its state back; returns the epochs done, whether training had stopped, and the history."""
    kept = {name for name, keeper in keepers.items() if keeper is not None}
    differences = kept ^ (state.keys() & keepers.keys()) | generators.keys() ^ state["generators"].keys()
    if not differences and state["history"]:
        differences = measures ^ state["history"].keys()
    if differences:
        raise ValueError(
            f"fit: the checkpoint belongs to another training: {', '.join(sorted(differences))} is in only one of the "
            "two; call fit with the same parts, or without resume"
        )
    ours, theirs = _kinds(keepers), state.get("kinds", {})
    others = {name for name in ours.keys() & theirs.keys() if ours[name] != theirs[name]}
    if others:
        pairs = (f"{name} was {theirs[name]} and is {ours[name]}" for name in sorted(others))
        raise ValueError(f"fit: the checkpoint belongs to another training: {', '.join(pairs)}")
    for name in kept:
        keepers[name].load_state_dict(state[name])
    for name, generator in generators.items():
        generator.bit_generator.state = state["generators"][name]
    return state["epochs"], state["stopped"], state["history"]
