"""How the answers of TP8-HFTrain/5_gpu are watched: plain values in and out; nothing here tells what is right.

No GPU is needed: `meta` is a device that holds shapes only, and a pretended device has a clock and a queue of its own.
`look` says what of an answer to report; "values" is what it computes.
"""

import re
from collections import UserDict, namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_sequence

from tplib.graders import modules


def device(candidate: Any, counts: dict[str, int], wanted: str | None = None, look: str = "values") -> Any:
    """The device by its name; wanted None leaves it to its default."""
    try:
        found = candidate(counts) if wanted is None else candidate(counts, wanted)
    except ValueError:
        return "ValueError"
    if look == "type":
        return {"kind of the result": type(found).__name__}
    return str(found) if isinstance(found, torch.device | str) else found


def moved(candidate: Any, batch: Any, device: str, look: str = "values") -> Any:
    given = built(batch)
    before = str(described(given))
    found = candidate(given, torch.device(device))
    if look == "input":
        return {"the batch afterwards": "as it was" if str(described(given)) == before else "changed"}
    return described(found)


def built(value: Any) -> Any:
    """Arrays become tensors; {"named tuple": fields}, {"packed": texts} and {"tokenised": columns} what they say."""
    if isinstance(value, np.ndarray):
        return modules.tensor(value)
    if isinstance(value, dict) and set(value) == {"named tuple"}:
        fields = value["named tuple"]
        return namedtuple("Batch", fields)(**{name: built(item) for name, item in fields.items()})
    if isinstance(value, dict) and set(value) == {"packed"}:
        return pack_sequence([modules.tensor(text) for text in value["packed"]], enforce_sorted=False)
    if isinstance(value, dict) and set(value) == {"tokenised"}:
        return Tokenised(built(value["tokenised"]))
    if isinstance(value, dict):
        return {key: built(item) for key, item in value.items()}
    return type(value)(map(built, value)) if isinstance(value, list | tuple) else value


class Tokenised(UserDict):  # type: ignore[type-arg]
    """What a tokeniser returns, in short: columns in a mapping that is no dict and has a `to` of its own."""

    asked = "never asked for"

    def to(self, device: Any, **settings: Any) -> "Tokenised":
        moved = Tokenised({name: column.to(device) for name, column in self.items()})
        moved.asked = f"asked for {device}"
        return moved


def described(value: Any, name: str = "the batch") -> dict[str, Any]:
    """What stands at each place of a batch, in words: tensors with their device, and their values if they have some."""
    inside: dict[str, Any] = {}
    more: dict[str, Any] = {}
    if isinstance(value, Tensor):
        kind = f"a tensor of {short(value.dtype)} and shape {tuple(value.shape)} on {value.device}"
        more = {f"values of {name}": modules.array(value)} if value.device.type == "cpu" else {}
    elif isinstance(value, PackedSequence):
        kind, inside = f"a packed sequence, its batch sizes on {value.batch_sizes.device}", {".data": value.data}
    elif isinstance(value, Tokenised):
        kind, inside = f"what a tokeniser returned, its `to` {value.asked}", _columns(value)
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        kind = f"a named tuple of {', '.join(value._fields)}"
        inside = {f".{field}": item for field, item in zip(value._fields, value, strict=True)}
    elif isinstance(value, dict):
        kind, inside = f"a dict of {', '.join(map(repr, value)) or 'nothing'}", _columns(value)
    elif isinstance(value, list | tuple):
        kind, inside = f"a {type(value).__name__} of {len(value)}", {f"[{i}]": item for i, item in enumerate(value)}
    else:
        kind = re.sub(" at 0x[0-9a-f]+", "", repr(value))  # an address differs each time
    places = {name: kind, **more}
    for place, item in inside.items():
        places |= described(item, name + place)
    return places


def _columns(value: Any) -> dict[str, Any]:
    return {f"[{key!r}]": item for key, item in value.items()}


LAUNCH = 0.001  # seconds that a call takes to hand its work to the pretended device


class PretendedDevice:
    """Works off a queue while the program goes on; its time passes when somebody asks for work, or waits for it."""

    def __init__(self, durations: list[float], pending: float) -> None:
        self.durations, self.now, self.free = durations, 100.0, 100.0 + pending
        self.calls = self.readings = 0

    def work(self) -> None:
        duration = self.durations[min(self.calls, len(self.durations) - 1)]
        self.calls += 1
        self.now += LAUNCH
        self.free = max(self.now, self.free) + duration

    def synchronize(self, device: Any = None) -> None:
        self.now = max(self.now, self.free)

    def clock(self) -> float:
        self.readings += 1
        return self.now


def timing(candidate: Any, durations: np.ndarray, pending: float, repeats: int | None, warmup: int | None) -> Any:
    """What is reported of calls of these lengths, on a device that still works for `pending` seconds."""
    gpu = PretendedDevice(durations.tolist(), pending)
    given = {name: value for name, value in (("repeats", repeats), ("warmup", warmup)) if value is not None}
    seconds = candidate(gpu.work, gpu.synchronize, gpu.clock, **given)
    if not gpu.readings:
        return {"time is read from": "another clock", "calls of the function": gpu.calls}
    return {"time is read from": "the given clock", "seconds": seconds, "calls of the function": gpu.calls}


class Probe(nn.Module):
    """A linear model; it notes the dtype of its scores, and whether short floats were on in each backward pass."""

    def __init__(self, weight: np.ndarray, bias: np.ndarray) -> None:
        super().__init__()
        self.linear = nn.Linear(weight.shape[1], weight.shape[0])
        modules.load(self.linear.parameters(), [weight, bias])
        self.scores: list[str] = []
        self.backward: list[str] = []

    def forward(self, x: Tensor) -> Tensor:
        scores: Tensor = self.linear(x)
        self.scores.append(short(scores.dtype))
        if scores.requires_grad:
            scores.register_hook(lambda gradient: self.backward.append(autocast()))
        return scores


def short(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def autocast() -> str:
    return "on" if torch.is_autocast_enabled("cpu") else "off"


def step(
    candidate: Any,
    model: dict[str, Any],
    batches: list[tuple[np.ndarray, np.ndarray]],
    loss_fn: str,
    dtype: str,
    scale: float | None,
    max_norm: float | None,
    look: str = "values",
) -> Any:
    """One step for each batch. The scale doubles after a step; max_norm None leaves it to its default."""
    with modules.repeatable():
        probe = Probe(model["weight"], model["bias"])
        if look == "old gradients":
            for parameter in probe.parameters():
                parameter.grad = torch.ones_like(parameter)
        training = bool(model.get("training", True))
        probe.train(training)
        optimizer = torch.optim.SGD(probe.parameters(), lr=0.5)
        scaler = None if scale is None else torch.amp.GradScaler("cpu", init_scale=scale, growth_interval=1)
        measured: list[str] = []
        loss = noting(getattr(F, loss_fn), measured)
        more = {} if max_norm is None else {"max_norm": max_norm}
        pairs = [(modules.tensor(x), modules.tensor(y)) for x, y in batches]
        short_dtype = getattr(torch, dtype)
        found = [candidate(probe, x, y, optimizer, loss, short_dtype, scaler, **more) for x, y in pairs]
    if look == "input":
        return {
            "batches afterwards": "as they were" if modules.same_batches(pairs, batches) else "changed",
            "mode afterwards": "as it was" if {m.training for m in probe.modules()} == {training} else "changed",
        }
    if look == "type":
        return {"losses are": [kind(value) for value in found]}
    if look == "backward":
        return {"short floats in backward": probe.backward}
    losses = [value.item() if isinstance(value, Tensor) and value.numel() == 1 else value for value in found]
    return {
        "parameters": short(probe.linear.weight.dtype),
        "scores": probe.scores,
        "short floats in the loss": measured,
        "losses": losses,
        "weight": modules.array(probe.linear.weight.float()),
        "bias": modules.array(probe.linear.bias.float()),
        "scale": 1.0 if scaler is None else scaler.get_scale(),
    }


def noting(loss_fn: Callable[[Tensor, Tensor], Tensor], measured: list[str]) -> Callable[[Tensor, Tensor], Tensor]:
    """The same loss; it notes whether autocast was on."""

    def loss(scores: Tensor, y: Tensor) -> Tensor:
        measured.append(autocast())
        return loss_fn(scores, y)

    return loss


def kind(value: Any) -> str:
    if isinstance(value, Tensor):
        return "tensors with their graph" if value.requires_grad else "tensors"
    return "numbers"
