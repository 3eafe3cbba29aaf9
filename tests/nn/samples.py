"""PyTorch's own test inputs, `op_db` and `module_db`, given to both libraries: `python tests/nn/samples.py` counts.

An input is right if values and gradients are those of PyTorch, refused if ours raises where PyTorch computes, and wrong
otherwise. Counted are the operations and modules below, in float64: those that exist here under PyTorch's name.
"""

from __future__ import annotations

import itertools
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch.testing._internal.common_methods_invocations import op_db
from torch.testing._internal.common_modules import module_db

from tplib import nn

# PyTorch's test modules forbid to set backends' flags, in all of this process; other tests set them.
torch.backends.disable_global_flags.__globals__["__allow_nonbracketed_mutation_flag"] = True

F = nn.functional
# Operations of `op_db` that are a tensor's method, an operator or a function of tplib.nn.
METHODS = [
    *("abs", "amax", "amin", "argmax", "argmin", "clone", "cos", "cumsum", "exp", "expand", "flatten", "gather", "log"),
    *("log_softmax", "masked_fill", "matmul", "mean", "norm", "permute", "pow", "reshape", "sigmoid", "sin", "softmax"),
    *("sqrt", "squeeze", "std", "sum", "swapaxes", "tanh", "transpose", "unsqueeze", "var", "view"),
    *("all", "any", "argsort", "bmm", "bool", "chunk", "contiguous", "dot", "double", "expand_as", "flip", "float"),
    *("index_select", "int", "isfinite", "isinf", "isnan", "logsumexp", "long", "masked_select", "mm", "reciprocal"),
    *("repeat", "reshape_as", "rsqrt", "sort", "split", "square", "t", "topk", "unbind", "view_as"),
]
SPECIAL: dict[str, Callable[..., Any]] = {
    "__getitem__": lambda x, key: x[key],
    "__radd__": lambda x, y: y + x,
    "__rdiv__": lambda x, y: y / x,
    "__rmatmul__": lambda x, y: y @ x,
    "__rmul__": lambda x, y: y * x,
    "__rpow__": lambda x, y: y**x,
    "__rsub__": lambda x, y: y - x,
    "add": lambda x, y, alpha=1: x + (y if alpha == 1 else y * alpha),
    "cat": lambda xs, dim=0: nn.concatenate(xs, dim),
    "clamp": lambda x, min=None, max=None: x.clamp(min, max),
    "div": lambda x, y: x / y,
    "nn.functional.embedding": lambda weight, ids, **options: F.embedding(ids, weight, **options),
    "nn.functional.embedding_bag": lambda weight, ids, *rest, **options: F.embedding_bag(ids, weight, *rest, **options),
    "eq": lambda x, y: x == y,
    "ge": lambda x, y: x >= y,
    "gt": lambda x, y: x > y,
    "le": lambda x, y: x <= y,
    "lt": lambda x, y: x < y,
    "max": lambda x, *args, **options: x.max(*args, **options),
    "mT": lambda x: x.mT,
    "min": lambda x, *args, **options: x.min(*args, **options),
    "mul": lambda x, y: x * y,
    "ne": lambda x, y: x != y,
    "neg": lambda x: -x,
    "stack": lambda xs, dim=0: nn.stack(xs, dim),
    "sub": lambda x, y, alpha=1: x - (y if alpha == 1 else y * alpha),
    "where": lambda x, condition, y: nn.where(condition, x, y),
}
# Not comparable: they draw random numbers.
RANDOM = {"nn.functional.dropout"}
# Left out of the count: variants of another operation that share its name.
VARIANTS = {("max", "binary"), ("min", "binary"), ("div", "trunc_rounding"), ("div", "floor_rounding"), ("norm", "nuc")}


def operations() -> Iterator[tuple[str, Any, Callable[..., Any]]]:
    """PyTorch's name, its OpInfo, and ours."""
    for op in op_db:
        if (
            op.name in RANDOM
            or (op.name, op.variant_test_name) in VARIANTS
            or not op.supports_dtype(torch.float64, "cpu")
        ):
            continue
        name = f"{op.name}.{op.variant_test_name}" if op.variant_test_name else op.name
        if op.name in SPECIAL:
            yield name, op, SPECIAL[op.name]
        elif op.name in METHODS and hasattr(nn.Tensor, op.name):
            yield name, op, lambda x, *a, method=op.name, **k: getattr(x, method)(*a, **k)
        elif op.name.startswith("nn.functional.") and op.name.removeprefix("nn.functional.") in F.__all__:
            yield name, op, getattr(F, op.name.removeprefix("nn.functional."))


def modules() -> Iterator[tuple[str, Any, type[nn.Module]]]:
    for info in module_db:
        name = info.module_cls.__name__
        if info.module_cls is getattr(torch.nn, name, None) and hasattr(nn, name):
            yield f"nn.{name}", info, getattr(nn, name)


def ours_of(value: Any) -> Any:
    """Tensors of PyTorch, also in tuples, lists and dicts, as ours."""
    if isinstance(value, torch.Tensor):
        tensor = nn.Tensor(value.detach().numpy().copy())
        return tensor.requires_grad_() if value.requires_grad else tensor
    if isinstance(value, tuple | list):
        return type(value)(map(ours_of, value)) if not hasattr(value, "_fields") else tuple(map(ours_of, value))
    if isinstance(value, torch.nn.Module):
        return nn.from_torch(value)
    if callable(value) and getattr(torch.nn.functional, getattr(value, "__name__", ""), None) is value:
        return getattr(F, value.__name__)
    if isinstance(value, dict):
        return {key: ours_of(part) for key, part in value.items()}
    return (
        {torch.float64: np.float64, torch.float32: np.float32, torch.int64: np.int64}.get(value, value)
        if isinstance(value, torch.dtype)
        else value
    )


def tensors_of(value: Any, kind: type) -> list[Any]:
    if isinstance(value, kind):
        return [value]
    if isinstance(value, tuple | list):
        return [tensor for part in value for tensor in tensors_of(part, kind)]
    if isinstance(value, dict):
        return tensors_of(list(value.values()), kind)
    return []


def judge(theirs: Callable[..., Any], ours: Callable[..., Any], args: Any, kwargs: Any) -> tuple[str, str]:
    """ "right", "wrong", "refused" or "no" (PyTorch refuses too), and what was said."""
    args = torch.utils._pytree.tree_map_only(torch.Tensor, _leaf, args)
    kwargs = torch.utils._pytree.tree_map_only(torch.Tensor, _leaf, kwargs)
    mine_args, mine_kwargs = ours_of(args), ours_of(kwargs)
    try:
        expected = tensors_of(theirs(*args, **kwargs), torch.Tensor)
    except Exception as error:
        return "no", str(error)
    try:
        got = tensors_of(ours(*mine_args, **mine_kwargs), nn.Tensor)
    except Exception as error:
        return "refused", f"{type(error).__name__}: {error}"
    rng = np.random.default_rng(0)
    if len(got) != len(expected):
        return "wrong", f"{len(got)} results, expected {len(expected)}"
    total, mine_total = torch.zeros((), dtype=torch.float64), nn.Tensor(np.zeros(()))
    for mine, other in zip(got, expected, strict=True):
        if mine.shape != tuple(other.shape) or not _close(mine.data, other.detach().numpy()):
            return "wrong", f"values, {mine.shape} and {tuple(other.shape)}"
        if other.requires_grad and other.is_floating_point():
            cotangent = rng.normal(size=mine.shape)
            total = total + (other * torch.tensor(cotangent)).sum()
            if not mine.requires_grad:
                return "wrong", "no gradient"
            mine_total = mine_total + (mine * cotangent).sum()
    if not total.requires_grad:
        return "right", ""
    total.backward()
    try:
        mine_total.backward()
    except Exception as error:
        return "wrong", f"backward: {type(error).__name__}: {error}"
    leaves, mine_leaves = tensors_of((args, kwargs), torch.Tensor), tensors_of((mine_args, mine_kwargs), nn.Tensor)
    for leaf, mine in zip(leaves, mine_leaves, strict=True):
        if leaf.grad is None and mine.grad is None:
            continue
        a = np.zeros(mine.shape) if mine.grad is None else np.asarray(mine.grad)
        b = np.zeros(mine.shape) if leaf.grad is None else leaf.grad.to_dense().numpy()
        if not _close(a, b):
            return "wrong", "gradients"
    return "right", ""


def _leaf(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.detach().clone().requires_grad_(tensor.requires_grad and tensor.is_floating_point())


def _close(a: Any, b: Any) -> bool:
    return bool(np.allclose(a, b, rtol=1e-7, atol=1e-8, equal_nan=True))


def results(most: int | None = None) -> Iterator[tuple[str, str, str]]:
    """For each input, at most so many of each operation: the operation, the verdict, and what was said."""
    warnings.simplefilter("ignore")
    for name, op, ours in operations():
        inputs = op.sample_inputs("cpu", torch.float64, requires_grad=op.supports_autograd)
        for sample in itertools.islice(inputs, most):
            if sample.kwargs.get("dropout_p") or "memory_format" in sample.kwargs:
                continue  # random; channels_last
            yield name, *judge(op.op, ours, (sample.input, *sample.args), sample.kwargs)
    for name, info, kind in modules():
        for training in (True, False):
            inputs = info.module_inputs_func(info, "cpu", torch.float64, True, training)
            for one in itertools.islice(inputs, most):
                built = one.constructor_input
                yield name, *_judge_module(info.module_cls, kind, built, one.forward_input, training)


def _judge_module(theirs: Any, ours: Any, built: Any, given: Any, training: bool) -> tuple[str, str]:
    torch.manual_seed(0)
    oracle = theirs(*built.args, **built.kwargs).double().train(training)
    options = {k: v for k, v in built.kwargs.items() if k not in ("device", "dtype")}
    try:
        module = ours(*ours_of(built.args), **ours_of(options)).double().train(training)
        module.load_state_dict(oracle.state_dict())
    except Exception as error:
        return "refused", f"{type(error).__name__}: {error}"
    return judge(oracle, module, given.args, given.kwargs)


def count() -> tuple[Counter[str], dict[str, Counter[str]], list[tuple[str, str, str]]]:
    total: Counter[str] = Counter()
    by_name: dict[str, Counter[str]] = {}
    rest = []
    for name, verdict, said in results():
        if verdict == "no":
            continue
        total[verdict] += 1
        by_name.setdefault(name, Counter())[verdict] += 1
        if verdict != "right":
            rest.append((name, verdict, said))
    return total, by_name, rest


if __name__ == "__main__":
    total, by_name, rest = count()
    for name, verdict, said in rest:
        print(f"{verdict:8} {name:40} {' '.join(said.split())[:150]}")
    print(f"{len(by_name)} operations and modules, {sum(total.values())} inputs: {dict(total)}")
    print(f"right: {total['right'] / sum(total.values()):.1%}")
