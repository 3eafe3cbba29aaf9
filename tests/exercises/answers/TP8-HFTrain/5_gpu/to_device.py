# exercise: to_device

# %% right: make
# style: _make for named tuples, a list for each
def to_device(batch, device):
    if callable(getattr(batch, "to", None)):
        return batch.to(device)
    if type(batch) == dict:
        out = {}
        for k in batch:
            out[k] = to_device(batch[k], device)
        return out
    if type(batch) == list:
        return [to_device(b, device) for b in batch]
    if isinstance(batch, tuple):
        moved = [to_device(b, device) for b in batch]
        return batch._make(moved) if hasattr(batch, "_make") else tuple(moved)
    return batch

# %% right: keyword
# style: device as a keyword, fields by name
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device=device, non_blocking=False)
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return type(batch)((k, to_device(v, device)) for k, v in batch.items())
    if hasattr(batch, "_fields"):
        return batch._replace(**{f: to_device(getattr(batch, f), device) for f in batch._fields})
    if isinstance(batch, list) or isinstance(batch, tuple):
        return batch.__class__([to_device(v, device) for v in batch])
    return batch

# %% right: inner
# style: an inner function and map
def to_device(batch, device):
    def move(b):
        if hasattr(b, "to"):
            return b.to(device)
        elif isinstance(b, dict):
            return dict(zip(b.keys(), map(move, b.values())))
        elif isinstance(b, list):
            return list(map(move, b))
        elif isinstance(b, tuple) and type(b) is not tuple:
            return type(b)(*map(move, b))
        elif isinstance(b, tuple):
            return tuple(map(move, b))
        else:
            return b

    return move(batch)

# %% wrong: no_return
# mistake: forgets to assign in the loop
def to_device(batch, device):
    if hasattr(batch, "to"):
        batch.to(device)
    elif isinstance(batch, dict):
        for v in batch.values():
            to_device(v, device)
    elif isinstance(batch, (list, tuple)):
        for v in batch:
            to_device(v, device)
    return batch

# %% wrong: dict_only
# mistake: only a dictionary of tensors
def to_device(batch, device):
    return {k: v.to(device) for k, v in batch.items()}

# %% wrong: iterable
# mistake: everything that can be read is a container; a text, too
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    try:
        return type(batch)(to_device(v, device) for v in batch)
    except TypeError:
        return batch

# %% wrong: tuple_order
# mistake: tuples first, so that packed sequences are taken apart
def to_device(batch, device):
    if isinstance(batch, tuple):
        parts = [to_device(v, device) for v in batch]
        return type(batch)(*parts) if hasattr(batch, "_fields") else tuple(parts)
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if hasattr(batch, "to"):
        return batch.to(device)
    return batch

# %% wrong: plain_tuple
# mistake: a named tuple comes back as a tuple
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    return batch

# %% wrong: in_place
# mistake: writes into the given dictionary
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        for k in batch:
            batch[k] = to_device(batch[k], device)
        return batch
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        parts = [to_device(v, device) for v in batch]
        return type(batch)(*parts) if hasattr(batch, "_fields") else tuple(parts)
    return batch

# %% wrong: none_lost
# mistake: no last return
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        parts = [to_device(v, device) for v in batch]
        return type(batch)(*parts) if hasattr(batch, "_fields") else tuple(parts)

# %% wrong: always_meta
# mistake: the device of the example
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to("meta")
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        parts = [to_device(v, device) for v in batch]
        return type(batch)(*parts) if hasattr(batch, "_fields") else tuple(parts)
    return batch

# %% wrong: empty_like
# mistake: new memory in place of a move
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return torch.zeros(batch.shape, dtype=batch.dtype, device=device)
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        parts = [to_device(v, device) for v in batch]
        return type(batch)(*parts) if hasattr(batch, "_fields") else tuple(parts)
    return batch

# %% right: plain
# style: one branch for each kind, the method first
def to_device(batch, device):
    if hasattr(batch, "to") and callable(batch.to):
        return batch.to(device)
    if isinstance(batch, dict):
        return type(batch)({key: to_device(value, device) for key, value in batch.items()})
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*(to_device(part, device) for part in batch))
    if isinstance(batch, (list, tuple)):
        return type(batch)([to_device(part, device) for part in batch])
    return batch

# %% right: local_function
# style: a local recursive function with match, copies filled in place
import copy

def to_device(batch, device):
    def move(thing):
        method = getattr(thing, "to", None)
        if callable(method):
            return method(device=device)
        match thing:
            case dict():
                new = copy.copy(thing)
                for key in thing:
                    new[key] = move(thing[key])
                return new
            case list():
                new = copy.copy(thing)
                new[:] = map(move, thing)
                return new
            case tuple():
                make = getattr(thing, "_make", type(thing))
                return make(map(move, thing))
            case _:
                return thing

    return move(batch)

# %% right: try_the_method
# style: try and AttributeError, the parts as a list first
def to_device(batch, device):
    try:
        move = batch.to
    except AttributeError:
        pass
    else:
        return move(device)
    if isinstance(batch, dict):
        moved = batch.copy()
        moved.update((k, to_device(v, device)) for k, v in batch.items())
        return moved
    if not isinstance(batch, (list, tuple)):
        return batch
    parts = [to_device(v, device) for v in batch]
    kind = type(batch)
    return kind._make(parts) if hasattr(kind, "_fields") else kind(parts)

# %% right: single_dispatch
# style: functools.singledispatch for the containers, _replace for named tuples
from functools import singledispatch

def to_device(batch, device):
    @singledispatch
    def parts(thing):
        return thing

    @parts.register(dict)
    def _(thing):
        return type(thing)((k, go(v)) for k, v in thing.items())

    @parts.register(list)
    def _(thing):
        return type(thing)(go(v) for v in thing)

    @parts.register(tuple)
    def _(thing):
        if hasattr(thing, "_replace"):
            return thing._replace(**{name: go(getattr(thing, name)) for name in thing._fields})
        return type(thing)(go(v) for v in thing)

    def go(thing):
        return thing.to(device) if callable(getattr(thing, "to", None)) else parts(thing)

    return go(batch)

# %% wrong: result_thrown_away
# mistake: calls to and returns the old one
# rule: "`tensor.to(device)` returns a **new** tensor and leaves the old one"
def to_device(batch, device):
    if hasattr(batch, "to"):
        batch.to(device)
        return batch
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*[to_device(v, device) for v in batch])
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(v, device) for v in batch)
    return batch

# %% wrong: named_tuple_first
# mistake: a packed sequence is taken apart as a named tuple
# rule: "Mind the order. A packed sequence is a named tuple, too, and one of its parts must stay on the CPU."
def to_device(batch, device):
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*[to_device(v, device) for v in batch])
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(v, device) for v in batch)
    if hasattr(batch, "to"):
        return batch.to(device)
    return batch

# %% wrong: tensors_only
# mistake: asks for tensors instead of a method
# rule: "What has a **method `to` of its own** knows best how it is moved"
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*[to_device(v, device) for v in batch])
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(v, device) for v in batch)
    return batch

# %% wrong: named_tuple_forgotten
# mistake: a named tuple wants its parts one by one
# rule: "A **dict**, **list**, **tuple** or **named tuple** comes back as a new one of the same kind"
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(v, device) for v in batch)
    return batch

# %% wrong: named_tuple_becomes_tuple
# mistake: a plain tuple comes back
# rule: "comes back as a new one of the same kind"
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [to_device(v, device) for v in batch]
    if isinstance(batch, tuple):
        return tuple(to_device(v, device) for v in batch)
    return batch

# %% wrong: tuple_becomes_list
# mistake: lists everywhere
# rule: "comes back as a new one of the same kind"
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*[to_device(v, device) for v in batch])
    if isinstance(batch, (list, tuple)):
        return [to_device(v, device) for v in batch]
    return batch

# %% wrong: dictionary_in_place
# mistake: puts the moved parts into the dictionary that was given
# rule: "The batch that you are given stays as it was."
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        for k in batch:
            batch[k] = to_device(batch[k], device)
        return batch
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*[to_device(v, device) for v in batch])
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(v, device) for v in batch)
    return batch

# %% wrong: list_in_place
# mistake: moves the entries of the list that was given
# rule: "The batch that you are given stays as it was."
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        for i, part in enumerate(batch):
            batch[i] = to_device(part, device)
        return batch
    if isinstance(batch, tuple):
        parts = [to_device(v, device) for v in batch]
        return type(batch)(*parts) if hasattr(batch, "_fields") else tuple(parts)
    return batch

# %% wrong: one_level
# mistake: no recursion
# rule: "with each part moved in the same way, to any depth"
def to_device(batch, device):
    def move(part):
        return part.to(device) if hasattr(part, "to") else part
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move(v) for k, v in batch.items()}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*map(move, batch))
    if isinstance(batch, (list, tuple)):
        return type(batch)(map(move, batch))
    return batch

# %% wrong: numbers_become_tensors
# mistake: makes tensors of numbers
# rule: "**Anything else** (a number, a text, None) stays as it is."
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, (int, float)):
        return torch.tensor(batch, device=device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*[to_device(v, device) for v in batch])
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(v, device) for v in batch)
    return batch

# %% wrong: texts_taken_apart
# mistake: whatever can be iterated becomes a list
# rule: "**Anything else** (a number, a text, None) stays as it is."
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, str) and len(batch) == 1:
        return batch
    if isinstance(batch, tuple):
        parts = [to_device(v, device) for v in batch]
        return type(batch)(*parts) if hasattr(batch, "_fields") else tuple(parts)
    if hasattr(batch, "__iter__"):
        return [to_device(v, device) for v in batch]
    return batch

# %% wrong: unknown_is_an_error
# mistake: raises for anything else
# rule: "**Anything else** (a number, a text, None) stays as it is."
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*[to_device(v, device) for v in batch])
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(v, device) for v in batch)
    raise TypeError(f"cannot move {type(batch)}")

# %% wrong: only_tensors_come_back
# mistake: leaves out what is not moved
# rule: "Returns a batch that is built like the given one."
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items() if not isinstance(v, (str, int, float, type(None)))}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*[to_device(v, device) for v in batch])
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(v, device) for v in batch)
    return batch

# %% wrong: device_ignored
# mistake: the best device of this machine instead of the argument
# rule: "device: a torch.device"
def to_device(batch, device):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*[to_device(v, device) for v in batch])
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(v, device) for v in batch)
    return batch
