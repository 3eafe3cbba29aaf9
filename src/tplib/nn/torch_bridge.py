"""from_torch and to_torch: the same module, with the same parameters, in the other library."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from tplib.nn.activations import modules as activations
from tplib.nn.attention import transformer
from tplib.nn.attention.multihead import MultiheadAttention
from tplib.nn.containers import Flatten, Identity, ModuleDict, ModuleList, Sequential
from tplib.nn.dropout import Dropout
from tplib.nn.embedding import modules as embedding
from tplib.nn.graph.tensor import Tensor
from tplib.nn.linear.modules import Linear
from tplib.nn.losses import modules as losses
from tplib.nn.module import Module, Parameter
from tplib.nn.normalisation.batch_norm import BatchNorm1d, BatchNorm2d
from tplib.nn.normalisation.group_norm import GroupNorm
from tplib.nn.normalisation.layer_norm import LayerNorm
from tplib.nn.recurrent import cells
from tplib.nn.recurrent import layers as recurrent
from tplib.nn.spatial import convolution_modules as convolution
from tplib.nn.spatial import pooling_modules as pooling
from tplib.nn.spatial.unpooling import MaxUnpool1d, MaxUnpool2d

if TYPE_CHECKING:
    import torch

# For each class, the constructor's arguments. Each is read from the attribute of its name, or as "argument=path".
_POOL = "kernel_size stride padding"
_CONVOLUTION = "in_channels out_channels kernel_size stride padding dilation groups bias padding_mode"
_TRANSPOSED = "in_channels out_channels kernel_size stride padding output_padding groups bias dilation"
_RECURRENT = "input_size hidden_size num_layers bias batch_first dropout bidirectional"
_TRANSFORMER = (
    "d_model=self_attn.embed_dim nhead=self_attn.num_heads dim_feedforward=linear1.out_features dropout=dropout.p "
    "activation layer_norm_eps=norm1.eps batch_first=self_attn.batch_first norm_first bias=linear1.bias"
)
ARGUMENTS: dict[type[Module], str] = {
    Linear: "in_features out_features bias",
    Identity: "",
    Flatten: "start_dim end_dim",
    Dropout: "p",
    activations.ReLU: "",
    activations.Sigmoid: "",
    activations.Tanh: "",
    activations.Hardtanh: "min_val max_val",
    activations.LeakyReLU: "negative_slope",
    activations.ELU: "alpha",
    activations.GELU: "approximate",
    activations.SiLU: "",
    activations.Softplus: "beta threshold",
    activations.Softmax: "dim",
    activations.LogSoftmax: "dim",
    losses.MSELoss: "reduction",
    losses.L1Loss: "reduction",
    losses.SmoothL1Loss: "reduction beta",
    losses.HuberLoss: "reduction delta",
    losses.BCELoss: "weight reduction",
    losses.BCEWithLogitsLoss: "weight reduction pos_weight",
    losses.NLLLoss: "weight ignore_index reduction",
    losses.CrossEntropyLoss: "weight ignore_index reduction label_smoothing",
    losses.MultiMarginLoss: "p margin weight reduction",
    losses.GaussianNLLLoss: "full eps reduction",
    losses.KLDivLoss: "reduction log_target",
    convolution.Conv1d: _CONVOLUTION,
    convolution.Conv2d: _CONVOLUTION,
    convolution.ConvTranspose1d: _TRANSPOSED,
    convolution.ConvTranspose2d: _TRANSPOSED,
    pooling.MaxPool1d: f"{_POOL} dilation return_indices ceil_mode",
    pooling.MaxPool2d: f"{_POOL} dilation return_indices ceil_mode",
    MaxUnpool1d: _POOL,
    MaxUnpool2d: _POOL,
    pooling.AvgPool1d: f"{_POOL} ceil_mode count_include_pad",
    pooling.AvgPool2d: f"{_POOL} ceil_mode count_include_pad divisor_override",
    pooling.LPPool1d: "norm_type kernel_size stride ceil_mode",
    pooling.LPPool2d: "norm_type kernel_size stride ceil_mode",
    pooling.AdaptiveAvgPool1d: "output_size",
    pooling.AdaptiveAvgPool2d: "output_size",
    pooling.AdaptiveMaxPool1d: "output_size return_indices",
    pooling.AdaptiveMaxPool2d: "output_size return_indices",
    BatchNorm1d: "num_features eps momentum affine track_running_stats bias",
    BatchNorm2d: "num_features eps momentum affine track_running_stats bias",
    GroupNorm: "num_groups num_channels eps affine bias",
    LayerNorm: "normalized_shape eps elementwise_affine bias",
    recurrent.RNN: f"{_RECURRENT} nonlinearity",
    recurrent.LSTM: f"{_RECURRENT} proj_size",
    recurrent.GRU: _RECURRENT,
    cells.RNNCell: "input_size hidden_size bias nonlinearity",
    cells.LSTMCell: "input_size hidden_size bias",
    cells.GRUCell: "input_size hidden_size bias",
    embedding.Embedding: "num_embeddings embedding_dim padding_idx max_norm norm_type scale_grad_by_freq sparse",
    embedding.EmbeddingBag: "num_embeddings embedding_dim max_norm norm_type scale_grad_by_freq mode sparse "
    "include_last_offset padding_idx",
    MultiheadAttention: "embed_dim num_heads dropout bias=in_proj_bias add_bias_kv=bias_k add_zero_attn kdim vdim "
    "batch_first",
    transformer.TransformerEncoderLayer: _TRANSFORMER,
    transformer.TransformerDecoderLayer: _TRANSFORMER,
    transformer.TransformerEncoder: "encoder_layer=layers.0 num_layers norm",
    transformer.TransformerDecoder: "decoder_layer=layers.0 num_layers norm",
}
TO_TORCH = {"TransformerEncoder": {"enable_nested_tensor": False}}  # a shortcut of PyTorch's; it warns where it cannot
FLAGS = ("bias", "add_bias_kv")  # an argument that says whether a parameter is there
# Our classes by name, as `torch.nn` has PyTorch's.
CONTAINERS = (Sequential, ModuleList, ModuleDict)
OURS = SimpleNamespace(
    Module=Module, **{kind.__name__: kind for kind in CONTAINERS}, **{kind.__name__: kind for kind in ARGUMENTS}
)


def from_torch(module: torch.nn.Module) -> Any:
    """A PyTorch module as ours: same options, copies of its parameters and buffers, same modes, frozen parts frozen.

    Sequential, ModuleList, ModuleDict and every class of the table above; a module used twice stays one. TypeError for
    another class, ValueError for hooks.
    """
    import torch

    _refuse_hooks(module)
    built = _build(module, torch.nn, OURS, {})
    _tie(module.named_parameters(remove_duplicate=False), built)
    state = {key: _array(value) for key, value in module.state_dict().items()}
    built.load_state_dict(state)
    _copy_modes(module, built)
    return built


def to_torch(module: Module) -> torch.nn.Module:
    """One of our modules as PyTorch's, the inverse of `from_torch`. Generators stay behind: PyTorch has its own."""
    import torch

    _refuse_own_hooks(module)
    built = _build(module, OURS, torch.nn, {})
    state = {key: torch.tensor(value) for key, value in module.state_dict().items()}
    built.load_state_dict(state, assign=True)
    _tie(((key, tensor) for key, tensor in module._state() if isinstance(tensor, Parameter)), built)
    _copy_modes(module, built)
    return built


def _tie(named: Iterable[tuple[str, Any]], built: Any) -> None:
    """Give the new module one parameter wherever the old one has one under several names."""
    first: dict[int, str] = {}
    for name, parameter in named:
        other = first.setdefault(id(parameter), name)
        if other != name:
            (owner, key), (source, old) = _place(built, name), _place(built, other)
            setattr(owner, key, getattr(source, old))


def _place(module: Any, name: str) -> tuple[Any, str]:
    """The part that holds what `name` leads to, and its name there."""
    *path, last = name.split(".")
    for part in path:
        module = module._modules[part]
    return module, last


def _refuse_own_hooks(module: Module) -> None:
    for name, part in module.named_modules():
        if "_hooks" in vars(part):
            raise ValueError(
                f"to_torch: {name or 'the module'} ({type(part).__name__}) has had hooks, which cannot be carried "
                "over; build it anew without them, with the weights of its state_dict()"
            )


def _refuse_hooks(module: torch.nn.Module) -> None:
    """Hooks and parametrisations change what a module computes, and there is nothing that they could become."""
    kinds = ("_forward_hooks", "_forward_pre_hooks", "_backward_hooks", "_backward_pre_hooks", "parametrizations")
    for name, part in module.named_modules():
        if any(getattr(part, kind, None) for kind in kinds) or any(
            p._backward_hooks for p in part.parameters(recurse=False)
        ):
            raise ValueError(
                f"from_torch: {name or 'the module'} ({type(part).__name__}) has hooks or parametrizations, which "
                "cannot be carried over; remove them first"
            )


def _build(module: Any, source: Any, target: Any, done: dict[int, Any]) -> Any:
    """The module of the same name and options in the `target` library, its parameters not yet set."""
    if id(module) in done:
        return done[id(module)]
    name = type(module).__name__
    ours = getattr(OURS, name, None)
    if type(module) is not getattr(source, name, None) or (ours not in ARGUMENTS and ours not in CONTAINERS):
        raise TypeError(
            f"{name} does not exist in both libraries; write the class in the other one from modules that do, and "
            "carry the weights over with its load_state_dict(...state_dict())"
        )
    if ours in CONTAINERS:
        built = getattr(target, name)()
        for key, child in module._modules.items():  # unlike named_children, with repetitions
            built.add_module(key, _build(child, source, target, done))
    else:
        options = dict(_option(module, entry, source, target, done) for entry in ARGUMENTS[ours].split())
        kind = getattr(target, name)
        usual = inspect.signature(kind).parameters
        options = {k: v for k, v in options.items() if k not in usual or v is not usual[k].default}
        if "forward" in vars(module):
            raise ValueError(
                f"{name}: its forward was replaced, which cannot be carried over; write a class of your own"
            )
        if getattr(module, "inplace", False):
            options["inplace"] = True
        built = kind(**options, **(TO_TORCH.get(name, {}) if target is not OURS else {}))
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
