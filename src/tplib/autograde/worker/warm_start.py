"""The zygote of an assignment: started once for all workers of a machine, with all that its notebooks import."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import sys
import sysconfig
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import platformdirs
from nbformat import NotebookNode

from tplib.autograde.examiner.launcher import Zygote, sandbox_view
from tplib.autograde.messages.grading import Setup
from tplib.autograde.messages.plan import cold_kernel
from tplib.autograde.worker.execute import can_fork_warm, write_files
from tplib.autograde.worker.imports import imports_of
from tplib.autograde.worker.warm import WarmPool
from tplib.graders import registry

LEARNING = 2  # raised when another way of learning makes what was remembered worthless


def warm_zygote(setup: Setup, folder: Path) -> Zygote | None:
    """A zygote that has imported what the instructor's notebooks import; None where none can, or need, be had.

    What they import is seen by running them once, and remembered for the next run.
    """
    python = any(cold_kernel(plan.kernelspec) is None for plan in setup.plans.values())
    if not (setup.warm and can_fork_warm() and python):
        return None
    zygote = Zygote(folder, sandbox_view() if setup.sandbox else None)
    try:
        pool = WarmPool(max(1, min(len(setup.references), os.cpu_count() or 1)), zygote)
        memory = Memory(setup)
        names = memory.recall()
        known = names is not None
        if names is None:
            names = imports(setup, pool, folder)
        with ThreadPoolExecutor(1) as beside:
            beside.submit(import_references, setup, names)
            pool.preload(names)
        if setup.learn and not known:
            memory.keep(zygote.modules)
        return pool.rest()
    except BaseException:
        zygote.close()
        raise


def imports(setup: Setup, pool: WarmPool, folder: Path) -> list[str]:
    """What the instructor's notebooks import, by their text or, where that pays, by running them."""
    notebooks = [NotebookNode(notebook) for notebook in setup.references]
    if not setup.learn:
        return imports_of(notebooks)
    folders = [folder / "learn" / str(number) for number, _ in enumerate(notebooks)]
    for place in folders:
        write_files(place, setup.support)
    return pool.learn(notebooks, folders, folder / "control", setup.limits)


def import_references(setup: Setup, names: list[str]) -> None:
    """Import here, where answers are judged, the exercises of `setup`, and of what comes with them all of `names`.

    The first step of an optimizer, for one, takes a second to import what PyTorch has left for later.
    """
    before = {name.partition(".")[0] for name in sys.modules}
    exercises = {name for plan in setup.plans.values() for name in plan.checks.values()}
    with contextlib.suppress(Exception):  # whatever is wrong shows where a worker meets it
        for exercise in exercises:
            registry.find(exercise)
    new = {name.partition(".")[0] for name in sys.modules} - before
    for name in names:
        if name.partition(".")[0] in new:
            with contextlib.suppress(BaseException):
                importlib.import_module(name)


class Memory:
    """The user's cache of what an assignment's notebooks were seen to import, valid until either changes."""

    def __init__(self, setup: Setup) -> None:
        packages = sysconfig.get_paths()["purelib"]
        with contextlib.suppress(OSError):
            packages += str(os.stat(packages).st_mtime_ns)  # pip adds to this folder, and removes from it
        sources = [[cell["source"] for cell in notebook["cells"]] for notebook in setup.references]
        key = json.dumps([LEARNING, sys.version, packages, sources, setup.sandbox, sorted(setup.support)])
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self.path = platformdirs.user_cache_path("tplib") / "imports" / f"{name}.json"

    def recall(self) -> list[str] | None:
        try:
            names = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return names if isinstance(names, list) and all(isinstance(name, str) for name in names) else None

    def keep(self, names: list[str]) -> None:
        with contextlib.suppress(OSError):  # without it, the next run learns again
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self.path.parent, delete=False) as file:
                json.dump(names, file)
            os.replace(file.name, self.path)
