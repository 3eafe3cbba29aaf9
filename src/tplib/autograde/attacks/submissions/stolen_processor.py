"""Keeps every processor busy with many processes, so that honest students' cells come to their time limit."""

import contextlib
import os
import time


def processor():
    with open("/proc/self/stat") as file:
        return file.read().rpartition(")")[2].split()[36]


read, write = os.pipe()
for _ in range(12):
    if os.fork() == 0:
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, set(range(os.cpu_count() or 1)))
        until = time.monotonic() + 1
        while time.monotonic() < until:
            pass
        os.write(write, processor().encode() + b" ")
        os._exit(0)
os.close(write)
used = set()
while said := os.read(read, 1 << 16):
    used |= set(said.split())
if len(used) > 1:
    print(f"REACHED: {len(used)} processors at a time")


def sigmoid(x):
    return x
