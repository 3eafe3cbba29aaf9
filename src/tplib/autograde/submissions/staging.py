"""Prepare a submission for nbgrader: its notebooks are read and repaired; stand-ins replace those that cannot be."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_notebook

from tplib.autograde.limited import Bounds, SeveralWorks, StoppedError, Work
from tplib.autograde.messages.grading import SubmissionTask
from tplib.autograde.messages.plan import NotebookPlan
from tplib.autograde.messages.problems import Problem
from tplib.autograde.notebook_files import new_cell
from tplib.autograde.submissions.notebook import UnreadableNotebook, read_notebook
from tplib.autograde.submissions.repair import repair
from tplib.autograde.submissions.which_file import NotebookFile, choose, is_answered, look_at, notebook_of

NONE: Mapping[str, Collection[str]] = MappingProxyType({})
READ = "read"
READING = Bounds(processor=60, clock=600, memory=3 << 30)  # for all notebooks of a submission


@dataclass
class Staged:
    """A submission that nbgrader can grade: every planned notebook, and the other files.

    stand_ins: notebooks with nothing in them but the reason why they score 0.
    """

    notebooks: dict[str, NotebookNode] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    stand_ins: set[str] = field(default_factory=set)


def stage(
    task: SubmissionTask,
    plans: dict[str, NotebookPlan],
    support: Collection[str] = (),
    outputs: bool = False,
    others: Mapping[str, Collection[str]] = NONE,
) -> Staged:
    """Read and repair the planned notebooks among the task's files. Other notebooks beside them are left out.

    support: the course's own files beside the notebooks; outputs: keep those that were handed in. others: the
    assignment's notebooks that have no plan, since nobody chose them, each with the ids of its cells.
    """
    top = {name[:-6]: content for name, content in task.files.items() if name.endswith(".ipynb") and "/" not in name}
    staged = Staged(problems=list(task.problems))
    staged.files = {name: content for name, content in task.files.items() if name.removesuffix(".ipynb") not in top}
    leave_out_clashes(staged, {*support, "timestamp.txt"})
    check_timestamp(staged)
    chosen = task.chosen(plans)
    read = {name: content for name, content in top.items() if name in chosen or name not in plans}
    every = {**others, **{name: plan.cells.keys() for name, plan in plans.items()}}
    notebooks = read_all(read, chosen, staged.problems, outputs, every, staged.files)
    for name, plan in chosen.items():
        if name in notebooks:
            staged.problems += repair(notebooks[name], plan)
        else:
            staged.stand_ins.add(name)
            notebooks[name] = stand_in()
        staged.notebooks[name] = notebooks[name]
    return staged


def reading(
    plans: dict[str, NotebookPlan],
    support: Collection[str] = (),
    outputs: bool = False,
    others: Mapping[str, Collection[str]] = NONE,
) -> Work:
    """`stage` as the work READ of a child, which is asked with the data of a task."""

    def work(task: bytes, _: object) -> bytes:
        staged = stage(SubmissionTask.from_data(task), plans, support, outputs, others)
        return json.dumps(
            {
                "notebooks": staged.notebooks,
                "files": list(staged.files),
                "problems": [problem.to_dict() for problem in staged.problems],
                "stand_ins": sorted(staged.stand_ins),
            }
        ).encode()

    return work


def stage_in_child(task: SubmissionTask, data: bytes, plans: dict[str, NotebookPlan], child: SeveralWorks) -> Staged:
    """`stage` in a child with limits. A submission that goes beyond them has nothing but stand-ins.

    data: of the task. child: one that has `reading`. Raises StoppedError and OSError where it failed in another way.
    """
    try:
        found = json.loads(child.ask(READ, data, READING))
    except StoppedError as stopped:
        if not stopped.limit:
            raise
        reason = f"the notebooks cannot be read: {stopped}"
        hint = "Clear their outputs, save them and hand them in again"
        problems, chosen = [*task.problems, Problem("too large", reason, hint)], task.chosen(plans)
        return Staged({name: stand_in() for name in chosen}, {}, problems, set(chosen))
    return Staged(
        {name: from_dict(notebook) for name, notebook in found["notebooks"].items()},
        {name: task.files[name] for name in found["files"]},
        [Problem.from_dict(values) for values in found["problems"]],
        set(found["stand_ins"]),
    )


def stand_in() -> NotebookNode:
    return new_notebook(cells=[new_cell("markdown", "*This notebook could not be graded.*")])


def leave_out_clashes(staged: Staged, fixed: Collection[str]) -> None:
    """Leave out files that stand where the course has a folder, or lie in a folder where the course has a file."""
    above = {str(folder) for name in fixed for folder in PurePosixPath(name).parents}
    for name in list(staged.files):
        inside = [str(folder) for folder in PurePosixPath(name).parents if str(folder) in fixed]
        if not inside and name not in above:
            continue
        del staged.files[name]
        own = f"{inside[0]} is a file of the course's" if inside else f"{name} is a folder of the course's"
        staged.problems.append(
            Problem("clashing name", f"{name} was left out: {own}", "Give your own files and folders other names")
        )


def check_timestamp(staged: Staged) -> None:
    """Leave out a `timestamp.txt` without a time: nbgrader would stop there."""
    from nbgrader.utils import parse_utc

    content = staged.files.get("timestamp.txt")
    if content is None:
        return
    try:
        parse_utc(content.decode().strip() or None)
    except (ValueError, OverflowError) as error:
        del staged.files["timestamp.txt"]
        staged.problems.append(
            Problem(
                "bad timestamp",
                f"timestamp.txt does not hold a time ({error}); the submission counts as on time",
                "The instructor can set the time in timestamp.txt, such as 2025-01-31 23:59:00 UTC",
            )
        )


def read_all(
    files: dict[str, bytes],
    plans: dict[str, NotebookPlan],
    problems: list[Problem],
    outputs: bool = False,
    every: Mapping[str, Collection[str]] = NONE,
    beside: Collection[str] = (),
) -> dict[str, NotebookNode]:
    """Read the planned notebooks, each from the file that holds it: one that was renamed is told by its cells.

    every: all notebooks of the assignment with the ids of their cells; a file of one of them is no stranger. beside:
    the names of what else was handed in.
    """
    read: dict[str, NotebookNode] = {}
    unreadable: dict[str, Problem] = {}
    for file, content in files.items():
        try:
            read[file] = read_notebook(content, file, outputs)
        except UnreadableNotebook as error:
            unreadable[file] = error.problem
    wanted = {name: plan.cells.keys() for name, plan in plans.items()}
    every = every or wanted
    known = {grade_id for ids in every.values() for grade_id in ids}
    stubs = {cell.grade_id: cell.source for plan in plans.values() for cell in plan.cells.values() if cell.solution}
    seen = {file: look_at(notebook.cells, known, stubs) for file, notebook in read.items()}
    seen |= dict.fromkeys(unreadable, NotebookFile(readable=False))
    choices = {name: choice for name, choice in choose(every, seen).items() if name in wanted}
    found = {name: choice.file or (name if name in files else "") for name, choice in choices.items()}
    missing = [name for name, file in found.items() if not file]
    strangers = [file for file in files if file not in every and not notebook_of(seen[file].ids, every)]
    notebooks: dict[str, NotebookNode] = {}
    for name, file in found.items():
        if not file:
            problems.append(missing_notebook(name, missing, strangers, choices[name].rivals, misplaced(name, beside)))
        elif file in unreadable:
            problems.append(unreadable[file])
        else:
            notebooks[name] = read[file]
            if file != name:
                problems.append(another_name(name, file, name in files))
            rivals = {rival: read[rival] for rival in choices[name].rivals}
            problems += other_answers(read[file], plans[name], file, rivals)
    return notebooks


def answers_of(notebook: NotebookNode, plan: NotebookPlan) -> dict[str, str]:
    """The cells for answers that hold something else than in the released notebook."""
    stubs = {cell.grade_id: cell.source for cell in plan.cells.values() if cell.solution}
    named = [(cell.metadata.get("nbgrader", {}).get("grade_id"), cell) for cell in notebook.cells]
    return {name: cell.source.strip() for name, cell in named if name in stubs and is_answered(name, cell, stubs)}


def another_name(name: str, file: str, beside: bool) -> Problem:
    """The problem of a notebook that was graded from a file of another name; beside: one of its own is there, too."""
    reason = f"{file}.ipynb was recognised as {name}.ipynb by its cells and graded as such"
    hint = f"Keep the name {name}.ipynb"
    if beside:
        reason += f"; {name}.ipynb beside it has none of its answers"
        hint = f"Hand in one file for this notebook, {name}.ipynb"
    return Problem("renamed notebook", reason, hint, name, repaired=True)


def other_answers(
    notebook: NotebookNode, plan: NotebookPlan, file: str, rivals: dict[str, NotebookNode]
) -> list[Problem]:
    """The problem of each copy, `p_v2.ipynb` say, that holds other answers than the notebook that is graded."""
    found = []
    for copy, content in rivals.items():
        if answers_of(content, plan) == (graded := answers_of(notebook, plan)):
            continue
        reason = f"{copy}.ipynb also holds answers to {plan.name}; {file}.ipynb was graded"
        if not graded:
            reason = f"{file}.ipynb, which was graded, holds no answer; {copy}.ipynb beside it does"
        hint = f"If {copy}.ipynb is the one to grade, rename it to {plan.name}.ipynb and hand it in again"
        found.append(Problem("answers in a copy", reason, hint, plan.name))
    return found


def misplaced(name: str, files: Collection[str]) -> str:
    """The first of the files that is a notebook's by its name, but for its folder or its ending: `A.IPYNB` say."""
    endings = (".ipynb", ".ipynb.txt", ".ipynb.json")
    wanted = {f"{name}{ending}".casefold() for ending in endings}
    return next((path for path in sorted(files) if PurePosixPath(path).name.casefold() in wanted), "")


def missing_notebook(
    name: str, missing: list[str], unknown: list[str], rivals: list[str], elsewhere: str = ""
) -> Problem:
    reason, hint = f"{name}.ipynb was not handed in, so it scores 0", f"Hand in {name}.ipynb"
    if rivals:
        listed = " and ".join(f"{one}.ipynb" for one in rivals)
        what = f"{listed} each hold answers to it"
        if len(rivals) == 1:  # else it would be graded
            what = f"{listed} holds answers to it or to another notebook with the same cells"
        reason = f"{name}.ipynb was not handed in, and {what}, so it scores 0"
        hint = f"Rename the one to grade to {name}.ipynb and hand it in again"
    elif elsewhere:
        reason += f"; {elsewhere} was, which is not the place and name that it must have"
        hint = f"Hand it in as {name}.ipynb, in no folder"
    elif len(unknown) == 1 and len(missing) == 1:
        other = f"{unknown[0]}.ipynb"
        hint = f"{other} was handed in instead: if it is this notebook, rename it to {name}.ipynb and hand it in again"
    return Problem("missing notebook", reason, hint, name)
