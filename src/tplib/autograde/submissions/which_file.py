"""Which file is a notebook's: the one of its name, a renamed one, or the copy that holds the answers.

`tp new`, `tp submit`, `tp collect` and grading ask this, so that none says what another denies. A file is known by the
ids of the course's cells in it; where several notebooks have the same, by its name.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tplib.autograde.submissions.notebook import UnreadableNotebook, read_notebook


@dataclass(frozen=True)
class NotebookFile:
    """What a file holds. ids: the course's cells in it; work: a digest of its text, empty where nothing is answered."""

    ids: frozenset[str] = frozenset()
    work: str = ""
    readable: bool = True


@dataclass
class Choice:
    """Which file is a notebook's.

    file: its name without the ending; empty where there is none, or where it cannot be told which of several.
    rivals: other files with answers to it, or to it or another notebook: nobody can say which.
    copies: those with none, or with the same. foreign: the file that bears its name holds another notebook.
    """

    file: str = ""
    rivals: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    foreign: bool = False


def choose(wanted: Mapping[str, Collection[str]], files: Mapping[str, NotebookFile]) -> dict[str, Choice]:
    """For each notebook its file. wanted: the ids of its cells; files: by their names without the ending."""
    kin = {name: notebooks_of(name, found.ids, wanted) for name, found in files.items()}
    return {notebook: _choice(notebook, ids, files, kin) for notebook, ids in wanted.items()}


def notebook_of(ids: Collection[str], wanted: Mapping[str, Collection[str]]) -> str:
    """The first notebook that a file can be by its cells; empty where it is none's."""
    return next(iter(notebooks_of("", ids, wanted)), "")


def notebooks_of(file: str, ids: Collection[str], wanted: Mapping[str, Collection[str]]) -> list[str]:
    """The notebooks that a file can be: those of which it has the most cells, and at least half.

    Of several, as where one was made as a copy of another, it is the one that its name names, or the one of which it
    has the greater part.
    """
    shared = {name: len(set(ids) & set(own)) for name, own in wanted.items()}
    parts = {name: count / len(set(wanted[name])) for name, count in shared.items() if count}
    fitting = [name for name, part in parts.items() if part >= 0.5]
    most = [name for name in fitting if shared[name] == max(shared[other] for other in fitting)]
    if len(most) > 1 and (named := named_by(file, most)):
        return [named]
    return [name for name in most if parts[name] == max(parts[other] for other in most)]


def strangers(
    own: Mapping[str, Collection[str]],
    others: Mapping[str, Mapping[str, Collection[str]]],
    files: Mapping[str, Collection[str]],
    foreign: Collection[str],
) -> dict[str, str]:
    """Of each file that holds another notebook than its name says, or another assignment's: the sentence on it.

    own: the ids of this assignment's notebooks; others: those of other assignments, by name. files: the ids in the
    files that are no notebook's; foreign: those of them that bear the name of one of `own`.
    """
    cells = {f"{assignment}'s {name}": ids for assignment, of in others.items() for name, ids in of.items()} | dict(own)
    said = {}
    for file, ids in files.items():
        what = notebook_of(ids, cells)
        if file in foreign:
            said[file] = f"{file}.ipynb is {what or 'another notebook'} by its cells, and not this notebook"
        elif what and not notebook_of(ids, own):
            said[file] = f"{file}.ipynb is {what} by its cells: it does not count here"
    return said


def named_by(file: str, notebooks: Iterable[str]) -> str:
    """The notebook whose name stands in the name of a file, as in `p2 (1)`; empty where none does, or several."""
    within = [name for name in notebooks if _stands_in(_folded(name), _folded(file))]
    longest = max(within, key=len, default="")
    return longest if all(_stands_in(_folded(name), _folded(longest)) for name in within) else ""


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _stands_in(name: str, text: str) -> bool:
    """Whether a text holds a name that no letter or digit makes longer: `p1` is not in `p10`, nor in `tp1`."""
    at = text.find(name) if name else -1
    while at >= 0:
        before, after = text[max(at - 1, 0) : at], text[at + len(name) : at + len(name) + 1]
        if not (_go_on(before, name[0]) or _go_on(name[-1], after)):
            return True
        at = text.find(name, at + 1)
    return False


def _go_on(one: str, other: str) -> bool:
    """Whether two neighbours are both letters, or both digits."""
    return (one.isalpha() and other.isalpha()) or (one.isdecimal() and other.isdecimal())


def _choice(
    notebook: str, ids: Collection[str], files: Mapping[str, NotebookFile], kin: Mapping[str, Collection[str]]
) -> Choice:
    own = files.get(notebook)
    foreign = own is not None and bool(own.ids) and own.ids.isdisjoint(ids)
    others = {name: file for name, file in files.items() if notebook in kin[name] and name != notebook}
    found = {name: file for name, file in others.items() if len(kin[name]) == 1}
    answered: dict[str, str] = {}  # of several with the same text, the first
    for name in sorted(found):
        if found[name].work:
            answered.setdefault(found[name].work, name)
    blank = [name for name in sorted(found) if not found[name].work]
    chosen = ""
    if own is not None and not foreign and own.work:
        chosen = notebook
    elif len(answered) == 1:
        (chosen,) = answered.values()
    elif own is not None and not foreign:
        chosen = notebook
    elif not answered and blank:
        chosen = blank[0]
    work = files[chosen].work if chosen else ""
    rivals = [name for text, name in answered.items() if text != work]
    rivals += [name for name in sorted(others) if name not in found and others[name].work not in ("", work)]
    return Choice(chosen, rivals, [name for name in sorted(found) if name not in (chosen, *rivals)], foreign)


def look(content: bytes, known: Collection[str], stubs: Mapping[str, str] | None = None) -> NotebookFile:
    """What a file holds; see `look_at`."""
    try:
        return look_at(read_notebook(content, "notebook").cells, known, stubs)
    except UnreadableNotebook:
        return NotebookFile(readable=False)


def look_at(
    cells: Sequence[Mapping[str, Any]], known: Collection[str], stubs: Mapping[str, str] | None = None
) -> NotebookFile:
    """What these cells are. known: the ids of all that are looked for, so that one without nbgrader's marks counts.

    stubs: by id the text of cells for answers as they were released; without them nbgrader's checksum in a cell tells.
    """
    named = [(name, cell) for cell in cells if (name := id_of(cell, known))]  # some there twice, as copies
    texts = [text(cell).strip() for cell in cells]
    work = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    return NotebookFile(
        frozenset(name for name, _ in named), work if any(is_answered(*one, stubs) for one in named) else ""
    )


def id_of(cell: Mapping[str, Any], known: Collection[str]) -> str:
    """nbgrader's id of a cell; its own where that is one of the course's, for marks that an editor dropped."""
    if found := about(cell).get("grade_id"):
        return str(found)
    own = cell.get("id")
    return own if isinstance(own, str) and own in known and not about(cell) else ""


def is_answered(name: str, cell: Mapping[str, Any], stubs: Mapping[str, str] | None) -> bool:
    """Whether a cell for an answer holds something else than in the release, by its text and by nbgrader's checksum."""
    source = text(cell).strip()
    if stubs is not None:
        return name in stubs and source != stubs[name].strip() and not (checksum_of(cell) and untouched(cell))
    solution = about(cell).get("solution", name.startswith("answer-"))
    return bool(solution) and bool(source) and not untouched(cell)


def untouched(cell: Mapping[str, Any]) -> bool:
    """Whether a cell for an answer is as it was released: nbgrader's own checksum of that text stands in it."""
    from nbformat import from_dict
    from nbgrader.utils import compute_checksum

    if checksum := checksum_of(cell):
        plain = {"cell_type": cell.get("cell_type"), "source": text(cell), "metadata": {"nbgrader": about(cell)}}
        try:
            return bool(compute_checksum(from_dict(plain)) == checksum)
        except (KeyError, ValueError, TypeError, AttributeError, OverflowError):  # marks that a student changed
            return False
    source = text(cell).strip()
    return "raise NotImplementedError" in source or (source.startswith("YOUR ANSWER HERE") and "\n" not in source)


def checksum_of(cell: Mapping[str, Any]) -> str:
    """nbgrader's checksum of a cell as it was released; empty where there is none."""
    return str(about(cell).get("checksum") or "")


def about(cell: Mapping[str, Any]) -> dict[str, Any]:
    """What nbgrader knows of a cell; nothing for a cell of the reader's own."""
    metadata = cell.get("metadata")
    entry = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return entry if isinstance(entry, dict) and isinstance(entry.get("grade_id"), str) else {}


def text(cell: Mapping[str, Any]) -> str:
    """The source of a cell, which files hold as one text or as lines."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(line for line in source if isinstance(line, str))
