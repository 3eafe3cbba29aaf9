"""save and load: nested dicts, lists, numbers, strings and arrays in one file, without pickles."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from tplib.errors import TplibError
from tplib.files import write_atomically
from tplib.nn.graph.graph import Array
from tplib.nn.graph.tensor import Tensor

FACTS = "facts"  # the archive's entry for everything but the arrays, as JSON


def save(obj: Any, f: str | os.PathLike[str]) -> None:
    """Write `obj`, such as a `state_dict()` or a dict of several, to the file `f` as a NumPy archive (npz).

    It may hold dicts, lists, tuples, numbers, strings, None, arrays and Tensors. The file appears whole or not at all:
    whoever cuts the program off keeps the former one. TypeError for anything else.
    """
    arrays: dict[str, Array] = {}
    facts = json.dumps(_pack(obj, ("state",), arrays))
    arrays[FACTS] = np.frombuffer(facts.encode(), np.uint8)
    write_atomically(Path(f), lambda file: np.savez(file, **arrays))  # type: ignore[arg-type]


def load(f: str | os.PathLike[str]) -> Any:
    """What `save` wrote, equal to the last bit; Tensors require no gradient.

    TplibError if the file is not such an archive, or is damaged.
    """
    try:
        with open(f, "rb") as file, np.load(file, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        return _unpack(json.loads(arrays[FACTS].tobytes()), arrays)
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError, EOFError, AttributeError, zipfile.BadZipFile) as error:
        raise TplibError(
            f"{os.fspath(f)} is not a file that tplib.nn.save wrote, or it is damaged; delete it and train again"
        ) from error


def _pack(obj: Any, path: tuple[str, ...], arrays: dict[str, Array]) -> Any:
    """The JSON form: numbers and strings as they are, anything that holds others as [kind, contents]."""
    if obj is None or type(obj) in (bool, int, float, str):
        return obj
    if isinstance(obj, dict):
        pairs = [[_pack_key(k, path), _pack(v, (*path, str(k)), arrays)] for k, v in obj.items()]
        return ["dict", pairs]
    if isinstance(obj, list | tuple):
        return [
            "tuple" if isinstance(obj, tuple) else "list",
            [_pack(v, (*path, str(i)), arrays) for i, v in enumerate(obj)],
        ]
    kind = "tensor" if isinstance(obj, Tensor) else "array"
    array = np.asarray(obj.data if isinstance(obj, Tensor) else obj)
    if array.dtype.kind not in "biufcSU":
        raise TypeError(f"save: cannot write a {type(obj).__name__} (at {'/'.join(path)}); give its state_dict()")
    name = str(len(arrays))  # not the path: an archive does not keep every name, such as one with a zero byte
    arrays[name] = array
    return [kind, name]


def _pack_key(key: Any, path: tuple[str, ...]) -> Any:
    key = key.item() if isinstance(key, np.generic) else key
    if isinstance(key, tuple):
        return ["tuple", [_pack_key(part, path) for part in key]]
    for kind in (bool, int, float):
        if isinstance(key, kind):
            return kind(key)
    if key is None or isinstance(key, str):
        return None if key is None else str.__str__(key)
    raise TypeError(f"save: {type(key).__name__} cannot be a key (at {'/'.join(path)}); use a string or a number")


def _unpack(packed: Any, arrays: dict[str, Array]) -> Any:
    if not isinstance(packed, list):
        return packed
    kind, contents = packed
    if kind == "array":
        return arrays[contents]
    if kind == "tensor":
        return Tensor(arrays[contents])
    if kind == "dict":
        return {_unpack(k, arrays): _unpack(v, arrays) for k, v in contents}
    return {"list": list, "tuple": tuple}[kind](_unpack(v, arrays) for v in contents)
