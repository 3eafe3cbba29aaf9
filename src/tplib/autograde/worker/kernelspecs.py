"""Kernels of other environments and languages: which notebooks need one, and what it needs to see in the sandbox."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any


def foreign_kernel(kernelspec: str | None) -> str | None:
    """The name of the kernel that must run a notebook, or None where this Python can.

    kernelspec: JSON, as the gradebook holds it.
    """
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    spec = json.loads(kernelspec) if kernelspec else {}
    name, language = spec.get("name", ""), spec.get("language")
    if not name:
        return None
    is_python = language == "python" or (language is None and name.startswith("python"))
    try:
        program = Path(KernelSpecManager().get_kernel_spec(name).argv[0])
    except (NoSuchKernel, IndexError):
        return None if is_python else str(name)
    another_python = program.is_absolute() and prefix(program) != prefix(Path(sys.executable))
    return str(name) if another_python or not is_python else None


def prefix(program: Path) -> str:
    """The environment of a Python: virtual ones lead by links to one base, and have other packages all the same."""
    folder = program.parent.parent
    if not (folder / "pyvenv.cfg").exists():
        folder = Path(os.path.realpath(program)).parent.parent
    return os.path.realpath(folder)


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
    """The program, the file that its links lead to, and the environments that hold them."""
    places = []
    for path in dict.fromkeys((program, Path(os.path.realpath(program)))):
        root = path.parent.parent
        places.append(root if path.parent.name == "bin" and is_environment(root) else path)
    return places


def is_environment(folder: Path) -> bool:
    """Whether a folder holds an installation and not somebody's home with a `bin` in it."""
    if Path.home().is_relative_to(folder):
        return False
    return any((folder / mark).exists() for mark in ("pyvenv.cfg", "conda-meta")) or any(folder.glob("lib/python3*"))
