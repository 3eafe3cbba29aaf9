"""Forks as often as it may."""

import os
import time

for _ in range(1000):
    try:
        if os.fork() == 0:
            time.sleep(3)
            os._exit(0)
    except OSError:
        break


def sigmoid(x):
    return x
