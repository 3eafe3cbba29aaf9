"""The model that `train_epoch` and `evaluate` are watched with."""

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
        modules.load(self, [weight, bias])
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
