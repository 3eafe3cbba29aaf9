"""What an attack does outside of its submission: a service that it reaches, files and processes that it leaves."""

from __future__ import annotations

import contextlib
import hashlib
import os
import site
import socket
import threading
from pathlib import Path

PORT = 47011  # the attacks know it
ABSTRACT = "\0tplib-attacks"
VARIABLE = "TPLIB_ATTACK_CANARY"
LEFT_OVER = "left-over"  # what a process calls itself that wants to stay
PLANTED = "planted-by-attack"


def planted() -> list[Path]:
    """Where attacks leave files that later students would run or read."""
    startup = Path(os.path.expanduser("~"), ".ipython", "profile_default", "startup")
    return [
        startup / f"{PLANTED}.py",
        Path(site.getusersitepackages(), f"{PLANTED}.pth"),
        Path("/dev/shm", PLANTED),
        Path("/var/tmp", PLANTED),
    ]


class Watch:
    """Around a run: a service on this machine, a secret in the environment, and a comparison of before and after."""

    def __init__(self, root: Path, canary: str) -> None:
        self.root, self.canary = root, canary
        self.places = planted()
        self.closing = contextlib.ExitStack()
        self.before: dict[str, str] = {}

    def __enter__(self) -> Watch:
        os.environ[VARIABLE] = self.canary
        self.closing.callback(os.environ.pop, VARIABLE, None)
        for family, address in ((socket.AF_INET, ("127.0.0.1", PORT)), (socket.AF_UNIX, ABSTRACT)):
            with contextlib.suppress(OSError):  # another run on this machine listens there already
                listener = self.closing.enter_context(socket.socket(family, socket.SOCK_STREAM))
                listener.bind(address)
                listener.listen()
                threading.Thread(target=self._serve, args=(listener,), daemon=True).start()
        self.before = digests(self.root)
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.close()

    def _serve(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                listener.accept()[0].close()

    def harm(self) -> list[str]:
        """What was done to others, or left for them. It is removed."""
        harm = []
        if digests(self.root) != self.before:
            harm.append("changed the course or another's submission")
        for path in self.places:
            if path.exists():
                path.unlink()
                harm.append("left a file that runs or is read later")
        if left := left_over():
            harm.append("left a process running")
            for pid in left:
                with contextlib.suppress(OSError):
                    os.kill(pid, 9)
        return list(dict.fromkeys(harm))


def digests(root: Path) -> dict[str, str]:
    """Of the course's own files and of every submission."""
    files = [*root.glob("*.py"), *(root / "source").rglob("*"), *root.glob("submitted/*/*/task.ipynb")]
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file() and not path.is_symlink() and path.stat().st_size < 1 << 20
    }


def left_over() -> list[int]:
    """Ids of the processes that the attacks left."""
    pids = []
    for name in os.listdir("/proc"):
        if name.isdecimal():
            with contextlib.suppress(OSError):
                if Path("/proc", name, "comm").read_text().strip() == LEFT_OVER:
                    pids.append(int(name))
    return pids
