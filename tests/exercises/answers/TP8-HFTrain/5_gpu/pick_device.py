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

# %% right: plain
# style: early returns, partition at the colon
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        for kind in ("cuda", "mps", "xpu"):
            if counts.get(kind, 0) > 0:
                return torch.device(kind, 0)
        return torch.device("cpu")
    if wanted == "cpu":
        return torch.device("cpu")
    kind, colon, number = wanted.partition(":")
    number = int(number) if colon else 0
    if kind not in ("cuda", "mps", "xpu") or not 0 <= number < counts.get(kind, 0):
        raise ValueError(f"{wanted} is not there: {counts}")
    return torch.device(f"{kind}:{number}")

# %% right: list_of_all_names
# style: the names of all devices that are there, in order of preference, then a lookup
def pick_device(counts, wanted="auto"):
    names = [f"{k}:{i}" for k in ("cuda", "mps", "xpu") for i in range(counts.get(k, 0))]
    names.append("cpu")
    if wanted == "auto":
        return torch.device(names[0])
    full = wanted + ":0" if wanted in ("cuda", "mps", "xpu") else wanted
    if full in names:
        return torch.device(full)
    raise ValueError(wanted)

# %% right: torch_parses
# style: torch.device takes the name apart, its error becomes a ValueError
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        found = (k for k in ["cuda", "mps", "xpu"] if counts.get(k))
        wanted = next(found, "cpu")
    if wanted == "cpu":
        return torch.device(wanted)
    try:
        device = torch.device(wanted)
    except RuntimeError as error:
        raise ValueError(f"no such device: {wanted}") from error
    index = device.index or 0
    if device.type in {"cuda", "mps", "xpu"} and index < counts.get(device.type, 0):
        return torch.device(device.type, index)
    raise ValueError(f"no such device: {wanted}")

# %% right: recursion
# style: auto asks for one kind after the other and catches the ValueError
import re

def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        for choice in ("cuda", "mps", "xpu"):
            try:
                return pick_device(counts, choice)
            except ValueError:
                continue
        wanted = "cpu"
    if wanted == "cpu":
        return torch.device("cpu")
    match = re.fullmatch(r"(cuda|mps|xpu)(?::(\d+))?", wanted)
    if match is None:
        raise ValueError("unknown device " + repr(wanted))
    kind, number = match[1], int(match[2] or 0)
    there = counts[kind] if kind in counts else 0
    if number >= there:
        raise ValueError("only " + str(there) + " of kind " + kind)
    return torch.device(kind, number)

# %% wrong: number_missing
# mistake: cuda instead of cuda:0
# rule: "Returned is a `torch.device`, for a GPU with its number"
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        for kind in ("cuda", "mps", "xpu"):
            if counts.get(kind, 0) > 0:
                return torch.device(kind)
        return torch.device("cpu")
    if wanted == "cpu":
        return torch.device("cpu")
    kind, _, number = wanted.partition(":")
    if int(number or 0) >= counts.get(kind, 0):
        raise ValueError(wanted)
    return torch.device(wanted)

# %% wrong: order_of_the_dictionary
# mistake: the first kind of the dictionary
# rule: "number 0 of the first kind of **cuda, mps, xpu** that has one", "in any order"
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        for kind, count in counts.items():
            if count > 0:
                return torch.device(kind, 0)
        return torch.device("cpu")
    if wanted == "cpu":
        return torch.device("cpu")
    kind, _, number = wanted.partition(":")
    number = int(number or 0)
    if number >= counts.get(kind, 0):
        raise ValueError(wanted)
    return torch.device(kind, number)

# %% wrong: kind_not_named
# mistake: counts["mps"] fails for a kind that is not named
# rule: "a kind that it does not name has none"
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        for kind in ("cuda", "mps", "xpu"):
            if counts[kind] > 0:
                return torch.device(kind, 0)
        return torch.device("cpu")
    if wanted == "cpu":
        return torch.device("cpu")
    kind, _, number = wanted.partition(":")
    number = int(number or 0)
    if number >= counts[kind]:
        raise ValueError(wanted)
    return torch.device(kind, number)

# %% wrong: zero_is_one
# mistake: asks whether the kind is named, not how many there are
# rule: "the first kind of **cuda, mps, xpu** that has one"
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        for kind in ("cuda", "mps", "xpu"):
            if kind in counts:
                return torch.device(kind, 0)
        return torch.device("cpu")
    if wanted == "cpu":
        return torch.device("cpu")
    kind, _, number = wanted.partition(":")
    number = int(number or 0)
    if number >= counts.get(kind, 0):
        raise ValueError(wanted)
    return torch.device(kind, number)

# %% wrong: silent_cpu
# mistake: takes the CPU where the GPU is not there
# rule: "If it is not, raise a `ValueError`"
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        wanted = next((k for k in ("cuda", "mps", "xpu") if counts.get(k, 0)), "cpu")
    kind, _, number = wanted.partition(":")
    number = int(number or 0)
    if number < counts.get(kind, 0):
        return torch.device(kind, number)
    return torch.device("cpu")

# %% wrong: one_number_too_many
# mistake: cuda:2 of two devices
# rule: "It is given if it is there. If it is not, raise a `ValueError`"
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        wanted = next((k for k in ("cuda", "mps", "xpu") if counts.get(k, 0)), "cpu")
    if wanted == "cpu":
        return torch.device("cpu")
    kind, _, number = wanted.partition(":")
    number = int(number or 0)
    if number > counts.get(kind, 0) or counts.get(kind, 0) == 0:
        raise ValueError(wanted)
    return torch.device(kind, number)

# %% wrong: cpu_must_be_counted
# mistake: looks for the CPU in counts
# rule: "or `"cpu"`, which is always there"
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        for kind in ("cuda", "mps", "xpu"):
            if counts.get(kind, 0) > 0:
                return torch.device(kind, 0)
        return torch.device("cpu")
    kind, _, number = wanted.partition(":")
    number = int(number or 0)
    if number >= counts.get(kind, 0):
        raise ValueError(f"{wanted} is not there")
    return torch.device(kind, number)

# %% wrong: cpu_with_number
# mistake: cpu:0
# rule: "for the CPU without: `cuda:0`, `cpu`"
def pick_device(counts, wanted="auto"):
    there = {**counts, "cpu": 1}
    if wanted == "auto":
        wanted = next(k for k in ("cuda", "mps", "xpu", "cpu") if there.get(k, 0))
    kind, _, number = wanted.partition(":")
    number = int(number or 0)
    if number >= there.get(kind, 0):
        raise ValueError(wanted)
    return torch.device(kind, number)

# %% wrong: text
# mistake: returns the name
# rule: "Returned is a `torch.device`"
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        wanted = next((k for k in ("cuda", "mps", "xpu") if counts.get(k, 0)), "cpu")
    if wanted == "cpu":
        return "cpu"
    kind, _, number = wanted.partition(":")
    number = int(number or 0)
    if number >= counts.get(kind, 0):
        raise ValueError(wanted)
    return f"{kind}:{number}"

# %% wrong: other_error
# mistake: a RuntimeError
# rule: "raise a `ValueError`"
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        wanted = next((k for k in ("cuda", "mps", "xpu") if counts.get(k, 0)), "cpu")
    if wanted == "cpu":
        return torch.device("cpu")
    kind, _, number = wanted.partition(":")
    number = int(number or 0)
    if number >= counts.get(kind, 0):
        raise RuntimeError(f"{wanted} is not there")
    return torch.device(kind, number)

# %% wrong: this_machine
# mistake: asks PyTorch instead of counts
# rule: "Write the choice, for any machine"; "`counts` says how many devices there are"
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        return torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
    if wanted == "cpu":
        return torch.device("cpu")
    kind, _, number = wanted.partition(":")
    number = int(number or 0)
    if number >= counts.get(kind, 0):
        raise ValueError(wanted)
    return torch.device(kind, number)

# %% wrong: last_digit
# mistake: the number is one digit
# rule: "by kind and number (`"cuda:1"`)"
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        wanted = next((k for k in ("cuda", "mps", "xpu") if counts.get(k, 0)), "cpu")
    if wanted == "cpu":
        return torch.device("cpu")
    kind = wanted.split(":")[0]
    number = int(wanted[-1]) if ":" in wanted else 0
    if number >= counts.get(kind, 0):
        raise ValueError(wanted)
    return torch.device(kind, number)

# %% wrong: kind_means_the_last
# mistake: "cuda" is the device with the highest number
# rule: "by kind (`"cuda"`, which means number 0)"
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        kind = next((k for k in ("cuda", "mps", "xpu") if counts.get(k, 0)), None)
        return torch.device("cpu") if kind is None else torch.device(kind, 0)
    if wanted == "cpu":
        return torch.device("cpu")
    kind, colon, number = wanted.partition(":")
    number = int(number) if colon else counts.get(kind, 0) - 1
    if not 0 <= number < counts.get(kind, 0):
        raise ValueError(wanted)
    return torch.device(kind, number)

# %% wrong: number_not_checked
# mistake: checks the kind only
# rule: "It is given if it is there. If it is not, raise a `ValueError`"
def pick_device(counts, wanted="auto"):
    if wanted == "auto":
        wanted = next((k for k in ("cuda", "mps", "xpu") if counts.get(k, 0)), "cpu")
    if wanted == "cpu":
        return torch.device("cpu")
    kind, _, number = wanted.partition(":")
    if counts.get(kind, 0) == 0:
        raise ValueError(wanted)
    return torch.device(kind, int(number or 0))
