"""Arguments of `TrainingArguments` under their names in `transformers` 4 and 5, for whichever is installed."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Collection
from typing import Any

from tplib.errors import TplibError
from tplib.hf import settings

RENAMED = {  # in transformers 4 -> in 5
    "evaluation_strategy": "eval_strategy",
    "include_inputs_for_metrics": "include_for_metrics",
    "no_cuda": "use_cpu",
    "per_gpu_eval_batch_size": "per_device_eval_batch_size",
    "per_gpu_train_batch_size": "per_device_train_batch_size",
    "tokenizer": "processing_class",
    "torch_dtype": "dtype",
    "warmup_ratio": "warmup_steps",
    "group_by_length": "train_sampling_strategy",
}
GONE = {  # of transformers 4, with what holds in 5
    "logging_dir": "set the environment variable of your logger instead",
    "overwrite_output_dir": "name an empty folder as `output_dir` instead",
    "save_safetensors": "models are always saved so",
}
_VALUES: dict[str, Callable[[Any], Any]] = {  # where the value changed with the name; the same for both directions
    "include_inputs_for_metrics": lambda value: ["inputs"] if value else [],
    "group_by_length": lambda value: "group_by_length" if value else "random",
}
_BACK: dict[str, Callable[[Any], Any]] = {
    "include_for_metrics": lambda value: "inputs" in value,
    "train_sampling_strategy": lambda value: value == "group_by_length",
}


def named(given: dict[str, Any], known: Collection[str], what: str = "TrainingArguments") -> dict[str, Any]:
    """`given` with names that are in `known`, whichever version they come from.

    Raises TplibError, a sentence, for a name of neither version, or for one argument under both names.
    """
    result: dict[str, Any] = {}
    for name, value in given.items():
        new = name
        if name == "warmup_steps" and "warmup_ratio" in known and 0 < value < 1:
            new = "warmup_ratio"  # since 5 one name for a number of steps and for a share of all
        elif name not in known or (RENAMED.get(name) in known and name != "warmup_ratio"):  # 4 warns of its old names
            new, value = _translated(name, value, known, what)
        if new in result or (new != name and new in given):
            raise TplibError(f"{what}: {name!r} and {new!r} are one argument under two names. Give one of them.")
        result[new] = value
    return result


def _translated(name: str, value: Any, known: Collection[str], what: str) -> tuple[str, Any]:
    if name in RENAMED and RENAMED[name] in known:
        return RENAMED[name], _VALUES.get(name, _same)(value)
    for old, new in RENAMED.items():
        if new == name and old in known:
            return old, _BACK.get(name, _same)(value)
    if name in GONE:
        raise TplibError(f"{what} has no argument {name!r} in this version of transformers: {GONE[name]}.")
    near = difflib.get_close_matches(name, [*known, *RENAMED], n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise TplibError(f"{what} has no argument {name!r}.{hint}")


def _same(value: Any) -> Any:
    return value


def training_arguments(output_dir: Any, **given: Any) -> Any:
    """`transformers.TrainingArguments` that report nowhere, draw no bars and pin no memory unless asked to.

    given: arguments under the names of transformers 4 or 5; those stated win over the defaults of this function.
    """
    settings.require()
    import torch
    from transformers import TrainingArguments

    quiet = {"report_to": "none", "disable_tqdm": True, "dataloader_pin_memory": torch.cuda.is_available()}
    known = inspect.signature(TrainingArguments).parameters
    return TrainingArguments(output_dir=str(output_dir), **{**quiet, **named(given, known)})


def trainer(**given: Any) -> Any:
    """`transformers.Trainer` with arguments under the names of transformers 4 or 5, which prints no log lines."""
    settings.require()
    from transformers import PrinterCallback, Trainer

    made = Trainer(**named(given, inspect.signature(Trainer).parameters, "Trainer"))
    made.remove_callback(PrinterCallback)
    return made
