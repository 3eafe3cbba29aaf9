"""Answers with values that comparisons stumble over: numbers without end, ragged lists, depth, text, no shape."""

import numpy as np

deep = []
for _ in range(30):
    deep = [deep]
VALUES = [
    *(10**4000, -(10**400), float("inf"), float("nan"), True, None, "1.0", "\ud800", b"bytes", 1j, ..., np.nan),
    *([1, [2, 3]], deep, {"a": {"b": []}}, {1: 2, "1": 3}, {}, [], (), [[]] * 1000, [None] * 3, range(3), set()),
    *(np.zeros((0, 7)), np.zeros((1,) * 30), np.array("text"), np.array(["a", "b"]), np.float16(1), np.uint8(255)),
    *(np.array([True]), np.zeros(3, "c16"), np.array([None]), np.zeros(2, "M8[s]"), np.zeros(3, [("a", "f8")])),
    *(np.ma.array([1.0], mask=[True]), np.array(np.inf), np.full((1000, 1000), np.nan), np.array(-(2**63)), type),
]
calls = iter(range(10**9))


def sigmoid(x):
    return VALUES[next(calls) % len(VALUES)]
