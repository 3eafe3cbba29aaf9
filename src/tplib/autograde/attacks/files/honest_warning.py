"""Right, and a library under Python prints a warning on stderr while the answer is checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import RIGHT, answered, write_notebook

HONEST = True


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    notebook = answered(RIGHT.replace("    e =", "    os.write(2, b'careful\\n')\n    e =") + "\n\nimport os\n")
    write_notebook(folder / "task.ipynb", notebook)
