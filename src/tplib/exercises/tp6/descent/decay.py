"""A learning rate that falls by steps."""

from tplib.exercises.tp6.descent.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception


def _case(draw: Draw) -> Arguments:
    return draw.choice((1.0, 0.5, 0.1)), draw.size(0, 20), draw.size(2, 6), draw.choice((0.5, 0.25, 0.9))


def _step_decay(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** (epoch // step_size)


def _decay_loop(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    for i in range(1, epoch + 1):
        if i % step_size == 0:
            lr = lr * gamma
    return lr


def _decay_recursive(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr if epoch < step_size else gamma * _decay_recursive(lr, epoch - step_size, step_size, gamma)


def _decay_smooth(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** (epoch / step_size)


def _decay_one_epoch_early(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** ((epoch + 1) // step_size)


def _decay_rounded(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** round(epoch / step_size)


def _decay_each_epoch(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma**epoch


def _decay_once(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr if epoch < step_size else lr * gamma


def _decay_product(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma * (epoch // step_size)


def _decay_subtracted(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr - gamma * (epoch // step_size)


def _decay_grows(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return float(lr / gamma ** (epoch // step_size))


def _decay_remainder(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return lr * gamma ** (epoch % step_size)


def _decay_lr_forgotten(lr: float, epoch: int, step_size: int, gamma: float = 0.1) -> float:
    return gamma ** (epoch // step_size)


step_decay = exercise(
    name="step_decay",
    points=1,
    at_home=True,
    lecture="003, SGD: learning rate (adapt the learning rate during the training)",
    signature="step_decay(lr, epoch, step_size, gamma=0.1)",
    draw=_case,
    edges=(
        Case((0.5, 0, 10, 0.5)),
        Case((0.5, 9, 10, 0.5)),
        Case((0.5, 10, 10, 0.5)),
        Case((0.5, 20, 10, 0.25)),
        Case((0.5, 27, 10, 0.25)),
        Case((0.5, 25, 10), "defaults"),
    ),
    keeps_dtype=False,
    reference=_step_decay,
    misconceptions=(
        Misconception(
            "a smooth decay", _decay_smooth, "The rate should stay the same within a step. Which division do you use?"
        ),
        Misconception(
            "one epoch early",
            _decay_one_epoch_early,
            "Epochs count from 0. Which epoch is the first with a smaller rate, if step_size is 10?",
        ),
        Misconception("rounded", _decay_rounded, "With step_size = 10, should the rate fall at epoch 6?"),
        Misconception("at each epoch", _decay_each_epoch, "Does step_size change your result?"),
        Misconception("only once", _decay_once, "After 3 times step_size epochs, how often has the rate fallen?"),
        Misconception(
            "product instead of power",
            _decay_product,
            "What is your rate at epoch 0? Two steps multiply by gamma twice.",
        ),
        Misconception("subtracted", _decay_subtracted, "Can your rate fall below 0?"),
        Misconception("grows", _decay_grows, "Is your rate larger or smaller after many epochs?"),
        Misconception("remainder", _decay_remainder, "`%` gives the epochs since the last step. What gives the steps?"),
        Misconception("learning rate forgotten", _decay_lr_forgotten, "Does your result change with lr?"),
    ),
    alternatives=(_decay_loop, _decay_recursive),
    forbidden=("torch.optim.lr_scheduler.StepLR", "tplib.nn.optim.lr_scheduler.StepLR"),
    formula="lr * gamma ** n, where n is how many times step_size epochs have passed, a whole number.",
    shapes="Four numbers in, a number out; `epoch` counts from 0.",
    worked="lr = 0.5, step_size = 10, gamma = 0.1: epochs 0 to 9 give 0.5, epochs 10 to 19 give 0.05",
)
