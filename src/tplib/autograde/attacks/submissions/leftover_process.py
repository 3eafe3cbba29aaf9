"""Leaves a process that runs on after the grading, in a session of its own."""

import ctypes
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    ctypes.CDLL(None).prctl(15, b"left-over", 0, 0, 0)  # PR_SET_NAME
    os.closerange(0, 256)
    time.sleep(60)
    os._exit(0)


def sigmoid(x):
    return x
