"""The one way in which a worker runs notebooks: one at a time, in candidates or in fresh kernels."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from tplib.autograde.examiner.candidate_server import CandidateServer, sandbox_view
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.limited import SeveralWorks
from tplib.autograde.messages.execution import NotebookOutcome, NotebookRun
from tplib.autograde.messages.grading import Setup
from tplib.autograde.messages.plan import NotebookPlan
from tplib.autograde.processes import can_fork
from tplib.autograde.worker.course_modules import course_modules, unchanged
from tplib.autograde.worker.kernel_process import run_in_fresh_kernel
from tplib.autograde.worker.kernelspecs import describe, foreign_kernel
from tplib.autograde.worker.read_at_import import sets_what_imports_read
from tplib.autograde.worker.warm_start import private_places


class Execution:
    """Runs a worker's notebooks.

    Candidates come from the candidate server that the worker's parent started (`inherited`), or else from one of its
    own. In the sandbox, each foreign kernel has a server too, for it needs to see other folders.
    """

    def __init__(self, setup: Setup, folder: Path, inherited: CandidateServer | None = None) -> None:
        self.setup, self.folder, self.inherited = setup, folder, inherited
        self.launchers: dict[str | None, Launcher] = {}  # by the foreign kernel; None: this Python
        self.foreign = {name: kernel for name, plan in setup.plans.items() if (kernel := needed_kernel(plan))}
        self.closing = contextlib.ExitStack()

    def run(self, notebook: str, run: NotebookRun, child: SeveralWorks | None = None) -> NotebookOutcome:
        """Run a notebook, in this Python or in the kernel that it names, and judge it in `child`."""
        kernel = self.foreign.get(notebook) or own_kernel(self.setup.plans[notebook], run)
        described = describe(kernel) if kernel is not None else None
        if kernel is not None and described is None:
            who = "c.Execute.kernel_name" if self.setup.plans[notebook].kernel == kernel else f"{notebook}.ipynb"
            reason = f"the kernel {kernel} of {who} is not installed where notebooks are graded"
            return NotebookOutcome(run, failed=reason)
        if not self.setup.sandbox and (kernel or not (self.setup.warm and can_fork())):
            return run_in_fresh_kernel(run, self.folder, self.folder / "workers.log", kernel)
        readable: list[str] = []
        if described is not None:
            readable = described.pop("readable")
            run.kernel, run.kept_pictures = described, {}
        try:
            launcher = self.launchers.get(kernel) or self.start(kernel, readable)
            run.course_modules = unchanged(launcher.server.never, self.setup.support, run.folder)
            outcome = launcher.run(run, child)
            outcome.set_aside = [path for path in outcome.set_aside if path not in self.setup.support]
            return outcome
        except Exception as error:  # the candidate server cannot be started
            return NotebookOutcome(run, failed=f"{type(error).__name__}: {error}")

    def start(self, kernel: str | None, readable: list[str]) -> Launcher:
        """A launcher for notebooks of `kernel`, which see the folders `readable` besides the usual ones."""
        view = sandbox_view(readable, private_places(self.setup)) if self.setup.sandbox else None
        inherited = self.inherited if kernel is None else None
        never = course_modules(self.setup.support) if kernel is None and not inherited else ()
        server = CandidateServer(self.folder, view, inherited, never)
        self.closing.callback(server.close)
        self.launchers[kernel] = self.closing.enter_context(Launcher(server))
        return self.launchers[kernel]

    def close(self) -> None:
        self.closing.close()


def needed_kernel(plan: NotebookPlan) -> str | None:
    """The kernel in which a notebook must run. This Python runs all with check cells: it judges those."""
    if plan.checks:
        return None
    if plan.kernel is not None and describe(plan.kernel) is None:  # nbgrader stops there, too
        return plan.kernel
    return foreign_kernel(plan.asked_kernel)


def own_kernel(plan: NotebookPlan, run: NotebookRun) -> str | None:
    """A kernel of this Python for a run in which it would count what is imported in advance."""
    if plan.checks or not (plan.looks_at_modules or sets_what_imports_read(run)):
        return None
    own = json.loads(plan.asked_kernel or "{}").get("name") or "python3"
    return own if describe(own) is not None else None
