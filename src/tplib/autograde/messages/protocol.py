"""Messages between examiner and candidate: JSON and raw array bytes, size-capped. Nothing is ever unpickled."""

from __future__ import annotations

import json
import math
import re
import socket
import struct
import time
from typing import Any, NoReturn

import numpy as np

from tplib.autograde.texts import fit_for_files
from tplib.graders.observe import Foreign, Observation
from tplib.graders.sets import MOST, ordered, plain_set

CAP = 32 << 20  # bytes of one message from a candidate
DEPTH = 32  # of collections inside each other
ITEMS = 1_000_000
BRACKETS = 3_000_000  # in the JSON of one message: each becomes an object of Python, of twenty times its size
ODD_KEYS = 1000  # that are not text: numbers can be chosen so that all have the same hash
SET_ENTRIES = 20 * MOST  # of all sets of one message together, for the same reason
KINDS = "biufU"
DTYPE = re.compile(rf"[<>|=]?[{KINDS}]\d{{1,8}}")  # as `dtype.str`; NumPy reads more, and compiles some of it
LAST_LETTER, SURROGATES = 0x10FFFF, (0xD800, 0xDFFF)  # no UTF-8 file can hold the latter
HEADER = struct.Struct(">II")  # lengths of the JSON text and of the array bytes

Message = dict[str, Any]


class WireError(Exception):
    """The other side is gone or late, or says what no honest candidate says."""


class ClosedError(WireError):
    """The other side has closed the channel."""


class LateError(WireError):
    """No whole message came in time."""


class MalformedError(WireError):
    """A message that is too large, is not JSON, or has the wrong form."""


class Blobs:
    """The bytes of arrays that a message refers to, one after the other."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def add(self, data: bytes) -> int:
        at = self.size
        self.parts.append(data)
        self.size += len(data)
        return at


def encode(value: Any, blobs: Blobs) -> Any:
    """JSON for plain data: numbers and text as they are, collections and arrays as objects with a one-letter key.

    The keys: a(rray), t(uple), l(ist), s(et), d(ictionary), f(oreign).
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
        if array.dtype.kind not in KINDS:
            return {"f": f"numpy array of {array.dtype}"}
        array = np.asarray(array, dtype=array.dtype.newbyteorder("<"), order="C")
        return {"a": [array.dtype.str, list(array.shape), blobs.add(array.tobytes())]}
    if isinstance(value, int | float):
        return value
    if isinstance(value, tuple):
        return {"t": [encode(item, blobs) for item in value]}
    if isinstance(value, list):
        return {"l": [encode(item, blobs) for item in value]}
    if isinstance(value, dict):
        return {"d": [[encode(key, blobs), encode(item, blobs)] for key, item in value.items()]}
    if type(value) in (set, frozenset) and (found := plain_set(value)) is not None:
        return {"s": [encode(item, blobs) for item in ordered(found)]}
    return {"f": (value if isinstance(value, Foreign) else Foreign.of(value)).type}


def fits(value: Any, items: int, size: int) -> bool:
    """Whether plain data has at most `items` parts and `size` bytes, and is not nested too deeply to be sent."""
    layer, depth = [value], 0
    while layer:
        items -= len(layer)
        depth += 1
        if items < 0 or size < 0 or depth > DEPTH:
            return False
        inside: list[Any] = []
        for item in layer:
            if isinstance(item, dict):
                inside += [*item, *item.values()]
            elif isinstance(item, list | tuple | set | frozenset):
                inside += item
            else:
                size -= item.nbytes if isinstance(item, np.ndarray) else 6 * len(item) if isinstance(item, str) else 20
            if len(inside) > items:
                return False
        layer = inside
    return size >= 0


class Decoder:
    """Turns a message that cannot be trusted into plain data. Raises MalformedError, and nothing else."""

    def __init__(self, blob: memoryview | bytes) -> None:
        self.blob = memoryview(blob)
        self.items = self.odd_keys = self.set_entries = 0
        self.used = 0  # the arrays lie one after the other: bytes that were named twice would grow without end

    def decode(self, value: Any, depth: int = 0) -> Any:
        self.items += 1
        if depth > DEPTH or self.items > ITEMS:
            raise MalformedError("a value is nested too deeply or has too many parts")
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, str):
            return fit_for_files(value)
        if not isinstance(value, dict) or len(value) != 1:
            self._unknown()
        ((key, content),) = value.items()
        if key == "f" and isinstance(content, str):
            return Foreign(text(content, 200))
        if not isinstance(content, list):
            self._unknown()
        if key == "a":
            return self.array(*content) if len(content) == 3 else self._unknown()
        if key in "tls":
            items = [self.decode(item, depth + 1) for item in content]
            return tuple(items) if key == "t" else self.entries(items) if key == "s" else items
        if key == "d" and all(isinstance(pair, list) and len(pair) == 2 for pair in content):
            pairs = [(self.decode(k, depth + 1), self.decode(v, depth + 1)) for k, v in content]
            self.odd_keys += sum(not isinstance(k, str) for k, _ in pairs)
            if self.odd_keys > ODD_KEYS:
                raise MalformedError("a dictionary has too many keys that are not text")
            try:
                return dict(pairs)
            except TypeError:
                return self._unknown()
        return self._unknown()

    def entries(self, entries: list[Any]) -> Any:
        """A set of plain values: how many there may be is asked before any is compared with another."""
        self.set_entries += len(entries)
        found = plain_set(entries) if self.set_entries <= SET_ENTRIES else None
        return self._unknown() if found is None else found

    def array(self, dtype: Any, shape: Any, at: Any) -> np.ndarray:
        """A copy of the array's bytes. The declared shape must fit what was sent, and every entry be a possible one."""
        whole = isinstance(shape, list) and all(type(n) is int and n >= 0 for n in [*shape, at])
        if not (whole and isinstance(dtype, str) and DTYPE.fullmatch(dtype) and len(shape) <= 32):
            self._unknown()
        try:
            kind = np.dtype(dtype)
        except (TypeError, ValueError):
            self._unknown()
        size = kind.itemsize * math.prod(shape)
        if kind.kind not in KINDS or kind.itemsize == 0 or at + size > len(self.blob):
            self._unknown()
        if size and at < self.used:
            raise MalformedError("two arrays share their bytes")
        self.used = max(self.used, at + size)
        if size == 0:
            try:
                return np.zeros(shape, kind.newbyteorder("="))
            except ValueError:  # empty, and too large all the same
                return self._unknown()
        array = np.frombuffer(self.blob, kind, math.prod(shape), at).reshape(shape).astype(kind.newbyteorder("="))
        if kind.kind == "b":  # a byte may be more than 0 or 1
            return np.asarray(array.view(np.uint8) != 0)
        if kind.kind == "U":
            letters = array.reshape(-1).view(np.uint32)
            if np.any(letters > LAST_LETTER):
                self._unknown()
            letters[(letters >= SURROGATES[0]) & (letters <= SURROGATES[1])] = ord("?")
        return array

    @staticmethod
    def _unknown() -> NoReturn:
        raise MalformedError("a value has no known form")


def encode_observation(observation: Observation, blobs: Blobs) -> Message:
    return {
        "value": encode(observation.value, blobs),
        "error": observation.error,
        "message": observation.message,
        "place": observation.place,
        "check": observation.check,
        "attempted": observation.attempted,
        "mutated": list(observation.mutated),
        "lasting": observation.lasting,
    }


def decode_observation(message: Any, decoder: Decoder, arguments: int) -> Observation:
    """An observation, every field of the type that it should have. arguments: how many the case has."""
    told = message if isinstance(message, dict) else {}
    mutated, attempted, lasting = told.get("mutated"), told.get("attempted"), told.get("lasting", True)
    if not isinstance(attempted, bool) or not isinstance(lasting, bool) or not isinstance(mutated, list):
        raise MalformedError("an observation has the wrong form")
    if not all(type(i) is int and 0 <= i < arguments for i in mutated):
        raise MalformedError("an observation has the wrong form")
    return Observation(
        decoder.decode(message.get("value")),
        None if message.get("error") is None else text(message["error"], 200),
        text(message.get("message"), 500),
        text(message.get("place"), 500),
        attempted,
        tuple(mutated),
        lasting,
        text(message.get("check", ""), 1000),
    )


def text(value: Any, most: int) -> str:
    """The beginning of a text, up to `most` characters, fit for files. Raises MalformedError where it is no text."""
    if not isinstance(value, str):
        raise MalformedError("a text is missing")
    return fit_for_files(value[:most])


class Channel:
    """One end of a stream socket that carries whole messages."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end

    def send(self, message: Message, blobs: Blobs | None = None, deadline: float | None = None) -> None:
        """Send a message. Raises ClosedError, and LateError at `deadline` (a time.monotonic() value)."""
        body = json.dumps(message).encode()
        parts = blobs.parts if blobs else []
        data = b"".join([HEADER.pack(len(body), blobs.size if blobs else 0), body, *parts])
        try:
            self._until(deadline)
            self.end.sendall(data)
        except TimeoutError:
            raise LateError from None
        except OSError as error:
            raise ClosedError from error

    def receive(self, deadline: float | None = None, cap: int | None = CAP) -> tuple[Message, memoryview]:
        """The next message and its array bytes. Raises ClosedError, LateError, MalformedError."""
        body_size, blob_size = HEADER.unpack(self._exactly(HEADER.size, deadline))
        if cap is not None and body_size + blob_size > cap:
            raise MalformedError("a message is larger than it may be")
        body, blob = self._exactly(body_size, deadline), self._exactly(blob_size, deadline)
        data = bytes(body)
        if cap is not None and data.count(b"[") + data.count(b"{") > BRACKETS:
            raise MalformedError("a message has too many parts")
        try:
            message = json.loads(data)
        except (ValueError, RecursionError):
            raise MalformedError("a message is not JSON") from None
        if not isinstance(message, dict):
            raise MalformedError("a message is not an object")
        return message, blob

    def pending(self) -> bool:
        """Whether something has come that was not asked for."""
        try:
            self.end.settimeout(0)
            return bool(self.end.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def _until(self, deadline: float | None) -> None:
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            raise LateError
        self.end.settimeout(left)

    def _exactly(self, size: int, deadline: float | None) -> memoryview:
        buffer = bytearray(size)
        view = memoryview(buffer)
        got = 0
        while got < size:
            self._until(deadline)
            try:
                n = self.end.recv_into(view[got:])
            except TimeoutError:
                raise LateError from None
            except OSError as error:
                raise ClosedError from error
            if n == 0:
                raise ClosedError
            got += n
        return view

    def close(self) -> None:
        self.end.close()
