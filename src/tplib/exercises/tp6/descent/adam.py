"""Adam: momentum and RMSprop together, both corrected for their start at 0. m is exp_avg, v is exp_avg_sq."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.descent.common import EPS, exercise, optimizers, parameters_and_gradient, squares
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Betas = tuple[float, float]
Step = tuple[Array, Array, Array, int]
BETAS = (0.9, 0.999)


def _case(draw: Draw) -> Arguments:
    theta, grad = parameters_and_gradient(draw)
    betas = draw.choice(((0.5, 0.75), (0.9, 0.999), (0.8, 0.9)))
    state = draw.array(*grad.shape), squares(draw, grad), draw.size(1, 5)
    return theta, grad, *state, draw.choice((0.5, 0.1)), betas, 1e-8


def _first_step(draw: Draw) -> Arguments:
    theta, grad, _, _, _, *options = _case(draw)
    return theta, grad, np.zeros_like(grad), np.zeros_like(grad), 0, *options


def _tiny(draw: Draw) -> Arguments:
    """Gradients beside which the default eps counts."""
    theta, grad = parameters_and_gradient(draw)
    return theta, 1e-8 * grad, np.zeros_like(grad), np.zeros_like(grad), 0


def means(grad: Array, m: Array, v: Array, betas: Betas) -> tuple[Array, Array]:
    beta1, beta2 = betas
    return beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2


def shares(betas: Betas, step: int) -> tuple[float, float]:
    """How much of each average is there after so many steps, all of which had the same gradient."""
    return 1 - betas[0] ** step, 1 - betas[1] ** step


def moved(theta: Array, m: Array, v: Array, share: float, square_share: float, lr: float, eps: float) -> Array:
    """theta after the step, with the averages divided by these shares."""
    return theta - lr * m / np.float64(share) / (np.sqrt(v / np.float64(square_share)) + eps)


_THETA, _GRAD, _TINY, _ZERO = np.array([1.0, -2.0]), np.array([0.5, -4.0]), np.array([1e-3, -2e-3]), np.zeros(2)


@exercise(
    points=2,
    at_home=True,
    lecture="003, Extensions and variants of SGD: Adam",
    concepts=(20,),
    inputs=("theta", "grad", "exp_avg", "exp_avg_sq", "step", "lr", "betas", "eps"),
    draw=_case,
    edges=(
        Case((_THETA, _GRAD, _ZERO, _ZERO, 0, 0.5, (0.9, 0.99), 1e-8)),
        Case((_THETA, _GRAD, np.array([0.5, -0.5]), np.ones(2), 50, 0.5, (0.9, 0.99), 1e-8)),
        Drawn(_first_step),
        Case((_THETA, _TINY, _ZERO, _ZERO, 0, 0.5, (0.9, 0.99), 0.01), "eps"),
        Case((_THETA, _TINY, _TINY, _TINY**2, 3, 0.5, (0.5, 0.75), 0.01), "eps"),
        Case((_THETA, _ZERO, _ZERO, _ZERO, 0, 0.5, (0.9, 0.99), 1e-8), "eps"),
        Case((_THETA, _GRAD, np.array([-1.0, 1.0]), np.array([2.0, 8.0]), 3), "defaults"),
        Drawn(_tiny, "defaults"),
    ),
    aspects=EPS,
    forbidden=optimizers("Adam", "AdamW", "NAdam", "RAdam"),
)
def adam_step(
    theta: Array,
    grad: Array,
    exp_avg: Array,
    exp_avg_sq: Array,
    step: int,
    lr: float = 0.001,
    betas: Betas = BETAS,
    eps: float = 1e-8,
) -> Step:
    """t = step + 1; exp_avg = beta1 * exp_avg + (1 - beta1) * grad; exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) *
    grad²; theta = theta - lr * exp_avg / (1 - beta1^t) / (sqrt(exp_avg_sq / (1 - beta2^t)) + eps).

    shapes: All arrays have the shape of theta; the result is (theta, exp_avg, exp_avg_sq, step + 1).
    worked: theta = [1], grad = [2], all else 0, lr = 0.1: exp_avg = 0.2, corrected 0.2 / 0.1 = 2; exp_avg_sq = 0.004,
    corrected 0.004 / 0.001 = 4; theta = 1 - 0.1 * 2 / 2 = 0.9
    """
    step = step + 1
    m, v = means(grad, exp_avg, exp_avg_sq, betas)
    m_hat, v_hat = m / (1 - betas[0] ** step), v / (1 - betas[1] ** step)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, step


@adam_step.mistake(
    "Both averages start at 0. At the first step, exp_avg is a tenth of the gradient: who makes up for it?"
)
def bias_correction_forgotten(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    m, v = means(grad, m, v, betas)
    return theta - lr * m / (np.sqrt(v) + eps), m, v, step + 1


@adam_step.mistake("exp_avg_sq starts at 0 too, and has the longer memory. Where is its correction?")
def second_average_not_corrected(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    m, v = means(grad, m, v, betas)
    return theta - lr * m / (1 - betas[0] ** (step + 1)) / (np.sqrt(v) + eps), m, v, step + 1


@adam_step.mistake("At the first step `step` comes in as 0, and 1 - beta ** 0 is 0. Which step is being made?")
def step_counted_late(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    m, v = means(grad, m, v, betas)
    m_hat, v_hat = m / np.float64(1 - betas[0] ** step), v / np.float64(1 - betas[1] ** step)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, step + 1


@adam_step.mistake("What will the next call get for `step`?")
def step_not_counted(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    return *adam_step(theta, grad, m, v, step, lr, betas, eps)[:3], step


@adam_step.mistake("The correction is for this step only. What should the next step's average start from?")
def corrected_averages_stored(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new, m, v, step = adam_step(theta, grad, m, v, step, lr, betas, eps)
    return new, m / (1 - betas[0] ** step), v / (1 - betas[1] ** step), step


@adam_step.mistake("The averages are too small at first. Does your correction make them larger?")
def multiplied_by_the_correction(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    m, v = means(grad, m, v, betas)
    m_hat, v_hat = m * (1 - betas[0] ** (step + 1)), v * (1 - betas[1] ** (step + 1))
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, step + 1


@adam_step.mistake("After many steps the averages are right as they are. What does your correction tend to?")
def correction_without_the_power(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    m, v = means(grad, m, v, betas)
    return theta - lr * m / (1 - betas[0]) / (np.sqrt(v / (1 - betas[1])) + eps), m, v, step + 1


@adam_step.mistake("Which of the two betas belongs to the squares?")
def betas_exchanged(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    return adam_step(theta, grad, m, v, step, lr, (betas[1], betas[0]), eps)


@adam_step.mistake(
    "beta = 0.9 should mean a long memory. Which of your terms does it multiply?",
    name="beta and 1 - beta exchanged",
)
def beta_and_1_beta_exchanged(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    step = step + 1
    m, v = means(grad, m, v, (1 - betas[0], 1 - betas[1]))
    return theta - lr * m / (1 - betas[0] ** step) / (np.sqrt(v / (1 - betas[1] ** step)) + eps), m, v, step


@adam_step.mistake("exp_avg_sq holds squares. What do you divide by?")
def root_forgotten(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    _, m, v, step = adam_step(theta, grad, m, v, step, lr, betas, eps)
    return theta - lr * m / (1 - betas[0] ** step) / (v / (1 - betas[1] ** step) + eps), m, v, step


@adam_step.mistake("You keep exp_avg, Adam's momentum. Does theta ever feel it?")
def gradient_instead_of_its_average(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    _, m, v, step = adam_step(theta, grad, m, v, step, lr, betas, eps)
    return theta - lr * grad / (np.sqrt(v / (1 - betas[1] ** step)) + eps), m, v, step


@adam_step.mistake("Do you go with the gradient, or against it?")
def uphill(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    return adam_step(theta, grad, m, v, step, -lr, betas, eps)


@adam_step.mistake("Take gradients of 0.001 and eps = 0.01: is eps added before the root or after it?")
def eps_inside_the_root(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    _, m, v, step = adam_step(theta, grad, m, v, step, lr, betas, eps)
    return theta - lr * m / (1 - betas[0] ** step) / np.sqrt(v / (1 - betas[1] ** step) + eps), m, v, step


@adam_step.mistake("You moved both corrections into the learning rate. What happened to eps on the way?")
def eps_before_the_correction(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    _, m, v, step = adam_step(theta, grad, m, v, step, lr, betas, eps)
    rate = lr * (1 - betas[1] ** step) ** 0.5 / (1 - betas[0] ** step)
    return theta - rate * m / (np.sqrt(v) + eps), m, v, step


@adam_step.mistake("What is 0 / 0? A parameter may have had no gradient so far.")
def eps_forgotten(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    return adam_step(theta, grad, m, v, step, lr, betas, 0.0)


@adam_step.alternative
def adam_rearranged(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Any:
    step = step + 1
    m = m + (1 - betas[0]) * (grad - m)
    v = betas[1] * v + (1 - betas[1]) * grad * grad
    rate = lr / (1 - betas[0] ** step)
    return [theta - rate * m / (v**0.5 / (1 - betas[1] ** step) ** 0.5 + eps), m, v, step]


@adam_step.alternative
def adam_in_place(
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
