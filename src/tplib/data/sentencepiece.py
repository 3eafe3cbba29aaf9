"""A tokenizer out of a file of Google's sentencepiece (a protobuf message), built with the library `tokenizers`."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SPACE = "\u2581"  # stands for a space in the pieces
UNKNOWN, START, END = 0, 1, 2


def read_tokenizer(file: Path) -> Tokenizer:
    """The tokenizer, which puts `<s>` before a text and `</s>` after it."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    pieces, charsmap = _content(file.read_bytes())
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(charsmap), normalizers.Strip(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always", split=False)
    ends = [(pieces[START][0], START), (pieces[END][0], END)]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{ends[0][0]} $A {ends[1][0]}", special_tokens=ends
    )
    return tokenizer


def _content(data: bytes) -> tuple[list[tuple[str, float]], bytes]:
    """The pieces with their scores, and the table by which characters are normalised."""
    pieces, charsmap = [], b""
    for number, value in _fields(data):
        if number == 1 and isinstance(value, bytes):
            piece = dict(_fields(value))
            score = piece.get(2, b"\0\0\0\0")
            pieces.append((bytes(piece[1]).decode("utf-8"), float(struct.unpack("<f", bytes(score))[0])))
        elif number == 3 and isinstance(value, bytes):  # the normalizer's settings: name, then table
            found = dict(_fields(value)).get(2, b"")
            charsmap = bytes(found)
    return pieces, charsmap


def _fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(number, raw value) of each field of a protobuf message; whole numbers are passed over."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        kind = tag & 7
        if kind == 0:
            _, at = _varint(data, at)
            continue
        if kind == 2:
            size, at = _varint(data, at)
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
        else:
            raise ValueError(f"a protobuf message holds no field of kind {kind}")
        yield tag >> 3, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A whole number in groups of seven bits, the lowest first, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not byte & 0x80:
            return value, at
