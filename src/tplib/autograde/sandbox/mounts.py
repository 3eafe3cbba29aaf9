"""The candidates' file system: a new root of read-only binds, with few places where a candidate may write."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from tplib.autograde.sandbox.layers import Layer, layers
from tplib.autograde.sandbox.libc import (
    CLONE_NEWNS,
    MOUNT_ATTR_NODEV,
    MOUNT_ATTR_NOSUID,
    MOUNT_ATTR_RDONLY,
    MS_BIND,
    MS_NODEV,
    MS_NOEXEC,
    MS_NOSUID,
    MS_PRIVATE,
    MS_RDONLY,
    MS_REC,
    MS_REMOUNT,
    SandboxError,
    mount,
    mount_setattr,
    pivot_root,
    unmount,
    unshare,
)
from tplib.autograde.sandbox.view import View

WORKING_FOLDER = Path("/home/student")
ROOT = "/tmp"  # where the new root is put together, in a mount namespace of its own
EMPTY, EMPTY_FILE = "/.empty", "/.empty-file"  # what covers a hidden folder, a hidden file
PLACES = {"home": str(WORKING_FOLDER), "shm": "/dev/shm", "tmp": "/tmp"}  # the last covers where the first are made
DEVICES = ("null", "zero", "full", "random", "urandom")
FORKSERVER_FILES = 64 << 20
INODES = 50_000
TERMINALS = 32  # of each candidate; the machine has a few thousand for all

# Of /proc, what tells about the machine and is of no use in a notebook.
HIDDEN_PROC = (
    *("cmdline", "config.gz", "diskstats", "interrupts", "kallsyms", "kcore", "key-users", "keys", "kmsg", "modules"),
    *("partitions", "sched_debug", "softirqs", "sysrq-trigger", "timer_list"),
    *("acpi", "asound", "bus", "driver", "dynamic_debug", "fs", "irq", "scsi", "sysvipc"),
)

PASSWD = "root:x:0:0:root:/:/usr/sbin/nologin\nstudent:x:1000:1000:student:/home/student:/bin/sh\n"
GROUP = "root:x:0:\nstudent:x:1000:\n"
HOSTS = "127.0.0.1 localhost sandbox\n::1 localhost\n"
NSSWITCH = "passwd: files\ngroup: files\nhosts: files\n"
WRITTEN = {"/etc/passwd": PASSWD, "/etc/group": GROUP, "/etc/hosts": HOSTS, "/etc/nsswitch.conf": NSSWITCH}


def build_root(view: View) -> None:
    """Put the new root together at `ROOT`, in a mount namespace that nobody else sees from now on.

    The process must have the right to mount. Everything is read-only afterwards. So are devices, which can be written
    nevertheless.
    """
    mount("none", "/", flags=MS_REC | MS_PRIVATE)
    marked = layers(view)
    # Opened now: the new root may lie over some of them.
    sources = {layer.path: os.open(layer.path, os.O_PATH | os.O_CLOEXEC) for layer in marked if layer.shown}
    devices = {f"/dev/{name}": os.open(f"/dev/{name}", os.O_PATH | os.O_CLOEXEC) for name in DEVICES}
    try:
        mount("tmpfs", ROOT, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=16m")
        _make_places(devices)
        for layer in marked:
            if layer.shown:
                _bind(ROOT, sources[layer.path], layer.path)
            else:
                _cover(layer)
        _protect(ROOT)
        for device, fd in devices.items():
            mount(f"/proc/self/fd/{fd}", ROOT + device, flags=MS_BIND)
    finally:
        for fd in (*sources.values(), *devices.values()):
            os.close(fd)


def _make_places(devices: dict[str, int]) -> None:
    for folder in ("/dev/pts", "/dev/shm", "/etc", "/proc", "/tmp", str(WORKING_FOLDER), EMPTY):
        os.makedirs(ROOT + folder, mode=0o755, exist_ok=True)
    Path(ROOT + EMPTY_FILE).touch()
    for path, text in WRITTEN.items():
        Path(ROOT + path).write_text(text)
    for device in devices:
        Path(ROOT + device).touch()
    for name, target in {"fd": "", "stdin": "/0", "stdout": "/1", "stderr": "/2"}.items():
        os.symlink(f"/proc/self/fd{target}", f"{ROOT}/dev/{name}")
    os.symlink("pts/ptmx", f"{ROOT}/dev/ptmx")


def _bind(root: str, fd: int, path: Path) -> None:
    target = Path(root + str(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    if len(path.parts) == 2 and path.is_symlink():  # /lib -> usr/lib
        target.symlink_to(os.readlink(path))
        return
    if stat.S_ISDIR(os.fstat(fd).st_mode):
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    mount(f"/proc/self/fd/{fd}", str(target), flags=MS_BIND | MS_REC)


def _cover(layer: Layer) -> None:
    """Put something empty over a path. What is shown again in it finds its place there."""
    place = ROOT + str(layer.path)
    if os.path.isdir(place):
        mount("tmpfs", place, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=1m")
    else:
        mount(ROOT + EMPTY_FILE, place, flags=MS_BIND)


def _protect(root: str) -> None:
    attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV
    try:
        mount_setattr(root, attributes, recursive=True)
    except SandboxError as error:
        if error.errno != errno.ENOSYS:
            raise
        _remount_each(root)


def _remount_each(root: str) -> None:
    """Do what `mount_setattr` does, before Linux 5.12. A mount must keep its flags, or the kernel refuses."""
    kept = {"noexec": MS_NOEXEC, "noatime": 0x400, "nodiratime": 0x800, "relatime": 0x200000}
    with open("/proc/self/mountinfo", "rb") as file:
        fields = [line.split() for line in file]
    for field in fields:
        path = os.fsdecode(field[4].decode("unicode_escape").encode("latin-1"))
        if path == root or path.startswith(root + "/"):
            flags = sum(kept.get(option, 0) for option in field[5].decode().split(","))
            mount("none", path, flags=flags | MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV)


def enter_root(kept: list[Path]) -> None:
    """Make the tree at `ROOT` this mount namespace's root, with a fresh /proc, and unmount the old one."""
    # Mounts that came along into a new user namespace are locked; a bind of them is not, and can become the root.
    mount(ROOT, ROOT, flags=MS_BIND | MS_REC)
    mount("proc", f"{ROOT}/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    os.chdir(ROOT)
    pivot_root(".", ".")
    unmount(".")
    os.chdir("/")
    mount_folders(FORKSERVER_FILES, kept)


def mount_folders(size: int, kept: Iterable[Path] = ()) -> None:
    """Mount one private tmpfs of `size` bytes for the places that can be written: working folder, /tmp, /dev/shm.

    kept: what the view shows inside one of them; it is bound into the new one.
    """
    sources = {path: os.open(path, os.O_PATH | os.O_CLOEXEC) for path in kept}
    mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, f"mode=0755,size={size},nr_inodes={INODES}")
    for name, place in PLACES.items():
        os.mkdir(f"/tmp/{name}")
        os.chmod(f"/tmp/{name}", 0o755 if name == "home" else 0o1777)
        mount(f"/tmp/{name}", place, flags=MS_BIND)
    for path, fd in sources.items():
        _bind("", fd, path)
        os.close(fd)


def inside_places(view: View) -> list[Path]:
    """What the view shows inside the places that each candidate gets anew, outermost folders only."""
    shown = [layer.path for layer in layers(view) if layer.shown]
    inside = [path for path in shown if any(path.is_relative_to(place) for place in PLACES.values())]
    return [path for path in inside if not any(path != other and path.is_relative_to(other) for other in inside)]


def hidden_proc() -> list[str]:
    """Those of `HIDDEN_PROC` that this kernel has."""
    return [f"/proc/{name}" for name in HIDDEN_PROC if os.path.exists(f"/proc/{name}")]


def mount_candidate(size: int, kept: list[Path], hidden: list[str]) -> tuple[int, int]:
    """Give this process, the first of its pid namespace, mounts of its own. It must have the right to mount.

    Returns /proc/self and /proc/sys/user as open folders that can be written, for the map of the user namespace and
    for its quotas. /proc itself cannot.
    """
    unshare(CLONE_NEWNS, "a mount namespace")
    mount_folders(size, kept)
    mount("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, f"newinstance,ptmxmode=0666,mode=0620,max={TERMINALS}")
    mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    flags = os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC
    process, quotas = os.open("/proc/self", flags), os.open("/proc/sys/user", flags)
    mount("/proc", "/proc", flags=MS_BIND)
    for path in hidden:
        with contextlib.suppress(FileNotFoundError):
            mount(EMPTY if os.path.isdir(path) else EMPTY_FILE, path, flags=MS_BIND)
    mount("none", "/proc", flags=MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC)
    return process, quotas
