"""Start an assignment's candidate server once for all workers of a machine, with all that its notebooks import."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nbformat import NotebookNode

from tplib.autograde.examiner.candidate_server import CandidateServer, sandbox_view
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.messages.execution import Limits, NotebookOutcome, NotebookRun
from tplib.autograde.messages.grading import Setup
from tplib.autograde.processes import can_fork
from tplib.autograde.submissions.notebook import notebook_validator
from tplib.autograde.worker.course_modules import course_modules
from tplib.autograde.worker.files import make_executable, write_files
from tplib.autograde.worker.imports import ImportsCache, imports_of, with_a_wrong_answer
from tplib.autograde.worker.kernelspecs import foreign_kernel
from tplib.graders import registry


def start_candidate_server(setup: Setup, folder: Path) -> CandidateServer | None:
    """A candidate server that has imported what the instructor's notebooks import; None where none is needed.

    The notebooks are run once to see what they import. The next grading run takes that from a cache.
    """
    python = any(foreign_kernel(plan.kernelspec) is None for plan in setup.plans.values())
    if not (setup.warm and can_fork() and python):
        return None
    view = sandbox_view(hidden=private_places(setup)) if setup.sandbox else None
    server = CandidateServer(folder, view, never=course_modules(setup.support))
    try:
        cache = ImportsCache(setup)
        cached = cache.load()
        names = find_imports(setup, server, folder) if cached is None else cached
        with ThreadPoolExecutor(1) as beside:
            beside.submit(import_references, setup, names)
            beside.submit(prepare_for_children)
            server.preload(names)
        if setup.learn and cached is None:
            cache.store(server.modules)
        return server
    except BaseException:
        server.close()
        raise


def private_places(setup: Setup) -> list[str]:
    """What no student's code may see of the course, also where it lies below a folder that is shown."""
    return [path for path in (setup.root, *setup.hidden) if path]


def find_imports(setup: Setup, server: CandidateServer, folder: Path) -> list[str]:
    """What the instructor's notebooks import: by their text or, where that pays, by running them."""
    notebooks = [NotebookNode(notebook) for notebook in setup.references]
    if not setup.learn:
        return imports_of(notebooks)
    folders = [folder / "learn" / str(number) / setup.assignment for number, _ in enumerate(notebooks)]
    for place in folders:
        write_files(place, setup.support)
        make_executable(place, setup.programs)
    return learn_imports(server, notebooks, folders, setup.limits)


def learn_imports(
    server: CandidateServer, notebooks: list[NotebookNode], folders: list[Path], limits: Limits
) -> list[str]:
    """Names of the modules that `notebooks` import: as their code says, and as each run in its folder shows."""

    def run(notebook: NotebookNode, folder: Path) -> NotebookOutcome:
        with Launcher(server) as launcher:
            whole = with_a_wrong_answer(notebook)
            return launcher.run(
                NotebookRun(folder.name, whole, folder, limits, learn=True, course_modules=list(server.never))
            )

    server.preload(imports_of(notebooks))
    names = list(server.modules)
    # The threads end here: a process that is to fork must have none.
    with ThreadPoolExecutor(max(1, min(len(notebooks), os.cpu_count() or 1))) as threads:
        for outcome in threads.map(run, notebooks, folders):
            names += outcome.modules
    return list(dict.fromkeys(names))


def import_references(setup: Setup, names: list[str]) -> None:
    """Import the exercises of `setup` here, where answers are judged, and what `names` lists of the same packages.

    PyTorch leaves some imports for later: the first step of an optimizer, for one, takes a second. Observers that
    import a package in their functions name it in `IMPORTED_LATE`.
    """
    before = {name.partition(".")[0] for name in sys.modules}
    exercises = {name for plan in setup.plans.values() for name in plan.checks.values()}
    late: set[str] = set()
    with contextlib.suppress(Exception):  # whatever is wrong shows where a worker meets it
        for exercise in exercises:
            observers = sys.modules[registry.find(exercise).observe.__module__]
            late.update(getattr(observers, "IMPORTED_LATE", ()))
    new = {name.partition(".")[0] for name in sys.modules} - before | late
    for name in names:
        if name.partition(".")[0] in new:
            with contextlib.suppress(BaseException):
                importlib.import_module(name)


def prepare_for_children() -> None:
    """Do here, once, what each child of a worker would do again for its submission: it reads notebooks and judges."""
    notebook_validator()
    importlib.import_module("hypothesis")  # for answers whose mistake shows on no least input
