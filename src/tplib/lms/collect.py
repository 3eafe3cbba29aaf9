"""From a platform's archive to nbgrader's `submitted/`: each file to its student, and nothing lost."""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tplib.autograde.bridge.course import Course, open_course
from tplib.autograde.submissions.folder import read_submission
from tplib.errors import TplibError
from tplib.lms.archives import BROKEN, LITTER, empty_folders, entries
from tplib.lms.layouts import MOODLE, Owner, Placed, recognise
from tplib.lms.notebook_names import named, raised, require_own
from tplib.lms.people import people
from tplib.lms.register import Handed, Identifier, Known, open_register
from tplib.lms.sheets import read_sheet

TIMESTAMP = "timestamp.txt"
SUBMISSION_CAP = 1 << 30  # bytes


@dataclass
class Incoming:
    """What one student hands in: files by their path, and when it was handed in, where that is known."""

    how: Handed
    files: dict[str, bytes] = field(default_factory=dict)
    times: dict[str, datetime | None] = field(default_factory=dict)
    time: datetime | None = None
    size: int = 0


@dataclass
class Collected:
    """What came of collecting an archive: ids of students by what became of theirs, and what was left over."""

    platform: str
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)  # who are not in the roster
    notes: list[str] = field(default_factory=list)
    unplaced: list[tuple[str, str]] = field(default_factory=list)  # path and reason
    kept: Path = Path()  # where that lies which is not in submitted/


def collect(folder: Path, assignment: str, source: Path, roster: Path | None = None) -> Collected:
    """`collect_files`, in whose place a sentence stands where the course folder cannot be written."""
    try:
        return collect_files(folder, assignment, source, roster)
    except OSError as error:
        raise TplibError(
            f"{error.filename or folder} cannot be written or read ({error.strerror or error}): correct that "
            "and run this command again"
        ) from error


def collect_files(folder: Path, assignment: str, source: Path, roster: Path | None = None) -> Collected:
    """Put what is in `source`, an archive or a folder, into the course's `submitted/`.

    roster: a platform's table of the class, which gives names, addresses and times. A submission that replaces another
    leaves the former one in `downloaded/ASSIGNMENT/earlier/`; a file without an owner goes to `.../unplaced/`.
    """
    course = open_course(folder)
    notebooks = [path.stem for path in sorted(course.path("source", assignment=assignment).glob("*.ipynb"))]
    if not notebooks:
        known = ", ".join(course.assignments("source")) or "none"
        raise TplibError(f"There is no assignment called {assignment!r} in source/. The course has {known}.")
    listed = people(read_sheet(roster)) if roster else []
    layout = recognise(entries(source), assignment, notebooks)
    if not layout.placed and not layout.unplaced:
        raise TplibError(f"{source} holds no file: download it again, or choose the folder that holds the submissions")
    require_own(course, assignment, source, notebooks, layout.placed)
    collected = Collected(layout.platform, kept=course.root / "downloaded" / assignment)

    for parts in empty_folders(source):
        if (found := MOODLE.fullmatch(parts[-1])) or (len(parts) == 1 and LITTER.isdisjoint(parts)):
            collected.notes.append(
                f"{found['name'] if found else parts[0]}: the folder is empty, nothing is in it to grade"
            )

    register = open_register(course.root)
    with course.gradebook() as gradebook:
        ids = {student.id for student in gradebook.students}
    identifier = Identifier(register, listed, ids, [placed.owner for placed in layout.placed])
    handed = register.handed.get(assignment, {})
    identifier.handed = {student: how for student, how in handed.items() if how.platform == layout.platform}
    numbers = {placed.owner.number for placed in layout.placed if placed.owner.number}
    listed_numbers = {person.number for person in listed if person.number}
    if roster and numbers and listed_numbers and not numbers & listed_numbers:
        collected.notes.append(
            f"no number of {roster.name} is in {source.name}: it seems to be the table of another assignment, and "
            "tells people by name and address only, without times"
        )
    incoming = _read(layout.placed, layout.platform, identifier, collected)
    for entry in layout.unplaced:
        _keep(collected, entry.path, entry.problem or "it has no owner", entry.read() if entry.whole else None)

    by_number = {person.number: person for person in listed if person.number}
    for student, submission in incoming.items():
        person = by_number.get(submission.how.number)
        submission.time = (person and person.handed_in) or submission.time
        _write(course, assignment, student, submission, collected)
    register.handed.setdefault(assignment, {}).update({s: found.how for s, found in incoming.items()})
    _enter(course, {student: register.people[student].name for student in incoming}, register.people)
    register.save()
    collected.late = sorted(student for student, found in incoming.items() if found.how.late)
    collected.doubtful = sorted(identifier.doubtful)
    collected.strangers = sorted(identifier.strangers)
    return collected


def _read(placed: Iterable[Placed], platform: str, identifier: Identifier, collected: Collected) -> dict[str, Incoming]:
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
                _keep(collected, f"{student}/{file.path}", reason, content if whole else None)
                continue
            _add(found, file, content, collected, student)
            if owner.time or (platform == "Moodle" and entry.modified):
                times = [time for time in (found.time, owner.time or entry.modified) if time]
                found.time = max(times)
    for student, found in incoming.items():
        found.files = raised(named(found.files))
        if len({name for name in found.files if name.endswith(".ipynb")}) == 0 and found.files:
            collected.notes.append(f"{student} handed in no notebook, but {', '.join(sorted(found.files)[:3])}")
    return incoming


def _how(platform: str, owner: Owner) -> Handed:
    return Handed(platform, owner.number, owner.place, owner.late)


def _add(found: Incoming, file: Placed, content: bytes, collected: Collected, student: str) -> None:
    """Take a file in. Of two attempts at one path the later stays; the other is kept outside of the submission."""
    time, before = file.entry.modified, found.files.get(file.path)
    if before is None or before == content:
        found.files[file.path], found.times[file.path] = content, time
        return
    former = found.times[file.path]
    is_later = former is None or time is None or time >= former
    if is_later:
        found.files[file.path], found.times[file.path] = content, time
    other = before if is_later else content
    _keep(collected, f"{student}/{file.path}", "there is a later one of this name", other, place="earlier")


def _write(course: Course, assignment: str, student: str, found: Incoming, collected: Collected) -> None:
    """Put a submission in its place, unless the same one or a later one is there."""
    target = course.path("submitted", student, assignment)
    present = read_submission(target).files if target.is_dir() else {}
    own = {name: content for name, content in present.items() if name != TIMESTAMP}
    if own and own == {name: content for name, content in found.files.items() if name != TIMESTAMP}:
        collected.unchanged.append(student)
        return
    before = _time_of(present.get(TIMESTAMP))
    if own and before and found.time and found.time < before:
        place = collected.kept / "earlier" / student / _stamp(found.time)
        if not any(_holds(kept, found) for kept in place.parent.glob(f"{place.name}*")):
            _fill(_free(place), found)
        collected.older.append(student)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".collect-") as scratch:
        _fill(Path(scratch) / "new", found)
        if own:
            place = _free(collected.kept / "earlier" / student / _stamp(before))
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(target, place)
        elif target.is_dir():
            shutil.rmtree(target)  # nothing but a time
        os.replace(Path(scratch) / "new", target)
    (collected.changed if own else collected.new).append(student)


def _holds(folder: Path, found: Incoming) -> bool:
    """Whether these files were kept there already, when the same archive was collected before."""
    kept = read_submission(folder).files if folder.is_dir() else {}
    return {name: content for name, content in kept.items() if name != TIMESTAMP} == {
        name: content for name, content in found.files.items() if name != TIMESTAMP
    }


def _fill(folder: Path, found: Incoming) -> None:
    for name, content in found.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    folder.mkdir(parents=True, exist_ok=True)
    if found.time and TIMESTAMP not in found.files:
        (folder / TIMESTAMP).write_text(f"{found.time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC")


def _keep(collected: Collected, path: str, reason: str, content: bytes | None, place: str = "unplaced") -> None:
    """Keep what has no place in a submission beside it, and remember why."""
    if place == "unplaced":
        collected.unplaced.append((path, reason))
    if content is not None:
        target = collected.kept / place / path
        same = target.parent.glob(f"{glob.escape(target.stem)}*{glob.escape(target.suffix)}")
        if any(kept.is_file() and kept.read_bytes() == content for kept in same):
            return  # from when the same archive was collected before
        target = _free(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _free(path: Path) -> Path:
    """A path at which nothing is yet: this one, or one with a number."""
    count, free = 2, path
    while free.exists():
        free = path.with_name(f"{path.stem} ({count}){path.suffix}")
        count += 1
    return free


def _stamp(time: datetime | None) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H.%M.%S}" if time else "without a time"


def _time_of(content: bytes | None) -> datetime | None:
    from nbgrader.utils import parse_utc

    try:
        time = parse_utc(content.decode().strip()) if content else None
    except (ValueError, OverflowError, UnicodeDecodeError):
        return None
    return time.replace(tzinfo=UTC) if time else None


def _enter(course: Course, names: dict[str, str], known: dict[str, Known]) -> None:
    """Enter those who handed in, with their names, which the form grader and tables show; all or none."""
    from nbgrader.api import Student

    with course.gradebook() as gradebook:
        entered = {student.id: student for student in gradebook.students}
        for student, name in names.items():
            entry = entered.get(student) or Student(id=student)
            if not (entry.first_name or entry.last_name):  # else an instructor's own entry
                last, comma, first = name.partition(", ")  # Canvas's order
                entry.first_name, _, entry.last_name = (first, " ", last) if comma else name.rpartition(" ")
                entry.email = entry.email or known[student].email or None
                gradebook.db.add(entry)
        gradebook.db.commit()
