"""More mistakes in a step of Adam: in the two averages and in their corrections."""

import numpy as np

from tplib.exercises.tp6.descent.adam import BETAS, Array, Betas, Step, adam_step, means, moved, shares


@adam_step.mistake("exp_avg starts at 0 too. Where is its correction?")
def first_average_not_corrected(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new_m, new_v = means(grad, m, v, betas)
    return moved(theta, new_m, new_v, 1.0, 1 - betas[1] ** (step + 1), lr, eps), new_m, new_v, step + 1


@adam_step.mistake("How much does `step` grow in one call?")
def step_counted_twice(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new_m, new_v = means(grad, m, v, betas)
    return (
        moved(theta, new_m, new_v, 1 - betas[0] ** (step + 2), 1 - betas[1] ** (step + 2), lr, eps),
        new_m,
        new_v,
        step + 2,
    )


@adam_step.mistake("The first step has number 1, the second 2. Which power has your second step?")
def the_first_step_counted_twice(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new_m, new_v = means(grad, m, v, betas)
    power = max(step, 1)
    return moved(theta, new_m, new_v, 1 - betas[0] ** power, 1 - betas[1] ** power, lr, eps), new_m, new_v, step + 1


@adam_step.mistake("Two averages, two betas. Which one has the squares?")
def one_beta_for_both_averages(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    return adam_step(theta, grad, m, v, step, lr, (betas[0], betas[0]), eps)


@adam_step.mistake("Each average is corrected with its own beta. Which one corrects the squares in yours?")
def one_beta_for_both_corrections(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new_m, new_v = means(grad, m, v, betas)
    share = 1 - betas[0] ** (step + 1)
    return moved(theta, new_m, new_v, share, share, lr, eps), new_m, new_v, step + 1


@adam_step.mistake("What is raised to the power t: beta, or 1 - beta?")
def power_of_the_difference(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new_m, new_v = means(grad, m, v, betas)
    t = step + 1
    return moved(theta, new_m, new_v, (1 - betas[0]) ** t, (1 - betas[1]) ** t, lr, eps), new_m, new_v, t


@adam_step.mistake("Is it beta times t, or beta to the power t?")
def product_instead_of_power(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new_m, new_v = means(grad, m, v, betas)
    t = step + 1
    return moved(theta, new_m, new_v, 1 - betas[0] * t, 1 - betas[1] * t, lr, eps), new_m, new_v, t


@adam_step.mistake("A mean of what is exp_avg_sq?")
def gradients_not_squared(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new_m, new_v = betas[0] * m + (1 - betas[0]) * grad, betas[1] * v + (1 - betas[1]) * np.abs(grad)
    return (
        moved(theta, new_m, new_v, 1 - betas[0] ** (step + 1), 1 - betas[1] ** (step + 1), lr, eps),
        new_m,
        new_v,
        step + 1,
    )


@adam_step.mistake("If all gradients were 1, what should exp_avg tend to? What does yours tend to?")
def weight_of_the_gradient_forgotten(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new_m, new_v = betas[0] * m + grad, means(grad, m, v, betas)[1]
    return (
        moved(theta, new_m, new_v, 1 - betas[0] ** (step + 1), 1 - betas[1] ** (step + 1), lr, eps),
        new_m,
        new_v,
        step + 1,
    )


@adam_step.mistake("What is squared: the gradient, or its average?")
def average_squared(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new_m = betas[0] * m + (1 - betas[0]) * grad
    new_v = betas[1] * v + (1 - betas[1]) * new_m**2
    return (
        moved(theta, new_m, new_v, 1 - betas[0] ** (step + 1), 1 - betas[1] ** (step + 1), lr, eps),
        new_m,
        new_v,
        step + 1,
    )


@adam_step.mistake("Is the new gradient part of the averages that move theta?")
def old_averages(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new_m, new_v = means(grad, m, v, betas)
    return moved(theta, m, v, *shares(betas, step + 1), lr, eps), new_m, new_v, step + 1


@adam_step.mistake("Can exp_avg_sq fall when gradients get small? In AMSGrad it cannot; in Adam?")
def the_largest_mean_of_squares(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new_m, new_v = means(grad, m, v, betas)
    new_v = np.maximum(v, new_v)
    return (
        moved(theta, new_m, new_v, 1 - betas[0] ** (step + 1), 1 - betas[1] ** (step + 1), lr, eps),
        new_m,
        new_v,
        step + 1,
    )


@adam_step.mistake("Is the new gradient part of the average that moves theta?")
def old_average_of_the_gradients(
    theta: Array, grad: Array, m: Array, v: Array, step: int, lr: float = 0.001, betas: Betas = BETAS, eps: float = 1e-8
) -> Step:
    new_m, new_v = means(grad, m, v, betas)
    return (
        moved(theta, m, new_v, 1 - betas[0] ** (step + 1), 1 - betas[1] ** (step + 1), lr, eps),
        new_m,
        new_v,
        step + 1,
    )
