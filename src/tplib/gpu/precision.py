"""Training steps in mixed precision, in the one right order."""

from __future__ import annotations

import math
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NamedTuple

import torch

from tplib.gpu.devices import best_device

DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


class StepReport(NamedTuple):
    """What one step did: `norm` of the true gradient, before clipping; `scale` of the next step, 1 without scaling."""

    taken: bool
    norm: float
    clipped: bool
    scale: float

    def __str__(self) -> str:
        if not self.taken:
            return f"step skipped: the gradient is not finite; the next scale is {self.scale:g}"
        return f"step taken: gradient norm {self.norm:.4g}{', clipped' if self.clipped else ''}, scale {self.scale:g}"


class MixedPrecision:
    """Forward passes in a short float, and steps: backward, unscale, clip, update, and the gradients to zero.

        precision = MixedPrecision(device, "bf16", max_norm=1.0)
        for inputs, labels in loader:
            with precision.autocast():
                loss = criterion(model(inputs), labels)
            report = precision.step(loss, optimizer)

    fp16 has 5 bits of exponent: small gradients become 0, so the loss is scaled up, and the scale falls after an
    overflow. bf16 has the 8 bits of fp32 and needs no scale. "auto" is bf16 on CUDA, fp16 where the GPU has none,
    and fp32 elsewhere. The parameters stay float32. A step with a gradient that is not finite is skipped and told, in
    every precision; `patience` such steps in a row raise FloatingPointError.
    """

    def __init__(
        self,
        device: str | torch.device | None = None,
        dtype: str | torch.dtype = "auto",
        *,
        max_norm: float | None = None,
        initial_scale: float = 2.0**16,
        patience: int = 25,
    ) -> None:
        if max_norm is not None and not max_norm > 0:
            raise ValueError(f"MixedPrecision: expected a max_norm above 0, or None for no clipping, got {max_norm}")
        self.device = best_device(device)
        self.dtype = _dtype(dtype, self.device)
        self.max_norm, self.patience = max_norm, patience
        self.taken = self.skipped = self._in_a_row = 0
        scaled = self.dtype is torch.float16
        self.scaler = torch.amp.GradScaler(self.device.type, init_scale=initial_scale) if scaled else None

    def autocast(self) -> AbstractContextManager[Any]:
        """For the forward pass and the loss; not for backward."""
        if self.dtype is torch.float32:
            return nullcontext()
        return torch.amp.autocast(self.device.type, dtype=self.dtype)

    def step(self, loss: torch.Tensor, optimizer: torch.optim.Optimizer) -> StepReport:
        """Backward and update, for one batch."""
        self.backward(loss)
        return self.update(optimizer)

    def backward(self, loss: torch.Tensor) -> None:
        """Add the gradient of the loss. To accumulate k batches: backward(loss / k) for each, then one update."""
        if torch.is_autocast_enabled(self.device.type):
            raise RuntimeError(
                "MixedPrecision: backward and step belong after the block `with precision.autocast():`, not inside it. "
                "Backward takes the types of the forward pass by itself."
            )
        (loss if self.scaler is None else self.scaler.scale(loss)).backward()

    def update(self, optimizer: torch.optim.Optimizer) -> StepReport:
        """Unscale, clip, change the parameters unless the gradient is not finite, and set the gradients to zero."""
        parameters = [p for group in optimizer.param_groups for p in group["params"] if p.grad is not None]
        if not parameters:
            raise RuntimeError(
                "MixedPrecision: no parameter of the optimiser has a gradient. Is the loss computed from the model's "
                "output, and was the optimiser made from this model's parameters?"
            )
        norm, taken = self._apply(optimizer, parameters)
        optimizer.zero_grad(set_to_none=True)
        self._count(taken)
        clipped = taken and self.max_norm is not None and norm > self.max_norm
        return StepReport(taken, norm, clipped, self.scale)

    @property
    def scale(self) -> float:
        return 1.0 if self.scaler is None else self.scaler.get_scale()

    def state_dict(self) -> dict[str, Any]:
        """For a checkpoint: the scale and the counts."""
        state = {} if self.scaler is None else self.scaler.state_dict()
        return {"scaler": state, "taken": self.taken, "skipped": self.skipped}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        if bool(state["scaler"]) != (self.scaler is not None):
            raise ValueError("MixedPrecision: the checkpoint was made in another precision (only fp16 has a scale)")
        if self.scaler is not None:
            self.scaler.load_state_dict(state["scaler"])
        self.taken, self.skipped = state["taken"], state["skipped"]

    def _apply(self, optimizer: torch.optim.Optimizer, parameters: list[torch.Tensor]) -> tuple[float, bool]:
        """The norm before clipping, and whether the step was taken."""
        limit = math.inf if self.max_norm is None else self.max_norm
        if self.scaler is None:
            norm = torch.nn.utils.clip_grad_norm_(parameters, limit).item()
            if math.isfinite(norm):
                optimizer.step()
            return norm, math.isfinite(norm)
        if any(p.dtype is torch.float16 for p in parameters):
            raise TypeError(
                "MixedPrecision: the parameters are float16. Keep them float32 (no model.half()): autocast makes the "
                "short copies, and small updates would be lost in float16."
            )
        self.scaler.unscale_(optimizer)  # before clipping, or the scaled gradient would be clipped
        norm = torch.nn.utils.clip_grad_norm_(parameters, limit).item()
        before = self.scaler.get_scale()
        self.scaler.step(optimizer)
        self.scaler.update()
        return norm, self.scaler.get_scale() >= before  # it falls exactly after a skipped step

    def _count(self, taken: bool) -> None:
        self.taken += taken
        self.skipped += not taken
        self._in_a_row = 0 if taken else self._in_a_row + 1
        if self._in_a_row >= self.patience:
            raise FloatingPointError(
                f"MixedPrecision: {self._in_a_row} steps in a row were skipped because their gradients are not finite. "
                "A smaller scale does not help: look for log(0), a division by 0, too large a learning rate, or NaN in "
                "the data."
            )


def _dtype(wanted: str | torch.dtype, device: torch.device) -> torch.dtype:
    if wanted == "auto":
        if device.type != "cuda":
            return torch.float32
        # Before compute capability 8 bf16 is emulated, slowly.
        has_bf16 = bool(torch.version.hip) or torch.cuda.get_device_capability(device)[0] >= 8
        return torch.bfloat16 if has_bf16 else torch.float16
    dtype = DTYPES.get(wanted) if isinstance(wanted, str) else wanted
    if dtype is None or dtype not in DTYPES.values():
        raise ValueError(f"MixedPrecision: expected 'auto', {', '.join(map(repr, DTYPES))}, got {wanted!r}")
    return dtype
