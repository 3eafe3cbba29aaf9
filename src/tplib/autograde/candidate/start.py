"""What a forked candidate does first: it opens files for what is printed, and gives its process a notebook's looks."""

from __future__ import annotations

import contextlib
import gc
import importlib.util
import os
import resource
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

FILE_CAP = 1 << 30


def run_candidate(channel: int, work: Path, scratch: Path, kernel: dict[str, Any] | None) -> None:
    """Serve the examiner until it is done. Everything that keeps this process in has been done before."""
    from tplib.autograde.candidate.candidate import Candidate
    from tplib.autograde.candidate.runner import Runner
    from tplib.autograde.messages.protocol import Channel, ClosedError

    captured = {}
    for name, fd in (("stdout", 1), ("stderr", 2)):
        with tempfile.TemporaryFile(dir=scratch, buffering=0) as unnamed:
            file = os.dup(unnamed.fileno())
        os.dup2(file, fd)
        captured[name] = file
    temporary = scratch / "tmp" if scratch != Path("/tmp") else scratch
    temporary.mkdir(exist_ok=True)
    os.environ.update(TMPDIR=str(temporary), IPYTHONDIR=str(temporary / ".ipython"))
    if scratch == Path("/tmp"):
        os.environ["HOME"] = str(work.parent)
    tempfile.tempdir = None
    work.mkdir(exist_ok=True)
    os.chdir(work)
    settle_hypothesis(work)
    sys.path.insert(place_of_own_modules(sys.path), "")  # the submission's own folder
    sys.argv = kernel_arguments(temporary)
    reseed()
    gc.enable()
    end = Channel(socket.socket(fileno=channel))
    with contextlib.suppress(ClosedError):
        if kernel is None:
            Candidate(end, Runner(captured), work).serve()
        else:
            from tplib.autograde.candidate.kernel_runner import KernelCandidate, KernelRunner

            KernelCandidate(end, KernelRunner(kernel, work, temporary, captured), work).serve()


def place_of_own_modules(path: list[str]) -> int:
    """Where a kernel puts the working folder: after Python's own modules, before what is installed."""
    installed = ("site-packages", "dist-packages")
    return next((index for index, entry in enumerate(path) if Path(entry).name in installed), 0)


def kernel_arguments(folder: Path) -> list[str]:
    """The arguments of a kernel's process, which notebooks look at to tell whether they run in Jupyter."""
    launcher = importlib.util.find_spec("ipykernel_launcher")
    return [str(launcher and launcher.origin), "-f", str(folder / "kernel.json")]


def settle_hypothesis(folder: Path) -> None:
    """Have Hypothesis keep its examples in the working folder: it took the folder in which it was imported."""
    configuration: Any = sys.modules.get("hypothesis.configuration")
    if configuration is not None:
        configuration.set_hypothesis_home_dir(None)
        setattr(configuration, "__hypothesis_home_directory_default", folder / ".hypothesis")


def reseed() -> None:
    """Give the child its own random state: a fork copies the parent's. PyTorch's default seed is fixed, so it stays."""
    import random

    random.seed()
    if "numpy" in sys.modules:
        import numpy as np

        np.random.seed()  # noqa: NPY002  the legacy global state is what notebooks use


def without_sandbox(folder: str, memory: int | None) -> Path:
    """Where the working folder of a candidate without a sandbox lies: it prints nowhere else, and a few limits hold."""
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.close(null)
    home = Path(folder, "student")
    home.mkdir()
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: FILE_CAP}
    for kind, value in (limits | ({resource.RLIMIT_DATA: memory} if memory else {})).items():
        allowed = resource.getrlimit(kind)[1]
        value = value if allowed == resource.RLIM_INFINITY else min(value, allowed)
        resource.setrlimit(kind, (value, value))
    return home
