"""Texts of different lengths as one table, with their lengths."""

from itertools import zip_longest

import numpy as np

from tplib.exercises.tp5.batches import observers
from tplib.exercises.tp5.batches.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Sequences = list[list[int]]
Batch = tuple[Array, Array]


def _case(draw: Draw) -> Arguments:
    sequences = [draw.integers(0, 9, draw.size(0, 5)).tolist() for _ in range(draw.size(0, 3))]
    sequences.insert(draw.size(0, len(sequences)), draw.integers(0, 9, draw.size(1, 5)).tolist())
    return sequences, draw.choice((0, -1, 99))


def _zeros_inside(draw: Draw) -> Arguments:
    """Zeros and the padding value among the numbers, and one number twice."""
    value = draw.choice((-1, 7, 99))
    return [[3, 0, value, 3], [0, 0], [value], [2, 5, 5]], value


def _large(draw: Draw) -> Arguments:
    """Numbers of a large vocabulary."""
    return [draw.integers(40_000, 100_000, n).tolist() for n in (3, 1, 2)], 0


def _some_empty(draw: Draw) -> Arguments:
    texts = [[], draw.integers(1, 9, draw.size(1, 3)).tolist(), [], draw.integers(1, 9, 4).tolist()]
    return texts if draw.choice((True, False)) else texts[::-1], draw.choice((0, 5))


def _wide(draw: Draw) -> Arguments:
    """Last of all, a table that is wider than those before."""
    return [draw.integers(1, 9, draw.size(7, 9)).tolist(), [4]], 0


def _lengths(sequences: Sequences) -> Array:
    return np.array([len(sequence) for sequence in sequences], dtype=np.int64)


@exercise(
    points=2,
    lecture="003, Word representation: words as integers",
    concepts=(2,),
    draw=_case,
    edges=(
        Case(([[5, 2, 7], [3], [4, 6]],)),
        Case(([[3], [4, 6], [5, 2, 7]], 0)),
        Case(([[2, 0, 3], [4], []], 0)),
        Case(([[9, 1, 1], [1], [8, 8]], 1)),
        Case(([[], [3, 4], [], [5]], -1)),
        Case(([[7, 8]], 0)),
        Drawn(_zeros_inside),
        Drawn(_large),
        Drawn(_some_empty),
        Drawn(_wide),
    ),
    observe=observers.widest,
    forbidden=(
        "torch.nn.utils.rnn.pad_sequence",
        "torch.nn.utils.rnn.pad_packed_sequence",
        "tplib.nn.utils.rnn.pad_sequence",
        "keras.utils.pad_sequences",
    ),
)
def collate(sequences: Sequences, padding_value: int = 0) -> Batch:
    """Row b of x starts with the numbers of text b and goes on with `padding_value`; lengths[b] = number of tokens of
    text b.

    shapes: x is (B, T), with T the length of the longest text of this batch; lengths is (B,). Both are whole numbers.
    worked: collate([[5, 2, 7], [3]]) = ([[5, 2, 7], [3, 0, 0]], [3, 1])
    """
    lengths = _lengths(sequences)
    x = np.full((len(sequences), lengths.max()), padding_value, dtype=np.int64)
    for row, sequence in zip(x, sequences, strict=True):
        row[: len(sequence)] = sequence
    return x, lengths


@collate.mistake("Where does the first word of a short text stand in your table? The padding comes after the text.")
def padding_first(sequences: Sequences, padding_value: int = 0) -> Batch:
    longest = max(map(len, sequences))
    rows = [[padding_value] * (longest - len(sequence)) + sequence for sequence in sequences]
    return np.array(rows, dtype=np.int64), _lengths(sequences)


@collate.mistake("With which number do you fill up when `padding_value` is not 0?")
def always_padded_with_0(sequences: Sequences, padding_value: int = 0) -> Batch:
    return collate(sequences)


@collate.mistake("Does your table hold all words of the longest text? How many columns must it have?")
def cut_to_the_shortest_text(sequences: Sequences, padding_value: int = 0) -> Batch:
    shortest = min(map(len, sequences))
    return np.array([sequence[:shortest] for sequence in sequences], dtype=np.int64), _lengths(sequences)


@collate.mistake("How many columns does your table have if the first text is a short one?")
def as_wide_as_the_first_text(sequences: Sequences, padding_value: int = 0) -> Batch:
    T = len(sequences[0])
    rows = [(sequence + [padding_value] * T)[:T] for sequence in sequences]
    return np.array(rows, dtype=np.int64), _lengths(sequences)


@collate.mistake("Are all texts of your batch equally long? Measure them before you fill them up.")
def lengths_after_padding(sequences: Sequences, padding_value: int = 0) -> Batch:
    x, lengths = collate(sequences, padding_value)
    return x, np.full_like(lengths, x.shape[1])


@collate.mistake("If a text itself holds the padding value, what does your count make of it?")
def lengths_counted_in_the_table(sequences: Sequences, padding_value: int = 0) -> Batch:
    x, _ = collate(sequences, padding_value)
    return x, (x != padding_value).sum(axis=1)


@collate.mistake("If a text itself holds the padding value, what does your search for it find?")
def length_up_to_the_first_padding(sequences: Sequences, padding_value: int = 0) -> Batch:
    x, _ = collate(sequences, padding_value)
    ends = [[*row, padding_value].index(padding_value) for row in x.tolist()]
    return x, np.array(ends)


@collate.mistake("A number that comes twice in a text: how often does it count?")
def different_numbers_counted(sequences: Sequences, padding_value: int = 0) -> Batch:
    return collate(sequences, padding_value)[0], np.array([len(set(sequence)) for sequence in sequences])


@collate.mistake("Lengths are whole numbers. Which `dtype` does `np.zeros` give?")
def lengths_as_floats(sequences: Sequences, padding_value: int = 0) -> Batch:
    x, lengths = collate(sequences, padding_value)
    return x, lengths.astype(np.float64)


@collate.mistake("How many axes have your lengths? One number per text is an array (B,).")
def lengths_as_a_column(sequences: Sequences, padding_value: int = 0) -> Batch:
    x, lengths = collate(sequences, padding_value)
    return x, lengths[:, None]


@collate.mistake("A text may itself hold the number 0. What becomes of it when you replace zeros?")
def zeros_of_the_texts_replaced(sequences: Sequences, padding_value: int = 0) -> Batch:
    x, lengths = collate(sequences)
    return np.where(x == 0, padding_value, x), lengths


@collate.mistake("How many rows has your table? An empty text has a row too, and a label.")
def empty_texts_left_out(sequences: Sequences, padding_value: int = 0) -> Batch:
    return collate([sequence for sequence in sequences if sequence], padding_value)


@collate.mistake("Which number stands at place 0 of a text without words? Some texts may be empty.")
def empty_text_not_expected(sequences: Sequences, padding_value: int = 0) -> Batch:
    return collate([[sequence[0], *sequence[1:]] for sequence in sequences], padding_value)


@collate.mistake("What is the largest number of an `int8`, and the largest number of a word?")
def numbers_too_small_for_a_vocabulary(sequences: Sequences, padding_value: int = 0) -> Batch:
    x, lengths = collate(sequences, padding_value)
    return x.astype(np.int8), lengths


@collate.mistake("Two things are asked for. How will others know where a text ends?")
def lengths_forgotten(sequences: Sequences, padding_value: int = 0) -> Array:
    return collate(sequences, padding_value)[0]


@collate.mistake("Your second result is a mask (B, T). What shape do the lengths have?")
def mask_instead_of_lengths(sequences: Sequences, padding_value: int = 0) -> Batch:
    x, lengths = collate(sequences, padding_value)
    return x, np.arange(x.shape[1]) < lengths[:, None]


@collate.mistake("Row i must be text i: its label stands at place i too. In which order are your rows?")
def sorted_by_length(sequences: Sequences, padding_value: int = 0) -> Batch:
    return collate(sorted(sequences, key=len, reverse=True), padding_value)


@collate.mistake("One row is one text, (B, T). What are your rows?")
def time_first(sequences: Sequences, padding_value: int = 0) -> Batch:
    x, lengths = collate(sequences, padding_value)
    return x.T, lengths


@collate.mistake("Is there a row without padding in your table? The longest text needs none.")
def one_column_too_many(sequences: Sequences, padding_value: int = 0) -> Batch:
    x, lengths = collate(sequences, padding_value)
    return np.pad(x, ((0, 0), (0, 1)), constant_values=padding_value), lengths


@collate.mistake(
    "Numbers of words are there to look rows up, and an index is a whole number. "
    "Which `dtype` do `np.zeros` and `np.full` give, and how do you ask for `int`?"
)
def floats(sequences: Sequences, padding_value: int = 0) -> Batch:
    x, lengths = collate(sequences, padding_value)
    return x.astype(np.float64), lengths


@collate.alternative
def by_lists(sequences: Sequences, padding_value: int = 0) -> Batch:
    longest = max(len(sequence) for sequence in sequences)
    rows = [sequence + [padding_value] * (longest - len(sequence)) for sequence in sequences]
    return np.array(rows, dtype=np.int64), np.array([len(sequence) for sequence in sequences])


@collate.alternative
def by_zip(sequences: Sequences, padding_value: int = 0) -> Batch:
    columns = list(zip_longest(*sequences, fillvalue=padding_value))
    x = np.array(columns, dtype=np.int32).reshape(len(columns), len(sequences)).T
    return x, np.fromiter(map(len, sequences), dtype=np.int32)


@collate.alternative
def by_mask(sequences: Sequences, padding_value: int = 0) -> Batch:
    lengths = np.array([len(sequence) for sequence in sequences])
    real = np.arange(max(lengths)) < lengths[:, None]
    x = np.full(real.shape, padding_value)
    x[real] = [token for sequence in sequences for token in sequence]
    return x, lengths
