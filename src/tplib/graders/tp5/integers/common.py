"""What these exercises share: their notebook, lists of words to draw from, and arrays whose number type is free."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from tplib.graders.draw import Draw
from tplib.graders.exercise import Exercise

exercise = partial(Exercise, assignment="TP5-HFData", notebook="2_text_to_integers")

WORDS = ("a", "b", "film", "bon", "été", "l'", "œuvre", "!", "not")


def tokens(draw: Draw, low: int, high: int, words: Sequence[str] = WORDS) -> list[str]:
    """A list of low to high words."""
    return [words[i] for i in draw.integers(0, len(words), draw.size(low, high))]


def as_float(candidate: Callable[..., Any], *args: Any) -> Any:
    """The result as float64 if it is an array of whole numbers or of shorter floats: the exercise leaves the choice."""
    result = candidate(*args)
    numeric = isinstance(result, np.ndarray) and result.dtype.kind in "iuf"
    return result.astype(np.float64) if numeric else result
