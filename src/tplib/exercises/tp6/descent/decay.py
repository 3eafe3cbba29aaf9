"""A learning rate that falls by steps."""

from tplib.exercises.tp6.descent.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn


def _case(draw: Draw) -> Arguments:
    return draw.choice((1.0, 0.5, 0.1)), draw.size(0, 20), draw.size(2, 6), draw.choice((0.5, 0.25, 0.9))


def _late(draw: Draw) -> Arguments:
    """So many reductions that the rate is tiny."""
    step_size = draw.size(2, 6)
    return 0.5, step_size * draw.size(8, 12) + draw.size(0, 1), step_size, draw.choice((0.1, 0.25))


def _at_a_step(draw: Draw) -> Arguments:
    step_size, gamma = draw.size(2, 6), draw.choice((0.5, 0.25, 0.9))
    return 0.5, step_size * draw.size(1, 3) - draw.size(0, 1), step_size, gamma


@exercise(
    points=1,
    at_home=True,
    lecture="003, SGD: learning rate (adapt the learning rate during the training)",
    concepts=(19,),
    draw=_case,
    edges=(
        Case((0.5, 0, 10, 0.5)),
        Case((0.5, 9, 10, 0.5)),
        Case((0.5, 10, 10, 0.5)),
        Case((0.5, 20, 10, 0.25)),
        Case((0.5, 27, 10, 0.25)),
        Drawn(_late),
        Drawn(_at_a_step),
        Case((0.5, 25, 10), "defaults"),
    ),
    atol=1e-15,
    forbidden=("torch.optim.lr_scheduler.StepLR", "tplib.nn.optim.lr_scheduler.StepLR"),
)
def step_decay(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    """lr * gamma ** n, where n is how many times step_size epochs have passed, a whole number.

    shapes: Four numbers in, a number out; `epoch` counts from 0.
    worked: lr = 0.5, step_size = 10, gamma = 0.1: epochs 0 to 9 give 0.5, epochs 10 to 19 give 0.05
    """
    return lr * gamma ** (epoch // step_size)


@step_decay.mistake("The rate should stay the same within a step. Which division do you use?")
def a_smooth_decay(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** (epoch / step_size)


@step_decay.mistake("Epochs count from 0. Which epoch is the first with a smaller rate, if step_size is 10?")
def one_epoch_early(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** ((epoch + 1) // step_size)


@step_decay.mistake("With step_size = 10, should the rate fall at epoch 6?")
def rounded(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** round(epoch / step_size)


@step_decay.mistake("Does step_size change your result?")
def at_each_epoch(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma**epoch


@step_decay.mistake("After 3 times step_size epochs, how often has the rate fallen?")
def only_once(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr if epoch < step_size else lr * gamma


@step_decay.mistake("What is your rate at epoch 0? Two steps multiply by gamma twice.")
def product_instead_of_power(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma * (epoch // step_size)


@step_decay.mistake("Can your rate fall below 0?")
def subtracted(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr - gamma * (epoch // step_size)


@step_decay.mistake("Is your rate larger or smaller after many epochs?")
def grows(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return float(lr / gamma ** (epoch // step_size))


@step_decay.mistake("`%` gives the epochs since the last step. What gives the steps?")
def remainder(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** (epoch % step_size)


@step_decay.mistake("Does your result change with lr?")
def learning_rate_forgotten(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return gamma ** (epoch // step_size)


@step_decay.alternative
def decay_loop(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    for i in range(1, epoch + 1):
        if i % step_size == 0:
            lr = lr * gamma
    return lr


@step_decay.alternative
def decay_recursive(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr if epoch < step_size else gamma * decay_recursive(lr, epoch - step_size, step_size, gamma)


@step_decay.mistake("Epochs count from 0. Which epoch is the first with a smaller rate, if step_size is 10?")
def one_epoch_late(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** (max(epoch - 1, 0) // step_size)


@step_decay.mistake("With step_size = 10, which rate has epoch 3?")
def rounded_up(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** -(-epoch // step_size)


@step_decay.mistake("The rate falls at epoch 10 and stays there. What is yours at epoch 11?")
def falls_in_one_epoch_only(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma if epoch and epoch % step_size == 0 else lr


@step_decay.mistake("After 3 times step_size epochs, how often has the rate fallen?")
def twice_at_most(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** min(epoch // step_size, 2)


@step_decay.mistake(
    "With gamma = 0.9, is the rate after the first step nine tenths, or one tenth of what it was?", name="1 - gamma"
)
def one_minus_gamma(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * (1 - gamma) ** (epoch // step_size)


@step_decay.mistake("What is multiplied by gamma at each step: the rate itself, or a share of the first rate?")
def a_share_of_the_first_rate(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr - gamma * lr * (epoch // step_size)


@step_decay.mistake("What is raised to the power: gamma alone, or lr * gamma?")
def power_of_the_product(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return (lr * gamma) ** (epoch // step_size)


@step_decay.mistake("Which rate has epoch 0: lr, or gamma times lr?")
def one_step_too_many(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** (epoch // step_size + 1)


@step_decay.mistake("Which function of gamma is it: a power, or an exponential?")
def exponential(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return float(lr * 2.718281828459045 ** (-gamma * (epoch // step_size)))


@step_decay.mistake("Who says that a rate cannot be smaller than that?")
def a_smallest_rate(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return max(step_decay(lr, epoch, step_size, gamma), 1e-4)


@step_decay.mistake("Does step_size change your result?")
def ten_epochs_always(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** (epoch // 10)
