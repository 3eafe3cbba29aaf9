"""Connects to every Unix socket that it can name: the engine's own, a desktop's, a service's abstract one."""

import contextlib
import glob
import socket

names = ["\0tplib-attacks", *glob.glob("/tmp/tp-*/*"), *glob.glob("/run/**/*.sock", recursive=True)]
with contextlib.suppress(OSError), open("/proc/net/unix") as table:
    names += [line.split()[-1].replace("@", "\0") for line in table if "tp-" in line]
for name in names:
    for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, kind) as end:
            end.settimeout(1)
            end.connect(name)
            print("REACHED: a Unix socket")


def sigmoid(x):
    return x
