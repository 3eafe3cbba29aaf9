"""How a worker executes notebooks: one at a time, in processes that have imported what the notebooks need."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tplib.autograde.examiner.launcher import Zygote
from tplib.autograde.messages.execution import Job, Outcome
from tplib.autograde.messages.grading import Setup
from tplib.autograde.messages.plan import NotebookPlan, cold_kernel
from tplib.autograde.worker.execute import Pool, make_pool
from tplib.autograde.worker.kernelspecs import NOT_STARTED, describe


class Execution:
    """A worker's way to execute notebooks, one at a time, in processes that have imported what they need.

    These are forked by the zygote that was `lent`, or else by one of its own.
    """

    def __init__(self, setup: Setup, folder: Path, lent: Zygote | None = None) -> None:
        self.setup, self.folder, self.lent = setup, folder, lent
        self.pools: dict[str, Pool] = {}
        self.foreign = {name: kernel for name, plan in setup.plans.items() if (kernel := foreign_kernel(plan))}

    def run(self, notebook: str, job: Job) -> Outcome:
        """Run and judge a notebook: in this Python, or in the kernel that it names."""
        name = self.foreign.get(notebook)
        if not self.setup.sandbox:
            kind = "cold" if name or not self.setup.warm else "warm"
            return self.outcome(kind, job, lambda: make_pool(1, self.folder, kind == "warm", lent=self.lent))
        if name is None:
            return self.outcome("warm", job, lambda: make_pool(1, self.folder, True, True, self.lent))
        job.kernel = describe(name)
        if job.kernel is None:
            return Outcome(job, stopped_at=0, reason=f"the kernel {name} is not installed where notebooks are graded")
        readable = job.kernel.pop("readable")
        job.spared = {}
        outcome = self.outcome(name, job, lambda: make_pool(1, self.folder, True, True, readable=readable))
        return explained(outcome)

    def outcome(self, kind: str, job: Job, make: Callable[[], Pool]) -> Outcome:
        pool = self.pools.get(kind) or self.pools.setdefault(kind, make())
        pool.submit(job)
        while True:
            for outcome in pool.wait(1.0):
                return outcome

    def close(self) -> None:
        for pool in self.pools.values():
            pool.close()


def foreign_kernel(plan: NotebookPlan) -> str | None:
    """The kernel of a notebook that this Python does not run; with check cells it does, for those are judged here."""
    return None if plan.checks else cold_kernel(plan.kernelspec)


def explained(outcome: Outcome) -> Outcome:
    """A kernel that never started is what the notebook stopped at."""
    first = min(outcome.cells, default=None)
    if first is not None and outcome.reason is None:
        for output in outcome.cells[first].outputs:
            if output.get("ename") == NOT_STARTED:
                outcome.stopped_at, outcome.reason = first, str(output["evalue"])
    return outcome
