"""Random search: draw parameters, keep the best."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.exercises.tp6.descent import observers
from tplib.exercises.tp6.descent.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Draws = Callable[[], Array]
Loss = Callable[[Array], float]

SPARE = 8  # draws beyond the budget, for answers that take too many


def _case(draw: Draw) -> Arguments:
    trials, D = draw.size(2, 5), draw.size(1, 3)
    return draw.array(trials + SPARE, D), draw.array(D), trials


def _huge(draw: Draw) -> Arguments:
    """Losses beyond any number that one would take for large."""
    draws, centre, trials = _case(draw)
    return 1e100 * draws, 1e100 * centre, trials


_FAR = np.array([[1.0], [5.0], [2.0], [4.0], [3.0], [9.0], [9.0]])


@exercise(
    points=1,
    lecture="004, Really bad idea: random search",
    concepts=(12,),
    inputs=("draws", "centre", "trials"),
    draw=_case,
    edges=(
        Case((_FAR, np.array([30.0]), 4)),
        Case((_FAR, np.array([4.0]), 5)),
        Case((_FAR, np.array([0.5]), 4)),
        Drawn(_huge),
        Case((_FAR, np.array([4.0]), 4, "budget"), "budget"),
    ),
    aspects={"budget": "Right, but the loss of some draws is computed twice: each draw should cost one loss."},
    observe=observers.search,
)
def random_search(draw: Draws, loss: Loss, trials: int) -> Any:
    """trials times: theta = draw(); if loss(theta) < best_loss, keep theta and its loss. best_loss starts at infinity.

    shapes: `draw()` gives a new array, `loss(theta)` a number; the result is (the best theta, its loss).
    worked: draws [3], [1], [4] with losses 5, 2, 7: the result is [1], 2
    """
    best, best_loss = None, float("inf")
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_loss:
            best, best_loss = theta, value
    return best, best_loss


@random_search.oracle
def the_first_of_the_ordered(draw: Draws, loss: Loss, trials: int) -> Any:
    tried = [draw() for _ in range(trials)]
    losses = [loss(theta) for theta in tried]
    first = sorted(range(trials), key=losses.__getitem__)[0]
    return tried[first], losses[first]


@random_search.mistake("What do you still know of the first draw when the loop ends?")
def last_draw(draw: Draws, loss: Loss, trials: int) -> Any:
    theta, value = None, float("inf")
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
    return theta, value


@random_search.mistake("Should a good model have a large or a small loss?")
def worst_draw(draw: Draws, loss: Loss, trials: int) -> Any:
    thetas = [draw() for _ in range(trials)]
    losses = [loss(theta) for theta in thetas]
    return thetas[int(np.argmax(losses))], max(losses)


@random_search.mistake("Is the loss that you return the loss of the parameters that you return?")
def loss_of_another_draw(draw: Draws, loss: Loss, trials: int) -> Any:
    theta, best_loss = None, float("inf")
    for _ in range(trials):
        theta = draw()
        best_loss = min(best_loss, loss(theta))
    return theta, best_loss


@random_search.mistake("Losses are above 0. Can a draw ever be better than the value with which `best_loss` starts?")
def starts_at_0(draw: Draws, loss: Loss, trials: int) -> Any:
    best, best_loss = None, 0.0
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_loss:
            best, best_loss = theta, value
    return best, best_loss


@random_search.mistake("How many different parameters do you try?")
def one_draw(draw: Draws, loss: Loss, trials: int) -> Any:
    theta = draw()
    return theta, min(loss(theta) for _ in range(trials))


@random_search.mistake("With trials = 2, how many draws do you look at?")
def one_draw_too_few(draw: Draws, loss: Loss, trials: int) -> Any:
    return random_search(draw, loss, trials - 1)


@random_search.mistake("With trials = 2, how many draws do you look at?")
def one_draw_too_many(draw: Draws, loss: Loss, trials: int) -> Any:
    return random_search(draw, loss, trials + 1)


@random_search.mistake("Losses 1, 9, 5: the third is better than the second. Is it the best so far?")
def compared_with_the_draw_before(draw: Draws, loss: Loss, trials: int) -> Any:
    best, best_loss, previous = None, float("inf"), float("inf")
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < previous:
            best, best_loss = theta, value
        previous = value
    return best, best_loss


@random_search.mistake("You add each draw to the best parameters so far. Random search knows nothing of earlier draws.")
def a_walk(draw: Draws, loss: Loss, trials: int) -> Any:
    best = draw()
    best_loss = loss(best)
    for _ in range(trials - 1):
        theta = best + draw()
        value = loss(theta)
        if value < best_loss:
            best, best_loss = theta, value
    return best, best_loss


@random_search.mistake("Is the mean of many bad guesses a good one?")
def mean_of_the_draws(draw: Draws, loss: Loss, trials: int) -> Any:
    theta = np.mean([draw() for _ in range(trials)], axis=0)
    return theta, loss(theta)


@random_search.mistake("How often do you call `loss` for a draw that is better than all before it?")
def loss_computed_again(draw: Draws, loss: Loss, trials: int) -> Any:
    best, best_loss = None, float("inf")
    for _ in range(trials):
        theta = draw()
        if loss(theta) < best_loss:
            best, best_loss = theta, loss(theta)
    return best, best_loss


@random_search.alternative
def search_list(draw: Draws, loss: Loss, trials: int) -> Any:
    thetas = [draw() for _ in range(trials)]
    losses = [loss(theta) for theta in thetas]
    best = int(np.argmin(losses))
    return thetas[best], losses[best]


@random_search.alternative
def search_min(draw: Draws, loss: Loss, trials: int) -> Any:
    tried: list[tuple[float, int, Array]] = []
    while len(tried) < trials:
        theta = draw()
        tried.append((loss(theta), len(tried), theta))
    value, _, theta = min(tried)
    return theta, value


@random_search.alternative
def search_first_draw_first(draw: Draws, loss: Loss, trials: int) -> Any:
    best = draw()
    best_loss = loss(best)
    for _ in range(trials - 1):
        theta = draw()
        new_loss = loss(theta)
        if new_loss <= best_loss:
            best, best_loss = theta, new_loss
    return best, best_loss


@random_search.mistake("Which comes first: the parameters, or their loss?")
def results_exchanged(draw: Draws, loss: Loss, trials: int) -> Any:
    return random_search(draw, loss, trials)[::-1]


@random_search.mistake("Two things are asked for. Where is the loss?")
def parameters_alone(draw: Draws, loss: Loss, trials: int) -> Any:
    return random_search(draw, loss, trials)[0]


@random_search.mistake("Two things are asked for. Where are the parameters?")
def loss_alone(draw: Draws, loss: Loss, trials: int) -> Any:
    return random_search(draw, loss, trials)[1]


@random_search.mistake(
    "Can every loss be above the number with which `best_loss` starts? Which number is never too small?"
)
def starts_at_a_number(draw: Draws, loss: Loss, trials: int) -> Any:
    best, best_loss = random_search(draw, loss, trials)
    return (best, best_loss) if best_loss < 1e9 else (None, 1e9)


@random_search.mistake("Losses may be larger than 1 at all draws. Which number is never too small to start with?")
def starts_at_1(draw: Draws, loss: Loss, trials: int) -> Any:
    best, best_loss = random_search(draw, loss, trials)
    return (best, best_loss) if best_loss < 1 else (None, 1.0)


@random_search.mistake(
    "The loss of one draw is the one that you return the parameters of. Do you draw once more for it?"
)
def another_draw_for_the_loss(draw: Draws, loss: Loss, trials: int) -> Any:
    best, best_loss = None, float("inf")
    for _ in range(trials):
        theta = draw()
        value = loss(draw())
        if value < best_loss:
            best, best_loss = theta, value
    return best, best_loss


@random_search.mistake("How many draws are asked for? A draw that is no better ends nothing.")
def ends_at_a_worse_draw(draw: Draws, loss: Loss, trials: int) -> Any:
    best, best_loss = None, float("inf")
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value >= best_loss:
            break
        best, best_loss = theta, value
    return best, best_loss


@random_search.mistake("Does `trials` change your result?")
def trials_ignored(draw: Draws, loss: Loss, trials: int) -> Any:
    return random_search(draw, loss, 1000)


@random_search.mistake("What becomes of your first draw? It may be the best one.")
def first_draw_not_counted(draw: Draws, loss: Loss, trials: int) -> Any:
    draw()
    return random_search(draw, loss, trials)


@random_search.mistake("Are small parameters good parameters? Which function says how good they are?")
def smallest_parameters(draw: Draws, loss: Loss, trials: int) -> Any:
    theta = min((draw() for _ in range(trials)), key=lambda theta: float(np.abs(theta).sum()))
    return theta, loss(theta)
