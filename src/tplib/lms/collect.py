"""From a platform's archive to nbgrader's `submitted/`: each file to its student, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tplib.autograde.bridge.course import Course, open_course
from tplib.autograde.submissions.clock import course_zone, zone
from tplib.autograde.submissions.enrolment import open_enrolment
from tplib.errors import TplibError
from tplib.files import not_written
from tplib.lms.archives import BROKEN, LITTER, empty_folders, entries
from tplib.lms.enrolling import enter_students, is_own_table, read_class
from tplib.lms.journal import CollectJournal
from tplib.lms.layouts import MOODLE, Owner, Placed, recognise
from tplib.lms.marks import entered_students
from tplib.lms.notebook_names import Recogniser, named, raised, require_own
from tplib.lms.people import people
from tplib.lms.placing import TIMESTAMP, Incoming, keep, place
from tplib.lms.put_right import put_right
from tplib.lms.register import Handed, Identifier, open_register
from tplib.lms.sheets import read_sheet
from tplib.sentences import proposed

SUBMISSION_CAP = 1 << 30  # bytes
PLATFORMS = ("Moodle", "Canvas", "Gradescope")  # what comes from there, students wrote
AGAIN = "correct that and run this command again"
OWN_TIMESTAMP = "timestamp (handed in).txt"


@dataclass
class Collected:
    """What came of collecting an archive: ids of students by what became of theirs, and what was left over."""

    platform: str
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    timed: list[str] = field(default_factory=list)  # of these, whose time was put right
    penalised: list[str] = field(default_factory=list)  # of these, whose points for lateness may change
    late: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)  # who are not in the roster
    absent: list[str] = field(default_factory=list)  # who are in it, and of whom nothing is here
    lacking: list[str] = field(default_factory=list)  # of these, the ones who handed in, as it says
    renumbered: list[str] = field(default_factory=list)  # who have another number in this assignment than before
    gone: list[str] = field(default_factory=list)  # who were in the last one, and are no more
    renamed: list[str] = field(default_factory=list)  # whose notebooks have other names, and which
    unclear: list[str] = field(default_factory=list)  # who have several files with answers to one, and which
    strange: list[str] = field(default_factory=list)  # who have a file that is another notebook, and which
    notes: list[str] = field(default_factory=list)
    unplaced: list[tuple[str, str]] = field(default_factory=list)  # path and reason
    kept: Path = Path()  # where that lies which is not in submitted/


def collect(
    folder: Path, assignment: str, source: Path, roster: Path | None = None, timezone: str | None = None
) -> Collected:
    """`collect_files`, in whose place a sentence stands where the course folder cannot be written."""
    try:
        return collect_files(folder, assignment, source, roster, timezone)
    except OSError as error:
        where = Path(error.filename or folder)
        raise TplibError(not_written(where, error, AGAIN, what="written or read")) from error


def collect_files(
    folder: Path, assignment: str, source: Path, roster: Path | None = None, timezone: str | None = None
) -> Collected:
    """Put what is in `source`, an archive or a folder, into the course's `submitted/`.

    roster: a platform's table of the class, which gives names, addresses and times. timezone: of the platform's times;
    without one the course's, else this machine's. A submission that replaces another leaves the former one in
    `downloaded/ASSIGNMENT/earlier/`; a file without an owner goes to `.../unplaced/`.
    """
    course = open_course(folder)
    notebooks = [path.stem for path in sorted(course.path("source", assignment=assignment).glob("*.ipynb"))]
    if not notebooks:
        known = ", ".join(course.assignments("source")) or "none"
        raise TplibError(f"There is no assignment called {assignment!r} in source/. The course has {known}.")
    own = zone(timezone, "--timezone") if timezone else course_zone(course.app.config)
    listed = people(read_sheet(roster), own) if roster else []
    layout = recognise(entries(source, own), assignment, notebooks)
    if not layout.placed and not layout.unplaced:
        raise TplibError(f"{source} holds no file: download it again, or choose the folder that holds the submissions")
    require_own(course, assignment, source, notebooks, layout.placed)
    collected = Collected(layout.platform, kept=course.root / "downloaded" / assignment)
    _tell_empty(source, collected)
    register, enrolment = open_register(course.root), open_enrolment(course.root)
    entered = entered_students(course)
    identifier = Identifier(register, listed, entered, [placed.owner for placed in layout.placed])
    handed, before = register.handed.setdefault(assignment, {}), dict(register.people)
    identifier.handed = {student: how for student, how in handed.items() if how.platform == layout.platform}

    journal = CollectJournal(course.root, assignment)
    journal.begin(source)
    incoming = _read(layout.placed, layout.platform, identifier, collected, journal)
    for entry in layout.unplaced:
        content = entry.read() if entry.whole else None
        _leave(collected, journal, entry.path, entry.problem or "it has no owner", content)
    numbers = {placed.owner.number for placed in layout.placed if placed.owner.number}
    times = is_own_table(listed, identifier, numbers)
    for student, submission in incoming.items():
        row = identifier.rows.get(student) if times else None
        submission.sure = bool(row and row.handed_in) or timezone is not None
        submission.time = (row and row.handed_in) or submission.time
        target = course.path("submitted", student, assignment)
        getattr(collected, place(target, student, submission, collected.kept, journal)).append(student)
    moved = {student: found.time for student, found in incoming.items() if found.moved and found.time}
    collected.timed, collected.penalised = sorted(moved), put_right(course, assignment, moved) if moved else []
    _tell_identities(collected, identifier, incoming, proposed(course.root, "collect", assignment, "--undo"))
    _tell_names(collected, Recogniser(course, assignment), incoming)
    if roster and not times:
        collected.notes.append(
            f"no number of {roster.name} is in {source.name}: it seems to be the table of another assignment, and "
            "tells people by name and address only, without times"
        )
    tables = enrolment.before(assignment)
    enrolled = _expect(course, assignment, identifier, incoming, times, roster.name, collected) if roster else []
    collected.strangers = sorted(identifier.strangers - identifier.rows.keys())  # a row that was used is somebody's
    if enrolled:
        collected.gone = enrolment.enter(assignment, enrolled)
    people_now = {student: register.people[student] for student in dict.fromkeys([*incoming, *enrolled])}
    journal.entering(
        people={
            student: [asdict(before[student]) if student in before else None, asdict(person)]
            for student, person in people_now.items()
            if before.get(student) != person
        },
        entered=[student for student in people_now if student not in entered],
        handed={
            student: asdict(handed[student]) if student in handed else None
            for student, found in incoming.items()
            if handed.get(student) != found.how
        },
        table=tables if enrolment.before(assignment) != tables else None,
    )
    handed.update({student: found.how for student, found in incoming.items()})
    enter_students(course, people_now, before)
    register.save()
    if enrolled:
        enrolment.save()
    return collected


def _tell_identities(collected: Collected, identifier: Identifier, incoming: dict[str, Incoming], undo: str) -> None:
    """Who is late, doubtful, or may be somebody else. undo: the command that takes this back."""
    collected.late = sorted(student for student, found in incoming.items() if found.how.late)
    collected.doubtful = sorted(identifier.doubtful)
    for student, found in incoming.items():
        was = identifier.handed.get(student)
        known = student in identifier.rows or was is None or was.platform != "Moodle"
        if not known and was and "" not in (was.number, found.how.number) and was.number != found.how.number:
            collected.renumbered.append(student)
    collected.notes += [
        f"{student} is {other} by the table: `{undo}`, and then with the table, makes them one"
        for student, other in identifier.split.items()
    ]


def _tell_names(collected: Collected, recogniser: Recogniser, incoming: dict[str, Incoming]) -> None:
    for student, found in sorted(incoming.items()):
        recognised = recogniser.look(found.files)
        collected.strange += [f"{student}: {sentence}" for sentence in recognised.strange]
        for name, choice in recognised.odd.items():
            if choice.rivals:
                others = ", ".join(f"{one}.ipynb" for one in choice.rivals)
                graded = f"{choice.file}.ipynb" if choice.file else "none"
                collected.unclear.append(f"{student} ({name}: {graded} is graded, {others} not)")
            elif choice.file:
                collected.renamed.append(f"{student} ({choice.file}.ipynb for {name}.ipynb)")


def _expect(
    course: Course,
    assignment: str,
    identifier: Identifier,
    incoming: dict[str, Incoming],
    times: bool,
    name: str,
    collected: Collected,
) -> list[str]:
    """The students of the table, of whom work is expected; `collected` is told of whom there is none."""
    found = read_class(identifier, incoming, times, name)
    collected.notes += found.notes
    here = {one for one in found.students if course.path("submitted", one, assignment).is_dir()}
    collected.lacking = sorted(set(found.lacking) - here)
    collected.absent = sorted(set(found.students) - here - set(incoming) - set(found.lacking))
    return found.students


def _tell_empty(source: Path, collected: Collected) -> None:
    for parts in empty_folders(source):
        if (found := MOODLE.fullmatch(parts[-1])) or (len(parts) == 1 and LITTER.isdisjoint(parts)):
            collected.notes.append(
                f"{found['name'] if found else parts[0]}: the folder is empty, nothing is in it to grade"
            )


def _read(
    placed: Iterable[Placed], platform: str, identifier: Identifier, collected: Collected, journal: CollectJournal
) -> dict[str, Incoming]:
    """The files of each student. What cannot be read is left over."""
    incoming: dict[str, Incoming] = {}
    for file in placed:
        entry, owner = file.entry, file.owner
        whole, problem = entry.whole, entry.problem
        try:
            content = entry.read() if whole else b""
        except BROKEN as error:
            content, whole, problem = b"", False, f"it cannot be read ({error})"
        for student in identifier.students(owner):
            found = incoming.setdefault(student, Incoming(_how(platform, owner)))
            found.size += len(content)
            if problem or found.size > SUBMISSION_CAP:
                reason = problem or f"{student} handed in more than {SUBMISSION_CAP >> 20} MiB"
                _leave(collected, journal, f"{student}/{file.path}", reason, content if whole else None)
                continue
            if (other := _add(found, file, content)) is not None:
                keep(collected.kept / "earlier" / student / file.path, other, journal)
            if owner.time or (platform == "Moodle" and entry.modified):
                times = [time for time in (found.time, owner.time or entry.modified) if time]
                found.time = max(times)
    for student, found in incoming.items():
        found.files = raised(named(found.files))
        if platform in PLATFORMS and TIMESTAMP in found.files:  # a student must not say when it was handed in
            found.files[OWN_TIMESTAMP] = found.files.pop(TIMESTAMP)
            collected.notes.append(
                f"{student} handed in a {TIMESTAMP}: it counts for nothing, and is {OWN_TIMESTAMP} now"
            )
        if len({name for name in found.files if name.endswith(".ipynb")}) == 0 and found.files:
            collected.notes.append(f"{student} handed in no notebook, but {', '.join(sorted(found.files)[:3])}")
    return incoming


def _how(platform: str, owner: Owner) -> Handed:
    return Handed(platform, owner.number, owner.place, owner.late)


def _add(found: Incoming, file: Placed, content: bytes) -> bytes | None:
    """Take a file in. Of two attempts at one path the later stays; gives the other, if there is one."""
    time, before = file.entry.modified, found.files.get(file.path)
    if before is None or before == content:
        found.files[file.path], found.times[file.path] = content, time
        return None
    former = found.times[file.path]
    if former is None or time is None or time >= former:
        found.files[file.path], found.times[file.path] = content, time
        return before
    return content


def _leave(collected: Collected, journal: CollectJournal, path: str, reason: str, content: bytes | None) -> None:
    """Keep what has no owner, or cannot be taken in, beside the submissions, and remember why."""
    collected.unplaced.append((path, reason))
    if content is not None:
        keep(collected.kept / "unplaced" / path, content, journal)
