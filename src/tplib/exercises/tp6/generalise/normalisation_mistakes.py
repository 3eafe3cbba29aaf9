"""Mistakes in batch normalisation. `mean` and `var` are the running statistics, `m` and `v` those in use."""

import numpy as np

from tplib.exercises.tp6.generalise.normalisation import batch_norm_forward

Array = np.ndarray
Result = tuple[Array, Array, Array]


def _normalise(x: Array, m: Array, v: Array, w: Array, b: Array, eps: float) -> Array:
    return w * (x - m) / np.sqrt(v + eps) + b


def _statistics(x: Array, mean: Array, var: Array, training: bool, ddof: int = 0) -> tuple[Array, Array]:
    return (x.mean(axis=0), x.var(axis=0, ddof=ddof)) if training else (mean, var)


def _moved(x: Array, mean: Array, var: Array, training: bool, momentum: float, ddof: int = 1) -> tuple[Array, Array]:
    if not training:
        return mean, var
    new_mean = (1 - momentum) * mean + momentum * x.mean(axis=0)
    return new_mean, (1 - momentum) * var + momentum * x.var(axis=0, ddof=ddof)


@batch_norm_forward.mistake("Each unit gets its own mean and variance. Over which axis of (B, H) are they taken?")
def wrong_axis(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    means, variances = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    m, v = (means, variances) if training else (mean, var)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, training, momentum)


@batch_norm_forward.mistake("How many means are there in (B, H): one, or one for each unit?")
def one_mean_for_all_units(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = (x.mean(), x.var()) if training else (mean, var)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, training, momentum)


@batch_norm_forward.mistake(
    "Normalise by the variance of this very batch: by what are its squares divided, B or B - 1?"
)
def unbiased_variance(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training, ddof=1)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, training, momentum)


@batch_norm_forward.mistake(
    "running_var estimates the variance of *all* data from a sample. By what are the squares divided then?"
)
def biased_running_variance(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, training, momentum, ddof=0)


@batch_norm_forward.mistake(
    "Two variances, by B and by B - 1: which describes the batch, and which estimates that of all data?"
)
def variances_exchanged(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training, ddof=1)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, training, momentum, ddof=0)


@batch_norm_forward.mistake("With momentum 0.1, does the running mean keep nine tenths of what it was, or one tenth?")
def momentum_reversed(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, training, 1 - momentum)


@batch_norm_forward.mistake("In evaluation, may the answer for one example depend on the other examples of its batch?")
def batch_statistics_in_evaluation(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    out = _normalise(x, x.mean(axis=0), x.var(axis=0), w, b, eps)
    return out, *_moved(x, mean, var, training, momentum)


@batch_norm_forward.mistake("In training, by which mean do you centre: that of this batch, or the running one?")
def running_statistics_in_training(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    return _normalise(x, mean, var, w, b, eps), *_moved(x, mean, var, training, momentum)


@batch_norm_forward.mistake("In training the batch is centred by its own mean. What mean has your result?")
def updated_statistics_in_training(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    mean, var = _moved(x, mean, var, training, momentum)
    return _normalise(x, mean, var, w, b, eps), mean, var


@batch_norm_forward.mistake(
    "Measuring must not change the model. What happens to your running mean in evaluation mode?"
)
def updated_in_evaluation(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, True, momentum)


@batch_norm_forward.mistake("What will evaluation mode use if the running statistics never learn anything?")
def never_updated(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return _normalise(x, m, v, w, b, eps), mean, var


@batch_norm_forward.mistake("Where does eps stand: under the root, with the variance, or beside it?")
def eps_outside_the_root(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return w * (x - m) / (np.sqrt(v) + eps) + b, *_moved(x, mean, var, training, momentum)


@batch_norm_forward.mistake("What is the standard deviation of your result, if you divide by the variance?")
def root_forgotten(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return w * (x - m) / (v + eps) + b, *_moved(x, mean, var, training, momentum)


@batch_norm_forward.mistake(
    "Which two parameters let the network undo the normalisation? Does your result depend on them?"
)
def weight_and_bias_forgotten(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return (x - m) / np.sqrt(v + eps), *_moved(x, mean, var, training, momentum)


@batch_norm_forward.mistake("Which comes first: times weight, or plus bias?")
def bias_before_weight(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return w * ((x - m) / np.sqrt(v + eps) + b), *_moved(x, mean, var, training, momentum)


@batch_norm_forward.mistake("The running statistics are a mean and a *variance*. What do you store?")
def running_standard_deviation(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    new_mean, _ = _moved(x, mean, var, training, momentum)
    new_var = (1 - momentum) * var + momentum * x.std(axis=0, ddof=1) if training else var
    return _normalise(x, m, v, w, b, eps), new_mean, new_var
