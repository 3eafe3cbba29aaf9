"""From the gradebook to a platform's own table, to its zip of feedback, and to tables for other programs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from tplib.autograde.bridge.course import Course
from tplib.errors import TplibError
from tplib.files import not_written, write_atomically
from tplib.graders.public_part import FILE
from tplib.lms.dates import moodle_date
from tplib.lms.marks import marks, table
from tplib.lms.people import IDENTIFIER, folded, people
from tplib.lms.register import open_register
from tplib.lms.rows import Filled, by_person, count, matched
from tplib.lms.sheets import Sheet, read_sheet
from tplib.sentences import proposed

GRADE = ("Grade", "Note")
MAXIMUM = ("Maximum Grade", "Maximum grade", "Note maximale")
CHANGEABLE = ("Grade can be changed", "La note peut être modifiée")
GRADED = ("Last modified (grade)", "Dernière modification (note)")
CANVAS_NUMBER = re.compile(r"\s*\(\d+\)$")  # after the name of an assignment
POINTS_POSSIBLE = "points possible"
NO = {"no", "non"}
NO_FEEDBACK = {"timestamp.txt", FILE}  # files of a graded folder that tell students nothing


def fill_moodle(
    course: Course, assignment: str, worksheet: Path, output: Path, by_name: bool = False, zeros: bool = False
) -> Filled:
    """Write Moodle's grading worksheet with the marks in it: titles, order, language and all other cells as they were.

    Marks are in the worksheet's scale: points x its maximum / ours. A locked grade is left as it is.
    by_name: also where no participant number is one of those that `tp collect` saw. Else TplibError is raised there:
    Moodle gives each assignment numbers of its own, so the worksheet is another's.
    zeros: write 0 for who is known to have handed in nothing; a row with a time of submission gets none.
    """
    sheet, results = read_sheet(worksheet), marks(course, assignment)
    grade, maximum = sheet.column(*GRADE), sheet.column(*MAXIMUM)
    if grade is None or sheet.column(*IDENTIFIER) is None:
        raise TplibError(
            f"{worksheet} is no grading worksheet of Moodle in English or French: it lacks the column Identifier or "
            "Grade. Moodle offers 'Download grading worksheet' where the assignment has 'Offline grading worksheet' on"
        )
    if maximum is None:
        raise TplibError(f"{worksheet} has no column 'Maximum Grade': marks on a scale of words cannot be filled in")
    filled, rows = Filled(), people(sheet)
    handed = open_register(course.root).handed.get(assignment, {})
    known = {how.number for how in handed.values() if how.platform == "Moodle" and how.number}
    numbers = {person.number for person in rows if person.number}
    if known and numbers and not known & numbers and not by_name:
        raise TplibError(
            f"{worksheet} seems to be another assignment's: none of its participant numbers is one that `tp collect "
            f"{assignment}` saw. Download the worksheet of {assignment}, or go by names and addresses with --by-name"
        )
    comma = has_decimal_commas(sheet, [sheet.value(person.row, one) for person in rows for one in (grade, maximum)])
    changeable, graded = sheet.column(*CHANGEABLE), sheet.column(*GRADED)
    for person, mark in matched(course, assignment, rows, results, filled, zeros):
        if changeable is not None and folded(sheet.value(person.row, changeable)) in NO:
            filled.locked.append(mark.student)
            continue
        top = number(sheet.value(person.row, maximum))
        if top is None:
            raise TplibError(f"{worksheet}, row {person.row + 1}: the maximum grade is no number")
        value = mark.score * top / mark.max_score if mark.max_score else 0.0
        text = f"{value:.2f}"
        sheet.put(person.row, grade, text.replace(".", ",") if comma else text)
        count(filled, mark)
        if mark.max_score != top:
            _note(filled, f"Marks are in Moodle's scale: {mark.max_score:g} points here are {top:g} there.")
        before = sheet.value(person.row, graded) if graded is not None else ""
        if before.strip(" -"):
            english = moodle_date(before) is not None and not _is_french(sheet)
            _note(
                filled,
                "Some were marked before. In Moodle's upload form tick 'Allow updating records that have been modified "
                "more recently in Moodle than in the spreadsheet'"
                + ("." if english else ": Moodle does not understand its own French dates, and skips these rows."),
            )
    _write(output, sheet.encoded())
    return filled


def fill_canvas(
    course: Course, assignment: str, export: Path, output: Path, title: str | None = None, zeros: bool = False
) -> Filled:
    """Write Canvas's gradebook export with the marks in the assignment's column; all other cells are as they were.

    title: the column's, where it does not begin with the assignment's name. zeros: as for Moodle.
    """
    sheet, results = read_sheet(export), marks(course, assignment)
    wanted = folded(title or assignment)
    columns = [
        i for i, name in enumerate(sheet.titles) if folded(name) == wanted or folded(name).startswith(f"{wanted} ")
    ]
    if len(columns) != 1 or sheet.column("ID") is None:
        found = ", ".join(name for name in sheet.titles if name.endswith(")")) or "none"
        raise TplibError(
            f"{export}: {'several columns are' if columns else 'no column is'} called {title or assignment!r}. "
            f"Its assignments are {found}; choose one with --column"
        )
    column, rows = columns[0], people(sheet)
    possible = [row for row in range(1, len(sheet)) if folded(sheet.value(row, 0)) == POINTS_POSSIBLE]
    top = number(sheet.value(possible[0], column)) if possible else None
    filled = Filled()
    rows = [person for person in rows if folded(person.name) != "test student"]
    for person, mark in matched(course, assignment, rows, results, filled, zeros):
        value = mark.score * top / mark.max_score if top and mark.max_score else mark.score
        sheet.put(person.row, column, f"{value:.2f}")
        count(filled, mark)
        if top and mark.max_score != top:
            _note(filled, f"Marks are in Canvas's scale: {mark.max_score:g} points here are {top:g} there.")
    _write(output, sheet.encoded())
    return filled


def write_table(course: Course, assignment: str, output: Path) -> int:
    """Write a row for each graded cell of each student, as CSV or Parquet by the file's ending; gives their number."""
    if output.suffix not in (".csv", ".parquet"):
        raise TplibError(f"{output}: give a file that ends in .csv or .parquet")
    columns = table(course, assignment)
    rows = len(columns["student"])
    if output.suffix == ".parquet":
        import pyarrow
        import pyarrow.parquet

        arrow = pyarrow.table(columns)
        _write(output, lambda file: pyarrow.parquet.write_table(arrow, file))
    else:
        import csv
        import io

        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
        _write(output, text.getvalue().encode("utf-8"))
    return rows


def write_feedback_zip(course: Course, assignment: str, output: Path, worksheet: Path | None = None) -> list[str]:
    """Write the feedback pages in the zip that Moodle's 'Upload multiple feedback files in a zip' takes.

    The folders are those in which the submissions came (`tp collect`), or are made of the worksheet's names. Gives the
    students whose feedback has no place, because Moodle never gave their submission.
    """
    register, rows = open_register(course.root), people(read_sheet(worksheet)) if worksheet else []
    handed = register.handed.get(assignment, {})
    named = {student: person for person, student in by_person(register, assignment, rows)}
    left: list[str] = []
    students = course.students(assignment, "feedback")
    if not any(path.is_file() for one in students for path in course.path("feedback", one, assignment).rglob("*")):
        raise TplibError(
            f"there is no feedback of {assignment} yet: run `{proposed(course.root, 'feedback', assignment)}` first"
        )

    def write(file: IO[bytes]) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for student in students:
                how, person = handed.get(student), named.get(student)
                place = how.place if how else ""
                if not place and person and person.number:
                    place = f"{person.name.replace('_', ' ')}_{person.number}_assignsubmission_file_"
                pages = [p for p in sorted(course.path("feedback", student, assignment).rglob("*")) if p.is_file()]
                pages = [
                    page for page in pages if not page.name.startswith((".", "~")) and page.name not in NO_FEEDBACK
                ]
                if not place:
                    left.extend([student] if pages else [])
                    continue
                root = course.path("feedback", student, assignment)
                for page in pages:
                    archive.write(page, f"{place}/{page.relative_to(root).as_posix()}")

    _write(output, write)
    return left


def has_decimal_commas(sheet: Sheet, numbers: list[str]) -> bool:
    """Whether numbers are written with commas: as in the sheet, or where it has whole ones only, as Excel would."""
    if any("," in text or "." in text for text in numbers):
        return any("," in text for text in numbers)
    return sheet.separator == ";"


def number(text: str) -> float | None:
    """`100,00`, `100.00` and `1 000,5` as numbers."""
    cleaned = "".join(text.split()).replace(",", ".")
    try:
        return float(cleaned)
    except ValueError:
        return None


def _is_french(sheet: Sheet) -> bool:
    return sheet.column(IDENTIFIER[1]) is not None


def _note(filled: Filled, sentence: str) -> None:
    if sentence not in filled.notes:
        filled.notes.append(sentence)


def _write(output: Path, content: bytes | Callable[[IO[bytes]], object]) -> None:
    if not output.parent.is_dir():  # a slip of the pen is no place for names and marks
        raise TplibError(f"{output} cannot be written: there is no folder {output.parent}")
    try:
        write_atomically(output, content, mode=0o600)
    except OSError as error:
        raise TplibError(not_written(output, error, "choose another place with --output")) from error
