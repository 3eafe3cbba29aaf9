"""Leaves messages for other students in shared memory, message queues and semaphores."""

import contextlib
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
for folder in ("/dev/shm", "/var/tmp", "/tmp"):
    with contextlib.suppress(OSError), open(f"{folder}/planted-by-attack", "w") as file:
        file.write("the answer")
if libc.shmget(47011, 4096, 0o1666) >= 0:
    print("REACHED: System V shared memory")
if libc.mq_open(b"/planted", 0o102, 0o666, None) >= 0:
    print("REACHED: POSIX message queues")


def sigmoid(x):
    return x
