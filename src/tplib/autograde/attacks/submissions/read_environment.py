"""Prints the environment, its own and that of every process that it can see."""

import contextlib
import glob
import os

print(dict(os.environ))
for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    with contextlib.suppress(OSError), open(path, errors="replace") as file:
        print(file.read())


def sigmoid(x):
    return x
