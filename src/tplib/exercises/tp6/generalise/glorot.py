"""Glorot's starting values: judged by what they are like, as the same weights may be drawn in several ways."""

import numpy as np

from tplib.exercises.tp6.generalise import observers
from tplib.exercises.tp6.generalise.common import exercise, near
from tplib.graders.draw import Arguments, Draw

Array = np.ndarray
Generator = np.random.Generator

SAME, OTHER = "the same weights", "other weights"


def _draw(draw: Draw) -> Arguments:
    """10,000 weights or more, so that every measure below is known to a few percent."""
    fan_in, fan_out = draw.choice(((200, 50), (50, 200), (400, 30), (64, 160)))
    return fan_in, fan_out, draw.size(0, 9)


def _measure(found: list[Array], fan_in: int, fan_out: int, seed: int) -> dict[str, object]:
    first, second, again = found
    c = float(np.sqrt(6 / (fan_in + fan_out)))
    return {
        "shape": str(first.shape),
        "smallest weight": near(float(first.min()), [-c], 0.01 * c),
        "largest weight": near(float(first.max()), [c], 0.01 * c),
        "mean": near(float(first.mean()), [0.0], 0.04 * c),
        "standard deviation": near(float(first.std()), [c / np.sqrt(3)], 0.03 * c),
        "weights": "all different" if np.unique(first).size > 0.9 * first.size else "repeated",
        "a second layer from the same generator": SAME if np.array_equal(first, second) else OTHER,
        "a new generator with the same seed": SAME if np.array_equal(first, again) else OTHER,
    }


@exercise(
    points=1,
    at_home=True,
    lecture="003, Gradient instability: use Glorot (Xavier) Initialization",
    inputs=("fan_in", "fan_out", "seed of rng"),
    draw=_draw,
    draws=5,
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


@glorot_uniform.mistake("What stands under the root: the 6 alone, or 6 / (fan_in + fan_out)?", name="the slide's root")
def the_slide_s_root(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6) / (fan_in + fan_out)
    return rng.uniform(-c, c, (fan_in, fan_out))


@glorot_uniform.mistake("6 / (fan_in + fan_out) is the square of c. What is c?")
def root_forgotten(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = 6 / (fan_in + fan_out)
    return rng.uniform(-c, c, (fan_in, fan_out))


@glorot_uniform.mistake(
    "Glorot thinks of both directions: activations forwards, gradients backwards. Which size is missing in c?"
)
def inputs_only(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / fan_in)
    return rng.uniform(-c, c, (fan_in, fan_out))


@glorot_uniform.mistake(
    "1 / sqrt(fan_in) is what `nn.Linear` starts from. What does Glorot ask for?",
    name="PyTorch's default",
)
def pytorch_s_default(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = 1 / np.sqrt(fan_in)
    return rng.uniform(-c, c, (fan_in, fan_out))


@glorot_uniform.mistake(
    "sqrt(2 / (fan_in + fan_out)) is the standard deviation. How far does such a uniform distribution reach?"
)
def standard_deviation_as_the_bound(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(2 / (fan_in + fan_out))
    return rng.uniform(-c, c, (fan_in, fan_out))


@glorot_uniform.mistake("Can a weight of yours be larger than c? Which distribution is it?", name="Gaussian")
def gaussian(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in + fan_out))
    return rng.normal(0, c, (fan_in, fan_out)).clip(-3 * c, 3 * c)


@glorot_uniform.mistake("What is the mean of your weights? What do units do that only add up?")
def positive_weights(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(0, c, (fan_in, fan_out))


@glorot_uniform.mistake(
    "PyTorch stores (fan_out, fan_in). Here a layer computes `x @ W`, with x of shape (B, fan_in). "
    "Which shape must W have?",
    name="PyTorch's layout",
)
def pytorch_s_layout(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-c, c, (fan_out, fan_in))


@glorot_uniform.mistake("Two generators with the same seed should give the same weights. Does your code use `rng`?")
def not_from_the_generator_given(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in + fan_out))
    return np.random.uniform(-c, c, (fan_in, fan_out))  # noqa: NPY002


@glorot_uniform.mistake("Each layer of yours starts with the same numbers. Which generator should they come from?")
def a_new_generator_at_each_call(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in + fan_out))
    return np.random.default_rng(0).uniform(-c, c, (fan_in, fan_out))


@glorot_uniform.mistake("How many different weights does your matrix have?")
def the_same_row_again(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in + fan_out))
    return np.tile(np.linspace(-c, c, fan_out), (fan_in, 1)) + 0 * rng.random()


@glorot_uniform.mistake("If all weights are 0, in what do two units of a layer differ?")
def zeros(fan_in: int, fan_out: int, rng: Generator) -> Array:
    return np.zeros((fan_in, fan_out))


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
