"""Helpers beside the layers, under PyTorch's names."""

from tplib.nn.utils import clip_grad, rnn
from tplib.nn.utils.clip_grad import clip_grad_norm_, clip_grad_value_

__all__ = ["clip_grad", "clip_grad_norm_", "clip_grad_value_", "rnn"]
