"""How answers of TP5-HFData/2_text_to_integers are watched: any number type will do, and tuples are no lists."""

from collections.abc import Callable
from typing import Any

import numpy as np


def as_float(candidate: Callable[..., Any], *args: Any) -> Any:
    """The result as float64 if it is an array of whole numbers or of shorter floats: the exercise leaves the choice."""
    result = candidate(*args)
    numeric = isinstance(result, np.ndarray) and result.dtype.kind in "iuf"
    return result.astype(np.float64) if numeric else result


def grams(ngrams: Callable[..., Any], tokens: list[str], n: int) -> Any:
    """The n-grams; a comparison does not tell lists from tuples, and the notebook puts them into sets."""
    found = ngrams(tokens, n)
    if isinstance(found, list | tuple) and any(isinstance(gram, list) for gram in found):
        raise TypeError("an n-gram should be a tuple, yours is a list")
    return found
