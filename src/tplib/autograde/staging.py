"""Bring one student's submission into the scratch folder: plain files only, notebooks repaired, the rest named."""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from tplib.autograde.notebooks import new_cell, save
from tplib.autograde.plan import NotebookPlan
from tplib.autograde.problems import Problem
from tplib.autograde.repair import UnreadableNotebook, grade_ids, read_notebook, repair

SIZE_CAP = 2 << 30


@dataclass
class Staged:
    """A submission in the scratch folder; `stand_ins` are notebooks that hold only the reason why they score 0."""

    student: str
    folder: Path
    problems: list[Problem] = field(default_factory=list)
    stand_ins: set[str] = field(default_factory=set)


def stage(submitted: Path, staged: Staged, plans: dict[str, NotebookPlan]) -> None:
    """Copy `submitted` to `staged.folder`, with every planned notebook there: repaired, or a stand-in for it."""
    staged.folder.mkdir(parents=True)
    if submitted.is_symlink() or submitted.parent.is_symlink():
        refuse_link(staged, submitted.name, "the submission's folder")
    else:
        copy_plain_files(submitted, staged)
    check_timestamp(staged)
    notebooks = read_all(staged, plans)
    for name, plan in plans.items():
        path = staged.folder / f"{name}.ipynb"
        if name in notebooks:
            staged.problems += repair(notebooks[name], plan)
        else:
            staged.stand_ins.add(name)
            notebooks[name] = new_notebook(cells=[new_cell("markdown", "*This notebook could not be graded.*")])
        save(notebooks[name], path)
    for path in staged.folder.glob("*.ipynb"):
        if path.stem not in plans:
            path.unlink()


def refuse_link(staged: Staged, name: str, what: str) -> None:
    staged.problems.append(
        Problem(
            "link",
            f"{what} ({name}) is a symbolic link, which could point at anything on the grader's machine; "
            "it was left out",
            "Hand in the file itself",
            name.removesuffix(".ipynb") if name.endswith(".ipynb") else None,
        )
    )


def copy_plain_files(submitted: Path, staged: Staged) -> None:
    """Copy regular files; links, devices and what exceeds 2 GiB in all are left out and named."""
    total = 0
    for folder, folders, files in os.walk(submitted):
        here = Path(folder)
        target = staged.folder / here.relative_to(submitted)
        for name in list(folders):
            if (here / name).is_symlink():
                folders.remove(name)
                refuse_link(staged, name, "a folder of the submission")
            elif name.endswith(".ipynb"):
                folders.remove(name)
                reason = f"{name} is a folder, not a notebook; it was left out"
                staged.problems.append(Problem("special file", reason, "Hand in the notebook itself"))
            else:
                (target / name).mkdir(exist_ok=True)
        for name in files:
            path = here / name
            status = path.lstat()
            if stat.S_ISLNK(status.st_mode):
                refuse_link(staged, str(path.relative_to(submitted)), "a file of the submission")
            elif not stat.S_ISREG(status.st_mode):
                staged.problems.append(
                    Problem("special file", f"{name} is not a plain file; it was left out", "Hand in plain files only")
                )
            elif total + status.st_size > SIZE_CAP:
                staged.problems.append(
                    Problem("too large", f"{name} was left out: more than 2 GiB in all", "Hand in smaller files")
                )
            else:
                total += status.st_size
                shutil.copyfile(path, target / name)
                shutil.copystat(path, target / name)
                (target / name).chmod(0o644)


def check_timestamp(staged: Staged) -> None:
    """Leave out a `timestamp.txt` that holds no time: nbgrader stops at one."""
    from nbgrader.utils import parse_utc

    path = staged.folder / "timestamp.txt"
    try:
        if path.exists():
            parse_utc(path.read_text(encoding="utf-8").strip() or None)
    except (ValueError, OverflowError) as error:
        path.unlink()
        staged.problems.append(
            Problem(
                "bad timestamp",
                f"timestamp.txt does not hold a time ({error}); the submission counts as on time",
                "The instructor can set the time in timestamp.txt, such as 2025-01-31 23:59:00 UTC",
            )
        )


def read_all(staged: Staged, plans: dict[str, NotebookPlan]) -> dict[str, NotebookNode]:
    """Read the planned notebooks that are there, or that one unknown file can be recognised as."""
    notebooks: dict[str, NotebookNode] = {}
    missing = []
    for name in plans:
        path = staged.folder / f"{name}.ipynb"
        if not path.exists():
            missing.append(name)
            continue
        try:
            notebooks[name] = read_notebook(path, name)
        except UnreadableNotebook as error:
            staged.problems.append(error.problem)
    unknown = {path for path in staged.folder.glob("*.ipynb") if path.stem not in plans}
    for name in missing:
        renamed = find_renamed(plans[name], unknown)
        if renamed is not None:
            unknown.discard(renamed)
            notebooks[name] = read_notebook(renamed, name)
            staged.problems.append(
                Problem(
                    "renamed notebook",
                    f"{renamed.name} was recognised as {name}.ipynb by its cells and graded as such",
                    f"Keep the name {name}.ipynb",
                    name,
                    repaired=True,
                )
            )
        elif not any(problem.notebook == name for problem in staged.problems):
            staged.problems.append(missing_notebook(name, missing, unknown))
    return notebooks


def find_renamed(plan: NotebookPlan, unknown: set[Path]) -> Path | None:
    """The one unknown notebook that holds at least half of the plan's cells, if there is exactly one."""
    matches = []
    for path in unknown:
        try:
            shared = grade_ids(read_notebook(path, plan.name)) & plan.cells.keys()
        except UnreadableNotebook:
            continue
        if plan.cells and 2 * len(shared) >= len(plan.cells):
            matches.append(path)
    return matches[0] if len(matches) == 1 else None


def missing_notebook(name: str, missing: list[str], unknown: set[Path]) -> Problem:
    hint = f"Hand in {name}.ipynb"
    if len(unknown) == 1 and len(missing) == 1:
        other = next(iter(unknown)).name
        hint = f"{other} was handed in instead: if it is this notebook, rename it to {name}.ipynb and hand it in again"
    return Problem("missing notebook", f"{name}.ipynb was not handed in, so it scores 0", hint, name)
