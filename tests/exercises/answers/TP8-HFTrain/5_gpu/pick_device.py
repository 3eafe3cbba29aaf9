# exercise: pick_device

# %% right: if_chain
# style: a chain of ifs, membership in a list of names
def pick_device(counts, wanted="auto"):
    cuda, mps, xpu = (counts.get(k, 0) for k in ["cuda", "mps", "xpu"])
    if wanted == "auto":
        if cuda >= 1:
            return torch.device("cuda:0")
        elif mps >= 1:
            return torch.device("mps:0")
        elif xpu >= 1:
            return torch.device("xpu:0")
        return torch.device("cpu")
    if wanted == "cpu":
        return torch.device("cpu")
    nom = wanted if ":" in wanted else wanted + ":0"
    possibles = ["cuda:%d" % i for i in range(cuda)] + ["mps:%d" % i for i in range(mps)] + ["xpu:%d" % i for i in range(xpu)]
    if nom in possibles:
        return torch.device(nom)
    raise ValueError("pas de " + wanted)

# %% right: next
# style: next with a default
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        kind = next((k for k in ("cuda", "mps", "xpu") if counts.get(k)), None)
        return torch.device(kind, 0) if kind else torch.device("cpu")
    d = torch.device(wanted)
    if d.type != "cpu":
        d = torch.device(d.type, d.index if d.index is not None else 0)
        if d.index + 1 > counts.get(d.type, 0):
            raise ValueError(wanted)
    return d

# %% right: subclass
# style: raises a subclass of ValueError, by an assertion of its own
def pick_device(counts, wanted="auto"):
    class NotThere(ValueError):
        pass

    full = {"cuda": 0, "mps": 0, "xpu": 0} | counts
    if wanted == "auto":
        for kind in ["cuda", "mps", "xpu"]:
            if full[kind]:
                return torch.device(f"{kind}:0")
        wanted = "cpu"
    parts = wanted.split(":")
    if parts[0] == "cpu":
        return torch.device("cpu")
    index = int(parts[1]) if len(parts) == 2 else 0
    if not index < full[parts[0]]:
        raise NotThere(f"{wanted}?")
    return torch.device(parts[0], index)

# %% wrong: asks_torch
# mistake: asks this machine and not `counts`
def pick_device(counts, wanted="auto"):
    if wanted != "auto":
        return torch.device(wanted)
    if torch.cuda.is_available():
        return torch.device("cuda:0")
    return torch.device("cpu")

# %% wrong: returns_name
# mistake: a text
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        for k in ("cuda", "mps", "xpu"):
            if counts.get(k, 0):
                return k + ":0"
        return "cpu"
    if wanted == "cpu":
        return "cpu"
    k, _, i = wanted.partition(":")
    if int(i or 0) >= counts.get(k, 0):
        raise ValueError(wanted)
    return f"{k}:{i or 0}"

# %% wrong: fallback
# mistake: falls back to the CPU
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        for k in ("cuda", "mps", "xpu"):
            if counts.get(k, 0):
                return torch.device(k, 0)
        return torch.device("cpu")
    d = torch.device(wanted)
    if d.type != "cpu" and (d.index or 0) < counts.get(d.type, 0):
        return torch.device(d.type, d.index or 0)
    return torch.device("cpu")

# %% wrong: order
# mistake: xpu before mps
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        for k in ("cuda", "xpu", "mps"):
            if counts.get(k, 0):
                return torch.device(k, 0)
        return torch.device("cpu")
    d = torch.device(wanted)
    if d.type == "cpu":
        return d
    if (d.index or 0) < counts.get(d.type, 0):
        return torch.device(d.type, d.index or 0)
    raise ValueError

# %% wrong: no_index
# mistake: cuda without its number
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        for k in ("cuda", "mps", "xpu"):
            if counts.get(k, 0):
                return torch.device(k)
        return torch.device("cpu")
    d = torch.device(wanted)
    if d.type == "cpu" or (d.index or 0) < counts.get(d.type, 0):
        return d
    raise ValueError

# %% wrong: default_cpu
# mistake: the default is "cpu"
def pick_device(counts, wanted="cpu"):
    if wanted == "auto":
        for k in ("cuda", "mps", "xpu"):
            if counts.get(k, 0):
                return torch.device(k, 0)
        return torch.device("cpu")
    d = torch.device(wanted)
    if d.type == "cpu":
        return d
    if (d.index or 0) < counts.get(d.type, 0):
        return torch.device(d.type, d.index or 0)
    raise ValueError

# %% wrong: runtime_error
# mistake: another error
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        for k in ("cuda", "mps", "xpu"):
            if counts.get(k, 0):
                return torch.device(k, 0)
        return torch.device("cpu")
    d = torch.device(wanted)
    if d.type == "cpu":
        return d
    if (d.index or 0) < counts.get(d.type, 0):
        return torch.device(d.type, d.index or 0)
    raise RuntimeError(wanted)

# %% wrong: kind_only
# mistake: looks at the kind and not at the number
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        for k in ("cuda", "mps", "xpu"):
            if counts.get(k, 0):
                return torch.device(k, 0)
        return torch.device("cpu")
    d = torch.device(wanted)
    if d.type == "cpu":
        return d
    if counts.get(d.type, 0) == 0:
        raise ValueError(wanted)
    return torch.device(d.type, d.index or 0)
