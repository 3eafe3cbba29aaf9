"""Prints a gigabyte, through Python and below it."""

import contextlib
import os

for _ in range(1000):
    print("x" * (1 << 19))
    with contextlib.suppress(OSError):
        os.write(1, b"x" * (1 << 19))


def sigmoid(x):
    return x
