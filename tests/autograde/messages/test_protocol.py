"""The trust boundary: what honest candidates send comes through; anything else raises its own error and no other."""

from __future__ import annotations

import functools
import json
import math
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from tplib.autograde.messages.protocol import (
    CAP,
    HEADER,
    ODD_KEYS,
    Blobs,
    Channel,
    ClosedError,
    Decoder,
    LateError,
    MalformedError,
    WireError,
    decode_observation,
    encode,
    encode_observation,
    fits,
)
from tplib.graders.observe import Foreign, Observation
from tplib.graders.sets import ordered

ARRAYS = npst.arrays(
    npst.boolean_dtypes()
    | npst.integer_dtypes()
    | npst.unsigned_integer_dtypes()
    | npst.floating_dtypes()
    | npst.unicode_string_dtypes(),
    npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
)
SCALARS = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | st.text()
KEYS = st.text() | st.integers() | st.tuples(st.integers(), st.text())
PLAIN: st.SearchStrategy[Any] = st.recursive(
    SCALARS
    | ARRAYS
    | st.sets(SCALARS | st.tuples(SCALARS, SCALARS), max_size=4)
    | st.builds(Foreign, st.text(max_size=100)),
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple) | st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from("atlsdfx") | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=25,
)
# Nearly right: arrays whose type, shape and place do not fit what was sent.
CLAIMS = st.fixed_dictionaries(
    {
        "a": st.tuples(
            st.sampled_from(["<f8", ">f8", "<U0", "<U3", ">U1", "|b1", "<M8[s]", "|O", "|V4", "f8,f8", "", "<c16", "e"])
            | st.text(max_size=12),
            st.lists(st.sampled_from([0, 1, 2, 7, 1 << 20, CAP - 1, 1 << 62, -1, True, 1.0, None]), max_size=34),
            st.integers(-2, 80) | st.booleans() | st.none() | st.just(1 << 70),
        ).map(list)
    }
)


def equal(a: Any, b: Any) -> bool:
    """The same kind and the same value, NaN being equal to NaN; bytes in this machine's order."""
    if isinstance(a, np.ndarray):
        return (
            isinstance(b, np.ndarray)
            and a.dtype == b.dtype.newbyteorder("=")
            and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        )
    if isinstance(a, float) and isinstance(b, float):
        return a == b or (math.isnan(a) and math.isnan(b))
    if isinstance(a, list | tuple) and type(a) is type(b):
        return len(a) == len(b) and all(map(equal, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(equal(a[key], b[key]) for key in a)
    if isinstance(a, set) and isinstance(b, set):
        return ordered(a) == ordered(b) or repr(ordered(a)) == repr(ordered(b))  # nan
    return type(a) is type(b) and bool(a == b)


def through(send: Callable[[Channel], None], cap: int | None = CAP) -> tuple[dict[str, Any], memoryview]:
    """What arrives at the other end of a channel."""
    ours, theirs = map(Channel, socket.socketpair())
    sender = threading.Thread(target=send, args=(theirs,))
    sender.start()
    try:
        return ours.receive(time.monotonic() + 10, cap)
    finally:
        ours.close()
        sender.join()
        theirs.close()


def decodable(value: Any) -> bool:
    """Whether a value holds nothing but plain data that any file can hold."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biufU" and bool(json.dumps(value.tolist(), ensure_ascii=False).encode() or True)
    if isinstance(value, Foreign):
        return bool(value.type.encode() or True)
    if isinstance(value, list | tuple | set):
        return all(map(decodable, value))
    if isinstance(value, dict):
        return all(decodable(key) and decodable(item) for key, item in value.items())
    return value is None or isinstance(value, bool | int | float) or bool(value.encode() or True)


@settings(deadline=None)
@given(PLAIN)
def test_plain_values_come_through_a_socket_as_they_were(value: Any) -> None:
    blobs = Blobs()
    message = {"value": encode(value, blobs)}
    reply, blob = through(lambda channel: channel.send(message, blobs))
    assert equal(Decoder(blob).decode(reply["value"]), value)


def test_what_is_no_plain_data_comes_through_as_the_name_of_its_type() -> None:
    for value, name in (
        (object(), "object"),
        ({frozenset()}, "set"),
        ({1j}, "set"),
        (set(range(2001)), "set"),
        (1j, "complex"),
        (np.array([1j]), "numpy array of complex128"),
    ):
        assert Decoder(b"").decode(encode(value, Blobs())) == Foreign(name)


@settings(deadline=None)
@given(PLAIN, st.none() | st.text(max_size=20), st.text(max_size=50), st.booleans(), st.sets(st.integers(0, 2)))
def test_observations_come_through(
    value: Any, error: str | None, said: str, attempted: bool, mutated: set[int]
) -> None:
    sent = Observation(value, error, said, "line 1", attempted, tuple(sorted(mutated)), check=said)
    blobs = Blobs()
    message = json.loads(json.dumps(encode_observation(sent, blobs)))
    got = decode_observation(message, Decoder(b"".join(blobs.parts)), 3)
    assert equal(got.value, sent.value)
    assert (got.error, got.message, got.place, got.attempted, got.mutated, got.check) == (
        sent.error,
        sent.message,
        sent.place,
        sent.attempted,
        sent.mutated,
        sent.check,
    )


@settings(deadline=None)
@given(JSON | CLAIMS, st.binary(max_size=64))
@example({"a": [",", [], 2**70]}, b"")  # NumPy compiles the text of such a dtype
@example({"a": ["f8,i4", [1], 0]}, bytes(12))
def test_arbitrary_json_is_plain_data_or_refused(value: Any, blob: bytes) -> None:
    try:
        decoded = Decoder(blob).decode(value)
    except MalformedError:
        return
    assert decodable(decoded)


@settings(deadline=None)
@given(JSON | st.fixed_dictionaries({"value": JSON, "attempted": st.booleans(), "mutated": JSON, "message": JSON}))
def test_arbitrary_json_is_an_observation_or_refused(value: Any) -> None:
    try:
        observation = decode_observation(value, Decoder(b""), 2)
    except MalformedError:
        return
    assert all(i in (0, 1) for i in observation.mutated)


@settings(deadline=None)
@given(
    st.binary(max_size=200)
    | st.tuples(st.integers(0, 300), st.integers(0, 300), st.binary(max_size=200)).map(
        lambda parts: HEADER.pack(parts[0], parts[1]) + parts[2]
    )
)
def test_arbitrary_bytes_are_a_message_or_a_wire_error(data: bytes) -> None:
    def send(channel: Channel) -> None:
        channel.end.sendall(data)
        channel.close()

    try:
        message, _ = through(send)
    except WireError:
        return
    assert isinstance(message, dict)


@pytest.mark.parametrize(
    ("claim", "blob"),
    [
        (["<U0", [30_000_000, 1000], 0], b""),  # without a size, and an entry of four bytes as soon as NumPy makes it
        (["<f8", [CAP - 1] * 3 + [0], 0], b""),  # empty, and beyond what NumPy counts to
        (["<f8", [2], 0], b"\0" * 15),
        (["<f8", [1], 1], b"\0" * 8),
        ([">U1", [1], 0], b"A\0\0\0"),  # a letter only where it is read the wrong way round
        (["<U1", [1], 0], b"\0\0\x11\0"),
    ],
)
def test_arrays_that_cannot_be_are_refused(claim: list[Any], blob: bytes) -> None:
    with pytest.raises(MalformedError, match="no known form"):
        Decoder(blob).decode({"a": claim})


def test_truth_values_and_letters_are_such_as_numpy_makes() -> None:
    truth = Decoder(bytes([0, 1, 2, 255])).decode({"a": ["|b1", [4], 0]})
    assert truth.tobytes() == bytes([0, 1, 1, 1])
    text = np.array(["a\ud800b", "c"])
    assert Decoder(text.tobytes()).decode({"a": [text.dtype.str, [2], 0]}).tolist() == ["a?b", "c"]
    assert Decoder(b"").decode({"l": ["\udc80", {"d": [["\ud800", 1]]}]}) == ["?", {"?": 1}]


def test_large_messages_are_refused_before_they_are_read() -> None:
    with pytest.raises(MalformedError, match="larger than it may be"):
        through(lambda channel: channel.end.sendall(HEADER.pack(CAP, 1)))


def test_deep_messages_are_refused() -> None:
    deep = b"[" * 100_000
    with pytest.raises(MalformedError, match="not JSON"):
        through(lambda channel: channel.end.sendall(HEADER.pack(len(deep), 0) + deep))
    value: Any = 0
    for _ in range(40):
        value = {"l": [value]}
    with pytest.raises(MalformedError, match="nested too deeply"):
        Decoder(b"").decode(value)


def test_nobody_waits_beyond_the_deadline() -> None:
    ours, theirs = map(Channel, socket.socketpair())
    started = time.monotonic()
    with pytest.raises(LateError):
        ours.receive(started + 0.1)
    theirs.end.sendall(HEADER.pack(10, 0) + b"{")  # begun and never finished
    with pytest.raises(LateError):
        ours.receive(started + 0.2)
    with pytest.raises(LateError):
        ours.send({"text": "x" * (8 << 20)}, deadline=started + 0.3)  # never read
    assert 0.3 <= time.monotonic() - started < 5
    theirs.close()
    with pytest.raises(ClosedError):
        ours.receive()
    ours.close()


def test_keys_with_the_same_hash_are_refused_before_they_take_hours() -> None:
    with pytest.raises(MalformedError, match="keys that are not text"):
        Decoder(b"").decode({"d": [[number * (2**61 - 1), 0] for number in range(2 * ODD_KEYS)]})
    parts = [{"d": [[number, 0] for number in range(ODD_KEYS // 2)]} for _ in range(3)]
    with pytest.raises(MalformedError, match="keys that are not text"):
        Decoder(b"").decode({"l": parts})


def test_many_keys_that_are_text_come_through() -> None:
    value = {str(n): n for n in range(2 * ODD_KEYS)}
    assert Decoder(b"").decode(encode(value, Blobs())) == value


def test_bytes_are_decoded_once():
    decoder = Decoder(bytes(1000))
    assert decoder.array("|u1", [600], 0).shape == (600,)
    with pytest.raises(MalformedError, match="share their bytes"):
        decoder.array("|u1", [600], 300)
    with pytest.raises(MalformedError):
        Decoder(bytes(8)).array("<U0", [10**9], 0)


def test_a_message_of_nothing_but_brackets_is_refused_before_it_is_read():
    ours, theirs = socket.socketpair()
    body = b'{"x": [' + b"[]," * 4_000_000 + b"[]]}"
    sender = threading.Thread(target=lambda: ours.sendall(HEADER.pack(len(body), 0) + body))
    sender.start()
    with pytest.raises(MalformedError, match="too many parts"):
        Channel(theirs).receive()
    sender.join()
    ours.close()
    theirs.close()


@pytest.mark.parametrize(
    ("value", "fit"),
    [
        ([1] * 99, True),
        ([1] * 100, False),
        ("x" * 100, True),
        ("x" * 400, False),
        (np.zeros(250), True),
        (np.zeros(251), False),
        ({str(i): (i, None) for i in range(20)}, True),
        (functools.reduce(lambda inner, _: [inner], range(40), 0), False),
    ],
)
def test_what_fits_into_a_message(value, fit):
    assert fits(value, 100, 2000) is fit
