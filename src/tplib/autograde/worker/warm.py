"""Notebooks in candidates forked from one process that has imported everything already."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

from nbformat import NotebookNode

from tplib.autograde.examiner.launcher import Executor, Zygote
from tplib.autograde.messages.execution import Job, Limits, Outcome
from tplib.autograde.worker.imports import imports_of, with_a_wrong_answer


class WarmPool:
    """At most `workers` notebooks at a time, each with its examiner in a thread; the pool closes its zygote."""

    def __init__(self, workers: int, zygote: Zygote) -> None:
        self.workers, self.zygote = workers, zygote
        self.jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self.outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self.running = 0
        self.threads = [threading.Thread(target=self._work, daemon=True) for _ in range(workers)]
        for thread in self.threads:
            thread.start()

    def _work(self) -> None:
        with Executor(self.zygote) as executor:
            while (job := self.jobs.get()) is not None:
                try:
                    outcome = executor.run(job)
                except Exception as error:  # the warm process cannot be started again
                    outcome = Outcome(job, failed=f"{type(error).__name__}: {error}")
                self.outcomes.put(outcome)

    def preload(self, modules: list[str]) -> None:
        self.zygote.preload(modules)

    def learn(self, notebooks: list[NotebookNode], folders: list[Path], scratch: Path, limits: Limits) -> list[str]:
        """Names of what `notebooks` import: as their code says, and as is seen when each runs once in `folders`."""
        self.preload(imports_of(notebooks))
        names = list(self.zygote.modules)
        for number, (notebook, folder) in enumerate(zip(notebooks, folders, strict=True)):
            name = f"learn-{number}"
            self.submit(Job(name, with_a_wrong_answer(notebook), folder, scratch / name, limits, learn=True))
        while self.busy():
            for outcome in self.wait(1.0):
                names += outcome.modules
        return list(dict.fromkeys(names))

    def submit(self, job: Job) -> None:
        self.running += 1
        self.jobs.put(job)

    def busy(self) -> int:
        return self.running

    def wait(self, timeout: float) -> list[Outcome]:
        """Outcomes of the jobs that ended; returns at the first, or after `timeout` seconds."""
        try:
            outcomes = [self.outcomes.get(timeout=timeout)]
        except queue.Empty:
            return []
        while not self.outcomes.empty():
            outcomes.append(self.outcomes.get())
        self.running -= len(outcomes)
        return outcomes

    def rest(self) -> Zygote:
        """End the threads, and return the zygote: a process that will fork must have no threads."""
        for _ in self.threads:
            self.jobs.put(None)
        for thread in self.threads:
            thread.join()
        return self.zygote

    def close(self) -> None:
        for _ in self.threads:
            self.jobs.put(None)
        self.zygote.close()
