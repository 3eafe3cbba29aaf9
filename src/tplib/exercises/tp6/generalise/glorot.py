"""Glorot's starting values: judged by what they are like, as the same weights may be drawn in several ways."""

import numpy as np

from tplib.exercises.tp6.generalise import observers
from tplib.exercises.tp6.generalise.common import exercise, near, repeats
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Generator = np.random.Generator

SAME, OTHER = "the same weights", "other weights"


FEW = ((5, 2), (2, 4), (4, 1))  # inputs and units: one more changes c, and their product is another number
MANY = ((201, 51), (51, 201), (301, 35), (65, 161))  # odd, for `repeats`


def _draw(draw: Draw) -> Arguments:
    fan_in, fan_out = draw.choice(MANY + FEW)
    return fan_in, fan_out, draw.size(0, 9)


def _few(draw: Draw) -> Arguments:
    return *draw.choice(FEW), draw.size(0, 9)


def _many(draw: Draw) -> Arguments:
    return *draw.choice(MANY), draw.size(0, 9)


def _measure(found: dict[str, Array], fan_in: int, fan_out: int, seed: int) -> dict[str, object]:
    """What 6,000 weights or more have in common: known to a few percent, where they are drawn one by one."""
    layers, again = found["layers"], found["again"]
    c = float(np.sqrt(6 / (fan_in + fan_out)))
    alike = np.array_equal(layers[0], layers[1])
    drawn = "one by one" if alike else _drawn(layers)
    enough = drawn == "one by one" and not (alike and layers[0].size < 1000)
    form, sharp = (_form(layers), 1.0) if enough else ("uniform", np.inf)
    return {
        "shape": str(layers.shape[1:]),
        "weights": drawn,
        "distribution": form,
        "smallest weight": None if form == "Gaussian" else near(float(layers.min()), [-c, 0.0], 0.01 * c * sharp),
        "largest weight": None if form == "Gaussian" else near(float(layers.max()), [c], 0.01 * c * sharp),
        "mean": near(float(layers.mean()), [0.0, c / 2], 0.04 * c * sharp),
        "standard deviation": near(float(layers.std()), [c / np.sqrt(3)], 0.03 * c * sharp),
        "a second layer from the same generator": SAME if alike else OTHER,
        "a new generator with the same seed": SAME if np.array_equal(layers[:2], again) else OTHER,
    }


def _drawn(layers: Array) -> str:
    """How the weights (N, D, H) hang together."""
    if layers.ndim != 3:
        return "one by one"
    if np.all(layers == layers[:, :1, :1]):
        return "all the same"
    if np.all(layers == layers[:, :1, :]):
        return "the same for each input"
    if np.all(layers == layers[:, :, :1]):
        return "the same for each unit"
    return "not independent" if layers[0].size > 1000 and repeats(layers) else "one by one"


def _form(layers: Array) -> str:
    """Told by the fourth power: 9 / 5 of the squared variance for a uniform distribution, 3 for a Gaussian one."""
    squares = (layers - layers.mean()) ** 2
    flatness = float(np.mean(squares**2) / max(np.mean(squares) ** 2, 1e-300))
    return "uniform" if abs(flatness - 1.8) < 0.15 else "Gaussian" if abs(flatness - 3) < 0.4 else "another one"


@exercise(
    points=1,
    at_home=True,
    lecture="003, Gradient instability: use Glorot (Xavier) Initialization",
    concepts=(21,),
    inputs=("fan_in", "fan_out", "seed of rng"),
    draw=_draw,
    draws=1,
    edges=(Drawn(_few), Drawn(_many), Drawn(_many), Case((2, 3, 5))),
    rtol=0.03,
    observe=observers.weights,
    measure=_measure,
    forbidden=(
        "torch.nn.init.xavier_uniform_",
        "torch.nn.init.xavier_uniform",
        "tplib.nn.init.xavier_uniform_",
    ),
)
def glorot_uniform(fan_in: int, fan_out: int, rng: Generator) -> Array:
    """c = sqrt(6 / (fan_in + fan_out)); each weight is drawn from the uniform distribution on [-c, c].

    shapes: (fan_in, fan_out): one column for each unit. `rng.uniform(low, high, shape)` draws them all at once.
    worked: fan_in = 4, fan_out = 2: c = sqrt(6 / 6) = 1, so 8 weights between -1 and 1 in a matrix of shape (4, 2)
    """
    c = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-c, c, (fan_in, fan_out))


@glorot_uniform.alternative
def glorot_from_0_to_1(fan_in: int, fan_out: int, rng: Generator) -> Array:
    return (2 * rng.random((fan_in, fan_out)) - 1) * (6 / (fan_in + fan_out)) ** 0.5


@glorot_uniform.alternative
def glorot_turned(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6) / np.sqrt(fan_in + fan_out)
    return rng.uniform(-c, c, size=(fan_out, fan_in)).T


@glorot_uniform.alternative
def glorot_row_by_row(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = (6.0 / (fan_in + fan_out)) ** 0.5
    return np.array([rng.uniform(-c, c, fan_out) for _ in range(fan_in)])


@glorot_uniform.alternative
def glorot_single_precision(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.float32(np.sqrt(6 / (fan_in + fan_out)))
    return 2 * c * rng.random((fan_in, fan_out), dtype=np.float32) - c
