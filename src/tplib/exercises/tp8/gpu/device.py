"""The exercise pick_device of TP8-HFTrain/5_gpu: the best device, or the one that is asked for."""

import torch

from tplib.exercises.tp8.gpu import observers
from tplib.exercises.tp8.gpu.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

KINDS = ("cuda", "mps", "xpu")


def _machine(draw: Draw) -> Arguments:
    """A machine of any kind, asked for the best, or for something that may be there or not."""
    order = draw.choice([KINDS, KINDS[::-1], ("xpu", "cuda", "mps")])
    kinds = [kind for kind in order if draw.size(0, 3)]
    counts = {kind: draw.size(0, 3) for kind in kinds}
    kind = draw.choice(KINDS)
    return counts, draw.choice(["auto", "auto", "cpu", kind, f"{kind}:{draw.size(0, 3)}"])


def _best(*present: str) -> Drawn:
    """The best of these kinds; the others are counted as 0 or are missing, in any order."""

    def draw(draw: Draw) -> Arguments:
        order = draw.choice([KINDS, KINDS[::-1], ("mps", "xpu", "cuda")])
        counts = {kind: draw.size(1, 3) if kind in present else 0 for kind in order}
        absent = [kind for kind in order if kind not in present]
        if absent and draw.size(0, 1):
            del counts[absent[0]]
        return counts, "auto"

    return Drawn(draw)


def _asked(beyond: int) -> Drawn:
    """The last device there is, or the first that is not."""

    def draw(draw: Draw) -> Arguments:
        kind, n = draw.choice(KINDS), draw.size(2, 4)
        return {**dict.fromkeys(KINDS, 1), kind: n}, f"{kind}:{n - 1 + beyond}"

    return Drawn(draw)


def _first_of_several(draw: Draw) -> Arguments:
    """A kind without a number, of which there are several."""
    kind = draw.choice(KINDS)
    return {**dict.fromkeys(KINDS, 1), kind: draw.size(2, 4)}, kind


def _two_digits(draw: Draw) -> Arguments:
    kind = draw.choice(KINDS)
    return {kind: draw.size(13, 16)}, f"{kind}:{draw.size(10, 12)}"


def _absent(draw: Draw) -> Arguments:
    """A kind that the machine has not, counted as 0 or not at all."""
    kind, other = draw.choice([("mps", "cuda"), ("xpu", "cuda"), ("cuda", "mps")])
    return {other: draw.size(1, 2), **draw.choice([{}, {kind: 0}])}, kind


@exercise(
    points=2,
    lecture="003, Main tools: GPU computing",
    concepts=(49,),
    draw=_machine,
    edges=(
        _best(*KINDS),
        Drawn(lambda draw: ({kind: draw.size(1, 3) for kind in reversed(KINDS)}, "auto")),
        _best("mps", "xpu"),
        _best("xpu"),
        _best(),
        Drawn(lambda draw: ({draw.choice(KINDS): 1}, "auto")),
        _asked(0),
        _asked(1),
        _asked(2),
        Drawn(_absent),
        Drawn(lambda draw: (dict.fromkeys(KINDS, draw.size(1, 3)), "cpu")),
        Drawn(lambda draw: ({draw.choice(KINDS): draw.size(2, 4)}, "auto")),
        Drawn(_first_of_several),
        Drawn(_two_digits),
        Drawn(lambda draw: (*_best("cuda").draw(draw), "type"), "type"),
    ),
    aspects={
        "type": "The right name, but it should be a `torch.device`, not a text.",
        "defaults": "Right when `wanted` is given. Without it, the best device is chosen.",
    },
    observe=observers.device,
    forbidden=("tplib.gpu.devices.choose_device", "tplib.gpu.devices.best_device"),
)
def pick_device(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    """auto: number 0 of the first of cuda, mps, xpu with count >= 1, else cpu. Asked for: that one; ValueError if its
    number is not below its count.

    shapes: "cuda:1" is kind "cuda" and number 1; "cuda" is number 0. `torch.device("cuda:1").type`, `.index`.
    worked: {"cuda": 2}: "auto" and "cuda" give cuda:0, "cuda:1" gives cuda:1; "cuda:2" and "mps" raise ValueError.
    """
    if wanted == "auto":
        for kind in ("cuda", "mps", "xpu"):
            if counts.get(kind, 0) > 0:
                return torch.device(kind, 0)
        return torch.device("cpu")
    asked = torch.device(wanted)
    if asked.type == "cpu":
        return asked
    number = asked.index or 0
    if number >= counts.get(asked.type, 0):
        raise ValueError(f"there is no {wanted} here, only {counts}")
    return torch.device(asked.type, number)


@pick_device.mistake("Somebody asks for a GPU that is not there, and works on the CPU for days. What should happen?")
def the_cpu_in_silence(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    try:
        return pick_device(counts, wanted)
    except ValueError:
        return torch.device("cpu")


@pick_device.mistake("A GPU was asked for that is not there. Is another device what was asked for?")
def the_best_one_in_silence(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    try:
        return pick_device(counts, wanted)
    except ValueError:
        return pick_device(counts)


@pick_device.mistake("Is a device that was asked for checked against `counts`?")
def not_checked(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    if wanted == "auto" or ":" in wanted or wanted == "cpu":
        return pick_device(counts) if wanted == "auto" else torch.device(wanted)
    return torch.device(wanted, 0)


@pick_device.mistake("Where does your function use `wanted`?")
def wanted_ignored(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    return pick_device(counts)


@pick_device.mistake("Numbers begin at 0. Of two devices, which number has the last?")
def one_number_too_many(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    if wanted in ("auto", "cpu"):
        return pick_device(counts, wanted)
    return pick_device({kind: count + 1 for kind, count in counts.items() if count}, wanted)


@pick_device.mistake("Is `torch.device('cuda')` equal to `torch.device('cuda:0')`? Which one do tensors name?")
def without_number(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    found = pick_device(counts, wanted)
    return found if ":" in wanted else torch.device(found.type)


@pick_device.mistake("Which kinds of GPU are there, besides CUDA?")
def cuda_only(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    if wanted == "auto":
        return torch.device("cuda:0") if counts.get("cuda") else torch.device("cpu")
    return pick_device(counts, wanted)


@pick_device.mistake("A dictionary has an order, too. Does the text go by it?")
def first_in_the_dictionary(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    if wanted == "auto":
        return next((torch.device(kind, 0) for kind, count in counts.items() if count), torch.device("cpu"))
    return pick_device(counts, wanted)


@pick_device.mistake('What does `"cuda" in counts` say of {"cuda": 0}?')
def counted_as_0_is_there(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    return pick_device({kind: max(count, 1) for kind, count in counts.items()}, wanted)


@pick_device.mistake("A kind that `counts` does not name: how many of it are there? What does `counts[kind]` do then?")
def missing_kind_raises(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    for kind in ("cuda", "mps", "xpu") if wanted == "auto" else [wanted.split(":")[0]] * (wanted != "cpu"):
        if counts[kind]:
            break
    return pick_device(counts, wanted)


@pick_device.mistake("The kind is there. And the number that was asked for?")
def the_number_is_not_checked(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    kind = wanted.partition(":")[0]
    pick_device(counts, kind)
    return (
        pick_device(counts, wanted) if kind in ("auto", "cpu") else torch.device(kind, torch.device(wanted).index or 0)
    )


@pick_device.mistake("Which kind comes after cuda in the text?")
def xpu_before_mps(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    if wanted == "auto" and not counts.get("cuda") and counts.get("xpu"):
        return torch.device("xpu", 0)
    return pick_device(counts, wanted)


@pick_device.mistake("Callers can catch only what they know of. Which kind of error does the text ask for?")
def another_kind_of_error(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    try:
        return pick_device(counts, wanted)
    except ValueError:
        raise RuntimeError(wanted) from None


@pick_device.mistake("Several GPUs of one kind: which number does the text choose?")
def the_last_number(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    found = pick_device(counts, wanted)
    return found if found.type == "cpu" or ":" in wanted else torch.device(found.type, counts[found.type] - 1)


@pick_device.mistake("The name is right. What makes a device of a name?")
def a_text(counts: dict[str, int], wanted: str = "auto") -> str:
    return str(pick_device(counts, wanted))


@pick_device.alternative
def by_splitting(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    if wanted == "auto":
        present = [kind for kind in ("cuda", "mps", "xpu") if counts.get(kind)]
        wanted = present[0] if present else "cpu"
    kind, _, number = wanted.partition(":")
    if kind == "cpu":
        return torch.device(kind)
    if int(number or 0) not in range(counts.get(kind, 0)):
        raise ValueError(wanted)
    return torch.device(f"{kind}:{number or 0}")


@pick_device.alternative
def from_a_list(counts: dict[str, int], wanted: str = "auto") -> torch.device:
    names = [f"{kind}:{i}" for kind in ("cuda", "mps", "xpu") for i in range(counts.get(kind, 0))] + ["cpu"]
    if wanted == "auto":
        wanted = names[0]
    if wanted != "cpu" and ":" not in wanted:
        wanted += ":0"
    if wanted not in names:
        raise ValueError(f"expected one of {names}, got {wanted}")
    return torch.device(wanted)
