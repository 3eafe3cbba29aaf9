"""The learning-rate schedules under the name of PyTorch's module; this module only hands names on."""

from tplib.nn.optim.composed_schedules import SequentialLR
from tplib.nn.optim.one_cycle import OneCycleLR
from tplib.nn.optim.plateau import ReduceLROnPlateau
from tplib.nn.optim.schedule import LRScheduler
from tplib.nn.optim.schedules import (
    ConstantLR,
    CosineAnnealingLR,
    ExponentialLR,
    LambdaLR,
    LinearLR,
    MultiStepLR,
    PolynomialLR,
    StepLR,
)

_LRScheduler = LRScheduler  # its name until PyTorch 2.0

__all__ = [
    "ConstantLR",
    "CosineAnnealingLR",
    "ExponentialLR",
    "LRScheduler",
    "LambdaLR",
    "LinearLR",
    "MultiStepLR",
    "OneCycleLR",
    "PolynomialLR",
    "ReduceLROnPlateau",
    "SequentialLR",
    "StepLR",
]
