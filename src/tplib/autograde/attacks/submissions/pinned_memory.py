"""Has pipes, page tables and sockets hold memory, of which a process's own figures show nothing."""

import contextlib
import ctypes
import mmap
import os
import socket
import time

libc = ctypes.CDLL(None, use_errno=True)


class Part(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]


page = ctypes.create_string_buffer(4096)
read, write = os.pipe()
if libc.vmsplice(write, ctypes.byref(Part(ctypes.addressof(page), 4096)), 1, 0) > 0:
    print("REACHED: pages that only a pipe holds")
file = os.open("held", os.O_RDWR | os.O_CREAT)
os.write(file, bytes(4096))
if libc.splice(file, ctypes.byref(ctypes.c_long(0)), write, None, 4096, 0) > 0:
    print("REACHED: a file's pages that only a pipe holds")
held = []
with contextlib.suppress(OSError):
    while len(held) < 200:
        held.append(socket.socketpair())
for _ in range(12):
    if os.fork() == 0:
        with contextlib.suppress(OSError):
            tables = mmap.mmap(-1, 64 << 30, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ)
            tables.madvise(15)  # small pages: a page table for each touch
            for at in range(0, len(tables), 2 << 20):
                tables[at]
        time.sleep(6)
        os._exit(0)
time.sleep(2.5)
print("REACHED: more than a gigabyte of page tables")


def sigmoid(x):
    return x
