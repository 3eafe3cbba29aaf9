"""Tries to send a message out: by address, by name, and by a raw socket."""

import contextlib
import socket

reached = []
for target in (("127.0.0.1", 22), ("127.0.0.1", 80), ("8.8.8.8", 53)):
    with contextlib.suppress(OSError):
        socket.create_connection(target, timeout=1)
        reached.append(target)
with contextlib.suppress(OSError):
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    reached.append("raw")
print("REACHED" if reached else "nothing reached")


def sigmoid(x):
    return x
