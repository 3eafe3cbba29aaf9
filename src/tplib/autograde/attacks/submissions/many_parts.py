"""Writes a message of ten million brackets, each of which becomes an object of twenty times its size."""

import contextlib

with contextlib.suppress(ImportError):
    import json

    import tplib.autograde.messages.protocol as protocol

    class Swollen:
        dumps = staticmethod(lambda message: json.dumps(message)[:-1] + ', "more": [' + "[]," * 10_000_000 + "[]]}")
        loads = staticmethod(json.loads)

    protocol.json = Swollen


def sigmoid(x):
    return x
