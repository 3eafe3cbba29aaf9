"""Mistakes in batch normalisation. `mean` and `var` are the running statistics, `m` and `v` those in use."""

import numpy as np

from tplib.graders.exercise import Misconception

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


def _wrong_axis(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    means, variances = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    m, v = (means, variances) if training else (mean, var)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, training, momentum)


def _whole_batch(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = (x.mean(), x.var()) if training else (mean, var)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, training, momentum)


def _unbiased_everywhere(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training, ddof=1)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, training, momentum)


def _biased_everywhere(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, training, momentum, ddof=0)


def _variances_exchanged(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training, ddof=1)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, training, momentum, ddof=0)


def _momentum_reversed(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, training, 1 - momentum)


def _batch_statistics_in_evaluation(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    out = _normalise(x, x.mean(axis=0), x.var(axis=0), w, b, eps)
    return out, *_moved(x, mean, var, training, momentum)


def _running_statistics_in_training(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    return _normalise(x, mean, var, w, b, eps), *_moved(x, mean, var, training, momentum)


def _updated_statistics_in_training(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    mean, var = _moved(x, mean, var, training, momentum)
    return _normalise(x, mean, var, w, b, eps), mean, var


def _updated_in_evaluation(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return _normalise(x, m, v, w, b, eps), *_moved(x, mean, var, True, momentum)


def _never_updated(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return _normalise(x, m, v, w, b, eps), mean, var


def _eps_outside(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return w * (x - m) / (np.sqrt(v) + eps) + b, *_moved(x, mean, var, training, momentum)


def _root_forgotten(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return w * (x - m) / (v + eps) + b, *_moved(x, mean, var, training, momentum)


def _no_weight_and_bias(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return (x - m) / np.sqrt(v + eps), *_moved(x, mean, var, training, momentum)


def _bias_first(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    return w * ((x - m) / np.sqrt(v + eps) + b), *_moved(x, mean, var, training, momentum)


def _running_deviation(
    x: Array, mean: Array, var: Array, w: Array, b: Array, training: bool, momentum: float = 0.1, eps: float = 1e-5
) -> Result:
    m, v = _statistics(x, mean, var, training)
    new_mean, _ = _moved(x, mean, var, training, momentum)
    new_var = (1 - momentum) * var + momentum * x.std(axis=0, ddof=1) if training else var
    return _normalise(x, m, v, w, b, eps), new_mean, new_var


MISTAKES = (
    Misconception(
        "wrong axis",
        _wrong_axis,
        "Each unit gets its own mean and variance. Over which axis of (B, H) are they taken?",
    ),
    Misconception(
        "one mean for all units", _whole_batch, "How many means are there in (B, H): one, or one for each unit?"
    ),
    Misconception(
        "unbiased variance",
        _unbiased_everywhere,
        "Normalise by the variance of this very batch: by what are its squares divided, B or B - 1?",
    ),
    Misconception(
        "biased running variance",
        _biased_everywhere,
        "running_var estimates the variance of *all* data from a sample. By what are the squares divided then?",
    ),
    Misconception(
        "variances exchanged",
        _variances_exchanged,
        "Two variances, by B and by B - 1: which describes the batch, and which estimates that of all data?",
    ),
    Misconception(
        "momentum reversed",
        _momentum_reversed,
        "With momentum 0.1, does the running mean keep nine tenths of what it was, or one tenth?",
    ),
    Misconception(
        "batch statistics in evaluation",
        _batch_statistics_in_evaluation,
        "In evaluation, may the answer for one example depend on the other examples of its batch?",
    ),
    Misconception(
        "running statistics in training",
        _running_statistics_in_training,
        "In training, by which mean do you centre: that of this batch, or the running one?",
    ),
    Misconception(
        "updated statistics in training",
        _updated_statistics_in_training,
        "In training the batch is centred by its own mean. What mean has your result?",
    ),
    Misconception(
        "updated in evaluation",
        _updated_in_evaluation,
        "Measuring must not change the model. What happens to your running mean in evaluation mode?",
    ),
    Misconception(
        "never updated",
        _never_updated,
        "What will evaluation mode use if the running statistics never learn anything?",
    ),
    Misconception(
        "eps outside the root",
        _eps_outside,
        "Where does eps stand: under the root, with the variance, or beside it?",
    ),
    Misconception(
        "root forgotten",
        _root_forgotten,
        "What is the standard deviation of your result, if you divide by the variance?",
    ),
    Misconception(
        "weight and bias forgotten",
        _no_weight_and_bias,
        "Which two parameters let the network undo the normalisation? Does your result depend on them?",
    ),
    Misconception("bias before weight", _bias_first, "Which comes first: times weight, or plus bias?"),
    Misconception(
        "running standard deviation",
        _running_deviation,
        "The running statistics are a mean and a *variance*. What do you store?",
    ),
)
