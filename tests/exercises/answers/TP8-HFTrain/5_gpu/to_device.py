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
