"""Ends its process below Python."""

import ctypes

ctypes.string_at(0)


def sigmoid(x):
    return x
