"""Names, accents and marks survive collect -> grade -> export, with every notebook really graded.

A dozen names that break programs here; with TPLIB_LONG=1 a class of 300, which takes minutes.
"""

import csv
import html
import os
import re
import unicodedata
import zipfile
from pathlib import Path

import nbformat
import pyarrow.parquet
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from platforms import archive, class_of, register
from typer.testing import CliRunner

from tplib.autograde.sandbox import problem
from tplib.cli import app

AWKWARD = (
    "Zoé Le Goff",
    "Zoé Le Goff",  # another one
    unicodedata.normalize("NFD", "Hélène Ångström"),
    "Conan O'Brien",  # Moodle leaves the sign out in the names of folders
    'Émile "Milo" Ñuñez',
    "Martin Luther King, Jr.",
    "Nguyễn Thị Đặng",
    "雷 李",
    "محمد علي",
    "İbrahim Şahin-Groß",
    "Ana_María",  # Moodle makes a space of it there
    "=cmd|' /C calc'!A0 <b>",
    "𠮷野 😀",
    "Madonna",
)
CLEANED = re.compile(r"[\x00-\x1f&<>\"`|':\\/]")  # what PARAM_FILE takes out of Moodle's names of files
NEW_LINE = "\r\n"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),  # of nbgrader's own add_submission
]


def notebook(answer):
    """One exercise whose test gives what the answer says, out of 10 points."""
    solution = {"grade": False, "grade_id": "mark", "locked": False, "schema_version": 3, "solution": True}
    test = {"grade": True, "grade_id": "test", "locked": True, "schema_version": 3, "solution": False, "points": 10}
    cells = [
        new_markdown_cell("# A mark", id="title"),
        new_code_cell(answer, id="mark", metadata={"nbgrader": {**solution, "task": False}}),
        new_code_cell("mark", id="test", metadata={"nbgrader": {**test, "task": False}}),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.writes(new_notebook(cells=cells, metadata={"kernelspec": kernel})).encode()


def place_of(name, number):
    """Moodle's folder of a submission."""
    return f"{CLEANED.sub('', name).replace('_', ' ')}_{number}_assignsubmission_file_"


def worksheet(path, students):
    """As Moodle writes it, in French, for Excel: with a mark at the start and ends of lines of Windows."""
    titles = "Identifiant,Nom complet,Adresse de courriel,Note,Note maximale,La note peut être modifiée"
    lines = [titles + ",Dernière modification (travail remis),Dernière modification (note)"]
    for name, number in students:
        quoted = '"' + name.replace('"', '""') + '"'
        time = '"jeudi 12 novembre 2026, 15:04"'
        lines.append(f'Participant {number},{quoted},{number}@u.fr,,"20,00",Oui,{time},-')
    path.write_bytes(b"\xef\xbb\xbf" + (NEW_LINE.join(lines) + NEW_LINE).encode())
    return path


def class_of_300():
    ordinary = class_of(300 - len(AWKWARD), seed=2)
    return [*zip(AWKWARD, range(1, 99), strict=False), *ordinary]


@pytest.mark.parametrize(
    "students",
    [
        pytest.param([(name, 900_000 + n) for n, name in enumerate(AWKWARD)], id="awkward"),
        pytest.param(
            class_of_300(),
            id="300",
            marks=pytest.mark.skipif(not os.environ.get("TPLIB_LONG"), reason="takes minutes; set TPLIB_LONG=1"),
        ),
    ],
)
def test_from_moodle_and_back(course, tmp_path, monkeypatch, students):
    monkeypatch.chdir(course)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TPLIB_SANDBOX", "auto" if problem() is None else "off")
    for path in (course / "source" / "TP6").iterdir():
        path.unlink()
    (course / "source" / "TP6" / "1_mark.ipynb").write_bytes(
        notebook("### BEGIN SOLUTION\nmark = 10\n### END SOLUTION")
    )
    marks = {number: 1000 * place // len(students) / 100 for place, (_, number) in enumerate(students)}
    works = {number: notebook(f"mark = {mark}  # {number}") for number, mark in marks.items()}
    source = archive(
        tmp_path / "x.zip", {f"{place_of(name, number)}/1_mark.ipynb": works[number] for name, number in students}
    )
    sheet = worksheet(tmp_path / "w.csv", students)

    assert f"Moodle: {len(students)} new." in run("collect", "TP6", source, "--roster", sheet)
    handed = {int(how["number"]): student for student, how in register(course)["handed"]["TP6"].items()}
    assert len(set(handed.values())) == len(students)
    assert f"{len(students)} graded in" in run("grade", "TP6")
    run("feedback", "TP6")
    run("report", "TP6")
    run("export", "TP6", "--moodle", sheet, "-o", "filled.csv", "--feedback", "feedback.zip")
    run("export", "TP6", "-o", "t.csv")
    run("export", "TP6", "-o", "t.parquet")

    check_all(course, students, handed, marks, works, sheet)


def check_all(course, students, handed, marks, works, sheet):
    """What came out, in the current folder, against what went in."""
    for _, number in students:
        assert (course / "submitted" / handed[number] / "TP6" / "1_mark.ipynb").read_bytes() == works[number]
    assert Path("filled.csv").read_bytes() == with_marks(sheet.read_bytes(), marks)
    rows = {row["student"]: row for row in read(Path("t.csv"))}
    columns = pyarrow.parquet.read_table("t.parquet").to_pydict()
    kept = dict(zip(columns["student"], zip(columns["last_name"], columns["score"], strict=True), strict=True))
    page = html.unescape(Path("reports/TP6.html").read_text("utf-8"))
    for name, number in students:
        row = rows[handed[number]]
        assert " ".join(filter(None, (row["first_name"], row["last_name"]))) == unicodedata.normalize("NFC", name)
        assert (row["email"], float(row["score"])) == (f"{number}@u.fr", marks[number])
        assert kept[handed[number]] == (row["last_name"], marks[number])
        assert unicodedata.normalize("NFC", name) in page
    with zipfile.ZipFile("feedback.zip") as feedback:
        pages = {name: feedback.read(name).decode() for name in feedback.namelist() if name.endswith("1_mark.html")}
    assert len(pages) == len(students)
    for name, number in students:
        place = unicodedata.normalize("NFC", place_of(name, number))  # of which Moodle reads the number
        assert f"# {number}" in re.sub(r"<[^>]*>", "", pages[f"{place}/1_mark.html"])


def run(*words):
    done = CliRunner().invoke(app, list(map(str, words)))
    assert done.exit_code == 0, (words, done.output, done.exception)
    return " ".join(done.output.split())


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def with_marks(sheet, marks):
    """The worksheet with each mark put between the two commas where it belongs, of 20 points and with a comma."""
    for number, mark in marks.items():
        before = f',{number}@u.fr,,"20,00"'.encode()
        assert sheet.count(before) == 1
        text = f"{2 * mark:.2f}".replace(".", ",")
        sheet = sheet.replace(before, f',{number}@u.fr,"{text}","20,00"'.encode())
    return sheet
