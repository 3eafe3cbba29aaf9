"""Recurses without end, with the limit taken off, in the answer itself."""

import sys

sys.setrecursionlimit(10**9)


def sigmoid(x):
    return sigmoid(x)
