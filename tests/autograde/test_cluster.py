"""Grading through Dask gives what the local pool gives, also when a Dask worker dies in the middle."""

from __future__ import annotations

import os
import signal

import pytest

pytest.importorskip("distributed")

from distributed import Client, LocalCluster

from tplib import TplibError
from tplib.autograde.course import open_course
from tplib.autograde.grade import grade_assignment

pytestmark = pytest.mark.filterwarnings("ignore")  # those of a cluster that loses a worker are Dask's own


@pytest.fixture
def course(tmp_path, build):
    course = build(tmp_path / "course", "second")
    for number in range(4):
        course.hand_in(f"right-{number}")
        course.hand_in(f"wrong-{number}", {"answer": "answer = 41"})
    return course


EXPECTED = {f"right-{n}": 1.0 for n in range(4)} | {f"wrong-{n}": 0.0 for n in range(4)}


def test_scheduler_by_address_and_a_worker_killed_in_the_middle(course):
    killed = []
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:

        def kill_a_worker(done: int, total: int, failed: int) -> None:
            if done == 2 and not killed:
                with Client(cluster) as client:
                    victim = next(iter(client.run(os.getpid).values()))
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)

        run = grade_assignment(
            open_course(course.root), "ps1", workers=2, cluster=cluster.scheduler_address, on_progress=kill_a_worker
        )
    assert killed
    assert {result.student: result.score for result in run.results} == EXPECTED
    assert {result.state for result in run.results} == {"graded"}


@pytest.mark.parametrize(("where", "words"), [("nowhere", "expected local, slurm"), ("tcp://127.0.0.1:9", "no Dask")])
def test_no_such_cluster(course, where, words):
    with pytest.raises(TplibError, match=words):
        grade_assignment(open_course(course.root), "ps1", cluster=where)
