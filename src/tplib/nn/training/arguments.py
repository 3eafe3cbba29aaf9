"""What `fit` and `evaluate` are given: each mistake is told before the training begins."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array
from tplib.nn.graph.tensor import Tensor
from tplib.nn.module import Module
from tplib.nn.optim import Optimizer
from tplib.nn.optim.lr_scheduler import OneCycleLR
from tplib.nn.sizes import check_sizes

Data = Sequence[Array]  # the inputs, then the targets: one row per example in each
Metrics = Mapping[str, Callable[[Array, Array], float]]


def check_parts(
    model: Any,
    train: Any,
    loss_fn: Any,
    optimizer: Any,
    epochs: Any,
    validation: Any,
    metrics: Any,
    scheduler: Any,
    max_norm: Any,
    early_stopping: Any,
    checkpoint: Any,
) -> None:
    check_model("fit", model, loss_fn)
    for what, part, needed, such in (
        ("optimizer", optimizer, (), ""),
        ("scheduler", scheduler, ("step", "state_dict"), "a schedule such as nn.optim.lr_scheduler.StepLR"),
        ("early_stopping", early_stopping, ("step", "reset", "restore", "mode"), "an nn.EarlyStopping"),
    ):
        _check_instance("fit", what, part)
        if part is not None and not all(hasattr(part, name) for name in needed):
            raise TypeError(f"fit: expected {what} to be {such}, got {part!r}")
    check_data("fit", "train", train)
    if validation is not None:
        check_data("fit", "validation", validation)
    check_metrics("fit", metrics)
    check_sizes("fit", epochs=epochs)
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"fit: expected an optimiser such as nn.optim.SGD, got {type(optimizer).__name__}")
    own = {id(parameter) for parameter in model.parameters()}
    if not any(id(p) in own for group in optimizer.param_groups for p in group["params"]):
        raise ValueError(
            "fit: the optimiser changes no parameter of this model; make it of model.parameters(), after the model"
        )
    if getattr(scheduler, "optimizer", optimizer) is not optimizer:
        raise ValueError(
            "fit: the scheduler is of another optimiser, so that it would not change this one's learning rate; make it "
            "of the optimiser that is given"
        )
    if max_norm is not None and not max_norm >= 0:
        raise ValueError(f"fit: expected a max_norm of at least 0, got {max_norm}; with a negative one the loss rises")
    if checkpoint is not None and not isinstance(checkpoint, str | os.PathLike):
        raise TypeError(f"fit: expected checkpoint to be the path of a file, got {checkpoint!r}")
    if checkpoint is not None and (os.fspath(checkpoint) == "" or os.path.isdir(checkpoint)):
        raise ValueError(f"fit: expected checkpoint to be the path of a file, got {os.fspath(checkpoint)!r}")


def check_monitor(monitor: str, names: set[str], early_stopping: Any) -> None:
    if monitor not in names:
        raise ValueError(f"fit: there is no measure {monitor!r} to monitor; there are {', '.join(sorted(names))}")
    if early_stopping is not None and early_stopping.mode is None and not monitor.endswith("loss"):
        raise ValueError(
            f'fit: is more of {monitor!r} better, or less? Say EarlyStopping(mode="max") or EarlyStopping(mode="min")'
        )


def check_cycle(scheduler: Any, epochs: int) -> None:
    """Refuse a cycle that would be over before the training; the history would be lost."""
    if isinstance(scheduler, OneCycleLR) and scheduler.last_epoch + epochs > scheduler.total_steps:
        raise ValueError(
            f"fit: takes a step of the schedule after each of {epochs} epochs, and this OneCycleLR has "
            f"{scheduler.total_steps - scheduler.last_epoch} left; give it total_steps={scheduler.last_epoch + epochs}"
        )


def check_model(name: str, model: Any, loss_fn: Any) -> None:
    _check_instance(name, "model", model)
    _check_instance(name, "loss_fn", loss_fn)
    if not isinstance(model, Module):
        raise TypeError(f"{name}: expected a model that is a module, got {type(model).__name__}")
    if not callable(loss_fn):
        raise TypeError(f"{name}: expected a loss_fn(output, y), got {type(loss_fn).__name__}")


def check_data(name: str, what: str, data: Any) -> None:
    if not isinstance(data, tuple | list) or len(data) < 2:
        given = f"{len(data)} array" if isinstance(data, tuple | list) else f"a {type(data).__name__}"
        raise TypeError(f"{name}: expected {what} to be (x, y), arrays with a row per example, got {given}")
    for part in data:
        if not np.ndim(part) and not hasattr(part, "__len__"):
            raise TypeError(
                f"{name}: expected {what} to be (x, y), arrays with a row per example; one is a {type(part).__name__}"
            )
    lengths = [len(part) for part in data]
    if len(set(lengths)) > 1:
        raise ValueError(f"{name}: expected arrays of one length in {what}, got {lengths}")
    if lengths[0] == 0:
        raise ValueError(f"{name}: there are no examples in {what}")


def check_metrics(name: str, metrics: Any) -> None:
    """Refuse names that the history needs for itself: one of two measures would vanish."""
    if metrics is None:
        return
    if not isinstance(metrics, Mapping):
        raise TypeError(f'{name}: expected metrics as a dict such as {{"accuracy": nn.accuracy}}, got {metrics!r}')
    for key, metric in metrics.items():
        _check_instance(name, f"metrics[{key!r}]", metric)
        if not isinstance(key, str) or not callable(metric):
            raise TypeError(f"{name}: expected metrics by name, functions of (output, y), got {key!r}: {metric!r}")
        if key in ("loss", "lr") or key.startswith("val_"):
            raise ValueError(
                f'{name}: a metric cannot be called {key!r}: "loss", "lr" and what begins with "val_" are names of the '
                "history's own; choose another"
            )


def check_loss(loss: Any) -> Any:
    if not isinstance(loss, Tensor):
        raise TypeError(
            f"fit: expected loss_fn to return a tensor, which has a backward pass, got {type(loss).__name__}; compute "
            "it with the operations of tplib.nn"
        )
    return loss


def measures_of(metrics: Metrics | None, validation: Data | None) -> set[str]:
    """The names in the history."""
    names = {"loss", *(metrics or ())}
    return names | {"lr"} | ({f"val_{name}" for name in names} if validation is not None else set())


def _check_instance(name: str, what: str, part: Any) -> None:
    if isinstance(part, type):
        raise TypeError(f"{name}: {what} is the class {part.__name__}; give an object of it, {part.__name__}(...)")
