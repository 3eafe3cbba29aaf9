"""Adam: momentum and RMSprop together, both corrected for their start at 0. m is exp_avg, v is exp_avg_sq."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.descent.common import EPS, exercise, optimizers, parameters_and_gradient, squares
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray
Betas = tuple[float, float]
Step = tuple[Array, Array, Array, int]
BETAS = (0.9, 0.999)


def _case(draw: Draw) -> Arguments:
    theta, grad = parameters_and_gradient(draw)
    betas = draw.choice(((0.5, 0.75), (0.9, 0.999), (0.8, 0.9)))
    state = draw.array(*grad.shape), squares(draw, grad), draw.size(1, 5)
    return theta, grad, *state, draw.choice((0.5, 0.1)), betas, 1e-8


def _means(grad: Array, m: Array, v: Array, betas: Betas) -> tuple[Array, Array]:
    beta1, beta2 = betas
    return beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2


def _adam_step(
    theta: Array,
    grad: Array,
    exp_avg: Array,
    exp_avg_sq: Array,
    step: int,
    lr: float = 0.001,
    betas: Betas = BETAS,
    eps: float = 1e-8,
) -> Step:
    step = step + 1
    m, v = _means(grad, exp_avg, exp_avg_sq, betas)
    m_hat, v_hat = m / (1 - betas[0] ** step), v / (1 - betas[1] ** step)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, step


def _adam_rearranged(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Any:
    step = step + 1
    m = m + (1 - betas[0]) * (grad - m)
    v = betas[1] * v + (1 - betas[1]) * grad * grad
    rate = lr / (1 - betas[0] ** step)
    return [theta - rate * m / (v**0.5 / (1 - betas[1] ** step) ** 0.5 + eps), m, v, step]


def _adam_in_place(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    theta, m, v = theta.copy(), m.copy(), v.copy()
    step += 1
    m *= betas[0]
    m += (1 - betas[0]) * grad
    v *= betas[1]
    v += (1 - betas[1]) * np.square(grad)
    theta -= lr * (m / (1 - betas[0] ** step)) / (np.sqrt(v / (1 - betas[1] ** step)) + eps)
    return theta, m, v, step


def _adam_no_correction(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    m, v = _means(grad, m, v, betas)
    return theta - lr * m / (np.sqrt(v) + eps), m, v, step + 1


def _adam_one_correction(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    m, v = _means(grad, m, v, betas)
    return theta - lr * m / (1 - betas[0] ** (step + 1)) / (np.sqrt(v) + eps), m, v, step + 1


def _adam_counts_late(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    m, v = _means(grad, m, v, betas)
    m_hat, v_hat = m / np.float64(1 - betas[0] ** step), v / np.float64(1 - betas[1] ** step)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, step + 1


def _adam_step_not_counted(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    return *_adam_step(theta, grad, m, v, step, lr, betas, eps)[:3], step


def _adam_corrected_stored(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new, m, v, step = _adam_step(theta, grad, m, v, step, lr, betas, eps)
    return new, m / (1 - betas[0] ** step), v / (1 - betas[1] ** step), step


def _adam_correction_multiplied(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    m, v = _means(grad, m, v, betas)
    m_hat, v_hat = m * (1 - betas[0] ** (step + 1)), v * (1 - betas[1] ** (step + 1))
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, step + 1


def _adam_correction_without_power(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    m, v = _means(grad, m, v, betas)
    return theta - lr * m / (1 - betas[0]) / (np.sqrt(v / (1 - betas[1])) + eps), m, v, step + 1


def _adam_betas_exchanged(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    return _adam_step(theta, grad, m, v, step, lr, (betas[1], betas[0]), eps)


def _adam_beta_on_the_gradient(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    step = step + 1
    m, v = _means(grad, m, v, (1 - betas[0], 1 - betas[1]))
    return theta - lr * m / (1 - betas[0] ** step) / (np.sqrt(v / (1 - betas[1] ** step)) + eps), m, v, step


def _adam_no_root(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    _, m, v, step = _adam_step(theta, grad, m, v, step, lr, betas, eps)
    return theta - lr * m / (1 - betas[0] ** step) / (v / (1 - betas[1] ** step) + eps), m, v, step


def _adam_gradient_only(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    _, m, v, step = _adam_step(theta, grad, m, v, step, lr, betas, eps)
    return theta - lr * grad / (np.sqrt(v / (1 - betas[1] ** step)) + eps), m, v, step


def _adam_uphill(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    return _adam_step(theta, grad, m, v, step, -lr, betas, eps)


def _adam_eps_in_root(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    _, m, v, step = _adam_step(theta, grad, m, v, step, lr, betas, eps)
    return theta - lr * m / (1 - betas[0] ** step) / np.sqrt(v / (1 - betas[1] ** step) + eps), m, v, step


def _adam_eps_before_the_correction(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    _, m, v, step = _adam_step(theta, grad, m, v, step, lr, betas, eps)
    rate = lr * (1 - betas[1] ** step) ** 0.5 / (1 - betas[0] ** step)
    return theta - rate * m / (np.sqrt(v) + eps), m, v, step


def _adam_no_eps(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    return _adam_step(theta, grad, m, v, step, lr, betas, 0.0)


_THETA, _GRAD, _TINY, _ZERO = np.array([1.0, -2.0]), np.array([0.5, -4.0]), np.array([1e-3, -2e-3]), np.zeros(2)

adam_step = exercise(
    name="adam_step",
    points=2,
    at_home=True,
    lecture="003, Extensions and variants of SGD: Adam",
    signature="adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8)",
    inputs=("theta", "grad", "exp_avg", "exp_avg_sq", "step", "lr", "betas", "eps"),
    draw=_case,
    edges=(
        Case((_THETA, _GRAD, _ZERO, _ZERO, 0, 0.5, (0.9, 0.99), 1e-8)),
        Case((_THETA, _GRAD, np.array([0.5, -0.5]), np.ones(2), 50, 0.5, (0.9, 0.99), 1e-8)),
        Case((_THETA, _TINY, _ZERO, _ZERO, 0, 0.5, (0.9, 0.99), 0.01), "eps"),
        Case((_THETA, _TINY, _TINY, _TINY**2, 3, 0.5, (0.5, 0.75), 0.01), "eps"),
        Case((_THETA, _ZERO, _ZERO, _ZERO, 0, 0.5, (0.9, 0.99), 1e-8), "eps"),
        Case((_THETA, _GRAD, np.array([-1.0, 1.0]), np.array([2.0, 8.0]), 3), "defaults"),
    ),
    aspects=EPS,
    reference=_adam_step,
    misconceptions=(
        Misconception(
            "bias correction forgotten",
            _adam_no_correction,
            "Both averages start at 0. At the first step, exp_avg is a tenth of the gradient: who makes up for it?",
        ),
        Misconception(
            "second average not corrected",
            _adam_one_correction,
            "exp_avg_sq starts at 0 too, and has the longer memory. Where is its correction?",
        ),
        Misconception(
            "step counted late",
            _adam_counts_late,
            "At the first step `step` comes in as 0, and 1 - beta ** 0 is 0. Which step is being made?",
        ),
        Misconception("step not counted", _adam_step_not_counted, "What will the next call get for `step`?"),
        Misconception(
            "corrected averages stored",
            _adam_corrected_stored,
            "The correction is for this step only. What should the next step's average start from?",
        ),
        Misconception(
            "multiplied by the correction",
            _adam_correction_multiplied,
            "The averages are too small at first. Does your correction make them larger?",
        ),
        Misconception(
            "correction without the power",
            _adam_correction_without_power,
            "After many steps the averages are right as they are. What does your correction tend to?",
        ),
        Misconception("betas exchanged", _adam_betas_exchanged, "Which of the two betas belongs to the squares?"),
        Misconception(
            "beta and 1 - beta exchanged",
            _adam_beta_on_the_gradient,
            "beta = 0.9 should mean a long memory. Which of your terms does it multiply?",
        ),
        Misconception("root forgotten", _adam_no_root, "exp_avg_sq holds squares. What do you divide by?"),
        Misconception(
            "gradient instead of its average",
            _adam_gradient_only,
            "You keep exp_avg, Adam's momentum. Does theta ever feel it?",
        ),
        Misconception("uphill", _adam_uphill, "Do you go with the gradient, or against it?"),
        Misconception(
            "eps inside the root",
            _adam_eps_in_root,
            "Take gradients of 0.001 and eps = 0.01: is eps added before the root or after it?",
        ),
        Misconception(
            "eps before the correction",
            _adam_eps_before_the_correction,
            "You moved both corrections into the learning rate. What happened to eps on the way?",
        ),
        Misconception("eps forgotten", _adam_no_eps, "What is 0 / 0? A parameter may have had no gradient so far."),
    ),
    alternatives=(_adam_rearranged, _adam_in_place),
    forbidden=optimizers("Adam", "AdamW", "NAdam", "RAdam"),
    formula="t = step + 1; exp_avg = beta1 * exp_avg + (1 - beta1) * grad; "
    "exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad²; "
    "theta = theta - lr * exp_avg / (1 - beta1^t) / (sqrt(exp_avg_sq / (1 - beta2^t)) + eps).",
    shapes="All arrays have the shape of theta; the result is (theta, exp_avg, exp_avg_sq, step + 1).",
    worked="theta = [1], grad = [2], all else 0, lr = 0.1: exp_avg = 0.2, corrected 0.2 / 0.1 = 2; "
    "exp_avg_sq = 0.004, corrected 0.004 / 0.001 = 4; theta = 1 - 0.1 * 2 / 2 = 0.9",
)
