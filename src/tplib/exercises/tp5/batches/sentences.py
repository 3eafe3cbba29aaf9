"""From the vectors of words to the vector of a text: sum, mean, concatenation."""

import numpy as np

from tplib.exercises.tp5.batches import observers
from tplib.exercises.tp5.batches.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray

E = np.array([[9.0, 9.0], [1.0, -1.0], [2.0, 0.5], [-3.0, 4.0]])  # (V, E), its first row is that of the padding


def _case(draw: Draw) -> Arguments:
    V, B, T = draw.size(3, 6), draw.size(2, 4), draw.size(2, 4)
    indices = draw.integers(1, V, B, T)
    indices[np.arange(T) >= draw.integers(0, T + 1, B)[:, None]] = 0
    return indices, draw.array(V, draw.size(2, 4)), draw.choice(("mean", "sum", "concat"))


def _of_mode(mode: str) -> Drawn:
    """Texts of 3, 1 and no words, one word twice, in a table that is wider than each; row 1 holds zeros, row 0 not."""

    def drawn(draw: Draw) -> Arguments:
        embeddings = draw.array(5, draw.size(2, 4))
        embeddings[0] += 5
        embeddings[1] = 0
        word, other = draw.choice(((2, 3), (4, 2), (3, 4)))
        return np.array([[1, word, word, 0], [other, 0, 0, 0], [0, 0, 0, 0], [other, 1, 0, 0]]), embeddings, mode

    return Drawn(drawn)


def _one_text(mode: str) -> Drawn:
    return Drawn(lambda draw: (draw.integers(1, 4, 1, 3), draw.array(4, draw.size(2, 4)), mode))


def _combine(words: Array, counts: Array, mode: str) -> Array:
    """Vectors (B, T, E) and what to divide by for a mean (B,)."""
    if mode == "concat":
        return words.reshape(len(words), -1)  # (B, T*E)
    total = words.sum(axis=1)  # (B, E)
    return total if mode == "sum" else total / counts[:, None]


def _words(indices: Array, embeddings: Array) -> Array:
    """Vectors (B, T, E), zeros for padding."""
    return embeddings[indices] * (indices != 0)[..., None]


def _counts(indices: Array) -> Array:
    return np.maximum((indices != 0).sum(axis=1), 1)


@exercise(
    points=3,
    lecture="000, General workflow: choose embeddings and their combination (concatenation, sum, average); "
    "003, Embedding for text classification: the mean of the embeddings",
    concepts=(5,),
    draw=_case,
    edges=(
        Case((np.array([[2, 3, 2, 1], [3, 1, 0, 0]]), E)),
        Case((np.array([[2, 3, 2, 1], [3, 1, 0, 0]]), E, "sum")),
        Case((np.array([[2, 3, 2, 1], [3, 1, 0, 0]]), E, "concat")),
        Case((np.array([[2, 3], [0, 0], [3, 0]]), E, "mean")),
        Case((np.array([[0, 0], [1, 0]]), E, "sum")),
        Case((np.array([[0, 0, 0], [1, 3, 0]]), E, "concat")),
        Case((np.array([[3, 2, 1]]), E, "mean")),
        *map(_of_mode, ("mean", "sum", "concat")),
        *map(_one_text, ("mean", "sum", "concat")),
    ),
    observe=observers.widest,
    forbidden=(
        "torch.nn.EmbeddingBag",
        "torch.nn.functional.embedding_bag",
        "tplib.nn.EmbeddingBag",
        "tplib.nn.functional.embedding_bag",
    ),
)
def sentence_vector(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    """With the n places of a text that are not 0: sum of their rows of `embeddings`; the same divided by n (by 1 if n =
    0); or all T rows end to end, zeros for padding.

    shapes: indices (B, T), embeddings (V, E), so embeddings[indices] is (B, T, E). Sum and mean are (B, E), the
    concatenation is (B, T * E).
    worked: Text [2, 3, 0], row 2 = (2, 0), row 3 = (-4, 4): sum (-2, 4), mean (-1, 2), concatenation (2, 0, -4, 4, 0,
    0)
    """
    return _combine(_words(indices, embeddings), _counts(indices), mode)


@sentence_vector.mistake("By how many do you divide: by the T places of the table, or by the words of this text?")
def divided_by_all_places(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return _combine(_words(indices, embeddings), np.full(len(indices), indices.shape[1]), mode)


@sentence_vector.mistake(
    "Does the vector of a text change when its batch holds a longer text? What does row 0 do in your mean?"
)
def padding_counted_as_a_word(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return _combine(embeddings[indices], np.full(len(indices), indices.shape[1]), mode)


@sentence_vector.mistake(
    "You divide by the right number, but what do you add up? Is row 0 of the table zero? It need not be.",
    name="padding's row added",
)
def padding_s_row_added(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return _combine(embeddings[indices], _counts(indices), mode)


@sentence_vector.mistake(
    "What stands after the end of a short text in your concatenation: row 0 of the table, or zeros?",
    name="padding's row concatenated",
)
def padding_s_row_concatenated(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    words = embeddings[indices] if mode == "concat" else _words(indices, embeddings)
    return _combine(words, _counts(indices), mode)


@sentence_vector.mistake("What does your function do when `mode` is 'sum'?")
def always_the_mean(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return sentence_vector(indices, embeddings)


@sentence_vector.mistake("What does your function do when `mode` is 'mean'?")
def always_the_sum(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return sentence_vector(indices, embeddings, "sum")


@sentence_vector.mistake("A text without any word: by what do you divide? Its vector should be zeros.")
def text_without_words(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return _combine(_words(indices, embeddings), (indices != 0).sum(axis=1), mode)


@sentence_vector.mistake(
    "A text without any word has a vector of zeros. Which row of the table have you put there?",
    name="padding's vector for an empty text",
)
def padding_s_vector_for_an_empty_text(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    vectors = sentence_vector(indices, embeddings, mode)
    empty = (indices == 0).all(axis=1)[:, None]
    return vectors if mode == "concat" else np.where(empty, embeddings[0], vectors)


@sentence_vector.mistake(
    "A word may have a row of zeros, and counts. What is padding: a number 0, or a vector of zeros?"
)
def row_of_zeros_taken_for_padding(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    words = _words(indices, embeddings)
    return _combine(words, np.maximum(words.any(axis=2).sum(axis=1), 1), mode)


@sentence_vector.mistake(
    "Each text is divided by the number of *its* words. By which number do you divide short texts?"
)
def divided_by_the_longest_text(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return _combine(_words(indices, embeddings), np.full(len(indices), _counts(indices).max()), mode)


@sentence_vector.mistake("By how many do you divide the vector of a text with one word?")
def one_word_too_many(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return _combine(_words(indices, embeddings), (indices != 0).sum(axis=1) + 1, mode)


@sentence_vector.mistake("A mean goes over the words. By which length do you divide: the number of words, or E?")
def divided_by_the_length_of_a_vector(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return _combine(_words(indices, embeddings), np.full(len(indices), embeddings.shape[1]), mode)


@sentence_vector.mistake("What does your function do when `mode` is 'mean'? The sum is still to be divided.")
def mean_not_divided(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return sentence_vector(indices, embeddings, "sum" if mode == "mean" else mode)


@sentence_vector.mistake("You divide the vectors end to end too. Does a concatenation have a mean?")
def concatenation_divided(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    vectors = sentence_vector(indices, embeddings, mode)
    return vectors / _counts(indices)[:, None] if mode == "concat" else vectors


@sentence_vector.mistake("You divide by the length of the vector itself. By what does a mean divide?")
def scaled_to_length_1(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    vectors = sentence_vector(indices, embeddings, mode)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(length == 0, 1, length) if mode == "mean" else vectors


@sentence_vector.mistake("A concatenation is T * E long for each text of the table. How wide is yours?")
def concatenation_cut_to_the_shortest_text(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    shortest = (indices != 0).sum(axis=1).min()
    return sentence_vector(indices[:, :shortest] if mode == "concat" else indices, embeddings, mode)


@sentence_vector.mistake("Row i of the table belongs to word i. Which row do you take?")
def row_before(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return _combine(embeddings[indices - 1] * (indices != 0)[..., None], _counts(indices), mode)


@sentence_vector.mistake("What does `squeeze` do to a batch of one text?")
def batch_of_one_squeezed(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return sentence_vector(indices, embeddings, mode).squeeze()


@sentence_vector.mistake("`embeddings[indices]` is (B, T, E). Which axis must disappear: the words, or the features?")
def over_the_features(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    words = _words(indices, embeddings)
    return words.reshape(len(words), -1) if mode == "concat" else _combine(words.swapaxes(1, 2), _counts(indices), mode)


@sentence_vector.mistake(
    "You mixed the texts of the batch. `embeddings[indices]` is (B, T, E): which axis is that of the words?"
)
def over_the_batch(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    words = _words(indices, embeddings)
    if mode == "concat":
        return words.reshape(len(words), -1)
    return words.sum(axis=0) if mode == "sum" else words.mean(axis=0)


@sentence_vector.mistake("One text is one row. What shape has your concatenation, and what should it have?")
def not_laid_end_to_end(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return _words(indices, embeddings) if mode == "concat" else sentence_vector(indices, embeddings, mode)


@sentence_vector.mistake(
    "Your row starts with the first feature of all words. Which E numbers come first in a concatenation?"
)
def feature_by_feature(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    if mode == "concat":
        return _words(indices, embeddings).transpose(0, 2, 1).reshape(len(indices), -1)
    return sentence_vector(indices, embeddings, mode)


@sentence_vector.mistake(
    "Number 1, the unknown word, has a row of its own in the table. Which number alone is padding?"
)
def unknown_words_left_out(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    return sentence_vector(np.where(indices == 1, 0, indices), embeddings, mode)


@sentence_vector.mistake("A word that comes twice in the text: how often does it count?")
def each_word_once(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    if mode == "concat":
        return sentence_vector(indices, embeddings, mode)
    once = np.zeros_like(indices)
    for row, words in zip(once, indices, strict=True):
        different = sorted(set(words.tolist()) - {0})
        row[: len(different)] = different
    return sentence_vector(once, embeddings, mode)


@sentence_vector.mistake("You keep the largest value of each feature. What was asked for?")
def largest_instead_of_mean(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    if mode == "mean":
        return _words(indices, embeddings).max(axis=1)
    return sentence_vector(indices, embeddings, mode)


@sentence_vector.alternative
def vector_by_loop(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    rows = []
    for text in indices:
        words = embeddings[text[text > 0]]
        if mode == "concat":
            row = np.zeros(indices.shape[1] * embeddings.shape[1])
            row[: words.size] = words.ravel()
        else:
            row = words.sum(axis=0)
            if mode == "mean" and len(words):
                row = row / len(words)
        rows.append(row)
    return np.stack(rows)


@sentence_vector.alternative
def vector_by_zero_row(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    table = embeddings.copy()
    table[0] = 0
    if mode == "concat":
        return np.concatenate([table[column] for column in indices.T], axis=1)
    total = np.add.reduce([table[column] for column in indices.T])
    if mode == "sum":
        return total
    counts = np.count_nonzero(indices, axis=1)
    counts[counts == 0] = 1
    return total / counts[:, None]


@sentence_vector.alternative
def vector_by_counts(indices: Array, embeddings: Array, mode: str = "mean") -> Array:
    B, T = indices.shape
    real = (indices > 0).astype(np.float32)
    if mode == "concat":
        return np.einsum("bt,bte->bte", real, embeddings[indices]).reshape(B, T * embeddings.shape[1])
    bags = np.zeros((B, len(embeddings)))
    np.add.at(bags, (np.arange(B)[:, None], indices), real)
    total = bags @ embeddings
    return total / bags.sum(axis=1, keepdims=True).clip(min=1) if mode == "mean" else total
