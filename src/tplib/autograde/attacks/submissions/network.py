"""Tries to send a message out: to a service of this machine, by address, by name, and by a raw socket."""

import contextlib
import socket

for target in (("127.0.0.1", 47011), ("127.0.0.1", 22), ("8.8.8.8", 53), ("localhost", 80)):
    with contextlib.suppress(OSError):
        socket.create_connection(target, timeout=1)
        print("REACHED: the network")
with contextlib.suppress(OSError):
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    print("REACHED: raw packets")


def sigmoid(x):
    return x
