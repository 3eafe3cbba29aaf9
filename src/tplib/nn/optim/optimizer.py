"""What all optimisers share: groups of parameters with options, a memory for each parameter, and its transport."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar

from tplib.nn.arguments import CHECKS, CheckedOptions, check_options
from tplib.nn.graph.graph import Array
from tplib.nn.graph.recording import enable_grad
from tplib.nn.graph.sparse_rows import SparseRows
from tplib.nn.graph.tensor import Tensor, clear_gradients
from tplib.nn.optim.state import SWITCHES, copied, in_numbers, remembered

# What schedules keep in the groups of parameters.
OF_SCHEDULES = ("initial_lr", "max_lr", "min_lr", "max_momentum", "base_momentum")


class Optimizer(CheckedOptions):
    """Keeps groups of parameters with their options, and what each rule remembers about a parameter.

    `params` is an iterable of Tensors, or of dicts {"params": [...], "lr": ...} with options of their own. The options
    in use are in `param_groups`; changing `param_groups[0]["lr"]` changes the learning rate. A rule of your own gives
    its defaults as a dict, as in PyTorch, and defines `step` or, on arrays, `update`.
    """

    param_groups: list[dict[str, Any]]
    state: defaultdict[Any, dict[str, Any]]  # of each parameter that was changed
    defaults: dict[str, Any]
    decoupled: ClassVar[bool] = False  # whether weight decay shrinks the parameter and not, as L2, adds to the gradient
    remembers: ClassVar[tuple[str, ...]] = ()  # the names of a rule's arrays, each in its parameter's shape

    def __init__(self, params: Iterable[Any], defaults: Mapping[str, Any] | None = None, **options: Any) -> None:
        name = type(self).__name__
        if isinstance(params, Tensor):
            raise TypeError(f"{name}: expected an iterable of parameters, got one tensor; put it in a list")
        if not isinstance(params, Iterable):
            hint = "; give its parameters()" if hasattr(params, "parameters") else ""
            raise TypeError(f"{name}: expected an iterable of parameters, got {params!r}{hint}")
        groups = list(params)
        if not groups:
            raise ValueError(f"{name}: there are no parameters to optimise; is the module's parameters() used up?")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        self.param_groups, self.state, self.defaults = [], defaultdict(dict), {**(defaults or {}), **options}
        for group in groups:
            self.add_param_group(group)

    def __repr__(self) -> str:
        lines = [type(self).__name__ + " ("]
        for i, group in enumerate(self.param_groups):
            lines.append(f"Parameter Group {i}")
            lines += [f"    {option}: {group[option]}" for option in sorted(group) if option != "params"]
        return "\n".join([*lines, ")"])

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Optimise further parameters, with the options of the dict or else the defaults."""
        name, group = type(self).__name__, {**self.defaults, **param_group}
        group = check_options(self, group)
        self._check_group(group)
        listed = group["params"]
        group["params"] = [listed] if isinstance(listed, Tensor) else list(listed)
        known = set(self._parameters())
        for p in group["params"]:
            if not isinstance(p, Tensor) or not p.is_leaf:
                raise TypeError(f"{name}: expected leaf tensors such as a module's parameters(), got {p!r}")
            if p in known:
                raise ValueError(f"{name}: a parameter appears twice")
            known.add(p)
        self.param_groups.append(group)

    def _check_group(self, group: dict[str, Any]) -> None:
        """Refuse options of a group that no rule can use."""
        name = type(self).__name__
        for option in ("lr", "eps", "weight_decay", "momentum", "lr_decay"):
            value = CHECKS["float | None"](f"{name}: expected {option} to be", group.get(option))
            if value is not None and not value >= 0:
                raise ValueError(f"{name}: {option} must not be negative or NaN, got {value}")

    def zero_grad(self, set_to_none: bool = True) -> None:
        clear_gradients(self._parameters(), set_to_none)

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Change every parameter that has a gradient, in place.

        `closure`, if given, first computes the loss and its gradients; its loss is returned.
        """
        if closure is None:
            return self._step()
        with enable_grad():
            loss = closure()
        self._step()
        return loss

    def _step(self) -> None:
        for given in self.param_groups:
            group = in_numbers(given)
            maximize, weight_decay = group.get("maximize", False), group.get("weight_decay", 0)
            for p in group["params"]:
                grad: Any = p.grad.data if isinstance(p.grad, Tensor) else p.grad
                if grad is None:
                    continue
                data, memory = p._data, self.state.get(p)
                state = {} if memory is None else memory
                if maximize:
                    grad = -grad
                if type(grad) is SparseRows and (weight_decay or group.get("momentum")):
                    grad = grad.to_dense()  # these change every row
                if type(grad) is SparseRows:
                    self.update_rows(data, grad.coalesce(), state, group)
                else:
                    if data.ndim == 0:  # arithmetic on 0-d arrays gives scalars, which out= refuses
                        data, grad = data.reshape(1), grad.reshape(1)
                    if weight_decay and not self.decoupled:
                        grad = grad + weight_decay * data
                    self.update(data, grad, state, group)
                if state and memory is None:
                    self.state[p] = state
                p._changed()

    def update(self, p: Array, grad: Array, state: dict[str, Any], group: dict[str, Any]) -> None:
        """Change the array `p`, given its gradient (which stays as it is)."""
        raise NotImplementedError

    def update_rows(self, p: Array, grad: SparseRows, state: dict[str, Any], group: dict[str, Any]) -> None:
        """Change the rows of `p` that have a gradient, each listed once."""
        raise RuntimeError(
            f"{type(self).__name__}: cannot use the row-sparse gradient of an embedding; take SGD or Adagrad, "
            "or build the embedding without sparse=True"
        )

    def state_dict(self) -> dict[str, Any]:
        """Copies of the options and of what is remembered, in PyTorch's form: parameters are numbered in order."""
        number = {p: i for i, p in enumerate(self._parameters())}
        return {
            "state": {number.get(p, p): copied(kept) for p, kept in self.state.items() if kept},
            "param_groups": [
                copied({**group, "params": [number[p] for p in group["params"]]}) for group in self.param_groups
            ],
        }

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        """Continue from what `state_dict()` gave, ours or PyTorch's, for the same parameters in the same order.

        Raises ValueError if the groups are of other sizes, or a remembered array has another shape than its parameter.
        """
        name, groups = type(self).__name__, state_dict["param_groups"]
        sizes, own_sizes = [len(group["params"]) for group in groups], [len(g["params"]) for g in self.param_groups]
        if sizes != own_sizes:
            raise ValueError(f"{name}: expected parameter groups of sizes {own_sizes}, got {sizes}")
        given = [number for group in groups for number in group["params"]]
        of_number = dict(zip(given, self._parameters(), strict=True))
        state: defaultdict[Any, dict[str, Any]] = defaultdict(dict)
        for number, kept in state_dict["state"].items():
            p = of_number.get(number)
            if p is None:
                state[number] = copied(kept)
            elif kept:
                state[p] = remembered(self, kept, p, on_arrays=type(self).update is not Optimizer.update)
        for own, group in zip(self.param_groups, groups, strict=True):
            for option in OF_SCHEDULES:
                own.pop(option, None)
            own.update({k: copied(v) for k, v in group.items() if k != "params" and (k in own or k not in SWITCHES)})
        self.__setstate__({"state": state, "param_groups": self.param_groups})

    def __setstate__(self, state: dict[str, Any]) -> None:
        """What is loaded or unpickled; a rule of one's own may add options here that older files have not."""
        vars(self).update(state)

    def _parameters(self) -> Iterator[Tensor]:
        return (p for group in self.param_groups for p in group["params"])
