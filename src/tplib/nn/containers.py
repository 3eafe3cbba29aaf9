"""Modules that hold others: Sequential, ModuleList, ModuleDict; and Flatten and Identity, which have no parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self

from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.module import Module


class _Listed(Module):
    """Modules in an order, under the keys "0", "1", ...: what Sequential and ModuleList share."""

    def append(self, module: Module) -> Self:
        self.add_module(str(len(self)), _module(type(self).__name__, module))
        return self

    def extend(self, modules: Iterable[Module]) -> Self:
        for module in modules:
            self.append(module)
        return self

    def insert(self, index: int, module: Module) -> Any:
        listed = list(self)
        listed.insert(index, _module(type(self).__name__, module))
        self._fill(listed)
        return self

    def pop(self, index: int = -1) -> Module:
        listed = list(self)
        taken = listed.pop(index)
        self._fill(listed)
        return taken

    def __getitem__(self, index: int | slice) -> Any:
        return self._part(index) if isinstance(index, slice) else list(self)[index]

    def _part(self, index: slice) -> Any:
        raise NotImplementedError

    def __setitem__(self, index: int, module: Module) -> None:
        self.add_module(list(self._modules)[index], _module(type(self).__name__, module))

    def __delitem__(self, index: int | slice) -> None:
        listed = list(self)
        del listed[index]
        self._fill(listed)

    def __add__(self, other: Iterable[Module]) -> Self:
        return type(self)().extend([*self, *other])

    def __iadd__(self, other: Iterable[Module]) -> Self:
        return self.extend(list(other))

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[Module]:
        return iter(list(self._modules.values()))  # type: ignore[arg-type]

    def __contains__(self, module: object) -> bool:
        return any(module is one for one in self)

    def _fill(self, modules: list[Module]) -> None:
        for name in list(self._modules):
            delattr(self, name)
        self.extend(modules)


class Sequential(_Listed):
    """Modules applied one after the other; keys "0.weight", "1.weight", ..., or the names of a dict."""

    def __init__(self, *modules: Any) -> None:
        super().__init__()
        named = modules[0].items() if len(modules) == 1 and isinstance(modules[0], dict) else enumerate(modules)
        for name, module in named:
            if not isinstance(module, Module):
                raise TypeError(f"Sequential: expected modules, got {type(module).__name__} at position {name}")
            self.add_module(str(name), module)

    def forward(self, input: TensorLike) -> Any:
        for module in self._modules.values():
            input = module(input)  # type: ignore[misc]
        return input

    def _part(self, index: slice) -> Sequential:
        return Sequential(dict(list(self._modules.items())[index]))


class ModuleList(_Listed):
    """Modules in a list, registered with the module that holds it; keys "0.weight", "1.weight", ..."""

    def __init__(self, modules: Iterable[Module] | None = None) -> None:
        super().__init__()
        self.extend(modules or ())

    def _part(self, index: slice) -> ModuleList:
        return ModuleList(list(self)[index])


class ModuleDict(Module):
    """Modules by name, registered with the module that holds it."""

    def __init__(self, modules: Mapping[str, Module] | Iterable[tuple[str, Module]] | None = None) -> None:
        super().__init__()
        self.update(modules or {})

    def update(self, modules: Mapping[str, Module] | Iterable[tuple[str, Module]]) -> None:
        for name, module in modules.items() if isinstance(modules, Mapping) else modules:
            self[name] = module

    def __getitem__(self, name: str) -> Any:
        return self._modules[name]

    def __setitem__(self, name: str, module: Module) -> None:
        if hasattr(Module, name) or hasattr(ModuleDict, name):
            raise KeyError(f"ModuleDict: {name!r} is the name of a method; choose another")
        self.add_module(name, _module("ModuleDict", module))

    def __delitem__(self, name: str) -> None:
        delattr(self, name)

    def pop(self, name: str) -> Any:
        taken = self._modules[name]
        delattr(self, name)
        return taken

    def clear(self) -> None:
        for name in list(self._modules):
            delattr(self, name)

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._modules))

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def keys(self) -> Any:
        return self._modules.keys()

    def values(self) -> Any:
        return self._modules.values()

    def items(self) -> Any:
        return self._modules.items()


def _module(owner: str, module: Any) -> Module:
    if not isinstance(module, Module):
        raise TypeError(f"{owner}: expected a module, got {type(module).__name__}")
    return module


class Identity(Module):
    """Its input; arguments of the constructor are left aside, as in PyTorch, so that it can stand for any layer."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__()

    def forward(self, input: TensorLike) -> Tensor:
        return as_tensor(input)


class Flatten(Module):
    """(B, d1, d2, ...) -> (B, d1 d2 ...), or the axes from `start_dim` to `end_dim`."""

    def __init__(self, start_dim: int = 1, end_dim: int = -1) -> None:
        super().__init__()
        self.start_dim, self.end_dim = start_dim, end_dim

    def forward(self, input: TensorLike) -> Tensor:
        return as_tensor(input).flatten(self.start_dim, self.end_dim)

    def extra_repr(self) -> str:
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"
