"""What these exercises share: their notebook, lists of words to draw from, and arrays whose number type is free."""

from collections.abc import Sequence

from tplib.graders.draw import Draw
from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP5-HFData", "2_text_to_integers")

WORDS = ("a", "b", "film", "bon", "été", "l'", "œuvre", "!", "not")


def tokens(draw: Draw, low: int, high: int, words: Sequence[str] = WORDS) -> list[str]:
    """A list of low to high words."""
    return [words[i] for i in draw.integers(0, len(words), draw.size(low, high))]
