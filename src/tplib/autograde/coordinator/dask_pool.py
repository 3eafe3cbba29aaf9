"""Grading on a Dask cluster: `local`, `slurm`, or a scheduler by its address."""

from __future__ import annotations

import contextlib
import math
import queue
import shutil
import socket
import time
from typing import Any

from distributed import Client, LocalCluster, WorkerPlugin, get_worker

from tplib.autograde.coordinator.local_pool import Done, UnderWay
from tplib.autograde.coordinator.worker_process import WorkerLate, WorkerLost, WorkerProcess, WorkerServer, patience
from tplib.autograde.messages.grading import GradingResult, Setup, SubmissionTask
from tplib.autograde.sandbox import problem
from tplib.errors import TplibError

RETRIES = 2
COUNT_SECONDS = 2.0  # after which the cluster's threads are counted again


class Grading(WorkerPlugin):
    """The plugin of a Dask worker: worker processes for one assignment, as many as the Dask worker has threads."""

    def __init__(self, setup: bytes, key: str, sandbox: bool) -> None:
        self.data, self.name, self.sandbox = setup, f"tplib-{key}", sandbox

    def setup(self, worker: Any) -> None:
        self.refusal = problem() if self.sandbox else None
        self.worker_server = WorkerServer()
        self.worker_server.prepare(self.data)
        self.idle: queue.SimpleQueue[WorkerProcess | None] = queue.SimpleQueue()
        for _ in range(worker.state.nthreads):
            self.idle.put(None)

    def teardown(self, worker: Any) -> None:
        self.worker_server.close()

    def grade(self, task: bytes, timeout: float | None) -> bytes:
        if self.refusal is not None:
            raise TplibError(f"on {socket.gethostname()}: {self.refusal}")
        process = self.idle.get()
        try:
            process = process or self.worker_server.fork()
            return process.grade(task, timeout)
        except WorkerLate as error:  # no exception: Dask would have it graded again
            process = None
            return GradingResult(SubmissionTask.from_data(task).student, failure=str(error)).to_data()
        except WorkerLost:
            process = None
            raise
        finally:
            self.idle.put(process)


def grade_there(name: str, task: bytes, timeout: float | None) -> bytes:
    """What a Dask worker runs: a pure function of the task and of the setup, which its plugin `name` has."""
    plugin: Grading = get_worker().plugins[name]
    return plugin.grade(task, timeout)


class DaskPool:
    """Sends tasks to a Dask cluster. It is used as LocalPool is."""

    def __init__(self, setup: Setup, where: str, workers: int) -> None:
        self.closing = contextlib.ExitStack()
        try:
            self.client: Client = self.closing.enter_context(connect(where, workers, self.closing))
        except BaseException:
            self.closing.close()
            raise
        self.plugin = Grading(setup.data, setup.key, setup.sandbox)
        self.client.register_plugin(self.plugin, name=self.plugin.name)
        self.timeout = patience(setup.limits.notebook, len(setup.plans))
        self.done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.running: dict[Any, UnderWay] = {}
        self.requested = workers
        self.threads, self.counted = 0, -math.inf

    @property
    def capacity(self) -> int:
        """Twice the threads that the cluster has: workers may come and go."""
        if time.monotonic() > self.counted + COUNT_SECONDS:  # it costs as much as to send a task
            self.threads, self.counted = sum(self.client.nthreads().values()), time.monotonic()
        return 2 * max(self.requested, self.threads)

    @property
    def several(self) -> bool:
        return self.capacity > 2

    def submit(self, student: str, task: bytes) -> None:
        future = self.client.submit(grade_there, self.plugin.name, task, self.timeout, pure=False, retries=RETRIES)
        self.running[future] = UnderWay(student)
        future.add_done_callback(self.done.put)

    def wait(self, timeout: float) -> list[Done]:
        """The tasks that are done. Returns as soon as there are some, or after `timeout` seconds."""
        futures = []
        with contextlib.suppress(queue.Empty):
            futures.append(self.done.get(timeout=timeout))
            while True:
                futures.append(self.done.get_nowait())
        finished = [future for future in futures if future.status == "finished"]
        fetched: dict[Any, bytes] = {}
        with contextlib.suppress(Exception):  # then one by one
            fetched.update(zip(finished, self.client.gather(finished), strict=True))
        return [self._done(future, fetched) for future in futures]

    def under_way(self) -> list[UnderWay]:
        """What was sent and has not come back: since when it runs, and where in it, only its worker knows."""
        return list(self.running.values())

    def _done(self, future: Any, fetched: dict[Any, bytes]) -> Done:
        """What became of a task. fetched: the results that came in one message."""
        done = Done(self.running.pop(future).student)
        try:
            done.data = fetched[future] if future in fetched else future.result()
        except Exception as error:
            done.reason = f"{type(error).__name__}: {error}"
        future.release()
        return done

    def close(self) -> None:
        self.client.cancel(list(self.running))
        with contextlib.suppress(Exception):
            self.client.unregister_worker_plugin(self.plugin.name)
        self.closing.close()


def connect(where: str, workers: int, closing: contextlib.ExitStack) -> Client:
    """A client of the cluster `where`. Raises TplibError where there is none."""
    if where == "local":
        # One Dask worker: its threads only wait for the processes that grade, which share one candidate server.
        cluster = LocalCluster(n_workers=1, threads_per_worker=workers, dashboard_address=None)
        return Client(closing.enter_context(cluster))
    if where == "slurm":
        try:
            from dask_jobqueue import SLURMCluster

            cluster = SLURMCluster()  # with dask-jobqueue's own configuration
        except ImportError as error:
            raise TplibError(f"SLURM needs dask-jobqueue ({error}): run `pip install 'tplib[cluster]'`") from error
        except (ValueError, RuntimeError) as error:
            raise TplibError(
                f"dask-jobqueue cannot make a SLURM cluster ({error}): describe it in ~/.config/dask/jobqueue.yaml"
            ) from error
        closing.enter_context(cluster)
        if shutil.which("sbatch") is None:
            raise TplibError("SLURM's sbatch is not on PATH: run this where jobs are submitted, such as a login node")
        cluster.scale(workers)
        return Client(cluster)
    if "://" not in where:
        raise TplibError(f"--cluster {where}: expected local, slurm or a scheduler's address such as tcp://host:8786")
    try:
        return Client(where, timeout=10)
    except (OSError, TimeoutError, ValueError) as error:
        raise TplibError(f"no Dask scheduler answers at {where} ({error}): start one with `dask scheduler`") from error
