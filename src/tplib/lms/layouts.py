"""Whose file is it? The ways in which learning platforms name the folders and files that they give for grading.

Sources: Moodle's `mod/assign/downloader.php` and `importziplib.php`; Canvas's `content_zipper.rb`; Gradescope's
`submission_metadata.yml`; nbgrader's exchange.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tplib.lms.archives import Entry

MOODLE = re.compile(r"(?P<name>.+)_(?P<number>\d+)_(?P<plugin>assignsubmission_[a-z]+)(?:_(?P<rest>.*))?", re.DOTALL)
CANVAS = re.compile(r"(?P<name>[^_]*)_(?P<late>LATE_)?(?P<number>\d+)_\d+_(?P<rest>.+)", re.DOTALL)
ANONYMOUS = re.compile(r"anon_(?P<late>LATE_)?(?P<number>\d+)_\d+_(?P<rest>.+)", re.DOTALL)
METADATA = "submission_metadata.yml"
MARKS = "-_ ()[]."  # between a student's name and a notebook's in the name of a file


@dataclass(frozen=True)
class Owner:
    """Who handed in, as the platform says it.

    number: the platform's number of the submission or of its author. place: the folder of a Moodle submission, which
    takes the feedback again. several: it may be a team's. time: of the submission.
    """

    name: str
    number: str = ""
    email: str = ""
    student_number: str = ""
    place: str = ""
    late: bool = False
    several: bool = False
    time: datetime | None = None


@dataclass(frozen=True)
class Placed:
    """A file of one owner: its path in the submission."""

    owner: Owner
    path: str
    entry: Entry


@dataclass
class Layout:
    """What was recognised: the platform, the files with their owners, and the files without one."""

    platform: str
    placed: list[Placed] = field(default_factory=list)
    unplaced: list[Entry] = field(default_factory=list)


def recognise(entries: Iterable[Entry], assignment: str, notebooks: Iterable[str] = ()) -> Layout:
    """Find out whose files these are. notebooks: the names of the assignment's notebooks, without their endings."""
    files = list(entries)
    for read in (_gradescope, _moodle, _canvas, _nbgrader):
        if (layout := read(files, assignment)).placed:
            return layout
    return _plain(files, list(notebooks))


def _moodle(files: list[Entry], assignment: str) -> Layout:
    layout = Layout("Moodle")
    for entry in files:
        for depth, part in enumerate(entry.parts):
            found = MOODLE.fullmatch(part)
            if not found or (entry.inner is not None and depth >= entry.inner):
                continue
            below = entry.parts[depth + 1 :]
            flat = found["rest"] or ""
            # Flat: the file's own name ends the part. An archive that was unpacked leaves its name there.
            path = "/".join((flat, *below)) if flat and not below else "/".join(below)
            if path:
                place = f"{found['name']}_{found['number']}_{found['plugin']}_"
                owner = Owner(found["name"], found["number"], place=place, several=found["name"] != "Participant")
                layout.placed.append(Placed(owner, path, entry))
                break
        else:
            layout.unplaced.append(entry)
    return layout


def _canvas(files: list[Entry], assignment: str) -> Layout:
    layout = Layout("Canvas")
    for entry in files:
        found = ANONYMOUS.fullmatch(entry.parts[0]) or CANVAS.fullmatch(entry.parts[0])
        if not found or entry.inner not in (None, 1):
            layout.unplaced.append(entry)
            continue
        name = found.groupdict().get("name", "anon")
        owner = Owner(name, found["number"], late=bool(found["late"]))
        below = entry.parts[1:]
        layout.placed.append(Placed(owner, "/".join(below) or found["rest"], entry))
    return layout


def _gradescope(files: list[Entry], assignment: str) -> Layout:
    layout = Layout("Gradescope")
    described = next((entry for entry in files if entry.parts[-1] == METADATA and entry.inner is None), None)
    if described is None:
        return layout
    depth = len(described.parts) - 1
    submitters = _submitters(described.read())
    for entry in files:
        if entry is described:
            continue
        owners = submitters.get(entry.parts[depth], []) if len(entry.parts) > depth + 1 else []
        layout.placed += [Placed(owner, "/".join(entry.parts[depth + 1 :]), entry) for owner in owners]
        if not owners:
            layout.unplaced.append(entry)
    return layout


def _submitters(metadata: bytes) -> dict[str, list[Owner]]:
    """For each folder those who handed it in. Keys are symbols of Ruby (`:name:`), which YAML reads as text."""
    import yaml

    from tplib.errors import TplibError

    def value(fields: object, key: str) -> str:
        found = fields.get(f":{key}", fields.get(key)) if isinstance(fields, dict) else None
        return unicodedata.normalize("NFC", str(found)) if found is not None else ""

    try:
        described = yaml.safe_load(metadata)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise TplibError(f"{METADATA} cannot be read ({error}): export the submissions again") from error
    owners: dict[str, list[Owner]] = {}
    for folder, fields in described.items() if isinstance(described, dict) else ():
        if not isinstance(fields, dict):
            continue
        time = fields.get(":created_at", fields.get("created_at"))
        if not isinstance(time, datetime):
            time = None
        elif time.tzinfo is None:  # YAML's reader gives times in UTC without saying so
            time = time.replace(tzinfo=UTC)
        owners[str(folder)] = [
            Owner(value(person, "name"), str(folder), value(person, "email"), value(person, "sid"), time=time)
            for person in fields.get(":submitters", fields.get("submitters")) or ()
        ]
    return owners


def _nbgrader(files: list[Entry], assignment: str) -> Layout:
    """STUDENT/ASSIGNMENT/file, as in submitted/, at any depth."""
    layout = Layout("nbgrader")
    for entry in files:
        places = [i for i, part in enumerate(entry.parts[:-1]) if part == assignment and i > 0]
        if places:
            at = places[0]
            layout.placed.append(Placed(Owner(entry.parts[at - 1]), "/".join(entry.parts[at + 1 :]), entry))
        else:
            layout.unplaced.append(entry)
    return layout


def _plain(files: list[Entry], notebooks: list[str]) -> Layout:
    """A folder for each student, or files whose names hold a notebook's name and a student's."""
    layout = Layout("folder")
    root = _shared_folder(files)
    for entry in files:
        parts = entry.parts[root:]
        if len(parts) > 1 and parts[0].startswith("."):  # .git and its like are nobody's
            layout.unplaced.append(entry)
            continue
        if len(parts) > 1:
            name = parts[0].removesuffix(".zip") if entry.inner == root + 1 else parts[0]
            layout.placed.append(Placed(Owner(name), "/".join(parts[1:]), entry))
            continue
        name, path = _split(parts[-1], notebooks)
        if name:
            layout.placed.append(Placed(Owner(name), path, entry))
        else:
            layout.unplaced.append(entry)
    return layout


def _shared_folder(files: list[Entry]) -> int:
    """How many folders all files lie in together, but for the one of a lone student."""
    depth = 0
    while files and all(len(entry.parts) > depth + 2 for entry in files):
        if len({entry.parts[depth] for entry in files}) > 1:
            break
        depth += 1
    return depth


def _split(name: str, notebooks: list[str]) -> tuple[str, str]:
    """The student's part and the notebook's part of a file's name, such as `ada-1_forward.ipynb`."""
    stem, dot, ending = name.rpartition(".")
    if not dot or ending != "ipynb":
        return "", name
    for notebook in sorted(notebooks, key=len, reverse=True):
        before, found, after = stem.partition(notebook)
        if found:
            student = (before.strip(MARKS) + " " + after.strip(MARKS)).strip()
            return student, f"{notebook}.ipynb"
    if len(notebooks) == 1:  # one notebook: the file is called after its author
        return stem, f"{notebooks[0]}.ipynb"
    return "", name
