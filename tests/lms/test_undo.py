"""`tp collect --undo`: the course is as it was before, and what was taken back still lies there."""

import re
import shlex
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from platforms import archive, handed_in, notebook, register
from typer.testing import CliRunner

from tplib import TplibError
from tplib.autograde.bridge.extensions import waiting
from tplib.cli import app
from tplib.lms.collect import collect
from tplib.lms.undo import undo

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # of nbgrader's own add_submission
ADA = "Ada L_1_assignsubmission_file_/1_forward.ipynb"
BOB = "Bob M_2_assignsubmission_file_/1_forward.ipynb"
ROSTER = (
    "Identifier,Full name,Email address,Grade,Maximum Grade\n"
    "Participant 1,Ada L,ada@u.fr,,20\nParticipant 2,Bob M,bob@u.fr,,20\nParticipant 3,Cleo N,cleo@u.fr,,20\n"
)


def state(course: Path) -> dict[str, object]:
    """All that a collecting changes: files, the register, the class and the gradebook."""
    files = {p.relative_to(course).as_posix(): p.read_bytes() for p in (course / "submitted").rglob("*") if p.is_file()}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nlp") as gradebook:
        students = sorted((student.id, student.first_name, student.email) for student in gradebook.students)
    known = {
        name: (course / ".tplib" / name).read_text() if (course / ".tplib" / name).exists() else ""
        for name in ("people.json", "enrolled.json")
    }
    return {"files": files, "students": students, **known}


def test_the_wrong_archive_is_taken_back_and_earlier_attempts_return(course, tmp_path):
    collect(course, "TP6", archive(tmp_path / "1.zip", {ADA: notebook("first")}))
    collect(course, "TP6", archive(tmp_path / "2.zip", {ADA: notebook("mine")}))
    before = state(course)
    (tmp_path / "r.csv").write_text(ROSTER)
    wrong = {ADA: notebook("another course's"), BOB: notebook("a stranger's"), "stray.txt": b"?"}
    collect(course, "TP6", archive(tmp_path / "wrong.zip", wrong), tmp_path / "r.csv")
    assert state(course) != before
    undone = undo(course, "TP6")
    assert (undone.source, undone.removed, undone.restored) == ("wrong.zip", ["bob-m"], ["ada-l"])
    after = state(course)
    assert after.pop("enrolled.json") in ("", '{\n "tables": {},\n "listed": []\n}')
    assert after == {name: value for name, value in before.items() if name != "enrolled.json"}
    kept = {path.read_bytes() for path in undone.kept.rglob("*") if path.is_file()}
    assert {notebook("another course's"), notebook("a stranger's"), b"?"} <= kept


def test_undone_twice_the_one_before_is_taken_back_too(course, tmp_path):
    empty = state(course)
    collect(course, "TP6", archive(tmp_path / "1.zip", {ADA: notebook("1")}))
    collect(course, "TP6", archive(tmp_path / "1.zip", {ADA: notebook("1")}))  # changes nothing, and does not count
    collect(course, "TP6", archive(tmp_path / "2.zip", {ADA: notebook("2"), BOB: notebook("2")}))
    undo(course, "TP6")
    assert handed_in(course) == {"ada-l": {"1_forward.ipynb": notebook("1")}}
    undo(course, "TP6")
    assert state(course)["files"] == {}
    assert state(course)["students"] == empty["students"]
    with pytest.raises(TplibError, match="nothing to undo"):
        undo(course, "TP6")


def test_another_assignments_people_stay(course, tmp_path):
    (course / "source/TP7").mkdir()
    (course / "source/TP7/rnn.ipynb").write_bytes(notebook("source"))
    collect(course, "TP6", archive(tmp_path / "6.zip", {ADA: notebook("6")}))
    collect(course, "TP7", archive(tmp_path / "7.zip", {ADA.replace("1_forward", "rnn"): notebook("7")}))
    undo(course, "TP6")
    assert set(register(course)["people"]) == {"ada-l"}
    assert [student[0] for student in state(course)["students"]] == ["ada-l"]
    assert list(handed_in(course, "TP7")) == ["ada-l"]


def graded(course, student, by_hand):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nlp") as gradebook:
        gradebook.update_or_create_assignment("TP6")
        gradebook.update_or_create_notebook("1_forward", "TP6")
        gradebook.update_or_create_grade_cell("q", "1_forward", "TP6", max_score=8, cell_type="code")
        gradebook.add_submission("TP6", student)
        grade = gradebook.find_grade("q", "1_forward", "TP6", student)
        grade.auto_score, grade.manual_score = 3, 5 if by_hand else None
        gradebook.db.commit()
    for step in ("autograded", "feedback"):
        folder = course / step / student / "TP6"
        folder.mkdir(parents=True)
        (folder / "1_forward").write_text(step)


def test_grades_of_what_is_taken_back_go_but_no_mark_by_hand(course, tmp_path):
    collect(course, "TP6", archive(tmp_path / "1.zip", {ADA: notebook("1"), BOB: notebook("1")}))
    graded(course, "ada-l", by_hand=False)
    graded(course, "bob-m", by_hand=True)
    told = CliRunner().invoke(app, ["collect", "TP6", "--undo", "--course", str(course)])
    assert told.exit_code == 1
    assert "keep theirs: it has marks or comments that a person gave: bob-m" in " ".join(told.output.split())
    assert list(handed_in(course)) == ["bob-m"]
    assert not (course / "autograded/ada-l").exists()
    assert (course / "autograded/bob-m/TP6/1_forward").read_text() == "autograded"
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nlp") as gradebook:
        assert [found.student.id for found in gradebook.assignment_submissions("TP6")] == ["bob-m"]
        assert [student.id for student in gradebook.students] == ["bob-m"]
    assert set(register(course)["people"]) == {"bob-m"}
    kept = next((course / "downloaded/TP6/undone").iterdir())
    assert (kept / "feedback/ada-l/1_forward").read_text() == "feedback"


def grades(course):
    """By student: the score, the mark by hand and the extension."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nlp") as gradebook:
        return {
            found.student.id: (found.score, found.notebooks[0].grades[0].manual_score, found.extension)
            for found in gradebook.assignment_submissions("TP6")
        }


def read_copies(course, *students):
    """The graded copies, which bear the time at which the work was read."""
    for student in students:
        (course / "autograded" / student / "TP6" / "1_forward.ipynb").write_bytes(notebook("graded"))


def test_of_work_that_replaced_another_grades_go_and_marks_by_hand_keep_it(course, tmp_path):
    collect(course, "TP6", archive(tmp_path / "1.zip", {ADA: notebook("1"), BOB: notebook("1")}))
    collect(course, "TP6", archive(tmp_path / "2.zip", {ADA: notebook("2"), BOB: notebook("2")}))
    for student in ("ada-l", "bob-m"):
        graded(course, student, by_hand=student == "bob-m")
    read_copies(course, "ada-l", "bob-m")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nlp") as gradebook:
        gradebook.find_submission("TP6", "ada-l").extension = timedelta(days=2)
        gradebook.db.commit()
    told = CliRunner().invoke(app, ["collect", "TP6", "--undo", "--course", str(course)], env={"COLUMNS": "200"})
    assert told.exit_code == 1
    assert "1 without a grade now: it was of the work that is taken back: ada-l" in told.output
    assert "1 keep theirs: it has marks or comments that a person gave: bob-m" in told.output
    assert handed_in(course) == {
        "ada-l": {"1_forward.ipynb": notebook("1")},
        "bob-m": {"1_forward.ipynb": notebook("2")},
    }
    assert grades(course) == {"bob-m": (5, 5, None)}
    assert not (course / "autograded/ada-l").exists()
    assert not (course / "feedback/ada-l").exists()
    assert waiting(course, "TP6") == {"ada-l": 2 * 86_400}


def test_grades_and_marks_of_the_work_that_returns_stay(course, tmp_path):
    collect(course, "TP6", archive(tmp_path / "1.zip", {ADA: notebook("1"), BOB: notebook("1")}))
    graded(course, "ada-l", by_hand=True)
    graded(course, "bob-m", by_hand=False)
    read_copies(course, "ada-l", "bob-m")
    before = grades(course)
    collect(course, "TP6", archive(tmp_path / "2.zip", {ADA: notebook("2"), BOB: notebook("2")}))
    undone = undo(course, "TP6")
    assert (undone.restored, undone.ungraded, undone.marked) == (["ada-l", "bob-m"], [], [])
    assert grades(course) == before
    assert (course / "autograded/bob-m/TP6/1_forward.ipynb").exists()


@pytest.mark.parametrize("what", ["comment", "extra credit"])
def test_comments_and_extra_credit_are_a_persons_too(course, tmp_path, what):
    collect(course, "TP6", archive(tmp_path / "1.zip", {ADA: notebook("1")}))
    collect(course, "TP6", archive(tmp_path / "2.zip", {ADA: notebook("2")}))
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nlp") as gradebook:
        gradebook.update_or_create_assignment("TP6")
        gradebook.update_or_create_notebook("1_forward", "TP6")
        gradebook.update_or_create_solution_cell("q", "1_forward", "TP6")
    graded(course, "ada-l", by_hand=False)
    read_copies(course, "ada-l")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nlp") as gradebook:
        if what == "comment":
            gradebook.find_comment("q", "1_forward", "TP6", "ada-l").manual_comment = "well done"
        else:
            gradebook.find_grade("q", "1_forward", "TP6", "ada-l").extra_credit = 1
        gradebook.db.commit()
    assert undo(course, "TP6").marked == ["ada-l"]
    assert handed_in(course)["ada-l"] == {"1_forward.ipynb": notebook("2")}


@pytest.mark.parametrize("killed_at", range(1, 6))
def test_an_undo_that_was_killed_can_be_gone_on_with(course, tmp_path, monkeypatch, killed_at):
    collect(course, "TP6", archive(tmp_path / "1.zip", {ADA: notebook("1")}))
    collect(course, "TP6", archive(tmp_path / "2.zip", {ADA: notebook("2"), BOB: notebook("2")}))
    graded(course, "ada-l", by_hand=False)
    read_copies(course, "ada-l")
    real, calls = shutil.move, []

    def move(*arguments):
        calls.append(arguments)
        if len(calls) == killed_at:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr("tplib.lms.undo.shutil.move", move)
    with pytest.raises(KeyboardInterrupt):
        undo(course, "TP6")
    monkeypatch.undo()
    undo(course, "TP6")
    assert handed_in(course) == {"ada-l": {"1_forward.ipynb": notebook("1")}}
    assert grades(course) == {}


@pytest.mark.parametrize("killed_at", range(1, 4))
def test_a_collecting_that_was_killed_can_be_taken_back(course, tmp_path, monkeypatch, killed_at):
    collect(course, "TP6", archive(tmp_path / "1.zip", {ADA: notebook("1")}))
    before = state(course)["files"]
    calls = []

    class Killed(BaseException):
        pass

    def killing(real):
        def wrapper(*arguments, **options):
            calls.append(real)
            if len(calls) == killed_at:
                raise Killed
            return real(*arguments, **options)

        return wrapper

    monkeypatch.setattr("tplib.lms.placing.shutil.move", killing(__import__("shutil").move))
    monkeypatch.setattr("tplib.lms.placing.os.replace", killing(__import__("os").replace))
    with pytest.raises(Killed):
        collect(course, "TP6", archive(tmp_path / "2.zip", {ADA: notebook("2"), BOB: notebook("2")}))
    monkeypatch.undo()
    undo(course, "TP6")
    assert state(course)["files"] == before


def test_undo_takes_no_file(course, tmp_path):
    run = CliRunner().invoke
    assert run(app, ["collect", "TP6", "x.zip", "--undo", "--course", str(course)]).exit_code == 1
    refused = run(app, ["collect", "TP6", "--course", str(course)])
    assert (refused.exit_code, "which file? tp collect TP6 FILE.zip" in refused.output + refused.stderr) == (1, True)


def test_a_collecting_that_brought_a_table_alone_is_told_as_such(course, tmp_path):
    source = archive(tmp_path / "1.zip", {ADA: notebook("1")})
    collect(course, "TP6", source)
    (tmp_path / "r.csv").write_text(ROSTER)
    collect(course, "TP6", source, tmp_path / "r.csv")
    undo_it = ["collect", "TP6", "--undo", "--course", str(course)]
    told = CliRunner().invoke(app, undo_it, env={"COLUMNS": "200"}).output
    assert re.search(r"Taken back: 1\.zip, collected on \d{4}-\d\d-\d\d \d\d:\d\d UTC\.", told)
    assert "It had brought no new work: what is in submitted/ stays." in told
    assert "The class's table that came with it counts no more." in told
    assert "2 out of the gradebook, where this archive had brought them: bob-m, cleo-n" in told
    assert list(handed_in(course)) == ["ada-l"]
    again = CliRunner().invoke(app, undo_it, env={"COLUMNS": "200"}).output
    assert "1 no longer in submitted/: ada-l" in again
    assert "no new work" not in again
    assert "table" not in again


def test_proposed_commands_can_be_typed_as_they_are(course, tmp_path, monkeypatch):
    """A name of a file with spaces is quoted, and --course goes along where it was given."""
    (course / "source/TP7").mkdir()
    (course / "source/TP7/rnn.ipynb").write_bytes(notebook("source"))
    source = archive(tmp_path / "M1 TP7.zip", {ADA.replace("1_forward", "rnn"): notebook("7")})

    def commands(*words):
        done = CliRunner().invoke(app, [*words], env={"COLUMNS": "200"})
        return [found.strip() for pair in re.findall(r"`(tp [^`]*)`|: (tp .*)", done.output) for found in pair if found]

    monkeypatch.chdir(tmp_path)
    wrong = commands("collect", "TP6", str(source), "--course", "course")
    assert wrong == [f"tp collect TP7 '{source}' --course course"]
    words = shlex.split(wrong[0])[1:]
    assert commands(*words) == ["tp grade TP7 --course course"]
    monkeypatch.chdir(course)
    assert commands("collect", "TP6", str(archive(tmp_path / "6.zip", {ADA: notebook("6")}))) == ["tp grade TP6"]


def test_times_that_were_put_right_are_taken_back_and_nothing_else(course, tmp_path):
    source = archive(tmp_path / "1.zip", {ADA: notebook("1")})
    collect(course, "TP6", source, timezone="Europe/Paris")
    before = state(course)
    collect(course, "TP6", source, timezone="UTC")
    assert state(course) != before
    assert undo(course, "TP6").timed == ["ada-l"]
    assert state(course) == before
    assert undo(course, "TP6").removed == ["ada-l"]
