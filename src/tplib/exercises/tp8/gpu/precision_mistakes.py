"""Mistakes in a step of mixed precision: in what is short, in the order of scaling and clipping, in what is missing."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from tplib.exercises.tp8.gpu.precision import mixed_precision_step

Loss = Callable[[Tensor, Tensor], Tensor]
Optimizer = torch.optim.Optimizer
Scaler = torch.amp.GradScaler
Dtype = torch.dtype


def _loss(model: nn.Module, x: Tensor, y: Tensor, loss_fn: Loss, dtype: Dtype) -> Tensor:
    with torch.autocast(x.device.type, dtype=dtype):
        return loss_fn(model(x), y)


def _update(model: nn.Module, loss: Tensor, optimizer: Optimizer, scaler: Scaler | None, max_norm: float) -> None:
    """Backward, clip and step, as they should be."""
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


@mixed_precision_step.mistake(
    "In which dtype are the scores? Is autocast on, and for the kind of device on which x is?", name="no autocast"
)
def no_autocast(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    _update(model, loss, optimizer, scaler, max_norm)
    return loss.item()


@mixed_precision_step.mistake("Which dtype does autocast take if you do not give it one?")
def dtype_ignored(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, torch.bfloat16)
    _update(model, loss, optimizer, scaler, max_norm)
    return loss.item()


@mixed_precision_step.mistake("Autocast keeps the loss in float32, if it is asked. Where do you compute the loss?")
def loss_outside_of_autocast(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        scores = model(x)
    loss = loss_fn(scores, y)
    _update(model, loss, optimizer, scaler, max_norm)
    return loss.item()


@mixed_precision_step.mistake(
    "You make the scores long by hand, after the block. Where does the text compute the loss?"
)
def loss_of_long_scores_outside_of_autocast(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        scores = model(x)
    loss = loss_fn(scores.float(), y)
    _update(model, loss, optimizer, scaler, max_norm)
    return loss.item()


@mixed_precision_step.mistake("Small updates are lost in a short parameter. Which dtype should parameters keep?")
def short_parameters(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    model.to(dtype)
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x.to(dtype)), y)
    _update(model, loss, optimizer, None, max_norm)
    return loss.item()


@mixed_precision_step.mistake("How far is `backward` indented? It takes the types of the forward pass by itself.")
def backward_inside_of_autocast(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
        _update(model, loss, optimizer, scaler, max_norm)
    return loss.item()


@mixed_precision_step.mistake("`backward` adds to the gradients that are there. Who clears those of the step before?")
def gradients_not_cleared(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    loss = _loss(model, x, y, loss_fn, dtype)
    _update(model, loss, optimizer, scaler, max_norm)
    return loss.item()


@mixed_precision_step.mistake(
    "You clear at the end. What does the first backward pass find, if somebody left gradients?"
)
def cleared_after_the_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    loss = _loss(model, x, y, loss_fn, dtype)
    _update(model, loss, optimizer, scaler, max_norm)
    optimizer.zero_grad()
    return loss.item()


@mixed_precision_step.mistake("The gradient is a thousand times too long while it is scaled. When do you clip it?")
def clipped_while_scaled(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, dtype)
    if scaler is None:
        _update(model, loss, optimizer, None, max_norm)
    else:
        scaler.scale(loss).backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()


@mixed_precision_step.mistake("Your step is not clipped. Is there a gradient yet, or still, where you clip it?")
def gradient_not_clipped(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, dtype)
    _update(model, loss, optimizer, scaler, float("inf"))
    return loss.item()


@mixed_precision_step.mistake("Without a scaler there is a gradient, too. Who clips it?")
def clipped_only_with_a_scaler(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, dtype)
    _update(model, loss, optimizer, scaler, max_norm if scaler else float("inf"))
    return loss.item()


@mixed_precision_step.mistake("With a scaler, once its factor is gone, there is a gradient, too. Who clips it?")
def clipped_only_without_a_scaler(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, dtype)
    _update(model, loss, optimizer, scaler, float("inf") if scaler else max_norm)
    return loss.item()


@mixed_precision_step.mistake("Is each number of the gradient clipped, or the length of the whole?")
def clipped_by_value(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, dtype)
    (scaler.scale(loss) if scaler else loss).backward()
    if scaler:
        scaler.unscale_(optimizer)
    nn.utils.clip_grad_value_(model.parameters(), max_norm)
    if scaler:
        scaler.step(optimizer)
        scaler.update()
    else:
        optimizer.step()
    return loss.item()


@mixed_precision_step.mistake("The norm is that of all gradients together. How many norms do you clip?")
def clipped_one_by_one(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, dtype)
    (scaler.scale(loss) if scaler else loss).backward()
    if scaler:
        scaler.unscale_(optimizer)
    for parameter in model.parameters():
        nn.utils.clip_grad_norm_(parameter, max_norm)
    if scaler:
        scaler.step(optimizer)
        scaler.update()
    else:
        optimizer.step()
    return loss.item()


@mixed_precision_step.mistake("Who decides whether a scaler is used: the dtype, or the caller?")
def scaler_with_float16_only(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, dtype)
    _update(model, loss, optimizer, scaler if dtype == torch.float16 else None, max_norm)
    return loss.item()


@mixed_precision_step.mistake("A scaler is handed to your function. Which lines use it?")
def scaler_ignored(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, dtype)
    _update(model, loss, optimizer, None, max_norm)
    return loss.item()


@mixed_precision_step.mistake("After an overflow the scale must fall, later it may grow. Which call does that?")
def no_update_of_the_scale(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, dtype)
    if scaler is None:
        _update(model, loss, optimizer, None, max_norm)
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
    return loss.item()


@mixed_precision_step.mistake("The gradient is infinite. Who keeps the optimiser from taking this step?")
def optimiser_steps_by_itself(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, dtype)
    if scaler is None:
        _update(model, loss, optimizer, None, max_norm)
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
        scaler.update()
    return loss.item()


@mixed_precision_step.mistake("How often does the optimiser step? `scaler.step(optimizer)` is a step already.")
def two_steps(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, dtype)
    _update(model, loss, optimizer, scaler, max_norm)
    if scaler is not None:
        optimizer.step()
    return loss.item()


@mixed_precision_step.mistake("The scale is for the backward pass. Which loss do you return?")
def scaled_loss_returned(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    scale = scaler.get_scale() if scaler else 1.0
    return scale * mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler, max_norm)


@mixed_precision_step.mistake("What does this tensor keep in memory? What gives the plain number?")
def loss_with_its_graph(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, dtype)
    _update(model, loss, optimizer, scaler, max_norm)
    return loss


@mixed_precision_step.mistake("A tensor without its graph still lies on the device. What gives the plain number?")
def detached_loss(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):  # type: ignore[no-untyped-def]
    optimizer.zero_grad()
    loss = _loss(model, x, y, loss_fn, dtype)
    _update(model, loss, optimizer, scaler, max_norm)
    return loss.detach()
