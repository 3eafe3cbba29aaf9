"""Mistakes in the tokenisation: in what the tokenizer is asked for, and in what becomes of the labels."""

from collections.abc import Callable
from typing import Any

from tplib.exercises.tp8.trainer.tokenizing import Batch, tokenize_batch

LENGTH = 64


def _with(columns: Any, batch: Batch, labels: Callable[[Any], Any]) -> Batch:
    found = dict(columns)
    if "label" in batch:
        found["labels"] = labels(batch["label"])
    return found


def _numbers(label2id: dict[str, int]) -> Callable[[Any], Any]:
    return lambda names: [label2id[name] for name in names]


def _asked(name: str, question: str, **wrong: Any) -> None:
    """A mistake in the arguments of the tokenizer."""

    def tokenize(batch: Batch, tokenizer: Any, label2id: dict[str, int], max_length: int = LENGTH) -> Batch:
        settings: dict[str, Any] = {"truncation": True, "max_length": max_length, **wrong}
        return _with(tokenizer(batch["text"], **settings), batch, _numbers(label2id))

    tokenize_batch.mistake(question, name=name)(tokenize)


def _labelled(name: str, question: str, wrong: Callable[[Any, dict[str, int]], Any], key: str = "labels") -> None:
    """A mistake in the labels."""

    def tokenize(batch: Batch, tokenizer: Any, label2id: dict[str, int], max_length: int = LENGTH) -> Batch:
        found = dict(tokenizer(batch["text"], truncation=True, max_length=max_length))
        return {**found, key: wrong(batch["label"], label2id)} if "label" in batch else found

    tokenize_batch.mistake(question, name=name)(tokenize)


_asked(
    "not truncated",
    "How long is your longest text? A model with 512 positions cannot read the 513th. Which argument cuts?",
    truncation=False,
    max_length=None,
)
_asked(
    "length left to the tokenizer",
    "`truncation=True` alone cuts at the model's own limit. Who tells the tokenizer of `max_length`?",
    max_length=None,
)
_asked(
    "padded to the longest of the batch",
    "The collator pads each batch of the training. What do the longest texts of a batch of `map` have to do with it?",
    padding=True,
)
_asked(
    "padded to max_length",
    "How much of what your model reads would be padding? The collator pads each batch as far as it needs.",
    padding="max_length",
)
_asked(
    "tensors asked for",
    "Texts of different lengths do not make a tensor. Who makes the tensors, and when?",
    return_tensors="pt",
)
_asked(
    "special pieces left out",
    "A BERT reads its answer at [CLS]. Where is it in your texts?",
    add_special_tokens=False,
)
_labelled(
    "names kept as labels",
    "The loss counts with numbers. What does `label2id` say of each name?",
    lambda names, label2id: list(names),
)
_labelled(
    "numbered in the order of the alphabet",
    "Does `label2id` give its numbers in the order of the alphabet?",
    lambda names, label2id: [sorted(label2id).index(name) for name in names],
)
_labelled(
    "numbered in the order of appearance",
    "The next batch begins with another class. Does each class keep its number?",
    lambda names, label2id: [list(dict.fromkeys(names)).index(name) for name in names],
)
_labelled(
    "numbered in the order of the dictionary",
    "A dictionary may be in any order. Which number does `label2id` give to a name?",
    lambda names, label2id: [list(label2id).index(name) for name in names],
)
_labelled(
    "column called label",
    "A model's `forward` has an argument `labels`. What is your column called?",
    lambda names, label2id: [label2id[name] for name in names],
    key="label",
)


@tokenize_batch.mistake("The last pieces of long texts are missing, [SEP] among them. Who knows best where to cut?")
def cut_after_the_special_pieces(
    batch: Batch, tokenizer: Any, label2id: dict[str, int], max_length: int = LENGTH
) -> Batch:
    found = {name: [row[:max_length] for row in rows] for name, rows in tokenizer(batch["text"]).items()}
    return _with(found, batch, _numbers(label2id))


@tokenize_batch.mistake("Is `max_length` a number of letters, or of pieces?")
def cut_by_letters(batch: Batch, tokenizer: Any, label2id: dict[str, int], max_length: int = LENGTH) -> Batch:
    return _with(tokenizer([text[:max_length] for text in batch["text"]]), batch, _numbers(label2id))


@tokenize_batch.mistake("Is `max_length` a number of words? [CLS] and [SEP] count as well.")
def special_pieces_not_counted(
    batch: Batch, tokenizer: Any, label2id: dict[str, int], max_length: int = LENGTH
) -> Batch:
    found = tokenizer(batch["text"], truncation=True, max_length=max_length + 2)
    return _with(found, batch, _numbers(label2id))


@tokenize_batch.mistake("How many texts has a batch? `map(batched=True)` hands over lists.")
def first_text_only(batch: Batch, tokenizer: Any, label2id: dict[str, int], max_length: int = LENGTH) -> Batch:
    found = tokenizer(batch["text"][0], truncation=True, max_length=max_length)
    return _with(found, batch, lambda names: label2id[names[0]])


@tokenize_batch.mistake("`tokenize` gives pieces as text. What does an embedding look its rows up by?")
def pieces_instead_of_numbers(
    batch: Batch, tokenizer: Any, label2id: dict[str, int], max_length: int = LENGTH
) -> Batch:
    pieces = [["[CLS]", *tokenizer.tokenize(text)[: max_length - 2], "[SEP]"] for text in batch["text"]]
    found = {"input_ids": pieces, "attention_mask": [[1] * len(row) for row in pieces]}
    return _with(found, batch, _numbers(label2id))


@tokenize_batch.mistake("New texts have no label. What does your code do then?")
def label_always_read(batch: Batch, tokenizer: Any, label2id: dict[str, int], max_length: int = LENGTH) -> Batch:
    found = dict(tokenizer(batch["text"], truncation=True, max_length=max_length))
    found["labels"] = [label2id[name] for name in batch["label"]]
    return found
