"""One-hot vectors."""

import numpy as np

from tplib.exercises.tp5.integers import observers
from tplib.exercises.tp5.integers.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _indices(draw: Draw) -> Arguments:
    num_classes = draw.size(2, 6)
    return draw.integers(0, num_classes, draw.size(1, 5)), num_classes


def _one_word(draw: Draw) -> Arguments:
    num_classes = draw.size(3, 6)
    return draw.integers(0, num_classes, 1), num_classes


def _batch(draw: Draw) -> Arguments:
    """A batch whose axes all have other lengths."""
    B, T, num_classes = draw.choice(((2, 3, 5), (3, 2, 4), (4, 3, 2)))
    return draw.integers(0, num_classes, B, T), num_classes


@exercise(
    points=1,
    lecture="003, Word representation: 1-hot vectors for labels",
    concepts=(2,),
    draw=_indices,
    edges=(
        Case((np.array([2, 0, 3]), 5)),
        Case((np.array([1, 1]), 3)),
        Case((np.array([0]), 2)),
        Case((np.array([1, 2, 4]), 5)),
        Drawn(_one_word),
        Case((np.array([[2, 0, 3], [1, 1, 0]]), 4), "batch"),
        Drawn(_batch, "batch"),
    ),
    aspects={"batch": "Right for one text (T,), but a batch of texts (B, T) should give an array (B, T, V)."},
    observe=observers.as_float,
    forbidden=(
        "torch.nn.functional.one_hot",
        "sklearn.preprocessing.OneHotEncoder",
        "sklearn.preprocessing.LabelBinarizer",
        "sklearn.preprocessing.label_binarize",
        "pandas.get_dummies",
    ),
)
def one_hot(indices: Array, num_classes: int) -> Array:
    """one_hot(k)_j = 1 if j = k, and 0 otherwise, for j = 0 ... V - 1.

    shapes: `indices` (T,) gives (T, V) with V = num_classes; (B, T) gives (B, T, V). Whole numbers or floats, as you
    like.
    worked: one_hot([2, 0], 3) = [[0, 0, 1], [1, 0, 0]]
    """
    return (indices[..., None] == np.arange(num_classes)).astype(np.float64)


@one_hot.mistake("What does a loop over `indices` give if `indices` has two axes? What does `np.eye(V)[indices]` do?")
def one_axis_only(indices: Array, num_classes: int) -> Array:
    vectors = np.zeros((len(indices), num_classes))
    for i, k in enumerate(indices):
        vectors[i, k] = 1
    return vectors


@one_hot.mistake("One row per word: which axis of your result goes through the words?")
def transposed(indices: Array, num_classes: int) -> Array:
    return one_hot(indices, num_classes).T


@one_hot.mistake("How many rows do T words have? Adding them up comes later, and loses the order.")
def summed_over_the_words(indices: Array, num_classes: int) -> Array:
    return np.bincount(indices, minlength=num_classes).astype(np.float64)


@one_hot.mistake("`vectors[:, indices] = 1` writes into all rows. How do you pair row i with column `indices[i]`?")
def every_row_holds_all_words(indices: Array, num_classes: int) -> Array:
    vectors = np.zeros((len(indices), num_classes))
    vectors[:, indices] = 1
    return vectors


@one_hot.mistake("Word 0 has its 1 in column 0. Where is it in yours, and where does index -1 point?")
def counted_from_one(indices: Array, num_classes: int) -> Array:
    vectors = np.zeros((len(indices), num_classes))
    vectors[np.arange(len(indices)), indices - 1] = 1
    return vectors


@one_hot.mistake("Will two texts have vectors of the same length? Which argument says how long they are?")
def width_taken_from_the_data(indices: Array, num_classes: int) -> Array:
    return np.eye(int(indices.max()) + 1)[indices]


@one_hot.mistake("Is word 4 four times as much as word 1? Which value is the same for all words?")
def number_instead_of_1(indices: Array, num_classes: int) -> Array:
    return one_hot(indices, num_classes) * indices[..., None]


@one_hot.mistake("How many ones does a row hold? To what does it sum?")
def ones_up_to_the_index(indices: Array, num_classes: int) -> Array:
    return (indices[..., None] >= np.arange(num_classes)).astype(np.float64)


@one_hot.mistake("How many ones does a row hold? To what does it sum?")
def ones_and_zeros_exchanged(indices: Array, num_classes: int) -> Array:
    return 1 - one_hot(indices, num_classes)


@one_hot.mistake("What does `squeeze` do to an axis of length 1? A text may have one word.")
def axis_of_length_1_lost(indices: Array, num_classes: int) -> Array:
    return one_hot(indices, num_classes).squeeze()


@one_hot.mistake("How long is a vector: as many places as words in the text, or in the vocabulary?")
def as_long_as_the_text(indices: Array, num_classes: int) -> Array:
    return np.eye(len(indices))[indices]


@one_hot.mistake("Word 0 has its 1 in column 0. Where is it in yours?")
def one_column_to_the_right(indices: Array, num_classes: int) -> Array:
    return np.eye(num_classes, k=1)[indices]


@one_hot.mistake("With V classes the numbers are 0 ... V - 1. How many columns is that?")
def one_column_too_many(indices: Array, num_classes: int) -> Array:
    return np.eye(num_classes + 1)[indices]


@one_hot.mistake("The padding has number 0 and a column, like any other entry. What does row 0 of `np.eye(3)` hold?")
def number_0_becomes_zeros(indices: Array, num_classes: int) -> Array:
    return one_hot(indices, num_classes) * (indices != 0)[..., None]


@one_hot.mistake("The 1 stands in column k. Why should it hang on the other words of the text?")
def counted_from_the_smallest_index(indices: Array, num_classes: int) -> Array:
    return one_hot(indices - indices.min(), num_classes)


@one_hot.mistake("What does one row hold: a 1, or a share of the text?")
def shares_instead_of_ones(indices: Array, num_classes: int) -> Array:
    return one_hot(indices, num_classes) / indices.shape[-1]


@one_hot.mistake("Your values are True and False. Which method turns them into numbers?")
def truth_values(indices: Array, num_classes: int) -> Array:
    return indices[..., None] == np.arange(num_classes)


@one_hot.alternative
def by_identity(indices: Array, num_classes: int) -> Array:
    return np.eye(num_classes, dtype=int)[indices]


@one_hot.alternative
def by_position(indices: Array, num_classes: int) -> Array:
    flat = indices.reshape(-1)
    vectors = np.zeros((len(flat), num_classes), dtype=np.float32)
    vectors[np.arange(len(flat)), flat] = 1
    return vectors.reshape(*indices.shape, num_classes)


@one_hot.alternative
def by_put(indices: Array, num_classes: int) -> Array:
    vectors = np.zeros((*indices.shape, num_classes))
    np.put_along_axis(vectors, indices[..., None], 1, axis=-1)
    return vectors
