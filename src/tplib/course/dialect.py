"""The percent-script dialect of `course/`: what each cell is, and the notebook that it becomes.

| in the script                                              | in the notebook                                   |
|------------------------------------------------------------|---------------------------------------------------|
| a code cell with `### BEGIN SOLUTION` ... `### END SOLUTION` | the answer to the exercise that it defines        |
| a code cell that is exactly `check("name")`                | the locked grade cell of that exercise            |
| `# %% [markdown] tags=["written"] name="..." points=4`     | an answer in prose, graded by hand                |
| `# %% tags=["readonly"]`                                   | locked, not graded; autograding restores it       |
| `# %% tags=["compare"]`                                    | outputs that `pytest --nbval` compares strictly   |
| `# %% tags=["hide-input"]`                                 | the code is folded away                           |

A written cell is the model answer; all of it, or its SOLUTION region, becomes "YOUR ANSWER HERE". A marking scheme
stands inside the part that is removed.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from tplib.errors import TplibError

if TYPE_CHECKING:
    from nbformat import NotebookNode

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
CHECK = re.compile(r'check\("(\w+)"\)')
CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
AUTHOR_TAGS = {"readonly", "compare", "written"}  # instructions to the build, which leave no tag behind
AUTHOR_KEYS = {"tags", "name", "points", "title"}
JUPYTEXT_KEYS = {"lines_to_next_cell", "cell_marker"}  # how the script was laid out
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class Exercise(Protocol):
    """What the build reads of an exercise of `tplib.graders`."""

    @property
    def name(self) -> str: ...
    @property
    def assignment(self) -> str: ...
    @property
    def notebook(self) -> str: ...
    @property
    def points(self) -> float: ...


class _Problem(Exception):
    """What is wrong with one cell; the reader adds where."""


def read_script(text: str, assignment: str, notebook: str, exercises: Iterable[Exercise]) -> NotebookNode:
    """The unexecuted instructor notebook of a percent script.

    Raises TplibError with one line for each thing that is wrong, all of them at once.
    """
    import jupytext
    import nbformat
    import nbformat.v4

    registry = {exercise.name: exercise for exercise in exercises}
    where = f"course/{assignment}/{notebook}.py"
    try:
        script = jupytext.reads(text, fmt="py:percent")
    except (ValueError, nbformat.ValidationError) as error:  # tags="readonly", say
        reason = str(error).splitlines()[0]
        raise TplibError(f'{where} cannot be read: {reason}; write tags as in tags=["readonly"]') from None
    problems: list[str] = []
    cells: list[NotebookNode] = []
    done: Counter[str] = Counter()
    occurrences: Counter[tuple[str, str]] = Counter()
    readonly = 0
    for number, raw in enumerate((cell for cell in script.cells if cell.source.strip()), 1):
        try:
            tags = _author_tags(raw)
            role, name, points = _role(raw, tags, assignment, notebook, registry)
            if role != "plain" and role != "readonly":
                done[f"{role}-{name}"] += 1
                if done[f"{role}-{name}"] > 1:
                    raise _Problem(f"{name!r} has a second {role} cell; leave one")
                if role == "answer" and done[f"check-{name}"]:
                    raise _Problem(f"the answer {name!r} stands after its check; put it before")
        except _Problem as problem:
            first = raw.source.strip().splitlines()[0]
            problems.append(f"{where}, cell {number} ({first[:60]}): {problem}")
            continue
        if role == "readonly":
            readonly += 1
            name = f"{assignment}-{notebook}-{readonly}"
        occurrences[raw.cell_type, raw.source] += 1
        key = (assignment, notebook, raw.cell_type, str(occurrences[raw.cell_type, raw.source]), raw.source)
        cell_id = f"{role}-{name}" if name else hashlib.sha256("\n".join(key).encode()).hexdigest()[:12]
        if not CELL_ID.fullmatch(cell_id):
            problems.append(f"{where}, cell {number}: {cell_id!r} is no cell id: at most 64 letters, digits, - and _")
            continue
        new_cell = getattr(nbformat.v4, f"new_{raw.cell_type}_cell")
        cells.append(new_cell(source=raw.source, id=cell_id, metadata=_metadata(raw, tags, role, cell_id, points)))
    for exercise in registry.values():
        if (exercise.assignment, exercise.notebook) == (assignment, notebook) and not problems:
            problems += [
                f"{where}: the exercise {exercise.name!r} has no {role} cell; write one"
                for role in ("answer", "check")
                if not done[f"{role}-{exercise.name}"]
            ]
    if problems:
        raise TplibError("\n".join(problems))
    return nbformat.v4.new_notebook(cells=cells, metadata=nbformat.from_dict(METADATA), nbformat_minor=5)


def _author_tags(cell: NotebookNode) -> list[str]:
    if "incorrectly_encoded_metadata" in cell.metadata:
        text = cell.metadata["incorrectly_encoded_metadata"]
        raise _Problem(
            f'cannot read {text!r} in its first line; write for example tags=["readonly"] name="essay" points=4'
        )
    unknown = sorted(set(cell.metadata) - AUTHOR_KEYS - JUPYTEXT_KEYS)
    if unknown:
        raise _Problem(
            f"unknown {', '.join(unknown)} in its first line; a cell may have tags, and a written one name, points"
        )
    tags: list[str] = cell.metadata.get("tags", [])
    return tags


def _role(
    cell: NotebookNode, tags: list[str], assignment: str, notebook: str, registry: dict[str, Exercise]
) -> tuple[str, str, float | None]:
    """(role, name, points): the role is answer, check, written, readonly or plain."""
    solution = _solution_lines(cell.source)
    scheme = "MARK SCHEME" in cell.source
    check = CHECK.fullmatch(cell.source.strip()) if cell.cell_type == "code" else None
    if cell.cell_type == "code" and not check and re.search(r"^\s*check\(", cell.source, re.MULTILINE):
        raise _Problem('a check cell holds check("name") and nothing else')
    if "readonly" in tags and (solution or check or cell.cell_type != "code"):
        raise _Problem("the tag readonly is for code cells without answer or check")
    if cell.cell_type == "markdown" and "written" in tags:
        if scheme and solution and "MARK SCHEME" in "\n".join(_without(cell.source.splitlines(), solution)):
            raise _Problem("its marking scheme would be shown to students; put it inside the SOLUTION region")
        return "written", *_written(cell)
    if "written" in tags or "name" in cell.metadata or "points" in cell.metadata:
        raise _Problem('written, name and points are for markdown cells tagged tags=["written"]')
    if scheme or (solution and cell.cell_type != "code"):
        raise _Problem(
            'its solution or marking scheme would be shown to students; a text that is removed needs tags=["written"]'
        )
    if solution:
        return "answer", _owned(_defined(cell.source, solution, registry), assignment, notebook, registry).name, None
    if check:
        exercise = _owned(check[1], assignment, notebook, registry)
        return "check", exercise.name, exercise.points
    return ("readonly" if "readonly" in tags else "plain"), "", None


def _solution_lines(source: str) -> list[tuple[int, int]]:
    """First and last line of each SOLUTION region, marks included."""
    regions: list[tuple[int, int]] = []
    start: int | None = None
    for index, line in enumerate(source.splitlines()):
        if "BEGIN SOLUTION" not in line and "END SOLUTION" not in line:
            continue
        if line.strip() not in (BEGIN, END):
            raise _Problem(f"{line.strip()!r} should be {BEGIN!r} or {END!r}, alone on its line")
        if (line.strip() == BEGIN) != (start is None):
            raise _Problem(f"{BEGIN!r} and {END!r} do not alternate")
        if start is None:
            start = index
        else:
            regions.append((start, index))
            start = None
    if start is not None:
        raise _Problem(f"{BEGIN!r} is never closed; write {END!r} after the solution")
    return regions


def _without(lines: list[str], regions: list[tuple[int, int]]) -> list[str]:
    """The lines with each region replaced by one statement, as students see them."""
    starts, inside = {a for a, _ in regions}, {i for a, b in regions for i in range(a + 1, b + 1)}
    return [
        line.replace(BEGIN, "raise NotImplementedError") if i in starts else line
        for i, line in enumerate(lines)
        if i not in inside
    ]


def _written(cell: NotebookNode) -> tuple[str, float]:
    name, points = cell.metadata.get("name"), cell.metadata.get("points")
    if not isinstance(name, str) or not CELL_ID.fullmatch(name):
        raise _Problem('a written cell needs a name, as in tags=["written"] name="prior" points=4')
    if isinstance(points, bool) or not isinstance(points, int | float) or points <= 0:
        raise _Problem(f"the written cell {name!r} needs points above 0, as in points=4")
    return name, points


def _defined(source: str, solution: list[tuple[int, int]], registry: dict[str, Exercise]) -> str:
    """The one registry exercise that an answer cell defines at its top level."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise _Problem(f"the answer is not Python: {error.msg}, line {error.lineno}") from None
    try:
        ast.parse("\n".join(_without(source.splitlines(), solution)))
    except SyntaxError as error:
        raise _Problem(f"what is left without its solution is not Python: {error.msg}") from None
    names: list[str] = []
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.append(statement.name)
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names += [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    found = [name for name in dict.fromkeys(names) if name in registry]
    if len(found) == 1:
        return found[0]
    if found:
        raise _Problem(f"one answer cell answers one exercise; this one defines {', '.join(found)}: split it")
    listed = ", ".join(dict.fromkeys(names)) or "nothing"
    raise _Problem(f"the answer defines {listed}, and tplib.graders has no exercise of that name")


def _owned(name: str, assignment: str, notebook: str, registry: dict[str, Exercise]) -> Exercise:
    if name not in registry:
        raise _Problem(f"tplib.graders has no exercise {name!r}")
    exercise = registry[name]
    if (exercise.assignment, exercise.notebook) != (assignment, notebook):
        raise _Problem(f"the exercise {name!r} belongs to {exercise.assignment}/{exercise.notebook}")
    return exercise


def _metadata(cell: NotebookNode, tags: list[str], role: str, grade_id: str, points: float | None) -> dict[str, Any]:
    kept = [tag for tag in dict.fromkeys(tags) if tag not in AUTHOR_TAGS and not tag.startswith("nbval-")]
    if cell.cell_type == "code":
        strict = role == "check" or "compare" in tags
        kept.append("nbval-check-output" if strict else "nbval-ignore-output")
    metadata: dict[str, Any] = {"tags": kept} if kept else {}
    if "hide-input" in tags:
        metadata["jupyter"] = {"source_hidden": True}
    if role != "plain":
        metadata["nbgrader"] = {
            "grade": role in ("check", "written"),
            "grade_id": grade_id,
            "locked": role in ("check", "readonly"),
            "schema_version": 3,
            "solution": role in ("answer", "written"),
            "task": False,
        }
    if points is not None:
        metadata["nbgrader"]["points"] = int(points) if float(points).is_integer() else points
    return metadata
