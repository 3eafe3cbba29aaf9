"""SEAT: the effect size of word lists whose words stand in sentences."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.exercises.tp9.language_models import observers
from tplib.exercises.tp9.language_models.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Array = np.ndarray
Encode = Callable[[list[str]], Array]
Words = list[str]

FLOWERS = ("rose", "tulip", "daisy", "lily")
INSECTS = ("ant", "wasp", "moth", "flea")
PLEASANT = ("joy", "peace", "honest")
UNPLEASANT = ("agony", "filth", "sour")
TEMPLATES = ("This is {}.", "There was a {} here.", "{} is near.", "I see the {}", "{}")


def _lists(draw: Draw, sizes: tuple[int, int, int, int], templates: Words, long: bool = False) -> Arguments:
    lists = [list(words[:n]) for words, n in zip((FLOWERS, INSECTS, PLEASANT, UNPLEASANT), sizes, strict=True)]
    if long:
        lists[0][0], lists[2][0] = "wild rose", "inner joy"
    rows = sum(len(word.split()) for words in lists for word in words) + observers.EMPTY
    return (draw.array(rows, draw.size(3, 5)), *lists, templates)


def _usual(draw: Draw) -> Arguments:
    first = draw.size(0, 3)
    sizes = (draw.size(2, 4), draw.size(2, 4), draw.size(1, 3), draw.size(1, 3))
    return _lists(draw, sizes, [TEMPLATES[first], TEMPLATES[(first + 1) % 4]])


def _of(sizes: tuple[int, int, int, int], *templates: str, long: bool = False) -> Drawn:
    return Drawn(lambda draw: _lists(draw, sizes, list(templates), long))


@exercise(
    points=2,
    concepts=(51,),
    draws=6,
    inputs=("table", "x", "y", "a", "b", "templates"),
    signature="seat_effect_size(encode, x, y, a, b, templates)",
    draw=_usual,
    edges=(
        _of((2, 4, 1, 3), *TEMPLATES[:3]),
        _of((4, 2, 3, 2), *TEMPLATES[1:4]),
        _of((3, 3, 2, 2), TEMPLATES[0]),
        _of((3, 2, 2, 1), TEMPLATES[4]),
        _of((2, 3, 2, 2), TEMPLATES[2], TEMPLATES[4]),
        _of((3, 3, 2, 3), TEMPLATES[3], TEMPLATES[1], long=True),
        _of((1, 1, 1, 1), *TEMPLATES[:2]),
    ),
    observe=observers.sentences,
    forbidden=("tplib.bias.seat_effect_size",),
)
def seat_effect_size(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    """s = mean cosine with the sentences of `a` - mean cosine with those of `b`, for each sentence of `x` and `y`;
    d = (mean of s over x - mean over y) / deviation of s over both, with n - 1.

    shapes: K words in L templates are K*L sentences, `encode` of them is (K*L, E); s (K*L,); the result is one number.
    worked: "rose" in "This is {}." and "I see the {}" gives the sentences "This is rose." and "I see the rose"
    """
    X, Y, A, B = vectors_of(encode, (x, y, a, b), templates)
    return effect(association(X, A, B), association(Y, A, B))


def filled(words: Words, templates: Words) -> Words:
    return [template.replace("{}", word) for word in words for template in templates]


def vectors_of(encode: Encode, lists: Any, templates: Words) -> list[Array]:
    return [encode(filled(words, templates)) for words in lists]


def cosines(p: Array, q: Array) -> Array:
    p = p / np.linalg.norm(p, axis=1, keepdims=True)
    q = q / np.linalg.norm(q, axis=1, keepdims=True)
    return p @ q.T


def association(w: Array, a: Array, b: Array) -> Array:
    return cosines(w, a).mean(axis=1) - cosines(w, b).mean(axis=1)


def effect(of_x: Array, of_y: Array, ddof: int = 1) -> float:
    return float((of_x.mean() - of_y.mean()) / np.concatenate([of_x, of_y]).std(ddof=ddof))


@seat_effect_size.alternative
def sentence_by_sentence(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    def sentences(words: Words) -> list[Array]:
        return [encode([t.format(w)])[0] for t in templates for w in words]

    def cosine(u: Array, v: Array) -> float:
        return float(u @ v / (np.sqrt(u @ u) * np.sqrt(v @ v)))

    A, B = sentences(a), sentences(b)
    s = [
        [sum(cosine(w, v) for v in A) / len(A) - sum(cosine(w, v) for v in B) / len(B) for w in sentences(words)]
        for words in (x, y)
    ]
    every = s[0] + s[1]
    mean = sum(every) / len(every)
    spread = (sum((value - mean) ** 2 for value in every) / (len(every) - 1)) ** 0.5
    return (sum(s[0]) / len(s[0]) - sum(s[1]) / len(s[1])) / spread


@seat_effect_size.alternative
def by_the_library(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    from tplib.bias import in_templates, weat_effect_size

    return weat_effect_size(*(encode(in_templates(words, templates)) for words in (x, y, a, b)))
