"""The number that the last value of a test cell means, read from its text."""

from __future__ import annotations

import math
import re

NUMBER = r"(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?nan|[+-]?inf|True|False)"
# np.float64(0.5), tensor(0.5000, dtype=torch.float64), array([0.5]), Decimal('0.5'); in R: [1] 0.5
WRAPPED = re.compile(
    r"(?:(?:np|numpy|jnp)\.\w+|array|Array|tensor|Decimal|tf\.Tensor|Parameter containing:\s*tensor)"
    rf"\(\s*\[*\s*'?{NUMBER}'?,?\s*\]*\s*(?:,\s*[a-z_]+=[^=]*)*\)"
)
TENSORFLOW = re.compile(rf"<tf\.\w+: shape=\(\), dtype=\w+, numpy={NUMBER}>")
FRACTION = re.compile(r"Fraction\((-?\d+), (\d+)\)")
R = re.compile(r"\[1\] (\S+)")
LONGEST = 500  # characters of a value that can be a number


def shown_in_r(text: str, points: float) -> float | None:
    """The points that R's last value means, if it can mean any. R's kernel shows each value, not only the last, so
    what is no number, or too large for one of points, says nothing."""
    value = number_meant(text, points) if R.fullmatch(text.strip()) else None
    return value if value is not None and value <= points else None


def number_meant(text: str, points: float) -> float | None:
    """The number whose text is `text`, at least 0; None where it is no number. True means all points, False none."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if match := R.fullmatch(text):
        text = {"TRUE": "True", "FALSE": "False"}.get(match[1], match[1])
    if match := FRACTION.fullmatch(text):
        return max(0.0, int(match[1]) / int(match[2])) if int(match[2]) else None
    if match := WRAPPED.fullmatch(text) or TENSORFLOW.fullmatch(text):
        text = match["number"]
    if text in ("True", "False", "np.True_", "np.False_"):
        return points if "True" in text else 0.0
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isnan(value) else max(0.0, value)
