"""`tp collect --undo`: the last collecting of an assignment is taken back, and nothing that students wrote is lost."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tplib.autograde.bridge.course import Course, open_course
from tplib.autograde.bridge.extensions import grant
from tplib.autograde.submissions.enrolment import open_enrolment
from tplib.errors import TplibError
from tplib.files import READABLE, not_written, write_atomically
from tplib.lms.journal import Collecting, CollectJournal
from tplib.lms.placing import TIMESTAMP, free, time_of
from tplib.lms.put_right import put_right
from tplib.lms.register import Handed, Known, open_register

AGAIN = "correct that and run this command again"
STEPS = ("autograded", "feedback")


@dataclass
class Undone:
    """What was taken back: ids of students.

    removed: whose submission came with that archive; restored: whose former one is back; ungraded: of these, whose
    grade went, because it was of the work taken back; marked: who has marks that a human gave to it, and keeps it.
    kept: where all that was removed lies. table: whether a table of the class counts no more; left: who are in the
    gradebook no more. timed: whose former time of handing in is back.
    """

    source: str
    time: datetime
    kept: Path
    removed: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    ungraded: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    timed: list[str] = field(default_factory=list)
    table: bool = False


def undo(folder: Path, assignment: str) -> Undone:
    """Take back what the last `tp collect` of an assignment changed. Killed on its way, it can be called again.

    Raises TplibError where none is written down, or the course folder cannot be written.
    """
    course = open_course(folder)
    journal = CollectJournal(course.root, assignment)
    try:
        runs = journal.runs()
        while runs and not runs[-1].changed_anything:
            journal.drop_last()
            runs.pop()
        if not runs:
            raise TplibError(f"nothing to undo: no `tp collect {assignment}` is written down in {journal.path}")
        undone = _undo(course, assignment, runs[-1])
        journal.drop_last()
    except OSError as error:
        where = Path(error.filename or folder)
        raise TplibError(not_written(where, error, AGAIN, what="written or read")) from error
    return undone


def _undo(course: Course, assignment: str, run: Collecting) -> Undone:
    folder = course.root / "downloaded" / assignment
    stamp = f"{datetime.now(UTC):%Y-%m-%dT%H.%M.%S}"
    undone = Undone(run.source, run.time, free(folder / "undone" / stamp), table=run.table is not None)
    graded = {
        student
        for student, earlier in run.students.items()
        if not earlier or _graded_since(course, assignment, student, run)
    }
    entries = _entries(course, assignment, graded)
    undone.marked = sorted(student for student, by_hand in entries.items() if by_hand)
    for student, earlier in run.students.items():
        target = course.path("submitted", student, assignment)
        if student in undone.marked:
            continue
        if student in graded:
            for step in STEPS:
                _move(course.path(step, student, assignment), undone.kept / step / student)
        if not earlier:
            _move(target, undone.kept / "submitted" / student)
            undone.removed.append(student)
            continue
        if student in entries:
            undone.ungraded.append(student)
        if (course.root / earlier).is_dir():  # else it is back already, or never went
            _move(target, undone.kept / "submitted" / student)
            _move(course.root / earlier, target)
            undone.restored.append(student)
    _restore_times(course, assignment, run, undone)
    for kept in run.kept:
        path = course.root / kept
        _move(path, undone.kept / path.relative_to(folder))
    _forget(course, assignment, run, undone)
    return undone


def _restore_times(course: Course, assignment: str, run: Collecting, undone: Undone) -> None:
    moved = {}
    for student, before in run.times.items():
        path = course.path("submitted", student, assignment) / TIMESTAMP
        if student in run.students or not path.parent.is_dir():
            continue
        if not before:
            path.unlink(missing_ok=True)
        else:
            write_atomically(path, before.encode(), mode=READABLE)
        if (time := time_of(before.encode())) is not None:
            moved[student] = time
        undone.timed.append(student)
    put_right(course, assignment, moved)


def _move(path: Path, target: Path) -> None:
    if path.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, free(target))
        if not any(path.parent.iterdir()):
            path.parent.rmdir()


def _graded_since(course: Course, assignment: str, student: str, run: Collecting) -> bool:
    """Whether a grade may be of what this run brought: graded copies bear the time at which the work was read.

    A grade of the former submission stays good, with the marks that a person gave to it.
    """
    copies = list(course.path("autograded", student, assignment).glob("*.ipynb"))
    return not copies or max(copy.stat().st_mtime for copy in copies) >= run.time.timestamp()


def _entries(course: Course, assignment: str, students: set[str]) -> dict[str, bool]:
    """Those of the students who are in the gradebook, and whether a person gave marks or comments."""
    from nbgrader.api import MissingEntry

    with course.gradebook() as gradebook:
        try:
            submissions = gradebook.find_assignment(assignment).submissions
        except MissingEntry:
            return {}
        return {
            submission.student.id: any(
                any(grade.manual_score is not None or grade.extra_credit for grade in notebook.grades)
                or any(comment.manual_comment for comment in notebook.comments)
                for notebook in submission.notebooks
            )
            for submission in submissions
            if submission.student.id in students
        }


def _forget(course: Course, assignment: str, run: Collecting, undone: Undone) -> None:
    """Take the students out of the gradebook, the register and the class again, as far as nothing else names them."""
    from nbgrader.api import MissingEntry

    register, enrolment = open_register(course.root), open_enrolment(course.root)
    handed = register.handed.setdefault(assignment, {})
    for student, how in run.handed.items():
        if student in undone.marked:
            continue
        handed.pop(student, None)
        if how is not None:
            handed[student] = Handed(**how)
    if run.table is not None:
        enrolment.restore(assignment, run.table)
    named = {student for by_student in register.handed.values() for student in by_student} | enrolment.listed
    students = {one for one, (was, _) in run.people.items() if was is None} - named - set(undone.marked)
    changed = {
        one: Known(**was)
        for one, (was, now) in run.people.items()
        if was and now and register.people.get(one) == Known(**now)
    }
    extended: dict[str, timedelta] = {}
    with course.gradebook() as gradebook:
        for student in (*undone.removed, *undone.ungraded):
            with suppress(MissingEntry):
                if extension := gradebook.find_submission(assignment, student).extension:
                    extended[student] = extension
                gradebook.remove_submission(assignment, student)
        for student in run.entered:
            with suppress(MissingEntry):
                if student not in named and not gradebook.find_student(student).submissions:
                    gradebook.remove_student(student)
                    undone.left.append(student)
        for student, was in changed.items():
            with suppress(MissingEntry):
                entry = gradebook.find_student(student)
                if entry.email == register.people[student].email:
                    entry.email = was.email or None
        stay = {student.id for student in gradebook.students}
        gradebook.db.commit()
    for student, extension in extended.items():  # more time, which a person gave, waits for the next submission
        if student in stay:
            grant(course, assignment, [student], extension)
    register.people |= changed
    for student in students:
        register.people.pop(student, None)
    register.save()
    if run.table is not None:
        enrolment.save()
