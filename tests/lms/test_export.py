"""Marks come back to the platforms' own tables: each in its row, and every other byte as it was."""

import csv
import zipfile
from contextlib import contextmanager

import pyarrow.parquet
import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins.export import CsvExportPlugin
from platforms import archive, class_of, notebook
from sqlalchemy import text
from typer.testing import CliRunner

from tplib import TplibError
from tplib.autograde.bridge.course import open_course
from tplib.cli import app
from tplib.lms.collect import collect
from tplib.lms.export import fill_canvas, fill_moodle, write_feedback_zip, write_table
from tplib.lms.sheets import read_sheet

CLASS = class_of(300, seed=1)
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # of nbgrader's own add_submission


@contextmanager
def gradebook_of(course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nlp") as gradebook:
        gradebook.db.execute(text("PRAGMA synchronous=OFF"))  # 300 students, one after the other
        yield gradebook


def graded(course, scores, by_hand=()):
    """Enter scores, out of 8 points, as if they had been graded."""
    with gradebook_of(course) as gradebook:
        known = {student.id for student in gradebook.students}
        if not gradebook.assignments:
            gradebook.add_assignment("TP6")
            gradebook.add_notebook("1_forward", "TP6")
            gradebook.add_grade_cell("check-softmax", "1_forward", "TP6", max_score=8, cell_type="code")
        for student, score in scores.items():
            if student not in known:
                gradebook.add_student(student)
            gradebook.add_submission("TP6", student)
            grade = gradebook.find_grade("check-softmax", "1_forward", "TP6", student)
            grade.auto_score, grade.needs_manual_grade = score, student in by_hand
        gradebook.db.commit()


FRENCH = (
    "Identifiant,Nom complet,Adresse de courriel,Statut,Note,Note maximale,La note peut être modifiée,"
    "Dernière modification (travail remis),Dernière modification (note),Feedback par commentaires"
)
ENGLISH = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments"
)


def worksheet(path, students, titles, top, encoding="utf-8", separator=",", newline="\n"):
    """As Moodle's `fputcsv` writes it: quotation marks around what holds spaces, commas or quotation marks."""
    french = titles is FRENCH

    def cell(text):
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in ' ,;"\n') else text

    lines = [separator.join(cell(title) for title in titles.split(","))]
    for name, number in students:
        row = (
            f"Participant {number}", name, f"{number}@univ.fr",
            "Remis pour évaluation" if french else "Submitted for grading", "", top, "Oui" if french else "Yes",
            "jeudi 12 novembre 2026, 15:04" if french else "Thursday, 12 November 2026, 3:04 PM", "-", "",
        )  # fmt: skip
        lines.append(separator.join(cell(text) for text in row))
    path.write_bytes((newline.join(lines) + newline).encode(encoding))
    return path


def read(path, encoding="utf-8", separator=","):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


@pytest.mark.parametrize(
    ("titles", "top", "encoding", "separator", "newline"),
    [
        (FRENCH, "100,00", "utf-8-sig", ",", "\r\n"),
        (ENGLISH, "100.00", "utf-8", ",", "\n"),
        (FRENCH, "20,00", "utf-8", ";", "\n"),
        (FRENCH, "20", "utf-8-sig", ";", "\n"),
    ],
    ids=["french", "english", "semicolons", "excel"],
)
def test_moodles_worksheet(course, tmp_path, titles, top, encoding, separator, newline):
    students = CLASS if "\r" in newline else CLASS[:20]
    files = {
        f"{name}_{number}_assignsubmission_file_/1_forward.ipynb": notebook(str(number)) for name, number in students
    }
    sheet = worksheet(tmp_path / "w.csv", students, titles, top, encoding, separator, newline)
    collect(course, "TP6", archive(tmp_path / "x.zip", files), sheet)
    ids = sorted(folder.name for folder in (course / "submitted").iterdir())
    scores = {student: float(i % 9) for i, student in enumerate(ids)}
    graded(course, scores)
    filled = fill_moodle(open_course(course), "TP6", sheet, tmp_path / "filled.csv")
    assert len(filled.written) == len(students)
    assert (filled.without_row, filled.without_mark, filled.unfinished, filled.locked) == ([], [], [], [])

    by_number = {how: student for student, how in numbers(course).items()}
    before, after = read(sheet, encoding, separator), read(tmp_path / "filled.csv", encoding, separator)
    grade = "Note" if titles is FRENCH else "Grade"
    for old, new in zip(before, after, strict=True):
        assert {k: v for k, v in old.items() if k != grade} == {k: v for k, v in new.items() if k != grade}
        student = by_number[new["Identifiant" if titles is FRENCH else "Identifier"].split()[-1]]
        expected = f"{scores[student] * float(top.replace(',', '.')) / 8:.2f}"
        assert new[grade] == (expected.replace(".", ",") if titles is FRENCH else expected)
    # Nothing but the marks changed: without them the file is the old one, byte for byte.
    emptied = after_without_marks(tmp_path / "filled.csv", sheet, encoding)
    assert emptied == sheet.read_bytes()


def numbers(course):
    import json

    handed = json.loads((course / ".tplib/people.json").read_text("utf-8"))["handed"]["TP6"]
    return {student: how["number"] for student, how in handed.items()}


def after_without_marks(filled, sheet, encoding):
    """The filled table with each mark taken out again, by a reading of the lines that shares nothing with ours."""
    import re

    lines = []
    old_lines = sheet.read_bytes().decode(encoding).splitlines(keepends=True)
    for old, new in zip(old_lines, filled.read_bytes().decode(encoding).splitlines(keepends=True), strict=True):
        if old == new:
            lines.append(new)
            continue
        emptied = [new[: m.start()] + new[m.end() :] for m in re.finditer(r'"?\d+[.,]\d\d"?', new)]
        lines.append(next((line for line in emptied if line == old), new))
    return "".join(lines).encode(encoding)


def test_what_moodle_would_skip_is_said(course, tmp_path):
    sheet = tmp_path / "w.csv"
    sheet.write_text(
        FRENCH + "\n"
        'Participant 1,"Ada Lovelace",ada@u.fr,x,"50,00","100,00",Oui,-,"lundi 2 novembre 2026, 09:00",\n'
        'Participant 2,"Grace Hopper",grace@u.fr,x,,"100,00",Non,-,-,\n'
        'Participant 3,"Nobody Here",n@u.fr,x,,"100,00",Oui,-,-,\n',
        "utf-8",
    )
    with gradebook_of(course) as gradebook:
        gradebook.add_student("ada", email="ada@u.fr")
        gradebook.add_student("grace", first_name="Grace", last_name="Hopper")
        gradebook.add_student("eve")
    graded(course, {"ada": 4.0, "grace": 8.0, "eve": 1.0}, by_hand={"ada"})
    filled = fill_moodle(open_course(course), "TP6", sheet, tmp_path / "f.csv")
    assert (filled.written, filled.locked, filled.unfinished) == (["ada"], ["grace"], ["ada"])
    assert (filled.without_row, filled.without_mark) == (["eve"], ["Nobody Here"])
    assert any("French dates" in note for note in filled.notes)
    assert [row["Note"] for row in read(tmp_path / "f.csv")] == ["50,00", "", ""]


def test_canvas(course, tmp_path):
    export = tmp_path / "grades.csv"
    given = (
        "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,TP5 (76),TP6 (77),Final Score (read only)\n"
        "    Points Possible,,,,,10,20,(read only)\n"
        '"Lovelace, Ada",1001,S1,ada@u.fr,A,3.00,,55\n"Hopper, Grace",1002,S2,grace,A,,,\n'
        '"Student, Test",1003,,t,A,,,\n'
    )
    export.write_text(given, "utf-8")
    graded(course, {"grace": 2.0})
    with gradebook_of(course) as gradebook:
        gradebook.add_student("al", first_name="Ada", last_name="Lovelace")
    graded(course, {"al": 8.0})
    filled = fill_canvas(open_course(course), "TP6", export, tmp_path / "f.csv")
    assert sorted(filled.written) == ["al", "grace"]
    assert (filled.without_row, filled.without_mark) == ([], [])
    expected = given.replace("3.00,,55", "3.00,20.00,55").replace("grace,A,,,", "grace,A,,5.00,")
    assert (tmp_path / "f.csv").read_text("utf-8") == expected
    with pytest.raises(TplibError, match=r"TP5 \(76\), TP6 \(77\)"):
        fill_canvas(open_course(course), "TP6", export, tmp_path / "g.csv", "TP7")


def test_feedback_goes_back_to_the_folders_it_came_from(course, tmp_path):
    places = [f"{name}_{number}_assignsubmission_file_" for name, number in CLASS[:5]]
    collect(
        course, "TP6", archive(tmp_path / "x.zip", {f"{place}/1_forward.ipynb": notebook(place) for place in places})
    )
    for folder in [*(course / "submitted").iterdir(), course / "submitted/eve"]:
        page = course / "feedback" / folder.name / "TP6" / "1_forward.html"
        page.parent.mkdir(parents=True)
        page.write_text(folder.name)
    left = write_feedback_zip(open_course(course), "TP6", tmp_path / "feedback.zip")
    assert left == ["eve"]
    with zipfile.ZipFile(tmp_path / "feedback.zip") as file:
        assert sorted(file.namelist()) == sorted(f"{place}/1_forward.html" for place in places)


def test_tables_for_other_programs(course, tmp_path):
    graded(course, {"ada": 4.0, "zoé": 8.0}, by_hand={"ada"})
    opened = open_course(course)
    assert write_table(opened, "TP6", tmp_path / "t.csv") == write_table(opened, "TP6", tmp_path / "t.parquet") == 2
    rows = {row["student"]: row for row in read(tmp_path / "t.csv")}
    assert (rows["zoé"]["exercise"], rows["zoé"]["score"], rows["ada"]["to_mark_by_hand"]) == ("softmax", "8.0", "True")
    columns = pyarrow.parquet.read_table(tmp_path / "t.parquet").to_pydict()
    assert sorted(columns["student"]) == ["ada", "zoé"]
    assert sorted(columns["score"]) == [4.0, 8.0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04", "spreadsheet"),
        (b"one column\nx\n", "no table"),
        (b"a,b\n1,2\n", "no grading worksheet"),
        (b"Identifier,Full name,Grade\nParticipant 1,Ada,\n", "Maximum Grade"),
    ],
)
def test_another_table_is_refused_in_a_sentence(course, tmp_path, content, words):
    graded(course, {"ada": 4.0})
    (tmp_path / "w.csv").write_bytes(content)
    with pytest.raises(TplibError, match=words):
        fill_moodle(open_course(course), "TP6", tmp_path / "w.csv", tmp_path / "f.csv")
    assert not (tmp_path / "f.csv").exists()


def test_commands(course, tmp_path):
    students = CLASS[:3]
    files = {f"{name}_{number}_assignsubmission_file_/1_forward.ipynb": notebook("x") for name, number in students}
    source = archive(tmp_path / "x.zip", {**files, "stray.ipynb": notebook("y")})
    sheet = worksheet(tmp_path / "w.csv", students, FRENCH, "20,00")
    run = CliRunner().invoke
    done = run(app, ["collect", "TP6", str(source), "--course", str(course), "--roster", str(sheet)])
    assert done.exit_code == 1
    assert "Moodle: 3 new." in done.output
    assert "No place for stray.ipynb" in done.output
    graded(course, {folder.name: 6.0 for folder in (course / "submitted").iterdir()})
    done = run(app, ["export", "TP6", "--course", str(course), "--moodle", str(sheet)])
    assert done.exit_code == 0, done.output
    assert [row["Note"] for row in read(tmp_path / "w-filled.csv")] == ["15,00"] * 3
    assert "8 points here are 20 there" in " ".join(done.output.split())
    assert run(app, ["export", "TP6", "--course", str(course)]).exit_code == 1
    assert run(app, ["export", "TP6", "--course", str(course), "--moodle", str(sheet), "-o", str(sheet)]).exit_code == 1


def test_the_worksheet_of_another_assignment_is_refused_unless_names_are_asked_for(course, tmp_path):
    files = {"Ada Lovelace_7_assignsubmission_file_/1_forward.ipynb": notebook("a")}
    collect(course, "TP6", archive(tmp_path / "x.zip", files))
    graded(course, {"ada-lovelace": 8})
    sheet = worksheet(tmp_path / "w.csv", [("Ada Lovelace", 93)], ENGLISH, "20.00")
    output, asked = tmp_path / "out.csv", ["export", "TP6", "--course", str(course), "--moodle", str(sheet)]
    refused = CliRunner().invoke(app, [*asked, "-o", str(output)])
    assert refused.exit_code == 1
    assert "seems to be another assignment's" in refused.stderr
    assert not output.exists()
    assert CliRunner().invoke(app, [*asked, "-o", str(output), "--by-name"]).exit_code == 0
    assert read(output)[0]["Grade"] == "20.00"


def test_a_zip_without_feedback_is_refused(course, tmp_path):
    with pytest.raises(TplibError, match=r"there is no feedback of TP6 yet: run `tp feedback TP6 --course .*` first"):
        write_feedback_zip(open_course(course), "TP6", tmp_path / "f.zip")
    assert not (tmp_path / "f.zip").exists()


def test_a_table_in_the_code_of_windows(tmp_path):
    (tmp_path / "w.csv").write_bytes("Nom complet,Note\nŒdipe Roi,8 €\n".encode("cp1252"))
    sheet = read_sheet(tmp_path / "w.csv")
    assert sheet.value(1, 0) == "Œdipe Roi"
    assert sheet.encoded() == (tmp_path / "w.csv").read_bytes()


@pytest.fixture
def half_a_class(course, tmp_path):
    """Ada handed in; Bob did not; Cleo did, as Moodle says, and the archive lacks it."""
    sheet = tmp_path / "w.csv"
    sheet.write_text(
        ENGLISH + "\n"
        'Participant 1,"Ada L",ada@u.fr,x,,"20.00",Yes,"Thursday, 12 November 2026, 3:04 PM",-,\n'
        'Participant 2,"Bob M",bob@u.fr,x,,"20.00",Yes,-,-,\n'
        'Participant 3,"Cleo N",cleo@u.fr,x,,"20.00",Yes,"Thursday, 12 November 2026, 3:04 PM",-,\n',
        "utf-8",
    )
    files = {"Ada L_1_assignsubmission_file_/1_forward.ipynb": notebook("a")}
    collect(course, "TP6", archive(tmp_path / "x.zip", files), sheet)
    graded(course, {"ada-l": 4.0})
    return sheet


def test_who_handed_in_nothing_gets_no_zero_unless_it_is_asked_for(course, tmp_path, half_a_class):
    opened, output = open_course(course), tmp_path / "f.csv"
    filled = fill_moodle(opened, "TP6", half_a_class, output)
    assert (filled.written, filled.missing, filled.zeros) == (["ada-l"], ["bob-m"], [])
    assert filled.without_mark == ["Cleo N"]
    assert [row["Grade"] for row in read(output)] == ["10.00", "", ""]
    filled = fill_moodle(opened, "TP6", half_a_class, output, zeros=True)
    assert (filled.written, filled.missing, filled.zeros) == (["ada-l"], [], ["bob-m"])
    assert [row["Grade"] for row in read(output)] == ["10.00", "0.00", ""]  # Cleo's is Moodle's to find
    told = CliRunner().invoke(
        app, ["export", "TP6", "--course", str(course), "--moodle", str(half_a_class), "--zeros", "-o", str(output)]
    )
    assert "1 handed in nothing: 0 was written: bob-m" in " ".join(told.output.split())


def test_tables_for_other_programs_say_who_handed_in_nothing_with_nbgraders_zero(course, tmp_path, half_a_class):
    opened = open_course(course)
    write_table(opened, "TP6", tmp_path / "t.csv")
    rows = {row["student"]: row for row in read(tmp_path / "t.csv")}
    assert {one: (row["missing"], row["score"], row["handed_in"] != "") for one, row in rows.items()} == {
        "ada-l": ("False", "4.0", False),
        "bob-m": ("True", "0.0", False),
        "cleo-n": ("True", "0.0", False),
    }
    with gradebook_of(course) as gradebook:  # what nbgrader's own export gives
        plugin = CsvExportPlugin()
        plugin.to = str(tmp_path / "nbgrader.csv")
        plugin.export(gradebook)
    theirs = {row["student_id"]: float(row["score"]) for row in read(tmp_path / "nbgrader.csv")}
    assert theirs == {one: float(row["score"]) for one, row in rows.items()}


@pytest.mark.parametrize(
    ("separator", "top", "written"),
    [
        (";", "20", "10,00"),
        (",", "20", "10.00"),
        (";", "20.00", "10.00"),
        (";", "20,0", "10,00"),
        ("\t", "20", "10.00"),
    ],
)
def test_decimal_commas_as_the_sheet_has_them_or_as_excel_would(course, tmp_path, separator, top, written):
    graded(course, {"ada": 4.0})
    sheet = worksheet(tmp_path / "w.csv", [("ada", 1)], FRENCH, top, separator=separator)
    fill_moodle(open_course(course), "TP6", sheet, tmp_path / "f.csv")
    assert read(tmp_path / "f.csv", separator=separator)[0]["Note"] == written
