"""How a worker executes notebooks: one at a time, in processes that have imported what the notebooks need."""

from __future__ import annotations

from pathlib import Path

from tplib.autograde.execute import Pool, make_pool
from tplib.autograde.executor import Zygote
from tplib.autograde.jobs import Job, Outcome
from tplib.autograde.plan import cold_kernel
from tplib.autograde.task import Setup


class Execution:
    """A worker's way to execute notebooks, one at a time, in processes that have imported what they need.

    These are forked by the zygote that was `lent`, or else by one of its own.
    """

    def __init__(self, setup: Setup, folder: Path, lent: Zygote | None = None) -> None:
        self.setup, self.folder, self.lent = setup, folder, lent
        self.pools: dict[str, Pool] = {}
        self.kinds = {
            name: "warm" if setup.warm and cold_kernel(plan.kernelspec) is None else "cold"
            for name, plan in setup.plans.items()
        }

    def pool(self, kind: str) -> Pool:
        if kind not in self.pools:
            self.pools[kind] = make_pool(1, self.folder, kind == "warm", self.setup.sandbox, self.lent)
        return self.pools[kind]

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
