"""Opens the kernel's own switches for writing, without writing: core patterns, limits, the magic keys."""

import contextlib
import os

for path in (
    "/proc/sys/kernel/core_pattern",
    "/proc/sys/vm/overcommit_memory",
    "/proc/sysrq-trigger",
    "/proc/1/oom_score_adj",
    "/sys/fs/cgroup/cgroup.procs",
    "/sys/kernel/uevent_helper",
    "/dev/mem",
    "/dev/kmsg",
):
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_WRONLY))
        print(f"REACHED: {path}")


def sigmoid(x):
    return x
