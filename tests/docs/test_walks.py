"""The way of a class from course/ to Moodle and back, by the commands of the pages, typed as they stand there.

Names with accents, in other letters, twice the same: each gets the mark of its own answers in its own row.
"""

import csv
import html
import json
import os
import re
import shlex
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tplib.graders
from tplib.autograde.sandbox import problem
from tplib.cli import app
from tplib.graders.judge import grade
from tplib.graders.notebook import Checked
from tplib.graders.registry import find

ASSIGNMENT = "TP6-TrainFFNN"
ROOT = Path(__file__).parents[2]
SCRIPT = '''\
# %% [markdown]
# # Forward
#
# ### Exercise

# %% tags=["readonly"]
import numpy as np
from tplib.graders import check


# %%
def relu(x):
    """The positive part of x."""
    ### BEGIN SOLUTION
    return np.maximum(x, 0)
    ### END SOLUTION


# %% [markdown]
# ### Exercise


# %%
def sigmoid(x):
    """The logistic function."""
    ### BEGIN SOLUTION
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))
    ### END SOLUTION
'''
RELU = "def relu(x):\n    return np.where(x > 0, x, 0)\n"
NO_RELU = "def relu(x):\n    return np.abs(x)\n"
SIGMOID = "def sigmoid(x):\n    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))\n"
ANSWERS = {
    ("Zoé Le Goff", 900_001): {"relu": RELU, "sigmoid": SIGMOID},
    ("Zoé Le Goff", 900_002): {"relu": NO_RELU, "sigmoid": SIGMOID},
    ("Nguyễn Thị Đặng", 900_003): {"relu": RELU},
    ("雷 李", 900_004): {},
}
LATE = ("Jean-Noël Ó Súilleabháin", 900_005)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),  # of nbgrader's own add_submission
]


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course folder with the script of one notebook, and the current folder."""
    root = tmp_path / "nlp"
    (root / "course" / ASSIGNMENT).mkdir(parents=True)
    (root / "course" / ASSIGNMENT / "1_forward.py").write_text(SCRIPT)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TPLIB_SANDBOX", "auto" if problem() is None else "off")
    monkeypatch.setattr("tplib.student.saving._servers", list)  # what this machine happens to run
    monkeypatch.setattr(tplib.graders, "exercises", lambda: [find("relu"), find("sigmoid")])
    return root


def run(line, *more, code=0):
    """What a line of a page prints."""
    program, *words = shlex.split(line.replace("ASSIGNMENT", ASSIGNMENT).replace("NAME", "relu"))
    assert program == "tp"
    done = CliRunner().invoke(app, [*words, *more])
    assert done.exit_code == code, (line, done.output, done.exception)
    return " ".join(done.output.split())


def answer(path, answers):
    """Write each answer in its cell, and run it and its check, as Jupyter stores it."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells, count = {cell["id"]: cell for cell in notebook["cells"]}, 0
    for name, source in answers.items():
        scope = {}
        exec("import numpy as np\n" + source, scope)
        shown = Checked(grade(name, scope[name]))._repr_mimebundle_()
        cells[f"answer-{name}"].update(source=source, execution_count=(count := count + 1))
        result = {
            "output_type": "execute_result",
            "data": shown,
            "metadata": {},
            "execution_count": (count := count + 1),
        }
        cells[f"check-{name}"].update(outputs=[result], execution_count=count)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def hand_in(folder, answers):
    """A student's way: a copy, answers, and the zip to hand in."""
    complete = len(answers) == 2 and RELU in answers.values()
    run(f"tp new {ASSIGNMENT}", "--to", str(folder))
    if complete:
        run("tp new TP6 --fresh 1_forward", "--to", str(folder))
        assert len(list(folder.glob("*.ipynb"))) == 2
        next(path for path in folder.glob("*.ipynb") if path.name != "1_forward.ipynb").unlink()
    answer(folder / "1_forward.ipynb", answers)
    run("tp submit --check", str(folder), code=0 if answers else 1)
    zipped = folder.with_suffix(".zip")
    run("tp submit", str(folder), "-o", str(zipped), code=0 if answers else 1)
    return zipped.read_bytes()


def worksheet(path, students):
    titles = "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    lines = [titles + "Last modified (submission),Last modified (grade),Feedback comments"]
    for name, number in students:
        row = f'"Participant {number}","{name}",{number}@univ.fr,"Submitted for grading",,20.00,Yes,'
        lines.append(row + '"Thursday, 12 November 2026, 3:04 PM",-,')
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode())


def text_of(page):
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_from_course_to_moodle_and_back(course, tmp_path):
    whole = find("relu").points + find("sigmoid").points
    assert "wrote release/TP6-TrainFFNN/1_forward.ipynb" in run("tp build")
    assert "1 notebook built, 0 run, 0 files changed" in run("tp build")

    places = {(name, number): f"{name}_{number}_assignsubmission_file_" for name, number in [*ANSWERS, LATE]}
    with zipfile.ZipFile("nlp-TP6-4711.zip", "w") as moodle:
        for (name, number), answers in ANSWERS.items():
            place = places[name, number]
            moodle.writestr(f"{place}/{ASSIGNMENT}.zip", hand_in(tmp_path / str(number), answers))
    worksheet(Path("Grades.csv"), [*ANSWERS, LATE])
    before = Path("Grades.csv").read_bytes()

    told = run("tp collect TP6-TrainFFNN nlp-TP6-4711.zip --roster Grades.csv")
    assert "Moodle: 4 new." in told
    assert "1 handed in, as the table says, and nothing of theirs is here" in told
    assert "4 graded" in run("tp grade --draw", ASSIGNMENT)
    run("tp grade TP6-TrainFFNN")
    with zipfile.ZipFile("FILE.zip", "w") as late:
        notebook = zipfile.ZipFile(tmp_path / "900001.zip").read("1_forward.ipynb")
        late.writestr(f"{places[LATE]}/1_forward (1).ipynb", notebook)
    handed_in = sorted(Path("submitted").rglob("*"))
    run("tp collect TP6-TrainFFNN FILE.zip", "--roster", "Grades.csv")
    assert "Taken back: FILE.zip" in run("tp collect TP6-TrainFFNN --undo")
    assert sorted(Path("submitted").rglob("*")) == handed_in
    run("tp collect TP6-TrainFFNN FILE.zip", "--roster", "Grades.csv")
    assert "jean-noel-o-suilleabhain" in run("tp watch TP6-TrainFFNN", "--once", "--every", "0.2")
    run("tp grade ASSIGNMENT --only NAME")
    assert "the due date is 2026-11-12" in run("tp grade ASSIGNMENT --due '2026-11-12 23:59'")
    run("tp feedback TP6-TrainFFNN")
    run("tp report TP6-TrainFFNN")
    assert "relu" in Path("reports", f"{ASSIGNMENT}.html").read_text(encoding="utf-8")

    expected = {
        900_001: 20.0,
        900_002: 20 * find("sigmoid").points / whole,
        900_003: 20 * find("relu").points / whole,
        900_004: 0.0,
        900_005: 20.0,
    }
    run("tp export TP6-TrainFFNN --moodle Grades.csv --feedback feedback.zip")
    filled = Path("Grades-filled.csv").read_bytes()
    marks = {int(row["Identifier"].split()[1]): float(row["Grade"]) for row in rows(Path("Grades-filled.csv"))}
    assert marks == {number: round(mark, 2) for number, mark in expected.items()}
    for mark in (f"{mark:.2f}" for mark in expected.values()):
        filled = filled.replace(f",{mark},20.00".encode(), b",,20.00")
    assert filled == before  # nothing but the marks is new
    with zipfile.ZipFile("feedback.zip") as feedback:
        given = {name: text_of(feedback.read(name).decode()) for name in feedback.namelist()}
    assert {name.split("/")[0] for name in given} == set(places.values())
    pages = {place: "".join(given[name] for name in given if name.startswith(place)) for place in places.values()}
    assert ["return np.abs(x)" in pages[place] for place in places.values()] == [False, True, False, False, False]
    Path("Grades-filled.csv").unlink()
    run("tp export TP6-TrainFFNN --moodle Grades.csv")
    assert len(rows(Path("Grades-filled.csv"))) == 5

    people = [(name, number) for name, number in places if name != "Zoé Le Goff"]  # Canvas has no roster of Moodle's
    canvas = ["Student,ID,SIS User ID,SIS Login ID,Section,TP6-TrainFFNN (77)", "    Points Possible,,,,,20"]
    canvas += [f'"{name.split(maxsplit=1)[1]}, {name.split()[0]}",{number},,,A,' for name, number in people]
    Path("Gradebook.csv").write_text("\n".join(canvas) + "\n", encoding="utf-8")
    run("tp export TP6-TrainFFNN --canvas Gradebook.csv")
    given = {row["ID"]: row["TP6-TrainFFNN (77)"] for row in rows(Path("Gradebook-filled.csv"))}
    assert given == {"": "20", **{str(number): f"{expected[number]:.2f}" for _, number in people}}
    assert "10 rows" in run("tp export TP6-TrainFFNN -o marks.parquet")
    assert not [name for name in os.listdir() if name.startswith(".collect")]
