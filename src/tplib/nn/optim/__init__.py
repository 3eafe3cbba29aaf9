"""Optimisers and learning-rate schedules with PyTorch's update rules and defaults."""

from tplib.nn.optim import lr_scheduler
from tplib.nn.optim.adam import Adam, AdamW
from tplib.nn.optim.adaptive import Adagrad, RMSprop
from tplib.nn.optim.optimizer import Optimizer
from tplib.nn.optim.sgd import SGD

__all__ = ["SGD", "Adagrad", "Adam", "AdamW", "Optimizer", "RMSprop", "lr_scheduler"]
