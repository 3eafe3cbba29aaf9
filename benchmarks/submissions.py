"""What the benchmark of grading has graded: a class of a notebook of the course, or of a small PyTorch notebook."""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib import import_module
from pathlib import Path

from nbformat import NotebookNode, from_dict, v4

from tplib.demo.classroom import Classroom
from tplib.graders import Exercise, exercises
from tplib.graders.answer_text import answer_text

ROOT = Path(__file__).parents[1]

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


def exercise_class(page: str, count: int) -> list[NotebookNode]:
    """Submissions of a notebook: of three students one is right throughout, two are mistaken in one answer of seven."""
    folder, name = page.split("/")
    with tempfile.TemporaryDirectory() as temporary:
        for step in ("release", "source"):
            (Path(temporary) / step).mkdir()
            shutil.copy(ROOT / step / folder / f"{name}.ipynb", Path(temporary) / step)
        asked = [exercise for exercise in exercises() if (exercise.assignment, exercise.notebook) == (folder, name)]
        room = Classroom(Path(temporary) / "release", Path(temporary) / "source", asked)
    found = []
    for k in range(count):
        wrong = [e for at, e in enumerate(asked) if k % 3 and (k + at) % 7 == 0]
        mistakes = {e.name: answer_text(mistake(e, k), e.name) for e in wrong}
        found.append(from_dict(json.loads(room.filled(mistakes)[name])))
    return found


def mistake(exercise: Exercise, number: int) -> object:
    """One of the listed mistakes, taking turns; those that are made by a function have no text of their own."""
    own = [m.candidate for m in exercise.misconceptions]
    own = [found for found in own if getattr(import_module(found.__module__), found.__name__, None) is found] or own
    return own[number % len(own)]


def source_notebook(name: str) -> NotebookNode:
    """The instructor's notebook: "pytorch", or one of the course by its assignment and name."""
    if name == "pytorch":
        return torch_notebook()
    return from_dict(json.loads((ROOT / "source" / f"{name}.ipynb").read_text(encoding="utf-8")))


def class_of(name: str, count: int) -> list[NotebookNode]:
    return torch_class(count) if name == "pytorch" else exercise_class(name, count)


BOTH = ("TP6-TrainFFNN/1_forward", "pytorch")
