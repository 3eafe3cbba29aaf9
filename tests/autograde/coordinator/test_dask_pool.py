"""Grading through Dask gives what the local pool gives, also when a Dask worker dies in the middle."""

from __future__ import annotations

import os
import signal
import sys

import pytest

pytest.importorskip("distributed")
pytest.importorskip("dask_jobqueue")  # here, so that it has set its defaults before a test changes them

import dask
from distributed import Client, LocalCluster

from tplib import TplibError
from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator import dask_pool as cluster_module
from tplib.autograde.coordinator.run import grade_assignment

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


SBATCH = """#!/bin/sh
for job; do :; done
cp "$job" "{folder}/job"
setsid sh "{folder}/job" > "{folder}/log" 2>&1 &
echo "Submitted batch job $!"
"""
SCANCEL = """#!/bin/sh
for job; do :; done
echo "$job" >> "{folder}/cancelled"
kill -- "-$job"
"""
JOBQUEUE = {
    "jobqueue.slurm.cores": 1,
    "jobqueue.slurm.memory": "1GB",
    "jobqueue.slurm.queue": "teaching",
    "jobqueue.slurm.interface": "lo",
}


def test_slurm_by_name(course, tmp_path, monkeypatch):
    """SLURM itself is played by two scripts that run a job's script here; the rest is dask-jobqueue's own."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in {"sbatch": SBATCH, "scancel": SCANCEL}.items():
        (programs / name).write_text(text.format(folder=tmp_path))
        (programs / name).chmod(0o755)
    with dask.config.set(JOBQUEUE):
        with pytest.raises(TplibError, match="sbatch is not on PATH"):
            grade_assignment(open_course(course.root), "ps1", cluster="slurm")
        monkeypatch.setenv("PATH", os.pathsep.join([str(programs), os.environ["PATH"]]))
        some = ["right-0", "wrong-0"]
        run = grade_assignment(open_course(course.root), "ps1", students=some, workers=1, cluster="slurm")
    assert {result.student: result.score for result in run.results} == {"right-0": 1.0, "wrong-0": 0.0}
    job = (tmp_path / "job").read_text()
    assert "#SBATCH -p teaching" in job
    assert sys.executable in job
    assert (tmp_path / "cancelled").read_text().strip().isdigit()


def test_slurm_without_its_description(course):
    with dask.config.set({"jobqueue.slurm.cores": None}), pytest.raises(TplibError, match=r"jobqueue\.yaml"):
        grade_assignment(open_course(course.root), "ps1", cluster="slurm")


def test_worker_without_a_sandbox_grades_nobody(course, monkeypatch):
    """A cluster's machine that cannot shut code in is named; what it was given counts as not graded."""
    monkeypatch.setattr(cluster_module, "problem", lambda: "The sandbox cannot be had on this machine.")
    with LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster:
        run = grade_assignment(
            open_course(course.root), "ps1", students=["right-0"], cluster=cluster.scheduler_address, sandbox=True
        )
    [result] = run.results
    assert result.state == "failed"
    assert "The sandbox cannot be had on this machine." in result.problems[0].reason
