"""How answers of TP5-HFData/2_text_to_integers are watched where the number type is left free."""

from collections.abc import Callable
from typing import Any

import numpy as np


def as_float(candidate: Callable[..., Any], *args: Any) -> Any:
    """The result as float64 if it is an array of whole numbers or of shorter floats: the exercise leaves the choice."""
    result = candidate(*args)
    numeric = isinstance(result, np.ndarray) and result.dtype.kind in "iuf"
    return result.astype(np.float64) if numeric else result
