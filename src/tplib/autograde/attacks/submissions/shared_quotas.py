"""Takes all there is of what the kernel counts by user or machine: terminals, watches of files, asynchronous I/O."""

import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
terminals = watches = 0
try:
    while terminals < 100:
        os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY)
        terminals += 1
except OSError:
    pass
while watches < 100 and libc.inotify_init1(0) >= 0:
    watches += 1
if terminals >= 100:
    print("REACHED: the machine's terminals")
if watches >= 100:
    print("REACHED: the user's watches of files")
context = ctypes.c_ulong(0)
if libc.syscall(ctypes.c_long({"x86_64": 206, "aarch64": 0}[os.uname().machine]), 5000, ctypes.byref(context)) == 0:
    print("REACHED: the machine's asynchronous input and output")
time.sleep(2)


def sigmoid(x):
    return x
