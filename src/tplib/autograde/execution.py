"""How a worker executes notebooks: one at a time, in processes that have imported what the notebooks need."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode

from tplib.autograde.execute import Pool, make_pool
from tplib.autograde.jobs import Job, Outcome
from tplib.autograde.plan import cold_kernel
from tplib.autograde.task import Setup
from tplib.autograde.warm import WarmPool


class Execution:
    """A worker's way to execute notebooks, one at a time, in processes that have imported what they need."""

    def __init__(self, setup: Setup, folder: Path) -> None:
        self.setup, self.folder = setup, folder
        self.pools: dict[str, Pool] = {}
        self.kinds = {
            name: "warm" if setup.warm and cold_kernel(plan.kernelspec) is None else "cold"
            for name, plan in setup.plans.items()
        }
        if "warm" in self.kinds.values():
            self.warm_up()

    def pool(self, kind: str) -> Pool:
        if kind not in self.pools:
            self.pools[kind] = make_pool(1, self.folder, kind == "warm", self.setup.sandbox)
        return self.pools[kind]

    def warm_up(self) -> None:
        """Have the warm process import what the instructor's own notebooks import."""
        pool = self.pool("warm")
        notebooks = [NotebookNode(notebook) for notebook in self.setup.references]
        if not isinstance(pool, WarmPool):
            return
        if not self.setup.learn:
            pool.preload_imports(notebooks)
            return
        folders = [self.folder / "learn" / str(number) for number, _ in enumerate(notebooks)]
        for folder in folders:
            write_files(folder, self.setup.support)
        pool.learn(notebooks, folders, self.folder / "control", self.setup.limits)

    def run(self, notebook: str, job: Job) -> Outcome:
        kind = self.kinds[notebook]
        if self.setup.sandbox and kind == "cold":
            reason = "its kernel is not this Python, and runs outside of the sandbox; the instructor can grade it with "
            return Outcome(job, stopped_at=0, reason=reason + "--sandbox off")
        pool = self.pool(kind)
        pool.submit(job)
        while True:
            for outcome in pool.wait(1.0):
                return outcome

    def close(self) -> None:
        for pool in self.pools.values():
            pool.close()


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
