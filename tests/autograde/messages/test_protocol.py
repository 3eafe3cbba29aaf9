"""Messages that no honest candidate sends."""

from __future__ import annotations

import pytest

from tplib.autograde.messages.protocol import ODD_KEYS, Blobs, Decoder, MalformedError, encode


def decoded(message: object) -> object:
    return Decoder(b"").decode(message)


def test_keys_with_the_same_hash_are_refused_before_they_take_hours() -> None:
    with pytest.raises(MalformedError, match="keys that are not text"):
        decoded({"d": [[number * (2**61 - 1), 0] for number in range(2 * ODD_KEYS)]})
    parts = [{"d": [[number, 0] for number in range(ODD_KEYS // 2)]} for _ in range(3)]
    with pytest.raises(MalformedError, match="keys that are not text"):
        decoded({"l": parts})


def test_dictionaries_come_back_as_they_were() -> None:
    for value in ({str(n): n for n in range(2 * ODD_KEYS)}, {(1, "a"): 2, 3: None}, {}):
        assert decoded(encode(value, Blobs())) == value
