"""from_torch and to_torch: the same module, with the same parameters, in the other library."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import numpy as np

from tplib import nn
from tplib.nn.graph.tensor import Tensor
from tplib.nn.module import Module

if TYPE_CHECKING:
    import torch

# For each class, the constructor's arguments. Each is read from the attribute of its name, or as "argument=path".
_POOL = "kernel_size stride padding"
_RECURRENT = "input_size hidden_size num_layers bias batch_first dropout bidirectional"
_TRANSFORMER = (
    "d_model=self_attn.embed_dim nhead=self_attn.num_heads dim_feedforward=linear1.out_features dropout=dropout.p "
    "activation layer_norm_eps=norm1.eps batch_first=self_attn.batch_first norm_first bias=linear1.bias"
)
ARGUMENTS = {
    "Linear": "in_features out_features bias",
    "Flatten": "start_dim end_dim",
    "Dropout": "p",
    "ReLU": "",
    "Sigmoid": "",
    "Tanh": "",
    "Hardtanh": "min_val max_val",
    "LeakyReLU": "negative_slope",
    "ELU": "alpha",
    "GELU": "approximate",
    "Softplus": "beta threshold",
    "Softmax": "dim",
    "LogSoftmax": "dim",
    "MSELoss": "reduction",
    "BCELoss": "weight reduction",
    "BCEWithLogitsLoss": "weight reduction pos_weight",
    "NLLLoss": "weight ignore_index reduction",
    "CrossEntropyLoss": "weight ignore_index reduction label_smoothing",
    "MultiMarginLoss": "p margin weight reduction",
    "GaussianNLLLoss": "full eps reduction",
    "KLDivLoss": "reduction log_target",
    "Conv1d": "in_channels out_channels kernel_size stride padding dilation groups bias",
    "Conv2d": "in_channels out_channels kernel_size stride padding dilation groups bias",
    "MaxPool1d": f"{_POOL} dilation ceil_mode",
    "MaxPool2d": f"{_POOL} dilation ceil_mode",
    "AvgPool1d": f"{_POOL} ceil_mode count_include_pad",
    "AvgPool2d": f"{_POOL} ceil_mode count_include_pad divisor_override",
    "LPPool1d": "norm_type kernel_size stride ceil_mode",
    "LPPool2d": "norm_type kernel_size stride ceil_mode",
    "AdaptiveAvgPool1d": "output_size",
    "AdaptiveAvgPool2d": "output_size",
    "AdaptiveMaxPool1d": "output_size",
    "AdaptiveMaxPool2d": "output_size",
    "BatchNorm1d": "num_features eps momentum affine track_running_stats bias",
    "BatchNorm2d": "num_features eps momentum affine track_running_stats bias",
    "LayerNorm": "normalized_shape eps elementwise_affine bias",
    "RNN": f"{_RECURRENT} nonlinearity",
    "LSTM": _RECURRENT,
    "GRU": _RECURRENT,
    "RNNCell": "input_size hidden_size bias nonlinearity",
    "LSTMCell": "input_size hidden_size bias",
    "GRUCell": "input_size hidden_size bias",
    "Embedding": "num_embeddings embedding_dim padding_idx max_norm norm_type scale_grad_by_freq sparse",
    "EmbeddingBag": "num_embeddings embedding_dim max_norm norm_type scale_grad_by_freq mode sparse "
    "include_last_offset padding_idx",
    "MultiheadAttention": "embed_dim num_heads dropout bias=in_proj_bias add_bias_kv=bias_k add_zero_attn kdim vdim "
    "batch_first",
    "TransformerEncoderLayer": _TRANSFORMER,
    "TransformerDecoderLayer": _TRANSFORMER,
    "TransformerEncoder": "encoder_layer=layers.0 num_layers norm",
    "TransformerDecoder": "decoder_layer=layers.0 num_layers norm",
}
# PyTorch's options that have no counterpart, with the one value that can be carried over.
ONLY = {"padding_mode": "zeros", "return_indices": False, "proj_size": 0}
TO_TORCH = {"TransformerEncoder": {"enable_nested_tensor": False}}  # a shortcut of PyTorch's; it warns where it cannot
FLAGS = ("bias", "add_bias_kv")  # an argument that says whether a parameter is there


def from_torch(module: torch.nn.Module) -> Any:
    """A PyTorch module as ours: same options, copies of its parameters and buffers, same modes, frozen parts frozen.

    Sequential and every class of the table above; a module used twice stays one. TypeError for another class,
    ValueError for an option that ours lacks.
    """
    import torch

    built = _build(module, torch.nn, nn, {})
    state = {key: _array(value) for key, value in module.state_dict().items()}
    built.load_state_dict(state)
    _copy_modes(module, built)
    return built


def to_torch(module: Module) -> torch.nn.Module:
    """One of our modules as PyTorch's, the inverse of `from_torch`. Generators stay behind: PyTorch has its own."""
    import torch

    built = _build(module, nn, torch.nn, {})
    state = {key: torch.tensor(value) for key, value in module.state_dict().items()}
    built.load_state_dict(state, assign=True)
    _copy_modes(module, built)
    return built


def _build(module: Any, source: Any, target: Any, done: dict[int, Any]) -> Any:
    """The module of the same name and options in the `target` library, its parameters not yet set."""
    if id(module) in done:
        return done[id(module)]
    name = type(module).__name__
    if type(module) is not getattr(source, name, None) or (name not in ARGUMENTS and name != "Sequential"):
        raise TypeError(
            f"{name} does not exist in both libraries; write the class in the other one from modules that do, and "
            "carry the weights over with its load_state_dict(...state_dict())"
        )
    if name == "Sequential":
        built = target.Sequential()
        for key, child in module._modules.items():  # unlike named_children, with repetitions
            built.add_module(key, _build(child, source, target, done))
    else:
        for option, value in ONLY.items():
            if getattr(module, option, value) != value:
                raise ValueError(f"{name}: {option}={getattr(module, option)!r} has no counterpart, only {value!r}")
        options = dict(_option(module, entry, source, target, done) for entry in ARGUMENTS[name].split())
        kind = getattr(target, name)
        usual = inspect.signature(kind).parameters
        options = {k: v for k, v in options.items() if k not in usual or v is not usual[k].default}
        built = kind(**options, **(TO_TORCH.get(name, {}) if target is not nn else {}))
    done[id(module)] = built
    return built


def _option(module: Any, entry: str, source: Any, target: Any, done: dict[int, Any]) -> tuple[str, Any]:
    argument, _, path = entry.partition("=")
    value = module
    for part in (path or argument).split("."):
        value = getattr(value, part)
    if argument in FLAGS:
        return argument, value if isinstance(value, bool) else value is not None
    if argument == "activation":
        known = {"relu", "gelu"}
        if getattr(value, "__name__", None) not in known:
            raise ValueError(f"{type(module).__name__}: activation {value!r} has no counterpart, only {known}")
        return argument, value.__name__
    if isinstance(value, source.Module):
        return argument, _build(value, source, target, done)
    if isinstance(value, Tensor):
        import torch

        return argument, torch.tensor(value.data)
    return argument, _array(value) if hasattr(value, "detach") else value


def _array(tensor: Any) -> np.ndarray[Any, Any]:
    tensor = tensor.detach().cpu()
    if tensor.is_floating_point() and tensor.element_size() < 4:
        tensor = tensor.float()  # NumPy has no bfloat16
    return np.array(tensor.numpy())


def _copy_modes(module: Any, built: Any) -> None:
    parts, parameters = dict(built.named_modules()), dict(built.named_parameters())
    for name, part in module.named_modules():
        if name in parts:
            parts[name].training = part.training
    for name, parameter in module.named_parameters():
        parameters[name].requires_grad_(parameter.requires_grad)
