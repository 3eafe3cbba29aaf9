"""The percent-script dialect of `course/`: what each cell is, and the notebook that it becomes.

| in the script                                                | in the notebook                                   |
|--------------------------------------------------------------|---------------------------------------------------|
| a code cell with `### BEGIN SOLUTION` ... `### END SOLUTION` | the answer to the exercise that it defines        |
| `# %% [markdown] tags=["written"] name="..." points=4`       | an answer in prose, graded by hand                |
| `# %% tags=["readonly"]`                                     | locked, not graded; autograding restores it       |
| `# %% tags=["compare"]`                                      | outputs that `pytest --nbval` compares strictly   |
| `# %% tags=["hide-input"]`                                   | the code is folded away                           |
| `# %% alt="..."`                                             | what its figure shows, for who does not see it    |

What the build adds to an answer, its heading and its check, is told in `additions`.

A written cell is the model answer; all of it, or its SOLUTION region, becomes "YOUR ANSWER HERE". A marking scheme
stands inside the part that is removed.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tplib.course.additions import Exercise, ScriptCell, with_additions
from tplib.course.announced import wrong_announcements
from tplib.course.answer import CellProblem, defined, solution_lines, without
from tplib.errors import TplibError

if TYPE_CHECKING:
    from nbformat import NotebookNode

CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
AUTHOR_TAGS = {"readonly", "compare", "written"}  # instructions to the build, which leave no tag behind
AUTHOR_KEYS = {"tags", "name", "points", "title", "alt"}
JUPYTEXT_KEYS = {"lines_to_next_cell", "cell_marker"}  # how the script was laid out
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


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
        # A comment stays a comment: jupytext takes `# rm the outliers` and `# Why?` for commands of IPython.
        script = jupytext.reads(text, fmt={"extension": ".py", "format_name": "percent", "comment_magics": False})
    except (ValueError, nbformat.ValidationError) as error:  # tags="readonly", say
        reason = str(error).splitlines()[0]
        raise TplibError(f'{where} cannot be read: {reason}; write tags as in tags=["readonly"]') from None
    problems = [
        f"{where}: `# %% {title}` begins a cell; if it is text, write its line in another way"
        for cell in script.cells
        if (title := cell.metadata.get("title"))
    ]
    written_down: list[ScriptCell] = []
    done: Counter[tuple[str, str]] = Counter()
    for number, raw in enumerate((cell for cell in script.cells if cell.source.strip()), 1):
        place = f"{where}, cell {number} ({raw.source.strip().splitlines()[0][:60]})"
        try:
            tags = _author_tags(raw)
            role, name, points = _role(raw, tags, assignment, notebook, registry)
            done[role, name] += 1
            if name and done[role, name] > 1:
                raise CellProblem(f"{name!r} has a second {role} cell; leave one")
            alt = _alt(raw)
            written_down.append(ScriptCell(place, raw.cell_type, raw.source, tuple(tags), role, name, points, alt))
        except CellProblem as problem:
            problems.append(f"{place}: {problem}")
    if not problems:
        complete, problems = with_additions(written_down, registry)
        problems += wrong_announcements(written_down, registry)
        problems += [
            f"{where}: the exercise {exercise.name!r} has no answer cell; write one"
            for exercise in registry.values()
            if (exercise.assignment, exercise.notebook) == (assignment, notebook) and not done["answer", exercise.name]
        ]
    if not problems:
        cells, problems = _notebook_cells(complete, assignment, notebook)
    if problems:
        raise TplibError("\n".join(problems))
    return nbformat.v4.new_notebook(cells=cells, metadata=nbformat.from_dict(METADATA), nbformat_minor=5)


def _notebook_cells(
    complete: Iterable[ScriptCell], assignment: str, notebook: str
) -> tuple[list[NotebookNode], list[str]]:
    """Each cell with an id that is the same in every build, and the names that make no id."""
    import nbformat.v4

    cells: list[NotebookNode] = []
    problems: list[str] = []
    occurrences: Counter[tuple[str, str]] = Counter()
    readonly = 0
    for cell in complete:
        name = cell.name
        if cell.role == "readonly":
            readonly += 1
            name = f"{assignment}-{notebook}-{readonly}"
        occurrences[cell.cell_type, cell.source] += 1
        key = (assignment, notebook, cell.cell_type, str(occurrences[cell.cell_type, cell.source]), cell.source)
        cell_id = f"{cell.role}-{name}" if name else hashlib.sha256("\n".join(key).encode()).hexdigest()[:12]
        if not CELL_ID.fullmatch(cell_id):
            problems.append(f"{cell.where}: {cell_id!r} is no cell id: at most 64 letters, digits, - and _")
            continue
        new_cell = getattr(nbformat.v4, f"new_{cell.cell_type}_cell")
        cells.append(new_cell(source=cell.source, id=cell_id, metadata=_metadata(cell, cell_id)))
    return cells, problems


def _author_tags(cell: NotebookNode) -> list[str]:
    if "incorrectly_encoded_metadata" in cell.metadata:
        text = cell.metadata["incorrectly_encoded_metadata"]
        raise CellProblem(
            f'cannot read {text!r} in its first line; write for example tags=["readonly"] name="essay" points=4'
        )
    unknown = sorted(set(cell.metadata) - AUTHOR_KEYS - JUPYTEXT_KEYS)
    if unknown:
        raise CellProblem(
            f"unknown {', '.join(unknown)} in its first line; a cell may have tags, one with a figure alt, "
            "and a written one name, points"
        )
    tags: list[str] = cell.metadata.get("tags", [])
    return tags


def _alt(cell: NotebookNode) -> str:
    alt = cell.metadata.get("alt", "")
    if not isinstance(alt, str) or (alt and cell.cell_type != "code") or ("alt" in cell.metadata and not alt.strip()):
        raise CellProblem('alt is for code cells that show a figure, as in alt="The loss of each epoch falls."')
    return alt


def _role(
    cell: NotebookNode, tags: list[str], assignment: str, notebook: str, registry: dict[str, Exercise]
) -> tuple[str, str, float | None]:
    """(role, name, points): the role is answer, written, readonly or plain."""
    solution = solution_lines(cell.source)
    scheme = "MARK SCHEME" in cell.source
    if cell.cell_type == "code" and re.search(r"^\s*check\(", cell.source, re.MULTILINE):
        raise CellProblem("the build adds a check under each answer; remove this one")
    if "readonly" in tags and (solution or cell.cell_type != "code"):
        raise CellProblem("the tag readonly is for code cells without answer")
    if cell.cell_type == "markdown" and "written" in tags:
        if scheme and solution and "MARK SCHEME" in "\n".join(without(cell.source.splitlines(), solution)):
            raise CellProblem("its marking scheme would be shown to students; put it inside the SOLUTION region")
        return "written", *_written(cell)
    if "written" in tags or "name" in cell.metadata or "points" in cell.metadata:
        raise CellProblem('written, name and points are for markdown cells tagged tags=["written"]')
    if scheme or (solution and cell.cell_type != "code"):
        raise CellProblem(
            'its solution or marking scheme would be shown to students; a text that is removed needs tags=["written"]'
        )
    if solution:
        return "answer", _owned(defined(cell.source, solution, registry), assignment, notebook, registry).name, None
    return ("readonly" if "readonly" in tags else "plain"), "", None


def _written(cell: NotebookNode) -> tuple[str, float]:
    name, points = cell.metadata.get("name"), cell.metadata.get("points")
    if not isinstance(name, str) or not CELL_ID.fullmatch(name):
        if isinstance(name, str) and name:
            raise CellProblem(f"the name {name!r} of a written cell should be letters, digits, - and _, without spaces")
        raise CellProblem('a written cell needs a name, as in tags=["written"] name="prior" points=4')
    if isinstance(points, bool) or not isinstance(points, int | float) or points <= 0:
        raise CellProblem(f"the written cell {name!r} needs points above 0, as in points=4")
    return name, points


def _owned(name: str, assignment: str, notebook: str, registry: dict[str, Exercise]) -> Exercise:
    if name not in registry:
        raise CellProblem(f"tplib.graders has no exercise {name!r}")
    exercise = registry[name]
    if (exercise.assignment, exercise.notebook) != (assignment, notebook):
        raise CellProblem(f"the exercise {name!r} belongs to {exercise.assignment}/{exercise.notebook}")
    return exercise


def _metadata(cell: ScriptCell, grade_id: str) -> dict[str, Any]:
    kept = [tag for tag in dict.fromkeys(cell.tags) if tag not in AUTHOR_TAGS and not tag.startswith("nbval-")]
    if cell.cell_type == "code":
        strict = cell.role == "check" or "compare" in cell.tags
        kept.append("nbval-check-output" if strict else "nbval-ignore-output")
    metadata: dict[str, Any] = {"tags": kept} if kept else {}
    if cell.alt:
        metadata["alt"] = cell.alt
    if "hide-input" in cell.tags:
        metadata["jupyter"] = {"source_hidden": True}
    if cell.role != "plain":
        metadata["nbgrader"] = {
            "grade": cell.role in ("check", "written"),
            "grade_id": grade_id,
            "locked": cell.role in ("check", "readonly"),
            "schema_version": 3,
            "solution": cell.role in ("answer", "written"),
            "task": False,
        }
    if cell.points is not None:
        metadata["nbgrader"]["points"] = int(cell.points) if float(cell.points).is_integer() else cell.points
    return metadata
