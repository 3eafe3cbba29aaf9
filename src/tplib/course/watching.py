"""`tp build --watch`: what has been saved is built again, until Ctrl-C."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from tplib.course.layout import Course
from tplib.sentences import proposed

EVERY = 0.5  # seconds between two looks

Look = dict[Path, tuple[int, int]]  # when each file was written, and its size


class Saves:
    """Tells which files have been saved, once they are the same in two looks."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = folders
        self.built = self.before = look(folders)

    def look(self) -> list[Path]:
        """The files that are new, changed or gone since they were last told."""
        now = look(self.folders)
        settled, self.before = now == self.before, now
        if not settled:
            return []
        changed = sorted(path for path in {*now, *self.built} if now.get(path) != self.built.get(path))
        self.built = now
        return changed


def look(folders: Iterable[Path]) -> Look:
    """All files of the folders but hidden ones, the temporary files of editors and bytecode."""
    found: Look = {}
    for folder in folders:
        for path in folder.rglob("*"):
            inside = path.relative_to(folder).parts
            if path.suffix == ".pyc" or any(part.startswith((".", "#")) or part.endswith("~") for part in inside):
                continue
            try:
                about = path.stat()
            except OSError:  # gone since it was listed
                continue
            if path.is_file():
                found[path] = (about.st_mtime_ns, about.st_size)
    return found


def commands(course: Course, saved: Iterable[Path], assignments: Sequence[str], only: Sequence[str]) -> list[list[str]]:
    """The words after `tp build` for what was saved: the notebook of a script, the assignment of another file.

    Whatever lies elsewhere, as the exercises do, has everything built that was asked for.
    """
    everything = [*assignments, *(word for name in only for word in ("--only", name))]
    folder, known = course.root / "course", set(course.assignments())
    notebooks: dict[str, list[str]] = {}
    for path in saved:
        parts = path.relative_to(folder).parts if path.is_relative_to(folder) else ()
        if not parts:
            return [everything]
        if len(parts) == 1 or parts[0] not in known or (assignments and parts[0] not in assignments):
            continue
        whole = len(parts) > 2 or path.suffix != ".py" or not path.is_file()
        if whole or not only or path.stem in only:
            notebooks.setdefault(parts[0], []).append("" if whole else path.stem)
    return [
        [assignment, *(word for name in ([] if "" in names else names) for word in ("--only", name))]
        for assignment, names in notebooks.items()
    ]


def watch_course(root: Path, assignments: list[str] | None, only: list[str] | None, execute: bool | None) -> None:
    """Build what was asked for, then again what is saved. Each build is a process, which reads the exercises anew."""
    from tplib.graders.registry import folders

    course, options = Course(root), {None: [], True: ["--execute"], False: ["--no-execute"]}[execute]
    course.pages(assignments, only)  # a name that course/ does not have
    saves = Saves([root / "course", *folders()])

    def build(words: Sequence[str]) -> None:
        _run([sys.executable, "-m", "tplib.cli", "build", *words, *options, "--root", str(root)])

    build([*(assignments or ()), *(word for name in only or () for word in ("--only", name))])
    print("Watching course/ and the exercises; Ctrl-C ends this.", flush=True)
    build_saved(course, saves, assignments or (), only or (), build, _looks())


def build_saved(
    course: Course,
    saves: Saves,
    assignments: Sequence[str],
    only: Sequence[str],
    build: Callable[[Sequence[str]], None],
    looks: Iterable[object],
) -> None:
    """At each of the looks, build what was saved."""
    for _ in looks:
        if saved := saves.look():
            for words in commands(course, saved, assignments, only):
                print(proposed(course.root, "build", *words), flush=True)
                build(words)


def _looks() -> Iterator[None]:
    while True:
        time.sleep(EVERY)
        yield


def _run(command: list[str]) -> None:
    """Ctrl-C reaches the build too, which ends by itself: it is waited for, not killed."""
    process = subprocess.Popen(command)
    try:
        process.wait()
    except KeyboardInterrupt:
        process.wait()
        raise
