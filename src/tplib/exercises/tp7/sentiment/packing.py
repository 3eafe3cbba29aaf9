"""The exercise pack_batch of TP7-LSTM/3_sentiment: texts of different lengths as one packed sequence."""

import torch
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pack_sequence, pad_sequence

from tplib.exercises.tp7.sentiment import observers
from tplib.exercises.tp7.sentiment.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Texts = list[list[int]]


def _texts(draw: Draw, lengths: list[int]) -> Arguments:
    return ([draw.integers(1, 40, n).tolist() for n in lengths],)


def _pack_case(draw: Draw) -> Arguments:
    return _texts(draw, [draw.size(1, 6) for _ in range(draw.size(1, 5))])


def _rising(draw: Draw) -> Arguments:
    """The longest text last, two of equal length: an order by length is another one."""
    return _texts(draw, [2, 4, 4, 7])


def _zeros(draw: Draw) -> Arguments:
    """A text may hold the number 0, at its end as well."""
    [texts] = _texts(draw, [3, 5, 2])
    return ([texts[0], [*texts[1], 0], [0, *texts[2], 0, 0]],)


def _empty(draw: Draw) -> Arguments:
    [texts] = _texts(draw, [3, 5])
    return ([texts[0], [], texts[1], []],)


def _one(draw: Draw) -> Arguments:
    return _texts(draw, [draw.size(1, 4)])


@exercise(
    points=3,
    lecture="003, Word representation: Word2vec",
    concepts=(39,),
    draw=_pack_case,
    draws=4,
    edges=(
        Case(([[5, 3], [8, 2, 9], [4]],)),
        Drawn(_rising),
        Drawn(_zeros),
        Drawn(_one),
        Drawn(_empty, "empty text"),
        Case(([[], []],), "empty text"),
        Drawn(lambda draw: (*_empty(draw), "input"), "input"),
    ),
    aspects={
        "empty text": "Right where every text has a word. A text without any is read as the one word number 1.",
        "input": "Right, but your code changes the lists that it is given. Work on copies.",
    },
    observe=observers.packing,
)
def pack_batch(texts: Texts) -> PackedSequence:
    """pack_sequence([tensor(text) for text in texts], enforce_sorted=False), where an empty text is [1].

    shapes: B lists of T_1, ..., T_B numbers -> data (T_1 + ... + T_B,), and the number of texts left at each step.
    worked: [[5, 3], [8, 2, 9], [4]] has data 8 5 4 2 3 9 (step by step, longest text first) and batch_sizes 3 2 1.
    """
    return pack_sequence([torch.tensor(text or [1], dtype=torch.int64) for text in texts], enforce_sorted=False)


@pack_batch.alternative
def by_padding(texts: Texts) -> PackedSequence:
    rows = [text if len(text) > 0 else [1] for text in texts]
    lengths = torch.tensor([len(row) for row in rows])
    padded = pad_sequence([torch.tensor(row) for row in rows], batch_first=True)
    return pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)


@pack_batch.alternative
def by_hand(texts: Texts) -> PackedSequence:
    rows = [torch.tensor(text, dtype=torch.long) if text else torch.ones(1, dtype=torch.long) for text in texts]
    order = sorted(range(len(rows)), key=lambda i: -len(rows[i]))
    longest = len(rows[order[0]])
    steps = [[rows[i][t] for i in order if len(rows[i]) > t] for t in range(longest)]
    indices = torch.tensor(order)
    data = torch.stack([word for step in steps for word in step])
    return PackedSequence(data, torch.tensor([len(step) for step in steps]), indices, torch.argsort(indices))


def _filled(texts: Texts) -> list[torch.Tensor]:
    return [torch.tensor(text or [1]) for text in texts]


@pack_batch.mistake(
    "Which text is the first of your batch: that of the caller, or the longest? Whose label is the first?"
)
def sorted_by_length(texts: Texts) -> PackedSequence:
    return pack_sequence(sorted(_filled(texts), key=len, reverse=True))


@pack_batch.mistake("PyTorch asks for texts from the longest to the shortest. Which argument lets it sort by itself?")
def order_enforced(texts: Texts) -> PackedSequence:
    return pack_sequence(_filled(texts))


@pack_batch.mistake("How long is each text in your batch? A padding that is packed is read like a word.")
def padding_packed_as_words(texts: Texts) -> PackedSequence:
    padded = pad_sequence(_filled(texts), batch_first=True)
    lengths = torch.full((len(texts),), padded.shape[1])
    return pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)


@pack_batch.mistake(
    "`pad_sequence` puts time first unless you say otherwise. Which axis does `pack_padded_sequence` read?"
)
def rows_and_columns_exchanged(texts: Texts) -> PackedSequence:
    rows = _filled(texts)
    lengths = torch.tensor([len(row) for row in rows])
    return pack_padded_sequence(pad_sequence(rows), lengths, batch_first=True, enforce_sorted=False)


@pack_batch.mistake("You return a tensor with padding. Which function packs it, and what must it know besides?")
def padded_but_not_packed(texts: Texts) -> torch.Tensor:
    return pad_sequence(_filled(texts), batch_first=True)


@pack_batch.mistake("Can a word have the number 0? Count the words of a text before you pad it.")
def zeros_not_counted(texts: Texts) -> PackedSequence:
    padded = pad_sequence(_filled(texts), batch_first=True)
    lengths = (padded != 0).sum(dim=1)
    return pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)


@pack_batch.mistake("A packed sequence holds no text of length 0. What does the text above say such a text is read as?")
def empty_text_not_replaced(texts: Texts) -> PackedSequence:
    return pack_sequence([torch.tensor(text, dtype=torch.int64) for text in texts], enforce_sorted=False)


@pack_batch.mistake("Every text has its label. How many texts go in, and how many come out?")
def empty_text_left_out(texts: Texts) -> PackedSequence:
    return pack_sequence([torch.tensor(text) for text in texts if text], enforce_sorted=False)


@pack_batch.mistake("Which number has an unknown word? An empty text is read as one of these.")
def empty_text_read_as_padding(texts: Texts) -> PackedSequence:
    return pack_sequence([torch.tensor(text or [0]) for text in texts], enforce_sorted=False)


@pack_batch.mistake("Word numbers look up rows of an embedding. Which dtype do such numbers need?")
def decimal_numbers(texts: Texts) -> PackedSequence:
    return pack_sequence([torch.tensor(text or [1], dtype=torch.float32) for text in texts], enforce_sorted=False)


@pack_batch.mistake("Is the last word of each text still there?")
def last_word_missing(texts: Texts) -> PackedSequence:
    return pack_sequence([text[:-1] if len(text) > 1 else text for text in _filled(texts)], enforce_sorted=False)


@pack_batch.mistake("In which order does a reader meet the words? Is the first of yours the first of the text?")
def words_reversed(texts: Texts) -> PackedSequence:
    return pack_sequence([text.flip(0) for text in _filled(texts)], enforce_sorted=False)


@pack_batch.mistake("How long is the longest text, and how long the shortest? All keep all their words.")
def cut_to_the_shortest(texts: Texts) -> PackedSequence:
    shortest = min(len(text) for text in _filled(texts))
    return pack_sequence([text[:shortest] for text in _filled(texts)], enforce_sorted=False)
