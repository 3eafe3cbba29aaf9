"""Kernels of other environments and languages: what to start in the sandbox, and what that needs to see there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

NOT_STARTED = "KernelNotStarted"  # the error in the cells of a notebook whose kernel did not


def describe(name: str) -> dict[str, Any] | None:
    """The name, argv, env and interrupt_mode of the kernel `name`, and the folders that it needs; None if unknown."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec(name)
    except NoSuchKernel:
        return None
    argv = [part.replace("{resource_dir}", spec.resource_dir) for part in spec.argv]
    program = shutil.which(argv[0])
    if program is None:
        return None
    argv[0] = program
    readable = [Path(spec.resource_dir), *environments(Path(program))]
    readable += [Path(part) for part in argv[1:] if os.path.isabs(part) and os.path.exists(part)]
    return {
        "name": name,
        "argv": argv,
        "env": dict(spec.env),
        "interrupt_mode": spec.interrupt_mode,
        "readable": [str(path) for path in readable],
    }


def environments(program: Path) -> list[Path]:
    """The program, where its links lead, and the environments that it lies in there."""
    found = []
    for path in dict.fromkeys((program, Path(os.path.realpath(program)))):
        root = path.parent.parent
        found.append(root if path.parent.name == "bin" and is_environment(root) else path)
    return found


def is_environment(folder: Path) -> bool:
    """Whether a folder holds an installation and not somebody's home with a `bin` in it."""
    if Path.home().is_relative_to(folder):
        return False
    return any((folder / mark).exists() for mark in ("pyvenv.cfg", "conda-meta")) or any(folder.glob("lib/python3*"))
