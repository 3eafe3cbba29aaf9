"""Where a student works: whose notebooks a folder holds, and the commands that fit it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tplib.autograde.submissions.which_file import Choice, NotebookFile, choose, look
from tplib.errors import TplibError
from tplib.student.assignments import WORK, Assignment, find, is_called, known, released_folders


@dataclass(frozen=True)
class Place:
    """A folder of work, and the course's folder as it was given."""

    folder: Path
    course: Path = Path()

    def new(self, assignment: str, fresh: str = "") -> str:
        """The command that puts a missing notebook here, or a fresh copy of one."""
        folders = released_folders(self.course)
        root = folders[assignment].parents[1] if assignment in folders else self.course
        beside = (root / WORK / assignment).resolve() == self.folder.resolve()
        words = [*([] if beside else ["--to", str(self.folder)]), *(["--fresh", fresh] if fresh else [])]
        return f"`{typed(self.course, 'new', assignment, *words)}`"


def typed(course: Path, *words: str) -> str:
    """A command that can be typed as it is. It names the course where another would be found from here, or none."""
    found_from_here = released_folders(Path()) == released_folders(course)
    return shlex.join(["tp", *words, *([] if found_from_here else ["--course", str(course)])])


def held_by(folder: Path, assignments: Iterable[Assignment]) -> dict[str, int]:
    """By assignment, how many of its cells the notebooks in a folder hold; those alone of which some are there."""
    own = {one.name: {name for released in one.notebooks.values() for name in released.ids} for one in assignments}
    every = {name for ids in own.values() for name in ids}
    here: set[str] = set()
    for path in folder.glob("*.ipynb") if folder.is_dir() else ():
        if path.is_file():
            here |= look(path.read_bytes(), every).ids
    return {name: count for name, ids in own.items() if (count := len(ids & here))}


def whose(folder: Path, course: Path) -> Assignment:
    """The assignment that a folder is work on: the one of most cells there, else of its name or that of its files.

    Raises TplibError where it is none's.
    """
    assignments = {one.name: one for one in known(course)}
    called = [one for name, one in assignments.items() if is_called(name, folder.resolve().name)]
    counts = held_by(folder, assignments.values())
    if counts:
        best = [assignments[name] for name, count in counts.items() if count == max(counts.values())]
        return next((one for one in called if one in best), best[0])
    files = {path.stem for path in folder.glob("*.ipynb")}
    by_files = [one for one in assignments.values() if not files.isdisjoint(one.notebooks)]
    if called or by_files:
        return (called or by_files)[0]
    listed = ", ".join(assignments) or "none"
    raise TplibError(f"No notebook in {folder} is one of the course's. Assignments: {listed}.")


def named(what: str, course: Path) -> tuple[Assignment, Path]:
    """The assignment that is named, and the folder of a student's work on it: here, or where `tp new` puts it.

    Raises TplibError where there is no such assignment, or the folder holds another one's notebooks.
    """
    assignment = find(what, course)
    folder = _folder_of(assignment, course)
    held = held_by(folder, [*known(course), assignment])
    if held and assignment.name not in held:
        other = max(held, key=lambda name: held[name])
        raise TplibError(
            f"{folder} holds no notebook of {assignment.name}, but of {other}: "
            f"`{typed(course, 'submit', str(folder))}` hands them in as {other}'s. Nothing was written"
        )
    return assignment, folder


def _folder_of(assignment: Assignment, course: Path) -> Path:
    if is_called(assignment.name, Path.cwd().name) or held_by(Path(), [assignment]):
        return Path()
    for beside in (Path(assignment.name), Path(assignment.name.partition("-")[0])):
        if beside.is_dir():
            return beside
    root = assignment.folder.parents[1] if assignment.folder else course
    return short(root / WORK / assignment.name)


def files_of(assignment: Assignment, files: Mapping[str, bytes]) -> tuple[dict[str, Choice], dict[str, NotebookFile]]:
    """For each notebook of an assignment which file is its, and what each file holds; files: without their endings."""
    wanted = {stem: released.ids for stem, released in assignment.notebooks.items()}
    every = {name for ids in wanted.values() for name in ids}
    looked = {name: look(content, every) for name, content in files.items()}
    return choose(wanted, looked), looked


def work_on(assignment: Assignment, course: Path) -> tuple[bool, str, str]:
    """How the work on an assignment stands, for `tp doctor`: whether all is in its place, what is seen, what to do."""
    place = Place(_folder_of(assignment, course), course)
    if not place.folder.is_dir():
        return False, "not begun here", f"{place.new(assignment.name)} makes a folder to work in."
    files = {path.stem: path.read_bytes() for path in place.folder.glob("*.ipynb") if path.is_file()}
    choices, _ = files_of(assignment, files)
    seen = [f"{one.file}.ipynb is {stem}" for stem, one in choices.items() if one.file not in ("", stem)]
    odd = [stem for stem, one in choices.items() if not one.file or one.rivals]
    seen.insert(0, f"{len(choices) - len(odd)} of {len(choices)} notebooks in {place.folder}")
    check = typed(course, "submit", "--check", assignment.name)
    advice = f"See what `{check}` says of {', '.join(odd)}." if odd else ""
    return not odd, "; ".join(seen), advice


def require_free(folder: Path, assignment: Assignment, course: Path) -> None:
    """Raise TplibError where a folder is another assignment's, so that two would lie in one."""
    others = [one for one in known(course) if one.name != assignment.name]
    held = held_by(folder, [*others, assignment])
    theirs = next((name for name in held if name != assignment.name), "")
    if theirs and assignment.name not in held:
        raise TplibError(f"{folder} holds notebooks of {theirs}: give another folder with --to. Nothing was written")
    called = next((one.name for one in others if is_called(one.name, folder.resolve().name)), "")
    if called and not held:
        raise TplibError(f"{folder} is called as {called} is: give another folder with --to. Nothing was written")


def short(path: Path) -> Path:
    """A path as it is typed from here, where it lies below."""
    try:
        return path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path
