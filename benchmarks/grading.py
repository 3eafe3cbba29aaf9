"""Submissions a second: `tp grade` and nbgrader's own engine on the same submissions, taking turns in one run.

    python benchmarks/grading.py compare      40 submissions of TP6's 1_forward and of a small PyTorch notebook
    python benchmarks/grading.py scale        2,000 submissions: does time stay linear, and memory flat?
    python benchmarks/grading.py scale --submissions 10000

Every run is a command as an instructor types it, its start included. Scores of both engines are compared.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import psutil
import typer
from nbformat import NotebookNode, from_dict, v4, write
from rich.console import Console
from rich.table import Table

from tplib.demo.answers import answer_text
from tplib.demo.classroom import Classroom
from tplib.graders import exercises

ROOT = Path(__file__).parents[1]
OUT = Path(__file__).parent / "out"
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "benchmark"\n'
ENVIRONMENT = {
    **os.environ,
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"), "1"),
}
SAMPLE_SECONDS = 0.5
app = typer.Typer(add_completion=False)

TORCH_TASKS = {
    "mean": ("def mean(x):\n    return np.mean(x)", "assert mean(np.arange(5)) == 2"),
    "unit": (
        "def unit(x):\n    return x / np.linalg.norm(x)",
        "assert np.allclose(unit(np.array([3, 4])), [0.6, 0.8])",
    ),
    "softmax": (
        "def softmax(z):\n    e = np.exp(z - z.max())\n    return e / e.sum()",
        "assert np.isclose(softmax(np.arange(4.0)).sum(), 1)",
    ),
    "gram": (
        "def gram(x):\n    return x @ x.T",
        "x = np.random.default_rng(0).normal(size=(200, 200))\nassert np.allclose(gram(x), x.dot(x.T))",
    ),
    "layer": (
        "def layer(d, k):\n    return torch.nn.Linear(d, k)",
        "assert layer(3, 2)(torch.zeros(5, 3)).shape == (5, 2)",
    ),
    "loss": (
        "def loss(z, y):\n    return torch.nn.functional.cross_entropy(z, y)",
        "assert torch.isclose(loss(torch.zeros(4, 2), torch.zeros(4, dtype=torch.long)), torch.log(torch.tensor(2.0)))",
    ),
    "slope": (
        "def slope(x):\n    x = torch.tensor(x, requires_grad=True)\n    (x**2).backward()\n    return x.grad.item()",
        "assert slope(3.0) == 6",
    ),
    "fit": (
        "def fit(x, y, steps=50):\n    torch.manual_seed(0)\n    model = torch.nn.Linear(1, 1)\n"
        "    optimizer = torch.optim.SGD(model.parameters(), lr=0.3)\n    for _ in range(steps):\n"
        "        optimizer.zero_grad()\n        error = ((model(x) - y) ** 2).mean()\n        error.backward()\n"
        "        optimizer.step()\n    return error.item()",
        "x = torch.linspace(-1, 1, 64)[:, None]\nassert fit(x, 2 * x + 1) < 1e-3",
    ),
}


def torch_notebook(answers: dict[str, str] | None = None) -> NotebookNode:
    """Eight small NumPy and PyTorch exercises, each with an answer cell and a cell of plain asserts."""
    cells = [v4.new_code_cell("import numpy as np\nimport torch")]
    for name, (solution, test) in TORCH_TASKS.items():
        marks = {"schema_version": 3, "grade": False, "solution": True, "locked": False, "task": False}
        text = f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION" if answers is None else answers[name]
        cells.append(v4.new_code_cell(text, metadata={"nbgrader": {**marks, "grade_id": name}}))
        marks |= {"grade": True, "solution": False, "locked": True, "points": 2}
        cells.append(v4.new_code_cell(test, metadata={"nbgrader": {**marks, "grade_id": f"test-{name}"}}))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def torch_class(count: int) -> list[NotebookNode]:
    right = {name: solution for name, (solution, _) in TORCH_TASKS.items()}
    names = list(right)
    wrong = [{**right, name: f"def {name}(*args):\n    return None"} for name in names]
    return [torch_notebook(right if k % 3 else wrong[k % len(wrong)]) for k in range(count)]


def forward_class(count: int) -> list[NotebookNode]:
    """Submissions of 1_forward: of three students one is right throughout, two make mistakes in one answer of seven."""
    folder = "TP6-TrainFFNN"
    with tempfile.TemporaryDirectory() as temporary:
        for step in ("release", "source"):
            (Path(temporary) / step).mkdir()
            shutil.copy(ROOT / step / folder / "1_forward.ipynb", Path(temporary) / step)
        asked = [exercise for exercise in exercises() if exercise.notebook.endswith("1_forward")]
        room = Classroom(Path(temporary) / "release", Path(temporary) / "source", asked)
    found = []
    for k in range(count):
        wrong = [e for at, e in enumerate(asked) if k % 3 and (k + at) % 7 == 0]
        mistakes = {e.name: answer_text(e.misconceptions[k % len(e.misconceptions)].candidate, e.name) for e in wrong}
        found.append(from_dict(json.loads(room.filled(mistakes)["1_forward"])))
    return found


def source_notebook(name: str) -> NotebookNode:
    if name == "pytorch":
        return torch_notebook()
    return from_dict(json.loads((ROOT / "source" / "TP6-TrainFFNN" / f"{name}.ipynb").read_text(encoding="utf-8")))


CLASSES = {"1_forward": forward_class, "pytorch": torch_class}


def make_course(root: Path, name: str, count: int) -> Path:
    """A course with the one assignment `hw`; half of its students' names begin with a, half with b."""
    (root / "source" / "hw").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    write(source_notebook(name), root / "source" / "hw" / f"{name}.ipynb")
    different = CLASSES[name](min(count, 42))
    for number in range(count):
        folder = root / "submitted" / f"{'ab'[number % 2]}{number:05d}" / "hw"
        folder.mkdir(parents=True)
        write(different[number % len(different)], folder / f"{name}.ipynb")
    call(["nbgrader", "generate_assignment", "hw"], root)
    return root


def call(command: list[str], folder: Path) -> float:
    """Seconds that a command took; its output is shown if it fails."""
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
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


@app.command()
def compare(
    submissions: Annotated[int, typer.Option(help="Of each notebook.")] = 40,
    notebook: Annotated[list[str] | None, typer.Option(help="1_forward or pytorch; default: both.")] = None,
) -> None:
    """nbgrader's engine and ours on the same submissions."""
    ours = {
        "tp grade, 2 workers, first run": ["--workers", "2"],
        "tp grade, 2 workers": ["--workers", "2"],
        "tp grade, 1 worker": ["--workers", "1"],
        "tp grade, 2 workers, no sandbox": ["--workers", "2", "--sandbox", "off"],
        "tp grade, 2 workers, all figures drawn": ["--workers", "2", "--draw"],
        "tp grade, 2 workers of a local Dask cluster": ["--workers", "2", "--cluster", "local"],
    }
    results = {}
    for name in notebook or list(CLASSES):
        seconds: dict[str, float] = {}
        with tempfile.TemporaryDirectory(dir=ROOT) as temporary:
            plain = make_course(Path(temporary) / "nbgrader", name, submissions)
            engine = make_course(Path(temporary) / "tplib", name, submissions)
            turns = list(ours.items())
            for half, some in (("a", turns[: len(turns) // 2]), ("b", turns[len(turns) // 2 :])):
                seconds["nbgrader autograde"] = seconds.get("nbgrader autograde", 0.0) + call(
                    ["nbgrader", "autograde", "hw", f"--student={half}*"], plain
                )
                for label, options in some:
                    seconds[label] = call(["tp", "grade", "hw", "--force", *options], engine)
            same = scores(plain) == scores(engine)
        results[name] = {"submissions": submissions, "seconds": seconds, "same scores": same}
        table = Table("", "s a submission", "times nbgrader's rate", title=f"{name}, {submissions} submissions")
        for label, value in seconds.items():
            ratio = seconds["nbgrader autograde"] / value
            table.add_row(label, f"{value / submissions:.3f}", f"{ratio:.1f}")
        Console().print(table)
        print(f"every cell of every student has the same score in both gradebooks: {same}")
    save("grading", results)


@app.command()
def scale(
    submissions: Annotated[int, typer.Option()] = 2000,
    notebook: Annotated[str, typer.Option()] = "pytorch",
    workers: Annotated[int, typer.Option()] = 2,
) -> None:
    """One long run: submissions done and memory, sampled, with fitted lines."""
    with tempfile.TemporaryDirectory(dir=ROOT) as temporary:
        root = make_course(Path(temporary), notebook, submissions)
        start = time.perf_counter()
        process = psutil.Popen(
            ["tp", "grade", "hw", "--workers", str(workers)],
            cwd=root,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        samples = []
        while process.poll() is None:
            time.sleep(SAMPLE_SECONDS)
            done = sum(1 for _ in os.scandir(root / "autograded")) if (root / "autograded").is_dir() else 0
            samples.append((time.perf_counter() - start, done, *memory(process)))
        if process.returncode:
            raise SystemExit(f"tp grade ended with {process.returncode}")
        entered = len({student for student, _ in scores(root)})
    at, done, own, all_of_them = (np.array(column, float) for column in zip(*samples, strict=True))
    busy = (done > 100) & (done < submissions)
    slope, offset = np.polyfit(done[busy], at[busy], 1)
    residual = at[busy] - (slope * done[busy] + offset)
    growth = np.polyfit(done[busy], own[busy], 1)[0]
    total = np.polyfit(done[busy], all_of_them[busy], 1)[0]
    found = {
        "submissions entered": entered,
        "seconds": float(at[-1]),
        "seconds a submission (slope)": float(slope),
        "largest distance from the line, s": float(np.abs(residual).max()),
        "coordinator, MB: median": float(np.median(own[busy])),
        "coordinator, MB more for 1,000 submissions": float(1000 * growth),
        "all processes, MB: median": float(np.median(all_of_them[busy])),
        "all processes, MB more for 1,000 submissions": float(1000 * total),
    }
    for label, value in found.items():
        print(f"{label:>48}: {value:,.3f}")
    save("grading-scale", {**found, "samples": [list(sample) for sample in samples[:: max(1, len(samples) // 500)]]})


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
