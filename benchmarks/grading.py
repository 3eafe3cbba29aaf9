"""Submissions a second: `tp grade` and nbgrader's own engine on the same submissions, taking turns in one run.

    python benchmarks/grading.py compare      40 submissions of TP6's 1_forward and of a small PyTorch notebook
    python benchmarks/grading.py compare --submissions 4 --notebook TP7-LSTM/2_recurrent
    python benchmarks/grading.py ways         320 submissions graded by us in several ways
    python benchmarks/grading.py scale        2,000 submissions: does time stay linear, and memory flat?
    python benchmarks/grading.py scale --submissions 20000 --workers 4 --cluster local --kill

Every run is a command as an instructor types it, its start included. Scores of both engines are compared.
"""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import processor  # isort: skip (before NumPy)
import numpy as np
import psutil
import typer
from nbformat import write
from rich.console import Console
from rich.table import Table

from submissions import BOTH, class_of, source_notebook
from tplib.data.cache import cache_folder

OUT = Path(__file__).parent / "out"
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "benchmark"\nc.Execute.timeout = 300\n'
ENVIRONMENT = {
    **os.environ,
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"), "1"),
}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled
SAMPLE_SECONDS = 0.5
app = typer.Typer(add_completion=False)


def make_course(root: Path, name: str, count: int) -> Path:
    """A course with the one assignment `hw`; half of its students' names begin with a, half with b."""
    (root / "source" / "hw").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    file = f"{name.rpartition('/')[2]}.ipynb"
    write(source_notebook(name), root / "source" / "hw" / file)
    different = class_of(name, min(count, 42))
    for number in range(count):
        folder = root / "submitted" / f"{'ab'[number % 2]}{number:05d}" / "hw"
        folder.mkdir(parents=True)
        write(different[number % len(different)], folder / file)
    call(["nbgrader", "generate_assignment", "hw"], root)
    return root


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder for courses, on the disk: in the sandbox, a machine's own temporary folder is another one."""
    OUT.mkdir(exist_ok=True)
    return tempfile.TemporaryDirectory(dir=OUT)


def call(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> float:
    """Seconds that a command took; its output is shown if it fails."""
    start = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=folder,
        env=ENVIRONMENT | (environment or {}),
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        print(done.stdout[-3000:])
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}")
    return time.perf_counter() - start


def scores(root: Path) -> dict[tuple[str, str], float]:
    """Points by student and cell, as the gradebook holds them."""
    query = (
        "select submitted_assignment.student_id, base_cell.name, grade.auto_score from grade "
        "join submitted_notebook on grade.notebook_id = submitted_notebook.id "
        "join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id "
        "join base_cell on grade.cell_id = base_cell.id"
    )
    with sqlite3.connect(root / "gradebook.db") as database:
        return {(student, cell): score for student, cell, score in database.execute(query)}


Notebooks = Annotated[
    list[str] | None,
    typer.Option(help="Such as TP7-LSTM/2_recurrent, or pytorch; default: TP6's 1_forward and pytorch."),
]
BASE = "2 workers"
WAYS: dict[str, list[str]] = {
    BASE: [],
    "1 worker": ["--workers", "1"],
    "without a sandbox": ["--sandbox", "off"],
    "a local Dask cluster": ["--cluster", "local"],
}


@app.command()
def compare(
    submissions: Annotated[int, typer.Option(help="Of each notebook.")] = 40, notebook: Notebooks = None
) -> None:
    """nbgrader's engine and ours on the same submissions; ours has never seen the assignment at its first turn."""
    turns: dict[str, dict[str, list[str]]] = {
        "a": {"2 workers, first run": [], "2 workers, all figures drawn": ["--draw"]},
        "b": {"2 workers": [], "1 worker": ["--workers", "1"]},
    }
    results: dict[str, object] = {}
    for name in notebook or BOTH:
        seconds = {"nbgrader autograde": 0.0}
        computing = dict(seconds)  # of the processor, which other programs make longer only a little
        with scratch() as temporary:
            environment = {"XDG_CACHE_HOME": f"{temporary}/cache", "TPLIB_DATA": str(cache_folder())}
            plain = make_course(Path(temporary) / "nbgrader", name, submissions)
            engine = make_course(Path(temporary) / "tplib", name, submissions)
            for half, ways in turns.items():
                command = ["nbgrader", "autograde", "hw", f"--student={half}*"]
                before = processor_seconds()
                seconds["nbgrader autograde"] += call(command, plain)
                computing["nbgrader autograde"] += processor_seconds() - before
                for label, options in ways.items():
                    what = f"tp grade, {label}"
                    before = processor_seconds()
                    seconds[what] = call(tp_grade(*options), engine, environment)
                    computing[what] = processor_seconds() - before
            same = scores(plain) == scores(engine)
        results[name] = {
            "submissions": submissions,
            "seconds": seconds,
            "processor seconds": computing,
            "same scores": same,
        }
        for title, found in {"": seconds, ", seconds of the processor": computing}.items():
            each = {label: value / submissions for label, value in found.items()}
            show(f"{name}, {submissions} submissions{title}", each, "nbgrader autograde")
        print(f"every cell of every student has the same score in both gradebooks: {same}")
    print(processor.kernels())
    save("grading", results)


@app.command()
def ways(
    submissions: Annotated[int, typer.Option(help="Of each notebook; a quarter of them is graded too.")] = 320,
    turns: Annotated[int, typer.Option(help="Runs of each way, taking turns; medians count.")] = 3,
    notebook: Notebooks = None,
) -> None:
    """Ours with one worker and two, without a sandbox, and on a cluster; two sizes tell start and rate apart."""
    results: dict[str, object] = {}
    sizes = submissions // 4, submissions
    for name in notebook or BOTH:
        times: dict[str, list[list[float]]] = {label: [] for label in WAYS}
        with scratch() as temporary:
            courses = [make_course(Path(temporary) / str(size), name, size) for size in sizes]
            call(tp_grade(), courses[0])  # learns what to import
            for _ in range(turns):
                for label, options in WAYS.items():
                    times[label].append([call(tp_grade(*options), course) for course in courses])
        medians = {label: np.median(values, axis=0) for label, values in times.items()}
        whole = {label: seconds[1] / submissions for label, seconds in medians.items()}
        further = {label: (seconds[1] - seconds[0]) / (sizes[1] - sizes[0]) for label, seconds in medians.items()}
        results[name] = {"submissions": sizes, "seconds": times}
        show(f"{name}, {submissions} submissions, start included", whole, BASE)
        show(f"{name}, each further submission", further, BASE)
    save("grading-ways", results)


def processor_seconds() -> float:
    """Of all commands that have ended, with their children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tp_grade(*options: str) -> list[str]:
    return ["tp", "grade", "hw", "--force", "--workers", "2", *options]


def show(title: str, seconds: dict[str, float], base: str) -> None:
    """A table of seconds a submission."""
    table = Table("", "s a submission", f"times the rate of {base}", title=title)
    for label, value in seconds.items():
        table.add_row(label, f"{value:.3f}", f"{seconds[base] / value:.2f}")
    Console().print(table)


@app.command()
def scale(
    submissions: Annotated[int, typer.Option()] = 2000,
    notebook: Annotated[str, typer.Option()] = "pytorch",
    workers: Annotated[int, typer.Option()] = 2,
    cluster: Annotated[str | None, typer.Option(help="As of tp grade: local, or a scheduler's address.")] = None,
    kill: Annotated[bool, typer.Option("--kill", help="Kill it once, when half is done, and run it again.")] = False,
) -> None:
    """One long run: submissions done, memory and the coordinator's processor time, sampled, with fitted lines.

    On a quiet machine: `scale --submissions 20000 --workers 4 --cluster local --kill`.
    """
    command = ["tp", "grade", "hw", "--workers", str(workers), *(("--cluster", cluster) if cluster else ())]
    with scratch() as temporary:
        root = make_course(Path(temporary), notebook, submissions)
        samples = []
        start = time.perf_counter()
        if kill:
            samples = sample(command, root, start, submissions // 2)
        first = len(samples)  # of the last run
        samples += sample(command, root, start, submissions)
        entered = len({student for student, _ in scores(root)})
        twice = graded_twice(root)
    at, done, own, all_of_them, processor = (np.array(column, float) for column in zip(*samples, strict=True))
    busy = (done > 100) & (done < submissions)
    if busy.sum() < 3:
        busy = (done > 0) & (done < submissions)
    slope, offset = np.polyfit(done[busy], at[busy], 1)
    residual = at[busy] - (slope * done[busy] + offset)
    growth = np.polyfit(done[busy], own[busy], 1)[0]
    total = np.polyfit(done[busy], all_of_them[busy], 1)[0]
    last = busy & (np.arange(len(at)) >= first)
    share = float(np.polyfit(done[last], processor[last], 1)[0])
    found = {
        "submissions entered": entered,
        "grades entered twice": twice,
        "seconds": float(at[-1]),
        "seconds a submission (slope)": float(slope),
        "largest distance from the line, s": float(np.abs(residual).max()),
        "coordinator, processor s a submission": share,
        "submissions a second that one coordinator enters": 1 / share,
        "coordinator, MB: median": float(np.median(own[busy])),
        "coordinator, MB more for 1,000 submissions": float(1000 * growth),
        "all processes, MB: median": float(np.median(all_of_them[busy])),
        "all processes, MB more for 1,000 submissions": float(1000 * total),
    }
    for label, value in found.items():
        print(f"{label:>48}: {value:,.3f}")
    save("grading-scale", {**found, "samples": [list(sample) for sample in samples[:: max(1, len(samples) // 500)]]})


def sample(command: list[str], root: Path, start: float, until: int) -> list[tuple[float, ...]]:
    """Run a command and look at it again and again. It is killed when `until` submissions are done and it still runs.

    A sample: seconds since `start`, submissions done, MB of the coordinator and of all, the coordinator's seconds.
    """
    with (root / "said.txt").open("a") as said:
        process = psutil.Popen(command, cwd=root, env=ENVIRONMENT, stdout=said, stderr=subprocess.STDOUT)
    samples: list[tuple[float, ...]] = []
    whole = len(list((root / "submitted").iterdir()))
    while process.poll() is None:
        time.sleep(SAMPLE_SECONDS)
        done = sum(1 for _ in os.scandir(root / "autograded")) if (root / "autograded").is_dir() else 0
        try:
            used = process.cpu_times()
        except psutil.Error:
            break
        samples.append((time.perf_counter() - start, done, *memory(process), used.user + used.system))
        if until <= done < whole:
            process.kill()
            process.wait()
            return samples
    if process.wait():
        print((root / "said.txt").read_text(encoding="utf-8", errors="replace")[-3000:])
        raise SystemExit(f"tp grade ended with {process.returncode}")
    return samples


def graded_twice(root: Path) -> int:
    """Cells of a student with more than one grade in the gradebook."""
    query = "select count(*) from (select 1 from grade group by notebook_id, cell_id having count(*) > 1)"
    with sqlite3.connect(root / "gradebook.db") as database:
        return int(database.execute(query).fetchone()[0])


def memory(process: psutil.Process) -> tuple[float, float]:
    """Proportional set size, in MB, of a process, and of it with all its descendants."""
    own = total = 0.0
    for found in [process, *children(process)]:
        try:
            size = found.memory_full_info().pss / 1e6
        except psutil.Error:
            continue
        total += size
        own = own or size
    return own, total


def children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def save(name: str, results: object) -> None:
    OUT.mkdir(exist_ok=True)
    (OUT / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    app()
