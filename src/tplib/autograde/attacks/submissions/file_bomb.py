"""Makes sixty thousand files and a folder a thousand deep."""

import contextlib
import os

with contextlib.suppress(OSError):
    for number in range(60_000):
        open(f"{number}.txt", "w").close()
with contextlib.suppress(OSError):
    for _ in range(1000):
        os.mkdir("deeper-and-deeper")
        os.chdir("deeper-and-deeper")


def sigmoid(x):
    return x
