"""Mistakes in Glorot's starting values."""

import numpy as np

from tplib.exercises.tp6.generalise.glorot import Array, Generator, glorot_uniform


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
    return rng.normal(0, c, (fan_in, fan_out))


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


@glorot_uniform.mistake(
    "Each layer of yours starts with the same numbers. Are they drawn from `rng`?",
    name="the same weights at each call",
)
def a_new_generator_at_each_call(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in + fan_out))
    return np.random.default_rng(0).uniform(-c, c, (fan_in, fan_out))


@glorot_uniform.mistake("How many different weights has a unit of yours? Each weight is drawn by itself.")
def the_same_row_again(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in + fan_out))
    return np.tile(rng.uniform(-c, c, fan_out), (fan_in, 1))


@glorot_uniform.mistake("All units of your layer are equal. Can they ever become different?")
def the_same_column_again(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in + fan_out))
    return np.tile(rng.uniform(-c, c, (fan_in, 1)), (1, fan_out))


@glorot_uniform.mistake("You draw one number. How many weights does the layer have?")
def one_number_for_all(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in + fan_out))
    return np.full((fan_in, fan_out), rng.uniform(-c, c))


@glorot_uniform.mistake("Right variance. But can a weight of yours be larger than c?", name="Gaussian of that variance")
def gaussian_of_that_variance(fan_in: int, fan_out: int, rng: Generator) -> Array:
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))


@glorot_uniform.mistake(
    "Your weights crowd around 0 and at the ends. Which distribution is asked for?", name="Gaussian cut off at c"
)
def gaussian_cut_off_at_c(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in + fan_out))
    return gaussian_of_that_variance(fan_in, fan_out, rng).clip(-c, c)


@glorot_uniform.mistake("From where to where do your weights go: how long is the interval [-c, c]?")
def half_of_the_interval(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-c / 2, c / 2, (fan_in, fan_out))


@glorot_uniform.mistake("What does Python compute first in `6 / fan_in + fan_out`?")
def brackets_forgotten(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / fan_in + fan_out)
    return rng.uniform(-c, c, (fan_in, fan_out))


@glorot_uniform.mistake("Under the root stands the sum of both sizes. And in your code?")
def product_of_the_sizes(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in * fan_out))
    return rng.uniform(-c, c, (fan_in, fan_out))


@glorot_uniform.mistake("What is `6 // 252`?")
def whole_division(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 // (fan_in + fan_out))
    return rng.uniform(-c, c, (fan_in, fan_out))


@glorot_uniform.mistake("Is the bias an input? Which shape is asked for, and which two sizes stand under the root?")
def a_row_for_the_bias(fan_in: int, fan_out: int, rng: Generator) -> Array:
    return glorot_uniform(fan_in + 1, fan_out, rng)


@glorot_uniform.mistake("The bias is not counted under the root. Which two sizes are?")
def bias_counted_in_c(fan_in: int, fan_out: int, rng: Generator) -> Array:
    c = np.sqrt(6 / (fan_in + 1 + fan_out))
    return rng.uniform(-c, c, (fan_in, fan_out))


@glorot_uniform.mistake("The weights are right, in one long row. Which shape is asked for?")
def flat(fan_in: int, fan_out: int, rng: Generator) -> Array:
    return glorot_uniform(fan_in, fan_out, rng).ravel()


@glorot_uniform.mistake("If all weights are 0, in what do two units of a layer differ?")
def zeros(fan_in: int, fan_out: int, rng: Generator) -> Array:
    return np.zeros((fan_in, fan_out))
