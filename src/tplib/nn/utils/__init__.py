"""Helpers beside the layers, under PyTorch's names."""

from tplib.nn.utils import rnn

__all__ = ["rnn"]
