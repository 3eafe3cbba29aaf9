"""Start an assignment's candidate server once for all workers of a machine, with all that its notebooks import."""

from __future__ import annotations

import contextlib
import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.validator import get_validator
from sqlalchemy.orm import configure_mappers

from tplib.autograde.examiner.candidate_server import CandidateServer, fonts_folder, sandbox_view
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.html.sanitize import harmless_markdown
from tplib.autograde.messages.execution import Limits, NotebookOutcome, NotebookRun
from tplib.autograde.messages.grading import Setup
from tplib.autograde.processes import can_fork, lasting_imports
from tplib.autograde.submissions.notebook import notebook_validator
from tplib.autograde.worker.course_modules import course_modules
from tplib.autograde.worker.early_start import EarlyServer, start_of
from tplib.autograde.worker.files import set_modes, write_files
from tplib.autograde.worker.imports import ImportsCache, imports_of, with_a_wrong_answer
from tplib.autograde.worker.kernelspecs import foreign_kernel
from tplib.graders import registry
from tplib.graders.shortcuts import definitions

FONT_LISTS = "fontlist-v*.json"
FONT_SECONDS = 60.0  # to look for fonts


def start_candidate_server(setup: Setup, folder: Path, early: EarlyServer | None = None) -> CandidateServer | None:
    """A candidate server that has imported what the instructor's notebooks import; None where none is needed.

    The notebooks are run once to see what they import. The next grading run takes that from a cache. early: a server
    that may be the one.
    """
    python = any(foreign_kernel(plan.asked_kernel) is None for plan in setup.plans.values())
    if not (setup.warm and can_fork() and python):
        return None
    view = sandbox_view(hidden=private_places(setup)) if setup.sandbox else None
    never, cache = course_modules(setup.support), ImportsCache(setup)
    cached = cache.load()
    if early is not None and view is not None and cached is not None:
        wanted = start_of(setup.root, setup.hidden, view, cached, never)
        with ready_to_judge(setup, cached):
            server = early.take(wanted, folder)
        if server is not None:
            return server
    if early is not None:
        early.close()
    server = CandidateServer(folder, view, never=never)
    try:
        names = find_imports(setup, server, folder) if cached is None else cached
        with ready_to_judge(setup, names, cached is None):
            server.preload(names)
        if setup.learn and cached is None:
            cache.store(server.modules)
            names = server.modules
        if early is not None and setup.exercises:  # they lie in another folder each time
            early.path.unlink(missing_ok=True)
        elif early is not None and view is not None:
            start_of(setup.root, setup.hidden, view, names, never).store(early.path)
        return server
    except BaseException:
        server.close()
        raise


@contextlib.contextmanager
def ready_to_judge(setup: Setup, names: list[str], fonts: bool = False) -> Iterator[None]:
    """Beside what is done inside, do here, once, what each worker and its children would do again."""
    with ThreadPoolExecutor(1) as beside:
        beside.submit(import_references, setup, names)
        beside.submit(prepare_for_children, setup.references)
        if fonts and any(name.startswith("matplotlib") for name in names):
            beside.submit(find_fonts)
        yield


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
        set_modes(place, setup.modes)
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


def find_fonts() -> None:
    """Have matplotlib keep the list of fonts where it keeps it for this user: else each run looks for all of them."""
    if not list(fonts_folder().glob(FONT_LISTS)):
        command = [sys.executable, "-c", "import matplotlib.font_manager"]
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, timeout=FONT_SECONDS)


def prepare_for_any_setup() -> None:
    """Do here, once, what each worker would do, while the setup is still being made."""
    with lasting_imports():
        importlib.import_module("hypothesis")  # for answers whose mistake shows on no least input
        configure_mappers()
        notebook_validator()
        get_validator(4, 5, relax_add_props=True)  # nbconvert's


def prepare_for_children(references: list[dict[str, Any]]) -> None:
    """Do here, once, what each child of a worker would do again for its submission: it reads notebooks and judges.

    Most cells of a submission are as in the instructor's notebook. What is found out about a text is remembered.
    """
    for notebook in references:
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                definitions(cell["source"])
            elif cell["cell_type"] == "markdown":
                harmless_markdown(cell["source"], {})
