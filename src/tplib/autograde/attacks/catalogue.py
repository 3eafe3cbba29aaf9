"""Every attack, by name, and how it gets into a submission."""

from __future__ import annotations

import ast
import copy
import functools
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import ANSWER, NOTEBOOK, released, write_notebook

HERE = Path(__file__).parent
Notebook = dict[str, Any]


@dataclass(frozen=True)
class Attack:
    """One hostile submission.

    tries    what it tries, in a sentence
    cell     the code that is handed in as the answer; or else
    hand_in  the function that lays out the folder
    honest   it is no attack, but a right answer with some oddity: it has to earn its points
    """

    name: str
    tries: str
    cell: str = ""
    hand_in: Callable[[Path, Notebook], None] | None = None
    honest: bool = False

    def submit(self, folder: Path) -> None:
        """Lay the submission out in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        notebook = released()
        if self.hand_in is None:
            find(notebook, ANSWER)["source"] = self.cell
            write_notebook(folder / f"{NOTEBOOK}.ipynb", notebook)
        else:
            self.hand_in(folder, copy.deepcopy(notebook))


def find(notebook: Notebook, grade_id: str) -> dict[str, Any]:
    """The cell with this grade id."""
    cell: dict[str, Any] = next(
        cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )
    return cell


@functools.cache
def attacks() -> tuple[Attack, ...]:
    """All attacks, by name."""
    catalogue = []
    for path in (HERE / "submissions").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        catalogue.append(Attack(path.stem, sentence(ast.get_docstring(ast.parse(text))), cell=text))
    for path in (HERE / "files").glob("[a-z]*.py"):
        module = importlib.import_module(f"{__package__}.files.{path.stem}")
        honest = getattr(module, "HONEST", False)
        catalogue.append(Attack(path.stem, sentence(module.__doc__), hand_in=module.hand_in, honest=honest))
    return tuple(sorted(catalogue, key=lambda attack: attack.name))


def sentence(text: str | None) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((text or "").strip().split("\n\n")[0].split())
