"""Whose row is it? The rows of a platform's table and the students of the gradebook."""

from __future__ import annotations

from dataclasses import dataclass, field

from tplib.autograde.bridge.course import Course
from tplib.lms.marks import Mark, missing
from tplib.lms.people import Person, folded, twice, words
from tplib.lms.register import Known, Register, known_of, open_register


@dataclass
class Filled:
    """What came of filling in a table: how many marks are in it, and what its user has to know.

    missing, zeros: who handed in nothing, and was left as it was, or got 0.
    """

    written: list[str] = field(default_factory=list)
    without_row: list[str] = field(default_factory=list)  # students with a result who are not in the table
    without_mark: list[str] = field(default_factory=list)  # names in the table without a result
    missing: list[str] = field(default_factory=list)
    zeros: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)  # answers changed after they were marked by hand
    locked: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def matched(
    course: Course, assignment: str, rows: list[Person], results: dict[str, Mark], filled: Filled, zeros: bool
) -> list[tuple[Person, Mark]]:
    """The rows with their students' results; `filled` is told of all others.

    zeros: who handed in nothing has a result of 0, unless the platform says that something was handed in.
    """
    found, seen = [], set()
    absent = missing(course, assignment)
    known = {one: Known(mark.name or one, mark.email) for one, mark in results.items()}
    known |= {one: Known(person.name or one, person.email) for one, person in absent.items()}
    by_row = {person.row: one for person, one in by_person(open_register(course.root), assignment, rows, known)}
    for person in rows:
        student = by_row.get(person.row)
        mark = results.get(student) if student else None
        if mark is None and student in absent and person.handed_in is None:
            if not zeros:
                filled.missing.append(student)
                continue
            top = next(iter(results.values())).max_score
            mark = Mark(student, person.name, person.email, 0.0, top, 0.0, unfinished=False, missing=True)
        if mark is None:
            filled.without_mark.append(person.name or person.number)
            continue
        found.append((person, mark))
        seen.add(mark.student)
        if mark.unfinished:
            filled.unfinished.append(mark.student)
        if mark.again:
            filled.again.append(mark.student)
    filled.without_row = sorted(set(results) - seen)
    return found


def count(filled: Filled, mark: Mark) -> None:
    """Note that a mark was written."""
    (filled.zeros if mark.missing else filled.written).append(mark.student)


def by_person(
    register: Register, assignment: str, rows: list[Person], others: dict[str, Known] | None = None
) -> list[tuple[Person, str]]:
    """The rows whose student is known: by the number of the submission, else by number, address or name.

    others: people of the gradebook, whom the register need not know.
    """
    handed = register.handed.get(assignment, {})
    by_number = {how.number: student for student, how in handed.items() if how.number}
    known = Register(register.path, dict(register.people))
    for one, person_known in (others or {}).items():
        known.people.setdefault(one, person_known)
    names = [folded(person.name) for person in rows]
    disordered = twice([person.name for person in rows], words)
    found = []
    for person in rows:
        student: str | None = by_number.get(person.number)
        if student is None and (names.count(folded(person.name)) == 1 or person.email or person.student_number):
            student = known.find(known_of(person), words(person.name) not in disordered)
        if student is None:  # ids that an instructor gave are often a number or an address
            ids = (person.student_number, person.email, person.email.partition("@")[0])
            student = next((one for one in ids if one and one in (others or known.people)), None)
        if student is not None:
            found.append((person, student))
    return found
