"""Make a submission's notebook gradable: repair what is safe to repair, and name the problems."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from nbformat import NotebookNode

from tplib.autograde.messages.plan import Anchor, NotebookPlan, PlannedCell
from tplib.autograde.messages.problems import Problem
from tplib.autograde.notebook_files import new_cell


def grade_ids(notebook: NotebookNode) -> set[str]:
    """The grade ids that a notebook's cells carry."""
    return {grade_id for cell in notebook.cells if (grade_id := _grade_id(cell)) is not None}


def _grade_id(cell: NotebookNode) -> str | None:
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    return grade_id if isinstance(grade_id, str) else None


def repair(notebook: NotebookNode, plan: NotebookPlan) -> list[Problem]:
    """Repair the notebook in place so that nbgrader can grade it. Returns the problems."""
    problems: list[Problem] = []
    if any(_schema(cell) != 3 for cell in notebook.cells if "nbgrader" in cell.metadata):
        problems.append(
            Problem(
                "old schema",
                f"{plan.name}.ipynb was made for another version of nbgrader; its cells were brought up to date",
                "Nothing to do. Start the next notebook from the course's current release",
                plan.name,
                repaired=True,
            )
        )
    _drop_unknown(notebook, plan)
    problems += _find_stripped(notebook, plan)
    problems += _separate_duplicates(notebook, plan)
    problems += _restore_missing(notebook, plan)
    problems += _make_canonical(notebook, plan)
    return problems


def _schema(cell: NotebookNode) -> Any:
    return cell.metadata["nbgrader"].get("schema_version", 0)


def _drop_unknown(notebook: NotebookNode, plan: NotebookPlan) -> None:
    """Cells without a grade id, or with one that the notebook should not have, become the student's own cells."""
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata and _grade_id(cell) not in plan.cells:
            del cell.metadata["nbgrader"]


def _find_stripped(notebook: NotebookNode, plan: NotebookPlan) -> list[Problem]:
    """Put back nbgrader's marks where they were lost (some editors drop them, and copies of cells do)."""
    present = grade_ids(notebook)
    unmarked = [cell for cell in notebook.cells if _grade_id(cell) is None]
    released = {anchor.grade_id: anchor for anchor in plan.anchors if anchor.grade_id}
    recognised = []
    for grade_id, planned in plan.cells.items():
        if grade_id in present:
            continue
        anchor = released.get(grade_id, Anchor(grade_id, None, planned.source.strip()))
        texts = {planned.source.strip(), anchor.source} - {""}
        matches = [cell for cell in unmarked if anchor.cell_id and cell.id == anchor.cell_id]
        if not matches and not planned.solution:
            matches = [cell for cell in unmarked if cell.source.strip() in texts]
        if len(matches) == 1:
            matches[0].metadata["nbgrader"] = NotebookNode(planned.metadata())
            unmarked = [cell for cell in unmarked if cell is not matches[0]]
            recognised.append(grade_id)
    if not recognised:
        return []
    return [
        Problem(
            "marks lost",
            f"{plan.name}.ipynb had lost nbgrader's marks on {len(recognised)} cells ({', '.join(recognised[:4])}...)"
            if len(recognised) > 4
            else f"{plan.name}.ipynb had lost nbgrader's marks on {', '.join(recognised)}",
            "They were recognised and put back. Edit the released notebook in place rather than copying its cells",
            plan.name,
            repaired=True,
        )
    ]


def _separate_duplicates(notebook: NotebookNode, plan: NotebookPlan) -> list[Problem]:
    """Of several cells with the same id, the last one with an answer keeps it. Untouched copies of it are left out.

    An untouched copy has nothing of the student's, and would undo the answer if it ran after it.
    """
    holders: dict[str, list[NotebookNode]] = defaultdict(list)
    for cell in notebook.cells:
        if (grade_id := _grade_id(cell)) is not None:
            holders[grade_id].append(cell)
    problems = []
    dropped: set[int] = set()
    for grade_id, cells in holders.items():
        if len(cells) == 1:
            continue
        planned = plan.cells[grade_id]
        kept = cells[-1]
        if planned.solution:
            answered = [cell for cell in cells if cell.source.strip() != planned.source.strip()]
            if answered:
                kept = answered[-1]
                dropped.update(id(cell) for cell in cells if cell.source.strip() == planned.source.strip())
            else:
                dropped.update(id(cell) for cell in cells[:-1])
        for cell in cells:
            if cell is not kept:
                del cell.metadata["nbgrader"]
        what = "the last copy with an answer counts" if planned.solution else "the last copy counts"
        problems.append(
            Problem(
                "duplicated cell",
                f"{plan.name}.ipynb has the cell {grade_id} {len(cells)} times; {what}",
                "To try something out, insert a new cell instead of copying one of the course's",
                plan.name,
                repaired=True,
            )
        )
    notebook.cells = [cell for cell in notebook.cells if id(cell) not in dropped]
    return problems


def _restore_missing(notebook: NotebookNode, plan: NotebookPlan) -> list[Problem]:
    present = grade_ids(notebook)
    problems = []
    ordered = [anchor.grade_id for anchor in plan.anchors if anchor.grade_id in plan.cells]
    ordered += [grade_id for grade_id in plan.cells if grade_id not in set(ordered)]
    for grade_id in ordered:
        if grade_id is None or grade_id in present:
            continue
        planned = plan.cells[grade_id]
        if not planned.restorable:
            problems.append(
                Problem(
                    "missing answer cell",
                    f"{plan.name}.ipynb lacks the answer cell {grade_id}",
                    "Code written in another cell still counts. Otherwise take the cell from the released notebook",
                    plan.name,
                )
            )
            continue
        notebook.cells.insert(_place(notebook, plan, grade_id), _rebuild(planned))
        kind = "check cell" if planned.grade and not planned.solution else "cell"
        problems.append(
            Problem(
                f"missing {kind}",
                f"{plan.name}.ipynb lacks the {kind} {grade_id}; it was put back",
                "Leave the course's cells in place: their points depend on them",
                plan.name,
                repaired=True,
            )
        )
    return problems


def _rebuild(planned: PlannedCell) -> NotebookNode:
    return new_cell(planned.cell_type, planned.source, {"nbgrader": NotebookNode(planned.metadata())})


def _place(notebook: NotebookNode, plan: NotebookPlan, grade_id: str) -> int:
    """Where to put a missing cell: after the nearest cell before it that the submission still has."""
    ids = [anchor.grade_id for anchor in plan.anchors]
    if grade_id not in ids:
        return len(notebook.cells)
    for anchor in reversed(plan.anchors[: ids.index(grade_id)]):
        for index in reversed(range(len(notebook.cells))):
            if _matches(notebook.cells[index], anchor):
                return index + 1
    for anchor in plan.anchors[ids.index(grade_id) + 1 :]:
        for index, cell in enumerate(notebook.cells):
            if _matches(cell, anchor):
                return index
    return len(notebook.cells)


def _matches(cell: NotebookNode, anchor: Anchor) -> bool:
    if anchor.grade_id is not None:
        return _grade_id(cell) == anchor.grade_id
    return (anchor.cell_id is not None and cell.id == anchor.cell_id) or (
        bool(anchor.source) and cell.source.strip() == anchor.source
    )


def _make_canonical(notebook: NotebookNode, plan: NotebookPlan) -> list[Problem]:
    """Give each of the course's cells the instructor's marks and type: the gradebook is the truth."""
    problems = []
    for index, cell in enumerate(notebook.cells):
        grade_id = _grade_id(cell)
        if grade_id is None:
            continue
        planned = plan.cells[grade_id]
        if cell.cell_type != planned.cell_type:
            rebuilt = _rebuild(planned)
            rebuilt.source, rebuilt.id = cell.source, cell.id
            problems.append(
                Problem(
                    "cell type changed",
                    f"{plan.name}.ipynb has {grade_id} as a {cell.cell_type} cell; "
                    f"it was made a {planned.cell_type} cell",
                    "Keep the type of the course's cells",
                    plan.name,
                    repaired=True,
                )
            )
            notebook.cells[index] = rebuilt
        else:
            cell.metadata["nbgrader"] = NotebookNode(planned.metadata())
    return problems
