"""Mistakes in batch normalisation, by their step: which statistics, how they normalise, how the running ones move.

`mean` and `var` are the running statistics, `m` and `v` those in use.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise.normalisation import Array, Result, batch_norm_forward

Pair = tuple[Array, Array]
Declare = Callable[[Any], Any]


def _statistics(x: Array, mean: Array, var: Array, training: bool, ddof: int = 0) -> Pair:
    return (x.mean(axis=0), x.var(axis=0, ddof=ddof)) if training else (mean, var)


def _normalise(x: Array, m: Array, v: Array, w: Array, b: Array, eps: float) -> Array:
    return w * (x - m) / np.sqrt(v + eps) + b


def _run(x: Array, mean: Array, var: Array, training: bool, momentum: float, ddof: int = 1) -> Pair:
    if not training:
        return mean, var
    new_mean = (1 - momentum) * mean + momentum * x.mean(axis=0)
    return new_mean, (1 - momentum) * var + momentum * x.var(axis=0, ddof=ddof)


def _mistaken(
    question: str, name: str, *, statistics: Any = _statistics, normalise: Any = _normalise, run: Any = _run
) -> None:
    @batch_norm_forward.mistake(question, name=name)
    def mistaken(
        x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
    ) -> Result:
        m, v = statistics(x, mean, var, training)
        return normalise(x, m, v, w, b, eps), *run(x, mean, var, training, momentum)


def _in(step: str) -> Callable[..., Declare]:
    """The decorator for a mistake in one step: statistics, normalise or run."""

    def mistake(question: str, **others: Any) -> Declare:
        def declare(wrong: Any) -> Any:
            _mistaken(question, wrong.__name__.replace("_", " "), **{step: wrong, **others})
            return wrong

        return declare

    return mistake


in_statistics, in_normalising, in_running = _in("statistics"), _in("normalise"), _in("run")


@in_statistics("Each unit gets its own mean and variance. Over which axis of (B, H) are they taken?")
def wrong_axis(x: Array, mean: Array, var: Array, training: bool) -> Pair:
    return (x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)) if training else (mean, var)


@in_statistics("How many means are there in (B, H): one, or one for each unit?")
def one_mean_for_all_units(x: Array, mean: Array, var: Array, training: bool) -> Pair:
    return (x.mean(), x.var()) if training else (mean, var)


@in_statistics("Normalise by the variance of this very batch: by what are its squares divided, B or B - 1?")
def unbiased_variance(x: Array, mean: Array, var: Array, training: bool) -> Pair:
    return _statistics(x, mean, var, training, ddof=1)


@in_statistics("In evaluation, may the answer for one example depend on the other examples of its batch?")
def batch_statistics_in_evaluation(x: Array, mean: Array, var: Array, training: bool) -> Pair:
    return _statistics(x, mean, var, True)


@in_statistics("In training, by which mean do you centre: that of this batch, or the running one?")
def running_statistics_in_training(x: Array, mean: Array, var: Array, training: bool) -> Pair:
    return mean, var


@in_normalising("Where does eps stand: under the root, with the variance, or beside it?")
def eps_outside_the_root(x: Array, m: Array, v: Array, w: Array, b: Array, eps: float) -> Array:
    return w * (x - m) / (np.sqrt(v) + eps) + b


@in_normalising("A unit that is the same in all examples has the variance 0. By what do you divide then?")
def eps_forgotten(x: Array, m: Array, v: Array, w: Array, b: Array, eps: float) -> Array:
    return _normalise(x, m, v, w, b, 0.0)


@in_normalising("Does your result depend on `eps`?")
def eps_of_the_default(x: Array, m: Array, v: Array, w: Array, b: Array, eps: float) -> Array:
    return _normalise(x, m, v, w, b, 1e-5)


@in_normalising("What is the standard deviation of your result, if you divide by the variance?")
def root_forgotten(x: Array, m: Array, v: Array, w: Array, b: Array, eps: float) -> Array:
    return w * (x - m) / (v + eps) + b


@in_normalising("What is the mean of a normalised unit? And of yours?")
def mean_not_subtracted(x: Array, m: Array, v: Array, w: Array, b: Array, eps: float) -> Array:
    return w * x / np.sqrt(v + eps) + b


@in_normalising("Which two parameters let the network undo the normalisation? Does your result depend on them?")
def weight_and_bias_forgotten(x: Array, m: Array, v: Array, w: Array, b: Array, eps: float) -> Array:
    return (x - m) / np.sqrt(v + eps)


@in_normalising("Two parameters let the network undo the normalisation. Does your result depend on `bias`?")
def bias_forgotten(x: Array, m: Array, v: Array, w: Array, b: Array, eps: float) -> Array:
    return w * (x - m) / np.sqrt(v + eps)


@in_normalising("Two parameters let the network undo the normalisation. Does your result depend on `weight`?")
def weight_forgotten(x: Array, m: Array, v: Array, w: Array, b: Array, eps: float) -> Array:
    return (x - m) / np.sqrt(v + eps) + b


@in_normalising("Which comes first: times weight, or plus bias?")
def bias_before_weight(x: Array, m: Array, v: Array, w: Array, b: Array, eps: float) -> Array:
    return w * ((x - m) / np.sqrt(v + eps) + b)


@in_running("running_var estimates the variance of *all* data from a sample. By what are the squares divided then?")
def biased_running_variance(x: Array, mean: Array, var: Array, training: bool, momentum: float) -> Pair:
    return _run(x, mean, var, training, momentum, ddof=0)


@in_running(
    "Two variances, by B and by B - 1: which describes the batch, and which estimates that of all data?",
    statistics=unbiased_variance,
)
def variances_exchanged(x: Array, mean: Array, var: Array, training: bool, momentum: float) -> Pair:
    return _run(x, mean, var, training, momentum, ddof=0)


@in_running(
    "How many means and variances are there in (B, H): one of each, or one for each unit?",
    statistics=one_mean_for_all_units,
)
def one_mean_for_all_units_running_too(x: Array, mean: Array, var: Array, training: bool, momentum: float) -> Pair:
    if not training:
        return mean, var
    return (1 - momentum) * mean + momentum * x.mean(), (1 - momentum) * var + momentum * x.var(ddof=1)


@in_running("With momentum 0.1, does the running mean keep nine tenths of what it was, or one tenth?")
def momentum_reversed(x: Array, mean: Array, var: Array, training: bool, momentum: float) -> Pair:
    return _run(x, mean, var, training, 1 - momentum)


@in_running("The running mean keeps nine tenths of what it was. And the running variance?")
def momentum_reversed_for_the_variance(x: Array, mean: Array, var: Array, training: bool, momentum: float) -> Pair:
    return _run(x, mean, var, training, momentum)[0], _run(x, mean, var, training, 1 - momentum)[1]


@in_running("Do your running statistics depend on `momentum`?")
def momentum_of_the_default(x: Array, mean: Array, var: Array, training: bool, momentum: float) -> Pair:
    return _run(x, mean, var, training, 0.1)


@in_running("Nine tenths of the old and one tenth of the new. Which share of the old do you keep?")
def the_old_not_reduced(x: Array, mean: Array, var: Array, training: bool, momentum: float) -> Pair:
    if not training:
        return mean, var
    return mean + momentum * x.mean(axis=0), var + momentum * x.var(axis=0, ddof=1)


@in_running("A running mean remembers all batches. How many does yours remember?")
def statistics_of_the_batch_returned(x: Array, mean: Array, var: Array, training: bool, momentum: float) -> Pair:
    return _statistics(x, mean, var, training, ddof=1)


@in_running("Measuring must not change the model. What happens to your running mean in evaluation mode?")
def updated_in_evaluation(x: Array, mean: Array, var: Array, training: bool, momentum: float) -> Pair:
    return _run(x, mean, var, True, momentum)


@in_running(
    "What does your code do in evaluation mode? Try `training=False`.", statistics=batch_statistics_in_evaluation
)
def training_whatever_is_asked(x: Array, mean: Array, var: Array, training: bool, momentum: float) -> Pair:
    return _run(x, mean, var, True, momentum)


@in_running("What will evaluation mode use if the running statistics never learn anything?")
def never_updated(x: Array, mean: Array, var: Array, training: bool, momentum: float) -> Pair:
    return mean, var


@in_running("The running mean learns. And the running variance?")
def variance_never_updated(x: Array, mean: Array, var: Array, training: bool, momentum: float) -> Pair:
    return _run(x, mean, var, training, momentum)[0], var


@in_running("The running statistics are a mean and a *variance*. What do you store?")
def running_standard_deviation(x: Array, mean: Array, var: Array, training: bool, momentum: float) -> Pair:
    new_mean, _ = _run(x, mean, var, training, momentum)
    return new_mean, (1 - momentum) * var + momentum * x.std(axis=0, ddof=1) if training else var


@batch_norm_forward.mistake("eps keeps from dividing by 0. Does it belong to the variance of the data?")
def eps_in_the_running_variance(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    out, new_mean, new_var = batch_norm_forward(x, mean, var, w, b, training, momentum, eps)
    return out, new_mean, new_var + momentum * eps if training else new_var


@batch_norm_forward.mistake("In training the batch is centred by its own mean. What mean has your result?")
def updated_statistics_in_training(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    mean, var = _run(x, mean, var, training, momentum)
    return _normalise(x, mean, var, w, b, eps), mean, var


@batch_norm_forward.mistake("The three results have an order. Which is the third in yours: the mean or the variance?")
def variance_before_mean(*args: Any, **kwargs: Any) -> Result:
    out, mean, var = batch_norm_forward(*args, **kwargs)
    return out, var, mean


@batch_norm_forward.mistake("Training keeps running statistics. How does it get the new ones from your function?")
def out_alone(*args: Any, **kwargs: Any) -> Array:
    return batch_norm_forward(*args, **kwargs)[0]
