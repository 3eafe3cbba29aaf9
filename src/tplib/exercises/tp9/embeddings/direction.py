"""The direction of pairs of words: the first principal component of all vectors about the middles of their pairs."""

from collections.abc import Callable

import numpy as np

from tplib.exercises.tp9.embeddings.common import Array, exercise, scaled, unit, vectors
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

TRIES = 20  # draws for a case with a property that about every second one has


def _pairs(draw: Draw) -> Arguments:
    """Pairs that lie along one direction, more or less, and elsewhere in between."""
    k, e = draw.size(2, 5), draw.size(3, 6)
    middles, along = vectors(draw, k, e), vectors(draw, 1, e)
    step = draw.array(k, 1, low=0.5, high=1.5) * along
    return middles - step, middles + step + vectors(draw, k, e) / 4


def _lengths(draw: Draw) -> Arguments:
    first, second = _pairs(draw)
    return scaled(draw, first), scaled(draw, second)


def _one_pair(draw: Draw) -> Arguments:
    first, second = _pairs(draw)
    return first[:1], second[:1]


def _turned(draw: Draw) -> Arguments:
    return _pairs(draw)[::-1]


def _against_the_sign_of_svd(draw: Draw) -> Arguments:
    """The component as NumPy gives it points from second to first, whichever way round its rows stand."""
    for _ in range(TRIES):
        first, second = _pairs(draw)
        if not np.array_equal(component(centred(first, second)), bias_direction(first, second)):
            break
        first, second = second, first
        if not np.array_equal(component(centred(first, second)), bias_direction(first, second)):
            break
    return first, second


def _against_the_sign_of_eigh(draw: Draw) -> Arguments:
    """The same for the last eigenvector of the matrix of products."""
    for _ in range(TRIES):
        first, second = draw.choice((_pairs, _turned))(draw)
        rows = centred(first, second)
        if np.linalg.eigh(rows.T @ rows)[1][:, -1] @ bias_direction(first, second) < 0:
            break
    return first, second


def _square(draw: Draw) -> Arguments:
    """The matrix of all centred vectors is as high as it is wide, so that a column may stand for a row."""
    e = 2 * draw.size(2, 3)
    along = vectors(draw, 1, e)
    middles = vectors(draw, e // 2, e)
    return middles - along, middles + along + vectors(draw, e // 2, e) / 4


def _astray(draw: Draw) -> Arguments:
    """The first pair stands the other way round than most. One that keeps the sign of all together."""
    for _ in range(TRIES):
        k, e = draw.size(3, 6), draw.size(3, 6)
        middles, along = vectors(draw, k, e), vectors(draw, 1, e)
        first, second = middles - along, middles + along + vectors(draw, k, e) / 4
        first[0], second[0] = second[0].copy(), first[0].copy()
        right = bias_direction(first, second)
        own = right @ (unit(second) - unit(first))[0]
        if own < -0.05 and right @ (unit(second) - unit(first)).mean(axis=0) > 0.05:
            break
    return first, second


def _long_and_astray(draw: Draw) -> Arguments:
    """The same, and that pair is so long that it outweighs the others where lengths count."""
    first, second = _astray(draw)
    first[0], second[0] = 20 * first[0], 20 * second[0]
    return first, second


def centred(first: Array, second: Array) -> Array:
    """(2 K, E): unit vectors less the middle of their pair."""
    first, second = unit(first), unit(second)
    middle = (first + second) / 2
    return np.concatenate([first - middle, second - middle])


def towards(direction: Array, first: Array, second: Array) -> Array:
    """Turned so that it points from the first words to the second."""
    difference = (unit(second) - unit(first)).mean(axis=0)
    return direction if direction @ difference > 0 else -direction


def component(rows: Array) -> Array:
    """The first right singular vector (E,)."""
    return np.linalg.svd(rows, full_matrices=False)[2][0]  # type: ignore[no-any-return]


@exercise(
    points=2,
    lecture="001, schedule: TP9-Biais",
    concepts=(50,),
    draw=_pairs,
    edges=(
        Drawn(_lengths),
        Drawn(_one_pair),
        Drawn(_turned),
        Drawn(_against_the_sign_of_svd),
        Drawn(_against_the_sign_of_eigh),
        Drawn(_square),
        Drawn(_square),
        Drawn(_astray),
        Drawn(_long_and_astray),
    ),
    forbidden=("tplib.bias.bias_direction",),
)
def bias_direction(first: Array, second: Array) -> Array:
    """the first principal component of all unit vectors, each less the middle of its pair, turned from first to second

    shapes: `first` and `second` are (K, E), a pair in each row; the result is (E,), of length 1.
    worked: one pair, [1, 0] and [0, 1]: the middle is [0.5, 0.5], the rows are +-[0.5, -0.5], the result is [-0.7, 0.7]
    """
    return towards(component(centred(first, second)), first, second)


Direction = Callable[[Array, Array], Array]


def turned(how: Direction) -> Direction:
    """An answer whose sign is right."""

    def answer(first: Array, second: Array) -> Array:
        with np.errstate(all="ignore"):
            return towards(how(first, second), first, second)

    return answer


@bias_direction.mistake("A principal component has no sign of its own. To which side does yours point?")
def sign_left_free(first: Array, second: Array) -> Array:
    return component(centred(first, second))


@bias_direction.mistake("Does your direction point from the first words to the second, or back?")
def from_second_to_first(first: Array, second: Array) -> Array:
    return -bias_direction(first, second)  # type: ignore[no-any-return]


@bias_direction.mistake("The first pair gives the side. What if it stands the other way round than the others?")
def side_of_the_first_pair(first: Array, second: Array) -> Array:
    direction = component(centred(first, second))
    return direction if direction @ (unit(second) - unit(first))[0] > 0 else -direction


@bias_direction.mistake("One long pair decides to which side yours points. Which lengths have the words there?")
def side_of_the_longest(first: Array, second: Array) -> Array:
    direction = component(centred(first, second))
    return direction if direction @ (second - first).mean(axis=0) > 0 else -direction


@bias_direction.mistake("All the vectors share more than gender: each pair stands somewhere. What do you subtract?")
def not_centred(first: Array, second: Array) -> Array:
    return turned(lambda f, s: component(np.concatenate([unit(f), unit(s)])))(first, second)


@bias_direction.mistake("One mean for all words leaves what differs between pairs. Which middle has a pair?")
def centred_on_the_mean_of_all(first: Array, second: Array) -> Array:
    def how(f: Array, s: Array) -> Array:
        rows = np.concatenate([unit(f), unit(s)])
        return component(rows - rows.mean(axis=0))

    return turned(how)(first, second)


@bias_direction.mistake("You take the mean out of the differences: what all pairs share is gone. Was it not the point?")
def differences_centred_once_more(first: Array, second: Array) -> Array:
    def how(f: Array, s: Array) -> Array:
        rows = unit(s) - unit(f)
        return component(rows - rows.mean(axis=0))

    return turned(how)(first, second)


@bias_direction.mistake("Long vectors decide in your answer. What comes before the middles?")
def lengths_left(first: Array, second: Array) -> Array:
    def how(f: Array, s: Array) -> Array:
        return component(s - f)

    direction = how(first, second)
    return direction if direction @ (second - first).mean(axis=0) > 0 else -direction


@bias_direction.mistake("The mean of the differences is another direction. What is a principal component?")
def mean_difference(first: Array, second: Array) -> Array:
    return unit((unit(second) - unit(first)).mean(axis=0))


@bias_direction.mistake("NumPy returns U, S and Vt. Are the components the rows or the columns of Vt?")
def column_of_vt(first: Array, second: Array) -> Array:
    def how(f: Array, s: Array) -> Array:
        rows = np.linalg.svd(centred(f, s))[2]  # (E, E)
        return rows[:, 0]

    return turned(how)(first, second)


@bias_direction.mistake("You took the component of the least. In which order do `svd` and `eigh` give them?")
def component_of_the_least(first: Array, second: Array) -> Array:
    return turned(lambda f, s: np.linalg.eigh(centred(f, s).T @ centred(f, s))[1][:, 0])(first, second)


@bias_direction.mistake("You use one pair. What do the others say?")
def first_pair_alone(first: Array, second: Array) -> Array:
    return unit(unit(second)[0] - unit(first)[0])


@bias_direction.mistake("A direction has length 1. What is the length of yours?")
def times_its_singular_value(first: Array, second: Array) -> Array:
    return turned(lambda f, s: component(centred(f, s)) * np.linalg.svd(centred(f, s))[1][0])(first, second)


@bias_direction.mistake("A direction has length 1. What is the length of a mean of differences?")
def mean_difference_in_its_length(first: Array, second: Array) -> Array:
    return (unit(second) - unit(first)).mean(axis=0)  # type: ignore[no-any-return]


@bias_direction.alternative
def by_eigenvectors(first: Array, second: Array) -> Array:
    u = first / np.sqrt((first**2).sum(axis=1, keepdims=True))
    v = second / np.sqrt((second**2).sum(axis=1, keepdims=True))
    half = (v - u) / 2
    _, found = np.linalg.eigh(half.T @ half)
    g = found[:, -1]
    return g * np.sign(g @ half.sum(axis=0))  # type: ignore[no-any-return]


@bias_direction.alternative
def by_scikit_learn(first: Array, second: Array) -> Array:
    from sklearn.decomposition import PCA

    rows = []
    for f, s in zip(unit(first), unit(second), strict=True):
        rows += [f - (f + s) / 2, s - (f + s) / 2]
    g = PCA(n_components=1, svd_solver="full").fit(np.array(rows)).components_[0]
    return g if g @ (unit(second) - unit(first)).mean(axis=0) > 0 else -g  # type: ignore[no-any-return]
