"""Blocks every signal that it may and never ends."""

import signal

signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
while True:
    pass


def sigmoid(x):
    return x
