"""The ids of a course's students, kept in `.tplib/people.json`, so that a person has the same id in each assignment."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from tplib.errors import TplibError
from tplib.files import write_atomically
from tplib.lms.layouts import Owner
from tplib.lms.people import Person, folded, slug, twice, words

NAMELESS = {"participant", "anon"}
SAFE = re.compile(r"[\w@][\w.@-]*", re.ASCII)


@dataclass(frozen=True)
class Known:
    """A person: the name as the platform writes it, and what else tells people apart."""

    name: str
    email: str = ""
    student_number: str = ""


@dataclass(frozen=True)
class Handed:
    """How one student's submission of one assignment came in: `Owner` says what the fields are."""

    platform: str
    number: str = ""
    place: str = ""
    late: bool = False


@dataclass
class Register:
    """Who is who in a course, and how each assignment came in, by student id."""

    path: Path
    people: dict[str, Known] = field(default_factory=dict)
    handed: dict[str, dict[str, Handed]] = field(default_factory=dict)

    def save(self) -> None:
        content = {
            "people": {student: asdict(person) for student, person in self.people.items()},
            "handed": {
                assignment: {student: asdict(how) for student, how in by_student.items()}
                for assignment, by_student in self.handed.items()
            },
        }
        write_atomically(self.path, json.dumps(content, ensure_ascii=False, indent=1).encode())

    def find(self, person: Known, any_order: bool = False) -> str | None:
        """The id of a person who is known: by number, by address, or by a name that one person has.

        any_order: also by the words of the name, whichever comes first.
        """
        for of in (lambda known: known.student_number, lambda known: known.email.casefold()):
            same = [student for student, known in self.people.items() if of(person) and of(known) == of(person)]
            if same:
                return same[0]
        for form in (folded, words) if any_order else (folded,):
            wanted = form(person.name)
            same = [student for student, known in self.people.items() if wanted and form(known.name) == wanted]
            if same:
                break
        if len(same) != 1 or differ(self.people[same[0]], person):
            return None
        return same[0]

    def enter(self, student: str, person: Known) -> None:
        """Keep a person, with what was known before where nothing new is said."""
        before = self.people.get(student, person)
        self.people[student] = replace(
            person,
            name=person.name or before.name,
            email=person.email or before.email,
            student_number=person.student_number or before.student_number,
        )


def known_of(person: Person, otherwise: str = "") -> Known:
    """What a row of a table says of a person. otherwise: the name where it has none."""
    return Known(person.name or otherwise, person.email, person.student_number)


def differ(one: Known, other: Known) -> bool:
    """Whether two people of one name are surely two."""
    pairs = ((one.student_number, other.student_number), (one.email.casefold(), other.email.casefold()))
    return any(a and b and a != b for a, b in pairs)


def open_register(root: Path) -> Register:
    """The register of the course in `root`. Raises TplibError where it is damaged."""
    path = root / ".tplib" / "people.json"
    register = Register(path)
    if not path.exists():
        return register
    try:
        content = json.loads(path.read_text("utf-8"))
        register.people = {student: Known(**values) for student, values in content["people"].items()}
        register.handed = {
            assignment: {student: Handed(**values) for student, values in by_student.items()}
            for assignment, by_student in content["handed"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TplibError(f"{path} cannot be read ({error}): put a copy of it back, or move it away") from error
    return register


def without_shared(roster: list[Person]) -> list[Person]:
    """The people of a table, without numbers and addresses that several share, such as `-` or `0`: they tell nobody."""
    numbers = Counter(person.number for person in roster)
    emails = Counter(person.email.casefold() for person in roster)
    student_numbers = Counter(person.student_number for person in roster)
    return [
        replace(
            person,
            number=person.number if numbers[person.number] == 1 else "",
            email=person.email if emails[person.email.casefold()] == 1 else "",
            student_number=person.student_number if student_numbers[person.student_number] == 1 else "",
        )
        for person in roster
    ]


class Identifier:
    """Gives each owner of a submission the id of a student, or those of a team."""

    def __init__(
        self, register: Register, roster: list[Person], entered: dict[str, Known], owners: list[Owner]
    ) -> None:
        """entered: whom the gradebook knows, by id. owners: all who hand in now."""
        self.register, self.ids = register, set(entered) | set(register.people)
        self.by_hand = {one: known for one, known in entered.items() if one not in register.people}
        self.roster = roster = without_shared(roster)
        alone = list({(owner.name, owner.number or owner.email): owner for owner in owners}.values())
        self.namesakes = (
            twice([owner.name for owner in alone if owner.number])
            | twice([person.name for person in roster])
            | twice([known.name for known in register.people.values()])
        )
        self.disordered = (  # names that several have who differ by the order of its words at most
            twice([owner.name for owner in alone], words)
            | twice([person.name for person in roster], words)
            | twice([known.name for known in {**entered, **register.people}.values()], words)
        )
        self.teams = {folded(person.group) for person in roster if person.group}
        self.by_number = {person.number: person for person in roster if person.number}
        self.by_email = {person.email.casefold(): person for person in roster if person.email}
        self.by_student_number = {person.student_number: person for person in roster if person.student_number}
        self.given: dict[tuple[str, str], list[str]] = {}
        self.doubtful: set[str] = set()
        self.strangers: set[str] = set()
        self.rows: dict[str, Person] = {}  # the row of the table, by student
        self.split: dict[str, str] = {}  # who collected without a table got another id than the course's: both ids
        self.any_team = False
        self.handed: dict[str, Handed] = {}  # how this assignment came in before, on the same platform

    def students(self, owner: Owner) -> list[str]:
        """The ids of those who handed this in; each is in the register afterwards."""
        key = (owner.name, owner.number or owner.email)
        if key not in self.given:
            self.given[key] = self._students(owner)
        return self.given[key]

    def _students(self, owner: Owner) -> list[str]:
        if owner.several and folded(owner.name) in self.teams:  # whose number may be a person's as well
            self.any_team = True
            return [self.enrol(one) for one in self.roster if folded(one.group) == folded(owner.name)]
        person = self._in_roster(owner)
        if person is not None:
            return [self.enrol(person, owner.name)]  # an anonymous table has no names
        known = Known(owner.name, owner.email, owner.student_number)
        student = self._before(known, owner.number)
        if student is None:
            student = self._student(known, owner.number)
        else:  # collected before, perhaps with a table that told namesakes apart
            self.register.enter(student, known)
        if (row := self._row_of(student)) is not None and self._known(known_of(row)) == student:
            return [self.enrol(row, owner.name)]
        if self.roster:
            self.strangers.add(student)
        return [student]

    def _row_of(self, student: str) -> Person | None:
        """The row of somebody whose number or address is known from before, however the archive writes the name."""
        for known in filter(None, (self.register.people.get(student), self.by_hand.get(student))):
            row = self.by_student_number.get(known.student_number) or self.by_email.get(known.email.casefold())
            if row is not None:
                return row
        return None

    def enrol(self, person: Person, otherwise: str = "") -> str:
        """The id of a person of the table, who is in the register afterwards. otherwise: the name of one without."""
        known = known_of(person, otherwise)
        student = self._before(known, person.number)
        if student is None:
            student = self._student(known, person.number)
        elif (other := self._known(known)) not in (None, student):
            self.split[student] = str(other)
        else:
            self.register.enter(student, known)
        self.rows[student] = person
        return student

    def _before(self, person: Known, number: str) -> str | None:
        """Who handed in with this number before, however the name is spelt. The number of a team is nobody's."""
        same = [one for one, how in self.handed.items() if how.number and how.number == number]
        if len(same) != 1 or (known := self.register.people.get(same[0])) is None or differ(known, person):
            return None
        return None if folded(known.name) in self.teams else same[0]

    def _in_roster(self, owner: Owner) -> Person | None:
        found = (
            self.by_student_number.get(owner.student_number)
            or self.by_email.get(owner.email.casefold())
            or self.by_number.get(owner.number)
        )
        if found is not None:
            return found
        named = [person for person in self.roster if folded(person.name) == folded(owner.name)]
        if not named and words(owner.name) not in self.disordered:
            named = [person for person in self.roster if words(person.name) == words(owner.name)]
        return named[0] if len(named) == 1 else None

    def _student(self, person: Known, number: str) -> str:
        student = self._known(person)
        if student is None:
            student = self._new(person, number)
        self.ids.add(student)
        self.register.enter(student, person)
        return student

    def _known(self, person: Known) -> str | None:
        if folded(person.name) in NAMELESS:
            return None
        if person.name in self.ids:  # a folder that bears a student's id
            return person.name
        if folded(person.name) in self.namesakes and not (person.email or person.student_number):
            return None
        any_order = words(person.name) not in self.disordered
        by_hand = Register(self.register.path, self.by_hand)
        return self.register.find(person, any_order) or by_hand.find(person, any_order)

    def _new(self, person: Known, number: str) -> str:
        name = slug(person.name)
        if not number and SAFE.fullmatch(person.name) and person.name not in self.ids:
            return person.name  # a folder's name, which is an id already
        ambiguous = folded(person.name) in self.namesakes
        if folded(person.name) in NAMELESS:
            return f"{name}-{number}"
        if not ambiguous and name not in self.ids:
            return name
        own = person.student_number or person.email.partition("@")[0] or number
        if ambiguous and not (person.student_number or person.email):
            self.doubtful.add(person.name)
        student = f"{name}-{slug(own)}" if own else name
        # A number of one assignment: the same person, collected again.
        if student in self.ids and not differ(self.register.people.get(student, person), person) and own == number:
            return student
        count = 2
        while student in self.ids:
            student = f"{name}-{slug(own)}-{count}" if own else f"{name}-{count}"
            count += 1
        return student
