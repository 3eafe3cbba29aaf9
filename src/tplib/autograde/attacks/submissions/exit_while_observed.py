"""Ends its process as soon as it is observed."""

import os


def sigmoid(x):
    os._exit(0)
