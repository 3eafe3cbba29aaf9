"""Tries to make namespaces, mounts and traces of its own, and to become root."""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
done = {
    "namespaces": libc.unshare(0x10000000) == 0,
    "mounts": libc.mount(b"none", b"/var/tmp", b"tmpfs", 0, None) == 0,
    "traces": libc.ptrace(16, 1, 0, 0) == 0,
    "root": libc.setuid(0) == 0,
}
for name, reached in done.items():
    if reached:
        print(f"REACHED: {name}")


def sigmoid(x):
    return x
