"""Whether each installed kernel starts inside the sandbox: a class whose kernel does not is not graded."""

from __future__ import annotations

import tempfile
from pathlib import Path

from nbformat.v4 import new_notebook

from tplib.autograde.examiner.candidate_server import CandidateServer, sandbox_view
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.messages.execution import Limits, NotebookRun
from tplib.autograde.notebook_files import new_cell
from tplib.autograde.sandbox.doctor import Finding
from tplib.autograde.worker.kernelspecs import describe

LIMITS = Limits(cell=30, notebook=60)


def try_kernels() -> list[Finding]:
    """Start every kernel that notebooks can name here, one after the other."""
    from jupyter_client.kernelspec import KernelSpecManager

    return [try_kernel(name) for name in sorted(KernelSpecManager().find_kernel_specs())]


def try_kernel(name: str) -> Finding:
    """Start a kernel in a candidate, as for a notebook whose first cell has a number in it."""
    reason = start(name)
    if reason is None:
        return Finding(f"kernel {name}", "ok", "starts in the sandbox")
    advice = f"Notebooks with the kernel {name} cannot be graded here: install it anew, or what it says is missing."
    return Finding(f"kernel {name}", "optional", reason, advice)


def start(name: str) -> str | None:
    """Why a kernel does not start in the sandbox; None where it does."""
    kernel = describe(name)
    if kernel is None:
        return "its program is not installed"
    with tempfile.TemporaryDirectory() as folder:
        server = CandidateServer(Path(folder), sandbox_view(kernel.pop("readable")))
        try:
            with Launcher(server) as launcher:
                notebook = new_notebook(cells=[new_cell("code", "1")])
                work = Path(folder, "work")
                work.mkdir()
                outcome = launcher.run(NotebookRun(name, notebook, work, LIMITS, kernel=kernel))
        finally:
            server.close()
    return outcome.failed or outcome.reason or next(iter(outcome.crashed.values()), None)
