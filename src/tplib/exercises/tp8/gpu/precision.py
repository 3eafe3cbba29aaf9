"""The exercise mixed_precision_step of TP8-HFTrain/5_gpu: one training step in short floats."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from tplib.exercises.tp8.gpu import observers
from tplib.exercises.tp8.gpu.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Loss = Callable[[Tensor, Tensor], Tensor]
Optimizer = torch.optim.Optimizer
Scaler = torch.amp.GradScaler


def _case(draw: Draw, dtype: str, scale: float | None, max_norm: float | None, steps: int = 1) -> Arguments:
    """Some steps from parameters of usual size; classes or numbers to predict."""
    d, k, n = draw.size(2, 4), draw.size(2, 3), draw.size(2, 5)
    model = {"weight": draw.array(k, d, low=-1.0, high=1.0), "bias": draw.array(k, low=-1.0, high=1.0)}
    loss_fn = draw.choice(["cross_entropy", "mse_loss"])
    batches = [
        (
            draw.array(n, d, low=0.5, high=2.0),
            draw.integers(0, k, n) if loss_fn == "cross_entropy" else draw.array(n, k),
        )
        for _ in range(steps)
    ]
    return model, batches, loss_fn, dtype, scale, max_norm


def _drawn(draw: Draw) -> Arguments:
    dtype, scale = draw.choice([("bfloat16", None), ("float16", 1024.0), ("float16", 256.0)])
    return _case(draw, dtype, scale, draw.choice([0.1, 0.25, 100.0]), steps=2)


def _overflow(draw: Draw) -> Arguments:
    """A scale at which the short gradient is infinite: the first step is not taken."""
    model, batches, *_ = _case(draw, "float16", None, None)
    y = [(x, draw.array(len(x), len(model["bias"]), low=-9.0, high=-6.0)) for x, _ in batches]
    return model, y, "mse_loss", "float16", 2.0**24, 0.25


def _large_without_a_scaler(draw: Draw) -> Arguments:
    """Gradients that are finite, and would not be at the scale with which a new scaler begins."""
    model, batches, *_ = _case(draw, "float16", None, None)
    y = [(x, draw.array(len(x), len(model["bias"]), low=-90.0, high=-60.0)) for x, _ in batches]
    return model, y, "mse_loss", "float16", None, 0.25


def _in_mode(training: bool) -> Drawn:
    """A model in training or in evaluation mode, of which is asked whether its mode stays."""

    def case(draw: Draw) -> Arguments:
        model, *rest = _case(draw, "float16", 1024.0, 0.5)
        return {**model, "training": training}, *rest, "input"

    return Drawn(case, "input")


def _looking(look: str, dtype: str = "float16", scale: float | None = 1024.0) -> Drawn:
    return Drawn(lambda draw: (*_case(draw, dtype, scale, 0.5), look), look)


@exercise(
    draws=2,
    rtol=1e-3,
    atol=1e-4,
    points=4,
    lecture="003, Gradients: back-propagation, speed-up the computation with GPU; Gradient instability: others "
    "improvements",
    concepts=(49,),
    inputs=("model", "batches", "loss_fn", "dtype", "scale", "max_norm"),
    draw=_drawn,
    edges=(
        Drawn(lambda draw: _case(draw, "bfloat16", None, 0.1)),
        Drawn(lambda draw: _case(draw, "bfloat16", None, 100.0, steps=2)),
        Drawn(lambda draw: _case(draw, "float16", 1024.0, 0.1, steps=2)),
        Drawn(lambda draw: _case(draw, "float16", 512.0, 100.0)),
        Drawn(_overflow),
        Drawn(lambda draw: _case(draw, "bfloat16", 64.0, 0.1)),
        Drawn(lambda draw: (*_overflow(draw)[:2], "mse_loss", "bfloat16", None, None), "defaults"),
        Drawn(_large_without_a_scaler, "no scaler"),
        _looking("old gradients", "bfloat16", None),  # a scale would make them small
        _looking("backward"),
        _in_mode(True),
        _in_mode(False),
        _looking("type"),
    ),
    aspects={
        "defaults": "Right where the norm is given. Without it, gradients are clipped to norm 1.",
        "old gradients": "Right, but not where somebody left gradients in the parameters: clear them before the "
        "backward pass.",
        "backward": "Right numbers, but `backward` stands inside of the autocast block. It belongs after it.",
        "input": "Right, but more than the parameters has changed: the batch, or the mode of the model.",
        "no scaler": "Right where a scaler is given. Without one, do without: one of your own leaves a step out whose "
        "gradients it has made too large.",
        "type": "Right numbers, but they should be plain ones (`loss.item()`): a tensor keeps memory on the device, "
        "and one with its graph keeps the whole graph.",
    },
    observe=observers.step,
    forbidden=("tplib.gpu.precision.MixedPrecision",),
)
def mixed_precision_step(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    optimizer: Optimizer,
    loss_fn: Loss,
    dtype: torch.dtype,
    scaler: Scaler | None = None,
    max_norm: float = 1.0,
) -> float:
    """Clear; with autocast: loss = loss_fn(model(x), y). Without a scaler: backward, clip, step. With one: backward of
    the scaled loss, unscale, clip, scaler.step, scaler.update. Return the loss.

    shapes: the scores are short, the parameters and their gradients float32; the loss is one number.
    worked: a gradient of norm 3, scale 1024: in `.grad` its norm is 3072; `unscale_` makes it 3, clipping 1.
    """
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()


@mixed_precision_step.alternative
def scaler_that_does_nothing(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    if scaler is None:
        scaler = torch.amp.GradScaler(x.device.type, enabled=False)
    with torch.amp.autocast(device_type=x.device.type, dtype=dtype):
        scores = model(x)
        loss = loss_fn(scores, y)
    for parameter in model.parameters():
        parameter.grad = None
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=max_norm)
    scaler.step(optimizer)
    scaler.update()
    return float(loss)


@mixed_precision_step.alternative
def clipped_by_hand(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    model.zero_grad()
    with torch.autocast(device_type=next(model.parameters()).device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    (scaler.scale(loss) if scaler else loss).backward()
    if scaler:
        scaler.unscale_(optimizer)
    norm = sum((p.grad**2).sum() for p in model.parameters()) ** 0.5
    if norm > max_norm:
        for p in model.parameters():
            p.grad *= max_norm / norm
    if scaler:
        scaler.step(optimizer)
        scaler.update()
    else:
        optimizer.step()
    return loss.detach().cpu().numpy().item()
