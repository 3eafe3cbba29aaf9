"""Starts threads until there are no more."""

import threading
import time

try:
    for _ in range(5000):
        threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
except RuntimeError:
    pass


def sigmoid(x):
    return x
