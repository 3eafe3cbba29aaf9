"""Batch normalisation of hidden units, in training and in evaluation."""

import numpy as np

from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception
from tplib.graders.tp6.generalise.common import Array, exercise, nonzero

Result = tuple[Array, Array, Array]


def _draw(draw: Draw) -> Arguments:
    B, H = draw.size(2, 5), draw.size(1, 3)
    x = draw.array(B, H)
    running = draw.array(H), draw.array(H, low=0.5, high=3.0)
    weight, bias = nonzero(draw.array(H)), draw.array(H)
    momentum, eps = draw.choice(((0.1, 1e-5), (0.25, 0.5)))
    return x, *running, weight, bias, draw.choice((True, True, False)), momentum, eps


def _normalise(x: Array, mean: Array, var: Array, weight: Array, bias: Array, eps: float) -> Array:
    return weight * (x - mean) / np.sqrt(var + eps) + bias


def _move(running: Array, new: Array, momentum: float) -> Array:
    return (1 - momentum) * running + momentum * new


def _batch_norm(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    mean, var = running_mean, running_var
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var


def _batch_norm_by_formula(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    if not training:
        scale = weight * (running_var + eps) ** -0.5
        return x * scale + (bias - running_mean * scale), running_mean.copy(), running_var.copy()
    B = x.shape[0]
    mean = x.sum(axis=0) / B
    squares = ((x - mean) ** 2).sum(axis=0)
    out = (x - mean) * weight / np.sqrt(squares / B + eps) + bias
    new_mean = running_mean + momentum * (mean - running_mean)
    return out, new_mean, running_var + momentum * (squares / (B - 1) - running_var)


def _batch_norm_unit_by_unit(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    out, new_mean, new_var = np.empty_like(x), running_mean.copy(), running_var.copy()
    for j in range(x.shape[1]):
        column, n = x[:, j], len(x)
        mean, var = (np.mean(column), np.var(column)) if training else (running_mean[j], running_var[j])
        out[:, j] = weight[j] * (column - mean) / np.sqrt(var + eps) + bias[j]
        if training:
            new_mean[j] += momentum * (mean - new_mean[j])
            new_var[j] += momentum * (var * n / (n - 1) - new_var[j])
    return out, new_mean, new_var


def _bn_wrong_axis(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    if not training:
        return _normalise(x, running_mean, running_var, weight, bias, eps), running_mean, running_var
    out = _normalise(x, x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True), weight, bias, eps)
    return out, _move(running_mean, x.mean(axis=0), momentum), _move(running_var, x.var(axis=0, ddof=1), momentum)


def _bn_whole_batch(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    if not training:
        return _normalise(x, running_mean, running_var, weight, bias, eps), running_mean, running_var
    out = _normalise(x, x.mean(), x.var(), weight, bias, eps)
    return out, _move(running_mean, x.mean(axis=0), momentum), _move(running_var, x.var(axis=0, ddof=1), momentum)


def _bn_unbiased_everywhere(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    if not training:
        return _normalise(x, running_mean, running_var, weight, bias, eps), running_mean, running_var
    out = _normalise(x, x.mean(axis=0), x.var(axis=0, ddof=1), weight, bias, eps)
    return out, _move(running_mean, x.mean(axis=0), momentum), _move(running_var, x.var(axis=0, ddof=1), momentum)


def _bn_biased_everywhere(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    if not training:
        return _normalise(x, running_mean, running_var, weight, bias, eps), running_mean, running_var
    out = _normalise(x, x.mean(axis=0), x.var(axis=0), weight, bias, eps)
    return out, _move(running_mean, x.mean(axis=0), momentum), _move(running_var, x.var(axis=0), momentum)


def _bn_variances_exchanged(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    if not training:
        return _normalise(x, running_mean, running_var, weight, bias, eps), running_mean, running_var
    out = _normalise(x, x.mean(axis=0), x.var(axis=0, ddof=1), weight, bias, eps)
    return out, _move(running_mean, x.mean(axis=0), momentum), _move(running_var, x.var(axis=0), momentum)


def _bn_momentum_reversed(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    if not training:
        return _normalise(x, running_mean, running_var, weight, bias, eps), running_mean, running_var
    out = _normalise(x, x.mean(axis=0), x.var(axis=0), weight, bias, eps)
    return (
        out,
        _move(running_mean, x.mean(axis=0), 1 - momentum),
        _move(running_var, x.var(axis=0, ddof=1), 1 - momentum),
    )


def _bn_batch_statistics_in_evaluation(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    out = _normalise(x, x.mean(axis=0), x.var(axis=0), weight, bias, eps)
    if not training:
        return out, running_mean, running_var
    new_mean, new_var = x.mean(axis=0), x.var(axis=0, ddof=1)
    return out, _move(running_mean, new_mean, momentum), _move(running_var, new_var, momentum)


def _bn_running_statistics_in_training(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    if not training:
        return _normalise(x, running_mean, running_var, weight, bias, eps), running_mean, running_var
    out = _normalise(x, running_mean, running_var, weight, bias, eps)
    return out, _move(running_mean, x.mean(axis=0), momentum), _move(running_var, x.var(axis=0, ddof=1), momentum)


def _bn_updated_statistics_in_training(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    if not training:
        return _normalise(x, running_mean, running_var, weight, bias, eps), running_mean, running_var
    running_mean = _move(running_mean, x.mean(axis=0), momentum)
    running_var = _move(running_var, x.var(axis=0, ddof=1), momentum)
    return _normalise(x, running_mean, running_var, weight, bias, eps), running_mean, running_var


def _bn_updated_in_evaluation(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    mean, var = (x.mean(axis=0), x.var(axis=0)) if training else (running_mean, running_var)
    out = _normalise(x, mean, var, weight, bias, eps)
    new_mean, new_var = x.mean(axis=0), x.var(axis=0, ddof=1)
    return out, _move(running_mean, new_mean, momentum), _move(running_var, new_var, momentum)


def _bn_never_updated(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    mean, var = (x.mean(axis=0), x.var(axis=0)) if training else (running_mean, running_var)
    return _normalise(x, mean, var, weight, bias, eps), running_mean, running_var


def _bn_eps_outside(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    mean, var = (x.mean(axis=0), x.var(axis=0)) if training else (running_mean, running_var)
    out = weight * (x - mean) / (np.sqrt(var) + eps) + bias
    if not training:
        return out, running_mean, running_var
    new_mean, new_var = x.mean(axis=0), x.var(axis=0, ddof=1)
    return out, _move(running_mean, new_mean, momentum), _move(running_var, new_var, momentum)


def _bn_root_forgotten(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    mean, var = (x.mean(axis=0), x.var(axis=0)) if training else (running_mean, running_var)
    out = weight * (x - mean) / (var + eps) + bias
    if not training:
        return out, running_mean, running_var
    new_mean, new_var = x.mean(axis=0), x.var(axis=0, ddof=1)
    return out, _move(running_mean, new_mean, momentum), _move(running_var, new_var, momentum)


def _bn_no_weight_and_bias(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    mean, var = (x.mean(axis=0), x.var(axis=0)) if training else (running_mean, running_var)
    out = (x - mean) / np.sqrt(var + eps)
    if not training:
        return out, running_mean, running_var
    new_mean, new_var = x.mean(axis=0), x.var(axis=0, ddof=1)
    return out, _move(running_mean, new_mean, momentum), _move(running_var, new_var, momentum)


def _bn_bias_first(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    mean, var = (x.mean(axis=0), x.var(axis=0)) if training else (running_mean, running_var)
    out = weight * ((x - mean) / np.sqrt(var + eps) + bias)
    if not training:
        return out, running_mean, running_var
    new_mean, new_var = x.mean(axis=0), x.var(axis=0, ddof=1)
    return out, _move(running_mean, new_mean, momentum), _move(running_var, new_var, momentum)


def _bn_running_deviation(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array,
    bias: Array,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Result:
    if not training:
        return _normalise(x, running_mean, running_var, weight, bias, eps), running_mean, running_var
    out = _normalise(x, x.mean(axis=0), x.var(axis=0), weight, bias, eps)
    return out, _move(running_mean, x.mean(axis=0), momentum), _move(running_var, x.std(axis=0, ddof=1), momentum)


_x = np.array([[1.0, -2.0, 0.5], [3.0, 1.5, -1.0], [-1.0, 1.0, 2.0], [0.5, 0.0, 2.5]])
_running = np.array([0.5, -1.0, 0.0]), np.array([1.0, 2.0, 4.0])
_affine = np.array([2.0, 0.5, -1.0]), np.array([0.25, 1.0, -0.5])

batch_norm_forward = exercise(
    name="batch_norm_forward",
    points=3,
    lecture="003, Gradient instability: others improvements (Batch Normalization)",
    signature="batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5)",
    draw=_draw,
    draws=6,
    edges=(
        Case((_x, *_running, *_affine, True, 0.25, 0.5)),
        Case((_x, *_running, *_affine, False, 0.25, 0.5)),
        Case((_x[:3], *_running, *_affine, True, 0.1, 1e-5)),
    ),
    reference=_batch_norm,
    misconceptions=(
        Misconception(
            "wrong axis",
            _bn_wrong_axis,
            "Each unit gets its own mean and variance. Over which axis of (B, H) are they taken?",
        ),
        Misconception(
            "one mean for all units", _bn_whole_batch, "How many means are there in (B, H): one, or one for each unit?"
        ),
        Misconception(
            "unbiased variance",
            _bn_unbiased_everywhere,
            "Normalise by the variance of this very batch: by what are its squares divided, B or B - 1?",
        ),
        Misconception(
            "biased running variance",
            _bn_biased_everywhere,
            "running_var estimates the variance of *all* data from a sample. By what are the squares divided then?",
        ),
        Misconception(
            "variances exchanged",
            _bn_variances_exchanged,
            "Two variances, by B and by B - 1: which describes the batch, and which estimates that of all data?",
        ),
        Misconception(
            "momentum reversed",
            _bn_momentum_reversed,
            "With momentum 0.1, does the running mean keep nine tenths of what it was, or one tenth?",
        ),
        Misconception(
            "batch statistics in evaluation",
            _bn_batch_statistics_in_evaluation,
            "In evaluation, may the answer for one example depend on the other examples of its batch?",
        ),
        Misconception(
            "running statistics in training",
            _bn_running_statistics_in_training,
            "In training, by which mean do you centre: that of this batch, or the running one?",
        ),
        Misconception(
            "updated statistics in training",
            _bn_updated_statistics_in_training,
            "In training the batch is centred by its own mean. What mean has your result?",
        ),
        Misconception(
            "updated in evaluation",
            _bn_updated_in_evaluation,
            "Measuring must not change the model. What happens to your running mean in evaluation mode?",
        ),
        Misconception(
            "never updated",
            _bn_never_updated,
            "What will evaluation mode use if the running statistics never learn anything?",
        ),
        Misconception(
            "eps outside the root",
            _bn_eps_outside,
            "Where does eps stand: under the root, with the variance, or beside it?",
        ),
        Misconception(
            "root forgotten",
            _bn_root_forgotten,
            "What is the standard deviation of your result, if you divide by the variance?",
        ),
        Misconception(
            "weight and bias forgotten",
            _bn_no_weight_and_bias,
            "Which two parameters let the network undo the normalisation? Does your result depend on them?",
        ),
        Misconception("bias before weight", _bn_bias_first, "Which comes first: times weight, or plus bias?"),
        Misconception(
            "running standard deviation",
            _bn_running_deviation,
            "The running statistics are a mean and a *variance*. What do you store?",
        ),
    ),
    alternatives=(_batch_norm_by_formula, _batch_norm_unit_by_unit),
    forbidden=(
        "torch.nn.functional.batch_norm",
        "torch.nn.BatchNorm1d",
        "torch.batch_norm",
        "tplib.nn.functional.batch_norm",
        "tplib.nn.BatchNorm1d",
    ),
    formula="z = (x - mean) / sqrt(var + eps), out = weight · z + bias; "
    "running <- (1 - momentum) · running + momentum · new, in training only.",
    shapes="x and out are (B, H), all else (H,): `axis=0`. Variance: divided by B for z, by B - 1 for running_var.",
    worked="x = [[1], [3]], eps = 0, weight 1, bias 0: mean 2, var 1, out [[-1], [1]]; running_var 1 and momentum 0.1: "
    "0.9 · 1 + 0.1 · 2 = 1.1",
)
