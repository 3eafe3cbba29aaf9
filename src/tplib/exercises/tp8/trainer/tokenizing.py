"""The exercise tokenize_batch of TP8-HFTrain/4_trainer: texts and names of classes become what a model reads."""

from typing import Any

from tplib.exercises.tp8.trainer import observers
from tplib.exercises.tp8.trainer.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Batch = dict[str, Any]
CLASSES = (("negative", "positive"), ("neg", "neutral", "pos"))


def _text(draw: Draw, words: int) -> str:
    return " ".join(draw.choice(observers.WORDS) for _ in range(words))


def _classes(draw: Draw) -> dict[str, int]:
    """Names in an order of numbers that is not the alphabet's, or is."""
    names = list(draw.choice(CLASSES))
    if draw.choice([True, True, False]):
        names.reverse()
    return {name: number for number, name in enumerate(names)}


def _batch(draw: Draw, lengths: list[int]) -> tuple[Batch, dict[str, int]]:
    label2id = _classes(draw)
    labels = [draw.choice(list(label2id)) for _ in lengths]
    return {"text": [_text(draw, n) for n in lengths], "label": labels}, label2id


def _tokenize_case(draw: Draw) -> Arguments:
    lengths = [draw.size(1, 7) for _ in range(draw.size(1, 4))]
    return *_batch(draw, lengths), draw.size(4, 12)


def _long_and_short(draw: Draw) -> Arguments:
    """Texts longer than the tokenizer's own limit of 12 and than `max_length`, one that just fits, one shorter."""
    return *_batch(draw, [14, 9, 4, 2]), 6


def _backwards(draw: Draw) -> Arguments:
    """The first label that occurs is neither number 0 nor the alphabet's first."""
    batch, _ = _batch(draw, [2, 3, 1])
    return {**batch, "label": ["c", "a", "b"]}, {"b": 0, "a": 1, "c": 2}, 8


def _in_no_order(draw: Draw) -> Arguments:
    """Neither the order of the names, nor that of the dictionary, is that of the numbers."""
    batch, _ = _batch(draw, [2, 3, 1, 2])
    return {**batch, "label": ["b", "c", "a", "b"]}, {"c": 1, "a": 2, "b": 0}, 8


def _odd(draw: Draw) -> Arguments:
    """An empty text, and one with an unknown word."""
    batch, label2id = _batch(draw, [1, 2, 3])
    return {**batch, "text": ["", batch["text"][1], "zyx " + batch["text"][2]]}, label2id, 10


def _one(draw: Draw) -> Arguments:
    return *_batch(draw, [draw.size(3, 7)]), 4


def _unlabelled(draw: Draw) -> Arguments:
    batch, label2id = _batch(draw, [3, 1])
    return {"text": batch["text"]}, label2id, 8


def _default(draw: Draw) -> Arguments:
    return *_batch(draw, [80, 63, 2]), None


@exercise(
    points=3,
    lecture="003, Embedding of words",
    concepts=(48,),
    draw=_tokenize_case,
    draws=4,
    inputs=("batch", "label2id", "max_length"),
    signature="tokenize_batch(batch, tokenizer, label2id, max_length=64)",
    edges=(
        Case(({"text": ["a good film", "bad"], "label": ["pos", "neg"]}, {"neg": 0, "pos": 1}, 8)),
        Drawn(_long_and_short),
        Drawn(_backwards),
        Drawn(_in_no_order),
        Drawn(_odd),
        Drawn(_one),
        Drawn(_unlabelled, "no labels"),
        Drawn(_default, "defaults"),
    ),
    aspects={"no labels": "Right where the texts have labels. New texts have none, and then there is no such column."},
    observe=observers.tokenizing,
)
def tokenize_batch(batch: Batch, tokenizer: Any, label2id: dict[str, int], max_length: int = 64) -> Batch:
    """tokenizer(texts, truncation=True, max_length=max_length), and labels[i] = label2id[label of text i].

    shapes: B texts -> `input_ids` and `attention_mask`, B lists of T_1, ..., T_B numbers, T_i <= max_length; `labels`,
    B whole numbers.
    worked: "a good film" has 3 words and 5 pieces, as [CLS] and [SEP] count; with max_length 4: [CLS] a good [SEP].
    """
    found = dict(tokenizer(batch["text"], truncation=True, max_length=max_length))
    if "label" in batch:
        found["labels"] = [label2id[name] for name in batch["label"]]
    return found


@tokenize_batch.alternative
def text_by_text(batch, tokenizer, label2id, max_length=64):  # type: ignore[no-untyped-def]
    ids = []
    for text in batch["text"]:
        ids.append(tokenizer(text, truncation=True, max_length=max_length)["input_ids"])
    found = {"input_ids": ids, "attention_mask": [[1] * len(row) for row in ids]}
    labels = batch.get("label")
    if labels is not None:
        found["labels"] = list(map(label2id.get, labels))
    return found


@tokenize_batch.alternative
def pieces_by_hand(batch, tokenizer, label2id, max_length=64):  # type: ignore[no-untyped-def]
    encoded = tokenizer(batch["text"], add_special_tokens=False)
    first, last = tokenizer.cls_token_id, tokenizer.sep_token_id
    rows = [[first, *ids[: max_length - 2], last] for ids in encoded["input_ids"]]
    columns = {"input_ids": rows, "attention_mask": [[1 for _ in row] for row in rows]}
    if "label" in batch:
        columns["labels"] = [label2id[label] for label in batch["label"]]
    return columns
