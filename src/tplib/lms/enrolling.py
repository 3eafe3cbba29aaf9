"""The class by the platform's table: who stands in it is entered, so that who hands in nothing is known too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tplib.autograde.bridge.course import Course
from tplib.lms.people import Person, folded
from tplib.lms.register import Identifier, Known

AFTER_A_NAME = {"jr", "sr", "ii", "iii", "iv"}  # "King, Jr." does not begin with a last name
PARTICLES = {  # small words with which a last name begins
    *("al", "bin", "da", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "el", "la", "le", "les"),
    *("lo", "mac", "o", "ó", "san", "st", "ten", "ter", "van", "von", "zu"),
}
PRETENDED = "test student"  # whom Canvas adds to each class


@dataclass
class ClassList:
    """The students of a table by their ids, where it is this class's; else why it is not entered.

    lacking: who handed in, as the table says, and of whom nothing is here.
    """

    students: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_class(identifier: Identifier, incoming: Iterable[str], times: bool, name: str) -> ClassList:
    """Enter the people of a table in the register.

    incoming: who hands in now. At least half of them must be in the table, or it is another class's and nobody is
    entered. times: whether it is this assignment's table, which says who has handed in. name: of its file.
    """
    handing_in = set(incoming)
    found = handing_in & identifier.rows.keys()
    if 2 * len(found) < len(handing_in):
        note = (
            f"of {len(handing_in)} who hand in, {len(found)} are in {name}: it seems to be another class's, and nobody"
        )
        return ClassList(notes=[f"{note} of it was entered"])
    people = [person for person in identifier.roster if folded(person.name) != PRETENDED]
    if nameless := sum(not person.name for person in people):
        note = f"{nameless} rows of {name} have no name: they are not entered, and who handed in nothing is not known"
        return ClassList(notes=[note])
    enrolled = {identifier.enrol(person): person for person in people}
    lacking = [student for student, person in enrolled.items() if times and person.handed_in]
    return ClassList(list(enrolled), sorted(set(lacking) - handing_in))


def is_own_table(listed: list[Person], identifier: Identifier, numbers: set[str]) -> bool:
    """Whether a table is of the assignment whose submissions have these numbers, as far as that can be told.

    The numbers of teams are not those of their members.
    """
    own = {person.number for person in listed if person.number}
    return identifier.any_team or not numbers or not own or not numbers.isdisjoint(own)


def enter_students(course: Course, known: dict[str, Known], before: dict[str, Known]) -> None:
    """Enter students in the gradebook, with their names, which the form grader and tables show; all or none.

    before: the names that an earlier collecting gave, which a better one replaces; an instructor's own stay.
    """
    from nbgrader.api import Student

    with course.gradebook() as gradebook:
        entered = {student.id: student for student in gradebook.students}
        for student, person in known.items():
            entry = entered.get(student) or Student(id=student)
            new = first_and_last(person.name)
            former = first_and_last(before[student].name) if student in before else ("", "")
            had = " ".join(part for part in (entry.first_name, entry.last_name) if part)
            if had in ("", _whole(former), _whole(new)):
                if had != _whole(new):  # else an instructor may have drawn the line between the two better
                    entry.first_name, entry.last_name = new
                entry.email = entry.email or person.email or None
                gradebook.db.add(entry)
        gradebook.db.commit()


def first_and_last(name: str) -> tuple[str, str]:
    """`Lovelace, Ada` of Canvas and `Ada Lovelace`: whoever puts the two together has the name again.

    A last name is the words in capitals at the end (`Zoé LE GOFF`), or the last one and particles (`Zoé Le Goff`).
    """
    last, comma, first = name.partition(", ")
    if comma and folded(first) not in AFTER_A_NAME:
        return first, last
    words = name.split(" ")
    begin = len(words) - 1
    while begin > 1 and (words[begin - 1].casefold() in PARTICLES or _in_capitals(*words[begin - 1 : begin + 1])):
        begin -= 1
    return " ".join(words[:begin]), " ".join(words[begin:])


def _in_capitals(*words: str) -> bool:
    """Whether all of these are written in capitals; an initial is not, nor what has none."""
    return all(len(word) > 1 and word.isupper() for word in words)


def _whole(names: tuple[str, str]) -> str:
    return " ".join(part for part in names if part)
