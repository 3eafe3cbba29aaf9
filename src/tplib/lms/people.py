"""Who is who: the people of a platform's table, and the ids by which nbgrader knows them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from tplib.errors import TplibError
from tplib.lms.dates import moodle_date
from tplib.lms.sheets import Sheet

# Titles in the languages of the course; Moodle matches them by their text, in the teacher's language.
IDENTIFIER = ("Identifier", "Identifiant")
FULL_NAME = ("Full name", "Nom complet", "Student", "Name", "Nom")
FIRST_NAME = ("First name", "Prénom")
LAST_NAME = ("Last name", "Surname", "Nom de famille")
EMAIL = ("Email address", "Adresse de courriel", "Email", "E-mail", "Courriel", "Mail", "SIS Login ID")
STUDENT_NUMBER = (
    *("ID number", "Numéro d'identification", "Numéro d’identification", "SIS User ID", "SID"),
    *("Student number", "Student ID", "N° étudiant", "Numéro étudiant", "Numéro d'étudiant", "Matricule"),
)
GROUP = ("Group", "Groupe")
PLATFORM_NUMBER = ("ID",)  # Canvas
CANVAS = ("Student", "ID")
LISTED = 8  # titles of a table that is refused
# Letters that Unicode does not take for one with an accent.
PLAIN = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe"})
HANDED_IN = ("Last modified (submission)", "Dernière modification (travail remis)")


@dataclass(frozen=True)
class Person:
    """A row of a table.

    number: that of the submission (Moodle) or of the person (Canvas), in digits; handed_in: when.
    """

    row: int
    name: str
    number: str = ""
    email: str = ""
    student_number: str = ""
    group: str = ""
    handed_in: datetime | None = None


def people(sheet: Sheet, zone: tzinfo | None = None) -> list[Person]:
    """The people of a table of Moodle, Canvas or any that has a column of names or of addresses.

    zone: of its times; None for this machine's. Raises TplibError where it has neither.
    """
    if all(sheet.column(*titles) is None for titles in (IDENTIFIER, FULL_NAME, LAST_NAME, EMAIL, STUDENT_NUMBER)):
        raise TplibError(
            f"{sheet.path} has no column of names, numbers or addresses that is known here. Its titles are "
            f"{', '.join(map(repr, sheet.titles[:LISTED]))}; expected such as 'Full name', 'First name' and 'Last "
            "name', 'Email address', 'Nom', 'Prénom', 'Courriel'"
        )
    # A platform numbers everybody; its rows without a number are no people, such as Canvas's "Points Possible".
    numbered = sheet.column(*IDENTIFIER) is not None or None not in map(sheet.column, CANVAS)
    last_name = LAST_NAME if sheet.column(*FIRST_NAME) is None else (*LAST_NAME, "Nom", "Name")  # of a school's list

    def cell(row: int, titles: tuple[str, ...]) -> str:
        column = sheet.column(*titles)
        return unicodedata.normalize("NFC", sheet.value(row, column)).strip() if column is not None else ""

    found = []
    for row in range(1, len(sheet)):
        number = trailing_digits(cell(row, IDENTIFIER)) or cell(row, PLATFORM_NUMBER)
        first, last = cell(row, FIRST_NAME), cell(row, last_name)
        name = f"{first} {last}".strip() if first or last else cell(row, FULL_NAME)
        time = moodle_date(cell(row, HANDED_IN), zone)
        person = Person(row, name, number, cell(row, EMAIL), cell(row, STUDENT_NUMBER), cell(row, GROUP), time)
        if person.number or person.email or person.student_number or (person.name and not numbered):
            found.append(person)
    return found


def trailing_digits(identifier: str) -> str:
    """`Participant 900110` and `Participant900110` are 900110."""
    found = re.search(r"(\d+)\s*$", identifier)
    return found[1] if found else ""


def folded(name: str) -> str:
    """A name for comparison: without accents, strokes, capitals and signs; `Lovelace, Ada` is `ada lovelace`."""
    last, comma, first = name.partition(",")
    text = unicodedata.normalize("NFKD", f"{first} {last}" if comma else name)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", text.casefold().translate(PLAIN).replace("_", " ")))


def words(name: str) -> str:
    """A name for comparison in which the order does not count: lists put the family name first or last."""
    return " ".join(sorted(folded(name).split()))


def slug(name: str) -> str:
    """An id that is easy to type: `Zoé Le Goff` is `zoe-le-goff`."""
    return folded(name).replace(" ", "-")[:80] or "student"


def twice(names: list[str], form: Callable[[str], str] = folded) -> set[str]:
    """The names, folded or in another form, that several of a class have."""
    return {name for name, count in Counter(map(form, names)).items() if count > 1}
