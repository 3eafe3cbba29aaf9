"""A pair of words that differs along a direction only."""

from collections.abc import Callable

import numpy as np

from tplib.exercises.tp9.embeddings.common import Array, exercise, unit, vectors
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Pair = tuple[Array, Array]


def _drawn(draw: Draw, length: float, e: int) -> Arguments:
    first, second, direction = vectors(draw, 3, e)
    if abs((unit(first) - unit(second)) @ unit(direction)) < 0.05:
        first = first + direction  # a pair that does not differ along the direction has no side to stay on
    return length * first, length * second, direction


def _pair(draw: Draw) -> Arguments:
    """Vectors of any length but 1, on either side."""
    return _drawn(draw, 1.0, draw.size(3, 6))


def _short(draw: Draw) -> Arguments:
    """Vectors shorter than 1, for which 1 - |nu| ** 2 stays positive without scaling."""
    first, second, direction = _pair(draw)
    return unit(first) * 0.5, unit(second) * 0.8, direction


def _unit(draw: Draw) -> Arguments:
    first, second, direction = _pair(draw)
    return unit(first), unit(second), unit(direction)


def _sides(draw: Draw, sign: float) -> Arguments:
    first, second, direction = _pair(draw)
    along = (unit(first) - unit(second)) @ direction
    return (first, second, direction) if along * sign > 0 else (second, first, direction)


def _first_ahead(draw: Draw) -> Arguments:
    return _sides(draw, 1.0)


def _first_behind(draw: Draw) -> Arguments:
    return _sides(draw, -1.0)


def _same_side(draw: Draw, first_length: float = 2.0, second_length: float = 3.0) -> Arguments:
    """Both words lie on the side to which the direction points, the first one less far in length 1."""
    e = draw.size(3, 5)
    first, second, direction = vectors(draw, 3, e)
    g = unit(direction)
    off = [unit(v - (v @ g) * g) for v in (first + 0.1 * np.roll(g, 1), second + 0.1 * np.roll(g, 1))]
    return first_length * (0.95 * off[0] + 0.3 * g), second_length * (0.6 * off[1] + 0.8 * g), direction


def _longer_behind(draw: Draw) -> Arguments:
    """The word that lies less far in length 1 is so long that it lies farther as it comes."""
    return _same_side(draw, 8.0, 1.0)


@exercise(
    points=2,
    lecture="001, schedule: TP9-Biais",
    concepts=(50,),
    at_home=True,
    draw=_pair,
    edges=(
        Drawn(_short),
        Drawn(_unit),
        Drawn(_first_ahead),
        Drawn(_first_behind),
        Drawn(_same_side),
        Drawn(_longer_behind),
        Case((np.array([3.0, 4.0]), np.array([-3.0, 4.0]), np.array([2.0, 0.0]))),
    ),
    forbidden=("tplib.bias.equalize", "tplib.bias.hard_debias"),
)
def equalize(first: Array, second: Array, direction: Array) -> Pair:
    """nu + z g and nu - z g: nu is the mean without its part along the unit g, z = sqrt(1 - |nu| ** 2)

    shapes: `first`, `second` and `direction` are (E,); the result is two arrays (E,), each of length 1.
    worked: [3, 4] and [-3, 4], g = [2, 0]: in length 1 their mean is nu = [0, 0.8], z = 0.6: [0.6, 0.8] and [-0.6, 0.8]
    """
    return _made()(first, second, direction)


def _made(
    along: Callable[[Array], float] = lambda nu: float(np.sqrt(max(0.0, 1 - nu @ nu))),
    *,
    scale: bool = True,
    neutral: bool = True,
    keeps_mean: bool = False,
    unit_direction: bool = True,
) -> Callable[[Array, Array, Array], Pair]:
    """An answer with one step of its own."""

    def answer(first: Array, second: Array, direction: Array) -> Pair:
        with np.errstate(all="ignore"):
            u, v = (unit(first), unit(second)) if scale else (first, second)
            g = unit(direction) if unit_direction else direction
            middle = (u + v) / 2
            nu = middle - (middle @ unit(g)) * unit(g) if neutral else middle
            sign = 1.0 if (u - v) @ g >= 0 else -1.0
            step, start = sign * along(nu) * g, middle if keeps_mean else nu
            return start + step, start - step

    return answer


@equalize.mistake("1 - |nu| ** 2 was negative, and the absolute value hides it. Which lengths does the formula expect?")
def absolute_value_under_the_root(first: Array, second: Array, direction: Array) -> Pair:
    return _made(lambda nu: float(np.sqrt(abs(1 - nu @ nu))), scale=False)(first, second, direction)


@equalize.mistake("Which lengths have the vectors that the formula expects, and which have these?")
def lengths_left(first: Array, second: Array, direction: Array) -> Pair:
    return _made(lambda nu: float(np.sqrt(1 - nu @ nu)), scale=False)(first, second, direction)


@equalize.mistake("Pythagoras: which power of |nu| stands under the root?")
def not_squared(first: Array, second: Array, direction: Array) -> Pair:
    return _made(lambda nu: float(np.sqrt(1 - np.linalg.norm(nu))))(first, second, direction)


@equalize.mistake("Did you take the root? What is the length of your vectors?")
def no_root(first: Array, second: Array, direction: Array) -> Pair:
    return _made(lambda nu: float(1 - nu @ nu))(first, second, direction)


def _along(first: Array, second: Array, g: Array, root_of: Callable[[Array, Array], float]) -> Pair:
    """The formula with this g, and with z = sqrt(1 - root_of(mean, nu))."""
    u, v = unit(first), unit(second)
    middle = (u + v) / 2
    nu = middle - (middle @ g) * g
    with np.errstate(all="ignore"):
        step = np.sqrt(1 - root_of(middle, nu)) * g * (1.0 if (u - v) @ g >= 0 else -1.0)
    return nu + step, nu - step


@equalize.mistake("What stands under the root: the mean, or the mean without its part along g?")
def mean_under_the_root(first: Array, second: Array, direction: Array) -> Pair:
    return _along(first, second, unit(direction), lambda middle, nu: float(middle @ middle))


@equalize.mistake("(mu . g) g is the part along g only if g has length 1. Which length has your direction?")
def projected_as_if_g_were_unit(first: Array, second: Array, direction: Array) -> Pair:
    return _along(first, second, direction, lambda middle, nu: float(nu @ nu))


@equalize.mistake("The mean of a pair may lie off the middle. Which part of it do both words keep?")
def mean_not_neutralised(first: Array, second: Array, direction: Array) -> Pair:
    return _made(neutral=False)(first, second, direction)


@equalize.mistake("You computed nu for z. From where do both words start, from nu or from the mean?")
def mean_kept_in_the_result(first: Array, second: Array, direction: Array) -> Pair:
    return _made(keeps_mean=True)(first, second, direction)


@equalize.mistake("Your direction has a length. How far along it is z?")
def direction_taken_as_unit(first: Array, second: Array, direction: Array) -> Pair:
    return _made(unit_direction=False)(first, second, direction)


@equalize.mistake("Both words got the same sign. In what do they differ now?")
def both_on_one_side(first: Array, second: Array, direction: Array) -> Pair:
    one, other = equalize(first, second, direction)
    return one, one if (unit(first) - unit(second)) @ direction >= 0 else other


@equalize.mistake("On which side does each word end: on its own, or on the other's?")
def sides_exchanged(first: Array, second: Array, direction: Array) -> Pair:
    one, other = equalize(first, second, direction)
    return other, one


@equalize.mistake("You always put the first word on the side of g. On which side did it stand?")
def first_always_ahead(first: Array, second: Array, direction: Array) -> Pair:
    one, other = equalize(first, second, direction)
    return (one, other) if (one - other) @ direction > 0 else (other, one)


@equalize.mistake("The pair is symmetric now. Does each vector have length 1?")
def half_the_difference(first: Array, second: Array, direction: Array) -> Pair:
    g, u, v = unit(direction), unit(first), unit(second)
    middle = (u + v) / 2
    nu, step = middle - (middle @ g) * g, (u - v) @ g / 2 * g
    return nu + step, nu - step


@equalize.mistake("You made both words neutral. Should grandmother and grandfather be the same word?")
def both_neutral(first: Array, second: Array, direction: Array) -> Pair:
    g = unit(direction)
    rest = [unit(unit(w) - (unit(w) @ g) * g) for w in (first, second)]
    return rest[0], rest[1]


@equalize.mistake(
    "Your side depends on the sign of the first word alone. Both may lie on one side of g. Then who is ahead?"
)
def side_of_the_first_alone(first: Array, second: Array, direction: Array) -> Pair:
    one, other = equalize(first, second, direction)
    ahead, behind = (one, other) if (one - other) @ direction > 0 else (other, one)
    return (ahead, behind) if first @ direction >= 0 else (behind, ahead)


@equalize.mistake("Which word lies farther along g once both have length 1? You asked the vectors as they came.")
def side_by_the_lengths_given(first: Array, second: Array, direction: Array) -> Pair:
    one, other = equalize(first, second, direction)
    turned = ((first - second) @ direction >= 0) != ((unit(first) - unit(second)) @ direction >= 0)
    return (other, one) if turned else (one, other)


@equalize.alternative
def by_parts(first: Array, second: Array, direction: Array) -> Pair:
    g = direction / np.sqrt((direction**2).sum())
    u, v = first / np.linalg.norm(first), second / np.linalg.norm(second)
    mu = (u + v) / 2
    mu_b = np.dot(mu, g) * g
    nu = mu - mu_b
    u_b, v_b = np.dot(u, g) * g, np.dot(v, g) * g
    z = np.sqrt(1 - np.sum(nu**2))
    new_u = z * (u_b - mu_b) / np.linalg.norm(u_b - mu_b)
    new_v = z * (v_b - mu_b) / np.linalg.norm(v_b - mu_b)
    return new_u + nu, new_v + nu


@equalize.alternative
def by_the_sum_of_the_rests(first: Array, second: Array, direction: Array) -> list[Array]:
    g = unit(direction)
    u, v = unit(first), unit(second)
    rest = 0.5 * ((u - u.dot(g) * g) + (v - v.dot(g) * g))
    z = np.sqrt(max(0.0, 1 - float(rest @ rest)))
    if u.dot(g) < v.dot(g):
        z = -z
    return [rest + z * g, rest - z * g]
