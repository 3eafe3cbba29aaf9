"""Module: parameters, buffers and other modules under names, with PyTorch's `state_dict` keys."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from tplib.nn.arguments import CheckedOptions
from tplib.nn.graph.devices import wanted_dtype
from tplib.nn.graph.graph import Array
from tplib.nn.graph.hooks import Handle
from tplib.nn.graph.tensor import Tensor, clear_gradients
from tplib.nn.module_hooks import Hooks
from tplib.nn.module_names import MAY_BE_MISSING, LoadResult, as_shaped, buffer_of, check_kind, found, join


class Parameter(Tensor):
    """A tensor that a module registers as its own and an optimiser changes."""

    __slots__ = ()

    def __init__(self, data: ArrayLike | Tensor, requires_grad: bool = True, *, dtype: DTypeLike | None = None) -> None:
        super().__init__(np.array(data, dtype), requires_grad)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """The values alone: a copy of a network begins without gradients, as in PyTorch."""
        double = memo[id(self)] = type(self)(self._data, self._requires_grad)
        return double


class Module(CheckedOptions):
    """A layer or a network. A subclass calls `super().__init__()`, sets its parts as attributes and defines `forward`.

    Parameters, modules and buffers set as attributes are registered; `state_dict()` names them as PyTorch does.
    """

    training: bool
    _parameters: dict[str, Parameter | None]
    _buffers: dict[str, Tensor | None]
    _modules: dict[str, Module | None]

    def __init__(self) -> None:
        own = self.__dict__
        own["training"] = True
        own["_parameters"], own["_buffers"], own["_modules"], own["_transient"] = {}, {}, {}, set()

    def forward(self, *args: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} defines no forward()")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        hooks = self.__dict__.get("_hooks")
        return self.forward(*args, **kwargs) if hooks is None else hooks.call(self, args, kwargs)

    # Hooks: `hook(module, args)`, `hook(module, args, output)`, `hook(module, grad_input, grad_output)`; what one
    # returns, if not None, replaces the arguments, the output or the gradients of the inputs.

    def register_forward_pre_hook(self, hook: Callable[..., Any]) -> Handle:
        return Handle(self._own_hooks().before, hook)

    def register_forward_hook(self, hook: Callable[..., Any]) -> Handle:
        return Handle(self._own_hooks().after, hook)

    def register_full_backward_hook(self, hook: Callable[..., Any]) -> Handle:
        return Handle(self._own_hooks().backward, hook)

    def _own_hooks(self) -> Hooks:
        return self.__dict__.setdefault("_hooks", Hooks())

    def __setattr__(self, name: str, value: Any) -> None:
        own = self.__dict__
        if "_parameters" not in own:
            raise AttributeError(f"{type(self).__name__}: call super().__init__() before setting {name!r}")
        tables = own["_parameters"], own["_modules"], own["_buffers"]
        if isinstance(value, Parameter):
            table = tables[0]
        elif isinstance(value, Module):
            table = tables[1]
        else:
            table = next((t for t in tables if name in t), own)
            if table is tables[0] and value is not None:
                raise TypeError(f"{type(self).__name__}: {name!r} is a parameter; set a Parameter or None, or .data")
            if table is tables[1] and value is not None:
                raise TypeError(f"{type(self).__name__}: {name!r} is a module; set a Module or None")
            if table is tables[2] and value is not None and not isinstance(value, Tensor):
                value = buffer_of(name, value)
        for other in tables:
            if other is not table:
                other.pop(name, None)
        # The tables know the kinds; the attribute itself is an ordinary one, which is quicker to read.
        table[name] = own[name] = value

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def __delattr__(self, name: str) -> None:
        super().__delattr__(name)
        for table in (self._parameters, self._buffers, self._modules):
            table.pop(name, None)

    def register_parameter(self, name: str, param: Parameter | None) -> None:
        self._check_name(name, self._parameters)
        check_kind(name, param, Parameter)
        self._parameters[name] = self.__dict__[name] = param

    def register_buffer(self, name: str, tensor: ArrayLike | Tensor | None, persistent: bool = True) -> None:
        """Keep a tensor that is saved with the module but not trained, e.g. a running mean."""
        self._check_name(name, self._buffers)
        tensor = tensor if tensor is None or isinstance(tensor, Tensor) else buffer_of(name, tensor)
        self._buffers[name] = self.__dict__[name] = tensor
        (self._transient.discard if persistent else self._transient.add)(name)

    def add_module(self, name: str, module: Module | None) -> None:
        self._check_name(name, self._modules)
        check_kind(name, module, Module)
        self._modules[name] = self.__dict__[name] = module

    def _check_name(self, name: str, table: dict[str, Any]) -> None:
        """Refuse a name that would make a wrong key of `state_dict`, or hide another attribute."""
        if not isinstance(name, str) or not name or "." in name:
            raise KeyError(f"{type(self).__name__}: expected a name without a dot, got {name!r}")
        if hasattr(self, name) and name not in table:
            raise KeyError(f"{type(self).__name__}: has an attribute {name!r} already")

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A copy whose random generators go their own way: copies of a network drop different values."""
        for value in vars(self).values():
            if isinstance(value, np.random.Generator) and id(value) not in memo:
                memo[id(value)] = value.spawn(1)[0]
        double = type(self).__new__(type(self))
        memo[id(self)] = double
        vars(double).update(copy.deepcopy(vars(self), memo))
        return double

    # Walks over the parts; what occurs twice is given once, under its first name

    def named_modules(self, prefix: str = "", _seen: set[int] | None = None) -> Iterator[tuple[str, Module]]:
        seen = set() if _seen is None else _seen
        if id(self) in seen:
            return
        seen.add(id(self))
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                yield from module.named_modules(join(prefix, name), seen)

    def modules(self) -> Iterator[Module]:
        return (module for _, module in self.named_modules())

    def named_children(self) -> Iterator[tuple[str, Module]]:
        seen = set()
        for name, module in self._modules.items():
            if module is not None and id(module) not in seen:
                seen.add(id(module))
                yield name, module

    def children(self) -> Iterator[Module]:
        return (module for _, module in self.named_children())

    def get_submodule(self, target: str) -> Module:
        """The module of this name, such as "encoder.0"; of "", this one."""
        return found(self, target, "_modules") if target else self

    def get_parameter(self, target: str) -> Parameter:
        """The parameter of this name, such as "encoder.0.weight"."""
        return found(self, target, "_parameters")

    def get_buffer(self, target: str) -> Tensor:
        return found(self, target, "_buffers")

    def _named(self, table: str, prefix: str, recurse: bool) -> Iterator[tuple[str, Any]]:
        seen = set()
        for path, module in self.named_modules(prefix) if recurse else ((prefix, self),):
            for name, tensor in getattr(module, table).items():
                if tensor is not None and id(tensor) not in seen:
                    seen.add(id(tensor))
                    yield join(path, name), tensor

    def named_parameters(self, prefix: str = "", recurse: bool = True) -> Iterator[tuple[str, Parameter]]:
        return self._named("_parameters", prefix, recurse)

    def parameters(self, recurse: bool = True) -> Iterator[Parameter]:
        """Those of all modules inside, or without `recurse` of this one alone."""
        return (parameter for _, parameter in self.named_parameters(recurse=recurse))

    def named_buffers(self, prefix: str = "", recurse: bool = True) -> Iterator[tuple[str, Tensor]]:
        return self._named("_buffers", prefix, recurse)

    def buffers(self, recurse: bool = True) -> Iterator[Tensor]:
        return (buffer for _, buffer in self.named_buffers(recurse=recurse))

    def apply(self, fn: Callable[[Module], Any]) -> Self:
        """Call `fn` on every module inside, this one last."""
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    # Modes, gradients, dtypes

    def train(self, mode: bool = True) -> Self:
        """Switch to training behaviour (dropout drops), or with False to evaluation."""
        if not isinstance(mode, bool | np.bool_):
            raise ValueError(f"train: expected True or False, got {mode!r}")
        for module in self.modules():
            module.__dict__["training"] = bool(mode)
        return self

    def eval(self) -> Self:
        return self.train(False)

    def zero_grad(self, set_to_none: bool = True) -> None:
        clear_gradients(self.parameters(), set_to_none)

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def to(self, target: Any = None, dtype: Any = None, non_blocking: bool = False, *, device: Any = None) -> Self:
        """Turn floating-point parameters and buffers into a floating-point dtype; the device can be "cpu" only."""
        dtype = wanted_dtype(target, dtype, device)
        if dtype is None:
            return self
        if dtype.kind != "f":
            raise TypeError(f"to: expected a floating-point dtype, got {dtype}")
        for _, tensor in (*self.named_parameters(), *self.named_buffers()):
            if tensor.dtype.kind == "f":
                tensor.data = tensor.data.astype(dtype)
        return self

    def cpu(self) -> Self:
        return self

    def double(self) -> Self:
        return self.to(np.float64)

    def float(self) -> Self:
        return self.to(np.float32)

    # State

    def _state(self, prefix: str = "") -> Iterator[tuple[str, Tensor]]:
        for name, parameter in self._parameters.items():
            if parameter is not None:
                yield prefix + name, parameter
        for name, buffer in self._buffers.items():
            if buffer is not None and name not in self._transient:
                yield prefix + name, buffer
        for name, module in self._modules.items():
            if module is not None:
                yield from module._state(f"{prefix}{name}.")

    def state_dict(self, *, prefix: str = "") -> dict[str, Array]:
        """Copies of all parameters and buffers, under PyTorch's keys; later training does not change them."""
        return {key: tensor.data.copy() for key, tensor in self._state(prefix)}

    def load_state_dict(self, state_dict: Mapping[str, Any], strict: bool = True) -> LoadResult:
        """Copy arrays (or tensors) into the parameters and buffers of the same keys; they take the arrays' float dtype.

        Raises RuntimeError that lists every missing key, unexpected key (if `strict`) and wrong shape; then
        nothing is loaded.
        """
        if not isinstance(state_dict, Mapping):
            raise TypeError(f"load_state_dict: expected a dict of arrays, got {type(state_dict).__name__}")
        own = dict(self._state())
        missing = [key for key in own if key not in state_dict and key.split(".")[-1] not in MAY_BE_MISSING]
        unexpected = [key for key in state_dict if key not in own]
        arrays = {key: as_shaped(state_dict[key], own[key]) for key in own if key in state_dict}
        problems = [
            f"{key} has shape {array.shape}, expected {own[key].shape}"
            for key, array in arrays.items()
            if array.shape != own[key].shape
        ]
        if strict:
            problems += [f"{key} is missing" for key in missing]
            problems += [f"{key} is not a key of this module" for key in unexpected]
        if problems:
            raise RuntimeError(f"load_state_dict: {type(self).__name__}: " + "; ".join(problems))
        for key, array in arrays.items():
            tensor = own[key]
            dtype = array.dtype if array.dtype.kind == tensor.dtype.kind == "f" else tensor.dtype
            tensor.data = array.astype(dtype)
            tensor._changed()
        return LoadResult(missing, unexpected)

    # Description

    def extra_repr(self) -> str:
        return ""

    def __repr__(self) -> str:
        parts = [f"({name}): {module!r}".replace("\n", "\n  ") for name, module in self._modules.items()]
        inside = "\n  ".join([self.extra_repr(), *parts] if self.extra_repr() else parts)
        return f"{type(self).__name__}(\n  {inside}\n)" if parts else f"{type(self).__name__}({inside})"
