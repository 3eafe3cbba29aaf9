"""Right, and prints a warning on stderr, as tqdm and PyTorch do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import RIGHT, answered, write_notebook

HONEST = True


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    noise = "import sys\nprint('careful', file=sys.stderr)\n"
    notebook = answered(noise + RIGHT + "\nsigmoid(np.zeros(1)), print('careful', file=sys.stderr)")
    notebook["cells"][1]["source"] += "\n"
    write_notebook(folder / "task.ipynb", notebook)
