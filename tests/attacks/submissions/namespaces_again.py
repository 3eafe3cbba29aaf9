"""Tries to make namespaces, mounts and traces of its own."""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
done = [
    libc.unshare(0x10000000) == 0,
    libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0,
    libc.ptrace(0, 0, 0, 0) == 0,
    libc.syscall(250, 0, 0, 0, 0) >= 0,  # keyctl
    libc.setuid(0) == 0,
]
print("REACHED" if any(done) else "nothing reached", done)


def sigmoid(x):
    return x
