"""What these exercises share: their notebook, and lists of words and vocabularies to draw from."""

from collections.abc import Sequence

from tplib.graders.draw import Draw
from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP5-HFData", "2_text_to_integers")

WORDS = ("a", "b", "film", "bon", "été", "l'", "œuvre", "!", "not")

Vocabulary = dict[str, int]

KNOWN = {"<pad>": 0, "<unk>": 1, "film": 2, "bon": 3, "été": 4}
SHUFFLED = {"été": 4, "<unk>": 1, "bon": 3, "<pad>": 0, "film": 2}


def tokens(draw: Draw, low: int, high: int, words: Sequence[str] = WORDS) -> list[str]:
    """A list of low to high words."""
    return [words[i] for i in draw.integers(0, len(words), draw.size(low, high))]


def vocabulary_of(draw: Draw) -> Vocabulary:
    """A vocabulary of a few words, its entries in one of two orders."""
    words = list(dict.fromkeys(tokens(draw, 1, 5)))
    vocabulary = {word: i for i, word in enumerate(["<pad>", "<unk>", *words])}
    # the same numbers in another order, as after a round trip through a sorted file
    return draw.choice((vocabulary, dict(sorted(vocabulary.items(), reverse=True))))
